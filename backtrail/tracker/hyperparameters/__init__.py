"""Hyperparameters that nobody logs: found in the code that a training cell depends on, before it runs."""
