"""Which noun phrases name an outlet: by name, by the kind of outlet beside it, or by what the text called one before."""

from __future__ import annotations

from collections.abc import Iterator

from offramp.reading.cues import OUTLET_ENDINGS, OUTLET_NOUNS
from offramp.reading.datewords import WEEKDAYS
from offramp.reading.lexicon import listed
from offramp.reading.nametables import KNOWN, PLACES
from offramp.reading.nations import CAPITALS, STATES
from offramp.reading.phrases import is_name, name_run, phrase, plain
from offramp.reading.words import NAMES, VERBS, Words

_PAPER = listed("newspaper paper daily weekly tabloid magazine journal broadsheet monthly newsletter fortnightly")
_AGENCY = listed("agency newswire wire")
_AIR = listed("broadcaster channel station network radio television tv programme program show podcast")
_SITE = listed("website site portal blog outlet")
_GROUPS = (_PAPER, _AGENCY, _AIR, _SITE)
KINDS = OUTLET_NOUNS | _PAPER | _AGENCY | _AIR | _SITE
"""Nouns for kinds of outlets."""
_SURE = listed("newspaper daily weekly magazine broadcaster tabloid outlet newswire broadsheet podcast portal")
_MASS = listed("media radio television tv press")
_WHOSE = listed("state local public national official regional state-run government private independent pro-government exile community")
_ON_AIR = listed("news press radio tv television media telegram youtube state public pirate satellite online web")
REPORTERS = listed("reporter reporters correspondent correspondents journalist interviewer presenter crew team")
_OWN = listed("this our")
_DEFINITE = listed("the that same")
_OPENING = listed("radio tv channel agence agencia agenzia television télévision teleradio canal gazeta radyo")
_ENDINGS = OUTLET_ENDINGS | listed(
    """echo messenger wire chronicle register sentinel argus advertiser ledger record review insider voice newswire gazeta zeitung
    presse online newsroom nachrichten tidende post-gazette live reporter argus television channel podcast kurier
    presse prensa diario correo tribuna corriere stampa soir figaro monde media broadcasting"""
)
_NO_OUTLETS = listed(
    """un eu us uk usa fbi cia nato icrc who nis dmz pow pows gop dnc rnc nra epa irs idf iaea osce icc icj mp mps ngo cat iccpr echr gc
    udhr crc"""
)
_SERVICES = listed("spy intelligence security aid relief refugee police space border tax press news rights health food")
"""What an agency or a wing is for; no name."""
_PLATFORMS = listed("telegram youtube facebook instagram tiktok twitter whatsapp linkedin x vk viber signal threads bluesky weibo")
"""Where anybody can publish: no outlets by themselves."""
_FOLLOWED = listed("agency newspaper broadcaster magazine channel website daily weekly radio television tv station network podcast portal")
_KEPT = 60
"""How many outlets of a text are remembered: the time to read stays in proportion to the length."""
_ON = frozenset({"NN", "NNS", "NNP", "MD", *VERBS})
_PLACES = frozenset(STATES) | frozenset(CAPITALS) | PLACES
_GENERIC = listed("the news press agency newspaper daily weekly")
_BODIES = listed(
    """ministry department court tribunal parliament senate assembly council committee commission congress police army government union
    nations party office bureau board bank university institute police service embassy church cross crescent knesset bundestag duma rada
    house league federation association academy club school hospital company corporation ltd inc"""
)


