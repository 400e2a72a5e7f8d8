# ruff: noqa: E501  (a title is one line)
"""The treaties and declarations that reports of conflicts cite: one short name each, and how they are written.

The short names are those that lawyers and United Nations bodies use (GC III, CAT, ICCPR), or the plain title where no letters are in
common use (Rome Statute). Treaties of humanitarian, human-rights, refugee, criminal, disarmament, sea, diplomatic and security law.
Titles are matched with or without "the", "United Nations", "International" and a year before them; an abbreviation that is also another
body's or an everyday word counts only beside an article, or where the text gives the title too.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Treaty:
    """A treaty: its short name, the pattern of its titles, its abbreviations, and the noun that stands for it later in a text."""

    name: str
    titles: str
    letters: tuple[str, ...] = ()
    noun: str = "convention"
    doubtful: bool = False
    """Whether the abbreviation alone may be something else."""


_ON = r"(?:on|for|relating to|concerning|regarding)\s+(?:the\s+)?"
_AND = r"(?:and|,)\s+"
_TORTURE = r"Convention\s+against\s+Torture(?:\s+and\s+Other\s+Cruel,\s+Inhuman\s+or\s+Degrading\s+Treatment\s+or\s+Punishment)?"

_HUMANITARIAN = (
    Treaty("GC I", r"(?-i:First\s+Convention)|(?:First|1st)\s+Geneva\s+Convention|Geneva\s+Convention\s+I\b", ("GC I", "GCI")),
    Treaty("GC II", r"(?-i:Second\s+Convention)|(?:Second|2nd)\s+Geneva\s+Convention|Geneva\s+Convention\s+II\b", ("GC II", "GCII")),
    Treaty(
        "GC III",
        r"(?-i:Third\s+Convention)|(?:Third|3rd)\s+Geneva\s+Convention|Geneva\s+Convention\s+III\b"
        r"|(?:Third\s+)?Geneva\s+Convention\s+(?:\(III\)\s+)?(?:relative to|on|for)\s+(?:the\s+)?(?:treatment|protection)\s+of\s+prisoners\s+of\s+war"
        r"|Prisoners?[\s-]of[\s-]War\s+Convention|POW\s+Convention",
        ("GC III", "GCIII"),
    ),
    Treaty(
        "GC IV",
        r"(?-i:Fourth\s+Convention)|(?:Fourth|4th)\s+Geneva\s+Convention|Geneva\s+Convention\s+IV\b"
        r"|Geneva\s+Convention\s+(?:relative to|on|for)\s+(?:the\s+)?protection\s+of\s+civilian(?:s|\s+persons)(?:\s+in\s+time\s+of\s+war)?",
        ("GC IV", "GCIV"),
    ),
    Treaty("AP I", r"(?:First\s+Additional\s+Protocol|Additional\s+Protocol\s+(?:I|1)\b|Protocol\s+I\b(?!-))(?:\s+(?:of|to)\s+the\s+Geneva\s+Conventions)?", ("AP I", "API"), "protocol", True),
    Treaty("AP II", r"(?:Second\s+Additional\s+Protocol|Additional\s+Protocol\s+(?:II|2)\b|Protocol\s+II\b)(?:\s+(?:of|to)\s+the\s+Geneva\s+Conventions)?", ("AP II",), "protocol"),
    Treaty("AP III", r"(?:Third\s+Additional\s+Protocol|Additional\s+Protocol\s+(?:III|3)\b)(?:\s+(?:of|to)\s+the\s+Geneva\s+Conventions)?", ("AP III",), "protocol"),
    Treaty("Additional Protocols", r"Additional\s+Protocols(?:\s+(?:of|to)\s+the\s+Geneva\s+Conventions)?", (), "protocol"),
    Treaty("Geneva Conventions", r"(?:four\s+)?Geneva\s+Conventions?"),
    Treaty("Hague Regulations", r"Hague\s+Regulations", (), "regulations"),
    Treaty("Hague Convention IV", r"(?:Fourth\s+Hague\s+Convention|Hague\s+Convention\s+IV\b)"),
    Treaty("1954 Hague Convention", r"(?:1954\s+Hague\s+Convention|(?:Hague\s+)?Convention\s+for\s+the\s+Protection\s+of\s+Cultural\s+Property[\w\s]{0,40}?Conflict)"),
    Treaty("Hague Child Abduction Convention", r"(?:1980\s+)?Hague\s+(?:Child\s+)?Abduction\s+Convention|Hague\s+Convention\s+on\s+(?:the\s+Civil\s+Aspects\s+of\s+)?International\s+Child\s+Abduction"),
    Treaty("Hague Conventions", r"Hague\s+Conventions?"),
    Treaty("Genocide Convention", r"Genocide\s+Convention|Convention\s+on\s+the\s+Prevention\s+and\s+Punishment\s+of\s+(?:the\s+Crime\s+of\s+)?Genocide"),
    Treaty("Rome Statute", r"Rome\s+Statute(?:\s+of\s+the\s+International\s+Criminal\s+Court)?|Statute\s+of\s+the\s+International\s+Criminal\s+Court", (), "statute"),
    Treaty("ICJ Statute", r"Statute\s+of\s+the\s+(?:International\s+Court\s+of\s+Justice|ICJ)|ICJ\s+Statute", (), "statute"),
)  # fmt: skip

_HUMAN_RIGHTS = (
    Treaty("OPCAT", rf"Optional\s+Protocol\s+to\s+the\s+(?:{_TORTURE}|CAT\b)", ("OPCAT",), "protocol"),
    Treaty("CAT", rf"{_TORTURE}|Anti-Torture\s+Convention|(?:UN\s+)?Torture\s+Convention", ("UNCAT", "CAT"), doubtful=True),
    Treaty("ICCPR", r"Covenant\s+on\s+Civil\s+and\s+Political\s+Rights", ("ICCPR",), "covenant"),
    Treaty("ICESCR", r"Covenant\s+on\s+Economic,\s+Social,?\s+and\s+Cultural\s+Rights", ("ICESCR",), "covenant"),
    Treaty("UDHR", r"Universal\s+Declaration\s+(?:of|on)\s+Human\s+Rights", ("UDHR",), "declaration"),
    Treaty("ECHR", r"European\s+(?:Human\s+Rights\s+Convention|Convention\s+(?:on|for\s+the\s+Protection\s+of|of)\s+Human\s+Rights(?:\s+and\s+Fundamental\s+Freedoms)?)", ("ECHR",), doubtful=True),
    Treaty("CRC", r"Convention\s+on\s+the\s+Rights\s+of\s+(?:the\s+)?Child(?:ren)?|Children?['’]?s?['’]?\s+Rights\s+Convention", ("UNCRC", "CRC"), doubtful=True),
    Treaty("CEDAW", r"Convention\s+on\s+the\s+Elimination\s+of\s+(?:All\s+Forms\s+of\s+)?Discrimination\s+Against\s+Women", ("CEDAW",)),
    Treaty("ICERD", r"Convention\s+on\s+the\s+Elimination\s+of\s+(?:All\s+Forms\s+of\s+)?Racial\s+Discrimination", ("ICERD", "CERD")),
    Treaty("CRPD", r"Convention\s+on\s+the\s+Rights\s+of\s+Persons\s+with\s+Disabilities", ("CRPD",)),
    Treaty("ICPPED", r"Convention\s+(?:for\s+the\s+Protection\s+of\s+All\s+Persons\s+from|on|against)\s+Enforced\s+Disappearances?", ("ICPPED", "CED"), doubtful=True),
    Treaty("ICRMW", r"Convention\s+on\s+the\s+(?:Protection\s+of\s+the\s+)?Rights\s+of\s+(?:All\s+)?Migrant\s+Workers(?:\s+and\s+Members\s+of\s+Their\s+Families)?", ("ICRMW", "CMW"), doubtful=True),
    Treaty("ACHR", r"American\s+Convention\s+on\s+Human\s+Rights|Pact\s+of\s+San\s+Jos[eé]", ("ACHR",), doubtful=True),
    Treaty("ACHPR", r"African\s+(?:\(Banjul\)\s+)?Charter\s+on\s+Human\s+and\s+Peoples['’]?\s+Rights|Banjul\s+Charter", ("ACHPR",), "charter", True),
    Treaty("Arab Charter on Human Rights", r"Arab\s+Charter\s+on\s+Human\s+Rights", (), "charter"),
    Treaty("EU Charter of Fundamental Rights", r"(?:EU\s+|European\s+Union\s+)?Charter\s+of\s+Fundamental\s+Rights(?:\s+of\s+the\s+European\s+Union)?", (), "charter"),
    Treaty("European Social Charter", r"European\s+Social\s+Charter", (), "charter"),
    Treaty("Istanbul Convention", r"Istanbul\s+Convention"),
    Treaty("Istanbul Protocol", r"Istanbul\s+Protocol", (), "protocol"),
    Treaty("Mandela Rules", r"(?:Nelson\s+)?Mandela\s+Rules", (), "rules"),
    Treaty("Refugee Convention", r"(?:Geneva\s+)?Refugee\s+Convention|(?:Geneva\s+)?Convention\s+(?:relating\s+to|on)\s+the\s+Status\s+of\s+Refugees|(?<=1951\s)Geneva\s+Convention"),
    Treaty("Refugee Protocol", r"Protocol\s+relating\s+to\s+the\s+Status\s+of\s+Refugees|Refugee\s+Protocol|1967\s+Protocol", (), "protocol"),
    Treaty("1954 Statelessness Convention", r"Convention\s+relating\s+to\s+the\s+Status\s+of\s+Stateless\s+Persons"),
    Treaty("1961 Statelessness Convention", r"Convention\s+on\s+the\s+Reduction\s+of\s+Statelessness"),
    Treaty("Cartagena Declaration", r"Cartagena\s+Declaration(?:\s+on\s+Refugees)?", (), "declaration"),
    Treaty("Forced Labour Convention", r"Forced\s+Labou?r\s+Convention|ILO\s+Convention\s+(?:No\.\s*)?29\b"),
    Treaty("Slavery Convention", r"Slavery\s+Convention"),
    Treaty("Palermo Protocol", r"Palermo\s+Protocol|Trafficking\s+Protocol|Protocol\s+to\s+Prevent,\s+Suppress\s+and\s+Punish\s+Trafficking\s+in\s+Persons", (), "protocol"),
    Treaty("UNTOC", r"Convention\s+against\s+Transnational\s+Organi[sz]ed\s+Crime|Palermo\s+Convention", ("UNTOC",)),
    Treaty("UNCAC", r"Convention\s+against\s+Corruption", ("UNCAC",)),
)  # fmt: skip

_ARMS = (
    Treaty("NPT", r"(?:Nuclear\s+)?(?:Non-?Proliferation\s+Treaty|Treaty\s+on\s+the\s+Non-?Proliferation\s+of\s+Nuclear\s+Weapons)", ("NPT",), "treaty"),
    Treaty("CTBT", r"(?:Comprehensive\s+)?(?:Nuclear[\s-])?Test[\s-]Ban\s+Treaty", ("CTBT",), "treaty"),
    Treaty("TPNW", r"Treaty\s+on\s+the\s+Prohibition\s+of\s+Nuclear\s+Weapons|Nuclear\s+(?:Weapons?\s+)?Ban\s+Treaty", ("TPNW",), "treaty"),
    Treaty("INF Treaty", r"INF\s+Treaty|Intermediate-Range\s+Nuclear\s+Forces\s+Treaty", (), "treaty"),
    Treaty("New START", r"New\s+START(?:\s+Treaty)?", (), "treaty"),
    Treaty("Open Skies Treaty", r"(?:Open\s+Skies\s+Treaty|Treaty\s+on\s+Open\s+Skies)", (), "treaty"),
    Treaty("ABM Treaty", r"ABM\s+Treaty|Anti-Ballistic\s+Missile\s+Treaty", (), "treaty"),
    Treaty("CFE Treaty", r"CFE\s+Treaty|Treaty\s+on\s+Conventional\s+Armed\s+Forces\s+in\s+Europe", (), "treaty"),
    Treaty("CWC", r"Chemical\s+Weapons\s+Convention", ("CWC",)),
    Treaty("BWC", r"Biological(?:\s+and\s+Toxin)?\s+Weapons\s+Convention", ("BWC", "BTWC")),
    Treaty("CCW", r"Convention\s+on\s+(?:Certain\s+)?Conventional\s+Weapons", ("CCW",), doubtful=True),
    Treaty("Ottawa Convention", r"Ottawa\s+(?:Convention|Treaty)|(?:Anti-?[Pp]ersonnel\s+)?(?:Land)?[Mm]ine[\s-]Ban\s+(?:Convention|Treaty)", ()),
    Treaty("CCM", r"Convention\s+on\s+Cluster\s+Munitions|Oslo\s+Convention", ("CCM",), doubtful=True),
    Treaty("ATT", r"Arms\s+Trade\s+Treaty", ("ATT",), "treaty", True),
    Treaty("Outer Space Treaty", r"Outer\s+Space\s+Treaty", (), "treaty"),
    Treaty("Geneva Protocol", r"Geneva\s+Protocol|Geneva\s+Gas\s+Protocol", (), "protocol"),
)  # fmt: skip

_STATES = (
    Treaty("UN Charter", r"(?:UN|U\.N\.|United\s+Nations)\s+Charter|Charter\s+of\s+the\s+(?:United\s+Nations|UN)", (), "charter"),
    Treaty("UNCLOS", r"Convention\s+on\s+the\s+Law\s+of\s+the\s+Sea|Law\s+of\s+the\s+Sea\s+(?:Convention|Treaty)", ("UNCLOS",)),
    Treaty("SOLAS", r"Convention\s+for\s+the\s+Safety\s+of\s+Life\s+at\s+Sea|SOLAS\s+Convention", ("SOLAS",)),
    Treaty("SAR Convention", r"(?:SAR|Search\s+and\s+Rescue)\s+Convention|Convention\s+on\s+Maritime\s+Search\s+and\s+Rescue"),
    Treaty("SUA Convention", r"SUA\s+Convention|Convention\s+for\s+the\s+Suppression\s+of\s+Unlawful\s+Acts\s+[\w\s]{0,40}?Navigation"),
    Treaty("MARPOL", r"MARPOL\s+Convention", ("MARPOL",)),
    Treaty("Montreux Convention", r"Montreux\s+Convention"),
    Treaty("VCCR", r"Vienna\s+Convention\s+on\s+Consular\s+Relations", ("VCCR",)),
    Treaty("VCDR", r"Vienna\s+Convention\s+on\s+Diplomatic\s+Relations", ("VCDR",)),
    Treaty("VCLT", r"Vienna\s+Convention\s+on\s+the\s+Law\s+of\s+Treaties", ("VCLT",)),
    Treaty("Chicago Convention", r"Chicago\s+Convention|Convention\s+on\s+International\s+Civil\s+Aviation"),
    Treaty("North Atlantic Treaty", r"North\s+Atlantic\s+Treaty(?!\s+Org)|Washington\s+Treaty|NATO(?:['’]s)?\s+(?:founding\s+)?treaty", (), "treaty"),
    Treaty("TEU", r"Treaty\s+on\s+European\s+Union|Lisbon\s+Treaty|Treaty\s+of\s+Lisbon", ("TEU",), "treaty", True),
    Treaty("TFEU", r"Treaty\s+on\s+the\s+Functioning\s+of\s+the\s+European\s+Union", ("TFEU",), "treaty"),
    Treaty("Helsinki Final Act", r"Helsinki\s+Final\s+Act", (), "act"),
    Treaty("Budapest Memorandum", r"Budapest\s+Memorandum", (), "memorandum"),
    Treaty("Minsk agreements", r"Minsk\s+(?:agreements?|accords?|protocols?|II\b|I\b)", (), "agreement"),
    Treaty("Korean Armistice Agreement", r"(?:Korean\s+(?:War\s+)?)?Armistice\s+Agreement|Korean\s+(?:War\s+)?Armistice", (), "agreement"),
    Treaty("Panmunjom Declaration", r"Panmunjom\s+Declaration", (), "declaration"),
    Treaty("Antarctic Treaty", r"Antarctic\s+Treaty", (), "treaty"),
    Treaty("Paris Agreement", r"Paris\s+(?:Climate\s+)?Agreement", (), "agreement"),
    Treaty("Oslo Accords", r"Oslo\s+Accords", (), "agreement"),
)  # fmt: skip

TREATIES: tuple[Treaty, ...] = (*_HUMANITARIAN, *_HUMAN_RIGHTS, *_ARMS, *_STATES)
"""Searched in this order at each place; the longest title wins."""
