"""Metrics by their names: what names of metrics look like, and the variables that have them."""
