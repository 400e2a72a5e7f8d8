"""The command line: one verb, one file."""

from __future__ import annotations

import gc
import os

from offramp.cli import (
    add,
    brief,
    change,
    check,
    chronology,
    compare,
    concepts,
    confirm,
    demo,
    diff,
    explain,
    export,
    flips,
    hypergame,
    import_,
    intervene,
    inverse,
    new,
    observed,
    pin,
    read,
    renderings,
    schema,
    solve,
    states,
    statusquo,
    sweep,
    timeline,
    verify,
    ways,
)
from offramp.cli.app import app

_VERBS = (demo, new, add, read, confirm, pin, check, states, solve, ways, statusquo, hypergame, explain, flips, change, inverse, intervene)

for _verb in (*_VERBS, observed, sweep, renderings, chronology, timeline, diff, compare, brief, verify, import_, export, concepts, schema):
    _verb.register(app)


def main() -> None:
    """Run the command line."""
    # Code that other installed packages would hook into validation has no place in here, and is slow to look for.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Nearly all that a command allocates lives until it ends: collecting garbage early only costs time.
    gc.set_threshold(100_000, 50, 50)
    app()


__all__ = ["app", "main"]
