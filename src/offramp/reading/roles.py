"""Whether people or a body without a name of their own speak or act where a text mentions them."""

from __future__ import annotations

from offramp.reading.nametables import PEOPLE, words
from offramp.reading.parsed import Token

SPEAKS = words(
    """
    say tell speak add state claim argue warn insist note explain deny report accuse allege urge demand ask plead announce declare admit
    confirm believe think stress complain testify recall describe call fear hope want refuse request vow agree suggest write
    respond reply answer comment acknowledge concede predict swear tweet shout promise threaten apologise apologize quote
    contradict maintain assert remark mention joke quip emphasise emphasize underline reiterate repeat counter retort object
    protest reveal disclose caution advise boast grumble mutter whisper yell cry lament praise welcome hail condemn denounce
    criticise criticize reject dismiss dispute question doubt post text affirm attest proclaim relate recount narrate
    """
)
"""Verbs of saying and of attitude."""
_DEEDS = SPEAKS | words(
    """
    order sign veto rule resign appoint pardon sue attack shoot kill fire arrest detain kidnap release free beat torture meet
    negotiate mediate visit lead command publish vote protest strike seize invade storm raid surrender escape defect sentence
    advise forbid nod convict acquit charge ban sack nominate elect oversee smuggle sabotage summon send let
    """
)
"""What one person without a name must do to count: the rest is scenery."""
_UNDERGOES = words(
    """
    be have live remain stay lie exist lose die fall suffer get become seem appear need know face own belong contain cost include
    involve mean consist represent number total rise grow drop starve drown go earn look feel lack receive deserve resemble
    last happen occur begin end stand continue burn collapse sink vanish disappear depend matter
    """
)
"""Verbs whose subject does nothing."""
_ONE_OF_A_KIND = words("government cabinet army parliament opposition junta regime presidency")
_WORDS = words("silence report reply claim account statement testimony opinion view estimate assessment word refusal demand threat promise")
_VERBS_LIKE_NOUNS = words("reports claims states notes demands estimates")
_IMAGINED = words("would should could might may must shall")
"""With these before the verb nothing is done."""
_CALLED_IN = words("summon sue accuse sanction")
_ADDRESSED = words("ask urge accuse summon order press criticise criticize sue sanction back arm")
_TALKS = words(
    "talk negotiation communication tie accord exchange agreement deal meeting dialogue pressure statement demand ceasefire truce"
)
_SAID_OF = words("report say understand believe suppose quote expect allege rumour")
_HEARERS = words("television radio newspaper daily weekly broadcaster station magazine website outlet agency")
MOUTHS = words("spokesman spokeswoman spokesperson")
_OWN = words("decision refusal silence demand offer position request claim statement response reply plan policy")


def plays(token: Token, kind: str) -> bool:
    """Say whether the head of a phrase for people or a body has it speak or act.

    Parameters
    ----------
    token : Token
        The head of the phrase.
    kind : str
        ``person``, ``group`` or ``organisation``: one person counts for less than a group does.

    Notes
    -----
    A body speaks through its spokesman: "a foreign ministry spokesman said".
    """
    role, verb = token.dep_, token.head.lemma_.lower()
    if role == "nsubjpass" and _is_of_state(token, kind):
        return True
    if role == "compound" or (role == "nsubjpass" and verb in _SAID_OF) or (role in ("dobj", "pobj") and _is_source(token, role)):
        return True
    if role == "nsubj":
        if any(left.dep_ == "aux" and left.text.lower() in _IMAGINED for left in token.head.lefts):
            return False
        verbs = {verb, *(right.lemma_.lower() for right in token.head.rights if right.dep_ == "conj")}
        return (
            bool(verbs & _DEEDS) if kind == "person" else _is_of_state(token, kind) or (token.head.pos_ != "AUX" and verb not in _UNDERGOES)
        )
    if role == "conj" and token.head.i < token.i:
        return token.head.pos_ in ("PROPN", "NOUN", "PRON") and plays(token.head, kind)
    if role == "pobj":
        return _after_preposition(token, kind)
    if role in ("dobj", "dative"):
        return verb in (_CALLED_IN if kind == "person" else _ADDRESSED)
    return kind != "person" and role == "poss" and verb in _OWN


def is_misread(token: Token) -> bool:
    """Say whether the noun before which a body stands is its verb: "the state news agency reports"."""
    return (
        token.head.tag_ == "NNS"
        and token.head.text.lower() in _VERBS_LIKE_NOUNS
        and not any(True for _ in token.head.rights if _.pos_ == "ADP")
    )


def _is_of_state(token: Token, kind: str) -> bool:
    """Say whether the phrase is "the cabinet" or the like, of which there is one: what it is or has is told of somebody."""
    definite = any(left.text.lower() == "the" for left in token.lefts)
    return kind == "organisation" and definite and token.text.lower() in _ONE_OF_A_KIND


def _is_source(token: Token, role: str) -> bool:
    """Say whether words are taken from somebody: "citing a guard", "told state television", "a spokeswoman for the mediators"."""
    if role == "pobj":
        word, before = token.head.text.lower(), token.head.head
        noun = before.lemma_.lower()
        whose = any(left.text.lower() == "the" for left in token.lefts) and noun in PEOPLE and before.dep_ in ("nsubj", "agent", "pobj")
        return (word == "for" and noun in MOUTHS) or (word == "of" and noun in _WORDS) or (word in ("of", "from") and whose)
    verb = token.head.lemma_.lower()
    return verb in ("quote", "cite") or (verb == "tell" and token.text.lower() in _HEARERS)


def _after_preposition(token: Token, kind: str) -> bool:
    word, before = token.head.text.lower(), token.head.head
    if word == "by":
        return token.head.dep_ == "agent" and (kind != "person" or before.lemma_.lower() in _DEEDS)
    if word == "to":
        return before.text.lower() in ("according", "attributed", "reference")
    if word == "from" and before.lemma_.lower() in ("hear", "learn"):
        return True
    return kind != "person" and word in ("between", "with") and before.lemma_.lower().removesuffix("s") in _TALKS
