"""Pictures have the same digest where they show the same."""

from __future__ import annotations

import base64
import zlib

from backtrail.tracker.pictures import digest


def _png(pixels: bytes, level: int = 6, *more: tuple[bytes, bytes]) -> bytes:
    """A picture of two grey pixels in each of two lines; ``more`` are chunks beside those it needs."""
    header = bytes((0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0))
    chunks = [(b"IHDR", header), *more, (b"IDAT", zlib.compress(pixels, level)), (b"IEND", b"")]
    parts = [len(c).to_bytes(4, "big") + k + c + zlib.crc32(k + c).to_bytes(4, "big") for k, c in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


PIXELS = b"\0ab\0cd"


def test_neither_who_wrote_a_picture_nor_how_it_is_packed_matters() -> None:
    one = digest("image/png", _png(PIXELS))
    assert one is not None
    assert digest("image/png", _png(PIXELS, 0, (b"tEXt", b"Creation Time\0today"))) == one
    assert digest("image/png", base64.b64encode(_png(PIXELS)).decode() + "\n") == one


def test_another_pixel_or_another_palette_matters() -> None:
    one = digest("image/png", _png(PIXELS))
    assert digest("image/png", _png(b"\0ab\0ce")) not in (None, one)
    assert digest("image/png", _png(PIXELS, 6, (b"PLTE", b"abc"))) not in (None, one)


def test_what_is_no_whole_picture_has_no_digest_of_its_own() -> None:
    whole = _png(PIXELS)
    assert [digest("image/png", data) for data in (b"", whole[:50], b"GIF89a", "no base64!")] == [None] * 4
    assert digest("text/html", "<img>") is None


def test_ids_and_the_date_of_a_drawing_do_not_matter_and_its_lines_do() -> None:
    drawing = """<svg><metadata><date>{date}</date></metadata>
    <defs><clipPath id="{id}"><rect/></clipPath></defs>
    <g id="axes_1"><path clip-path="url(#{id})" d="{path}"/><use href="#{id}"/></g></svg>"""
    one = digest("image/svg+xml", drawing.format(date="2026-01-01", id="p0a1b2", path="M 1 2"))
    assert digest("image/svg+xml", drawing.format(date="2027-02-02", id="pffff0", path="M 1 2")) == one
    assert digest("image/svg+xml", drawing.format(date="2026-01-01", id="p0a1b2", path="M 1 3")) != one
