"""Whether the writer of a log still lives."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from backtrail.runlog import process

REPORT = """
import json, sys
from backtrail.runlog import process
print(json.dumps(process.identity()), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def writer():
    child = subprocess.Popen(
        [sys.executable, "-c", REPORT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert child.stdout
    yield child, json.loads(child.stdout.readline())
    child.kill()
    child.communicate()


def test_this_process_lives() -> None:
    assert process.alive(process.identity()) is True


def test_a_writer_lives_until_it_is_killed(writer) -> None:
    child, identity = writer
    assert process.alive(identity) is True
    child.kill()
    child.wait()
    assert process.alive(identity) is False


if hasattr(os, "waitid"):

    def test_a_killed_writer_that_nobody_waited_for_is_dead(writer) -> None:
        child, identity = writer
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert process.alive(identity) is False


def test_another_process_with_the_same_pid_is_not_the_writer() -> None:
    assert process.alive({**process.identity(), "started": "1"}) is False


def test_a_process_of_an_earlier_boot_is_gone() -> None:
    assert process.alive({**process.identity(), "boot": "another"}) is False


def test_of_a_process_elsewhere_nothing_is_said() -> None:
    assert process.alive({**process.identity(), "host": "elsewhere"}) is None
    assert process.alive({**process.identity(), "namespace": "pid:[1]"}) is None


@pytest.mark.parametrize("odd", [None, {}, {"pid": "1"}, {"pid": True, "started": "1"}, [], "x", {"pid": -1}])
def test_of_what_is_no_process_nothing_is_said(odd: object) -> None:
    assert process.alive(odd) is None


def test_ps_tells_the_same_start_each_time_and_none_of_the_dead(writer) -> None:
    child, _ = writer
    started = process._started_ps(child.pid)
    assert started
    assert process._started_ps(child.pid) == started
    child.kill()
    child.wait()
    assert process._started_ps(child.pid) is None
