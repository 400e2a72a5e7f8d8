"""Protected identifiers: found in every spelling and layer, never printed."""

import os
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from offramp.errors import CaseError
from offramp.sources.letters import letters, trace
from offramp.sources.protect import Identifier, find_leaks, read_identifiers
from offramp.sources.scan import scan_case

PEOPLE = [
    "Hong Gildong",
    "홍길동",
    "Ada Example",
    "Zoë O'Testname",
    "Хонг Пример",
    "Ηλίας Παράδειγμα",
    "王小明",
    "Mara-Lena Muster",
    "K-2047-88",
    "Ian",
]
IDENTIFIERS = [Identifier("private/people.txt", line, text) for line, text in enumerate(PEOPLE, 1)]
GREEK = str.maketrans("AEIKMNOPTXYZaeiouxv", "ΑΕΙΚΜΝΟΡΤΧΥΖαειουχν")
CYRILLIC = str.maketrans("AEKMHOPCTXaeopcyxijs", "АЕКМНОРСТХаеорсухіјѕ")


def leaks(text: str, *people: str) -> list[int]:
    """Return the lines in `private/` of what is found in `text`."""
    known = [Identifier("private/p", line, person) for line, person in enumerate(people, 1)] or IDENTIFIERS
    return sorted({leak.identifier.line for leak in find_leaks({"text": text}, known)})


@pytest.mark.parametrize(
    "text",
    [
        "Hong Gildong",
        "HONG GILDONG",
        "hong gil-dong",
        "Hong, Gildong",
        "Gildong Hong",
        "Gil-dong, HONG",
        "GildongHong",
        "hong_gil_dong.txt",
        "Hong\nGildong",
        "Hong Gil dong",
        "H o n g  G i l d o n g",
        "Hong\u200bGil\u00addong",
        "Ηοng Gildοng",
        "Ноng Gіldоng",
        "Ｈｏｎｇ Ｇｉｌｄｏｎｇ",
        "𝐇𝐨𝐧𝐠 𝓖𝓲𝓵𝓭𝓸𝓷𝓰",
        "Hóng Gìldöng",
        "Ho\u0301ng Gildong",
        "Hong Gil·dong",
        "Hong Gil’dong",
        "Hong Gil-\n  dong",
        "xHongGildongx",
        "Gildong\tHong's",
        "H\u2060o\ufeffng Gildong",
        "hong%gildong",
        "Hong\u3164Gildong",
    ],
)
def test_spellings_of_a_latin_name(text: str) -> None:
    assert leaks(f"before {text} after", "Hong Gildong") == [1]


@pytest.mark.parametrize(
    "text",
    [
        "홍길동",
        "홍길동이",
        "홍길동에게서",
        "포로홍길동은",
        unicodedata.normalize("NFD", "홍길동"),
        "홍 길 동",
        "홍 길동",
        "홍-길동",
        "홍·길·동",
        "홍\u200b길동",
        "홍\n길동",
        "“홍길동”",
        "K홍길동",
    ],
)
def test_spellings_of_a_hangul_name(text: str) -> None:
    assert leaks(f"그는 {text} 말했다", "홍길동") == [1]


