"""The brief as it is read: parsed, and asserted by meaning."""

import html
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from ruamel.yaml import YAML

import offramp
from offramp import catalogue
from offramp.analysis.findings import Findings, findings
from offramp.analysis.flips import Flips
from offramp.case.load import CaseFile, read_case_text
from offramp.case.standing import Standing
from offramp.model.build import Builder
from offramp.report.brief import AUDIENCES, Brief, brief, make_brief
from offramp.report.turning import asked_flips
from offramp.sources.evidence import Evidence, read_evidence
from pages import check_anchors, check_asks_for_nothing, check_lasting, page


@pytest.fixture(scope="module")
def case() -> tuple[CaseFile, Evidence, Findings]:
    file = offramp.read_case("two-prisoners")
    return file, read_evidence(catalogue.folder("two-prisoners")), findings(Builder(file))


@pytest.fixture(scope="module")
def turning(case: tuple[CaseFile, Evidence, Findings]) -> Flips | None:
    return asked_flips(Builder(case[0]))


@pytest.fixture(scope="module")
def public(case: tuple[CaseFile, Evidence, Findings], turning: Flips | None) -> Brief:
    return brief(*case, "public", turning)


@pytest.fixture(scope="module")
def internal(case: tuple[CaseFile, Evidence, Findings], turning: Flips | None) -> Brief:
    return brief(*case, "internal", turning)


@pytest.fixture(scope="module", params=AUDIENCES)
def made(request: pytest.FixtureRequest, public: Brief, internal: Brief) -> Brief:
    return {"public": public, "internal": internal}[request.param]


# -- form ----------------------------------------------------------------------------------------------------------------


def test_the_page_asks_for_nothing(made: Brief) -> None:
    check_asks_for_nothing(made)


def test_anchors_lead_somewhere_and_ids_are_unique(made: Brief) -> None:
    check_anchors(made)


def test_headings_and_landmarks_are_in_order(made: Brief) -> None:
    root = page(made)
    levels = [int(node.tag[1]) for node in root.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [node.tag for node in root.all("header", "nav", "main", "footer")] == ["header", "nav", "main", "footer"]
    assert root.all("html")[0].get("lang") == "en"
    skip = root.all("a")[0]
    assert (skip.get("class"), skip.get("href")) == ("skip", "#answer")
    sections = [node.get("id") for node in root.all("section") if not node.get("class")]
    assert sections == ["answer", "ways", "claims", "status-quo", "judgements", "words", "limits"]
    assert [link.get("href")[1:] for link in root.all("nav")[0].all("a")] == sections


def test_tables_have_captions_and_scopes(made: Brief) -> None:
    for table in page(made).all("table"):
        assert table.all("caption")[0].line
        assert all(cell.get("scope") in ("col", "row") for cell in table.all("th"))
        columns = len(table.all("thead")[0].all("th"))
        for row in table.all("tbody")[0].all("tr"):
            assert len(row.all("th", "td")) == columns
            assert all(cell.get("data-label") for cell in row.all("td"))


def test_no_meaning_by_colour_alone(made: Brief) -> None:
    for mark in page(made).all("strong"):
        assert mark.text.strip()
    for badge in page(made).all("span"):
        if "basis" in badge.get("class").split():
            assert badge.text in ("stated", "inferred", "assumed", "contested")


def test_colours_have_contrast() -> None:
    css = (Path(offramp.__file__).parent / "report" / "templates" / "brief.css").read_text()
    screen = css.split("@media screen")[0].split("@media (prefers-color-scheme: dark)")
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in screen)
    for scheme in (light, dark):
        for ink, paper in [(ink, paper) for ink in ("ink", "soft", "link", "good", "warn", "bad") for paper in ("paper", "panel")]:
            assert _contrast(scheme[ink], scheme[paper]) >= 4.5, (ink, paper)
        assert _contrast(scheme["bad"], scheme["bad-paper"]) >= 4.5
        assert _contrast(scheme["warn"], scheme["warn-paper"]) >= 4.5


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# -- numbers -------------------------------------------------------------------------------------------------------------


