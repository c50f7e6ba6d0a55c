"""The tables of adapters and sources in the documentation are those of the code and of what is tested."""

from __future__ import annotations

import re
from pathlib import Path

from backtrail.tracker.adapters import ADAPTERS

ROOT = Path(__file__).parents[2]
ROWS = re.findall(r"^\| ([\w-]+) \| ([\d.]+) \|", (ROOT / "docs/adapters.md").read_text(), re.MULTILINE)
PACKAGES = {"tensorflow": "tensorflow_cpu", "xgboost": "xgboost-cpu", "mlflow": "mlflow-skinny"}
MODULES = {"scikit-learn": "sklearn"}


def test_the_versions_are_those_that_are_tested() -> None:
    lines = (ROOT / "requirements/adapters.txt").read_text().splitlines()
    tested = dict(line.split("==") for line in lines if "==" in line)
    assert {library: tested[PACKAGES.get(library, library)] for library, _ in ROWS} == dict(ROWS)


def test_every_library_that_is_attended_to_is_listed() -> None:
    listed = {MODULES.get(library, library) for library, _ in ROWS}
    attended = [
        {module.partition(".")[0] for module in entry.modules}
        for entry in ADAPTERS
        if not entry.file.startswith("readers.")
    ]
    assert all(names & listed for names in attended)
    assert listed == {name for names in attended for name in names if name in listed}


def test_the_tests_that_the_table_of_sources_names_are_there() -> None:
    text = (ROOT / "docs/metrics.md").read_text()
    named = re.findall(r"`([a-z]+/test_\w+)`\s`(test_\w+)`", text)
    assert len(named) >= 35
    missing = [name for file, name in named if f"def {name}(" not in (ROOT / f"test/{file}.py").read_text()]
    assert not missing
