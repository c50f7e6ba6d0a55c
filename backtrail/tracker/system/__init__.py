"""What a session runs on and what it uses of it: processors, memory, graphics cards.

Linux tells in files, at next to no cost. Elsewhere psutil is asked, which kernels load anyway; without it,
what is not known is left out.
"""
