"""The documentation is run, and compared with what the program has.

On every page the blocks are taken in order, in one temporary folder:

- ```console: each line ``$ …`` is run; what follows it has to be printed exactly.
  A line ``...`` stands for any number of lines; blanks at line ends do not count.
- ```python: read as a doctest.
- ```yaml: a whole case below ``<!-- case -->``, which has to load and to solve;
  sections that replace those of the case before them below ``<!-- part -->``;
  otherwise plain entries that can be read.
- any block below ``<!-- file: NAME -->`` is written to that file first; one below
  ``<!-- from: NAME -->`` has to stand in that file of the project.

``python tests/test_docs.py`` puts the real outputs in place of those that
differ, where no ``...`` is among them.
"""

from __future__ import annotations

import contextlib
import doctest
import importlib
import io
import itertools
import json
import keyword
import os
import re
import subprocess
import sys
import tempfile
import types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

import offramp
from offramp import formula
from offramp.analysis import grid, ways
from offramp.analysis.solve import SETTINGS
from offramp.case import schema, yaml_reader
from offramp.case.load import read_case_text
from offramp.model import states
from offramp.model.build import Builder
from offramp.report.words import CONCEPT_NAMES
from offramp.sources import evidence, extract
from offramp.stability.registry import ALL_CONCEPTS
from offramp.stability.settings import VALUES

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
REFERENCE = ROOT / "docs" / "reference"
WIDTH = 100

MARK = r"(?:^<!-- (?P<mark>case|part|(?:file|from): [^\n]+?) -->\n)?"
BLOCK = re.compile(MARK + r"^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass
class Block:
    """A fenced block of a page; `start` is where its body begins in the text."""

    kind: str
    mark: str
    body: str
    start: int
    line: int


@dataclass
class Command:
    """A command line of a console block, what the page says it prints, and where that stands."""

    line: str
    expected: str
    start: int
    number: int


def blocks(text: str) -> list[Block]:
    found = []
    for match in BLOCK.finditer(text):
        start = match.start("body")
        found.append(Block(match["kind"], match["mark"] or "", match["body"], start, text.count("\n", 0, start) + 1))
    return found


def commands(block: Block) -> list[Command]:
    found: list[Command] = []
    place, number, open_line = block.start, block.line, False
    for line in block.body.splitlines(keepends=True):
        if line.startswith("$ ") or open_line:
            if open_line:
                found[-1].line += line
            else:
                found.append(Command(line.removeprefix("$ "), "", 0, number))
            open_line = line.endswith("\\\n")
            found[-1].start = place + len(line)
        else:
            assert found, f"line {number}: a console block begins with '$ '"
            found[-1].expected += line
        place, number = place + len(line), number + 1
    return found


def runner(folder: Path) -> dict[str, str]:
    """Return an environment in which `offramp` is the one under test, the same on every machine."""
    tools = folder / "tools"
    tools.mkdir()
    program = tools / "offramp"
    start = 'import sys; sys.argv[0] = "offramp"; from offramp.cli import main; main()'
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -P -c '{start}' \"$@\"\n")
    program.chmod(0o755)
    (folder / "home").mkdir()
    fixed = {"TERM": "dumb", "COLUMNS": str(WIDTH), "LINES": "50", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONUTF8": "1"}
    return {**fixed, "HOME": str(folder / "home"), "PATH": f"{tools}:{os.environ.get('PATH', '/usr/bin:/bin')}"}


def printed(line: str, work: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["sh", "-c", line], cwd=work, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300, check=False
    )
    return tidy(done.stdout)


def tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return "".join(line + "\n" for line in lines)


def agrees(expected: str, real: str) -> bool:
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in tidy(expected).splitlines())
    return re.fullmatch(pattern, real) is not None


