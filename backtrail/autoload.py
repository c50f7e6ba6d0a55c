"""Attaching in every kernel of the user, for tools without a JupyterLab such as nbclient and papermill.

IPython runs the files of its profile's ``startup`` folder in each kernel. Ours loads the tracker from where
this package is installed, so that kernels of other environments are recorded too.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

_NAME = "00-backtrail.py"
_MARK = "# Backtrail:"

# IPython runs the file in the user's namespace, where nothing may stay behind: all of it is one expression.
# A terminal IPython has no kernel. Whatever is missing or broken, the kernel starts as if this were not here.
_STARTUP = '''\
{mark} records every notebook run by itself. `backtrail autoload off` removes this file.
exec("""
try:
    import importlib.util, os, sys
    from IPython import get_ipython
    if getattr(get_ipython(), "kernel", None) is not None:
        if "backtrail" not in sys.modules:
            path = os.path.join(location, "backtrail", "__init__.py")
            spec = importlib.util.spec_from_file_location("backtrail", path)
            sys.modules["backtrail"] = importlib.util.module_from_spec(spec)
            try:
                spec.loader.exec_module(sys.modules["backtrail"])
            except BaseException:
                del sys.modules["backtrail"]
                raise
        importlib.import_module("backtrail.tracker.attach").attach("{{}}")
except Exception:
    pass
""", {{"location": {location!r}}})
'''


class State(NamedTuple):
    """Whether kernels attach by themselves, the startup file, and a sentence for the user."""

    on: bool
    file: Path
    message: str


def status() -> State:
    """What the startup file does now."""
    file = startup_file()
    text = _read(file)
    if text is None:
        return State(False, file, "Autoload is off: kernels outside of JupyterLab are not recorded.")
    if not text.startswith(_MARK):
        return State(False, file, f"Autoload is off, and {file} is not Backtrail's: it is left alone.")
    if text != _startup(_location()):
        message = f"Autoload is on, by {file}, for another installation: `autoload on` makes it this one."
        return State(True, file, message)
    return State(True, file, f"Autoload is on, by {file}: every kernel of yours is recorded.")


def switch_on() -> State:
    """Writes the startup file.

    Raises:
        OSError: the profile of IPython cannot be written, or holds a file of that name that is not ours.
    """
    file = startup_file()
    _keep_foreign(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{_NAME}.{os.getpid()}")
    temporary.write_text(_startup(_location()), encoding="utf-8")
    os.replace(temporary, file)
    return status()


def switch_off() -> State:
    """Removes the startup file, if it is there.

    Raises:
        OSError: it cannot be removed, or is not ours.
    """
    file = startup_file()
    _keep_foreign(file)
    file.unlink(missing_ok=True)
    return status()


def startup_file() -> Path:
    """Where the startup file is: in the default profile of IPython, which every kernel uses."""
    named = os.environ.get("IPYTHONDIR")
    folder = Path(os.path.expanduser(named)) if named else Path(os.path.expanduser("~")) / ".ipython"
    return folder / "profile_default" / "startup" / _NAME


def _startup(location: Path) -> str:
    return _STARTUP.format(mark=_MARK, location=str(location))


def _location() -> Path:
    return Path(__file__).resolve().parent.parent


def _keep_foreign(file: Path) -> None:
    text = _read(file)
    if text is not None and not text.startswith(_MARK):
        raise FileExistsError(f"{file} is not Backtrail's: move it away first.")


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None
