"""``python -m corpus_runner``, in this folder's parent: runs the corpus and prints the report.

--only WORD     only notebooks whose name has the word (may be repeated)
--unseen        the notebooks that nobody tunes for
--misses FILE   each miss in a line
--report FILE   the report, instead of printing it
--publish FILE  the page with the figures of both
--record        keeps what was found in each notebook, which the sample of the tests is held against
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

from . import corpus, expected, report
from .score import Score

REPOSITORY = Path(__file__).parents[3]


class _Results(NamedTuple):
    scores: list[Score]
    faults: list[str]
    left_out: dict[str, list[str]]


def main() -> int:
    """Returns 1 when a notebook failed."""
    parser = argparse.ArgumentParser(prog="corpus_runner", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--unseen", action="store_true")
    for name in ("--misses", "--report", "--publish"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    known = _run(options.unseen, options.only)
    faults = known.faults
    if options.record:
        expected.record(known.scores)
    text = report.page(known.scores, known.left_out)
    if options.publish:
        unseen = _run(True, [])
        faults += unseen.faults
        options.publish.write_text(report.publication(known.scores, unseen.scores), encoding="utf-8")
    elif options.report:
        options.report.write_text(text, encoding="utf-8")
    else:
        print(text)
    if options.misses:
        options.misses.write_text(report.misses(known.scores), encoding="utf-8")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _run(unseen: bool, words: list[str]) -> _Results:
    keys = [key for key in corpus.notebooks(unseen) if not words or any(word in key.name for word in words)]
    found = _Results([], [], {key.name: missing for key in keys if (missing := key.missing())})
    for outcome in corpus.run([key for key in keys if key.name not in found.left_out]):
        print(outcome.key.name, outcome.fault, file=sys.stderr, flush=True)
        if outcome.score:
            found.scores.append(outcome.score)
        else:
            found.faults.append(outcome.fault)
    return found


if __name__ == "__main__":
    sys.path.insert(0, str(REPOSITORY))
    sys.exit(main())