class Outlets:
    """The outlets of a document, in the order in which they are named.

    Parameters
    ----------
    own : str
        Who published the text: "this newspaper", and "the Echo" for the Teme Valley Echo.
    """

    def __init__(self, own: str = "") -> None:
        self.own = own.removeprefix("the ")
        self.letters: dict[str, str] = {}
        """Bodies by the letters for which the text gives their names."""
        self.named: list[tuple[str, frozenset[str]]] = []

    def read(self, words: Words, first: int, last: int) -> None:
        """Note a name of a paragraph if it is that of an outlet."""
        last = _further(words, last)
        kinds = self._kinds(words, first, last)
        if kinds:
            first, last = _own_words(words, first, last)
            if first <= last:
                self._note(plain(words, first, _whole_end(words, last)), kinds)

    def _note(self, name: str, kinds: frozenset[str]) -> None:
        known = next((entry for entry in self.named if _is_short_for(name, entry[0])), None)
        if known is not None:
            self.named.remove(known)
            name, kinds = known[0], kinds | known[1]
        else:
            self.named = [entry for entry in self.named if not _is_short_for(entry[0], name)]
        self.named = [*self.named[1 - _KEPT :], (name, kinds)]

    def _kinds(self, words: Words, first: int, last: int) -> frozenset[str]:
        """Return the kinds of outlet that a name is told to be; empty for a name that is told to be none."""
        low = words.lower[first : last + 1]
        if low[0] in WEEKDAYS or (len(low) == 1 and low[0] in _SERVICES):
            return frozenset()
        told = {kind for kind in (_before(words, first), _after(words, last), _apposed(words, last)) if kind}
        told |= {word for word in low if word in KINDS and len(low) > 1}
        return frozenset(told or ({"outlet"} if is_media_name(words, first, last) else set()))

    def of(self, words: Words, index: int, loose: bool = False) -> str:
        """Return the name of the outlet that a noun phrase names, or an empty text.

        Parameters
        ----------
        words : Words
            The paragraph.
        index : int
            Head of the noun phrase.
        loose : bool
            Whether an unknown name will do, as in "an interview with Lanterna".
        """
        first, _ = phrase(words, index)
        if self.own and any(words.lower[word] in _OWN for word in range(first, index)) and _is_ours(words, index):
            return self.own
        if words.lower[index] in KINDS and words.tag[index + 1 : index + 2] in (["NNP"], ["NNPS"]) and words.text[index].islower():
            return self.of(words, index + 1)
        noun = next((word for word in range(index - 1, first - 1, -1) if not words.text[word][:1].isupper()), first)
        if noun < index and words.lower[noun] in KINDS and words.text[noun].islower() and words.text[index][:1].isupper():
            return plain(words, noun + 1, index)
        if is_name(words, index) or (words.tag[index] == "CD" and words.tag[index - 1] in NAMES):
            return self._by_name(words, index, loose)
        inside = next(self._inside(words, index), "")
        if inside or words.lower[index] in REPORTERS:
            return inside
        return self._by_kind(words, first, index) if words.lower[index] in KINDS | _MASS else ""

    def _by_name(self, words: Words, index: int, loose: bool) -> str:
        run = name_run(words, index) or (index, index)
        first, last = _without_day(words, *run)
        last = _further(words, last)
        if words.lower[last + 1 : last + 2] in (["daily"], ["weekly"]) and words.tag[last + 2 : last + 3] == ["NNP"]:
            return self.of(words, last + 2)
        owner = words.kid(index, "poss")
        if owner is not None and words.tag[owner] in NAMES and (named := self.of(words, owner)):
            return named
        if first > 1 and words.lower[first - 1] in REPORTERS and is_name(words, first - 2):
            return self.of(words, first - 2, loose=True)
        start, last = _own_words(words, first, last)
        name = plain(words, start, _whole_end(words, last))
        if not name or (_is_body(words, start, last) and not _before(words, start)):
            return ""
        whole = self._whole(name)
        known = bool(whole) or is_media_name(words, start, last) or self._kinds(words, first, last) or self._is_short(words, start, last)
        if known or (words.text[start - 1 : start] == ["The"] and start - 1 != words.sentence_of(index)[0]):
            return whole or _with_article(words, start, name)
        return name if loose and not {name} & _PLACES else ""

    def _is_short(self, words: Words, first: int, last: int) -> bool:
        """Whether a name is letters that can be those of an outlet, and of no other body that the text or everybody knows."""
        word = words.text[last]
        if first != last or not (word.isupper() and word.isalpha() and 2 <= len(word) <= 5) or word.lower() in _NO_OUTLETS:
            return False
        whole = self.letters.get(word) or KNOWN.get(word, "")
        return not whole or bool(set(whole.lower().split()) & _ENDINGS)

    def _inside(self, words: Words, index: int) -> Iterator[str]:
        """Yield the outlets within "RTV's morning programme", "the Delta agency", "a correspondent of Delta"."""
        if words.lower[index] in _AGENCY and index > 1 and words.lower[index - 1] in {"news", "press"} and is_name(words, index - 2):
            run = name_run(words, index - 2) or (index - 2, index - 2)
            yield self._whole(plain(words, *run)) or plain(words, *run)
        for child in words.kids(index, "poss", "compound", "nmod", "appos"):
            if is_name(words, child):
                run = name_run(words, child) or (child, child)
                owns = words.lower[run[1] + 1 : run[1] + 2] in (["'s"], ["’s"])
                follows = words.dep[child] == "appos" or (owns and bool(self._whole(plain(words, *run)) or self._is_short(words, *run)))
                between = set(words.lower[run[1] + 1 : index])
                kinds = words.lower[index] in KINDS and between <= {"news", "press", "state"} and words.dep[child] != "poss"
                name = plain(words, run[0], _whole_end(words, run[1]))
                if name.lower() in _PLATFORMS:
                    continue
                if kinds or follows or is_media_name(words, *run):
                    yield self._whole(name) or (name if kinds or words.lower[index] in KINDS | REPORTERS else self.of(words, child))
        for link in words.kids(index, "prep"):
            thing = words.kid(link, "pobj")
            if thing is not None and words.lower[index] in REPORTERS | KINDS and words.lower[link] in {"of", "from", "for", "at", "with"}:
                yield self.of(words, thing, loose=words.lower[index] in REPORTERS)

    def _by_kind(self, words: Words, first: int, index: int) -> str:
        """Return whom "the agency" or "a local newspaper" means."""
        low, told = words.lower[index], words.lower[first:index]
        if told and told[0] in {"its", "his", "her", "their", "my"}:
            return ""
        told_apart = words.kid(index, "acl", "relcl", "prep") is not None and not _is_tail(words, index)
        bare = not told_apart and not [word for word in told if word not in _DEFINITE | {"a", "an"}]
        if bare and told and told[0] in _DEFINITE:
            return self._last(low)
        own = [word for word in told if word in _WHOSE | _ON_AIR]
        capital = any(words.text[word][:1].isupper() and words.tag[word] == "JJ" for word in range(first, index))
        named = next((word + 1 for word in range(index - 1, first - 1, -1) if not words.text[word][:1].isupper()), first)
        if named < index and words.lower[named - 1] in {"'s", "’s"}:
            return plain(words, named, index - 1)
        if low in _SURE or (low in _MASS and (capital or set(told) & _WHOSE)) or (low not in _MASS and own):
            return plain(words, first, index)
        return ""

    def _last(self, kind: str) -> str:
        """Return the outlet named last that a noun can mean: "the agency", "the paper"."""
        group = next((group for group in _GROUPS if kind in group), frozenset())
        said = [name for name, kinds in self.named if (kinds & group or kind == "outlet") and (kind != "agency" or name != self.own)]
        unsaid = [name for name, kinds in self.named if kinds == {"outlet"}]
        return (said or unsaid or [""])[-1]

    def _whole(self, name: str) -> str:
        """Return the full name of an outlet that is known, as the text has it."""
        if self.own and _is_short_for(name, self.own.removesuffix(" agency")):
            return self.own
        return next((known for known, _ in reversed(self.named) if _is_short_for(name, known)), "")