def run_page(path: Path, folder: Path) -> Iterator[tuple[str, Command | None, str]]:
    """Yield what is wrong on a page: a message, and for a command also what it really prints."""
    environment, work, scope, base = runner(folder), folder / "work", {"offramp": offramp}, ""
    work.mkdir()
    for block in blocks(path.read_text(encoding="utf-8")):
        if block.mark.startswith("file: "):
            place = work / block.mark.removeprefix("file: ")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(block.body, encoding="utf-8")
        if block.mark.startswith("from: "):
            if block.body not in (ROOT / block.mark.removeprefix("from: ")).read_text(encoding="utf-8"):
                yield f"{path.name}:{block.line}: these lines do not stand in that file", None, ""
        elif block.kind == "console":
            for command in commands(block):
                real = printed(command.line, work, environment)
                if not agrees(command.expected, real):
                    yield f"{path.name}:{command.number}: $ {command.line}printed\n{real}instead of\n{command.expected}", command, real
        elif block.kind == "python":
            with contextlib.chdir(work):
                said = doctested(block, path, scope)
            if said:
                yield said, None, ""
        elif block.kind == "yaml":
            base = block.body if block.mark == "case" else base
            said = yaml_fault(block, base)
            if said:
                yield f"{path.name}:{block.line}: {said}", None, ""


def doctested(block: Block, path: Path, scope: dict[str, Any]) -> str:
    test = doctest.DocTestParser().get_doctest(block.body, scope, path.name, str(path), block.line - 1)
    if not test.examples:
        return f"{path.name}:{block.line}: a python block without >>>"
    said = io.StringIO()
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=said.write, clear_globs=False)
    scope.update(test.globs)
    return said.getvalue()


def yaml_fault(block: Block, base: str) -> str:
    try:
        if block.mark in ("case", "part"):
            builder = Builder(read_case_text(block.body if block.mark == "case" else merged(base, block.body)))
            for choice in grid.Grid(builder).choices():
                builder.model(choice)
        else:
            yaml_reader.parse_yaml(block.body, "block")
    except offramp.OfframpError as error:
        return str(error)
    return ""


def merged(base: str, part: str) -> str:
    """Return the case `base` with the sections of `part` instead of its own; an empty one takes a section out."""
    new = sections(part)
    return "".join({**sections(base), **new}.values())


def sections(text: str) -> dict[str, str]:
    starts = list(re.finditer(r"^(\w+):", text, re.MULTILINE))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return {match[1]: text[match.start() : end] for match, end in zip(starts, ends, strict=True)}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_says_what_happens(path: Path, tmp_path: Path) -> None:
    said = [message for message, _, _ in run_page(path, tmp_path)]
    assert not said, "\n".join(said)


# -- the test of the test ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        "```console\n$ offramp --version\nofframp 9.9.9\n```\n",
        "```console\n$ offramp schema\n{\n...\n]\n```\n",
        "```console\n$ offramp check no-such-case\n0 problems, 0 warnings\n```\n",
        "```python\n>>> 1 + 1\n3\n```\n",
        "```python\nprint(2)\n```\n",
        "<!-- case -->\n```yaml\nofframp: 1\ntitle: Nobody can do anything\n```\n",
        "```yaml\na: 1\na: 2\n```\n",
    ],
    ids=["output", "wildcard", "fault", "doctest", "no example", "case", "entries"],
)
def test_a_broken_example_is_found(page: str, tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(page)
    assert len(list(run_page(path, tmp_path))) == 1


def test_lines_of_dots_stand_for_any_lines() -> None:
    assert agrees("a\n...\nd  \n", "a\nb\nc\nd\n")
    assert agrees("...\nd\n", "d\n")
    assert not agrees("a\n...\n", "b\nc\n")
    assert not agrees("a..b\n", "axxb\n")


# -- links and lines -----------------------------------------------------------------------------------------------------


def prose(path: Path) -> str:
    """Return a page without its fenced blocks and code in the line."""
    return re.sub(r"`[^`\n]*`", "``", BLOCK.sub("", path.read_text(encoding="utf-8")))


def anchors(path: Path) -> set[str]:
    text = BLOCK.sub("", path.read_text(encoding="utf-8"))
    heads = [match[1].strip() for match in re.finditer(r"^#+ (.+)$", text, re.MULTILINE)]
    found: set[str] = set()
    for head in heads:
        anchor = re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-")
        found.add(next(name for k in itertools.count() if (name := f"{anchor}-{k}" if k else anchor) not in found))
    return found


def links(path: Path) -> list[str]:
    return [match[1] for match in re.finditer(r"\]\(([^)\s]+)\)", prose(path))]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_internal_links_lead_somewhere(path: Path) -> None:
    for link in links(path):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), f"{path.name}: {link}: no such file"
        assert target.is_relative_to(ROOT), f"{path.name}: {link}: leads out of the project"
        assert not anchor or anchor in anchors(target), f"{path.name}: {link}: no such heading"


