"""Calls to other ways of logging: MLflow, Weights & Biases and TensorBoard."""

FRAMEWORKS = frozenset(
    {"keras", "tf_keras", "lightning", "pytorch_lightning", "transformers", "accelerate", "fastai"}
)
"""Packages whose own calls say again what their adapters have recorded."""
