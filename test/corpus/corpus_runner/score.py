"""What was captured, held against a key."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from .kernel import Captured
from .key import Key, alternatives, values

_ALIKE = (
    ("lr", "learning_rate", "eta"),
    ("epochs", "num_epochs", "n_epochs", "max_epochs", "num_train_epochs", "nb_epoch"),
    ("batch_size", "bs", "per_device_train_batch_size", "batch"),
    ("dropout", "dropout.rate", "dropout.p"),
    ("seed", "random_state", "random_seed", "manual_seed", "manualseed"),
)
"""Names by which everybody calls the same thing; what else a param is called stands in its key."""

_WIDTHS = frozenset({"units", "filters", "out_features", "out_channels", "output_dim"})
_SPLITS = frozenset({"train", "training", "val", "valid", "validation", "test", "eval"})
_CLASS = re.compile(r"[A-Z][A-Za-z0-9]*\Z")
_DECISIONS = frozenset(
    {"model", "estimator", "base_estimator", "classifier", "regressor"}
    | {"optimizer", "optim", "opt", "criterion", "loss_fn", "loss", "scheduler"}
)


class Metric(NamedTuple):
    """One metric of a key: whether a captured one has its name, its value, and, for a series, its points."""

    name: str
    series: bool
    found: str | None
    right: bool
    whole: bool
    got: str


class Param(NamedTuple):
    """One param of a key, and the captured one that hits it; what was captured instead under that name."""

    name: str
    found: str | None
    expected: str
    got: str


class Score(NamedTuple):
    """A notebook's result."""

    key: Key
    metrics: list[Metric]
    params: list[Param]
    false_params: list[tuple[str, Any, str]]
    false_metrics: list[tuple[str, str]]
    seeds: tuple[int, int]
    reads: tuple[int, int]
    writes: tuple[int, int]
    origins: dict[str, str]
    param_origins: dict[str, str]
    warnings: list[str]

    @property
    def any_metric(self) -> bool:
        """At least one metric of the key was captured with its right value."""
        return any(metric.right for metric in self.metrics)

    @property
    def has_series(self) -> bool:
        return any(metric.series for metric in self.metrics)

    @property
    def any_series(self) -> bool:
        """At least one series of the key was captured with all its points and its right last value."""
        return any(metric.whole for metric in self.metrics)

    @property
    def hits(self) -> int:
        return sum(param.found is not None for param in self.params)

    def origin_of(self, param: str) -> str:
        """Where a captured param comes from; one in a mapping comes from where the mapping does."""
        while param and param not in self.param_origins and "." in param:
            param = param.rsplit(".", 1)[0]
        return self.param_origins.get(param, "")


def score(key: Key, captured: Captured) -> Score:
    """Holds one notebook's capture against its key."""
    metrics, taken = _metrics(key, captured)
    params, false_params = _params(key, captured)
    also = [
        _plain(name) + ("*" if name.endswith("*") else "") for name in key.content.get("optional metrics", [])
    ]
    false_metrics = [
        (name, captured.origins.get(name, ""))
        for name in captured.metric_values
        if name not in taken
        # The spread that stands behind a "±" goes with its mean.
        and not name.endswith("_std")
        and not any(fnmatchcase(plain, one) for plain in _names(name) for one in also)
    ]
    return Score(
        key,
        metrics,
        params,
        false_params,
        false_metrics,
        _seeds(key, captured),
        _files(key.content["files"]["reads"], captured, "inputs"),
        _files(key.content["files"]["writes"], captured, "outputs"),
        captured.origins,
        captured.param_origins,
        captured.warnings,
    )


# Metrics


def _plain(name: str) -> str:
    """Case, blanks and punctuation do not tell names apart; words do."""
    return re.sub(r"[^a-z0-9]+", "", name.lower())


def _names(captured: str) -> set[str]:
    """The names a captured metric answers to: as a whole, and without what held it, ``history.loss`` or
    ``cross_validate/test_score``; a split in front, as in ``val/loss``, belongs to the name.
    """
    found = {_plain(captured)}
    held, _, last = captured.replace("/", ".").rpartition(".")
    if held and _plain(held) not in _SPLITS:
        found.add(_plain(last))
    return found


def _metrics(key: Key, captured: Captured) -> tuple[list[Metric], set[str]]:
    found: list[Metric] = []
    taken: set[str] = set()
    for name, entry in key.content["metrics"].items():
        wanted = {_plain(alias) for alias in [name, *entry.get("also", [])]}
        candidates = [other for other in captured.metric_values if _names(other) & wanted]
        taken.update(candidates)
        best = Metric(name, entry["series"], None, False, False, "nothing")
        for other in candidates:
            points = captured.metric_values[other]
            right = _right(entry, points, captured)
            whole = entry["series"] and right and _whole(entry, points, captured)
            got = f"{other}: {len(points)} points, last {points[-1]:.6g}"
            one = Metric(name, entry["series"], other, right, whole, got)
            if best.found is None or (one.right, one.whole) > (best.right, best.whole):
                best = one
        found.append(best)
    return found, taken


def _right(entry: Mapping[str, Any], points: list[float], captured: Captured) -> bool:
    expected = list(_expected(entry, captured))
    if not expected:
        return True
    # A number that stands once may be among others of its name; a series is told by its last value.
    seen = points[-1:] if entry["series"] else points
    tolerance = entry.get("tolerance", 0.006)
    return any(
        math.isclose(value, one * scale, rel_tol=0.01, abs_tol=tolerance * max(scale, 1))
        for value in seen
        for one in expected
        for scale in ((1, 100, 0.01) if entry.get("percent") else (1,))
    )