def _is_tail(words: Words, index: int) -> bool:
    """Whether what hangs on a noun is no part of who it is: "told the agency on Monday", "told the agency in Kelm"."""
    return all(words.lower[child] in {"on", "in", "at", "by"} for child in words.kids(index, "acl", "relcl", "prep"))


def is_media_name(words: Words, first: int, last: int) -> bool:
    """Whether the words of a name are those of an outlet: "Northern Times", "Radio Pelk"."""
    low = words.lower[first : last + 1]
    return low[-1] in _ENDINGS or (len(low) > 1 and low[0] in _OPENING) or (len(low) > 1 and low[-1].isdigit() and low[-2] in _ENDINGS)


def _is_body(words: Words, first: int, last: int) -> bool:
    return words.lower[last] in _BODIES or words.lower[first] in _BODIES


def _is_ours(words: Words, index: int) -> bool:
    """Whether "this" or "our" goes with an outlet or a reporter: "this newspaper", "our reporter Ann Lee"."""
    near = range(max(0, index - 3), index + 1)
    named = any(words.lower[word] in _OWN and words.lower[word + 1] in REPORTERS for word in near[:-1])
    return named or words.lower[index] in KINDS | REPORTERS


def _before(words: Words, first: int) -> str:
    """Return the kind in "the newspaper Daily Lantern"."""
    first -= bool(first) and words.text[first - 1] == "The"
    word = words.lower[first - 1] if first else ""
    low = first > 0 and words.text[first - 1].islower() and words.sentence[first - 1] == words.sentence[first]
    mine = first > 1 and words.lower[first - 2] in {"its", "his", "her", "their", "my"}
    return word if low and word in KINDS and not mine else ""