def figures(made: Brief) -> dict[str, int]:
    return {node.get("data-key"): int(node.get("value")) for node in page(made).all("data")}


def test_every_figure_has_a_key_of_its_own(made: Brief) -> None:
    nodes = page(made).all("data")
    keys = [node.get("data-key") for node in nodes]
    assert len(keys) == len(set(keys)) > 200
    assert all(node.text == f"{int(node.get('value')):,}" for node in nodes)


def test_the_same_figure_has_the_same_value_wherever_it_stands(made: Brief) -> None:
    values: dict[str, set[int]] = {}
    for key, value in figures(made).items():
        values.setdefault(key.split("#")[0], set()).add(value)
    assert all(len(there) == 1 for there in values.values())


def test_figures_are_those_of_the_findings(made: Brief, case: tuple[CaseFile, Evidence, Findings]) -> None:
    found, there = case[2], figures(made)
    assert there["can_move.cells"] == found.can_move.cells
    assert there["lawful.cells"] == found.lawful.cells
    assert there["clear.cells"] == found.clear.cells
    assert there["stuck.cells"] == found.num_cells - found.can_move.cells
    for members, count in found.coalitions.items():
        assert there[f"coalition.{'+'.join(members)}.cells"] == count.cells
    for name, told in found.claims.items():
        assert there[f"claims.{name}.supported.cells"] == told.supported.cells
        assert there[f"claims.{name}.refuted.cells"] == told.refuted.cells
        assert there[f"claims.{name}.undecided.cells"] == told.undecided.cells
    for route in found.routes:
        key = f"route.{'+'.join(route.coalition)}.{route.code}"
        assert there[f"{key}.cells"] == route.count.cells
        assert there[f"{key}.lawful.cells"] == route.lawful_cells
        assert there[f"{key}.unharmed.cells"] == route.unharmed_cells
        for end in route.ends:
            assert there[f"{key}.end.{'~'.join(end.codes)}.cells"] == end.cells
            for harm, cells in end.harms.items():
                found_there = [
                    value for name, value in there.items() if _is_about(name, f"{key}.end.{'~'.join(end.codes)}.harm", str(harm.harm))
                ]
                assert found_there == [cells]


def _is_about(key: str, start: str, part: str) -> bool:
    found = re.fullmatch(re.escape(start) + r"\.([\d+]+)\.cells", key)
    return found is not None and part in found[1].split("+")


def test_the_basis_is_what_a_hand_count_of_the_file_gives(made: Brief) -> None:
    raw: Any = YAML(typ="safe").load((catalogue.folder("two-prisoners") / "case.yaml").read_text())

    def stands(entry: Any) -> bool:
        """Every date in the file is at or before that of the case, so what has an end has ended."""
        assert max(str(entry.get("since", "")), str(entry.get("until", ""))) <= str(raw["as_of"])
        return "until" not in entry

    readings = [reading for there in raw["readings"].values() for reading in there.values() if stands(reading)]
    entries = [option for maker in raw["decision_makers"].values() for option in maker["options"].values()]
    entries += [wish for reading in readings for wish in reading["prefers"]]
    entries += [entry for section in ("rules", "conditions", "norms", "people", "claims") for entry in raw[section].values()] + raw["harms"]
    entries = [entry for entry in entries if stands(entry)]
    counts = Counter(entry.get("basis", "assumed") for entry in entries)
    there = figures(made)
    assert {basis: there[f"basis.{basis}"] for basis in ("stated", "inferred", "assumed")} == counts
    assert there["basis.of"] == len(entries)


def test_both_forms_have_the_same_figures(made: Brief) -> None:
    shown = Counter(node.text for node in page(made).all("data"))
    written = Counter(re.findall(r"\d+(?:,\d{3})*", re.sub(r"\[\d+\]\(#w\d+\)|\(#way-\d+\)", "", made.markdown)))
    for number, times in shown.items():
        assert written[number] >= times, number


# -- honesty -------------------------------------------------------------------------------------------------------------


