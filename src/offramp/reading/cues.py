"""Words that report speech, written by hand from a knowledge of English.

Each verb has the frames in which it reports: ``c`` a clause ("said that ..."), ``q`` a quotation,
``o`` an object that is what was said ("denied the charge"), ``i`` an infinitive ("refused to go"),
``a`` an object and what it is called ("called it a trap"), ``h`` an object that heard it
("told her that ..."); a preposition after ``+`` opens the content ("called for talks").
"""

from __future__ import annotations

from offramp.reading.lexicon import listed

_FRAMES = """
say cqi: say state declare
say cq: add note remark reply answer retort respond continue reiterate repeat insist maintain assert contend opine
say cq: muse quip joke observe
say cq: confide
say cq: exclaim shout yell cry whisper mutter murmur grumble snap bark growl stammer interject intone conclude begin
say cq: lament complain
say cq: boast brag gush scoff sneer counter rejoin recite proclaim pronounce recount relate reckon stipulate wail fume
say cq: sigh laugh smile deadpan
say cq: rail
say cq: read tweet retweet post blog text email testify recall confess mention volunteer chime write plead explain
say c: estimate speculate theorize hypothesize posit allege surmise infer imply hint intimate signal indicate suggest
say c: find show reveal disclose discover report rule hold
say c: reason caution theorise rationalize complain
say c: specify clarify certify attest verify
tell chqi: tell
tell ch: inform notify assure remind advise caution brief
tell chi: warn
clause-object coq: announce claim argue admit acknowledge concede confirm predict forecast stress emphasize emphasise
clause-object coq: describe propose recommend
clause-object coqi: demand pledge vow promise swear threaten
clause-object o: outline detail cite dispute reject rebut refute dismiss repudiate criticize criticise condemn denounce decry
clause-object o: slam blast
clause-object o: bash lambast lambaste deride ridicule mock disparage praise hail laud applaud commend welcome thank
clause-object o: congratulate endorse defend
clause-object oc: bemoan complain detail dispute cite applaud lament mock deride
clause-object o: assail castigate rebuke chastise scold chide berate reprimand tout champion trumpet deplore protest
clause-object co: discuss
clause-object o: echo summarize summarise paraphrase invoke reaffirm voice express air publicize recount tease
clause-object co: question deny
infinitive hio: urge
infinitive hi: ask beg implore beseech exhort instruct order command encourage press
infinitive i: offer agree consent
infinitive io: refuse decline
label a: call label dub brand term name characterize characterise portray depict describe denounce condemn hail decry
label a: deride dismiss qualify
ask cq: ask inquire wonder query
"""

_EXTRA = {
    "say": "cqi",
    "liken": "o+to",
    "compare": "o+to",
    "rate": "a",
    "reference": "o",
    "crack": "cq",
    "chuckle": "q",
    "gloat": "cq",
    "proclaim": "coq",
    "call": "a+for+on+upon",
    "ask": "cqhi+for+about",
    "speak": "q+about+of+against",
    "talk": "+about+of",
    "complain": "cq+about+of",
    "warn": "cqhi+of+about+against",
    "accuse": "+of",
    "blame": "o+for",
    "charge": "c+with",
    "credit": "+with+for",
    "fault": "+for",
    "criticize": "o+for",
    "criticise": "o+for",
    "point": "c",
    "allude": "+to",
    "apologize": "+for",
    "apologise": "+for",
    "agree": "ci+with+to+on",
    "disagree": "c+with",
    "plead": "cqi+for+with",
    "beg": "+for",
    "argue": "cqo+for+against+in",
    "comment": "cq+on+about",
    "elaborate": "q+on",
    "testify": "cq+about+to",
    "joke": "cq+about",
    "boast": "cq+of+about",
    "brag": "cq+of+about",
    "write": "cq+about+of",
    "tweet": "cqo+about",
    "quote": "qo",
    "vouch": "+for",
    "rail": "q+against+about",
    "inquire": "cq+about+into",
    "demand": "cqoi",
    "report": "co+on",
    "mention": "co",
    "note": "cqo",
    "reiterate": "cqo",
    "repeat": "cqo",
    "explain": "cqo",
    "suggest": "cqo",
    "assert": "cqo",
    "allege": "cqo",
    "reveal": "co",
    "disclose": "co",
    "remind": "ch+of",
    "inform": "ch+of+about",
    "notify": "ch+of",
    "assure": "ch+of",
    "tell": "chqi+about+of",
    "describe": "coqa",
    "advise": "chi+on+about",
    "express": "o",
    "state": "cqo",
    "recall": "cqo",
    "insist": "cq+on",
    "lament": "cqo",
    "indicate": "co",
    "declare": "cqo",
    "predict": "cqo",
    "propose": "cqoi",
    "cheer": "o",
    "request": "coi",
    "clarify": "co",
    "exclaim": "cq",
    "scream": "cq",
    "shout": "cqo",
    "chant": "cqo",
    "sing": "q",
    "preach": "cq",
    "concur": "cq",
    "surmise": "cq",
    "stipulate": "c",
    "assess": "c",
    "attack": "a+for+over",
    "require": "c",
    "accept": "c",
    "signal": "co",
    "contradict": "cqo",
    "regret": "co",
    "provide": "c",
    "promise": "chqi",
    "submit": "c",
    "move": "c",
    "concede": "co",
    "dissent": "cq",
    "object": "cq+to",
    "disown": "o",
    "disavow": "o",
    "grumble": "cq+about",
    "hint": "c+at",
    "recount": "cqo",
    "forbid": "hi",
    "respond": "cq",
    "reply": "cq",
    "ascertain": "c",
    "warrant": "c",
    "foresee": "co",
    "foretell": "co",
    "caution": "chqi+against",
    "order": "o",
    "threaten": "cqoi+with",
    "petition": "i+for",
    "lobby": "i+for+against",
    "protest": "cqo+against",
    "campaign": "+for+against",
    "counsel": "chi+against",
    "appeal": "i+for",
    "conclude": "cq",
}