@pytest.mark.parametrize(
    ("person", "hits", "misses"),
    [
        (
            "길동",
            ["길동이", "그 길동", "‘길동’", "K길동", unicodedata.normalize("NFD", "길동은")],
            ["산길동네", "먼 길 동쪽", "기동", "길도"],
        ),
        ("王明", ["说王明了", "王明", "（王明）"], ["王 明天", "王小明"]),
        ("王小明", ["说王小明了", "王 小明", "王·小·明"], ["王小 日月", "小明"]),
        (
            "Ian",
            ["Ian", "IAN said", "Ian's", "(ian)", "I-a-n", "I a n", "ian_notes", "Ian2", "Ian은", "helloIan", "Ían", "Iаn"],
            ["Iana", "median", "Am I an ape", "I. An", "Brian", "Ia", "i an"],
        ),
        ("Kim Il", ["Kim Il", "Kim-Il", "Kimil", "il kim", "KIM, IL", "Kim\nIl"], ["kimilsung", "Ki mil", "pilkim"]),
        ("Martin", ["Martin", "xmartinx", "Mart in", "mar-tin"], ["smart in bed", "Martn"]),
        ("Ada Maria Example", ["Example, Ada Maria", "Maria Example Ada", "Example Maria Ada"], ["Ada Example", "Maria Example"]),
        ("2001-02-03", ["born 2001.02.03", "20010203", "２００１/02/03", "x20010203y", "٢٠٠١٠٢٠٣"], ["2001-02-04", "200102"]),
        ("K12", ["K12", "k-12", "(K 12)"], ["K123", "AK12"]),
        ("ada@example.org", ["ADA@EXAMPLE.ORG", "mailto:ada@example.org"], ["ada at example.org"]),
        ("Иван", ["Иван", "ИВАН", "Ивaн"], ["Диван", "Ивана"]),
        ("Ηλίας", ["ΗΛΙΑΣ", "Ηλίας", "ηλιας"], ["Ηλία"]),
        ("Straße", ["STRASSE", "strasse", "Straße"], ["Strase"]),
        ("Łukasz", ["lukasz", "ŁUKASZ"], []),
        ("Liam", ["Li-\nam", "Li\u00ad\n  am", "> Li-\n> am", "Li-am"], ["Li am", "Li\nam", "li. Am"]),
    ],
)
def test_borders_of_words(person: str, hits: list[str], misses: list[str]) -> None:
    assert [text for text in hits if not leaks(text, person)] == []
    assert [text for text in misses if leaks(text, person)] == []


def test_lines_layers_and_what_is_shown() -> None:
    text = "one\nHong Gildong and Ada Example\n\n홍길동, 홍길동\n"
    found = find_leaks({"first": "nothing", "brief.html": text}, IDENTIFIERS)
    assert [(leak.layer, leak.line, str(leak.identifier)) for leak in found] == [
        ("brief.html", 2, "private/people.txt:1"),
        ("brief.html", 2, "private/people.txt:3"),
        ("brief.html", 4, "private/people.txt:2"),
    ]
    assert str(found[0]) == "brief.html:2: the protected identifier on private/people.txt:1 stands here"
    for shown in (str(found), repr(found), str(IDENTIFIERS), repr(IDENTIFIERS[0])):
        assert not any(letters(person) in letters(shown) for person in PEOPLE)


@pytest.mark.parametrize(
    "text",
    [
        *["Hong K. Gildong", "Hong K Gildong", "HONG K. GILDONG", "Gildong K. Hong", "hong_k_gildong", "hong.k.gildong@x.test"],
        *["Hong Private Gildong", "Hong Pvt. K. Gildong", "Hong\nK. Gildong", "Hong van der Gildong", "hong-private-gildong"],
        *["Hong (Private) Gildong", "Hong (the private) Gildong", "Hong [K.] Gildong", "Hong(K)Gildong", "Hong “Lee” Gildong"],
        *["H0ng Gi1dong", "Hong G1ldong", "Hong Gi1d0ng", "Hong GiIdong", "HONG GlLDONG", "h0ngg11d0ng"],
        *["ʜᴏɴɢ ɢɪʟᴅᴏɴɢ", "Hօng Gildօng", "Hoոg Gildong", "ᎻONG GILDONG", "Hⲟng Gildⲟng", "ꓧꓳꓠꓖ ꓖꓲꓡꓓꓳꓠꓖ"],
        *["🅷🅾🅽🅶 🅶🅸🅻🅳🅾🅽🅶", "🅗🅞🅝🅖 🅖🅘🅛🅓🅞🅝🅖", "🇭🇴🇳🇬 🇬🇮🇱🇩🇴🇳🇬", "🄷🄾🄽🄶 ⓖⓘⓛⓓⓞⓝⓖ", "ꮋong Gildong"],
    ],
)
def test_disguises_of_a_latin_name(text: str) -> None:
    assert leaks(f"before {text} after", "Hong Gildong") == [1]


