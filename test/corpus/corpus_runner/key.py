"""The hand-written keys: what a careful person would put down about each notebook."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]

FAMILIES = ("competition", "course", "docs", "personal")
_NEEDED = {"family", "libraries", "metrics", "params", "seeds", "files"}
_FIELDS = {*_NEEDED, "data", "optional metrics", "also", "optional"}
_METRIC_FIELDS = {"series", "count", "last", "also", "percent", "tolerance"}


class Key(NamedTuple):
    """A notebook's name, file and key. The fields of the key are told in the README of the corpus."""

    name: str
    path: Path
    content: dict[str, Any]

    def missing(self) -> list[str]:
        """The libraries that this environment lacks."""
        return [name for name in self.content["libraries"] if importlib.util.find_spec(name) is None]

    def expressions(self) -> list[str]:
        """What must be asked in the notebook's namespace, once it has run, to know the right values."""
        found: list[str] = []
        for metric in self.content["metrics"].values():
            found += [text for text in alternatives(metric.get("last")) if not text.startswith("/")]
            if isinstance(metric.get("count"), str):
                found.append(metric["count"])
        for value in [*self.content["params"].values(), *self.content.get("optional", {}).values()]:
            found += [v[1:] for v in alternatives(value) if isinstance(v, str) and v.startswith("=")]
        return list(dict.fromkeys(found))


def alternatives(value: Any) -> list[Any]:
    """``{"oneOf": [...]}`` or one value, as a list; null is none."""
    if isinstance(value, dict) and set(value) == {"oneOf"}:
        return list(value["oneOf"])
    return [] if value is None else [value]


def read(folder: Path = ROOT) -> list[Key]:
    """The keys of the notebooks in ``folder/notebooks``, in the order of their names.

    Raises:
        ValueError: a notebook has no key, a key no notebook, or a key is not as it should be.
    """
    notebooks = {path.stem: path for path in sorted((folder / "notebooks").glob("*.py"))}
    keys = {path.stem: path for path in (folder / "key").glob("*.json")}
    if odd := sorted(notebooks.keys() ^ keys.keys()):
        raise ValueError(f"Notebook or key is missing: {', '.join(odd)}")
    found = []
    for name, path in notebooks.items():
        content = json.loads(keys[name].read_text(encoding="utf-8"))
        for fault in _faults(content):
            raise ValueError(f"The key of {name}: {fault}")
        found.append(Key(name, path, content))
    return found


def _faults(content: dict[str, Any]) -> Iterator[str]:
    if odd := set(content) - _FIELDS:
        yield f"unknown fields {sorted(odd)}"
    if absent := _NEEDED - set(content):
        yield f"without {sorted(absent)}"
    if content["family"] not in FAMILIES:
        yield f"no family {content['family']!r}"
    if not content["metrics"]:
        yield "no metrics"
    for name, metric in content["metrics"].items():
        if odd := set(metric) - _METRIC_FIELDS:
            yield f"{name} has unknown fields {sorted(odd)}"
        if metric["series"] and "count" not in metric:
            yield f"{name} is a series without a count"
    if odd := set(content.get("also", {})) - set(content["params"]):
        yield f"other names for params that are not there: {sorted(odd)}"


def values(spec: Any, known: Callable[[str], Any]) -> list[Any]:
    """The values that a param's entry allows, with those that are asked of the notebook put in."""
    return [
        known(v[1:]) if isinstance(v, str) and v.startswith("=") else v
        for v in (alternatives(spec) if spec is not None else [None])
    ]
