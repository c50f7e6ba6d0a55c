"""Many files of one folder are one entry: a data set of ten thousand pictures is not ten thousand lines."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable

SINGLE = 32
"""So many files of an execution are told one by one, whatever folders they are in."""


def gather(paths: Iterable[str], stop: str) -> tuple[list[str], dict[str, list[str]]]:
    """Splits paths into those to be told one by one, and those of folders to be told as one.

    Folders of one parent are joined to it (``train/cat`` and ``train/dog`` to ``train``), but never to
    ``stop``, the working directory, or what is above it.
    """
    found = list(paths)
    if len(found) <= SINGLE:
        return found, {}
    groups: dict[str, list[str]] = {}
    for path in found:
        groups.setdefault(os.path.dirname(path), []).append(path)
    above = {stop, *_parents(stop)}
    while True:
        parents: dict[str, list[str]] = {}
        for folder in groups:
            parents.setdefault(os.path.dirname(folder), []).append(folder)
        joined = False
        for parent, all_folders in parents.items():
            folders = [folder for folder in all_folders if folder in groups]
            if parent in above or parent in folders or (len(folders) < 2 and parent not in groups):
                continue
            if sum(len(groups[folder]) for folder in folders) > SINGLE:
                moved = [path for folder in folders for path in groups.pop(folder)]
                groups[parent] = [*groups.get(parent, []), *moved]
                joined = True
        if not joined:
            break
    many = {folder: inside for folder, inside in groups.items() if len(inside) > SINGLE}
    single = [path for folder, inside in groups.items() if folder not in many for path in inside]
    return single, many


def listing(folder: str, hashes: Iterable[tuple[str, str]]) -> bytes:
    """The list of files that stands for a folder: a line of sha256 and relative path for each, by path.

    It is what ``sha256sum`` prints, and its own hash is the hash of the folder.
    """
    lines = sorted((os.path.relpath(path, folder).replace(os.sep, "/"), sha256) for path, sha256 in hashes)
    return "".join(f"{sha256}  {path}\n" for path, sha256 in lines).encode(errors="surrogatepass")


def digest(folder: str, hashes: Iterable[tuple[str, str]]) -> str:
    """The hash of a folder."""
    return hashlib.sha256(listing(folder, hashes)).hexdigest()


def _parents(path: str) -> Iterable[str]:
    while (parent := os.path.dirname(path)) != path:
        yield parent
        path = parent
