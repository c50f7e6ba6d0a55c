"""The corpus itself: is it what it claims to be, and does its scoring tell right from wrong?"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus_runner import corpus, expected, percent
from corpus_runner.kernel import Captured
from corpus_runner.key import FAMILIES, Key, read
from corpus_runner.sample import SAMPLE
from corpus_runner.score import Score, equal, score

SHARES = {"competition": 0.41, "course": 0.20, "docs": 0.22, "personal": 0.16}
"""Of the 2,516 real notebooks that were studied."""


def test_there_are_enough_notebooks_of_every_kind() -> None:
    keys = corpus.notebooks()
    assert len(keys) >= 66
    families = Counter(key.content["family"] for key in keys)
    for family in FAMILIES:
        assert families[family] / len(keys) == pytest.approx(SHARES[family], abs=0.12)
    libraries = Counter(name for key in keys for name in key.content["libraries"])
    assert libraries["torch"] >= 10
    assert libraries["keras"] >= 8
    assert {
        "xgboost",
        "lightgbm",
        "catboost",
        "statsmodels",
        "lifelines",
        "transformers",
        "lightning",
    } <= set(libraries)
    unseeded = sum(not key.content["seeds"] for key in keys) / len(keys)
    assert 0.3 <= unseeded <= 0.5


def test_the_sample_is_of_every_family_and_adapter_and_its_results_are_known() -> None:
    sample = [key for key in corpus.notebooks() if key.name in SAMPLE]
    assert len(sample) == len(SAMPLE)
    assert {key.content["family"] for key in sample} == set(FAMILIES)
    every = {name for key in corpus.notebooks() for name in key.content["libraries"]}
    assert every - {name for key in sample for name in key.content["libraries"]} <= {"accelerate"}
    assert expected.read().keys() == {key.name for key in corpus.notebooks()}


def test_what_is_lost_against_an_earlier_run_is_said(tmp_path: Path) -> None:
    one = scored(tmp_path, {"lr": 0.1, "x": 1}, {"loss": [1, 0.5, 0.25]})
    before = {**expected.found(one), "params": ["C", "lr"], "others": 0, "reads": 2}
    assert expected.lost(one, expected.found(one)) == []
    assert expected.lost(one, before) == [
        "one: params C",
        "one: 1 reads instead of 2",
        "one: 1 more false params",
    ]


def test_no_notebook_speaks_of_the_tracker_and_none_is_held_back_and_known_at_once() -> None:
    for key in [*corpus.notebooks(), *corpus.notebooks(unseen=True)]:
        assert "backtrail" not in key.path.read_text(encoding="utf-8").lower(), key.name
    assert not {key.name for key in corpus.notebooks()} & {key.name for key in corpus.notebooks(unseen=True)}


def test_cells_tags_and_magics_are_read_from_percent_format(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    lines = [
        *("# Style", "", "# %%", "# %matplotlib inline", "# !ls", "# a note", 'x = "%d"', ""),
        *("# %% [markdown]", "# # Title", "#", "# text"),
        *('# %% tags=["parameters"]', "lr = 1"),
        *("# %%", "# %%time", "y = 2"),
    ]
    path.write_text("\n".join(lines) + "\n")
    first, words, second, third = percent.read(path).cells
    assert first.source == '%matplotlib inline\n!ls\n# a note\nx = "%d"'
    assert (words.cell_type, words.source) == ("markdown", "# Title\n\ntext")
    assert (second.source, second.metadata.tags) == ("lr = 1", ["parameters"])
    assert third.source == "%%time\ny = 2"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"family": "novel"}, "no family"),
        ({"metrics": {}}, "no metrics"),
        ({"metrics": {"loss": {"series": True}}}, "without a count"),
        ({"also": {"nothing": ["else"]}}, "not there"),
        ({"aliases": {}}, "unknown fields"),
    ],
)
def test_a_faulty_key_is_refused(tmp_path: Path, change: dict[str, Any], complaint: str) -> None:
    for folder in ("notebooks", "key"):
        (tmp_path / folder).mkdir()
    (tmp_path / "notebooks/one.py").write_text("# %%\nx = 1\n")
    (tmp_path / "key/one.json").write_text(json.dumps({**KEY, **change}))
    with pytest.raises(ValueError, match=complaint):
        read(tmp_path)


def test_a_notebook_without_a_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/one.py").write_text("# %%\nx = 1\n")
    with pytest.raises(ValueError, match="one"):
        read(tmp_path)


KEY: dict[str, Any] = {
    "family": "course",
    "libraries": [],
    "metrics": {
        "loss": {"series": True, "count": [3, 6], "last": "losses[-1]", "also": ["losses"]},
        "Accuracy": {"series": False, "last": "/Accuracy: (.*)%/", "percent": True},
    },
    "params": {"lr": 0.1, "C": {"oneOf": [1, "=best"]}, "shape": [2, 3]},
    "also": {"C": ["svc__C"]},
    "optional": {"shuffle": True, "grid": None},
    "optional metrics": ["precision*"],
    "seeds": [7],
    "files": {"reads": ["data/a.csv"], "writes": []},
}


def scored(tmp_path: Path, params: dict[str, Any], points: dict[str, list[float]]) -> Score:
    path = tmp_path / "one.py"
    path.write_text("# %%\nmodel = SVC()\n")
    summary = {
        "params": params,
        "seeds": [],
        "inputs": [{"path": "data/a.csv", "sha256": "0"}],
        "outputs": [],
    }
    known = {"losses[-1]": 0.25, "best": 4}
    captured = Captured([summary], {}, {}, points, known, "Accuracy: 93.2%\n", [])
    return score(Key("one", path, KEY), captured)


def test_params_hit_by_their_last_name_and_their_value(tmp_path: Path) -> None:
    params = {"Adam.lr": 0.1, "learning_rate": 0.1, "pipe.svc__C": 4.0, "net": {"shape": [2, 3]}}
    found = scored(tmp_path, params, {})
    assert (found.hits, found.false_params) == (3, [])


def test_a_param_of_another_value_is_no_hit_and_counts_against_precision(tmp_path: Path) -> None:
    found = scored(tmp_path, {"lr": 0.2, "C": True, "shape": [2]}, {})
    assert (found.hits, len(found.false_params)) == (0, 3)


def test_what_is_optional_counts_neither_way(tmp_path: Path) -> None:
    params = {"DataLoader.shuffle": True, "Search.grid": {"a": 1}, "model": "SVC", "SVC.random_state": 7}
    found = scored(tmp_path, params, {})
    assert (found.hits, [name for name, _, _ in found.false_params]) == (0, ["Search.grid.a"])
    assert len(scored(tmp_path, {"shuffle": False, "model": "SVR", "seed": 8}, {}).false_params) == 3
    assert found.seeds == (1, 1)


def test_metrics_hit_by_name_and_value(tmp_path: Path) -> None:
    found = scored(
        tmp_path, {}, {"Losses": [1, 0.5, 0.25], "accuracy": [0.932], "precision/1": [0.5], "x": [1]}
    )
    assert [(metric.right, metric.whole) for metric in found.metrics] == [(True, True), (True, False)]
    assert [name for name, _ in found.false_metrics] == ["x"]
    assert found.any_metric and found.any_series


@pytest.mark.parametrize("points", [[1, 0.25], [1, 0.5, 0.3], [0.25, 0.3, 1], []])
def test_a_series_with_a_hole_or_another_end_is_not_whole(tmp_path: Path, points: list[float]) -> None:
    assert not scored(tmp_path, {}, {"loss": points} if points else {}).any_series


def test_a_metric_of_validation_is_not_that_of_training(tmp_path: Path) -> None:
    found = scored(tmp_path, {}, {"val/loss": [1, 0.5, 0.25]})
    assert (found.any_series, [name for name, _ in found.false_metrics]) == (False, ["val/loss"])


def test_numbers_are_equal_by_value_and_truth_is_no_number() -> None:
    assert equal(100, 100.0) and equal([1, 2], (1.0, 2)) and equal(None, None) and equal("a", "a")
    assert not equal(True, 1) and not equal([1], [1, 2]) and not equal("1", 1) and not equal(None, 0)
