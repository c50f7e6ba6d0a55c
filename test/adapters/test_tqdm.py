"""tqdm: what its bars show beside themselves, in a kernel."""

from __future__ import annotations

from typing import Any

LOOP = """
from tqdm import tqdm
for epoch in range(2):
    bar = tqdm(range(30), desc=f"Epoch {epoch}")
    for i in bar:
        bar.set_postfix(loss=1 / (i + 1.5), lr=0.125, acc=f"{i / 30:.2f}")
"""


def test_postfixes_of_bars_are_exact_series_that_go_on_from_bar_to_bar(trial: Any) -> None:
    trial.cell(LOOP)
    series = trial.series("loss")
    assert [value for _, value in series] == [1 / (i + 1.5) for i in range(30)] * 2
    assert [step for step, _ in series] == list(range(60))
    assert trial.origins["loss"] == "tqdm"
    assert [value for _, value in trial.series("acc")] == [round(i / 30, 2) for i in range(30)] * 2
    assert "lr" not in trial.origins
