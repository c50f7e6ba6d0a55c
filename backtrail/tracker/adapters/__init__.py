"""What known libraries tell by themselves: the arguments of training before it begins, and its metrics.

Each adapter is a file of its own, loaded when its library is imported. None imports its library.
"""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """One adapter: its file and class, and the modules whose import it waits for."""

    file: str
    name: str
    modules: tuple[str, ...]


_KERAS = (
    "keras.src.trainers.trainer",
    "keras.src.backend.tensorflow.trainer",
    "keras.src.backend.torch.trainer",
    "keras.src.backend.jax.trainer",
    "keras.src.callbacks.history",
    "keras.src.callbacks.callback_list",
    # Keras 2, by itself and as TensorFlow brings it.
    "keras.src.engine.training",
    "keras.src.callbacks",
    "keras.engine.training",
    "keras.callbacks",
    "tf_keras.src.engine.training",
    "tf_keras.src.callbacks",
)

_STATSMODELS = (
    "statsmodels.regression.linear_model",
    "statsmodels.discrete.discrete_model",
    "statsmodels.genmod.generalized_linear_model",
    "statsmodels.tsa.arima.model",
    "statsmodels.tsa.statespace.mlemodel",
    "statsmodels.tsa.holtwinters.model",
    "statsmodels.tsa.holtwinters.results",
)
_LIGHTNING = (
    "lightning.pytorch.trainer.trainer",
    "lightning.pytorch.trainer.connectors.logger_connector.logger_connector",
    "pytorch_lightning.trainer.trainer",
    "pytorch_lightning.trainer.connectors.logger_connector.logger_connector",
)
_FASTAI = (
    "fastai.learner",
    "fastai.callback.schedule",
    "fastai.data.core",
    "fastai.data.transforms",
    "fastai.tabular.learner",
    "fastai.vision.learner",
    "fastai.text.learner",
    "fastai.collab",
)
_WANDB = ("wandb.sdk.wandb_run", "wandb.sdk.wandb_init", "wandb.sdk.wandb_config")
_TENSORBOARD = (
    "torch.utils.tensorboard.writer",
    "tensorboardX.writer",
    "tensorboard.plugins.scalar.summary_v2",
)

ADAPTERS = (
    Entry("scikit_learn.estimators", "Estimators", ("sklearn.base",)),
    Entry("scikit_learn.fitted", "Fitted", ("sklearn.neural_network", "sklearn.ensemble")),
    Entry("scikit_learn.scores", "Scores", ("sklearn.metrics", "sklearn.base", "sklearn.pipeline")),
    Entry("scikit_learn.splits", "Splits", ("sklearn.model_selection",)),
    Entry("scikit_learn.validation", "Validation", ("sklearn.model_selection",)),
    Entry("scikit_learn.loaders", "Loaders", ("sklearn.datasets",)),
    Entry("keras", "Keras", _KERAS),
    Entry("pytorch.optimizers", "Optimizers", ("torch.optim.optimizer", "torch.optim.lr_scheduler")),
    Entry("pytorch.loaders", "Loaders", ("torch.utils.data",)),
    Entry("pytorch.seeds", "Seeds", ("torch.random",)),
    Entry("losses", "TorchLosses", ("torch", "torch.amp.grad_scaler")),
    Entry("losses", "TapeLosses", ("tensorflow.python.eager.backprop",)),
    Entry("boosting.xgboost", "XGBoost", ("xgboost.training", "xgboost.sklearn", "xgboost.callback")),
    Entry("boosting.lightgbm", "LightGBM", ("lightgbm.engine", "lightgbm.sklearn", "lightgbm.basic")),
    Entry("boosting.catboost", "CatBoost", ("catboost.core",)),
    Entry("transformers", "Transformers", ("transformers.trainer",)),
    Entry("readers.tables", "Pandas", ("pandas",)),
    Entry("readers.tables", "Polars", ("polars",)),
    Entry("readers.tables", "Parquet", ("pyarrow.parquet.core",)),
    Entry("readers.tensors", "Torch", ("torch.serialization",)),
    Entry("readers.tensors", "TorchScript", ("torch.jit._serialization",)),
    Entry("readers.tensors", "Safetensors", ("safetensors.torch", "safetensors.numpy")),
    Entry("readers.tensors", "HDF5", ("h5py._hl.files",)),
    Entry("readers.keras", "KerasDatasets", ("keras.src.datasets",)),
    Entry("readers.huggingface", "HuggingFace", ("datasets.load",)),
    Entry("statsmodels", "Statsmodels", _STATSMODELS),
    Entry("lifelines", "Lifelines", ("lifelines.fitters", "lifelines.fitters.coxph_fitter")),
    Entry("lightning", "Lightning", _LIGHTNING),
    Entry("fastai", "Fastai", _FASTAI),
    Entry("tqdm", "Tqdm", ("tqdm.std",)),
    Entry("loggers.mlflow", "MLflow", ("mlflow.tracking.fluent",)),
    Entry("loggers.wandb", "Wandb", _WANDB),
    Entry("loggers.tensorboard", "TensorBoard", _TENSORBOARD),
)
