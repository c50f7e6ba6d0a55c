"""Which arguments of which calls are hyperparameters, and what they are called."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import FunctionType
from typing import Any

from .atoms import Call
from .terms import Term
from .words import words

_LIBRARIES = frozenset(
    {
        "sklearn", "torch", "torchvision", "keras", "tensorflow", "tf_keras", "xgboost", "lightgbm",
        "catboost", "transformers", "lightning", "pytorch_lightning", "fastai", "statsmodels", "lifelines",
        "optuna", "hyperopt", "skopt", "imblearn", "jax", "flax", "optax", "haiku", "gensim", "surprise",
        "implicit", "prophet", "pmdarima", "hmmlearn", "umap", "hdbscan", "peft", "trl", "mlxtend", "skorch",
        "sentence_transformers", "stable_baselines3", "category_encoders", "timm", "gpytorch", "pyro",
        "accelerate", "ngboost", "tabnet", "pytorch_tabnet", "tpot", "autogluon", "flaml", "lightfm",
        "torch_geometric", "d2l", "sktime", "tslearn", "ray", "scipy", "segmentation_models_pytorch",
        "albumentations", "interpret", "econml", "dowhy", "kan", "mxnet", "paddle", "chainer", "theano",
        "thinc", "spacy", "tokenizers", "datasets", "autokeras", "keras_tuner", "kerastuner",
    }
)  # fmt: skip
_NOT_OF_MODELS = frozenset(
    {
        "datasets", "metrics", "utils", "transforms", "inspection", "backend", "summary",
        "tensorboard", "plotting", "stats", "signal", "io", "images", "fft", "spatial", "special", "vision",
    }
)  # fmt: skip
_SPLITTING = frozenset(
    {
        "train_test_split", "random_split", "cross_val_score", "cross_validate", "learning_curve", "validation_curve", "pad_sequences", "fmin", "minimize",
        "train", "cv", "get_linear_schedule_with_warmup", "get_cosine_schedule_with_warmup",
        "timeseries_dataset_from_array", "image_dataset_from_directory", "seasonal_decompose", "auto_arima",
        "get_scheduler", "vision_learner", "cnn_learner", "tabular_learner", "clip_grad_norm_",
        "clip_grad_value_", "lr_find", "early_stopping", "adam", "adamw", "sgd", "rmsprop", "exponential_decay",
        "cosine_decay_schedule", "warmup_cosine_decay_schedule", "ols", "logit", "glm", "gls", "wls",
        "OLS", "loguniform", "from_pretrained", "notebook_launcher", "curve_fit", "savgol_filter",
    }
)  # fmt: skip
_METHODS: dict[str, tuple[str, ...]] = {
    "fit": (),
    "compile": ("optimizer", "loss"),
    "fit_generator": (),
    "train_on_batch": (),
    "fit_one_cycle": ("n_epoch", "lr_max"),
    "fine_tune": ("epochs", "base_lr"),
    "learn": ("total_timesteps",),
    "optimize": (),
    "flow": (),
    "flow_from_directory": (),
    "batch": ("batch_size",),
    "partial_fit": (),
    "sample": ("n",),
    "fit_regularized": (),
    "clip_grad_norm_": (),
}
"""Methods whose arguments are hyperparameters, with the names of those that are given by place."""
_PLACES: dict[str, tuple[str, ...]] = {
    "Dense": ("units",), "Linear": ("in_features", "out_features"), "LSTM": ("units",), "GRU": ("units",),
    "SimpleRNN": ("units",), "Embedding": ("input_dim", "output_dim"), "Dropout": ("rate",),
    "Conv2D": ("filters", "kernel_size"), "Conv1D": ("filters", "kernel_size"),
    "Conv2d": ("in_channels", "out_channels", "kernel_size"), "l2": ("l2",), "l1": ("l1",),
    "SGD": ("", "lr"), "Adam": ("", "lr"), "PCA": ("n_components",), "KMeans": ("n_clusters",),
    "KNeighborsClassifier": ("n_neighbors",), "StepLR": ("", "step_size", "gamma"),
    "PolynomialFeatures": ("degree",), "RandomForestClassifier": ("n_estimators",), "KFold": ("n_splits",),
    "RandomForestRegressor": ("n_estimators",), "Ridge": ("alpha",), "Lasso": ("alpha",),
    "train": ("params", "", "num_boost_round"), "cv": ("params", "", "num_boost_round"),
    "GridSearchCV": ("", "param_grid"), "from_pretrained": ("pretrained_model_name_or_path",),
    "RandomizedSearchCV": ("", "param_distributions", "n_iter"), "DataLoader": ("", "batch_size", "shuffle"),
}  # fmt: skip
"""Arguments by place, where the function itself cannot be asked for their names."""
_LEFT_OUT = frozenset(
    {
        "verbose", "verbosity", "n_jobs", "nthread", "thread_count", "name", "num_workers", "workers",
        "output_dir", "random_state", "seed", "random_seed", "return_train_score", "return_estimator",
        "return_sequences", "return_state", "return_tensors", "copy", "copy_X", "copy_x", "device", "dtype",
        "pin_memory", "persistent_workers", "drop_last", "metrics", "input_shape", "input_dim",
        "in_features", "in_channels", "input_size", "input_length", "inplace", "download", "root", "train",
        "transform", "sparse", "sparse_output", "memory", "warm_start", "probability", "eval_metric",
        "use_label_encoder", "silent", "as_frame", "return_X_y", "error_score", "refit", "scoring",
        "max_queue_size", "use_multiprocessing", "requires_grad", "retain_graph", "set_to_none", "axis",
        "dim", "keepdim", "num_classes", "n_classes", "num_labels", "handle_unknown", "remainder", "monitor",
        "mode", "save_best_only", "filepath", "log_dir", "batch_first", "allow_writing_files", "logging_dir",
        "logging_steps", "save_steps", "save_strategy", "report_to", "overwrite_output_dir", "disable_tqdm",
        "eval_strategy", "evaluation_strategy", "logging_strategy", "save_total_limit", "push_to_hub",
        "enable_progress_bar", "enable_checkpointing", "enable_model_summary", "logger", "accelerator",
        "devices", "log_every_n_steps", "default_root_dir", "max_plots", "show_progress_bar", "disp",
        "train_dir", "task_type", "gpu_id", "predictor", "cache_size", "trust_remote_code",
        "restore_best_weights", "col", "x_col", "y_col", "directory", "target_names", "labels", "feature_names",
        "categorical_features", "columns", "class_mode", "color_mode", "subset", "iid", "directed",
        "return_dict", "drop", "sample_weight", "eval_set", "verbose_eval", "verbose_feature_names_out",
        "evals", "lowercase", "duration_col", "event_col", "time_col", "formula", "enforce_stationarity",
        "enforce_invertibility", "raw", "need_weights", "direction", "study_name",
        "storage", "load_if_exists", "progbar", "show_warning", "padding_idx", "stateful",
        "shuffle", "recurrent_activation", "inputs", "outputs", "custom_loss", "custom_metric", "length_scale_bounds", "shuffle", "from_logits", "reduction", "start_dim", "data_format",
        "kernel_initializer", "use_bias", "mask_zero", "trainable", "include_top", "sep", "dataset", "id",
        "period", "freq", "first_metric_only", "process_group", "tokenizer", "model",
        "args", "logging_level", "plot", "fp16", "bf16", "use_cpu", "no_cuda", "compute_metrics", "remove_unused_columns",
    }
)  # fmt: skip
_OF_LAYERS = frozenset(
    {"activation", "kernel_size", "stride", "padding", "strides", "bias", "pool_size", "affine", "max_norm"}
)
_WITHOUT = frozenset(
    {
        "ModelCheckpoint", "TensorBoard", "CSVLogger", "Input", "InputLayer", "MaxPooling2D", "MaxPool2d",
        "AvgPool2d", "Flatten", "Reshape", "BatchNorm2d", "BatchNorm1d", "BatchNormalization", "LayerNorm",
        "AdaptiveAvgPool2d", "ReLU", "LeakyReLU", "Softmax", "LogSoftmax", "Sigmoid", "Unflatten", "Upsample",
        "Compose", "ToTensor", "Normalize", "Pipeline", "ColumnTransformer", "FeatureUnion", "TensorDataset",
        "Tensor", "Variable", "Parameter", "SummaryWriter", "MaxPooling1D", "AveragePooling2D", "Lambda",
        "Permute", "Bounds", "OneHotEncoder", "OrdinalEncoder", "LabelEncoder", "ProgressBar", "Generator",
        "LabelBinarizer", "FunctionTransformer", "Rescaling", "Resizing", "ConfusionMatrixDisplay", "RocCurveDisplay",
        "CategoricalCrossentropy", "SparseCategoricalCrossentropy", "BinaryCrossentropy", "LogEvaluation",
        "RichProgressBar", "TQDMProgressBar", "Trial", "Dataset", "Subset", "Size",
    }
)  # fmt: skip
LAYERS = frozenset(
    {
        "Dense", "Linear", "Conv1D", "Conv2D", "Conv1d", "Conv2d", "Conv3D", "Conv3d", "LSTM", "GRU", "RNN",
        "SimpleRNN", "Embedding", "Dropout", "Dropout2d", "SpatialDropout1D", "ConvTranspose2d",
        "Conv2DTranspose", "SeparableConv2D", "LazyLinear", "MultiheadAttention", "MultiHeadAttention",
        "TransformerEncoderLayer", "Bidirectional", "TimeDistributed", "GaussianNoise", "LSTMCell", "GRUCell",
        "EmbeddingBag", "DepthwiseConv2D", "GCNConv", "GATConv", "SAGEConv",
    }
)  # fmt: skip
"""Parts of a network: their sizes are told together, as one list for each kind."""
OUTPUTS = frozenset({"Dense.units", "Linear.out_features", "LazyLinear.out_features"})
"""The last of these gives the output of the network, whose size the data decides."""
_SIZES_OF_DATA = {"Embedding": ("num_embeddings", "input_dim"), "LazyLinear": ()}


class Callee:
    """What a call calls: its name, the library it is from, and the parameters it has by place."""

    __slots__ = ("library", "name", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self.name = path.rpartition(".")[2]
        self.library = path.partition(".")[0]


def is_recorded(callee: Callee, method: bool) -> bool:
    """Whether the literal arguments of a call are hyperparameters."""
    if callee.name in _WITHOUT:
        return False
    if method:
        return callee.name in _METHODS
    parts = callee.path.split(".")[1:-1]
    if callee.library not in _LIBRARIES or callee.library in ("datasets", "scipy", "spacy"):
        return callee.library == "" and callee.name in _SPLITTING
    if callee.library == "sklearn" and callee.name.startswith("make_") and "datasets" in parts:
        return True
    if any(part in _NOT_OF_MODELS for part in parts) and callee.name not in _SPLITTING | {"DataLoader"}:
        return "data" in parts and callee.name == "DataLoader"
    return callee.name in _SPLITTING or callee.name[:1].isupper() or parts[-1:] == ["regularizers"]


def name_of(callee: str, argument: str) -> str:
    """The key of an argument of a part of a network; the libraries call the rate of dropout by two names."""
    if "Dropout" in callee and argument in ("rate", "p"):
        return "dropout"
    return f"{callee}.{argument}"


def is_left_out(argument: str, layer: bool) -> bool:
    """Whether an argument is bookkeeping, dictated by the data, or a seed."""
    if argument in _LEFT_OUT or argument.startswith("_") or "seed" in words(argument):
        return True
    return layer and argument in _OF_LAYERS


def of_method(name: str, call: Call) -> dict[str, Term]:
    """The arguments of a method by their names, as far as those are known."""
    return {**dict(zip(_METHODS.get(name, ()), call.positional)), **call.keywords}


def of_call(callee: Callee, call: Call) -> dict[str, Term]:
    """The arguments of a call by their names; those by place whose name is not known are left out."""
    names = _by_place(callee) if call.positional else ()
    found = {name: value for name, value in zip(names, call.positional) if name}
    if callee.name == "random_split" and len(call.positional) > 1:
        found = {"lengths": call.positional[1]}
    hidden = _SIZES_OF_DATA.get(callee.name, ())
    return {name: value for name, value in {**found, **call.keywords}.items() if name not in hidden}


def _by_place(callee: Callee) -> tuple[str, ...]:
    """The names of the arguments by place, read from the function's code, which is not run."""
    parts = callee.path.split(".")
    for depth in range(len(parts) - 1, 0, -1):
        module = sys.modules.get(".".join(parts[:depth]))
        if module is None:
            continue
        found: Any = module
        for name in parts[depth:]:
            found = _attribute(found, name)
        names = _of_function(_maker(found))
        if names:
            return names
        break
    return _PLACES.get(callee.name, ())


def _attribute(owner: Any, name: str) -> Any:
    try:
        own: Mapping[str, Any] = object.__getattribute__(owner, "__dict__")
    except AttributeError:
        return None
    return own.get(name)


def _maker(found: Any) -> Any:
    if not issubclass(type(found), type):
        return found
    for one in type.__dict__["__mro__"].__get__(found):
        made = type.__dict__["__dict__"].__get__(one).get("__init__")
        if made is not None:
            return made
    return None


def _of_function(function: Any) -> tuple[str, ...]:
    for _ in range(5):
        if type(function) is not FunctionType:
            return ()
        inner = function.__dict__.get("__wrapped__")
        if inner is None:
            break
        function = inner
    code = function.__code__
    names: tuple[str, ...] = code.co_varnames[: code.co_argcount]
    if names[:1] in (("self",), ("cls",)):
        names = names[1:]
    # A wrapper that takes anything tells nothing.
    return names
