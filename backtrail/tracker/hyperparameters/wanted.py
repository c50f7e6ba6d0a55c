"""Which names, with which values, are hyperparameters, and which are paths, flags, counters, labels or data."""

from __future__ import annotations

import re
from typing import Any

from .words import words

_SEEDS = frozenset({"seed", "seeds", "random_state", "randomstate", "rng", "random_seed", "manual_seed"})
_TUNED = frozenset(
    {
        "lr", "lrs", "rate", "rates", "learning", "epoch", "epochs", "batch", "bs", "hidden", "units", "layer",
        "layers", "dim", "dims", "size", "sizes", "dropout", "dropouts", "momentum", "decay", "alpha",
        "alphas", "beta", "betas", "gamma", "gammas", "lambda", "lam", "lamb", "reg", "regularization",
        "regularizer", "l1", "l2", "c", "cs", "k", "ks", "estimators", "trees", "neighbors", "neighbours",
        "clusters", "components", "degree", "degrees", "kernel", "kernels", "optimizer", "optimizers", "optim",
        "activation", "activations", "solver", "solvers", "criterion", "criterions", "penalty", "penalties",
        "patience", "threshold", "thresholds", "tol", "tolerance", "ratio", "ratios", "fraction", "frac",
        "split", "splits", "fold", "folds", "cv", "iters", "iterations", "iteration", "iter", "episodes",
        "warmup", "temperature", "tau", "epsilon", "epsilons", "eps", "sigma", "eta", "theta", "noise",
        "window", "windows", "horizon", "lags", "lag", "lookback", "maxlen", "vocab", "embed", "embedding",
        "heads", "head", "channels", "filters", "stride", "pool", "clip", "ngram", "ngrams", "depth",
        "depths", "leaf", "leaves", "bootstrap", "subsample", "colsample", "strategy", "scheduler",
        "augment", "model", "arch", "architecture", "backbone", "checkpoint", "pretrained", "encoder",
        "nesterov", "margin", "discount", "mu", "rho", "nu", "delta", "rank", "latent", "factors", "order",
        "objective", "booster", "balanced", "bidirectional", "normalize", "shuffle", "mixup", "smoothing",
        "weight", "weights", "coef", "coefficient", "factor", "scale", "scaling", "steps", "rounds", "method",
        "loss", "metric", "distance", "initializer", "init", "policy", "mode", "voting", "intercept", "boosting", "norm", "sampler", "pooling", "cell", "tokenizer",
        "stratify", "schedule", "annealing", "cutoff", "tokens", "length", "len", "seq", "population",
        "generations", "mutation", "crossover", "particles", "topics", "factorization", "lora", "replay",
    }
)  # fmt: skip
_PATHS = frozenset(
    {
        "path", "paths", "dir", "dirs", "directory", "folder", "file", "files", "filename", "filenames",
        "fname", "url", "urls", "uri", "root", "out", "outdir", "csv", "json", "txt", "pkl", "prefix",
        "suffix", "ext", "extension", "bucket", "repo", "repository",
    }
)  # fmt: skip
_BOOKKEEPING = frozenset(
    {
        "plot", "plots", "fig", "figsize", "figure", "color", "colors", "colour", "colours", "cmap", "marker",
        "markers", "title", "xlabel", "ylabel", "xlim", "ylim", "xmin", "xmax", "ymin", "ymax", "legend",
        "linewidth", "fontsize", "dpi", "palette", "verbose", "verbosity", "debug", "device", "devices", "gpu",
        "gpus", "cuda", "tpu", "jobs", "workers", "threads", "cores", "port", "host", "timeout", "log", "logs",
        "logging", "print", "display", "show", "save", "saved", "download", "cache", "cached", "interval",
        "every", "silent", "quiet", "progress", "dtype", "backend", "version", "date", "today", "user", "token",
        "project", "experiment", "ver", "competition", "nrows", "run", "nthread", "nthreads", "tag", "tags", "description", "author", "message", "msg", "resume", "overwrite",
        "visualize", "report", "timestamp", "entity", "wandb", "mlflow", "tensorboard", "linestyle", "fmt",
        "decimals",
    }
)  # fmt: skip
_OUTPUT = frozenset(
    {
        "progress", "verbose", "log", "logging", "logs", "save", "display", "print", "plot", "show", "debug",
        "cache", "workers", "gpu", "gpus", "tpu", "version", "timeout", "refresh", "title", "color", "figsize",
    }
)  # fmt: skip
_COUNTERS = frozenset(
    {
        "best", "counter", "correct", "running", "prev", "previous", "current", "cur", "idx",
        "cum", "cumulative", "seen", "hits", "wins", "tmp", "result", "results", "ret", "history", "losses",
        "accs", "accuracies", "logs", "records", "rewards", "returns", "predictions", "preds", "done",
        "elapsed", "started", "finished",
    }
)  # fmt: skip
_SUMS = frozenset(
    {"total", "count", "sum", "step", "steps", "epoch", "episode", "iteration", "iter", "iters", "batch"}
)
"""Begun at nothing these are counters, else limits."""
_SINGLE = frozenset(
    {"i", "j", "ii", "jj", "idx", "index", "start", "end", "time", "t0", "t1", "temp", "row", "s"}
)
_METRICS = frozenset(
    {
        "loss", "acc", "accuracy", "auc", "f1", "mse", "rmse", "mae", "r2", "score", "scores", "error", "errors",
        "err", "cost", "reward", "perplexity", "ppl", "bleu", "iou", "recall", "precision", "losses",
    }
)  # fmt: skip
_OF_METRICS = frozenset(
    {
        "weight", "weights", "threshold", "target", "tol", "tolerance", "lambda", "alpha", "coef", "factor",
        "penalty", "scale", "patience", "margin", "gamma", "beta", "rate", "learning", "type", "delta",
    }
)  # fmt: skip
_COLUMNS = frozenset(
    {
        "target", "targets", "label", "labels", "feature", "features", "col", "cols", "column", "columns",
        "field", "fields", "index", "id", "ids", "class", "classes", "category", "categories", "categorical",
        "numeric", "numerical", "variable", "variables", "attributes", "header", "headers", "vars", "keys",
        "words", "sentence", "sentences", "text", "texts", "prompt", "prompts", "corpus", "question",
        "symbol", "ticker", "tickers", "symbols", "country", "city", "state", "states", "key", "month",
        "name", "names", "stopwords", "answer", "query", "document", "documents", "species", "response",
        "predictors", "alphabet", "chars", "language", "metrics",
    }
)  # fmt: skip
_FLAGS = frozenset(
    {
        "train", "training", "test", "testing", "load", "retrain", "force", "dry", "demo", "smoke", "fast",
        "quick", "sample", "predict", "evaluate", "eval", "submit", "submission", "inference", "colab",
        "kaggle", "interactive", "export", "on", "in", "is", "has", "done", "found", "converged",
    }
)  # fmt: skip
_DATA = frozenset(
    {"x", "y", "data", "dataset", "df", "xs", "ys", "inputs", "points", "values", "samples", "arr"}
)
_TRUTH = frozenset({"true", "actual", "real", "expected"})
_FILE = re.compile(r"^(?:https?:|s3:|gs:|file:|hf:|~|\.{0,2}/|[A-Za-z]:\\)|\.[a-z][a-z0-9]{1,5}$|\\", re.I)
_DATE = re.compile(r"^\d{4}-\d\d(?:-\d\d)?|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$")
_DATED = frozenset({"train", "test", "val", "valid", "validation", "split", "cutoff"})
_LONGEST_TEXT = 60
NAME, HELD, ARGUMENT = "name", "held", "argument"
_PARTS = frozenset(
    {"train", "test", "val", "valid", "validation", "eval", "dev", "all", "both", "w", "r", "a", "wb", "rb", "cpu",
     "cuda", "utf-8", "utf8", "latin-1", "accuracy", "roc_auc", "f1", "yes", "no"}
)  # fmt: skip
"""Texts that name a part of the data, a mode of a file, a device or a metric."""
_DISTANCES = frozenset(
    {
        "euclidean",
        "manhattan",
        "cosine",
        "minkowski",
        "chebyshev",
        "hamming",
        "jaccard",
        "l1",
        "l2",
        "correlation",
    }
)
_LONGEST_LIST = 20