_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "speak": "speaks spoke spoken speaking",
    "find": "finds found finding",
    "show": "shows showed shown showing",
    "hold": "holds held holding",
    "read": "reads read reading",
    "swear": "swears swore sworn swearing",
    "begin": "begins began begun beginning",
    "sing": "sings sang sung singing",
    "forecast": "forecasts forecast forecasted forecasting",
    "lie": "lies lied lying",
    "beg": "begs begged begging",
    "plead": "pleads pleaded pled pleading",
    "quip": "quips quipped quipping",
    "snap": "snaps snapped snapping",
    "slam": "slams slammed slamming",
    "brag": "brags bragged bragging",
    "rebut": "rebuts rebutted rebutting",
    "admit": "admits admitted admitting",
    "dub": "dubs dubbed dubbing",
    "refer": "refers referred referring",
    "infer": "infers inferred inferring",
    "concur": "concurs concurred concurring",
    "blog": "blogs blogged blogging",
    "go": "goes went gone going",
    "submit": "submits submitted submitting",
    "forbid": "forbids forbade forbidden forbidding",
    "foresee": "foresees foresaw foreseen foreseeing",
    "foretell": "foretells foretold foretelling",
    "regret": "regrets regretted regretting",
    "signal": "signals signaled signaling signalled signalling",
    "label": "labels labeled labeling labelled labelling",
    "counsel": "counsels counseled counseling counselled counselling",
}


def _frames() -> dict[str, str]:
    frames: dict[str, str] = {}
    for line in _FRAMES.strip().splitlines():
        head, verbs = line.split(":")
        for verb in verbs.split():
            frames[verb] = frames.get(verb, "") + head.split()[1]
    for verb, extra in _EXTRA.items():
        own, *prepositions = extra.split("+")
        frames[verb] = frames.get(verb, "") + own + "".join(f"+{word}+" for word in prepositions)
    return {verb: frame for verb, frame in frames.items() if frame}


def _inflect(verb: str) -> list[str]:
    """Return the forms of a verb, by the rules of spelling unless listed."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb].split()
    if verb.endswith("e"):
        return [verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    ending = "es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return [verb + ending, verb + "ed", verb + "ing"]


FRAMES = _frames()
LEMMA = {form: verb for verb in FRAMES for form in [verb, *_inflect(verb)]}
"""The dictionary form of every form of a reporting verb."""

SAYINGS = listed(
    """statement claim allegation accusation assertion argument suggestion warning promise pledge vow announcement declaration report
    contention admission acknowledgement acknowledgment denial complaint insistence confession testimony proposal demand prediction
    charge revelation assurance rumor rumour speculation remark comment criticism call concern doubt threat appeal message word reminder
    disclosure pronouncement observation explanation answer reply response finding ruling verdict estimate forecast oath boast joke
    order instruction request plea advice recommendation protest objection emphasis conclusion"""
)
"""Nouns for an act of speech that take a clause: "the claim that ..."."""

WRITINGS = listed(
    """letter article study survey poll post tweet message email memo essay column book transcript document statement report release"""
)

FINDERS = listed(
    """poll survey study report research researcher review investigation investigator analysis analyst data figure statistic court
    judge jury inspector audit auditor committee panel expert scientist university letter document record email video number
    commission tribunal estimate census test inquiry article memo transcript result evidence average laboratory lab footage film
    map chart index count autopsy examination footage dissenter majority"""
)
"""Who can "find" or "show" that something is so, in the sense of reporting it."""

GERUNDS = listed("suggest propose recommend admit deny mention acknowledge report advise oppose cite discuss recall regret describe")
"""Verbs whose gerund is what was said: "suggested leaving"."""

NEGATING = listed("not n't never nor neither hardly barely")
REFUSING = listed("decline refuse")
MODALS = listed("would could might may should must can will 'd 'll shall")
HEARSAY_ADVERBS = listed("reportedly allegedly purportedly supposedly apparently")
HEARSAY_SOURCES = listed("report reports rumor rumors rumour rumours source sources hearsay")

OUTLET_NOUNS = listed(
    """newspaper paper daily agency broadcaster magazine website network channel station weekly outlet wire podcast tabloid program
    programme show"""
)
OUTLET_ENDINGS = listed(
    """times post news journal tribune herald guardian telegraph daily ilbo reuters press tv radio magazine observer gazette chronicle
    globe today broadcasting sun mirror standard express mail monitor bulletin courier dispatch independent pravda inquirer examiner
    interfax tass yonhap kyodo xinhua bloomberg politico axios vox npr cnn bbc dw afp ap upi fox nbc cbs abc msnbc pbs wsj dpa rtl
    zdf ard welle jazeera kbs mbc sbs ytn nhk rferl ukrinform unian suspilne hankyoreh spiegel monde figaro economist newsweek
    buzzfeed week"""
)
