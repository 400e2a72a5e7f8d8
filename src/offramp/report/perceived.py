"""Misperceptions and beliefs in words."""

from __future__ import annotations

from offramp.case.yaml_reader import Path_
from offramp.report.voice import Voice


def perceived(voice: Voice, path: Path_) -> str:
    """Return a misperception or a belief as a sentence without its full stop."""
    dm, name = str(path[1]), str(path[2])
    if path[0] == "beliefs":
        reading = voice.case.beliefs[dm][name].reading
        return f"{voice.maker(dm)} believes that {voice.maker(name)} is rightly read as “{voice.reading(name, reading)}”"
    return f"{voice.maker(dm)} does not see that: {_unseen(voice, path)}"


def _unseen(voice: Voice, path: Path_) -> str:
    """Return which states a misperception is about; a pattern as what is done and not done in them."""
    pattern = voice.case.misperceptions[str(path[1])][str(path[2])].pattern
    if pattern is None:
        return voice.says(voice.file.formula(*path, "that"))
    fixed = [(label, letter) for label, letter in zip(voice.case.options, pattern, strict=True) if letter != "-"]
    return "; ".join(voice.does(label) if letter == "Y" else voice.does_not(label) for label, letter in fixed)
