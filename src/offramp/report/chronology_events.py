"""What of a case has dates of its own: judgements that begin and end, for the chronology."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from offramp.sayings.chronology import Event
from offramp.sources.evidence import Evidence


def judgement_events(folder: Path, evidence: Evidence) -> Iterator[Event]:
    """Yield when judgements of the case come into force, and until when they are.

    Parameters
    ----------
    folder : Path
        The case folder; without ``case.yaml`` there are no judgements.
    evidence : Evidence
        Its statements.

    Notes
    -----
    Tables and pictures tell of a judgement what a public brief does; one about kin they do not tell.
    """
    if not (folder / "case.yaml").exists():
        return
    from offramp.api import read_case
    from offramp.case.schema import dated_judgements
    from offramp.case.yaml_reader import dotted
    from offramp.report.naming import judgement_name
    from offramp.report.voice import Voice

    file = read_case(folder)
    inside, public = Voice(file, evidence, False), Voice(file, evidence, True)
    for path, entry in dated_judgements(file.case).items():
        for basis, date in (("begins", entry.since), ("ends", entry.until)):
            if date is not None:
                words, told = judgement_name(inside, path), judgement_name(public, path)
                yield Event(date, basis, dotted(path), words, told, is_withheld=public.is_kin(path, entry))