MESSAGE = re.compile(r"(offramp|problem|warning|note): |\w+(,\w*)+$|\w+: \"")
"""Lines that are as long as what they tell: messages, CSV, pinned words."""


@pytest.mark.parametrize("path", [path for path in PAGES if path.name not in ("decisions.md", "benchmarks.md")], ids=lambda path: path.name)
def test_blocks_fit_the_page(path: Path) -> None:
    own = [block for block in blocks(path.read_text(encoding="utf-8")) if not block.mark.startswith("from: ")]
    lines = [line for block in own for line in block.body.splitlines()]
    assert not [line for line in lines if len(line) > WIDTH and not MESSAGE.match(line)]


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in seen or path.suffix != ".md" or not path.exists():
            continue
        seen.add(path)
        waiting += [(path.parent / link.partition("#")[0]).resolve() for link in links(path) if not re.match(r"[a-z]+:|#", link)]
    apart = {"decisions.md", "benchmarks.md"}
    assert not [str(path.relative_to(ROOT)) for path in PAGES if path not in seen and path.name not in apart]


def test_no_outcome_is_called_by_a_word_that_promises() -> None:
    for path in PAGES:
        if path.name not in ("decisions.md", "benchmarks.md", "explanation.md"):
            assert not re.search(r"\b(un)?safe(ly|ty)?\b", prose(path), re.IGNORECASE), path


# -- the reference has what the program has ------------------------------------------------------------------------------