def test_the_first_screen_answers(public: Brief) -> None:
    root = page(public)
    answer = next(node for node in root.all("section") if node.get("id") == "answer")
    assert answer.all("p")[0].get("class") == "lead"
    assert [node.line for node in answer.all("dt")] == [
        "Who can move it?",
        "Is that lawful?",
        "Who is harmed?",
        "Whose wish is met?",
        "And if nothing moves?",
        "Which single judgement turns it?",
        "What should be found out next?",
    ]
    head = root.all("header")[0].line
    for said in ("As of 31 May 2026", "Last dated fact: 13 May 2026", "not legal advice", "34 stated, 64 inferred and 26 assumed"):
        assert said in head


def test_a_forbidden_word_is_never_printed(made: Brief) -> None:
    printed = re.sub(r"<meta[^>]*>", "", made.html) + made.markdown
    assert re.findall(r"\w*safe\w*", printed, re.IGNORECASE) == []


def test_nothing_is_said_to_last_without_its_breaches_and_harms(made: Brief) -> None:
    assert check_lasting(made) > 20


def random_case(rng: Random) -> str:
    """Return a small case with norms, people, harms, claims and contested entries."""
    makers = {dm: [f"{dm}{k}" for k in range(rng.randint(1, 2))] for dm in ("ann", "bob", "cid")[: rng.randint(2, 3)]}
    options = [option for there in makers.values() for option in there]

    def formula() -> str:
        one, two = rng.choice(options), rng.choice(options)
        return rng.choice([one, f"not {one}", f"{one} -> {two}", f"{one} <-> {two}", f"not ({one} or {two})", f"{one} and fact"])

    lines = ["offramp: 1", "title: Drawn by chance", "decision_makers:"]
    for dm, there in makers.items():
        made_of = ", ".join(f"{option}: {{name: does {option}, irreversible: {rng.choice(['true', 'false'])}}}" for option in there)
        lines.append(f"  {dm}: {{options: {{{made_of}}}}}")
    lines += ["readings:"]
    for dm in makers:
        readings = [
            f"r{k}: {{prefers: [{', '.join(f'{{that: {formula()}}}' for _ in range(rng.randint(0, 3)))}]}}"
            for k in range(rng.randint(1, 2))
        ]
        lines.append(f"  {dm}: {{{', '.join(readings)}}}")
    lines += ["conditions: {fact: {holds: true, contested: true}}", "norms:"]
    for k in range(rng.randint(1, 3)):
        kind = rng.choice(["forbids", "forbids", "requires", "permits"])
        bound, absolute = rng.choice(list(makers)), rng.choice(["true", "false"])
        lines.append(f"  n{k}: {{binds: [{bound}], {kind}: {formula()}, absolute: {absolute}, cite: Act {k}}}")
    lines += [f"people: {{man_a: {{protected: true, wish: {formula()}}}, kin: {{protected: true, restricted: true}}}}", "harms:"]
    for k in range(rng.randint(1, 3)):
        lines.append(f"  - {{to: {rng.choice(['man_a', 'kin'])}, that: {formula()}, grade: grave, name: harm {k}}}")
    lines += ["claims:", f"  c0: {{stable: {{that: {formula()}}}}}", f"  c1: {{possible: {{end: {formula()}}}}}"]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("seed", range(100))
def test_on_random_cases_rows_tell_breaches_harms_and_what_is_final(seed: int) -> None:
    file = read_case_text(random_case(Random(seed)))
    found = findings(Builder(file))
    internal = brief(file, Evidence({}, {}, {}), found, "internal")
    public = brief(file, Evidence({}, {}, {}), found, "public")
    check_lasting(internal)
    check_lasting(public)
    assert not any(f"harm {place} (" in public.html for place, harm in enumerate(file.case.harms) if harm.to == "kin")
    tables = [node for node in page(internal).all("table") if "outcomes" in node.get("class")]
    for table, route in zip(tables, found.routes, strict=False):
        rows = {row.all("code")[0].text: row.line for row in table.all("tbody")[0].all("tr")}
        for end in route.ends[:8]:
            said = rows[" ".join(end.codes[:4]) + (" …" if len(end.codes) > 4 else "")]
            assert all(f"N{breach.norm[1:]}" in said and "UNLAWFUL" in said for breach in end.breaches)
            assert ("ABSOLUTE" in said) == any(breach.absolute for breach in end.breaches)
            assert all(f"harm {harm.harm}" in said for harm in end.harms)
            assert ("CANNOT BE UNDONE" in said) == bool(end.final or not end.can_return)


