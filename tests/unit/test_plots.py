"""Pictures: they show the numbers of the records, hold nothing that acts, and are the same bytes each time."""

import os
import subprocess
import sys
import warnings
from pathlib import Path
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

import offramp
from casetext import EITHER
from offramp.analysis.diff import diff
from offramp.analysis.flips import Flips
from offramp.analysis.intervene import interventions
from offramp.analysis.observed import FORESIGHT, observed
from offramp.case.load import read_case_text
from offramp.case.variant import Variant
from offramp.errors import ChoiceError, StorageError, UnknownLabelError
from offramp.model.build import Builder
from offramp.report.differed import Differed, share_told
from offramp.report.intervened import Intervened
from offramp.report.plots.diff import plot_diff
from offramp.report.plots.intervene import numbers, plot_interventions
from offramp.report.plots.observed import plot_assumptions, plot_observed, remaining
from offramp.report.plots.style import Axes, figure_of, house_style, inert, new_axes, said, save
from offramp.report.plots.tornado import bars, plot_tornado
from offramp.report.voice import Voice
from offramp.sources.evidence import Evidence, read_evidence

# Names with dollars, markup and letters that the font of a PNG lacks.
ODD = """\
offramp: 1
title: $x^2$ & <script>alert(1)</script> 한국
decision_makers: {ann: {name: Ann, options: {sign: {name: "pays $5, then $6 & <script>alert(1)</script>"}}}}
readings:
  ann:
    keen: {name: "$keen$ 한국", prefers: [{that: sign}]}
    loath: {prefers: [{that: not sign}]}
"""

STILL = """\
offramp: 1
title: Nothing to gain
decision_makers: {ann: {options: {sign: {}}}}
readings: {ann: {only: {prefers: []}}}
"""


@pytest.fixture(scope="module")
def builder() -> Builder:
    return Builder(offramp.read_case("two-prisoners"))


@pytest.fixture(scope="module")
def flips(builder: Builder) -> Flips:
    return offramp.flips(builder)


@pytest.fixture(scope="module")
def odd() -> Builder:
    return Builder(read_case_text(ODD))


@pytest.fixture(scope="module")
def added(builder: Builder) -> Intervened:
    assert builder.file.folder is not None
    return Intervened(builder, read_evidence(builder.file.folder), interventions(builder))


def differed(before: str, after: str) -> Differed:
    files = [read_case_text(text) for text in (before, after)]
    return Differed(*(Voice(file, Evidence({}, {}, {}), True) for file in files), diff(*files))


def points(ax: Axes, marker: str) -> list[tuple[float, float]]:
    """Return where the marks of one kind stand, in the order drawn; those of the legend have no place."""
    there = [line for line in ax.lines if line.get_marker() == marker and len(line.get_xdata())]  # type: ignore[arg-type]
    return [(float(line.get_xdata()[0]), float(line.get_ydata()[0])) for line in there]  # type: ignore[index,arg-type]


def widths(ax: Axes) -> list[tuple[float, float]]:
    return [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in ax.patches if isinstance(patch, Rectangle)]


def texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.findobj(Text) if isinstance(text, Text)]


# -- the tornado ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headline", ["clear", "can_move", "rests.gmr", "end.exchange"])
def test_bars_are_the_numbers_of_the_record(flips: Flips, headline: str) -> None:
    ax = plot_tornado(flips, headline, 12)
    base = flips.shares[headline]
    by_path: dict[tuple[str | int, ...], list[float]] = {}
    for flip in flips.tried:
        if not flip.reason:
            by_path.setdefault(flip.path, [base]).append(flip.shares.get(headline, 0.0))
    moved = sorted((max(max(there) - base, base - min(there)) for there in by_path.values()), reverse=True)
    spans = sorted(((min(there), max(there)) for there in by_path.values()), key=lambda span: -max(span[1] - base, base - span[0]))
    found = widths(ax)
    assert len(found) == min(12, sum(distance > 1e-9 for distance in moved))
    assert [max(high - base, base - low) for low, high in found] == pytest.approx(moved[: len(found)])
    assert all(any(span == pytest.approx(bar) for span in spans) for bar in found)


def test_markers_stand_where_the_changes_lead(flips: Flips) -> None:
    ax = plot_tornado(flips, "clear", 3)
    drawn = {(float(line.get_xdata()[0]), float(line.get_ydata()[0])) for line in ax.lines if len(line.get_xdata()) == 1}  # type: ignore[arg-type]
    base = flips.shares["clear"]
    wanted = {(share, row) for row, bar in enumerate(bars(flips, "clear", 3)) for _, share in bar.changes if abs(share - base) > 1e-9}
    assert drawn == wanted


