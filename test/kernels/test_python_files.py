"""Files of real cells: which were read and written, and what was in them."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from typing import Any

import pytest

SHA256 = {
    text: hashlib.sha256(text.encode()).hexdigest() for text in ("one", "two", "three", "e0", "e1", "e2")
}


def used(kernel: Any, kind: str, cell: int | None = None) -> list[tuple[str, str | None, str]]:
    """Path, hash and way of what was read or written, the last word on each, in order."""
    hashed(kernel)
    found: dict[tuple[str, Any, Any], tuple[str, str | None, str]] = {}
    for event in kernel.events(kind):
        if cell is None or event["cell"] == cell:
            if event["sha256"] is not None:
                found.pop((event["path"], event["cell"], None), None)
            found[event["path"], event["cell"], event["sha256"]] = (
                event["path"],
                event["sha256"],
                event["how"],
            )
    return list(found.values())


def hashed(kernel: Any) -> None:
    """Waits until nothing is left to be hashed."""

    def done() -> bool:
        last = {
            (e["event"], e["path"], e["cell"]): e
            for e in kernel.events()
            if e["event"] in ("input", "output")
        }
        return all(event.get("skipped") != "its content is not hashed yet" for event in last.values())

    kernel.eventually(done)


def content(kernel: Any, sha256: str) -> bytes:
    return (kernel.runs / "blobs" / "sha256" / sha256[:2] / sha256).read_bytes()


def test_what_a_cell_reads_and_writes_is_told_with_its_hash(tracked: Any) -> None:
    tracked.run("open('a.txt', 'w').write('one')")
    tracked.run("text = open('a.txt').read()\nopen('a.txt', 'w').write('two')")
    tracked.run(
        "from pathlib import Path\nPath('b').mkdir()\n"
        "_ = Path('b/c.txt').write_bytes(Path('a.txt').read_bytes())"
    )
    tracked.run("open('gone', 'w').close()\nimport os\nos.remove('gone')\nopen('missing.txt')")
    tracked.run("with open('part', 'w') as f: f.write('three')\nos.replace('part', 'a.txt')")
    assert used(tracked, "output", 1) == [("a.txt", SHA256["one"], "open")]
    assert used(tracked, "input", 2) == [("a.txt", SHA256["one"], "open")]
    assert used(tracked, "output", 2) == [("a.txt", SHA256["two"], "open")]
    assert used(tracked, "input", 3) == [("a.txt", SHA256["two"], "open")]
    assert used(tracked, "output", 3) == [("b/c.txt", SHA256["two"], "open")]
    assert used(tracked, "input", 4) == used(tracked, "output", 4) == []
    assert used(tracked, "output", 5) == [("a.txt", SHA256["three"], "rename")]
    run = tracked.run_ids()[0]
    tracked.shutdown()
    summary = tracked.summary(run)
    assert [(one["path"], one["sha256"]) for one in summary["outputs"]] == [
        ("a.txt", SHA256["one"]), ("a.txt", SHA256["two"]),
        ("b/c.txt", SHA256["two"]), ("a.txt", SHA256["three"]),
    ]  # fmt: skip
    assert all(content(tracked, one["sha256"]) for one in summary["outputs"] if one.get("kept"))
    assert [one["kept"] for one in summary["outputs"][2:]] == [True, True]


def test_each_content_of_a_checkpoint_and_of_an_open_log_is_an_output(tracked: Any) -> None:
    tracked.run("for epoch in range(3):\n    with open('model.pt', 'w') as f: f.write(f'e{epoch}')")
    tracked.run("log = open('log.txt', 'w')\nlog.write('one')\nlog.flush()")
    tracked.run("x = 1")
    tracked.run("log.seek(0)\nlog.write('two')\nlog.flush()")
    tracked.run(
        "import sqlite3\nbase = sqlite3.connect('x.db')\nbase.execute('create table t (a)')\nbase.commit()"
    )
    tracked.run("base.execute('insert into t values (1)')\nbase.commit()")
    assert [sha256 for _, sha256, _ in used(tracked, "output", 1)] == [
        SHA256["e0"],
        SHA256["e1"],
        SHA256["e2"],
    ]
    assert used(tracked, "output", 2) == [("log.txt", SHA256["one"], "open")]
    assert used(tracked, "output", 3) == []
    assert used(tracked, "output", 4) == [("log.txt", SHA256["two"], "open")]
    now = hashlib.sha256((tracked.folder / "x.db").read_bytes()).hexdigest()
    assert used(tracked, "output", 6) == [("x.db", now, "sqlite")]
    assert {e["kind"] for e in tracked.events("output") if e["path"] == "x.db"} == {"database"}


def test_programs_and_libraries_that_python_is_not_told_of_are_seen_by_their_paths(tracked: Any) -> None:
    tracked.run(
        "from pathlib import Path\nimport ctypes, os, subprocess, sys\nD = Path('d')\nD.mkdir()\nname = 'x'"
    )
    tracked.run("!printf one > d/shell.txt\n!cat d/shell.txt > {name}.csv")
    tracked.run("_ = subprocess.run(['cp', 'x.csv', 'y.csv'])")
    tracked.run("%%bash\ncat y.csv > z.csv")
    tracked.run("_ = subprocess.run([sys.executable, '-c', \"open('left.bin', 'w').write('two')\"])")
    tracked.run(
        "libc = ctypes.CDLL(None)\n"
        "def write(path, text=b'one'):\n"
        "    file = libc.open(str(path).encode(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)\n"
        "    libc.write(file, text, len(text))\n    libc.close(file)\n"
        "def read(path): pass\n"
        "write(D / 'unseen.bin')"
    )
    tracked.run("import time\ntime.sleep(0.05)")
    tracked.run("read(D / f'{\"unseen\"}.bin')\nprint('d/shell.txt')\nfile = 'd/shell.txt'")
    assert set(used(tracked, "output", 2)) == {
        ("d/shell.txt", SHA256["one"], "child"), ("x.csv", SHA256["one"], "child")
    }  # fmt: skip
    assert used(tracked, "input", 3) == [("x.csv", SHA256["one"], "child")]
    assert used(tracked, "output", 3) == [("y.csv", SHA256["one"], "child")]
    assert used(tracked, "output", 4) == [("z.csv", SHA256["one"], "child")]
    tracked.eventually(lambda: used(tracked, "output", 5) == [("left.bin", SHA256["two"], "child")])
    assert used(tracked, "output", 6) == [("d/unseen.bin", SHA256["one"], "mentioned")]
    assert used(tracked, "input", 8) == [("d/unseen.bin", SHA256["one"], "mentioned")]


def test_what_a_program_made_is_no_input_of_the_cell_that_started_it(tracked: Any) -> None:
    tracked.run("import os, subprocess, sys\nopen('there.txt', 'w').write('two');")
    tracked.run("os.system('printf one > a.txt')\na = open('a.txt').read() + open('there.txt').read()")
    tracked.run(
        "_ = subprocess.run([sys.executable, '-c', \"open('b.txt', 'w').write('one')\"])\n"
        "b = open('b.txt').read()"
    )
    tracked.run("_ = os.system('true')\nc = open('b.txt').read()")
    hashed(tracked)
    assert used(tracked, "input", 2) == [("there.txt", SHA256["two"], "open")]
    assert used(tracked, "output", 2) == [("a.txt", SHA256["one"], "child")]
    assert used(tracked, "input", 3) == []
    assert used(tracked, "output", 3) == [("b.txt", SHA256["one"], "child")]
    assert used(tracked, "input", 4) == [("b.txt", SHA256["one"], "open")]
    assert used(tracked, "output", 4) == []


def test_a_temporary_folder_that_is_taken_away_is_no_input(tracked: Any) -> None:
    tracked.run(
        "import pathlib, tempfile\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    _ = (pathlib.Path(folder) / 'a.txt').write_text('one')"
    )
    hashed(tracked)
    assert used(tracked, "input", 1) == []


def test_a_folder_of_many_files_is_one_entry_with_the_list_of_its_hashes(tracked: Any) -> None:
    for name, number in (("cat", 30), ("dog", 25)):
        folder = tracked.folder / "train" / name
        folder.mkdir(parents=True)
        for index in range(number):
            (folder / f"{index}.png").write_text(f"{name}{index}")
    tracked.run(
        "from pathlib import Path\nimages = [p.read_bytes() for p in sorted(Path('train').rglob('*.png'))]"
    )
    ((path, sha256, how),) = tracked.eventually(lambda: [one for one in used(tracked, "input", 1) if one[1]])
    assert (path, how) == ("train", "open")
    assert sha256 is not None
    listing = content(tracked, sha256).decode()
    assert hashlib.sha256(listing.encode()).hexdigest() == sha256
    assert len(listing.splitlines()) == 55
    assert f"{hashlib.sha256(b'dog7').hexdigest()}  dog/7.png\n" in listing
    assert tracked.events("input")[-1]["files"] == 55
    tracked.run("import backtrail\nfound = [use['how'] for use in backtrail.which('train')]")
    assert tracked.expression("found") == ["input"]


def test_what_a_cell_read_is_known_when_the_cell_writes_over_it_or_removes_it(tracked: Any) -> None:
    (tracked.folder / "a.csv").write_text("one")
    (tracked.folder / "b.csv").write_text("two")
    tracked.run(
        "import os\nx = open('a.csv').read() + open('b.csv').read()\n"
        "os.remove('b.csv')\nopen('a.csv', 'w').close()"
    )
    tracked.run("os.mkdir('deep')\nos.chdir('deep')\nopen('in.txt', 'w').write('one')\nos.chdir('..')")
    assert used(tracked, "input", 1) == [("a.csv", SHA256["one"], "open"), ("b.csv", SHA256["two"], "open")]
    assert used(tracked, "output", 2) == [("deep/in.txt", SHA256["one"], "open")]


def test_files_belong_to_the_run_that_was_open(tracked: Any) -> None:
    tracked.run(
        "import backtrail\n"
        "for name in ('one', 'two'):\n"
        "    with backtrail.start_run(name):\n"
        "        with open('model.bin', 'w') as f: f.write(name)\n"
    )
    tracked.shutdown()
    runs = tracked.run_ids()
    outputs = {run: [one["sha256"] for one in tracked.summary(run).get("outputs", [])] for run in runs}
    assert [outputs[run] for run in runs if outputs[run]] == [[SHA256["one"]], [SHA256["two"]]]


def test_what_cells_write_over_each_other_right_away_is_kept_all_the_same(tracked: Any) -> None:
    tracked.wait(*[tracked.send(f"_ = open('metrics.txt', 'w').write('e{n}')") for n in range(3)])
    tracked.shutdown()
    (run,) = tracked.run_ids()
    outputs = [(one["sha256"], one.get("kept")) for one in tracked.summary(run)["outputs"]]
    assert outputs == [(SHA256[f"e{n}"], True) for n in range(3)]
    assert content(tracked, SHA256["e0"]) == b"e0"


def test_the_runs_summary_is_complete_once_a_large_file_is_hashed(tracked: Any) -> None:
    tracked.run("with open('big.bin', 'wb') as f:\n    for _ in range(60): f.write(b'x' * 1_000_000)")
    tracked.run("import backtrail\nbacktrail.start_run('next')\nbacktrail.log_param('a', 1)")
    expected = hashlib.sha256(b"x" * 60_000_000).hexdigest()
    run = tracked.run_ids()[0]

    def complete() -> bool:
        outputs = tracked.summary(run).get("outputs", [])
        return [(one["sha256"], one["size"], one.get("kept")) for one in outputs] == [
            (expected, 60_000_000, None)
        ]

    tracked.eventually(complete)


def test_files_of_packages_of_jupyter_and_of_secrets_are_left_out(start_kernel: Callable[..., Any]) -> None:
    kernel = start_kernel(HOME="/nonexistent")
    assert kernel.attach()["state"] == "recording"
    (kernel.folder / "mymodule.py").write_text("x = 1")
    (kernel.folder / ".env").write_text("PASSWORD=hunter2")
    kernel.run(
        "import sqlite3, json, numpy, mymodule\nfrom importlib import metadata\n"
        "metadata.version('numpy'), open('/etc/passwd').read(), open('/dev/null', 'w').write('x')\n"
        "import traceback, linecache\nlinecache.getlines('mymodule.py')"
    )
    assert used(kernel, "input") == used(kernel, "output") == []
    kernel.run("open('.env').read()\nwith open('mymodule.py') as f: f.read()")
    kernel.run("open('notes.txt', 'w').write('x' * 100 + '\\npassword = hunter2hunter2\\n')")
    kernel.eventually(lambda: any("kept" in event for event in kernel.events("output")))
    hashed(kernel)
    # What there was no time for at once is told twice.
    (secret, module) = {event["path"]: event for event in kernel.events("input")}.values()
    assert (secret["path"], secret["sha256"], secret["skipped"]) == (
        ".env",
        None,
        "it is made to hold secrets",
    )
    assert module["path"] == "mymodule.py"
    (output,) = [event for event in kernel.events("output") if "kept" in event]
    assert output["kept"] is False
    blobs = b"".join(path.read_bytes() for path in kernel.runs.glob("blobs/**/*") if path.is_file())
    assert b"hunter2" not in blobs


def test_keep_files_up_to_is_settable(start_kernel: Callable[..., Any]) -> None:
    kernel = start_kernel()
    assert kernel.attach(keep_files_up_to=0.002)["state"] == "recording"
    kernel.run("open('small', 'w').write('one')\nopen('large', 'w').write('x' * 3000)")
    kernel.attach(keep_files_up_to=0)
    kernel.run("open('none', 'w').write('two')")
    kernel.run("x = 1")
    kernel.shutdown()
    assert [event["path"] for event in kernel.events("output") if event.get("kept")] == ["small"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_pipes_odd_paths_and_descriptors_do_no_harm(tracked: Any) -> None:
    pipe = tracked.folder / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text("through"), daemon=True)
    writer.start()
    answer = tracked.run("print(open('pipe').read())")
    assert answer.text == "through\n"
    answer = tracked.run(
        "import os\nos.symlink('loop', 'loop')\nclass Path(type(os)):\n    pass\n"
        "for path in ('loop', '', 'a\\0b', b'\\xff\\xfe', 12345, 'x' * 5000):\n"
        "    try: open(path)\n    except (OSError, ValueError) as error: print(type(error).__name__)\n"
        "class Odd:\n    def __fspath__(self): print('asked'); return 'odd.txt'\n"
        "open(Odd(), 'w').close()"
    )
    assert answer.text.splitlines() == [
        "OSError", "FileNotFoundError", "ValueError", "FileNotFoundError", "OSError", "OSError", "asked",
    ]  # fmt: skip
    tracked.run("os.closerange(80, 90)\nopen('after.txt', 'w').write('one')")
    assert used(tracked, "input", 1)[0][:2] == ("pipe", None)
    assert [path for path, _, _ in used(tracked, "output")] == ["odd.txt", "after.txt"]


def test_a_cell_that_opens_very_many_files_says_what_was_left_out(tracked: Any) -> None:
    tracked.run(
        "import os\nos.mkdir('many')\n"
        "for i in range(20_500):\n    os.close(os.open(f'many/{i}', os.O_CREAT | os.O_WRONLY))"
    )
    tracked.run("x = 1")
    (warning,) = [event["message"] for event in tracked.events("warning")]
    assert warning.endswith("more files than are recorded of one.")
    folder = tracked.eventually(lambda: [one for one in tracked.events("output") if one["sha256"]])[0]
    assert (folder["path"], folder["kind"]) == ("many", "directory")
    assert 19_990 < folder["files"] <= 20_000


def test_a_kernel_that_ends_says_what_it_could_not_hash(kernel: Any) -> None:
    kernel.hurries = True
    assert kernel.attach()["state"] == "recording"
    big = kernel.folder / "huge.bin"
    with open(big, "wb") as file:
        file.truncate(40_000_000_000)
    kernel.run("_ = open('huge.bin', 'rb').read(10)")
    kernel.shutdown()
    (*_, last) = kernel.events("input")
    assert (last["path"], last["sha256"], last["size"]) == ("huge.bin", None, 40_000_000_000)
    assert last["skipped"] == "the kernel ended before its content was read"
    assert kernel.events("session_end")


def test_workers_that_are_forked_tell_nothing(tracked: Any) -> None:
    tracked.run(
        "import os\npid = os.fork()\n"
        "if pid == 0:\n    open(''.join(['in', '-child']), 'w').write('one')\n    os._exit(0)\n"
        "_ = os.waitpid(pid, 0)\nopen('in-parent.txt', 'w').write('two')"
    )
    hashed(tracked)
    assert (tracked.folder / "in-child").read_text() == "one"
    assert used(tracked, "output") == [("in-parent.txt", SHA256["two"], "open")]


def test_the_network_is_told_without_what_lets_in(tracked: Any) -> None:
    tracked.run(
        "import http.server, threading, urllib.request\n"
        "class Handler(http.server.BaseHTTPRequestHandler):\n"
        "    def do_GET(self): self.send_response(200); self.end_headers(); self.wfile.write(b'one')\n"
        "    def log_message(self, *args): pass\n"
        "server = http.server.HTTPServer(('127.0.0.1', 0), Handler)\n"
        "threading.Thread(target=server.serve_forever, daemon=True).start()\n"
        "at = f'127.0.0.1:{server.server_port}'"
    )
    tracked.run(
        "_ = urllib.request.urlopen(f'http://{at}/a.csv?token=abcdefgh12345').read()\n"
        "_ = urllib.request.urlretrieve(f'http://{at}/b.csv?page=2', 'b.csv')"
    )
    tracked.run("server.shutdown()")
    inputs = [(e["path"].partition("/")[2].split("/", 2)[-1], e["sha256"]) for e in tracked.events("input")]
    assert inputs == [("a.csv?[withheld]", None), ("b.csv?page=2", None)]
    assert used(tracked, "output", 2) == [("b.csv", SHA256["one"], "open")]
