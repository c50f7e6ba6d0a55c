"""How the parts of a value become one digest.

sha256 is in every Python, also where policy forbids others, and with the instructions that processors have
for it nearly twice as fast as blake2b on large buffers (1.8 against 0.9 GB/s). It is cut to 128 bits.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

SIZE = 16


def node(kind: bytes, parts: Iterable[bytes]) -> bytes:
    """The digest of something with parts: which kind of thing it is, and its parts in order."""
    pieces = [b"%d:%b" % (len(kind), kind)]
    for part in parts:
        pieces.append(b"%d:" % len(part))
        pieces.append(part)
    return b"#" + sha256(b"".join(pieces)).digest()[:SIZE]


def named(kind: bytes, *names: str) -> bytes:
    """A value that is told by names alone."""
    return node(kind, [name.encode(errors="surrogatepass") for name in names])


def whole(part: bytes, thin: bool) -> bytes:
    """The fingerprint of a value. What was only sampled never equals what was seen in full."""
    return sha256((b"sampled" if thin else b"exact") + part).digest()[:SIZE]


class Bytes:
    """The digest of bytes that come in pieces; the same as of all of them at once."""

    def __init__(self) -> None:
        self._hash = sha256()

    def add(self, data: bytes) -> None:
        """Takes in the next piece."""
        self._hash.update(data)

    def digest(self) -> bytes:
        """The digest of all pieces."""
        return self._hash.digest()[:SIZE]
