"""docs/questions.md: every line of it is run, and has the output that stands there.

``BACKTRAIL_UPDATE=1`` writes the outputs into the page instead.
"""

from __future__ import annotations

import contextlib
import io
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import backtrail

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "questions.md"
BLOCK = re.compile(r"```(sh|python|sql)\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.S)


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("bin") / "backtrail.mjs"
    options = ["--bundle", "--platform=node", "--target=node20.19", "--format=esm", f"--outfile={target}"]
    esbuild = ["node_modules/.bin/esbuild", "src/cli/main.ts", *options]
    define = '--define:BACKTRAIL_VERSION="0.1.0"'
    subprocess.run([*esbuild, define, "--log-level=error"], cwd=ROOT, check=True)
    return target


def test_every_answer_on_the_page_is_the_one_that_is_given(
    history: Path, command: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(history)
    for name in ("HOME", "JUPYTER_DATA_DIR", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("BACKTRAIL_DIR", raising=False)

    def shell(text: str) -> str:
        program = f'backtrail() {{ node "{command}" "$@"; }}\n{text}'
        done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    def python(text: str) -> str:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(text, {"backtrail": backtrail})
        return out.getvalue()

    def sql(text: str) -> str:
        duckdb.sql("SET TimeZone = 'UTC'")
        found = duckdb.sql(text)
        rows = [found.columns, *([str(value) for value in row] for row in found.fetchall())]
        widths = [max(len(row[at]) for row in rows) for at in range(len(found.columns))]
        return "".join(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
            for row in rows
        )

    runners: dict[str, Callable[[str], str]] = {"sh": shell, "python": python, "sql": sql}
    sys.modules.pop("pandas", None)
    page = PAGE.read_text("utf-8")

    def answered(block: re.Match[str]) -> str:
        kind, text = block[1], block[2]
        output = runners[kind](text).replace(str(history), "~/credit")
        answer = f"\n```text\n{output}```\n" if output else ""
        return f"```{kind}\n{text}```\n{answer}"

    real = BLOCK.sub(answered, page)
    if os.environ.get("BACKTRAIL_UPDATE"):
        PAGE.write_text(real, "utf-8")
        return
    assert len(BLOCK.findall(page)) >= 18
    assert real == page


def test_numbers_that_json_does_not_have_are_given_back(tmp_path: Path) -> None:
    lines = ('{"step":0,"loss":1.5}', '{"step":1,"loss":"NaN"}', '{"step":2,"loss":"-Infinity"}')
    (tmp_path / "metrics.jsonl").write_text("".join(f"{line}\n" for line in lines))
    columns = "columns = {step: 'BIGINT', loss: 'DOUBLE'}"
    assert columns in PAGE.read_text("utf-8")
    found = duckdb.sql(f"SELECT loss FROM read_json('{tmp_path}/metrics.jsonl', {columns}) ORDER BY step")
    first, nan, infinite = (value for (value,) in found.fetchall())
    assert (first, infinite) == (1.5, -math.inf)
    assert math.isnan(nan)
