"""The brief: a case told in one HTML and one Markdown file, for one audience."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from offramp.errors import LeakError
from offramp.report.story import AUDIENCES, story

if TYPE_CHECKING:
    from offramp.analysis.findings import Findings
    from offramp.analysis.flips import Flips
    from offramp.case.load import CaseFile
    from offramp.sources.evidence import Evidence
    from offramp.sources.protect import Identifier, Leak

__all__ = ["AUDIENCES", "Brief", "brief", "make_brief", "write_brief"]

HTML_NAME = "brief.html"
MARKDOWN_NAME = "brief.md"
MAX_LEAKS = 6


@dataclass(frozen=True)
class Brief:
    """A brief in both forms, who may read it, and how many people the case protects."""

    audience: str
    html: str
    markdown: str
    num_protected: int = 0


def brief(
    file: CaseFile, evidence: Evidence, findings: Findings, audience: str | None, flips: Flips | None = None, as_of: str | None = None
) -> Brief:
    """Return the brief of a case.

    Parameters
    ----------
    file : CaseFile
        The case.
    evidence : Evidence
        Its statements; may be empty.
    findings : Findings
        What the grid of the case adds up to.
    audience : {"public", "internal"}
        Who will read it; there is no default.
    flips : Flips, optional
        From `offramp.report.turning.asked_flips`, for the first page.
    as_of : str, optional
        The date at which the findings were made, if that is not the case's own.

    Returns
    -------
    brief : Brief
        The same bytes for the same case, wherever and whenever it is made.

    Raises
    ------
    ChoiceError
        For any other audience.

    Examples
    --------
    >>> from offramp import catalogue
    >>> made = make_brief(catalogue.folder("prisoners-dilemma"), "public")
    >>> made.markdown.splitlines()[0]
    "# Prisoners' dilemma"
    """
    from offramp.report.render import as_html, as_markdown

    told = story(file, evidence, findings, audience, flips, as_of)
    num_protected = sum(person.protected for person in file.case.people.values())
    return Brief(told.audience, as_html(told), as_markdown(told), num_protected)


def make_brief(folder: Path, audience: str | None, as_of: str | None = None) -> Brief:
    """Return the brief of the case in `folder`, at its own date or another; raises what reading the case and `brief` raise."""
    from offramp.analysis.findings import findings
    from offramp.case.load import read_case
    from offramp.case.variant import Variant
    from offramp.model.build import Builder
    from offramp.report.turning import asked_flips
    from offramp.sources.evidence import read_evidence

    file = read_case(folder)
    builder = Builder(file, variant=Variant(as_of=as_of))
    return brief(file, read_evidence(folder), findings(builder), audience, asked_flips(builder), as_of)


def write_brief(folder: Path, brief: Brief, identifiers: Iterable[Identifier]) -> tuple[Path, Path]:
    """Write a brief, unless it holds an identifier of a protected person.

    Parameters
    ----------
    folder : Path
        Where to write ``brief.html`` and ``brief.md``; made if it is missing.
    brief : Brief
        What to write.
    identifiers : iterable of Identifier
        From `offramp.sources.protect.read_identifiers`.

    Returns
    -------
    paths : tuple of Path
        The two files.

    Raises
    ------
    LeakError
        If an identifier stands in any layer of either file or in the name of
        the folder; nothing is written then, and the text never shows it.
    StorageError
        If the folder cannot be written.
    """
    _refuse_leaks(folder, brief, list(identifiers))
    from offramp.files import write_atomic

    paths = folder / HTML_NAME, folder / MARKDOWN_NAME
    _make(folder)
    for path, words in zip(paths, (brief.html, brief.markdown), strict=True):
        write_atomic(path, words.encode())
    return paths


def _refuse_leaks(folder: Path, brief: Brief, identifiers: list[Identifier]) -> None:
    from offramp.sources.protect import find_leaks

    leaks = find_leaks(dict(_layers(folder, brief)), identifiers) if identifiers else []
    if leaks:
        raise LeakError("\n".join(["nothing was written; 'offramp check' says where in the case these come from:", *_some_of_each(leaks)]))


def _some_of_each(leaks: Sequence[Leak]) -> Iterator[str]:
    """Yield the first leaks of each file, and how many more there are."""
    for name in (HTML_NAME, MARKDOWN_NAME, ""):
        here = [leak for leak in leaks if leak.layer.split(" ")[0] == name or (not name and not leak.layer.startswith("brief."))]
        yield from map(str, here[:MAX_LEAKS])
        if len(here) > MAX_LEAKS:
            yield f"and {len(here) - MAX_LEAKS} more places in {name or 'names'}"


def _layers(folder: Path, brief: Brief) -> Iterator[tuple[str, str]]:
    """Yield every text that either file holds, and the names they get."""
    from offramp.sources.protect import html_layers, markdown_layers

    yield "names of the files and their folder", "\n".join((folder.absolute().name, HTML_NAME, MARKDOWN_NAME))
    for name, text in html_layers(brief.html).items():
        yield f"{HTML_NAME} ({name})", text
    for name, text in markdown_layers(brief.markdown).items():
        yield f"{MARKDOWN_NAME} ({name})", text


def _make(folder: Path) -> None:
    from offramp.errors import StorageError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"cannot make the folder {folder}: {(error.strerror or 'unknown fault').lower()}; nothing was written") from None