@pytest.mark.parametrize(
    "text",
    [
        "ㅎㅗㅇㄱㅣㄹㄷㅗㅇ",
        "ㅎ ㅗ ㅇ ㄱㅣㄹㄷㅗㅇ",
        "홍길ㄷㅗㅇ",
        "ﾾￌﾷﾡￜﾩﾧￌﾷ",
        "홍(남)길동",
        "홍(男, 26)길동은",
        "홍[○]길동",
        "홍（남）길（이병）동",
    ],
)
def test_disguises_of_a_hangul_name(text: str) -> None:
    assert leaks(f"그는 {text} 말했다", "홍길동") == [1]


@pytest.mark.parametrize(
    ("person", "clean"),
    [
        ("Ada Example", ["Ada gave an example", "Ada gave example", "Ada is a example", "Ada, for example", "Ada Lovelace is an example"]),
        ("Hong Gildong", ["Mr. Hong", "H. G.", "Hong Kong. The Gildong", "Hong.\n\nK. Gildong", "Hong and Kim and Lee Gildong"]),
        ("Kim Il", ["Kim Jong Il", "Kim and Il"]),
        ("Lo", ["10"]),
        ("Ian", ["Lan", "lan"]),
        ("K12", ["Kl2"]),
        ("Martin", ["Marten"]),
        ("홍길수", ["홍길ㅋㅋ"]),
    ],
)
def test_what_only_resembles_a_name_raises_no_alarm(person: str, clean: list[str]) -> None:
    assert [text for text in clean if leaks(text, person)] == []


def test_letters_after_a_hangul_name_stay_apart() -> None:
    assert leaks("홍길수ㅋㅋ", "홍길수") == [1]


def test_words_between_names_take_linear_time() -> None:
    began = time.monotonic()
    assert leaks("Ada K. (" * 200_000, "Ada Example") == []
    assert leaks("(" * 300_000 + "Ada 1l0" * 50_000, "Ada Example", "llllll") == []
    assert leaks("ㅎㅗㅇ" * 100_000 + " example Ada", "Ada Example", "홍길동") == [1]
    assert time.monotonic() - began < 20


def test_no_identifiers_no_leaks() -> None:
    assert find_leaks({"a": "Hong Gildong"}, []) == []
    assert find_leaks({}, IDENTIFIERS) == []


SPELLERS: list[Callable[[Random, str], str]] = [
    lambda rng, name: name,
    lambda rng, name: name.upper(),
    lambda rng, name: name.lower(),
    lambda rng, name: unicodedata.normalize("NFD", name),
    lambda rng, name: unicodedata.normalize("NFC", name),
    lambda rng, name: " ".join(reversed(name.split())),
    lambda rng, name: ", ".join(reversed(name.split())),
    lambda rng, name: name.replace(" ", "-"),
    lambda rng, name: name.replace(" ", "_").lower(),
    lambda rng, name: name.replace(" ", "\n"),
    lambda rng, name: " ".join(name.replace(" ", "")),
    lambda rng, name: rng.choice("\u200b\u200d\u2060\ufeff\u00ad").join(name),
    lambda rng, name: rng.choice("-·‐‑").join(name.replace(" ", "")),
    lambda rng, name: "".join(
        letter + ("\u0301" if letter.isalpha() and letter.isascii() and rng.random() < 0.3 else "") for letter in name
    ),
    lambda rng, name: name.translate(CYRILLIC) if name.isascii() else name,
    lambda rng, name: name.translate(GREEK) if name.isascii() else name,
    lambda rng, name: "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in name),
    lambda rng, name: "".join(rng.choice([letter.upper(), letter.lower()]) if letter.isascii() else letter for letter in name),
    lambda rng, name: f"“{name}”",
    lambda rng, name: f"{name}, who",
]
TALK = (
    "the ministers of both countries met again in the capital to talk about the men whose fate is open while lawyers wait for "
    "an answer and an envoy said that the matter is one for the leaders a diplomat ran in and gave a plain media example in 2025 "
    "정부는 두 사람의 의사를 존중한다고 밝혔다 관계자는 말을 아꼈다 政府尚未作出决定 "
    "рада не приняла решения и посол ответил что переговоры продолжаются Η κυβέρνηση δεν απάντησε ακόμη"
)
CLEAN = TALK.split()


