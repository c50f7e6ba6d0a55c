"""Replays of exported scripts, each in a process group and a temporary folder of its own (docs/verify.md)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import backtrail
from backtrail.replay.environment import Wanted
from backtrail.runlog import ids, layout
from backtrail.runlog.lines import decode

from .wire import parse

MOST = 4
"""How many replays a server plays at once."""

LEASE = 60.0
"""Seconds for which a replay goes on that nobody follows: a page was closed, or its connection was lost."""

LONGEST = 7 * 24 * 3600.0
"""Seconds that a time limit may have."""

_GRACE = 30.0
_TAIL = 4000
_NOT_PASSED_ON = re.compile(r"BACKTRAIL|MPLBACKEND$|JPY_|PYTHONSTARTUP$")
_START = """
import os, sys
sys.path.insert(0, os.environ["BACKTRAIL_REPLAY_PATH"])
from backtrail.replay.__main__ import main
sys.exit(main())
"""


class Request(NamedTuple):
    """What is to be played."""

    script: str
    scene: dict[str, Any]
    """As ``src/reproduce/verify/scene.ts`` makes it."""
    timeout: float
    """Seconds."""
    interpreter: str
    """Python, or Node for notebooks of tslab."""
    fresh: bool = False
    """Whether it is played in an environment that is built as the scene says."""


class Play:
    """One replay. All of it belongs to the event loop that it was begun on.

    Raises:
        OSError: the interpreter cannot be started, or nothing be written.
    """

    def __init__(self, request: Request, environments: Path, forget: Callable[[Play], None]) -> None:
        self.id = ids.new_id()
        self.ended = False
        self.code: int | None = None
        self.timed_out = False
        self.changed: Callable[[], None] = lambda: None
        """Called when it ended."""
        self._loop = asyncio.get_running_loop()
        self._forget = forget
        self._environments = environments
        self._followers = 0
        self._root = Path(os.path.realpath(tempfile.mkdtemp(prefix="backtrail-verify-")))
        self._notebook = str(request.scene["notebook"])
        self._begun = 0
        self._read = 0
        try:
            self._process = self._start(request)
        except BaseException:
            shutil.rmtree(self._root, ignore_errors=True)
            raise
        self._finalizer = weakref.finalize(self, _remove, self._process, self._root)
        threading.Thread(target=self._wait, name="backtrail-play", daemon=True).start()
        self._limit = self._loop.call_later(request.timeout, self._give_up)
        self._lease = self._loop.call_later(LEASE, self.remove)

    @property
    def sessions(self) -> Path:
        """The folder of the logs that it writes."""
        return layout.sessions_dir(self._folder)

    def attend(self) -> None:
        """Says that somebody follows it."""
        self._followers += 1
        self._lease.cancel()

    def leave(self) -> None:
        """Says that somebody follows it no longer. When nobody does for a while it ends."""
        self._followers -= 1
        if self._followers == 0:
            self._lease.cancel()
            self._lease = self._loop.call_later(LEASE, self.remove)

    def building(self) -> bool:
        """Whether its environment is being built."""
        return (self._root / "building").exists()

    def begun(self) -> int:
        """How many cells began. Reads what is new of the log."""
        log = self._log()
        if log is not None:
            with log.open("rb") as file:
                file.seek(self._read)
                data = file.read()
            whole = data[: data.rfind(b"\n") + 1]
            self._read += len(whole)
            self._begun += whole.count(b'"event":"cell_start"')
        return self._begun

    def record(self) -> dict[str, Any]:
        """What it came to.

        ``code`` (null: killed), ``timedOut``, ``err`` (the end of stderr), ``changed`` (files that are not
        as the record has them), ``log`` (null: it recorded nothing) and ``points`` (texts of its metrics).
        """
        log = self._log()
        data = b"" if log is None else log.read_bytes()
        runs = [event["run"] for event in decode(data, parse).events if event.get("event") == "run_start"]
        paths = [layout.metrics_path(self._folder, run) for run in dict.fromkeys(runs) if ids.is_id(run)]
        changed = self._root / "changed.json"
        return {
            "code": self.code,
            "timedOut": self.timed_out,
            "err": (self._root / "err").read_bytes()[-_TAIL:].decode(errors="replace"),
            "changed": json.loads(changed.read_bytes()) if changed.is_file() else [],
            "log": None if log is None else data.decode(errors="replace"),
            "points": [path.read_bytes().decode(errors="replace") for path in paths if path.is_file()],
        }

    def remove(self) -> None:
        """Ends it, if it goes on, and takes everything away."""
        self._limit.cancel()
        self._lease.cancel()
        self._loop.run_in_executor(None, self._finalizer)
        self.ended = True
        self._forget(self)
        self.changed()

    def _start(self, request: Request) -> subprocess.Popen[bytes]:
        root = self._root
        file, player = player_of(request.scene)
        (root / file).write_text(request.script, encoding="utf-8", newline="")
        layout.replace_json(root / "scene.json", request.scene)
        command = [request.interpreter, *player, file, "--into", "runs", "--notebook", self._notebook]
        # The process ends itself, too: the server may be killed before.
        command += ["--scene", "scene.json", "--timeout", str(request.timeout + _GRACE)]
        command += ["--fresh", str(self._environments)] if request.fresh else []
        with (root / "out").open("wb") as out, (root / "err").open("wb") as err:
            return subprocess.Popen(
                command,
                cwd=root,
                env=environment(os.environ, request.scene["variables"]),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    def _wait(self) -> None:
        code = self._process.wait()
        # The loop is closed where the server stops.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._done, code)

    def _done(self, code: int) -> None:
        self._limit.cancel()
        _kill(self._process)
        if not self.ended:
            self.code = None if code < 0 else code
            self.ended = True
            self.changed()

    def _give_up(self) -> None:
        self.timed_out = True
        _kill(self._process)

    @property
    def _folder(self) -> Path:
        return self._root / "runs" / Path(self._notebook).stem

    def _log(self) -> Path | None:
        return max(self.sessions.glob("*.jsonl"), default=None)


class Plays:
    """The replays of a server."""

    def __init__(self) -> None:
        self._plays: dict[str, Play] = {}
        # What was built for one replay serves the next ones, as long as the server runs.
        self._environments = Path(os.path.realpath(tempfile.mkdtemp(prefix="backtrail-environments-")))
        weakref.finalize(self, shutil.rmtree, self._environments, ignore_errors=True)

    def __len__(self) -> int:
        return sum(not play.ended for play in self._plays.values())

    def begin(self, request: Request) -> Play:
        """Starts a replay.

        Raises:
            OSError: the interpreter cannot be started, or nothing be written.
        """
        play = Play(request, self._environments, self._forget)
        self._plays[play.id] = play
        return play

    def get(self, play_id: str) -> Play | None:
        """A replay that was begun here, and not removed."""
        return self._plays.get(play_id)

    def _forget(self, play: Play) -> None:
        self._plays.pop(play.id, None)


def is_python(language: object) -> bool:
    """Whether Python plays notebooks of a language; Node plays those of TypeScript and JavaScript."""
    return language not in ("typescript", "javascript")


def player_of(scene: Mapping[str, Any]) -> tuple[str, list[str]]:
    """What the file to be played is called, and what an interpreter is told so that it plays it."""
    if is_python(scene.get("language")):
        return "script.py", ["-c", _START]
    return "program.json", [str(Path(backtrail.__file__).with_name("tslab") / "play.cjs")]


def environment(present: Mapping[str, str], variables: Mapping[str, str]) -> dict[str, str]:
    """The variables of a replay: the present ones, without those that are about this server or the
    recording, and over them the recorded ones."""
    own = {name: value for name, value in present.items() if not _NOT_PASSED_ON.match(name)}
    return {**own, **variables, "BACKTRAIL_REPLAY_PATH": str(Path(backtrail.__file__).parents[1])}


def request_of(body: Any, interpreter: str, runs: Path) -> Request:
    """What a request's body asks to be played, in an interpreter, with the blobs of a folder of runs.

    Raises:
        ValueError: it is no such thing; the message says what is wrong, in a sentence.
    """
    body = body if isinstance(body, dict) else {}
    script, scene, timeout = body.get("script"), body.get("scene"), body.get("timeout")
    if not isinstance(script, str) or not script:
        raise ValueError("The script is missing.")
    if not isinstance(timeout, (int, float)) or isinstance(timeout, bool) or not 0 < timeout <= LONGEST:
        raise ValueError("The time limit is a number of seconds, at most those of a week.")
    if not _is_scene(scene):
        raise ValueError("The scene says which files and variables the script is played with.")
    fresh = body.get("fresh") is True
    if fresh:
        Wanted(scene.get("environment"))
    return Request(script, {**scene, "runs": str(runs)}, float(timeout), interpreter, fresh)


def _is_scene(scene: Any) -> bool:
    return (
        isinstance(scene, dict)
        and all(isinstance(scene.get(name), str) for name in ("notebook", "folder", "cwd"))
        and os.path.basename(scene["notebook"]) == scene["notebook"] != ""
        and all(isinstance(scene.get(name), list) for name in ("files", "written", "protect"))
        and isinstance(scene.get("variables"), dict)
        and all(isinstance(value, str) and "\0" not in value for value in scene["variables"].values())
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and what it started, or what is left of them."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _remove(process: subprocess.Popen[bytes], root: Path) -> None:
    if process.poll() is None:
        _kill(process)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(2)
    shutil.rmtree(root, ignore_errors=True)
