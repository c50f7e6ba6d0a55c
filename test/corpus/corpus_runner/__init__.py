"""Runs the notebooks of the corpus with the tracker attached, and compares what it captured with the keys."""