def clean_text(rng: Random, size: int) -> list[str]:
    return [rng.choice(CLEAN) for _ in range(size)]


def test_five_hundred_planted_leaks_are_found_on_their_lines() -> None:
    rng, missed = Random(42), []
    for number in range(500):
        person, speller = IDENTIFIERS[number % len(IDENTIFIERS)], SPELLERS[number // len(IDENTIFIERS) % len(SPELLERS)]
        lines = [" ".join(clean_text(rng, 8)) for _ in range(6)]
        line = rng.randrange(6)
        lines[line] += " " + speller(rng, person.text)
        found = find_leaks({"text": "\n".join(lines)}, IDENTIFIERS)
        if [(leak.line, leak.identifier) for leak in found] != [(line + 1, person)]:
            missed.append((number, person, found))
    assert missed == []


def test_a_thousand_clean_words_raise_no_alarm() -> None:
    rng = Random(43)
    for _ in range(10):
        assert find_leaks({"text": " ".join(clean_text(rng, 1000))}, IDENTIFIERS) == []


def test_long_texts_take_linear_time() -> None:
    text = " ".join(clean_text(Random(1), 400_000))
    began = time.monotonic()
    assert find_leaks({"text": text}, IDENTIFIERS) == []
    assert leaks("ada " * 300_000 + "Ada", "Ada") == [1]
    assert leaks("a" * 500_000, "aaaaaa") == [1]
    assert time.monotonic() - began < 20


def test_letters_and_their_trace_agree() -> None:
    rng = Random(5)
    pool = [
        chr(code) for code in (*range(0x250), *range(0x370, 0x500), *range(0x1100, 0x1200), *range(0x3130, 0x3190), 0xAC00, 0xAC01, 0x1F600)
    ]
    for _ in range(3000):
        text = "".join(rng.choice(pool) for _ in range(12))
        found = trace(text)
        assert found.letters == letters(text)
        assert all(0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))


# private/


def private(folder: Path, **files: bytes) -> Path:
    (folder / "private").mkdir()
    for name, data in files.items():
        path = folder / "private" / name.replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return folder


def faults(folder: Path) -> list[str]:
    with pytest.raises(CaseError) as caught:
        read_identifiers(folder)
    return [str(problem) for problem in caught.value.problems]


def test_reading_private(tmp_path: Path) -> None:
    private(
        tmp_path,
        people="\ufeff# people\r\n\r\nHong Gildong\r\n  홍길동  \n#\n#hashtag name\n".encode(),
        deeper__list=b"Ada Example\rBob Sample",
    )
    assert [(str(found), found.text) for found in read_identifiers(tmp_path)] == [
        ("private/people:3", "Hong Gildong"),
        ("private/people:4", "홍길동"),
        ("private/people:6", "#hashtag name"),
        ("private/deeper/list:1", "Ada Example"),
        ("private/deeper/list:2", "Bob Sample"),
    ]


def test_no_private_folder(tmp_path: Path) -> None:
    assert read_identifiers(tmp_path) == ()


def test_what_cannot_be_read_closes_the_case(tmp_path: Path) -> None:
    private(tmp_path, a=b"Ada\xff", b="Hong Gildong\n-–-\nx\n\u200b王\n".encode())
    (tmp_path / "private" / "c").symlink_to("nowhere")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "private" / "d").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / "private" / "e")
    said = faults(tmp_path)
    assert [line.split(";")[0] for line in said] == [
        "private/a: is no UTF-8 text",
        "private/b:2: fewer than two letters or digits are left of this line",
        "private/b:3: fewer than two letters or digits are left of this line",
        "private/b:4: fewer than two letters or digits are left of this line",
        "private/c: cannot be read",
        "private/d: a link to a folder",
        "private/e: cannot be read",
    ]
    assert "王" not in "".join(said)
    with pytest.raises(CaseError):
        scan_case(tmp_path)