def test_every_number_of_places_counts() -> None:
    """Raised by one place the last wish makes Ann do a; it takes two for b, the other one."""
    found = offramp.flips(Builder(read_case_text(EITHER)))
    path = ("readings", "ann", "only", "prefers", 2)
    (bar,) = [bar for bar in bars(found, "end.b", 20) if bar.path == path]
    assert [flip.places for flip in bar.at(1.0)] == [2]
    assert "raised 2" in texts(plot_tornado(found, "end.b"))


def test_kinds_are_told_in_words_too(flips: Flips) -> None:
    found = texts(plot_tornado(flips, "clear"))
    assert {"dropped", "negated", "settled"} <= set(found)
    assert "as it stands: 28 %" in found


def test_nothing_moves() -> None:
    found = offramp.flips(Builder(read_case_text(STILL)))
    assert "no change of one judgement moves it" in texts(plot_tornado(found))


def test_axes_of_yours(flips: Flips, builder: Builder) -> None:
    ax, other = Figure().subplots(1, 2)
    assert plot_tornado(flips, ax=ax) is ax
    assert plot_observed(observed(builder), other) is other


# -- the table -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("foresight", FORESIGHT)
def test_the_table_has_the_numbers_of_the_record(builder: Builder, foresight: str) -> None:
    found = observed(builder, foresight)
    rows, columns, table, cells = remaining(found, "ukraine", "south_korea")
    wanted: dict[tuple[str, str], int] = {}
    for key, kept in found.combinations.items():
        names = dict(key)
        pair = (names["ukraine"], names["south_korea"])
        wanted[pair] = wanted.get(pair, 0) + kept.remaining
    assert {(row, column): int(table[r, c]) for r, row in enumerate(rows) for c, column in enumerate(columns) if table[r, c]} == wanted
    assert cells * table.size == found.num_cells
    shown = texts(plot_observed(found))
    for number in table.ravel():
        assert (f"{number} of {cells}" if number else "none") in shown


def test_bars_where_one_alone_has_several_readings(odd: Builder) -> None:
    ax = plot_observed(observed(odd, "one-move"))
    assert widths(ax) == [(0, 1), (0, 0), (0, 1), (0, 1)]
    assert {"0 of 1", "1 of 1", "keen", "loath"} <= set(texts(ax))


def test_one_bar_where_nobody_has(builder: Builder) -> None:
    within = Variant(readings=(("ukraine", "law_first"), ("south_korea", "willing"), ("north_korea", "restraint")))
    ax = plot_observed(observed(builder, within=within))
    assert "all cells" in texts(ax)


def test_no_label_is_cut_or_lies_on_another(flips: Flips, builder: Builder, added: Intervened) -> None:
    there = [plot_interventions(added), plot_interventions(added, "can_move", 30), plot_diff(differed(ODD, STILL))]
    for ax in (plot_tornado(flips), plot_observed(observed(builder)), *there):
        figure = figure_of(ax)
        with house_style():
            figure.draw_without_rendering()
            labels = [*ax.get_yticklabels(), *ax.get_xticklabels()]
            boxes = [text.get_window_extent() for text in [*labels, *ax.texts] if text.get_text()]
        assert not [(a, b) for k, a in enumerate(boxes) for b in boxes[:k] if a.overlaps(b)]


# -- what somebody outside could add ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("headline", ["lawful", "clear", "can_move"])
def test_rows_of_interventions_are_the_numbers_of_the_record(added: Intervened, headline: str) -> None:
    ax = plot_interventions(added, headline, 40)
    effects = [one.effects[headline] for one in sorted(added.found.tried, key=lambda one: -one.effects[headline].opened)]
    assert len(effects) == 21
    assert points(ax, "D") == [(effect.after, row) for row, effect in enumerate(effects)]
    spans = [[(e.before, e.before + e.opened)] * bool(e.opened) + [(e.before - e.closed, e.before)] * bool(e.closed) for e in effects]
    assert widths(ax) == [span for row in spans for span in row]
    assert [text for text in texts(ax) if text in map(numbers, effects)] == list(map(numbers, effects))
    assert f"as it stands: {effects[0].before}" in texts(ax)
    assert len({line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 2}) == 1  # type: ignore[arg-type,index]


