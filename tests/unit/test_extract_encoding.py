"""Encodings: which one is found, and that no byte is ever lost or replaced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offramp.sources.extract_encoding import _is_nearly_utf_8, decode, decode_as, encoding_of
from offramp.sources.extract_language import detect_language
from offramp.sources.extract_limits import Refused

TEXTS = {
    "uk": "Міністр оборони заявив у вівторок, що полонених не повернуть, доки тривають бої. Ми не торгуємо людьми, сказав він. ",
    "ru": "Министр обороны заявил во вторник, что пленные не будут возвращены, пока идут бои. Мы не торгуем людьми, сказал он. ",
    "ko": '국방부 장관은 화요일에 포로들을 돌려보내지 않을 것이라고 말했다. "우리는 사람을 거래하지 않는다"고 그는 말했다. ',
    "ja": "国防大臣は火曜日、捕虜は返還されないと述べた。「我々は人を取引しない」と彼は言った。記者たちは黙っていた。",
    "zh": "国防部长周二表示，战斗继续期间不会送回战俘。“我们不拿人做交易”，他对记者们说，然后离开了会议室。",
    "de": "Der Verteidigungsminister erklärte am Dienstag, die Gefangenen würden nicht zurückgegeben, solange gekämpft werde. Öffentlich ",
    "fr": "Le ministre de la Défense a déclaré mardi que les prisonniers ne seraient pas rendus cet été, malgré les démarches répétées. ",
    "pl": "Minister obrony oświadczył we wtorek, że jeńcy nie zostaną zwróceni, dopóki trwają walki. Łączność była zła, gdyż sieć padła. ",
    "en": "The minister said on Tuesday that nobody would be returned while fighting lasts. “We do not trade in people,” he said. ",
}


@pytest.mark.parametrize(
    ("language", "encoding", "told"),
    [("uk", "cp1251", "cp1251"), ("uk", "koi8-u", "koi8_u"), ("ru", "cp1251", "cp1251"), ("ru", "cp866", "cp866"),
     ("ko", "euc-kr", "cp949"),
     ("ko", "cp949", "cp949"), ("ja", "euc-jp", "euc_jp"), ("ja", "cp932", "cp932"),
     ("zh", "gb2312", "gb18030"), ("de", "cp1252", "cp1252"),
     ("fr", "cp1252", "cp1252"),
     ("pl", "cp1250", "cp1250"), ("en", "cp1252", "cp1252")],
)  # fmt: skip
def test_what_is_detected(language: str, encoding: str, told: str) -> None:
    text = TEXTS[language]
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding, found.how) == (text, told, "as detected")


REPORT = "The envoy said: \u201cNo.\u201d It is his last word \u2013 so far.\nThe caf\u00e9 was shut.\n".encode()


@pytest.mark.parametrize(
    ("raw", "place", "told"),
    [(REPORT + b"\xe2\x80", "(line 3) is 0xe2", "it is UTF-8 that breaks off there"),
     (REPORT[:30] + b"\xff" + REPORT[30:], "byte 31 (line 1) is 0xff", "nearly all else is, so it is damaged UTF-8"),
     (TEXTS["uk"].encode() + b"\xd0", "is 0xd0", "breaks off there"),
     ((TEXTS["ko"] * 5).encode()[:-3], "is 0xeb", "which is no UTF-8 there"),
     ("A dash \u2014 and that is all. ".encode() + b"\x97 ", "byte 29 (line 1) is 0x97", "damaged UTF-8"),
     (TEXTS["fr"].encode() * 3 + b"\xe9t\xe9", "is 0xe9", "damaged UTF-8")],
)  # fmt: skip
@pytest.mark.parametrize("declared", [None, "utf-8", "windows-1252"])
def test_damaged_utf_8_is_no_other_encoding(raw: bytes, place: str, told: str, declared: str | None) -> None:
    with pytest.raises(Refused) as caught:
        decode(raw, declared=declared)
    assert place in caught.value.found
    assert told in caught.value.found
    assert caught.value.remedy == "get a sound copy or mend the file; if it is in another encoding, say it with --encoding"
    assert decode(raw, given="koi8-r").how == "as you said"


def test_nul_between_letters() -> None:
    with pytest.raises(Refused, match="byte 2 is NUL, so it is no text"):
        decode(b"a\0" * 20 + b"\0\0")


FURTHER = {
    "el": "Ο υπουργός Άμυνας δήλωσε την Τρίτη ότι οι αιχμάλωτοι δεν θα επιστραφούν. Έτσι είπε, Όχι Ύστερα. ",
    "th": "เกาะแก่งมากมายในแม่น้ำ รัฐมนตรีกล่าวเมื่อวันอังคารว่าจะไม่ส่งคืนเชลยศึก ",
    "fa": "گزارشگر گفت که پاکسازی چاهها و ژاله کارگاه کاملا گران تمام شد ",
    "cs": "Ministr obrany v úterý řekl, že zajatci nebudou vráceni. Příliš žluťoučký kůň úpěl ďábelské ódy. ",
    "caps": "ВІН СКАЗАВ: «НІ». Дії її Ради. Ґанок. Її Їжак, Єдність і Ім’я. ",
    "sz": "Er sagte: «Das ist groß». Der Spaß» war vorbei. ",
    "kana": "ｱｲｳｴｵ ﾊﾝｶｸ ﾃﾞ ｶｲﾀ ﾌﾞﾝｼｮｳ ﾃﾞｽ ",
}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("uk", "cp1251"), ("uk", "koi8-u"), ("ru", "koi8-r"), ("ru", "cp866"), ("ru", "iso8859-5"), ("ru", "mac_cyrillic"),
     ("caps", "cp1251"), ("caps", "koi8-u"), ("de", "cp1252"), ("fr", "cp1252"), ("fr", "mac_roman"), ("fr", "cp850"), ("sz", "cp1252"),
     ("pl", "iso-8859-2"), ("pl", "cp1250"), ("cs", "iso-8859-2"), ("cs", "cp1250"), ("cs", "cp852"), ("en", "cp1252"),
     ("ko", "euc-kr"), ("ko", "johab"), ("ja", "shift-jis"), ("ja", "euc-jp"), ("kana", "shift-jis"), ("zh", "gb18030"),
     ("zh", "big5hkscs"), ("el", "cp1253"), ("th", "tis-620"), ("fa", "cp1256")],
)  # fmt: skip
def test_another_encoding_is_no_damaged_utf_8(text: str, encoding: str) -> None:
    words = {**TEXTS, **FURTHER}[text]
    for raw in (words.encode(encoding, "ignore"), *(word.encode(encoding, "ignore") for word in words.split())):
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            assert not _is_nearly_utf_8(raw), raw


@given(st.text(st.sampled_from("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯ -,."), min_size=1), st.sampled_from(
    ["cp1251", "koi8-r", "cp866", "iso8859-5", "mac_cyrillic"]))  # fmt: skip
def test_no_russian_is_damaged_utf_8(text: str, encoding: str) -> None:
    raw = (text + " Министр сказал, что работы идут, как раньше.").encode(encoding)
    assert not _is_nearly_utf_8(raw)


def test_what_may_be_several_is_refused() -> None:
    with pytest.raises(Refused, match=r"which is no UTF-8 there, and it may be \S+ or \S+") as caught:
        decode("Savunma bakanı salı günü esirlerin iade edilmeyeceğini söyledi".encode("cp1254"))
    assert "--encoding" in caught.value.remedy


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_marks(encoding: str) -> None:
    found = decode(TEXTS["ko"].encode(encoding))
    assert (found.text, found.how) == (TEXTS["ko"], "as all its bytes are" if encoding == "utf-8" else "by its mark")
    assert decode_as(TEXTS["ko"].encode(encoding), found.encoding) == TEXTS["ko"]


def test_utf_16_without_a_mark() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        found = decode(TEXTS["en"].encode(encoding))
        assert (found.text, found.encoding) == (TEXTS["en"], encoding)


def test_what_the_caller_says_is_all_that_is_tried() -> None:
    assert decode("Ж".encode("cp866"), given="CP866").text == "Ж"
    with pytest.raises(Refused, match="byte 1 has no meaning in utf-8"):
        decode(b"\xe9", given="utf-8")
    with pytest.raises(Refused, match="there is no encoding 'zlib_codec'"):
        decode(b"words", given="zlib_codec")
    with pytest.raises(Refused, match="byte 2 has no meaning in cp1252"):
        decode(b"a\x81", given="cp1252")


def test_labels() -> None:
    found = {
        label: encoding_of(label)
        for label in ("KS_C_5601-1987", "latin1", "Shift_JIS", "GB2312", "utf8", "", "hex", "idna", "../x", "utf-7")
    }
    assert found == {"KS_C_5601-1987": "cp949", "latin1": "cp1252", "Shift_JIS": "cp932", "GB2312": "gb18030", "utf8": "utf-8",
                     "": None, "hex": None, "idna": None, "../x": None, "utf-7": None}  # fmt: skip


@given(st.binary(max_size=200))
def test_what_is_decoded_is_the_bytes_again(raw: bytes) -> None:
    try:
        found = decode(raw)
    except Refused:
        return
    marked = {"utf-8": (b"", b"\xef\xbb\xbf"), "utf-16": (b"\xff\xfe", b"\xfe\xff"), "utf-32": (b"\xff\xfe\0\0", b"\0\0\xfe\xff")}
    if found.how != "by its mark":
        assert found.text.encode(found.encoding) == raw or found.encoding in ("cp932", "big5hkscs", "cp949", "euc_jp", "gb18030")
        assert decode_as(raw, found.encoding) == found.text
    else:
        assert raw.startswith(marked[found.encoding])
    assert "\0" not in found.text
    assert "\ufffd" not in found.text or b"\xef\xbf\xbd" in raw or found.encoding.startswith(("utf-16", "utf-32", "gb18030"))


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_languages(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


def test_a_language_that_cannot_be_told() -> None:
    assert detect_language("Ada Example said: no.") == ""
    assert detect_language("1 234 567 " * 100) == ""
    assert detect_language("Seoul Kyiv Geneva Panmunjom Istanbul Doha Riyadh Minsk Warsaw Berlin Vienna Ankara") == ""
    assert detect_language("장관은 말했다") == ""