def is_tuned(name: str) -> bool:
    """Whether a name says by itself that it is a hyperparameter."""
    return not _TUNED.isdisjoint(words(name))


def is_wanted(name: str, value: Any, place: str = NAME) -> bool:
    """Whether a name with a plain value is a hyperparameter; ``place`` is where it stands.

    `ARGUMENT`: of a call of a library, which is left to the lists of arguments but for what the value says.
    `HELD`: in a configuration, or as a parameter of a function that trains, beside others of its kind.
    """
    found = words(name)
    if not found or name.startswith("_"):
        return False
    if place == ARGUMENT:
        return _OUTPUT.isdisjoint(found) and not is_seed(name) and _is_argument(value)
    if is_seed(name):
        return place == HELD and isinstance(value, int)
    tuned = is_tuned(name)
    if _is_path(found, value) or _is_bookkeeping(found):
        return False
    if isinstance(value, bool):
        return _wanted_flag(found, tuned, place == HELD)
    if isinstance(value, (int, float)):
        return _wanted_number(name, found, value)
    if isinstance(value, str):
        return _wanted_text(found, value, tuned)
    if isinstance(value, list):
        return _wanted_list(name, found, value, tuned, place == HELD)
    return value is None and (place == HELD or tuned)


def is_declared(name: str, value: Any) -> bool:
    """Whether a name that the user declared a parameter of the notebook is none of its paths."""
    found = words(name)
    if not found or name.startswith("_") or _is_path(found, value) or value is None:
        return False
    return not (isinstance(value, str) and _FILE.search(value)) and not _is_bookkeeping(found)