def test_a_reading_of_pairs_is_told_as_one() -> None:
    readings = "{a: {said: {pairs: [YN >> NY = NN > YY]}, all_alike: {prefers: []}}, b: {only: {prefers: []}}}"
    text = f"offramp: 1\ntitle: t\ndecision_makers: {{a: {{options: {{x: {{}}}}}}, b: {{options: {{y: {{}}}}}}}}\nreadings: {readings}\n"
    file = read_case_text(text)
    told = brief(file, Evidence({}, {}, {}), findings(Builder(file)), "internal").markdown
    assert "Outcomes compared, the better one first: A takes the option “x” – greatly rather than: B takes the option “y” – as good" in told
    assert "sum of weights" not in told


# -- words ---------------------------------------------------------------------------------------------------------------


def test_every_judgement_leads_to_its_words(made: Brief, case: tuple[CaseFile, Evidence, Findings]) -> None:
    root = page(made)
    entries = {node.get("id"): node for node in root.all("li")}
    numbers = {node.get("id"): node.get("value") for node in root.all("li") if node.get("id").startswith("w.")}
    quotes = {node.get("id"): node.all("q")[0].text for node in root.all("li") if node.get("id") in numbers}
    for path, judgement in Standing(case[0]).judgements():
        id = "j." + ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
        if id in entries and judgement.graded != "assumed":
            links = [(link.get("href"), link.text) for link in entries[id].all("a") if link.get("href").startswith("#w.")]
            assert links or "withheld in public" in entries[id].line, id
            assert all(numbers[target[1:]] == number for target, number in links)
    for id, quote in quotes.items():
        assert quote == case[1].statements[id[2:]].quote


def test_the_public_brief_withholds(public: Brief, internal: Brief, case: tuple[CaseFile, Evidence, Findings]) -> None:
    statements = case[1].statements
    for form in (public.html, public.markdown):
        for name, said in statements.items():
            if said.restricted:
                assert said.quote not in html.unescape(form)
                assert name not in form
        for secret in ("punishes their kin", "No punishment of kin", "only voice found", "iccpr_north_korea", "options.punish"):
            assert secret not in form.replace("j.kin", ""), secret
        assert "kin may face reprisals" in form
        assert "withheld in public" in form
    for form in (internal.html, internal.markdown):
        assert "punishes their kin" in form
        assert "their kin would be punished too" in form


def test_only_the_internal_brief_has_context_and_notes(public: Brief, internal: Brief) -> None:
    context = "If the men refuse to go home"
    note = "Second hand, and the minister adds that he lacks the details."
    for form in ("html", "markdown"):
        assert context in getattr(internal, form)
        assert context not in getattr(public, form)
        assert note in getattr(internal, form)
        assert note not in getattr(public, form)
    assert "INTERNAL." in internal.html
    assert "INTERNAL." not in public.html


def test_whether_a_source_is_there_is_said(made: Brief) -> None:
    entries = {node.get("id"): node.line for node in page(made).all("li")}
    assert "the file is absent from this case" in entries["w.report_forced"]
    assert "the words stand there in the stored text" in entries["w.kyiv_trade_2024"]
    assert "A note in the analyst's own words about a report" in entries["w.kyiv_trade_2024"]


def test_words_that_moved_and_texts_that_were_altered_are_told(tmp_path: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(catalogue.folder("two-prisoners"), tmp_path / "case"))
    altered = folder / "sources" / "kbs_2024.extracted.txt"
    altered.chmod(0o644)
    altered.write_text("Something else.\n")
    text = (folder / "evidence.yaml").read_text()
    (folder / "evidence.yaml").write_text(text.replace("spans: [[360, 463]]", "spans: [[361, 464]]"))
    entries = {node.get("id"): node.line for node in page(make_brief(folder, "internal")).all("li")}
    assert "WAS ALTERED" in entries["w.kyiv_trade_2024"]
    assert "DO NOT STAND" in entries["w.zelensky_offer"]