def test_a_private_folder_on_a_disk_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "private").symlink_to(tmp_path / "vault")
    assert faults(tmp_path) == ["private: no folder, or one that is not there now; expected a folder; attach the disk that it is on"]
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "people").write_text("Ada Example\n", encoding="utf-8")
    assert [str(found) for found in read_identifiers(tmp_path)] == ["private/people:1"]


# A whole case


def case(folder: Path) -> Path:
    private(folder, people="홍길동\nHong Gildong\nIan\n".encode())
    (folder / "sources").mkdir()
    (folder / "case.yaml").write_text("offramp: 1\ntitle: x\n", encoding="utf-8")
    (folder / "evidence.yaml").write_text("offramp: 1\n", encoding="utf-8")
    (folder / "sources" / "sources.yaml").write_text("offramp: 1\nsources: {}\n", encoding="utf-8")
    (folder / "sources" / "a.txt").write_text("An example.\n", encoding="utf-8")
    return folder


def test_a_clean_case(tmp_path: Path) -> None:
    for name in ("build", ".git", "private/more"):
        (case(tmp_path) if name == "build" else tmp_path).joinpath(name).mkdir()
        (tmp_path / name / "홍길동.txt").write_text("홍길동", encoding="utf-8")
    assert scan_case(tmp_path) == [], "what is not published may say it"


def test_every_file_of_the_case_is_scanned(tmp_path: Path) -> None:
    case(tmp_path)
    (tmp_path / "case.yaml").write_text('offramp: 1\n# Hong-Gildong wrote this\ntitle: "\\u0049an"\n', encoding="utf-8")
    (tmp_path / "evidence.yaml").write_text("offramp: 1\nspeakers: {gildong_hong: {name: x}}\n", encoding="utf-8")
    (tmp_path / "sources" / "sources.yaml").write_text("url: https://example.org/%ED%99%8D%EA%B8%B8%EB%8F%99\n", encoding="utf-8")
    (tmp_path / "sources" / "a.txt").write_text("one\n홍길동이 말했다\n", encoding="utf-8")
    found = scan_case(tmp_path)
    assert [(leak.layer, leak.line, leak.identifier.line, leak.in_source) for leak in found] == [
        ("case.yaml", 2, 2, False),
        ("case.yaml (escapes resolved)", 3, 3, False),
        ("evidence.yaml", 2, 2, False),
        ("sources/sources.yaml (percent-decoded)", 1, 1, False),
        ("sources/a.txt", 2, 1, True),
    ]


def test_names_of_files_are_told_without_telling_them(tmp_path: Path) -> None:
    case(tmp_path)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("", encoding="utf-8")
    (tmp_path / "notes" / f"z {unicodedata.normalize('NFD', '홍길동')}.md").write_text("", encoding="utf-8")
    (tmp_path / "Hong Gildong").mkdir()
    (tmp_path / "Hong Gildong" / "ian.txt").write_text("", encoding="utf-8")
    (tmp_path / "sources" / "홍길동.txt").write_text("홍길동", encoding="utf-8")
    found = scan_case(tmp_path)
    assert [(leak.layer, leak.line, leak.identifier.line, leak.in_source) for leak in found] == [
        ("names in the case folder", 1, 2, False),
        ("names in …", 1, 3, False),
        ("names in notes", 2, 1, False),
        ("names in sources", 3, 1, False),
        ("sources/…", 1, 1, True),
    ]
    shown = " ".join(map(str, found))
    assert "홍길동" not in unicodedata.normalize("NFC", shown)
    assert "gildong" not in letters(shown)


def test_a_case_that_cannot_be_searched_is_no_clean_case(tmp_path: Path) -> None:
    case(tmp_path)
    (tmp_path / "case.yaml").write_bytes("title: x".encode("utf-16"))
    with pytest.raises(CaseError, match=r"case\.yaml: is no UTF-8, so it cannot be searched"):
        scan_case(tmp_path)
