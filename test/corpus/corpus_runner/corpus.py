"""All notebooks, a few at a time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from .key import ROOT, Key, read
from .score import Score, score


class Outcome(NamedTuple):
    """A notebook's score, or what went wrong with it."""

    key: Key
    score: Score | None
    fault: str


def run(keys: list[Key]) -> Iterator[Outcome]:
    """Runs notebooks, as many at once as there are processors, and yields each as it is done."""
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        yield from pool.map(_one, keys)


def _one(key: Key) -> Outcome:
    from .kernel import execute  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="corpus-", ignore_cleanup_errors=True) as folder:
        try:
            return Outcome(key, score(key, execute(key, Path(folder).resolve())), "")
        except Exception as error:
            return Outcome(key, None, f"{key.name}: {type(error).__name__}: {error}")


def notebooks(unseen: bool = False) -> list[Key]:
    """The keys of the corpus, or of the notebooks that nobody tunes for."""
    return read(ROOT / "unseen") if unseen else read()
