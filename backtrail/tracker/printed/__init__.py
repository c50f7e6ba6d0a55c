"""Metrics in what a notebook prints and shows."""