def test_opened_and_closed_are_told_by_sign_and_by_hatching(added: Intervened) -> None:
    ax = plot_interventions(added)
    assert {"170 → 320 (+158 −8)", "+ a way out opens", "− none is left"} <= set(texts(ax))
    hatched = [patch for patch in ax.patches if patch.get_hatch()]
    assert len(hatched) == sum(bool(one.effects["lawful"].closed) for one in added.effective[:15])


def test_interventions_are_named_as_in_the_table(added: Intervened) -> None:
    shown = texts(plot_interventions(added, limit=40))
    names = [" ".join(label.get_text().split()) for label in plot_interventions(added, limit=40).get_yticklabels()]
    assert names == [row[0] for row in added.rows()]
    assert names[0] == "intervention 4 (name withheld) + others_give"
    assert not any("scrutiny" in text for text in shown)
    assert "6 more not drawn" in " ".join(texts(plot_interventions(added)))


def test_interventions_that_cannot_be_added() -> None:
    case = Builder(read_case_text(STILL + "interventions: {never: {rules: {gone: {require: sign}}}}\n"))
    shown = texts(plot_interventions(Intervened(case, Evidence({}, {}, {}), interventions(case))))
    assert "none of them can be added" in shown
    assert any("1 cannot be added" in text for text in shown)


def test_interventions_by_another_headline(added: Intervened) -> None:
    with pytest.raises(UnknownLabelError, match="'rests'"):
        plot_interventions(added, "rests")


# -- two versions ----------------------------------------------------------------------------------------------------------


def test_dumbbells_are_the_numbers_of_the_record() -> None:
    found = differed(ODD, ODD.replace("loath: {prefers: [{that: not sign}]}", "loath: {prefers: [{that: sign}]}"))
    ax, differences = plot_diff(found), found.found.differences
    assert differences
    assert points(ax, "o") == [(one.before, row) for row, one in enumerate(differences)]
    assert points(ax, "s") == [(one.after, row) for row, one in enumerate(differences)]
    told = [f"{share_told(one.before)} → {share_told(one.after)}" + ", turns" * one.turns for one in differences]
    assert [text for text in texts(ax) if text in told] == told
    names = [" ".join(label.get_text().split()).lower() for label in ax.get_yticklabels()]
    assert names == [" ".join(found.headline(one).split()).lower() for one in differences]
    assert "A: $x^2$ & <script>alert(1)</script> 한국" in texts(ax)
    assert not any(text.get_parse_math() for text in ax.findobj(Text) if isinstance(text, Text))


def test_a_headline_that_one_version_has_is_one_mark() -> None:
    found = differed(STILL, STILL + "people: {child: {wish: not sign}}\n")
    (one,) = found.found.differences
    ax = plot_diff(found)
    assert (points(ax, "o"), points(ax, "s")) == ([], [(one.after, 0)])
    assert f"not there → {share_told(one.after)}, turns" in texts(ax)


def test_no_dumbbell() -> None:
    assert "no headline differs" in texts(plot_diff(differed(STILL, STILL)))
    assert "B cannot be solved" in texts(plot_diff(differed(STILL, STILL + "rules: {must: {require: sign}}\n")))
    found = differed(ODD, STILL)
    assert f"{len(found.found.differences) - 1} more not drawn" in " ".join(texts(plot_diff(found, limit=1)))


def test_both_on_axes_of_yours_and_the_same_bytes_twice(added: Intervened, tmp_path: Path) -> None:
    found = differed(ODD, STILL)
    ax, other = Figure().subplots(2, 1)
    assert (plot_interventions(added, ax=ax), plot_diff(found, ax=other)) == (ax, other)
    for form in ("svg", "png"):
        made = []
        for _ in range(2):
            for name, there in (("i", plot_interventions(added)), ("d", plot_diff(found))):
                save(figure_of(there), tmp_path / f"{name}.{form}")
            made.append([(tmp_path / f"{name}.{form}").read_bytes() for name in "id"])
        assert made[0] == made[1]


# -- files ---------------------------------------------------------------------------------------------------------------


def picture(builder: Builder) -> Figure:
    return figure_of(plot_tornado(offramp.flips(builder), "can_move"))


def test_svg_is_xml_without_anything_that_acts(odd: Builder, builder: Builder, tmp_path: Path) -> None:
    table = figure_of(plot_observed(observed(builder)))
    for number, figure in enumerate([picture(odd), plot_assumptions([observed(odd)], odd.case.title), table]):
        save(figure, tmp_path / f"{number}.svg")
        root = ElementTree.fromstring((tmp_path / f"{number}.svg").read_bytes())
        tags = {element.tag.split("}")[-1] for element in root.iter()}
        assert not tags & {"script", "foreignObject", "image", "a", "animate", "set"}
        assert not [name for element in root.iter() for name in element.attrib if name.lower().startswith("on")]
        links = [value for element in root.iter() for name, value in element.attrib.items() if name.endswith("href")]
        assert all(value.startswith("#") for value in links)


