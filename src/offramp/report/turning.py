"""Which judgement turns the answer, and what to find out next: two points of the first screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from offramp.analysis.headlines import TOLERANCE, level
from offramp.analysis.otherwise import judgement_at
from offramp.case.labels import labels_of
from offramp.case.yaml_reader import Path_
from offramp.errors import TooManyStatesError
from offramp.report.naming import judgement_name
from offramp.report.told import Point
from offramp.report.voice import Voice
from offramp.report.words import KIN, Figure, Text, text

if TYPE_CHECKING:
    from offramp.analysis.flips import Flip, Flips
    from offramp.analysis.otherwise import Alternative
    from offramp.model.build import Builder

MAX_WORK = 300_000_000
"""Number of states, over all cells of all changes, up to which a brief works out what turns its answer; some tens of seconds."""

UNASKED = Point("Which single judgement turns it?", (("Not worked out here; offramp flips does.",),))
"""What the first screen says without flips."""

MAX_TURNING = 3
MAX_OPEN = 5

SAYS = {
    "clear": "a way out that is lawful throughout and does no harm that the case knows of",
    "lawful": "a way out that is lawful throughout",
    "unharmed": "a way out that does no harm that the case knows of",
    "can_move": "a way out",
}
"""What there is in the cells that a headline counts."""

ASKED = "that is inferred, assumed or contested"
"""What the points ask about; see `could_be_otherwise`."""

_HOW = {
    "dropped": "left out",
    "negated": "the other way round",
    "settled": "if that account is the right one",
    "settled on": "if it holds",
    "settled off": "if it does not hold",
}


class Turning:
    """Tells what turns the answer.

    Parameters
    ----------
    voice : Voice
        How judgements are said; what it withholds is not named.
    flips : Flips
        From `asked_flips`.
    """

    def __init__(self, voice: Voice, flips: Flips) -> None:
        self.voice = voice
        self.flips = flips
        self.headline = _lead(voice)
        self.before = flips.shares[self.headline]

    def points(self) -> Iterator[Point]:
        """Yield the two points; no question where no judgement that could well be otherwise moves the headline."""
        turning = self._turning()
        now = text("There is {} in {} of the combinations", SAYS[self.headline], _percent("turning.share", self.before))
        if not turning:
            yield Point("Which single judgement turns it?", (text("{}, and none {} would alone change that much.", now, ASKED),))
        else:
            lines = [self._turned(place, flip) for place, flip in enumerate(turning, 1)]
            yield Point("Which single judgement turns it?", (text("{}. One judgement {} would alone make that:", now, ASKED), *lines))
        questions = self._open()
        if questions:
            lines = [self._question(number, *there) for number, there in enumerate(questions, 1)]
            yield Point("What should be found out next?", (("Depending on the answer, that share lies:",), *lines))

    def _after(self, flip: Flip) -> float:
        return flip.shares.get(self.headline, 0.0)

    def _moves(self, flip: Flip) -> float:
        return abs(self._after(flip) - self.before) if flip.shares else 0.0

    def _turning(self) -> list[Flip]:
        """Return the flips that change how often the headline holds, by more than they do others, each judgement once."""
        found = [flip for flip in self.flips.flips if flip.shares and level(self._after(flip)) != level(self.before)]
        return list(_each_once(sorted(found, key=lambda flip: -round(self._moves(flip), 12))))[:MAX_TURNING]

    def _turned(self, number: int, flip: Flip) -> Text:
        is_account = flip.path[0] == "readings" and len(flip.path) == 3
        basis = "" if is_account or flip.kind.startswith("settled") else f"{flip.basis}; "
        return text("{}: {} ({}{}).", _percent(f"turning.{number}", self._after(flip)), self._name(flip.path), basis, how(flip))

    def _name(self, path: Path_) -> str:
        """Return what a judgement is called; for a tier or a weight, with its reading."""
        if path[0] == "readings" and len(path) == 2:
            return f"what {self.voice.maker(str(path[1]))} wants"
        if "ranking" in path:
            return f"{judgement_name(self.voice, path[:3])}, place {int(path[4]) + 1} in its ranking"
        if "weights" in path:
            option = labels_of(self.voice.case).resolve(str(path[4]))
            return f"{judgement_name(self.voice, path[:3])}, the weight of this: {self.voice.does(option)}"
        name = judgement_name(self.voice, path)
        return "a judgement about kin, withheld in public" if name == KIN else name

    # -- what to find out ------------------------------------------------------------------------------------------------

    def _open(self) -> list[tuple[Path_, float, float]]:
        """Return what rests on inference or assumption, or is contested, with the lowest and the highest share it could give."""
        spans: dict[Path_, list[float]] = {}
        for flip in self.flips.flips:
            if flip.shares:
                subject: Path_ = flip.path[:2] if flip.path[0] == "readings" and len(flip.path) == 3 else flip.path
                spans.setdefault(subject, [] if flip.kind.startswith("settled") else [self.before]).append(self._after(flip))
        found = [(path, min(there), max(there)) for path, there in spans.items() if max(there) - min(there) > TOLERANCE]
        return sorted(found, key=lambda there: -round(there[2] - there[1], 12))[:MAX_OPEN]

    def _question(self, number: int, path: Path_, low: float, high: float) -> Text:
        span = _percent(f"open.{number}.low", low), _percent(f"open.{number}.high", high)
        return text("between {} and {}: {}.", *span, self._name(path))


def _lead(voice: Voice) -> str:
    """Return the headline that the first sentence of a brief is about."""
    if voice.has_norms:
        return "clear" if voice.has_harms else "lawful"
    return "unharmed" if voice.has_harms else "can_move"


def asked_flips(builder: Builder) -> Flips | None:
    """Return the flips that a brief asks about; None where they would take longer than a brief may."""
    from offramp.analysis.flips import flips
    from offramp.analysis.lab import work_of
    from offramp.analysis.otherwise import alternatives

    asked = could_be_otherwise(builder)
    work = work_of(builder, 1 + sum(map(asked, alternatives(builder))))
    if work > MAX_WORK:
        return None
    try:
        return flips(builder, chosen=asked)
    except TooManyStatesError:  # a decision maker with more moves than can be listed; the brief itself needs no list
        return None


def could_be_otherwise(builder: Builder) -> Callable[[Alternative], bool]:
    """Return which changes a brief asks about: not of what was stated, of what somebody can do, or of the order of wishes."""

    def asked(change: Alternative) -> bool:
        is_open = change.kind.startswith("settled") or judgement_at(builder, change.path).graded != "stated"
        return is_open and not change.places and change.path[0] != "decision_makers"

    return asked


def _each_once(flips: list[Flip]) -> Iterator[Flip]:
    seen: set[Path_] = set()
    for flip in flips:
        if flip.path not in seen:
            seen.add(flip.path)
            yield flip


def how(flip: Flip) -> str:
    """Return what a flip does with a judgement, in words."""
    if flip.kind == "dropped" and flip.path[0] == "readings" and len(flip.path) == 3:
        return "ruled out"
    return _HOW[flip.kind]


def _percent(key: str, share: float) -> Text:
    """Return a share in per cent, as a figure; a little of something is never nothing, and nearly all never all."""
    percent = round(100 * share)
    if percent == 0 and share > TOLERANCE:
        return text("under {} %", Figure(key, 1))
    if percent == 100 and share < 1 - TOLERANCE:
        return text("over {} %", Figure(key, 99))
    return text("{} %", Figure(key, percent))
