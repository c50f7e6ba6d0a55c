"""Who writes a log, so that a reader can tell whether the writer still lives.

A pid alone is used again after a while, so its start time goes with it. Both are asked of the system itself:

- Linux: field 22 of ``/proc/<pid>/stat`` (clock ticks since the boot) and the kernel's boot id. The pid
  namespace is noted too, because the same pid in another container is another process.
- macOS and other Unix: ``ps`` gives the start to the second, ``sysctl kern.bootsessionuuid`` the boot
  (elsewhere it is empty). Two processes with one pid within one second would be taken for one.
- Windows: ``GetProcessTimes`` gives the moment of creation, which needs no boot beside it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

Identity = dict[str, Any]


def identity() -> Identity:
    """``pid``, ``started``, ``host`` and ``boot`` of this process (on Linux also ``namespace``)."""
    pid = os.getpid()
    process: Identity = {
        "pid": pid,
        "started": _started(pid) or "",
        "host": socket.gethostname(),
        "boot": _boot(),
    }
    namespace = _namespace()
    if namespace:
        process["namespace"] = namespace
    return process


def alive(process: object) -> bool | None:  # noqa: PLR0911
    """Whether that process still runs; None when it cannot be told, as on another machine."""
    if not isinstance(process, Mapping):
        return None
    pid, started = process.get("pid"), process.get("started")
    if not isinstance(pid, int) or isinstance(pid, bool) or pid <= 0 or not started:
        return None
    if process.get("host") != socket.gethostname():
        return None
    if process.get("boot", "") != _boot():
        return False
    if process.get("namespace", _namespace()) != _namespace():
        return None
    try:
        return _started(pid) == str(started)
    except (OSError, ValueError):
        return None


def _started(pid: int) -> str | None:
    """When that process began, or None when there is none. OSError or ValueError: it cannot be told."""
    if sys.platform == "win32":
        return _started_windows(pid)
    if sys.platform.startswith("linux"):
        return _started_linux(pid)
    return _started_ps(pid)


def _started_linux(pid: int) -> str | None:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            stat = file.read()
    except (FileNotFoundError, ProcessLookupError):
        # A mount of /proc with hidepid hides the processes of others, which is not the same as gone.
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return None
        raise
    # The name in parentheses may hold spaces and parentheses itself: count from the last one.
    fields = stat[stat.rindex(b")") + 2 :].split()
    return None if fields[0] in (b"Z", b"X") else fields[19].decode()


def _started_ps(pid: int) -> str | None:
    fields = _output("ps", "-o", "stat=,lstart=", "-p", str(pid)).split()
    return None if not fields or fields[0].startswith("Z") else " ".join(fields[1:])


def _started_windows(pid: int) -> str | None:
    if sys.platform != "win32":
        return None
    import ctypes  # noqa: PLC0415
    from ctypes import wintypes  # noqa: PLC0415

    kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel32.OpenProcess.restype = wintypes.HANDLE
    query_limited_information, access_denied, still_active = 0x1000, 5, 259
    handle = kernel32.OpenProcess(query_limited_information, False, pid)
    if not handle:
        if ctypes.get_last_error() == access_denied:
            raise OSError("The process belongs to somebody else.")
        return None
    try:
        code = wintypes.DWORD()
        if not kernel32.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code)):
            raise OSError("The process does not tell whether it runs.")
        if code.value != still_active:
            return None
        times = [wintypes.FILETIME() for _ in range(4)]
        if not kernel32.GetProcessTimes(wintypes.HANDLE(handle), *map(ctypes.byref, times)):
            raise OSError("The process does not tell when it began.")
        return str(times[0].dwHighDateTime << 32 | times[0].dwLowDateTime)
    finally:
        kernel32.CloseHandle(wintypes.HANDLE(handle))


_known_boot: str | None = None


def _boot() -> str:
    """The boot of this machine. It cannot change while a process runs, so it is asked for once."""
    global _known_boot
    if _known_boot is None:
        _known_boot = _read_boot()
    return _known_boot


def _read_boot() -> str:
    try:
        if sys.platform.startswith("linux"):
            with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
                return file.read().strip()
        if sys.platform == "darwin":
            return _output("sysctl", "-n", "kern.bootsessionuuid").strip()
    except (OSError, ValueError):
        pass
    return ""


def _namespace() -> str:
    try:
        return os.readlink("/proc/self/ns/pid") if sys.platform.startswith("linux") else ""
    except OSError:
        return ""


def _output(*command: str) -> str:
    # One time zone and one language, because the text is compared.
    environment = {**os.environ, "LC_ALL": "C", "TZ": "UTC"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=5, check=False)
    return done.stdout