def is_seed(name: str) -> bool:
    """Whether a name is that of a seed: those are recorded as seeds."""
    return name.lower() in _SEEDS or not {"seed", "seeds"}.isdisjoint(words(name))


def _is_path(found: tuple[str, ...], value: Any) -> bool:
    return not isinstance(value, (int, float)) and not _PATHS.isdisjoint(found)


def _is_bookkeeping(found: tuple[str, ...]) -> bool:
    return not _BOOKKEEPING.isdisjoint(found) or found[-2:] == ("n", "jobs")


def _wanted_flag(found: tuple[str, ...], tuned: bool, held: bool) -> bool:
    if not _FLAGS.isdisjoint(found) or not _COUNTERS.isdisjoint(found):
        return False
    return held or tuned or found[0] in ("use", "with", "add", "fit", "apply")


def _wanted_number(name: str, found: tuple[str, ...], value: float) -> bool:
    if name.lower() in _SINGLE or not _TRUTH.isdisjoint(found):
        return False
    if value == 0 and not is_tuned(name):
        # A state to begin with.
        return False
    if value in (0, 1, -1) and not _SUMS.isdisjoint(found):
        return False
    if not _COUNTERS.isdisjoint(found) and _OF_METRICS.isdisjoint(found):
        return False
    measured = not _METRICS.isdisjoint(found) and _OF_METRICS.isdisjoint(found)
    return not measured and abs(value) < 1e300


def _is_argument(value: Any) -> bool:
    if isinstance(value, str):
        return _is_word(value) and not _FILE.search(value)
    if isinstance(value, list):
        return 0 < len(value) <= _LONGEST_LIST and not any(isinstance(one, dict) for one in value)
    return not isinstance(value, dict)


def _is_word(value: str) -> bool:
    return 0 < len(value) <= _LONGEST_TEXT and "\n" not in value and value.count(" ") <= 2


def _wanted_text(found: tuple[str, ...], value: str, tuned: bool) -> bool:
    if not _is_word(value) or value.lower() in _PARTS:
        return False
    if _DATE.match(value):
        return not _DATED.isdisjoint(found)
    if _FILE.search(value):
        return False
    if "/" in value and not tuned:
        return False
    if _names_columns(found):
        return found[-1] == "name" and tuned
    if found[-1] == "metric":
        # How distances are measured; most others tell how a result is.
        return value.lower() in _DISTANCES
    return tuned or found[0] in ("max", "min")


def _names_columns(found: tuple[str, ...]) -> bool:
    return found[-1] in _COLUMNS and found[0] not in ("max", "min", "n", "num")


def _wanted_list(name: str, found: tuple[str, ...], value: list[Any], tuned: bool, held: bool) -> bool:
    if not value or len(value) > _LONGEST_LIST or name.lower() in _DATA:
        return False
    if _names_columns(found) or not _COUNTERS.isdisjoint(found) or not _TRUTH.isdisjoint(found):
        return False
    flat = [one for part in value for one in (part if isinstance(part, list) else [part])]
    if len(flat) != len(value) and not held:
        # Rows of numbers are data.
        return False
    if any(isinstance(one, (list, dict)) for one in flat):
        return False
    if any(isinstance(one, str) for one in flat):
        return (held or tuned) and not any(_FILE.search(one) for one in flat if isinstance(one, str))
    return held or tuned or _DATA.isdisjoint(found)
