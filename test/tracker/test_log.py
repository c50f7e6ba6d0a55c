"""The file that is only appended to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from backtrail.tracker.log import Log


def opened(path: Path, said: list[str] | None = None, **options: Any) -> Log:
    return Log(path, (said if said is not None else []).append, **options)


def test_lines_are_in_the_file_when_write_returns(tmp_path: Path) -> None:
    log = opened(tmp_path / "deep" / "log.jsonl")
    assert log.write(b"{}\n")
    assert (tmp_path / "deep" / "log.jsonl").read_bytes() == b"{}\n"


def test_a_torn_last_line_is_ended_before_the_next_is_written(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(b'{"a":1}\n{"b":')
    opened(path, opening=lambda again: b"never\n").write(b'{"c":3}\n')
    assert path.read_bytes() == b'{"a":1}\n{"b":\n{"c":3}\n'


def test_a_new_file_begins_with_its_opening(tmp_path: Path) -> None:
    log = opened(tmp_path / "log.jsonl", opening=lambda again: b"again\n" if again else b"first\n")
    log.write(b"x\n")
    (tmp_path / "log.jsonl").unlink()
    log.check()
    log.write(b"y\n")
    assert (tmp_path / "log.jsonl").read_bytes() == b"again\ny\n"
    assert log.renewed == 1


def test_the_descriptor_is_out_of_reach_of_guessed_numbers(tmp_path: Path) -> None:
    log = opened(tmp_path / "log.jsonl")
    assert log.descriptor >= 200
    assert not os.get_inheritable(log.descriptor)


def test_a_descriptor_that_became_somebody_elses_is_left_to_them(tmp_path: Path) -> None:
    log = opened(tmp_path / "log.jsonl")
    theirs = os.open(tmp_path / "theirs", os.O_WRONLY | os.O_CREAT)
    number = log.descriptor
    os.dup2(theirs, number)
    log.check()
    log.write(b"ours\n")
    log.close()
    os.write(number, b"theirs")
    assert (tmp_path / "log.jsonl").read_bytes() == b"ours\n"
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    os.close(number)
    os.close(theirs)


def test_a_number_that_became_somebody_elses_unseen_gets_no_line(
    tmp_path: Path,
) -> None:
    # As what is found out beside a cell, while that cell closes every descriptor there is.
    log = opened(tmp_path / "log.jsonl")
    theirs = os.open(tmp_path / "theirs", os.O_WRONLY | os.O_CREAT)
    os.dup2(theirs, log.descriptor)
    number = log.descriptor
    assert log.write(b"ours\n")
    log.close()
    assert (tmp_path / "log.jsonl").read_bytes() == b"ours\n"
    assert (tmp_path / "theirs").read_bytes() == b""
    os.close(number)
    os.close(theirs)


def test_a_closed_descriptor_costs_no_line(tmp_path: Path) -> None:
    log = opened(tmp_path / "log.jsonl")
    os.close(log.descriptor)
    assert log.write(b"x\n")
    assert (tmp_path / "log.jsonl").read_bytes() == b"x\n"


def test_a_line_that_was_written_in_part_is_completed_in_its_place(tmp_path: Path) -> None:
    log = opened(tmp_path / "log.jsonl")
    os.write(log.descriptor, b"abc")
    log.rest(b"abcdef\n", 3)
    log.write(b"next\n")
    assert (tmp_path / "log.jsonl").read_bytes() == b"abcdef\nnext\n"


def test_a_moved_file_is_found_where_it_is(tmp_path: Path) -> None:
    log = opened(tmp_path / "a" / "log.jsonl")
    assert log.moved() is None
    (tmp_path / "a").rename(tmp_path / "b")
    assert log.moved() == tmp_path / "b" / "log.jsonl"


def test_closing_twice_and_writing_after_it_do_no_harm(tmp_path: Path) -> None:
    log = opened(tmp_path / "log.jsonl")
    log.close()
    log.close()
    log.sync()


def test_a_file_that_cannot_be_opened_raises(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError):
        opened(tmp_path / "file" / "log.jsonl")
