"""The parts of what is known of files that are functions of data."""

from __future__ import annotations

import ast
import hashlib
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy
import pandas
import pytest

from backtrail.tracker.datasets import describe, hash_path
from backtrail.tracker.files import gathering, identity, network, noise
from backtrail.tracker.files.contents import Contents
from backtrail.tracker.files.mentions import Mention, mentions, words
from backtrail.tracker.files.mounts import Mounts
from backtrail.tracker.files.searching import Search
from backtrail.tracker.files.touches import Touches
from backtrail.tracker.files.worker import Worker


def found(source: str, **namespace: Any) -> list[tuple[str, str]]:
    return [(one.text, one.how) for one in mentions([ast.parse(source)], namespace)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("imread('a.png')", ["a.png"]),
        ("imread(folder / 'a.png')", ["data/a.png"]),
        ("imread(f'{name}-{n:03d}.png')", ["x-007.png"]),
        ("imread(os.path.join(name, 'a.png'))", ["x/a.png"]),
        ("imread(str(folder / name) + '.png')", ["data/x.png"]),
        ("load(Path('b') / 'c.h5', mode='r')", ["b/c.h5"]),
        ("load(config['file'])", ["d.bin"]),
        ("save(model, path=name + '.pt')", ["x.pt"]),
        ("[imread(p) for p in pictures]", ["1.png", "2.png"]),
        ("for p in pictures:\n    imread(p)", ["1.png", "2.png"]),
        ("load(['a.csv', 'b.csv'])", ["a.csv", "b.csv"]),
        ("path = 'a.csv'", []),
        ("subprocess.run(cmd, env=environment)\nPopen(cmd, env={**own, 'X': 'a/b'})\nuse(environment)", []),
        ("print('a.csv')\nos.path.exists('a.csv')\nos.makedirs('out/x')", []),
        ("def later():\n    imread('a.png')", []),
        ("imread('http://host/a.png')\nimread('a\\nb.png')\nimread(missing)\nimread('word')", []),
        ("imread(f'{missing}.png')\nimread(odd)\nimread(odd / 'a.png')\nimread(f'{odd}.png')", []),
    ],
)
def test_paths_are_told_from_the_arguments_of_calls(source: str, expected: list[str]) -> None:
    class Odd:
        def __str__(self) -> str:
            raise AssertionError("asked for its text")

        __truediv__ = __fspath__ = __format__ = __str__  # type: ignore[assignment]

    names = {"folder": Path("data"), "name": "x", "n": 7, "config": {"file": "d.bin"}, "odd": Odd()}
    names["pictures"] = ["1.png", "2.png"]
    names["environment"] = {"PATH": "/usr/bin:/bin", "SHELL": "/bin/bash", "PWD": "/data/big"}
    assert found(source, **names) == [(path, "mentioned") for path in expected]


def test_a_stroke_between_two_numbers_is_no_path() -> None:
    def report(n: int) -> None:
        print(f"{n}/{n} of ", n)

    report = type(report)(report.__code__, names := {})  # type: ignore[misc]
    names["report"] = report
    assert found("report(1)\nsave('/', '..', sep='/.')", **names) == []


def test_above_the_working_directory_nothing_is_taken_for_what_a_cell_wrote(tmp_path: Path) -> None:
    working = tmp_path / "work"
    inside = working / "out"
    inside.mkdir(parents=True)
    touches = Touches(1, time.time_ns(), str(working))
    for folder in (tmp_path, working, inside):
        (folder / "new.bin").write_bytes(b"1")
    search = Search(touches, time.time_ns() + 10**9, lambda path: path, lambda _: None)
    search.mentioned([])
    search.folders = {
        str(folder): Mention(str(folder), "mentioned", False) for folder in (tmp_path, working, inside)
    }
    search.inside([], str(working))
    assert sorted(path for _, path in touches.files) == [str(working / "new.bin"), str(inside / "new.bin")]


def test_the_functions_of_the_notebook_that_a_cell_calls_are_read_too() -> None:
    namespace: dict[str, Any] = {}
    exec("OUT = 'w.bin'\ndef inner():\n    native(OUT, 'x/y.bin')\ndef outer():\n    inner()", namespace)
    assert {one.text for one in mentions([ast.parse("outer()")], namespace)} == {"w.bin", "x/y.bin"}


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("cat a.txt > b.txt", ["cat", "a.txt", "b.txt"]),
        (
            "python train.py --data=x.csv -o out/m.bin && ls",
            ["python", "train.py", "x.csv", "out/m.bin", "ls"],
        ),
        (["cp", "a b.txt", "c"], ["cp", "a b.txt", "c"]),
        (["/bin/sh", "-c", "sort a.txt|uniq"], ["sort", "a.txt", "uniq"]),
        ("unclosed 'quote", ["unclosed", "'quote"]),
        (b"head a.txt", ["head", "a.txt"]),
        (["python", "-m", 7, None], ["python"]),
        (None, []),
    ],
)
def test_the_words_of_a_command_that_may_be_paths(command: Any, expected: list[str]) -> None:
    assert list(words(command)) == expected


def test_folders_of_many_files_are_joined_but_never_with_the_working_directory() -> None:
    few = [f"/w/{n}.csv" for n in range(gathering.SINGLE)]
    assert gathering.gather(few, "/w") == (few, {})
    classes = [f"/w/data/{name}/{n}.png" for name in "abcd" for n in range(20)]
    single, many = gathering.gather([*classes, "/w/model.bin"], "/w")
    assert single == ["/w/model.bin"]
    assert {folder: len(inside) for folder, inside in many.items()} == {"/w/data": 80}
    spread = [f"/w/{n}/x.csv" for n in range(100)]
    assert gathering.gather(spread, "/w") == (spread, {})


