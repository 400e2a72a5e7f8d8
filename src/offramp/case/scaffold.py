"""A new case folder, made whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from offramp.errors import ChoiceError, StorageError

CASE = """\
# What you judge. What was said, by whom and where, goes to evidence.yaml by `offramp add` and `offramp pin`.
# Each judgement names its basis: stated (somebody said it), inferred (read from conduct), assumed (needed, no fact behind it);
# stated and inferred ones list the statements they rest on: because: [s1, s2].

offramp: 1
title: {title}

decision_makers:
  union:
    name: The union
    options:
      strike: {{name: goes on strike, basis: assumed}}
  port:
    name: The port
    options:
      raise_pay: {{name: raises pay, basis: assumed}}

# Options that are taken now; all others are not.
status_quo: {{strike: true}}

# Rival accounts of what each decision maker wants, the most important first. The first account is the default.
readings:
  union:
    pay_first:
      name: Pay first
      prefers:
        - {{that: raise_pay, basis: assumed}}
        - {{that: strike <-> not raise_pay, basis: assumed}}
  port:
    quiet_first:
      name: Quiet first
      prefers:
        - {{that: not strike, basis: assumed}}
        - {{that: not raise_pay, basis: assumed}}
    thrift_first:
      name: Thrift first
      prefers:
        - {{that: not raise_pay, basis: assumed}}
        - {{that: not strike, basis: assumed}}
"""

EVIDENCE = """\
# What was said. `offramp add` stores a source, `offramp pin` adds a statement with its exact words.
offramp: 1
speakers: {}
statements: {}
"""

IGNORE = """\
# What must not leave, and what can be made again.
private/
build/
.lock
"""

IDENTIFIERS = """\
# Names and other identifiers of protected people, one a line. They are searched for in everything that leaves this case.
# This folder is not under version control. Deleting a line here does not delete copies and backups.
"""


def make_case(folder: Path, title: str) -> None:
    """Make a case folder with a small example that passes `check`.

    Raises
    ------
    ChoiceError
        If `folder` exists, or its parent does not.
    StorageError
        If it cannot be made; nothing is left of it then.
    """
    write_case(folder, CASE.format(title=json.dumps(title, ensure_ascii=False)))


def write_case(folder: Path, text: str) -> None:
    """Make a case folder around the text of its `case.yaml`; see `make_case` for errors."""

    def fill(place: Path) -> None:
        (place / "case.yaml").write_text(text, encoding="utf-8")
        (place / "evidence.yaml").write_text(EVIDENCE, encoding="utf-8")
        (place / ".gitignore").write_text(IGNORE, encoding="utf-8")
        (place / "sources").mkdir()
        (place / "private").mkdir(mode=0o700)
        (place / "private" / "identifiers.txt").write_text(IDENTIFIERS, encoding="utf-8")

    make_folder(folder, fill)


def copy_case(source: Path, folder: Path) -> None:
    """Copy a case of the catalogue to `folder`, ready to be worked on; see `make_case` for errors."""

    def fill(place: Path) -> None:
        shutil.copytree(source, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "build", "private"))
        for path in (place / "sources").glob("*"):
            if path.name != "sources.yaml":
                path.chmod(0o444)

    make_folder(folder, fill)


def make_folder(folder: Path, fill: Callable[[Path], None]) -> None:
    """Make `folder` with what `fill` puts into it: beside it first, then in one step."""
    if os.path.lexists(folder):
        raise ChoiceError(f"{folder} is there already; name a folder that is not, or remove it")
    if not folder.absolute().parent.is_dir():
        raise ChoiceError(f"{folder.parent} is no folder; make it first")
    place: Path | None = None
    try:
        place = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.absolute().parent))
        fill(place)
        place.chmod(0o755)
        os.rename(place, folder)
    except BaseException as error:
        if place is not None:
            shutil.rmtree(place, ignore_errors=True)
        if isinstance(error, OSError):
            raise StorageError(f"cannot make {folder}: {error.strerror}; nothing was written; name another folder") from None
        raise
