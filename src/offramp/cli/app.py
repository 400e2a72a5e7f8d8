"""The application: its verbs, and how errors reach the reader.

A verb imports what it needs when it runs, so that `--help` and completion are
instant.
"""

from __future__ import annotations

import io
import os
import re
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from offramp.errors import ChoiceError, OfframpError


class Verbs(TyperGroup):
    """A group of verbs that tells errors in one message, without a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line; what it prints is UTF-8, whatever the locale."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            return super().main(*args, **kwargs)
        except OSError as error:  # from what is printed before a verb runs, such as the help
            tell_error(_as_told(error))
            sys.exit(1)
        except Exception as error:
            if os.environ.get("OFFRAMP_TRACEBACK"):
                raise
            tell_error(OfframpError(f"a fault of the program: {type(error).__name__}: {error}; OFFRAMP_TRACEBACK=1 shows where"))
            sys.exit(1)

    def invoke(self, ctx: Any) -> Any:
        """Run a verb; a faulty case exits 1, misuse 2."""
        try:
            return super().invoke(ctx)
        except ChoiceError as error:
            tell_error(error)
            raise typer.Exit(2) from None
        except OfframpError as error:
            tell_error(error)
            raise typer.Exit(1) from None
        except BrokenPipeError:
            # The reader has closed its end, as `head` does; nothing more can be said there.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except OSError as error:
            tell_error(_as_told(error))
            raise typer.Exit(1) from None
        except MemoryError as error:
            tell_error(OfframpError(f"there is not enough memory for this{_needed(error)}; leave options out, or ask for less at a time"))
            raise typer.Exit(1) from None
        except RecursionError:
            tell_error(OfframpError("the input is nested too deeply; nothing was written"))
            raise typer.Exit(1) from None


def _as_told(error: OSError) -> OfframpError:
    return OfframpError(f"{error.filename or 'the output'}: {error.strerror or error}")


def _needed(error: MemoryError) -> str:
    """Return how much was asked for, as far as that is known."""
    found = re.search(r"Unable to allocate ([0-9.]+ \w+)", str(error))
    return f": it takes {found[1]} more" if found else ""


def tell_error(error: OfframpError) -> None:
    """Print what an error says on stderr, nothing in it acting there."""
    from offramp.cli.output import printable

    for line in str(error).splitlines() or ["unknown fault"]:
        typer.echo(f"offramp: {printable(line)}", err=True)


app = typer.Typer(
    cls=Verbs,
    no_args_is_help=True,
    help="From reporting on a deadlock to a sourced case and its ways out.",
    epilog="Example: offramp ways two-prisoners --all-readings",
    pretty_exceptions_enable=False,
)


def _version(value: bool) -> None:
    if value:
        from offramp import __version__

        typer.echo(f"offramp {__version__}")
        raise typer.Exit


@app.callback()
def _root(version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version and stop.")) -> None:
    """From reporting on a deadlock to a sourced case and its ways out."""
