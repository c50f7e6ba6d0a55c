"""Which files cells of TypeScript read and write, in real kernels of tslab."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

# As conftest.py has them; pytest imports that file by no name.
Kernel = Any
Make = Callable[..., Kernel]

pytestmark = pytest.mark.together


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory, make_kernel: Make) -> Kernel:
    one = make_kernel(tmp_path_factory.mktemp("files"))
    (one.folder / "in.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (one.folder / "data.json").write_text('{"a": 1}', encoding="utf-8")
    one.attach()
    one.run(
        "import * as fs from 'fs'; import { readFileSync } from 'fs';"
        "import * as promises from 'fs/promises'; import * as processes from 'child_process'"
    )
    return one


def of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def used(kernel: Kernel, code: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The last event of each file of a cell, by kind of event and path."""
    kernel.run(code)
    n = kernel.events("cell_end")[-1]["n"]

    def told() -> dict[tuple[str, str], dict[str, Any]]:
        found = {
            (event["event"], event["path"]): event
            for event in kernel.events("input", "output")
            if event["cell"] == n
        }
        waiting = [one for one in found.values() if "not hashed yet" in one.get("skipped", "")]
        return {} if waiting else found

    found: dict[tuple[str, str], dict[str, Any]] = kernel.eventually(told)
    return found


def test_files_that_a_cell_opens_in_any_way_are_told(kernel: Kernel) -> None:
    found = used(
        kernel,
        "fs.writeFileSync('one.txt', readFileSync('in.csv'));"
        "await new Promise<void>(done => fs.writeFile('two.txt', '2', () => done()));"
        "const three = await promises.readFile('one.txt');"
        "await promises.writeFile('four.txt', three);"
        "const stream = fs.createWriteStream('five.txt'); stream.write('5');"
        "await new Promise(done => stream.end(done as any)); import data from './data.json'",
    )
    assert {key for key in found if key[0] == "input"} == {("input", "in.csv"), ("input", "data.json")}
    outputs = {path: event["sha256"] for (kind, path), event in found.items() if kind == "output"}
    text = of("a,b\n1,2\n")
    assert outputs == {"one.txt": text, "two.txt": of("2"), "four.txt": text, "five.txt": of("5")}
    assert found["input", "in.csv"]["sha256"] == text and found["input", "in.csv"]["how"] == "open"


def test_what_was_written_is_kept_and_secrets_are_not(kernel: Kernel) -> None:
    kernel.run("fs.writeFileSync('kept.txt', 'hello')")
    kernel.run("fs.writeFileSync('.env', 'A=1'); fs.writeFileSync('log.txt', 'password=hunter2222')")

    def told() -> dict[str, dict[str, Any]]:
        return {event["path"]: event for event in kernel.events("output")}

    kernel.eventually(lambda: all("kept" in told()[name] for name in ("kept.txt", "log.txt")))
    last = told()
    assert last["kept.txt"]["kept"] is True
    blob = kernel.runs / "blobs/sha256" / of("hello")[:2] / of("hello")
    assert blob.read_text() == "hello"
    assert last[".env"]["sha256"] is None and "secrets" in last[".env"]["skipped"]
    assert last["log.txt"]["kept"] is False


def test_a_file_that_is_read_and_then_written_over_is_told_as_it_was_read(kernel: Kernel) -> None:
    kernel.run("fs.writeFileSync('state.txt', 'before')")
    found = used(kernel, "readFileSync('state.txt'); fs.writeFileSync('state.txt', 'after')")
    assert found["input", "state.txt"]["sha256"] == of("before")
    assert found["output", "state.txt"]["sha256"] == of("after")


def test_a_stream_that_ends_after_its_cell_is_told_with_that_cell(kernel: Kernel) -> None:
    kernel.run("const slow = fs.createWriteStream('slow.txt'); setTimeout(() => slow.end('done'), 100); 0")
    n = kernel.events("cell_end")[-1]["n"]
    kernel.run("await new Promise(done => setTimeout(done, 300))")
    kernel.run("1")
    found = kernel.eventually(
        lambda: [e for e in kernel.events("output") if e["path"] == "slow.txt" and e["sha256"]]
    )
    assert found[-1]["sha256"] == of("done") and found[-1]["cell"] == n


def test_programs_that_a_cell_starts_are_watched(kernel: Kernel) -> None:
    found = used(kernel, "processes.execSync('cp in.csv made.csv && echo hi > other.txt')")
    assert found["input", "in.csv"]["how"] == "child"
    assert found["output", "made.csv"]["sha256"] == of("a,b\n1,2\n")
    assert found["output", "other.txt"]["sha256"] == of("hi\n")


def test_many_files_of_a_folder_are_one_entry(kernel: Kernel) -> None:
    found = used(
        kernel, "fs.mkdirSync('many'); for (let i = 0; i < 40; i++) fs.writeFileSync(`many/${i}`, `${i}`)"
    )
    (one,) = found.values()
    assert (one["path"], one["kind"], one["files"], one["kept"]) == ("many", "directory", 40, True)
    listing = "".join(f"{of(str(i))}  {i}\n" for i in sorted(range(40), key=str))
    assert one["sha256"] == of(listing)


def test_functions_of_fs_look_as_before_and_fail_as_before(kernel: Kernel) -> None:
    _, printed = kernel.run(
        "console.log(fs.readFileSync.name, fs.readFileSync.length, typeof fs.realpath.native);"
        "try { fs.readFileSync('missing.txt') } catch (error) { console.log((error as any).code) }"
    )
    assert printed == "readFileSync 2 function\nENOENT\n"
    kernel.run("(fs as any).constructor; require('fs').readFileSync = () => 'mine'")
    assert kernel.run("require('fs').readFileSync('in.csv')")[1] == "mine\n"


def test_nothing_failed_within(kernel: Kernel) -> None:
    warnings = [event["message"] for event in kernel.events("warning")]
    assert not [message for message in warnings if "in Backtrail" in message]