def test_the_hash_of_a_folder_is_that_of_what_sha256sum_prints(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x").write_bytes(b"1")
    (tmp_path / "a.txt").write_bytes(b"22")
    (tmp_path / "c").write_bytes(b"3")
    listing = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n"
        for name, data in (("a.txt", b"22"), ("b/x", b"1"), ("c", b"3"))
    )
    assert hash_path(tmp_path) == (hashlib.sha256(listing.encode()).hexdigest(), 4)


def test_a_file_is_read_once_for_each_state_of_it(tmp_path: Path) -> None:
    contents, path = Contents(), tmp_path / "a"
    path.write_text("one")
    long_ago = time.time_ns() - 10**10
    os.utime(path, ns=(long_ago, long_ago))
    before = identity.look(str(path)).identity
    assert contents.of(str(path), before)[:2] == (hashlib.sha256(b"one").hexdigest(), 3)
    # The same size and the same time, but other bytes: its time of change tells.
    path.write_text("two")
    os.utime(path, ns=(long_ago, long_ago))
    assert contents.of(str(path)).sha256 == hashlib.sha256(b"two").hexdigest()
    path.write_text("three")
    changed = contents.of(str(path), before)
    assert (changed.sha256, changed.skipped) == (None, "it was changed before its content could be read")
    path.unlink()
    assert contents.of(str(path)).skipped == "it was removed before its content could be read"
    assert contents.of(str(tmp_path)).skipped == "it is no regular file"
    assert contents.of(str(path), stopped=lambda: True).sha256 is None


def test_what_is_noise_and_what_is_not(tmp_path: Path) -> None:
    quiet = noise.Noise([str(tmp_path / "runs" / "nb")])
    for path in (
        os.path.join(sys.prefix, "lib", "x.csv"), "/proc/self/stat", "/etc/hosts", "/usr/share/zoneinfo/UTC",
        str(tmp_path / "runs/nb/sessions/a.jsonl"), "/w/__pycache__/a.x", "/w/a.pyc", "/w/n.ipynb",
        "/opt/x/site-packages/sklearn/datasets/data/iris.csv", "/w/.git/index",
        os.path.expanduser("~/.keras/keras.json"), os.path.expanduser("~/.surprise/settings.toml"),
        os.path.expanduser("~/.cache/huggingface/token"),
    ):  # fmt: skip
        assert quiet.covers(path), path
    for path in (
        str(tmp_path / "a.csv"), str(tmp_path / "runs/Nov23/events.out"), "/w/train.py", "/tmp/x.npy",
        os.path.expanduser("~/.keras/datasets/mnist.npz"), os.path.expanduser("~/.study/runs/params.json"),
        "/media/disk/a.bin", "/opt/data/a.bin",
    ):  # fmt: skip
        assert not quiet.covers(path), path
    assert noise.holds_secrets("/w/.env.local") and not noise.holds_secrets("/w/a.csv")


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://host/a.csv", "https://host/a.csv"),
        ("https://ada:pw@host:8443/a.csv?page=2#top", "https://host:8443/a.csv?page=2"),
        ("https://host/a?X-Amz-Signature=abc&b=1", "https://host/a?[withheld]"),
        ("http://[::1]:80/a", "http://[::1]:80/a"),
        ("http://host:odd/a", "[an address that is none]"),
    ],
)
def test_addresses_are_told_without_what_lets_in(url: str, public: str) -> None:
    assert network.public(url) == public


def test_mounts_of_a_network_are_known_with_what_is_mounted_inside_of_them(tmp_path: Path) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        "23 22 0:5 / /net/my\\040data rw shared:1 - nfs4 server:/x rw\n"
        "24 23 8:2 / /net/my\\040data/fast rw - ext4 /dev/sdb rw\n"
        "25 22 0:6 / /home/a/s rw - fuse.sshfs x rw\nodd line\n"
    )
    mounts = Mounts(str(table))
    assert mounts.any_remote
    paths = ("/a", "/net/my data/a", "/net/my data/fast/a", "/home/a/s/b")
    assert [mounts.remote(path) for path in paths] == [
        False, True, False, True,
    ]  # fmt: skip
    assert not Mounts(str(tmp_path / "missing")).any_remote


def test_a_job_that_hangs_does_not_keep_the_kernel_from_ending() -> None:
    hung, told = threading.Event(), []

    class Job:
        def __init__(self, name: str) -> None:
            self.name = name

        def run(self) -> None:
            hung.wait(30)

        def give_up(self, why: str) -> None:
            told.append(self.name)

    worker = Worker()
    worker.do(Job("first"))
    worker.do(Job("second"))
    start = time.monotonic()
    worker.finish(0.2)
    assert time.monotonic() - start < 20
    assert worker.late()
    assert sorted(told) == ["first", "second"]
    hung.set()


def test_what_can_be_told_of_data() -> None:
    class Hostile:
        def __getattr__(self, name: str) -> Any:
            raise AssertionError(name)

    table = pandas.DataFrame({"a": [1, 2, 3], "b": list("xyz")})
    assert describe(table) == {"rows": 3, "columns": 2}
    assert describe(numpy.array([0, 1, 1])) == {"rows": 3, "classes": {"0": 1, "1": 2}}
    assert describe({"train": table, "test": table[:1]}) == {"rows": 4, "splits": {"train": 3, "test": 1}}
    assert describe({"train": table, "odd": 1}) == describe(Hostile()) == describe("a.csv") == {}