def _expected(entry: Mapping[str, Any], captured: Captured) -> Iterator[float]:
    for spec in alternatives(entry.get("last")):
        if spec.startswith("/"):
            shown = re.findall(spec[1:-1], captured.text, re.MULTILINE)
            if not shown:
                raise KeyError(f"nothing that was printed matches {spec}")
            yield float(shown[-1])
        else:
            yield float(captured.known[spec])


def _whole(entry: Mapping[str, Any], points: list[float], captured: Captured) -> bool:
    count = entry["count"]
    if count is None:
        return len(points) > 1
    if isinstance(count, str):
        count = captured.known[count]
    return len(points) in (count if isinstance(count, list) else [count])


# Params


def _segments(name: str) -> set[str]:
    """The last segment of a name, alone and with the one before it, in lower case."""
    parts = [part.lower().replace("-", "_") for part in re.split(r"[./]", name) if part]
    last = parts[-1].rsplit("__", 1)[-1].strip("_") if parts else ""
    return {last, f"{parts[-2]}.{last}"} if len(parts) > 1 else {last}


def _flat(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A captured value that is a mapping counts as the params in it."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _flat(f"{key}.{name}", inner)
    else:
        yield key, value


def equal(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same to a reader: 100 and 100.0 are, True and 1 are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-9)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(equal, one, other))
    return bool(one == other)


def _alike(name: str, also: list[str]) -> set[str]:
    found = {name.lower().replace("-", "_").replace(" ", "_").strip("_")}
    found |= {other.lower().strip("_") for other in also}
    for group in _ALIKE:
        if found & set(group):
            found |= set(group)
    return found


def _params(key: Key, captured: Captured) -> tuple[list[Param], list[tuple[str, Any, str]]]:
    content, known = key.content, captured.known.__getitem__
    merged: dict[str, Any] = {}
    for summary in captured.summaries:
        merged.update(summary["params"])
    flat = [(name, inner, name2) for name2, value in merged.items() for name, inner in _flat(name2, value)]
    wanted = {
        name: (_alike(name, content.get("also", {}).get(name, [])), values(spec, known))
        for name, spec in content["params"].items()
    }
    optional = {
        name: (_alike(name, []), None if spec is None else _optional(spec, known))
        for name, spec in content.get("optional", {}).items()
    }
    hits: dict[str, str] = {}
    near: dict[str, list[str]] = {}
    false = []
    for name, value, whole in flat:
        segments = set(_segments(name))
        hit = False
        for param, (names, allowed) in wanted.items():
            if segments & names:
                if any(equal(value, one) for one in allowed):
                    hits.setdefault(param, name)
                    hit = True
                else:
                    near.setdefault(param, []).append(f"{name} = {value!r}")
        if hit or _is_optional(segments, value, optional, key):
            continue
        false.append((name, value, captured.param_origins.get(whole, "")))
    params = [
        Param(name, hits.get(name), _short(wanted[name][1]), "; ".join(near.get(name, [])) or "nothing")
        for name in content["params"]
    ]
    return params, false


def _optional(spec: Any, known: Any) -> list[Any]:
    items = spec if isinstance(spec, list) else [spec]
    return [known(item[1:]) if isinstance(item, str) and item.startswith("=") else item for item in items]


def _is_optional(
    segments: set[str], value: Any, optional: Mapping[str, tuple[set[str], list[Any] | None]], key: Key
) -> bool:
    for names, allowed in optional.values():
        if segments & names and (allowed is None or any(equal(value, one) for one in allowed)):
            return True
    # The width of a layer that stands as a number in the layer is the code's; one with a name is in the key.
    if "stratify" in segments or segments & _WIDTHS:
        return True
    if segments & set(_ALIKE[-1]) and any(equal(value, seed) for seed in key.content["seeds"]):
        return True
    # Which class was chosen: nobody would call it wrong, and not everybody would put it down.
    return bool(
        segments & _DECISIONS and isinstance(value, str) and _CLASS.match(value)
        and value in key.path.read_text(encoding="utf-8")
    )  # fmt: skip


def _short(allowed: list[Any]) -> str:
    return " or ".join(map(repr, allowed))


# Seeds and files


def _seeds(key: Key, captured: Captured) -> tuple[int, int]:
    seen = [seed.get("value") for summary in captured.summaries for seed in summary["seeds"]]
    for summary in captured.summaries:
        for name, value in summary["params"].items():
            for inner_name, inner in _flat(name, value):
                if _segments(inner_name) & set(_ALIKE[-1]):
                    seen.append(inner)
    wanted = key.content["seeds"]
    return sum(any(equal(seed, one) for one in seen) for seed in wanted), len(wanted)


def _files(wanted: list[str], captured: Captured, field: str) -> tuple[int, int]:
    seen = {
        entry["path"]
        for summary in captured.summaries
        for entry in summary[field]
        if entry.get("sha256") or entry.get("skipped")
    }
    return sum(any(path == one or path.endswith(f"/{one}") for path in seen) for one in wanted), len(wanted)


def fold_origin(origin: str) -> str:
    """An origin without what tells one place of it from another: ``sklearn: fit`` is ``sklearn``."""
    return origin.split(":", 1)[0].split("/", 1)[0].strip() or "unknown"