def section(path: Path, head: str) -> str:
    """Return what stands under a heading, up to the next one of the same or a higher level."""
    text = path.read_text(encoding="utf-8")
    match = re.search(rf"^(#+) {re.escape(head)}$", text, re.MULTILINE)
    assert match, f"{path.name} has no heading '{head}'"
    rest = text[match.end() :]
    end = re.search(rf"^#{{1,{len(match[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def rows(text: str) -> dict[str, str]:
    """Return the rows of the tables in `text` by the code in their first cell."""
    return {match[1]: match[0] for match in re.finditer(r"^\| `([^`]+)` \|.*$", text, re.MULTILINE)}


ENTRIES = {
    schema.Case: "The whole file",
    schema.Judgement: "What every judgement may carry",
    schema.DecisionMaker: "Decision makers",
    schema.Option: "Options",
    schema.Rule: "Rules",
    schema.Disallowed: "Disallowed transitions",
    schema.Coalesced: "Coalesced states",
    schema.Reading: "Readings",
    schema.PreferenceStatement: "Preference statements",
    schema.AnyOrder: "Groups in any order",
    schema.Intervention: "Interventions",
    schema.AddedStatement: "Added statements",
    schema.Lifts: "Lifts",
    schema.Misperception: "Misperceptions",
    schema.Belief: "Beliefs",
    schema.Condition: "Conditions",
    schema.Norm: "Norms",
    schema.Person: "People",
    schema.Harm: "Harms",
    schema.Claim: "Claims",
    schema.OnlyIf: "only_if",
    schema.Possible: "possible",
    schema.Permitted: "permitted",
    schema.Stable: "stable",
    evidence.EvidenceFile: "evidence.yaml",
    evidence.Speaker: "Speakers",
    evidence.Statement: "Statements",
    evidence.SourcesFile: "sources.yaml",
    evidence.Source: "Sources",
}


def inside(annotation: Any) -> Iterator[Any]:
    """Yield the plain types and literals that an annotation is made of."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from inside(arguments[0])
    elif origin in (Union, types.UnionType, dict, list, tuple):
        for argument in arguments:
            yield from inside(argument)
    else:
        yield annotation


def entry_classes(model: type[schema.Entry]) -> Iterator[type[schema.Entry]]:
    yield model
    for field in model.model_fields.values():
        for part in inside(field.annotation):
            if isinstance(part, type) and issubclass(part, schema.Entry):
                yield from entry_classes(part)


def test_every_kind_of_entry_has_a_section() -> None:
    found = {schema.Judgement}.union(*(entry_classes(model) for model in (schema.Case, evidence.EvidenceFile, evidence.SourcesFile)))
    assert found == set(ENTRIES)


@pytest.mark.parametrize(("model", "head"), ENTRIES.items(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_field_is_in_the_reference_and_nothing_else(model: type[schema.Entry], head: str) -> None:
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    if issubclass(model, schema.Judgement) and model is not schema.Judgement:
        fields = {name: field for name, field in fields.items() if name not in schema.Judgement.model_fields}
    own = re.split(r"^#+ ", section(REFERENCE / "case-file.md", head), flags=re.MULTILINE)[0]
    told = rows(own)
    assert set(told) == set(fields)
    for name, field in fields.items():
        for part in inside(field.annotation):
            for value in get_args(part) if get_origin(part) is Literal else ():
                assert f"`{value}`" in told[name], (name, value)


def test_the_limits_are_those_of_the_program() -> None:
    told = section(REFERENCE / "case-file.md", "Limits")
    limits = {
        "a YAML file": yaml_reader.MAX_BYTES,
        "nesting": yaml_reader.MAX_DEPTH,
        "entries": yaml_reader.MAX_NODES,
        "a formula": formula.MAX_LENGTH,
        "its nesting": formula.MAX_DEPTH,
        "options": states.MAX_OPTIONS,
        "states": states.MAX_STATES,
        "cells": grid.MAX_CELLS,
        "ways out told for one coalition": grid.MAX_WAYS,
        "decision makers whose coalitions are searched": ways.MAX_DECISION_MAKERS,
        "a weight": schema.MAX_WEIGHT,
        "a source file": extract.MAX_BYTES,
    }
    stated = dict(re.findall(r"^\| ([a-zA-Z ]+) \| ([\d,]+)\b.*$", told, re.MULTILINE))
    assert stated == {name: f"{value:,}" for name, value in limits.items()}


def test_the_limits_of_sources_are_those_of_the_program() -> None:
    from offramp.sources.extract_limits import LIMITS

    told = re.findall(r"^\| [^|]+ \| ([\d,]+)\b.*\|$", section(REFERENCE / "sources.md", "What is refused"), re.MULTILINE)
    held = [extract.MAX_BYTES, extract.MAX_DOCUMENT_BYTES, LIMITS.characters, LIMITS.pages, LIMITS.stream, LIMITS.members, LIMITS.unpacked,
            LIMITS.ratio, LIMITS.depth, LIMITS.parts, LIMITS.part_depth, LIMITS.seconds, LIMITS.memory]  # fmt: skip
    assert told == [f"{value:,}" for value in held]


def verbs() -> dict[str, Any]:
    import typer

    from offramp.cli import app

    command: Any = typer.main.get_command(app)
    return dict(command.commands)


def test_every_verb_has_a_section_with_its_arguments_and_options() -> None:
    page = REFERENCE / "verbs.md"
    heads = re.findall(r"^## `(\w+)`$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(heads) == sorted(verbs())
    for verb, command in verbs().items():
        options = {name for parameter in command.params for name in parameter.opts if name.startswith("-")} - {"--help"}
        arguments = {parameter.metavar or parameter.name.upper() for parameter in command.params if not parameter.opts[0].startswith("-")}
        assert set(rows(section(page, f"`{verb}`"))) == options | arguments, verb


def choices(verb: str) -> dict[str, list[str]]:
    """Return, by parameter of a verb, the values that it may take."""
    name = f"{verb}_" if keyword.iskeyword(verb) else verb
    module = importlib.import_module(f"offramp.cli.{name}")
    hints = get_type_hints(getattr(module, name))
    return {name: [member.value for member in hint] for name, hint in hints.items() if isinstance(hint, type) and issubclass(hint, Enum)}


def test_every_choice_and_default_of_an_option_is_told() -> None:
    for verb, command in verbs().items():
        told = rows(section(REFERENCE / "verbs.md", f"`{verb}`"))
        for parameter in command.params:
            row = next((told[name] for name in parameter.opts if name in told), "")
            default = getattr(parameter.default, "value", parameter.default)
            values = [*choices(verb).get(parameter.name, []), *([default] if isinstance(default, str | Path) else [])]
            assert all(f"`{value}`" in row for value in values), (verb, parameter.name, values)
            if isinstance(default, int) and not isinstance(default, bool):
                assert f"{default:,}" in row, (verb, parameter.name, default)


JSON = {
    "offramp.states/1": "states two-prisoners --format json",
    "offramp.solve/1": "solve two-prisoners --format json",
    "offramp.compare/1": "compare two-prisoners --reading ukraine=law_first --reading south_korea=unwilling --format json",
    "offramp.ways/1": "ways two-prisoners --all-readings --format json",
    "offramp.statusquo/1": "statusquo two-prisoners --format json",
    "offramp.hypergame/1": "hypergame two-prisoners --belief ukraine:south_korea=unwilling --format json",
    "offramp.flips/1": "flips two-prisoners --format json",
    "offramp.observed/1": "observed two-prisoners --format json",
    "offramp.change/1": "change two-prisoners --open transfer --reading south_korea=unwilling --format json",
    "offramp.inverse/1": "inverse syria-iraq-1975 --stable 1 --stable 2 --unstable 4 --concept nash --format json",
    "offramp.intervene/1": "intervene two-prisoners --format json",
    "offramp.sweep/1": "sweep two-prisoners --sample 100 --points 16 --format json",
    "offramp.renderings/1": "renderings two-prisoners --threshold 0.3 --format json",
    "offramp.chronology/1": "chronology two-prisoners --format json",
    "offramp.timeline/1": "timeline two-prisoners --format json",
    "offramp.diff/1": "diff elmira-12 elmira-9-xu --format json",
    "offramp.check/1": "check two-prisoners --format json",
    "offramp.verify/1": "verify two-prisoners --format json",
}
SOMETIMES = {
    "offramp.solve/1": {"counts", "upset_by", "state", "coalitions", "period"},
    "offramp.states/1": {"greatly_better_than", "better_than", "as_good_as", "unknown_to"},
    "offramp.ways/1": {"norms"},
    "offramp.statusquo/1": {"norms"},
    "offramp.hypergame/1": {"norms"},
    "offramp.check/1": {"file", "line", "label", "found", "expected", "remedy"},
}
BY_LABEL = {"settings", "equilibrium", "readings", "contested", "stability", "equilibria", "claims", "set", "counts"}
BY_LABEL |= {"shares", "levels", "importance", "varied", "changed", "by_concept", "final", "wishes_met"}
BY_LABEL |= {"if_all_knew", "stable_for", "expected_by", "surprises", "in_vain_for", "would_leave"}
BY_LABEL |= {"num_stable", "num_expected", "num_surprises", "num_in_vain"}


def keys(record: Any) -> set[str]:
    """Return every key of a record; the keys of a mapping by label are labels and do not count."""
    if isinstance(record, list):
        return set().union(*map(keys, record))
    if not isinstance(record, dict):
        return set()
    return set(record).union(*(set() if name in BY_LABEL else keys(value) for name, value in record.items()))


@pytest.mark.parametrize(("name", "line"), JSON.items())
def test_every_key_of_the_json_is_told(name: str, line: str, tmp_path: Path) -> None:
    record = json.loads(printed(f"offramp {line}", tmp_path, runner(tmp_path)))
    assert record["schema"] == name
    told = set(rows(section(REFERENCE / "verbs.md", f"`{name}`")))
    assert told == keys(record) | SOMETIMES.get(name, set())


def test_every_setting_is_told_with_its_value() -> None:
    told = rows(section(REFERENCE / "concepts.md", "Settings"))
    assert set(told) == set(SETTINGS)
    for name, value in SETTINGS.items():
        assert value in told[name]


def test_every_concept_has_a_page() -> None:
    assert {path.stem for path in (REFERENCE / "concepts").glob("*.md")} == set(ALL_CONCEPTS)


CONCEPT_HEADS = [
    "In words", "Definition", "Which moves of opponents count", "Source", "A worked example", "What it implies", "In the program",
]  # fmt: skip


@pytest.mark.parametrize("name", offramp.CONCEPTS)
def test_a_concept_page_is_whole_and_cites_what_the_code_cites(name: str) -> None:
    page = REFERENCE / "concepts" / f"{name}.md"
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == CONCEPT_HEADS
    assert f"`{name}_stability`" in text
    assert f"--concept {name}" in text
    assert CONCEPT_NAMES[name].full.lower() in text.lower()
    doc = offramp.CONCEPTS[name].__doc__ or ""
    cited = re.search(r"References\n\s*-+\n(.*?)\n\s*Examples\n", doc, re.DOTALL)
    assert cited
    words = " ".join(cited[1].split())
    source = " ".join(section(page, "Source").replace("*", "").split())
    for work in re.split(r" \((?:As in|Page not)[^)]*\)", words)[0].split("; for graphs "):
        assert work.rstrip(".") in source, work


FURTHER = [name for name in ALL_CONCEPTS if name not in offramp.CONCEPTS]


@pytest.mark.parametrize("name", FURTHER)
def test_a_further_concept_is_told_and_its_page_cites_what_the_code_cites(name: str) -> None:
    concept = ALL_CONCEPTS[name]
    page = REFERENCE / "concepts" / f"{concept.name}.md"
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == CONCEPT_HEADS
    assert f"`{concept.function.__name__}`" in text
    assert f"`{concept.function.__module__}`" in text
    assert all(f"`{setting}`" in text for setting in concept.asks if setting != "concept")
    cited = re.search(r"References\n\s*-+\n(.*?)\n\s*Examples\n", concept.function.__doc__ or "", re.DOTALL)
    assert cited
    source = " ".join(section(page, "Source").split())
    works = re.split(r" \(As in", " ".join(cited[1].split()))[0]
    for work in re.split(r"(?<=\d)\. (?=[A-Z])", works):
        assert work.rstrip(".") in source, work


def test_the_further_concepts_are_listed_with_what_they_need() -> None:
    told = rows(section(REFERENCE / "concepts.md", "Further concepts"))
    assert list(told) == FURTHER
    for name in FURTHER:
        concept = ALL_CONCEPTS[name]
        needs = ", ".join(need.name for need in concept.needs) or "nothing"
        assert told[name].endswith(f"{concept.about} | {needs} |"), name
        assert f"(concepts/{concept.name}.md)" in told[name]


def test_who_may_sanction_is_told() -> None:
    told = rows(section(REFERENCE / "concepts" / "coalition_seq.md", "Which moves of opponents count"))
    assert set(told) - {"sanctions"} == set(VALUES["sanctions"])


def test_every_public_name_has_a_section() -> None:
    page = (REFERENCE / "python.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^## `(\w+)`$", page, re.MULTILINE)) == sorted(offramp.__all__)


def test_the_glossary_has_the_concepts_and_is_in_order() -> None:
    terms = re.findall(r"^\*\*(.+?)\*\*", (REFERENCE / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert terms == sorted(terms, key=str.lower)
    for concept in CONCEPT_NAMES.values():
        assert any(concept.short in term for term in terms), concept.short


def test_the_catalogue_is_told_whole() -> None:
    from offramp import catalogue

    assert set(rows(section(REFERENCE / "verbs.md", "The catalogue"))) == set(catalogue.names())


# -- the files around it -------------------------------------------------------------------------------------------------


def test_versions_agree() -> None:
    import tomllib

    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] == offramp.__version__
    assert f"version: {offramp.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(offramp.__version__)}\b", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_citation_file_is_complete() -> None:
    data = yaml_reader.parse_yaml((ROOT / "CITATION.cff").read_text(encoding="utf-8"), "CITATION.cff").data
    assert data["cff-version"] == "1.2.0"
    assert data["authors"] == [{"name": "The Offramp authors"}]
    assert {"message", "title", "type", "license", "version", "date-released", "abstract"} <= set(data)


def test_the_readme_shows_the_whole_demo_and_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = [command for block in blocks(text) if block.kind == "console" for command in commands(block)]
    told = [command.expected for command in shown if command.line == "offramp demo\n"]
    assert len(told) == 1
    assert "The brief: " in told[0]
    assert "..." not in told[0].splitlines()
    for target in ("make demo", "make test"):
        assert any(target in block.body for block in blocks(text) if block.kind == "sh"), target


# -- putting real outputs in place ---------------------------------------------------------------------------------------


def rewrite(path: Path) -> None:
    """Put the real outputs of a page in place of those that differ; say what needs a hand."""
    with tempfile.TemporaryDirectory() as folder:
        found = list(run_page(path, Path(folder)))
    text = path.read_text(encoding="utf-8")
    for message, command, real in reversed(found):
        if command is None or "...\n" in command.expected:
            print(message)
        else:
            text = text[: command.start] + real + text[command.start + len(command.expected) :]
            print(f"{path.name}:{command.number}: rewritten")
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for page in [Path(name).resolve() for name in sys.argv[1:]] or PAGES:
        rewrite(page)
