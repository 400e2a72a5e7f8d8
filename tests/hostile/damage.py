"""What is done to sound documents, by a seed: the same seed gives the same bytes (packed ones as far as zlib is the same)."""

import functools
import re
from collections.abc import Iterator
from random import Random

from hostile.sound import sound
from hostile.traps import traps

TOKENS = (
    b"\x00", b"\xff\xfe", b"\x1b[2J", b"<!ENTITY a SYSTEM 'file:///etc/passwd'>", b"</w:t>", b"<div>" * 300, b"&#0;",
    b"]]>", b"endobj", b"endstream", b" obj ", b"<<", b">>", b"/Length 99999999999", b"/Filter /FlateDecode",
    b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"--edge", b"\r\n\r\n",
    b"Content-Type: multipart/mixed; boundary=x\r\n", b"charset=zlib", b"\xed\xa0\x80", b"\xe2\x80\xae", b"=1+1",
    b"../../", b"%PDF-1.7", b"%%EOF", b"-1", b"99999999999999999999", b"\x80", b"(", b")", b"[", b"]",
    b"<?xml version='1.0' encoding='utf-7'?>", b"<html>", b"From: a\r\n", b"\xef\xbb\xbf",
)  # fmt: skip


def damaged(data: bytes, rng: Random, others: list[bytes]) -> bytes:
    """Return `data` after one to eight strokes."""
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        data = rng.choice((_flip, _cut, _drop, _double, _insert, _number, _splice))(data, rng, others)
    return data[:2_000_000]


def _place(data: bytes, rng: Random) -> int:
    return rng.randrange(len(data) + 1)


def _flip(data: bytes, rng: Random, _: list[bytes]) -> bytes:
    at = _place(data, rng)
    return data[:at] + bytes(byte ^ (1 << rng.randrange(8)) for byte in data[at : at + 1]) + data[at + 1 :]


def _cut(data: bytes, rng: Random, _: list[bytes]) -> bytes:
    return data[: _place(data, rng)]


def _drop(data: bytes, rng: Random, _: list[bytes]) -> bytes:
    at = _place(data, rng)
    return data[:at] + data[at + rng.randrange(1, 40) :]


def _double(data: bytes, rng: Random, _: list[bytes]) -> bytes:
    at = _place(data, rng)
    return data[:at] + data[at : at + rng.randrange(1, 200)] * rng.choice((2, 3, 50)) + data[at:]


def _insert(data: bytes, rng: Random, _: list[bytes]) -> bytes:
    at = _place(data, rng)
    return data[:at] + rng.choice(TOKENS) + data[at:]


def _number(data: bytes, rng: Random, _: list[bytes]) -> bytes:
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    one = rng.choice(found)
    return data[: one.start()] + rng.choice((b"0", b"-1", b"1", b"65536", b"2147483648", b"9" * 30)) + data[one.end() :]


def _splice(data: bytes, rng: Random, others: list[bytes]) -> bytes:
    other = rng.choice(others)
    return data[: _place(data, rng)] + other[_place(other, rng) :]


def mutants(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield damaged documents by names that fit what they were."""
    rng, whole = Random(seed), sound()
    others, names = list(whole.values()), sorted(whole)
    for number in range(count):
        name = names[number % len(names)]
        yield f"{seed}-{number} {name}", damaged(whole[name], rng, others)


@functools.cache
def hostile_files(count: int = 500, seed: int = 5) -> dict[str, bytes]:
    """Return all traps, and as many damaged documents as make `count`."""
    found = traps()
    assert len(found) < count
    return {**found, **dict(mutants(count - len(found), seed))}
