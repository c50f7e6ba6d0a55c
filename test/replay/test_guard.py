"""Folders that stand there before a replay makes them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from replay_runner.recording import ROOT

_MAKES = """
import os, sys
sys.path.insert(0, sys.argv[1])
from backtrail.replay.guard import give_way
folders = {os.path.realpath(name) for name in ("made", "known")}
for name in folders:
    os.mkdir(name)
give_way(folders)
os.mkdir("made")
try:
    os.mkdir("known/.")
except FileExistsError:
    print("there")
"""


def test_a_folder_gives_way_to_who_makes_it_and_not_to_who_knows_that_it_is_there(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _MAKES, str(ROOT)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("there\n", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["known", "made"]
