"""What tests of kernels of tslab share: a registry of packages, and the command line."""
