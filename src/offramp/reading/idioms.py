"""Set phrases that report: "made clear that", "was adamant that", "ruled out", "put the cost at", "as she put it", "rumour has it"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from offramp.reading.content import pieces
from offramp.reading.frames import Finding, cue_bounds, frame, subject
from offramp.reading.lexicon import listed
from offramp.reading.phrases import PERSONAL, prep
from offramp.reading.reach import onward
from offramp.reading.words import FINITE, NAMES, NOUNS, SUBJECTS, VERBS, Words

_BE = listed("is are was were be been being 's 're remains remained")
_FIRM = listed("adamant insistent emphatic explicit unequivocal categorical clear")
_VIEWS = listed("opinion view position contention belief claim argument judgment judgement conclusion")
_SPEAKERS = NOUNS | {"PRP"}
_PARTICLES = {
    "rule": {"out"},
    "play": {"down"},
    "shrug": {"off"},
    "brush": {"off"},
    "spell": {"out"},
    "lay": {"out"},
    "set": {"out"},
    "lash": {"out"},
    "hit": {"out"},
    "speak": {"out"},
}
_FORMS = {
    form: verb
    for verb, forms in {
        "rule": "rule rules ruled ruling",
        "play": "play plays played playing",
        "shrug": "shrug shrugs shrugged shrugging",
        "brush": "brush brushes brushed brushing",
        "spell": "spell spells spelled spelling",
        "lay": "lay lays laid laying",
        "set": "set sets setting",
        "lash": "lash lashes lashed lashing",
        "hit": "hit hits hitting",
        "speak": "speak speaks spoke spoken speaking",
    }.items()
    for form in forms.split()
}
_AT = {"lash": {"at", "against"}, "hit": {"at", "against"}, "speak": {"against", "about"}}
"""Prepositions that open the content of "lashed out at", "spoke out against"."""

_PAIRS = {
    "attention": ("draw draws drew drawn drawing call calls called calling", "to"),
    "issue": ("take takes took taken taking", "with"),
    "exception": ("take takes took taken taking", "to"),
    "tribute": ("pay pays paid paying", "to"),
    "scorn": ("pour pours poured pouring heap heaps heaped", "on"),
    "doubt": ("cast casts casting", "on"),
    "mention": ("make makes made making", "of"),
    "reference": ("make makes made making", "to"),
}
_AMOUNTS = listed("much little nothing anything something more less word lot")
_ABOUT = ("about", "of", "on")
_EXPRESSIONS = listed("phrase word words term expression formula")
_STRUCK = listed("shot shoots hit hits fired fires snapped")


def idioms(words: Words, taken: set[int]) -> Iterator[Finding]:
    """Yield the statements that set phrases report.

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    taken : set of int
        Words that are cues already.
    """
    for index in range(len(words)):
        if words.quotation[index] is None and index not in taken:
            rule = _RULES.get(words.lower[index])
            if rule is not None:
                yield from rule(words, index)


def _finding(words: Words, rule: str, cue: tuple[int, int], verb: int | None, who: int | None, content: set[int]) -> Iterator[Finding]:
    found = pieces(words, content) if content else []
    if found:
        yield Finding(words, rule, cue, verb, who, found, cue[0])


def _clause_after(words: Words, index: int) -> int | None:
    """Return a clause with "that" that begins right after a word, whatever the parser hung it on."""
    after = index + 1
    if after >= len(words) or words.lower[after] != "that":
        return None
    above = [after, *words.ancestors(after)]
    return next((word for word in above if words.left[word] == after and word > after and words.tag[word] in VERBS | {"MD"}), None)


def _firm(words: Words, index: int) -> Iterator[Finding]:
    """Take "was adamant that ..." and "made (it) clear that ..."."""
    clause, verb = _clause_after(words, index), words.head[index]
    if clause is None or words.tag[verb] not in VERBS:
        return
    who = subject(words, verb)
    made = words.lower[verb] in {"make", "makes", "made", "making"}
    is_person = who is not None and words.tag[who] in _SPEAKERS and words.lower[who] not in {"it", "that", "this"}
    if is_person and (made or (words.lower[verb] in _BE and words.lower[index] != "clear")):
        first = cue_bounds(words, verb)[0]
        yield from _finding(words, "clause", (first, index), verb, who, words.subtree(clause))


def _known(words: Words, index: int) -> Iterator[Finding]:
    """Take "let it be known that ...", and what follows its colon."""
    let = index - 3
    if let < 0 or words.lower[let + 1 : index] != ["it", "be"] or words.lower[let] not in {"let", "lets", "letting"}:
        return
    clause = _clause_after(words, index)
    if clause is not None:
        yield from _finding(words, "clause", (let, index), let, subject(words, let), words.subtree(clause))


def _rumour(words: Words, index: int) -> Iterator[Finding]:
    """Take "rumour has it that ..." and "..., rumour had it" as hearsay of nobody named."""
    if words.lower[index + 1 : index + 3] not in (["has", "it"], ["had", "it"], ["have", "it"]):
        return
    begin, _ = words.sentence_of(index)
    clause = _clause_after(words, index + 2)
    before = set(range(begin, index)) if words.text[index - 1] == "," and index - begin > 2 else set()
    content = words.subtree(clause) if clause is not None else before
    for finding in _finding(words, "reportedly", (index, index + 2), None, None, content):
        finding.hearsay = True
        yield finding


def _view(words: Words, index: int) -> Iterator[Finding]:
    """Take "it is the opinion of the observers that ..."."""
    verb, of = words.head[index], words.kid(index, "prep")
    if of is None or words.lower[of] != "of" or words.lower[verb] not in _BE or words.lower[max(0, verb - 1)] != "it":
        return
    who = words.kid(of, "pobj")
    that = next((word for word in range(of, min(of + 16, words.sentence_of(index)[1])) if words.lower[word] == "that"), None)
    clause = _clause_after(words, that - 1) if that is not None else None
    if clause is not None:
        yield from _finding(words, "clause", (verb - 1, of), None, who, words.subtree(clause))


def _out(words: Words, index: int) -> Iterator[Finding]:
    """Take "ruled out a vote", "lashed out at the court"."""
    verb, who = _FORMS[words.lower[index]], subject(words, index)
    particle = next((index + step for step, word in enumerate(words.lower[index : index + 3]) if word in _PARTICLES[verb]), None)
    if words.tag[index] not in VERBS or particle is None or words.kid(index, "auxpass") is not None:
        return
    thing = words.kid(index, "dobj", "xcomp")
    if verb in _AT:
        at = prep(words, index, _AT[verb])
        particle = at if at is not None else prep(words, particle, _AT[verb]) or particle
        thing = words.kid(particle, "pobj", "pcomp")
    if thing is not None and who is not None and thing > index:
        content = words.subtree(thing) - {particle}
        yield from _finding(words, "object", (cue_bounds(words, index)[0], particle), index, who, onward(words, index, content))


def _laid_down(words: Words, index: int) -> Iterator[Finding]:
    """Take "the article lays down that ...", and "laid out a plan"."""
    clause = _clause_after(words, index + 1) if words.lower[index + 1 : index + 2] == ["down"] else None
    if clause is None or words.tag[index] not in VERBS:
        yield from _out(words, index)
    else:
        yield from _finding(words, "clause", (cue_bounds(words, index)[0], index + 1), index, subject(words, index), words.subtree(clause))


def _put(words: Words, index: int) -> Iterator[Finding]:
    """Take "as she put it, ...", "put the cost at two million" and "estimated losses at ten million"."""
    thing, who = words.kid(index, "dobj"), subject(words, index)
    if thing is None or who is None or words.tag[index] not in VERBS:
        return
    if words.lower[thing] == "it" and words.lower[words.left[index]] == "as":
        yield from _as_put(words, index, thing, who)
    at = prep(words, index, ("at",), thing) or prep(words, thing, ("at",))
    if at is not None and any(words.tag[word] in {"CD", "$"} for word in words.subtree(at)):
        content = words.subtree(thing) | words.subtree(at)
        yield from _finding(words, "object", cue_bounds(words, index), index, who, content)


def _as_put(words: Words, index: int, thing: int, who: int) -> Iterator[Finding]:
    own = words.subtree(index)
    begin, end = words.sentence_of(index)
    content = {word for word in range(begin, end) if word not in own}
    if not any(word in words.folded for word in content):
        yield from _finding(words, "aside", (index, thing), index, who, content)


def _wish(words: Words, index: int) -> Iterator[Finding]:
    """Take "wanted to know who had signed"."""
    to = words.kid(index, "xcomp")
    if to is None or words.lower[to] != "know" or (clause := words.kid(to, "ccomp")) is None or clause < to:
        return
    yield from _finding(words, "clause", (cue_bounds(words, index)[0], to), index, words.kid(index, *SUBJECTS), words.subtree(clause))


def _refer(words: Words, index: int) -> Iterator[Finding]:
    """Take "referred to the port as a ruin", "referred to Article 9", "pointed to it"; not a gloss: "he said, referring to"."""
    to = words.kid(index, "prep")
    thing = words.kid(to, "pobj") if to is not None and words.lower[to] == "to" else None
    who = subject(words, index)
    if to is None or thing is None or who is None or words.tag[index] not in VERBS:
        return
    as_ = prep(words, index, ("as",), thing) or prep(words, thing, ("as",))
    mentions = words.lower[index].startswith("point") or words.kid(index, *SUBJECTS) is not None
    if as_ is not None or (mentions and _is_speaker(words, who)):
        content = words.subtree(thing) | (words.subtree(as_) if as_ is not None else set())
        yield from _finding(words, "object", (cue_bounds(words, index)[0], to), index, who, onward(words, index, content))


def _is_speaker(words: Words, who: int) -> bool:
    return words.tag[who] in NAMES | {"NNS"} or words.lower[who] in PERSONAL or words.kid(who, "compound", "appos") is not None


def _plea(words: Words, index: int) -> Iterator[Finding]:
    """Take "pleaded not guilty"."""
    plea = next((word for word in range(index + 1, min(index + 3, len(words))) if words.lower[word] in {"guilty", "innocent"}), None)
    if plea is not None and words.tag[index] in VERBS:
        negated = words.lower[plea - 1] == "not"
        content = set(range(plea - negated, max(plea, words.right[plea]) + 1))
        yield from _finding(words, "object", cue_bounds(words, index), index, subject(words, index), content)


def _cleft(words: Words, index: int) -> Iterator[Finding]:
    """Take "what he said was that ..."."""
    told = words.kid(index, "csubj")
    clause = next((child for child in words.kids(index, "ccomp", "attr") if child > index), None)
    if told is None or clause is None or "c" not in frame(words, told):
        return
    if any(words.lower[child] == "what" for child in words.children[told]) and words.kid(clause, *SUBJECTS) is not None:
        yield from _finding(words, "clause", cue_bounds(words, told), told, subject(words, told), words.subtree(clause))


def _understood(words: Words, index: int) -> Iterator[Finding]:
    """Take "is understood to be preparing" and "is rumoured to have left" as hearsay of nobody named."""
    who, to = words.kid(index, "nsubjpass"), words.kid(index, "xcomp")
    if who is None or to is None or words.kid(index, "auxpass") is None or words.kid(index, "agent") is not None:
        return
    for finding in _finding(words, "reportedly", cue_bounds(words, index), None, None, words.subtree(who) | words.subtree(to)):
        finding.hearsay = True
        yield finding


def _phrase(words: Words, index: int) -> Iterator[Finding]:
    """Take the quoted word of "used the phrase “loss of life”"."""
    thing = words.kid(index, "dobj")
    if thing is None or words.lower[thing] not in _EXPRESSIONS or words.tag[index] not in VERBS:
        return
    near = words.subtree(thing) | set(range(thing + 1, min(thing + 3, len(words))))
    quoted = {word for word in near if words.quotation[word] is not None}
    yield from _finding(words, "object", (cue_bounds(words, index)[0], thing), index, subject(words, index), quoted)


def _going(words: Words, index: int) -> Iterator[Finding]:
    """Take "..., he went on, ..." and "went after the court as a tool of the rich"."""
    who = words.kid(index, *SUBJECTS)
    who = index - 1 if who is None and index and words.tag[index - 1] in NAMES else who
    if words.lower[index + 1 : index + 2] != ["on"] or who is None or words.text[words.left[who] - 1] not in {",", "—", "–"}:
        yield from _go_after(words, index)
        return
    begin, end = words.sentence_of(index)
    rest = set(range(begin, words.left[who])) | set(range(index + 2, end))
    ends = words.text[index + 2 : index + 3] in ([","], ["."], ["—"], ["–"])
    if ends and words.left[who] > begin and not rest & set(words.folded):
        yield from _finding(words, "aside", (index, index + 1), index, who, rest)


def _go_after(words: Words, index: int) -> Iterator[Finding]:
    """Take "went after the court as a tool of the rich"."""
    after = prep(words, index, ("after",))
    thing = words.kid(after, "pobj") if after is not None else None
    if after is None or thing is None:
        return
    as_ = prep(words, index, ("as",), thing) or prep(words, thing, ("as",))
    if as_ is not None:
        content = words.subtree(thing) | words.subtree(as_)
        yield from _finding(words, "label", (cue_bounds(words, index)[0], after), index, subject(words, index), content)


def _pair(words: Words, index: int) -> Iterator[Finding]:
    """Take "drew attention to the rule", "made no mention of it"."""
    verb, (verbs, wanted) = words.head[index], _PAIRS[words.lower[index]]
    if words.dep[index] != "dobj" or words.lower[verb] not in verbs.split():
        return
    opener = prep(words, index, (wanted,)) or prep(words, verb, (wanted,))
    thing, who = words.kid(opener, "pobj", "pcomp") if opener is not None else None, subject(words, verb)
    if opener is not None and thing is not None and who is not None:
        yield from _finding(words, "object", (cue_bounds(words, verb)[0], opener), verb, who, onward(words, verb, words.subtree(thing)))


def _back(words: Words, index: int) -> Iterator[Finding]:
    """Take "..., Keller shot back" and "Keller hit back: ..."."""
    verb = index - 1
    if verb < 1 or words.lower[verb] not in _STRUCK or words.kid(verb, *SUBJECTS) is None:
        return
    begin, _ = words.sentence_of(verb)
    start = words.left[words.kids(verb, *SUBJECTS)[0]]
    after = words.lower[index + 1 : index + 2]
    if after == [":"] and index + 2 < len(words) and words.quotation[index + 2] is None:
        content = set(range(index + 2, words.sentence_of(index + 2)[1]))
    else:
        content = set(range(begin, start - 1)) if start - begin > 2 and words.text[start - 1] == "," else set()
    yield from _finding(words, "clause", (verb, index), verb, subject(words, verb), content)


def _little(words: Words, index: int) -> Iterator[Finding]:
    """Take "said nothing about the visit", "has not said a word of it", "said yes", "said as much", "said the same of Lee"."""
    answer = words.kid(index, "intj")
    plain = answer == index + 1 and words.lower[answer] in {"yes", "no"} and answer not in words.folded
    if answer is not None and plain and words.tag[index] in FINITE:
        yield from _finding(words, "object", cue_bounds(words, index), index, subject(words, index), {answer})
    much = words.kid(index, "dobj")
    if much is not None and words.lower[much - 1 : much + 1] in (["as", "much"], ["the", "same"], ["same", "thing"]):
        yield from _finding(words, "object", cue_bounds(words, index), index, subject(words, index), words.subtree(much))
        return
    if much is None or words.lower[much] not in _AMOUNTS or words.tag[index] not in VERBS:
        return
    opener = prep(words, much, _ABOUT) or prep(words, index, _ABOUT, much)
    thing = words.kid(opener, "pobj", "pcomp") if opener is not None else None
    if opener is not None and thing is not None:
        cue = (cue_bounds(words, index)[0], opener)
        yield from _finding(words, "object", cue, index, subject(words, index), onward(words, index, words.subtree(thing)))


_RULES: dict[str, Callable[[Words, int], Iterator[Finding]]] = {
    **dict.fromkeys(_FIRM, _firm),
    "known": _known,
    **dict.fromkeys(listed("rumor rumour rumors rumours legend word"), _rumour),
    **dict.fromkeys(_VIEWS, _view),
    **dict.fromkeys(_FORMS, _out),
    **dict.fromkeys(listed("put puts putting estimate estimates estimated estimating"), _put),
    **dict.fromkeys(listed("plead pleads pleaded pled pleading"), _plea),
    **dict.fromkeys(listed("is was"), _cleft),
    **dict.fromkeys(listed("understood rumoured rumored"), _understood),
    **dict.fromkeys(listed("use uses used using"), _phrase),
    **dict.fromkeys(listed("go goes went gone going"), _going),
    **dict.fromkeys(_PAIRS, _pair),
    "back": _back,
    **dict.fromkeys(listed("lay lays laid laying"), _laid_down),
    **dict.fromkeys(listed("say says said saying tell tells told telling indicate indicates indicated"), _little),
    **dict.fromkeys(listed("want wants wanted"), _wish),
    **dict.fromkeys(listed("refer refers referred referring point points pointed pointing"), _refer),
}
