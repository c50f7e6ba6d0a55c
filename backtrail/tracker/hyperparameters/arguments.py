"""Which arguments of which calls are hyperparameters, and what they are called."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import FunctionType
from typing import Any

from .atoms import Call
from .live import LIBRARIES
from .terms import Plain, Term
from .vocabulary import vocabulary
from .words import words

_NOT_OF_MODELS = vocabulary("notOfModels")
_SPLITTING = vocabulary("functions")
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
_SOLVERS = vocabulary("solvers")
"""Functions of SciPy that search or integrate."""
_LEFT_OUT = vocabulary("leftOut")
_OF_LAYERS = vocabulary("ofLayers")
_SCHEDULES = ("LR", "Restarts", "warmup", "Scheduler", "scheduler")
"""The optimizer that these are given tells of itself."""
_WITHOUT = vocabulary("without")
LAYERS = vocabulary("layers")
"""Parts of a network: their sizes are told together, as one list for each kind."""
OUTPUTS = vocabulary("outputs")
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
    if callee.library not in LIBRARIES or callee.library in ("datasets", "scipy", "spacy"):
        known = {"": _SPLITTING, "scipy": _SOLVERS}.get(callee.library, ())
        return callee.name in known
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


def is_left_out(argument: str, layer: bool, callee: str = "") -> bool:
    """Whether an argument is bookkeeping, dictated by the data, or a seed."""
    if argument in _LEFT_OUT or argument.startswith("_") or "seed" in words(argument):
        return True
    if argument == "optimizer" and callee.endswith(_SCHEDULES):
        return True
    return layer and argument in _OF_LAYERS


def suggested(call: Call) -> tuple[str, list[Any]] | None:
    """What a search may choose from, as ``trial.suggest_float("lr", 1e-5, 1e-1)``: its name and bounds."""
    if not (call.callee[-1].startswith("suggest_") or (call.callee[0] == "hp" and len(call.callee) == 2)):
        return None
    given = [one.value for one in (*call.positional, *call.keywords.values()) if isinstance(one, Plain)]
    name = call.keywords.get("name")
    label = name.value if isinstance(name, Plain) else given[0] if given else None
    bounds = [one for one in given if one is not label and not isinstance(one, bool)]
    if bounds and isinstance(bounds[0], list):
        bounds = bounds[0]
    return (label, bounds) if isinstance(label, str) and bounds else None


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
