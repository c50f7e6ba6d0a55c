"""Files that have the time in them at which they were written."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from backtrail.tracker.files import undated


def _gzip(path: Path, text: str, when: int) -> None:
    with open(path, "wb") as file, gzip.GzipFile(str(when), "wb", fileobj=file, mtime=when) as packed:
        packed.write(text.encode())


def _tar(path: Path, text: str, when: int) -> None:
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("a.txt")
        member.size, member.mtime = len(text), when
        archive.addfile(member, io.BytesIO(text.encode()))


def _zip(path: Path, text: str, when: int) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.txt", (1990 + when, 1, 1, 0, 0, 0)), text)


def _xlsx(path: Path, text: str, when: int) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("docProps/core.xml", f"<created>{when}</created>")
        archive.writestr("xl/sheet1.xml", text)


def _svg(path: Path, text: str, when: int) -> None:
    head = f"<metadata><date>{when}</date></metadata>"
    path.write_text(f'<svg>{head}<path id="p{when}"/><use href="#p{when}"/>{text}</svg>')


def _pdf(path: Path, text: str, when: int) -> None:
    path.write_text(f"%PDF\n/CreationDate (D:{when}) /Text ({text})")


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.csv.gz", _gzip),
        ("a.tar.gz", _tar),
        ("a.ZIP", _zip),
        ("a.xlsx", _xlsx),
        ("a.svg", _svg),
        ("a.pdf", _pdf),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_files_that_hold_the_same_have_the_same_digest_whenever_they_were_written(
    tmp_path: Path, name: str, write: object
) -> None:
    assert callable(write)
    path = tmp_path / name
    found = []
    for text, when in (("one", 1), ("one", 2), ("two", 1)):
        write(path, text, when)
        found.append((path.read_bytes(), undated.digest(str(path))))
    (first, digest), (later, same), (_, other) = found
    assert first != later
    assert digest is not None
    assert digest == same != other


def test_what_is_damaged_too_large_or_of_another_kind_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.gz", "a.tar", "a.zip", "a.csv"):
        (tmp_path / name).write_text("not one")
        assert undated.digest(str(tmp_path / name)) is None
    assert undated.digest(str(tmp_path / "missing.zip")) is None
    _gzip(tmp_path / "b.gz", "text" * 100, 1)
    monkeypatch.setattr(undated, "_MOST", 300)
    assert undated.digest(str(tmp_path / "b.gz")) is None
