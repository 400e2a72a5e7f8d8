"""Codes of languages, as BCP 47 writes them: ``en``, ``ko``, ``en-GB``; and which of them are analysed."""

from __future__ import annotations

import functools
import re

ANALYSED = frozenset(["en", ""])
"""Languages that are read; the empty one is not said, and taken for English."""

_TWO = """
aa aar Afar|ab abk Abkhazian|ae ave Avestan|af afr Afrikaans|ak aka Akan|am amh Amharic|an arg Aragonese|ar ara Arabic|as asm Assamese
av ava Avaric|ay aym Aymara|az aze Azerbaijani|ba bak Bashkir|be bel Belarusian|bg bul Bulgarian|bi bis Bislama|bm bam Bambara
bn ben Bengali|bo bod,tib Tibetan|br bre Breton|bs bos Bosnian|ca cat Catalan|ce che Chechen|ch cha Chamorro|co cos Corsican|cr cre Cree
cs ces,cze Czech|cu chu Slavonic|cv chv Chuvash|cy cym,wel Welsh|da dan Danish|de deu,ger German|dv div Divehi|dz dzo Dzongkha|ee ewe Ewe
el ell,gre Greek|en eng English|eo epo Esperanto|es spa Spanish|et est Estonian|eu eus,baq Basque|fa fas,per Persian|ff ful Fulah
fi fin Finnish|fj fij Fijian|fo fao Faroese|fr fra,fre French|fy fry Frisian|ga gle Irish|gd gla Gaelic|gl glg Galician|gn grn Guarani
gu guj Gujarati|gv glv Manx|ha hau Hausa|he heb Hebrew|hi hin Hindi|ho hmo Hiri|hr hrv Croatian|ht hat Haitian|hu hun Hungarian
hy hye,arm Armenian|hz her Herero|ia ina Interlingua|id ind Indonesian|ie ile Interlingue|ig ibo Igbo|ii iii Nuosu|ik ipk Inupiaq
io ido Ido|is isl,ice Icelandic|it ita Italian|iu iku Inuktitut|ja jpn Japanese|jv jav Javanese|ka kat,geo Georgian|kg kon Kongo
ki kik Kikuyu|kj kua Kuanyama|kk kaz Kazakh|kl kal Greenlandic|km khm Khmer|kn kan Kannada|ko kor Korean|kr kau Kanuri|ks kas Kashmiri
ku kur Kurdish|kv kom Komi|kw cor Cornish|ky kir Kyrgyz|la lat Latin|lb ltz Luxembourgish|lg lug Ganda|li lim Limburgish|ln lin Lingala
lo lao Lao|lt lit Lithuanian|lu lub Luba|lv lav Latvian|mg mlg Malagasy|mh mah Marshallese|mi mri,mao Maori|mk mkd,mac Macedonian
ml mal Malayalam|mn mon Mongolian|mr mar Marathi|ms msa,may Malay|mt mlt Maltese|my mya,bur Burmese|na nau Nauru|nb nob Bokmål
nd nde Ndebele|ne nep Nepali|ng ndo Ndonga|nl nld,dut Dutch|nn nno Nynorsk|no nor Norwegian|nr nbl Ndebele|nv nav Navajo|ny nya Chichewa
oc oci Occitan|oj oji Ojibwa|om orm Oromo|or ori Odia|os oss Ossetian|pa pan Punjabi|pi pli Pali|pl pol Polish|ps pus Pashto
pt por Portuguese|qu que Quechua|rm roh Romansh|rn run Kirundi|ro ron,rum Romanian|ru rus Russian|rw kin Kinyarwanda|sa san Sanskrit
sc srd Sardinian|sd snd Sindhi|se sme Sami|sg sag Sango|si sin Sinhala|sk slk,slo Slovak|sl slv Slovenian|sm smo Samoan|sn sna Shona
so som Somali|sq sqi,alb Albanian|sr srp Serbian|ss ssw Swati|st sot Sotho|su sun Sundanese|sv swe Swedish|sw swa Swahili|ta tam Tamil
te tel Telugu|tg tgk Tajik|th tha Thai|ti tir Tigrinya|tk tuk Turkmen|tl tgl Tagalog|tn tsn Tswana|to ton Tongan|tr tur Turkish
ts tso Tsonga|tt tat Tatar|tw twi Twi|ty tah Tahitian|ug uig Uyghur|uk ukr Ukrainian|ur urd Urdu|uz uzb Uzbek|ve ven Venda
vi vie Vietnamese|vo vol Volapük|wa wln Walloon|wo wol Wolof|xh xho Xhosa|yi yid Yiddish|yo yor Yoruba|za zha Zhuang
zh zho,chi Chinese|zu zul Zulu
"""
"""ISO 639-1: the code, those of three letters for the same language, and its English name."""

_MISTAKEN = {"jp": "ja", "kr": "ko", "kp": "ko", "cn": "zh", "tw": "zh", "ua": "uk", "gr": "el", "cz": "cs", "dk": "da", "gb": "en",
             "us": "en", "at": "de", "il": "he", "ir": "fa", "vn": "vi", "iw": "he", "in": "hi", "br": "pt", "by": "be"}  # fmt: skip
"""Countries that are taken for their language; those that are codes of languages themselves are never looked up here."""

_TAG = re.compile(r"([a-z]{2,3})((?:-(?:[a-z]{2,3}|[a-z]{4}|[0-9]{3}|[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)", re.IGNORECASE)


def language_code(text: str) -> str:
    """Return a language as it is stored.

    Parameters
    ----------
    text : str
        A tag of BCP 47, in capitals or not, with ``-`` or ``_``; or "".

    Returns
    -------
    code : str
        The shortest code of the language, a script with a capital, a region in
        capitals: what is one language is one text.

    Raises
    ------
    ValueError
        ``found|expected|remedy`` where it is no such tag.

    Examples
    --------
    >>> language_code("EN"), language_code("en_gb"), language_code("eng"), language_code("ZH-HANT-tw"), language_code("tlh")
    ('en', 'en-GB', 'en', 'zh-Hant-TW', 'tlh')
    """
    if not text:
        return text
    found = _TAG.fullmatch(text.replace("_", "-"))
    two, three, _ = _tables()
    primary = three.get(found[1].lower(), found[1].lower()) if found else ""
    if found is None or (len(primary) == 2 and primary not in two):
        raise ValueError(f"{text[:60]!r} is no language code|a code of two or three letters such as en, uk, ko|{_remedy(text)}")
    return "-".join([primary, *(_written(part) for part in found[2].split("-")[1:])])


def is_analysed(language: str) -> bool:
    """Return whether texts in a language are read, and not only stored and pinned.

    Examples
    --------
    >>> is_analysed("en-GB"), is_analysed(""), is_analysed("uk")
    (True, True, False)
    """
    try:
        return language_code(language).partition("-")[0] in ANALYSED
    except ValueError:
        return False


def _remedy(text: str) -> str:
    word = text.strip().lower()
    code = _MISTAKEN.get(word) or _tables()[2].get(word)
    return f"write {code}" if code else "look the code up under ISO 639, or leave the language out"


def _written(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 else part.lower()


@functools.cache
def _tables() -> tuple[frozenset[str], dict[str, str], dict[str, str]]:
    """Return the codes of two letters, and those for codes of three letters and for names."""
    rows = [row.split(" ") for row in _TWO.strip().replace("\n", "|").split("|")]
    three = {other: code for code, others, _ in rows for other in others.split(",")}
    return frozenset(code for code, _, _ in rows), three, {name.lower(): code for code, _, name in rows}
