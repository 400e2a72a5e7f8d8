"""The whole case folder, searched for identifiers of protected people."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from offramp.errors import CaseError, Problem, StorageError
from offramp.files import read_regular
from offramp.sources.layers import text_layers
from offramp.sources.protect import PRIVATE, Identifier, Leak, find_leaks, read_identifiers

Identifiers = Sequence[Identifier]


def scan_case(folder: Path) -> list[Leak]:
    """Return every place of a case, outside ``private/``, that holds an identifier.

    Parameters
    ----------
    folder : Path
        The case folder.

    Returns
    -------
    leaks : list of Leak
        From `case.yaml`, `evidence.yaml`, `sources.yaml` and all file names;
        from the files in ``sources/`` with ``in_source`` set, of a PDF or a Word
        document only its extracted text. ``build/``,
        ``private/`` and ``.git`` are left out. A file name that is a leak is
        not shown: the layer is its folder, the line its rank in it.

    Raises
    ------
    CaseError
        If ``private/`` or one of the files cannot be read.
    """
    identifiers = read_identifiers(folder)
    if not identifiers:
        return []
    leaks = [leak for name in ("case.yaml", "evidence.yaml", "sources/sources.yaml") for leak in _in_file(folder, name, identifiers)]
    return [*leaks, *_in_names(folder, identifiers), *_in_sources(folder, identifiers)]


def _in_file(folder: Path, name: str, identifiers: Identifiers, *, strict: bool = True) -> Iterator[Leak]:
    """Yield the leaks of one file; a layer that is not the text itself adds only what that does not show."""
    if not os.path.lexists(folder / name):
        return
    shown, told = _masked(name, identifiers), set()
    for layer, text in text_layers(_read(folder / name, shown, strict)).items():
        for leak in find_leaks({shown if layer == "text" else f"{shown} ({layer})": text}, identifiers):
            if (leak.line, leak.identifier) not in told:
                told.add((leak.line, leak.identifier))
                yield leak


def _read(path: Path, name: str, strict: bool) -> str:
    try:
        raw = read_regular(path, follow=True)
        return raw.decode(errors="strict" if strict else "replace")
    except UnicodeDecodeError:
        raise CaseError([Problem(name, 0, "", "is no UTF-8, so it cannot be searched for identifiers", remedy="save it so")]) from None
    except StorageError:
        raise CaseError([Problem(name, 0, "", "cannot be read, so it cannot be searched for identifiers")]) from None


def _in_names(folder: Path, identifiers: Identifiers) -> Iterator[Leak]:
    """Yield the leaks in names of files and folders, as ranks in their folder."""
    for top, inner, names in os.walk(folder):
        at_top = Path(top) == folder
        inner[:] = sorted(name for name in inner if name != ".git" and not (at_top and name in (PRIVATE, "build")))
        where = Path(top).relative_to(folder).as_posix()
        layer = "names in the case folder" if at_top else f"names in {_masked(where, identifiers)}"
        listed = (os.fsencode(name).decode(errors="replace") for name in sorted([*inner, *names]))  # whatever the locale
        for leak in find_leaks({layer: "\n\n".join(name.replace("\n", " ") for name in listed)}, identifiers):
            yield Leak(layer, (leak.line + 1) // 2, leak.identifier)


def _in_sources(folder: Path, identifiers: Identifiers) -> Iterator[Leak]:
    place = folder / "sources"
    names = sorted(os.listdir(place)) if place.is_dir() else []
    for name in names:
        if name != "sources.yaml" and (place / name).is_file() and not _is_packed(place / name):
            for leak in _in_file(folder, f"sources/{name}", identifiers, strict=False):
                yield Leak(leak.layer, leak.line, leak.identifier, in_source=True)


def _is_packed(path: Path) -> bool:
    """Return whether a file is a PDF or an archive, whose words are packed: they are searched in the text taken out of it."""
    try:
        with path.open("rb") as file:
            return file.read(5).startswith((b"%PDF-", b"PK\x03\x04"))
    except OSError:
        return False


def _masked(name: str, identifiers: Identifiers) -> str:
    """Return a path with every part hidden that is a leak itself."""
    return "/".join("…" if find_leaks({"": part}, identifiers) else part for part in name.split("/"))
