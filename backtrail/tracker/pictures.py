"""Digests of pictures by what they show: without dates, names of programs and random ids in their files."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Callable
from typing import Any

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Those that say how pixels are to be shown; of the others some hold texts and times, and none a pixel.
_SHOWN = frozenset((b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD"))
_PIECE = 1 << 18

_METADATA = re.compile(r"<!--.*?-->|<metadata\b.*?</metadata>", re.DOTALL)
_ID = re.compile(r"""\bid=(["'])([^"']+)\1""")
_REFERENCE = re.compile(r"""(\bid=["']|["']#|url\(["']?#)([^"')]+)""")


def digest(mime: str, content: Any) -> str | None:
    """The sha256 of what a picture shows, as IPython has it: bytes, text, or base64 in a text.

    None for what is no picture, or none of its format.
    """
    if mime == "image/svg+xml":
        return _text(without_ids(content)) if isinstance(content, str) else None
    if not mime.startswith("image/"):
        return None
    if isinstance(content, str):
        try:
            content = base64.b64decode(content)
        except (binascii.Error, ValueError):
            return None
    if not isinstance(content, bytes):
        return None
    return _of_png(content) if mime == "image/png" else hashlib.sha256(content).hexdigest()


def without_ids(svg: str) -> str:
    """A drawing without metadata and comments, its ids replaced by their order."""
    text = _METADATA.sub("", svg)
    order: dict[str, str] = {}
    for found in _ID.finditer(text):
        order.setdefault(found.group(2), f"id-{len(order)}")
    return _REFERENCE.sub(lambda found: found.group(1) + order.get(found.group(2), found.group(2)), text)


def _of_png(data: bytes) -> str | None:
    """Of the chunks that matter, and of the lines of pixels, uncompressed but still filtered."""
    if not data.startswith(_SIGNATURE):
        return None
    found = hashlib.sha256()
    pixels = zlib.decompressobj()
    at = len(_SIGNATURE)
    try:
        while at + 8 <= len(data):
            size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
            content = data[at + 8 : at + 8 + size]
            if kind == b"IDAT":
                _unpack(pixels, content, found.update)
            elif kind in _SHOWN:
                found.update(kind + content)
            at += size + 12
    except zlib.error:
        return None
    return found.hexdigest() if pixels.eof else None


def _unpack(pixels: Any, content: bytes, take: Callable[[bytes], None]) -> None:
    # In pieces, so that a small file that unpacks to a very large one takes no memory.
    while content and not pixels.eof:
        take(pixels.decompress(content, _PIECE))
        content = pixels.unconsumed_tail


def _text(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
