"""Files kept with a run. Names and signatures are MLflow's; nothing here raises."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from . import values
from .notices import say_once
from .reach import reach
from .recorder import Recorder
from .run import Run

_PIECE = 1 << 20

Fill = Callable[[Path], None]


def log_artifact(
    local_path: str | os.PathLike[str],
    artifact_path: str | None = None,
    run_id: str | None = None,
    *,
    name: str | None = None,
) -> None:
    """Keeps a copy of a file, or of a folder with all that is in it, with the open run.

    ``artifact_path`` is a folder among the run's artifacts, ``name`` the artifact's name there (the file's
    own when left out).
    """

    def keep(recorder: Recorder, run: Run) -> None:
        path = Path(os.path.expanduser(os.fspath(local_path)))
        label = name or path.name
        if path.is_dir():
            _keep_folder(recorder, run, path, _inside(artifact_path, label))
        else:
            _keep_file(recorder, run, path, _inside(artifact_path, label))

    _keeping(f"The artifact {local_path}", run_id, keep)


def log_artifacts(
    local_dir: str | os.PathLike[str], artifact_path: str | None = None, run_id: str | None = None
) -> None:
    """Keeps copies of all files in a folder with the open run."""

    def keep(recorder: Recorder, run: Run) -> None:
        _keep_folder(recorder, run, Path(os.path.expanduser(os.fspath(local_dir))), _inside(artifact_path))

    _keeping(f"The artifacts of {local_dir}", run_id, keep)


def log_text(text: str, artifact_file: str, run_id: str | None = None) -> None:
    """Keeps a text as an artifact, in UTF-8."""
    _keep_made(artifact_file, run_id, lambda path: _write(path, str(text)))


def log_dict(
    dictionary: Mapping[str, Any] | list[Any], artifact_file: str, run_id: str | None = None
) -> None:
    """Keeps a mapping or list as an artifact: YAML where the name says so and PyYAML is there, else JSON."""
    _keep_made(artifact_file, run_id, lambda path: _write(path, _as_text(dictionary, artifact_file)))


def log_figure(
    figure: Any,
    artifact_file: str,
    *,
    save_kwargs: Mapping[str, Any] | None = None,
    run_id: str | None = None,
) -> None:
    """Keeps a matplotlib or plotly figure as an artifact, in the form that the name's ending asks for."""
    _keep_made(artifact_file, run_id, lambda path: _save_figure(figure, path, dict(save_kwargs or {})))


def log_image(
    image: Any, artifact_file: str | None = None, key: str | None = None, step: int | None = None, **more: Any
) -> None:
    """Keeps a picture as an artifact: one of PIL's, or an array that matplotlib or PIL can make one of."""
    name = artifact_file or f"images/{key or 'image'}{'' if step is None else f'-{step}'}.png"
    _keep_made(name, None, lambda path: _save_image(image, path))


def _keep_made(artifact_file: str, run_id: str | None, fill: Fill) -> None:
    """Keeps what ``fill`` writes to the path it is given."""

    def keep(recorder: Recorder, run: Run) -> None:
        name = _inside(None, artifact_file)
        with tempfile.TemporaryDirectory(prefix="backtrail-") as folder:
            made = Path(folder) / PurePosixPath(name).name
            fill(made)
            _keep_file(recorder, run, made, name)

    _keeping(f"The artifact {artifact_file}", run_id, keep)


def _keeping(what: str, run_id: str | None, keep: Callable[[Recorder, Run], None]) -> None:
    try:
        recorder = reach()
        if recorder is None:
            return
        run = recorder.known_run(str(run_id)) if run_id is not None else recorder.open_run()
        if run is None:
            say_once(f"There is no run {run_id} in this session, so nothing is logged to it.")
            return
        keep(recorder, run)
    except OSError as error:
        say_once(f"{what} could not be kept: {error.strerror or error}.")
    except Exception as error:
        say_once(f"{what} could not be kept: {type(error).__name__}: {error}.")


def _keep_folder(recorder: Recorder, run: Run, folder: Path, name: str) -> None:
    if not folder.is_dir():
        raise NotADirectoryError(20, "there is no such folder", str(folder))
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            path = Path(parent) / file
            if path.is_file():
                _keep_file(recorder, run, path, _inside(name, path.relative_to(folder).as_posix()))


def _keep_file(recorder: Recorder, run: Run, path: Path, name: str) -> None:
    target = run.artifacts / name
    sha256, size = _copy(path, target)
    cell = recorder.current_cell()
    recorder.record(run, "artifact", name=name, path=name, sha256=sha256, size=size, cell=cell)


def _copy(source: Path, target: Path) -> tuple[str, int]:
    """Copies a file so that the target is whole or absent; its hash and size are of what was copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    digest, size = hashlib.sha256(), 0
    try:
        with open(source, "rb") as reader, open(partial, "wb") as writer:
            while piece := reader.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                writer.write(piece)
        os.replace(partial, target)
    except BaseException:
        partial.unlink() if partial.exists() else None
        raise
    return digest.hexdigest(), size


def _inside(*parts: str | None) -> str:
    """A name within the run's artifacts: what leads out of them (``..``, a root, a drive) is left out."""
    words = []
    for part in parts:
        for word in (part or "").replace("\\", "/").split("/"):
            clean = word.replace("\0", "").replace(":", "")
            if clean not in ("", ".", ".."):
                words.append(clean)
    return "/".join(words)


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", errors="backslashreplace"))


def _as_text(value: Any, name: str) -> str:
    plain = values.plain(value)
    if name.lower().endswith((".yaml", ".yml")):
        try:
            return str(importlib.import_module("yaml").safe_dump(plain, sort_keys=False, allow_unicode=True))
        except ImportError:
            say_once("PyYAML is not installed, so the artifact holds JSON, which is YAML too.")
    return json.dumps(plain, indent=2, ensure_ascii=False)


def _save_figure(figure: Any, path: Path, options: dict[str, Any]) -> None:
    if hasattr(figure, "savefig"):
        figure.savefig(str(path), **options)
    elif hasattr(figure, "write_html") and path.suffix.lower() in (".html", ".htm", ""):
        figure.write_html(str(path), **options)
    elif hasattr(figure, "write_image"):
        figure.write_image(str(path), **options)
    else:
        raise TypeError(f"a {type(figure).__name__} is not a figure of matplotlib or plotly")


def _save_image(image: Any, path: Path) -> None:
    if hasattr(image, "save"):
        image.save(str(path))
        return
    array = image.to_numpy() if hasattr(image, "to_numpy") else image
    try:
        importlib.import_module("PIL.Image").fromarray(array).save(str(path))
    except ImportError:
        importlib.import_module("matplotlib.image").imsave(str(path), array)
