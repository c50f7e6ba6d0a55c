"""``python -m corpus_runner``, in this folder's parent: runs the corpus and prints the report.

--only WORD     only notebooks whose name has the word (may be repeated)
--unseen        the notebooks that nobody tunes for
--misses FILE   each miss in a line
--report FILE   the report, instead of printing it
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import corpus, report

REPOSITORY = Path(__file__).parents[3]


def main() -> int:
    """Returns 1 when a notebook failed."""
    parser = argparse.ArgumentParser(prog="corpus_runner", description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--misses", type=Path)
    parser.add_argument("--report", type=Path)
    options = parser.parse_args()
    keys = [
        key
        for key in corpus.keys(options.unseen)
        if not options.only or any(word in key.name for word in options.only)
    ]
    left_out = {key.name: missing for key in keys if (missing := key.missing())}
    scores, faults = [], []
    for outcome in corpus.run([key for key in keys if key.name not in left_out]):
        if outcome.score:
            scores.append(outcome.score)
        else:
            faults.append(outcome.fault)
        print(outcome.key.name, outcome.fault, file=sys.stderr, flush=True)
    text = report.page(scores, left_out)
    if options.report:
        options.report.write_text(text, encoding="utf-8")
    else:
        print(text)
    if options.misses:
        options.misses.write_text(report.misses(scores), encoding="utf-8")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.path.insert(0, str(REPOSITORY))
    sys.exit(main())
