"""Random changes to a text of YAML."""

from random import Random

PIECES = [
    "&a ",
    "*a",
    "!!x ",
    "! ",
    "<<: ",
    "[",
    "]",
    "{",
    "}",
    ":",
    ": ",
    "- ",
    "\n",
    "\n\n",
    "\t",
    "  ",
    "'",
    '"',
    "|",
    ">",
    "#",
    "%",
    "@",
]
PIECES += [
    "---\n",
    "...\n",
    "? ",
    "\\",
    "\\U00110000",
    "~",
    "null",
    "true",
    "0x1",
    "9" * 30,
    "-1",
    ".inf",
    "\u202e",
    "\ufeff",
    "\x85",
    "\u2028",
]
PIECES += ["\x07", "\ud800", "а", "é", "\U0001f600", "offramp: 1\n", "a" * 300, "(" * 60, "not " * 60, " -> ", ", ,", "%YAML 1.1\n", "\0"]


def mutated(rng: Random, text: str) -> str:
    """Return `text` after one to four random changes."""
    for _ in range(rng.randint(1, 4)):
        here, there = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
        there = min(there, here + rng.choice([1, 2, 5, 20, 200]))
        kind = rng.choice(["insert", "insert", "delete", "double", "replace", "move", "cut"])
        piece = rng.choice(PIECES)
        if kind == "insert":
            text = text[:here] + piece + text[here:]
        elif kind == "delete":
            text = text[:here] + text[there:]
        elif kind == "double":
            text = text[:there] + text[here:there] + text[there:]
        elif kind == "replace":
            text = text[:here] + piece + text[there:]
        elif kind == "move":
            text = text[:here] + text[there:] + text[here:there]
        elif rng.random() < 0.1:
            text = text[:here]
    return text
