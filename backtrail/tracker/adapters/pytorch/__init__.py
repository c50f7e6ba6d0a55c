"""PyTorch: optimizers, schedules and loaders of data."""

FRAMEWORKS = frozenset(
    {"torch", "keras", "lightning", "pytorch_lightning", "transformers", "accelerate", "fastai"}
)
"""Packages that make such objects by themselves, from arguments that are recorded as theirs."""