def _after(words: Words, last: int) -> str:
    """Return the kind in "the Daily Lantern newspaper" and "the Delta news agency"."""
    step = last + 2 if words.lower[last + 1 : last + 2] in (["news"], ["press"], ["state"]) else last + 1
    word = words.lower[step] if step < len(words) else ""
    return word if word in _FOLLOWED and words.text[step].islower() else ""


def _apposed(words: Words, last: int) -> str:
    """Return the kind in "Vechera, a Lumen daily"."""
    if words.text[last + 1 : last + 2] != [","] or words.lower[last + 2 : last + 3] not in (["a"], ["an"], ["the"], ["one"]):
        return ""
    for word in range(last + 3, min(last + 9, len(words))):
        if words.tag[word] in VERBS | {"IN", ",", "MD", "."}:
            return ""
        if words.lower[word] in KINDS and not set(words.tag[word + 1 : word + 2]) & _ON:
            return words.lower[word]
    return ""


def _own_words(words: Words, first: int, last: int) -> tuple[int, int]:
    """Leave out the day, and what stands before the kind of outlet: "South Korean newspaper Hankook Ilbo"."""
    first, last = _without_day(words, first, last)
    start = first
    for word in range(first, last):
        if words.lower[word] in KINDS and words.text[word].islower():
            start = word + 1
    return start, last


def _further(words: Words, last: int) -> int:
    """Return the last word of a name that goes on with a word the parser takes for none: "Lumen Today"."""
    return last + 1 if words.text[last + 1 : last + 2] in (["Today"], ["Online"], ["Live"], ["Weekly"], ["Daily"], ["Now"]) else last


def _without_day(words: Words, first: int, last: int) -> tuple[int, int]:
    """Leave out the day of "told the Echo Monday"."""
    return (first, last - 1) if first < last and words.lower[last] in WEEKDAYS else (first, last)


def _whole_end(words: Words, last: int) -> int:
    """Return the last word of a name with a number after it: "BBC Radio 4"."""
    if words.lower[last] in _ENDINGS and words.lower[last + 1 : last + 2] == ["of"] and is_name(words, min(last + 2, len(words) - 1)):
        return (name_run(words, last + 2) or (0, last + 2))[1]
    number = words.text[last + 1 : last + 2]
    return last + 1 if number and number[0].isdigit() and len(number[0]) < 3 and words.lower[last] in _ENDINGS else last


def _with_article(words: Words, start: int, name: str) -> str:
    return f"The {name}" if words.text[start - 1 : start] == ["The"] and start - 1 != words.sentence_of(start)[0] else name


def _heart(name: str) -> frozenset[str]:
    """Return the words of a name that tell it from others."""
    low = [word for word in name.lower().replace("’", "'").split() if word not in {"the"}]
    return frozenset(word for word in low if word not in _GENERIC) or frozenset(low)


def _is_short_for(name: str, whole: str) -> bool:
    """Whether a name is the end of another, or differs in nothing but "news agency": "the Echo", "Delta"."""
    ends = f" {whole.lower()}".endswith(f" {name.lower().removeprefix('the ')}")
    return bool(name) and (ends or _heart(name) == _heart(whole))