def test_texts_stand_as_they_are(odd: Builder, tmp_path: Path) -> None:
    save(picture(odd), tmp_path / "x.svg")
    root = ElementTree.fromstring((tmp_path / "x.svg").read_bytes())
    found = ["".join(element.itertext()) for element in root.iter() if element.tag.endswith("}text")]
    assert any("pays $5, then $6 & <script>alert(1)</sc" in text for text in found)
    assert any("$keen$ 한국" in text for text in found)


def test_texts_stand_as_they_are_on_axes_of_yours(odd: Builder) -> None:
    ax = Figure().add_subplot()
    plot_tornado(offramp.flips(odd), "can_move", ax=ax)
    assert not [text for text in ax.findobj(Text) if isinstance(text, Text) and text.get_parse_math()]


def test_control_characters_are_spelled_out() -> None:
    assert said("a\x1b[31m\u202e\n b") == "a\\x1b[31m\\u202e b"


def test_png(odd: Builder, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        save(picture(odd), tmp_path / "x.png")
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    assert b"Software" not in (tmp_path / "x.png").read_bytes()


SCRIPT = """
import sys, offramp
from offramp.report.plots.observed import plot_assumptions
from offramp.report.plots.style import figure_of, save
from offramp.report.plots.tornado import plot_tornado
builder = offramp.Builder(offramp.read_case("two-prisoners"))
for form in ("svg", "png"):
    save(figure_of(plot_tornado(offramp.flips(builder))), f"{sys.argv[1]}/tornado.{form}")
    save(plot_assumptions([offramp.observed(builder)]), f"{sys.argv[1]}/observed.{form}")
assert "matplotlib.pyplot" not in sys.modules
"""


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    made = []
    for seed, setting in (("0", ""), ("1", "font.size: 30\nsvg.fonttype: path\n")):
        folder = tmp_path / seed
        folder.mkdir()
        (folder / "matplotlibrc").write_text(setting)  # what the reader has set up for other pictures
        environment = {**os.environ, "PYTHONHASHSEED": seed, "MATPLOTLIBRC": str(folder / "matplotlibrc"), "SOURCE_DATE_EPOCH": seed}
        subprocess.run([sys.executable, "-c", SCRIPT, str(folder)], env=environment, check=True, timeout=120)
        made.append({path.name: path.read_bytes() for path in sorted(folder.glob("*.*g"))})
    assert len(made[0]) == 4
    assert made[0] == made[1]
    assert b"<dc:date>" not in made[0]["tornado.svg"]


def test_the_same_picture_twice_is_the_same_bytes(flips: Flips, tmp_path: Path) -> None:
    for form in ("svg", "png"):
        for name in ("a", "b"):
            save(figure_of(plot_tornado(flips)), tmp_path / f"{name}.{form}")
        assert (tmp_path / f"a.{form}").read_bytes() == (tmp_path / f"b.{form}").read_bytes()


@pytest.mark.parametrize("name", ["x.pdf", "x", "x.svg.txt", "svg"])
def test_another_ending(tmp_path: Path, name: str) -> None:
    with pytest.raises(ChoiceError, match=r"a picture is written as \.svg or \.png"):
        save(figure_of(new_axes()), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="there is no such folder"):
        save(figure_of(new_axes()), tmp_path / "none" / "x.svg")


def test_nobody_else_imports_matplotlib_and_nobody_pyplot() -> None:
    package = Path(offramp.__file__).parent
    importing = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "import matplotlib" in path.read_text() or "from matplotlib" in path.read_text()
    ]
    assert importing == ["report/plots/style.py"]
    assert not [path for path in package.rglob("*.py") if "matplotlib.pyplot" in path.read_text()]


def test_settings_of_others_stay(flips: Flips) -> None:
    import matplotlib

    def now() -> dict[str, object]:
        return {name: matplotlib.rcParams[name] for name in matplotlib.rcParams if name != "backend"}  # reading that imports pyplot

    before = now()
    plot_tornado(flips)
    assert now() == before


def test_inert_takes_any_text() -> None:
    ax = Figure().add_subplot()
    ax.set_title("$a$")
    inert(ax)
    assert not ax.title.get_parse_math()
