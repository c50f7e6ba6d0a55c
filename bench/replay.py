"""The corpus of replays: what export keeps, what verify finds, and what ``nbconvert --to script`` comes to.

    python bench/replay.py [--only WORD] [--write FILE]

Each notebook is run in a kernel, verified, and exported; its script, and that of nbconvert, are run as a user
would, in an empty folder. Those of PyTorch and XGBoost are among them where these are installed. ``--write``
puts the tables into FILE between its two marks, else they are printed.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "test" / "replay")]

from replay_runner import corpus, notebooks, plain, recording  # noqa: E402

_BETWEEN = re.compile(r"(<!-- tables -->\n).*(<!-- end of tables -->)", re.DOTALL)


class Row(NamedTuple):
    """One notebook."""

    outcome: corpus.Outcome
    script: plain.Ran
    converted: plain.Ran

    @property
    def name(self) -> str:
        return self.outcome.case.name

    @property
    def half_idle(self) -> bool:
        """Whether half of its executions were put in that no result depends on."""
        return bool(self.outcome.idle)

    def same(self, ran: plain.Ran) -> bool:
        """Whether a script printed the numbers that the notebook printed last.

        A slice may leave a print out, where the metric is that of another cell: then verify has to know it.
        """
        wanted = plain.metrics(self.outcome.recorded.printed)
        found = plain.metrics(ran.printed)
        names = [name for name in wanted if name in self._metrics()]
        verified = self.outcome.found["compared"]["points"] and not self.outcome.found["differences"].get(
            "metric"
        )
        otherwise = wanted if ran is self.script and verified else {}
        same = all(found.get(name, otherwise.get(name)) == wanted[name] for name in names)
        return not ran.error and bool(names) and same

    def _metrics(self) -> set[str]:
        words = r"loss|mse|rmse|accuracy"
        return {name for name in plain.metrics(self.outcome.recorded.printed) if re.search(words, name)}

    def cells(self) -> list[str]:
        """The row of the table."""
        found = self.outcome.found
        cause = found["cause"]
        verdict = found["verdict"]
        if cause:
            verdict += f" ([{found['first']['n']}] `{found['first']['name']}`: {cause['says']})"
        kept = f"{len(self.outcome.kept)} of {self.outcome.executed}"
        return [
            self.name,
            kept,
            _mark(not self.script.error),
            verdict,
            _mark(self.same(self.script)),
            _mark(not self.converted.error),
            _mark(self.same(self.converted)),
        ]


def _mark(holds: bool) -> str:
    return "yes" if holds else "no"


def row(case: corpus.Case, folder: Path, program: Path) -> Row:
    """Runs one notebook in every way."""
    outcome = corpus.verified(case, folder / "work", program)
    alone = folder / "alone"
    alone.mkdir()
    done = outcome.recorded.cli("export", "-o", str(alone / "script.py"))
    script = plain.exported(alone / "script.py") if done.returncode == 0 else plain.Ran(done.stderr, "")
    return Row(outcome, script, plain.by_nbconvert(case.cells(), folder / "converted"))


def page(rows: list[Row]) -> str:
    """The tables."""
    head = ["notebook", "cells kept", "runs", "verify", "same metrics", "nbconvert: runs", "same metrics"]
    lines = [head, ["---"] * len(head), *(row.cells() for row in rows)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{summary(rows)}\n\n{table}\n"


def summary(rows: list[Row]) -> str:
    """The figures."""
    cells = sum(len(row.outcome.kept) for row in rows)
    same = sum(row.outcome.found["compared"]["cells"] - _differing(row) for row in rows)
    shares = [len(row.outcome.kept) / row.outcome.executed for row in rows if row.half_idle]
    verdicts = [row.outcome.found["verdict"] for row in rows]
    seedless = [row for row in rows if not row.outcome.case.seeded]
    lines = [
        ["", "exported scripts", "`nbconvert --to script`"],
        ["---", "---", "---"],
        ["run to their end", *(_of(rows, lambda ran, _: not ran.error))],
        ["print the same metrics", *(_of(rows, lambda ran, one: one.same(ran)))],
        ["the same without seeds", *(_of(seedless, lambda ran, one: one.same(ran)))],
    ]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return (
        f"{table}\n\n"
        f"{verdicts.count('identical')} of {len(rows)} verdicts are *identical*; {same} of {cells} cells "
        f"came to the same ({same / max(cells, 1):.1%}). Where every second cell is idle, a slice keeps "
        f"{statistics.median(shares or [0]):.0%} of the executions in the median."
    )


def _differing(row: Row) -> int:
    found = row.outcome.found
    return 0 if found["verdict"] == "identical" else sum(found["differences"].values())


def _of(rows: list[Row], holds: object) -> list[str]:
    assert callable(holds)
    return [
        f"{sum(bool(holds(ran(row), row)) for row in rows)} of {len(rows)}"
        for ran in (lambda row: row.script, lambda row: row.converted)
    ]


def main() -> int:
    """1 when a script did not run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default="")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    folders = [notebooks.CORPUS, *([notebooks.HEAVY] if find_spec("torch") else [])]
    every = [case for folder in folders for case in corpus.cases(folder)]
    cases = [case for case in sorted(every, key=lambda case: not case.seeded) if options.only in case.name]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        program = recording.bundle(Path(folder, "backtrail.mjs"))
        futures = [pool.submit(row, case, Path(folder, f"case-{n}"), program) for n, case in enumerate(cases)]
        rows = []
        for future in futures:
            rows.append(future.result())
            print(f"{len(rows)} of {len(cases)}: {rows[-1].name}", file=sys.stderr, flush=True)
    text = page(rows)
    if options.write:
        before = options.write.read_text(encoding="utf-8")
        options.write.write_text(_BETWEEN.sub(lambda found: f"{found[1]}\n{text}\n{found[2]}", before))
    else:
        print(text)
    for one in rows:
        for what, ran in (("script", one.script), ("nbconvert", one.converted)):
            if ran.error:
                print(f"{one.name}: {what}: {ran.error}", file=sys.stderr)
    return 1 if any(one.script.error for one in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
