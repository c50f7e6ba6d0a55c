"""The verdicts that the docs show are those of the notebook that they show."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from replay_runner import notebooks, recording

PAGE = recording.ROOT / "docs" / "verify.md"


def _pieces() -> list[str]:
    """The notebook, and what verify says of it, of it again under stress, and after its input was changed."""
    text = PAGE.read_text(encoding="utf-8")
    part = text[text.index("## A notebook without seeds") :].partition("\n## ")[0]
    return [
        "\n".join(line[4:] for line in piece.splitlines())
        for piece in re.findall(r"(?:^    .*\n|^\n(?=    ))+", part, re.MULTILINE)
    ]


def _flat(text: str) -> str:
    """Without line feeds; all numbers are alike, as the notebook has no seed."""
    return re.sub(r"\d+(?:\.\d+)?(?:e-?\d+)?", "0", " ".join(text.split()))


def test_the_docs_show_what_verify_says_of_a_notebook_without_seeds(
    record: Callable[..., Any], tmp_path: Path
) -> None:
    notebook, *shown = (piece.strip("\n") for piece in _pieces())
    prices = tmp_path / "work" / "prices.csv"
    prices.parent.mkdir()
    prices.write_text("1.5\n2.5\n4\n")
    recorded = record([cell.source for cell in notebooks.cells_of(f"{notebook}\n")])
    says = []
    for words, content in (((), "1.5\n2.5\n4\n"), ((), "1.5\n2.5\n5\n")):
        prices.write_text(content)
        done = recorded.cli("verify", *words)
        says.append(f"{done.stdout.strip()}\nexit {done.returncode}")
    assert [_flat(f"$ backtrail verify latest; echo exit $?\n{one}") for one in says] == [
        _flat(one) for one in shown
    ]
