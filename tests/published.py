"""Published models with their stable states, copied by hand.

Sources: the examples and stored results of GMCR+ (gmcr-py) with R. A. Kinsara's
guide to it (2014) for prisoners-dilemma, syria-iraq-1975, syria-iraq-misperception, elmira-12,
garrison-23, cuban-missile-gmcrplus;
H. Xu's MATLAB script (2007) for elmira-9-xu; Z. Jacobi's posts of October and
November 2017 for north-korea-2017 and north-korea-2017-irreversible.

Not in print, but from the textbook definitions: SSEQ everywhere; GMR in
both of the latter, and SMR in the second; the stable states of single decision makers in elmira-9-xu;
and state 6 of garrison-23 under GMR and SMR, which GMCR+ misses because it
lets each opponent move once only.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from perceived import blind
from reference import CONCEPTS, Game, State, graph_game, option_game

Numbers = Iterable[int]


class Published(NamedTuple):
    """A published model; numbers name states as the source does.

    ``states`` maps numbers to states; ``model`` holds the options, or the arcs
    between numbers; ``tiers`` the rankings, best first; ``stable`` the stable
    states for each concept, decision makers in file order; ``unseen`` the states
    that a decision maker does not see, which takes its own moves there away.
    """

    states: dict[int, State]
    model: dict[str, list[Any]]
    infeasible: list[str] | None
    tiers: dict[str, list[list[int]]]
    stable: dict[str, list[Numbers]]
    equilibria: dict[str, Numbers]
    unseen: Mapping[str, Numbers] = MappingProxyType({})

    def game(self) -> Game:
        """Build the game; the feasible states follow from the patterns."""
        return blind(self._all_seen(), {name: {self.states[n] for n in numbers} for name, numbers in self.unseen.items()})

    def _all_seen(self) -> Game:
        rank = {name: {self.states[n]: -place for place, tier in enumerate(tiers) for n in tier} for name, tiers in self.tiers.items()}
        if self.infeasible is None:
            return graph_game(self.states.values(), self.model, rank)
        return option_game(self.model, self._is_feasible, rank)

    def _is_feasible(self, values: dict[str, bool]) -> bool:
        code = "".join("Y" if value else "N" for value in values.values())
        return not any(
            all(wanted in ("-", letter) for wanted, letter in zip(pattern, code, strict=True)) for pattern in self.infeasible or []
        )


def numbered(codes: str, numbers: Numbers | None = None) -> dict[int, State]:
    """Map numbers, from 1 or as given, to codes."""
    listed = codes.split()
    return dict(zip(numbers or range(1, len(listed) + 1), listed, strict=True))


def line(ranking: str) -> list[list[int]]:
    """Read a ranking, best first: blanks part tiers, commas part tied states."""
    return [[int(number) for number in tier.split(",")] for tier in ranking.split()]


def but(last: int, *missing: int) -> list[int]:
    """List 1 to `last` without some."""
    return [number for number in range(1, last + 1) if number not in missing]


PRISONERS_DILEMMA = Published(
    states=numbered("NN YN NY YY"),
    model={"one": [("with_two", "both")], "two": [("with_one", "both")]},
    infeasible=[],
    tiers={"one": line("3 4 1 2"), "two": line("2 4 1 3")},
    stable={
        "nash": [[1, 3], [1, 2]],
        "gmr": [[1, 3, 4], [1, 2, 4]],
        "smr": [[1, 3, 4], [1, 2, 4]],
        "seq": [[1, 3, 4], [1, 2, 4]],
        "sseq": [[1, 3, 4], [1, 2, 4]],
    },
    equilibria={"nash": [1], "gmr": [1, 4], "smr": [1, 4], "seq": [1, 4], "sseq": [1, 4]},
)

SYRIA_IRAQ_1975 = Published(
    states=numbered("NNN YNN NYN NNY YNY NYY"),
    model={"syria": [("release", "both"), ("escalate", "both")], "iraq": [("attack", "both")]},
    infeasible=["YY-"],
    tiers={"syria": line("1 3 6 2 4 5"), "iraq": line("2 4 6 1 5 3")},
    stable={
        "nash": [[1, 6], [2, 4, 6]],
        "gmr": [[1, 3, 6], [1, 2, 4, 5, 6]],
        "smr": [[1, 3, 6], [2, 4, 6]],
        "seq": [[1, 3, 6], [2, 4, 5, 6]],
        "sseq": [[1, 3, 6], [2, 4, 6]],
    },
    equilibria={"nash": [6], "gmr": [1, 6], "smr": [6], "seq": [6], "sseq": [6]},
)

SYRIA_IRAQ_MISPERCEPTION = Published(
    states=SYRIA_IRAQ_1975.states,
    model=SYRIA_IRAQ_1975.model,
    infeasible=SYRIA_IRAQ_1975.infeasible,
    tiers=SYRIA_IRAQ_1975.tiers,
    stable={concept: [[1, 2, 5, 6], [1, 2, 4, 6]] for concept in CONCEPTS},
    equilibria={concept: [1, 2, 6] for concept in CONCEPTS},
    unseen={"syria": [2, 5], "iraq": [1, 4]},
)

ELMIRA_12 = Published(
    states=numbered("NYNNN YYNNN NNYNN YNYNN NNNYN YNNYN NYNNY YYNNY NNYNY YNYNY NNNYY YNNYY"),
    model={
        "moe": [("modify", "forward")],
        "uniroyal": [("delay", "backward"), ("accept", "both"), ("abandon", "forward")],
        "local": [("insist", "both")],
    },
    infeasible=["-YY--", "-Y-Y-", "--YY-", "-NNN-"],
    tiers={
        "moe": line("9 3 4 10 7 1 2 8 11,5,6,12"),
        "uniroyal": line("1 4 10 7 5,11,6,12 2 3 9 8"),
        "local": line("9 3 7 1 10 8 4 2 11,5,12,6"),
    },
    stable={
        "nash": [but(12), but(12, 2, 3, 8, 9), but(12, 1, 2, 3, 4)],
        "gmr": [but(12), but(12, 2, 3, 8, 9), but(12)],
        "smr": [but(12), but(12, 2, 3, 8, 9), but(12)],
        "seq": [but(12), but(12, 2, 3, 8, 9), but(12, 1, 4)],
        "sseq": [but(12), but(12, 2, 3, 8, 9), but(12, 1, 4)],
    },
    equilibria={
        "nash": [5, 6, 7, 10, 11, 12],
        "gmr": [1, 4, 5, 6, 7, 10, 11, 12],
        "smr": [1, 4, 5, 6, 7, 10, 11, 12],
        "seq": [5, 6, 7, 10, 11, 12],
        "sseq": [5, 6, 7, 10, 11, 12],
    },
)

ELMIRA_9_XU = Published(
    states={number: number for number in range(1, 10)},
    model={
        "moe": [(1, 2), (3, 4), (5, 6), (7, 8)],
        "uniroyal": [(1, 3), (2, 4), (5, 7), (6, 8)] + [(state, 9) for state in range(1, 9)],
        "local": [(1, 5), (5, 1), (2, 6), (6, 2), (7, 3), (3, 7), (4, 8), (8, 4)],
    },
    infeasible=None,
    tiers={
        "moe": line("7 3 4 8 5 1 2 6 9"),
        "uniroyal": line("1 4 8 5 9 3 7 2 6"),
        "local": line("7 3 5 1 8 6 4 2 9"),
    },
    stable={
        "nash": [but(9), [1, 4, 5, 8, 9], [5, 6, 7, 8, 9]],
        "gmr": [but(9), [1, 4, 5, 8, 9], but(9)],
        "smr": [but(9), [1, 4, 5, 8, 9], but(9)],
        "seq": [but(9), [1, 4, 5, 8, 9], [2, 3, 5, 6, 7, 8, 9]],
        "sseq": [but(9), [1, 4, 5, 8, 9], [2, 3, 5, 6, 7, 8, 9]],
    },
    equilibria={
        "nash": [5, 8, 9],
        "gmr": [1, 4, 5, 8, 9],
        "smr": [1, 4, 5, 8, 9],
        "seq": [5, 8, 9],
        "sseq": [5, 8, 9],
    },
)

GARRISON_23 = Published(
    states=numbered(
        "NYNNNYNNN NNYNNYNNN YNNYNYNNN NYNYNYNNN NYNNYYNNN NNYNYYNNN YNNYYYNNN NYNYYYNNN "
        "NYNNNNYNN NNYNNNYNN NYNYNNYNN NYNNYNYNN NNYNYNYNN YNNYYNYNN NYNYYNYNN NYNNYNNYN "
        "NNYNYNNYN YNNYYNNYN NYNYYNNYN NYNNYNNNY NNYNYNNNY YNNYYNNNY NYNYYNNNY"
    ),
    model={
        "support": [("full", "both"), ("reduced", "both"), ("appease", "both")],
        "opposition": [("legal", "both")],
        "canada": [("treaty", "both")],
        "ijc": [(f"ijc_{kind}", "both") for kind in ("full", "reduced", "lonetree", "suspend")],
    },
    infeasible=[
        "YY-------",
        "Y-Y------",
        "-YY------",
        "-----YY--",
        "-----Y-Y-",
        "-----Y--Y",
        "------YY-",
        "------Y-Y",
        "-------YY",
        "NNN------",
        "-----NNNN",
        "Y--N-----",
        "--YY-----",
        "Y---NN---",
        "-Y--N--Y-",
        "-Y--N---Y",
        "--Y-N--Y-",
        "--Y-N---Y",
    ],
    tiers={
        "support": line("3 7 1,2 4 5,6 8 9 12 11 15 10 13 14 17 16 18 19 21 20 22 23"),
        "opposition": line("21,17,13,10,6,2 23,19 15 11 8 4 22 18 14 7 3 20 16 12 9 5 1"),
        "canada": line("23 20,21 19 16,17 11 9,10 15 12,13 2 4 1 8 5,6 22 18 14 3 7"),
        "ijc": [but(23)],
    },
    stable={
        "nash": [
            [1, 2, 3, 5, 6, 7, 9, 11, 12, 15, 17, 18, 21, 22],
            but(23, 1, 5, 9, 12, 16, 20),
            but(23, 5, 6, 7, 8, 12, 13, 15),
            but(23),
        ],
        "gmr": [but(23, 20, 23), but(23, 1, 5, 9, 12, 16, 20), but(23, 7), but(23)],
        "smr": [but(23, 20, 23), but(23, 1, 5, 9, 12, 16, 20), but(23, 7), but(23)],
        "seq": [
            [1, 2, 3, 5, 6, 7, 9, 11, 12, 15, 17, 18, 21, 22],
            but(23, 1, 5, 9, 12, 16, 20),
            but(23, 6, 7, 12, 13, 15),
            but(23),
        ],
        "sseq": [
            [1, 2, 3, 5, 6, 7, 9, 11, 12, 15, 17, 18, 21, 22],
            but(23, 1, 5, 9, 12, 16, 20),
            but(23, 6, 7, 12, 13, 15),
            but(23),
        ],
    },
    equilibria={
        "nash": [2, 3, 11, 17, 18, 21, 22],
        "gmr": [2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22],
        "smr": [2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22],
        "seq": [2, 3, 11, 17, 18, 21, 22],
        "sseq": [2, 3, 11, 17, 18, 21, 22],
    },
)

NORTH_KOREA_2017 = Published(
    states=numbered(
        "NNNN YNNN NYNN NNYN YNYN NYYN NNNY YNNY NYNY NNYY YNYY NYYY",
        [0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14],
    ),
    model={
        "us": [("strike", "forward"), ("withdraw", "both")],
        "north_korea": [("invade", "both"), ("abandon", "both")],
    },
    infeasible=["YY--"],
    tiers={
        "us": line("8 0 9 10 12 5 4 13 14 1 2 6"),
        "north_korea": line("6 14 2 10 0 4 12 5 1 13 8 9"),
    },
    stable={
        "nash": [[0, 1, 5, 8, 9, 12, 13], [0, 5, 6]],
        "gmr": [[0, 1, 4, 5, 8, 9, 10, 12, 13], [0, 2, 4, 5, 6, 10, 12, 14]],
        "smr": [[0, 1, 4, 5, 8, 9, 10, 12, 13], [0, 2, 4, 5, 6, 10, 12, 14]],
        "seq": [[0, 1, 5, 8, 9, 10, 12, 13], [0, 2, 5, 6, 10, 14]],
        "sseq": [[0, 1, 5, 8, 9, 10, 12, 13], [0, 2, 5, 6, 10, 14]],
    },
    equilibria={
        "nash": [0, 5],
        "gmr": [0, 4, 5, 10, 12],
        "smr": [0, 4, 5, 10, 12],
        "seq": [0, 5, 10],
        "sseq": [0, 5, 10],
    },
)

CUBA_1962 = Published(
    states=numbered("NNNN YNNN NYNN YYNN NNYN YNYN NYYN YYYN NNNY YNNY NYNY YYNY"),
    model={"us": [("strike", "forward"), ("blockade", "both")], "ussr": [("withdraw", "both"), ("escalate", "both")]},
    infeasible=["--YY"],
    tiers={"us": line("5 7 6 8 3 2 4 1 12 10 11 9"), "ussr": line("1 5 7 3 6 2 8 4 12 10 11 9")},
    stable={
        "nash": [[2, 3, 5, 6, 12], [1, 6, 7, 8]],
        "gmr": [[1, 2, 3, 4, 5, 6, 7, 8, 12], [1, 2, 3, 5, 6, 7, 8]],
        "smr": [[1, 2, 3, 4, 5, 6, 7, 8, 12], [1, 2, 3, 5, 6, 7, 8]],
        "seq": [[2, 3, 5, 6, 7, 12], [1, 5, 6, 7, 8]],
        "sseq": [[2, 3, 5, 6, 7, 12], [1, 5, 6, 7, 8]],
    },
    equilibria={
        "nash": [6],
        "gmr": [1, 2, 3, 5, 6, 7, 8],
        "smr": [1, 2, 3, 5, 6, 7, 8],
        "seq": [5, 6, 7],
        "sseq": [5, 6, 7],
    },
)

NORTH_KOREA_2017_IRREVERSIBLE = Published(
    states={number: number for number in [0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14]},
    model={
        "us": [
            (0, 1),
            (0, 2),
            (2, 0),
            (2, 1),
            (4, 5),
            (4, 6),
            (6, 4),
            (6, 5),
            (8, 9),
            (8, 10),
            (10, 8),
            (10, 9),
            (12, 13),
            (12, 14),
            (14, 12),
            (14, 13),
        ],
        "north_korea": [
            (0, 4),
            (0, 8),
            (0, 12),
            (1, 5),
            (1, 9),
            (1, 13),
            (2, 6),
            (2, 10),
            (2, 14),
            (4, 12),
            (5, 13),
            (6, 14),
            (8, 0),
            (8, 4),
            (8, 12),
            (9, 1),
            (9, 5),
            (9, 13),
            (10, 2),
            (10, 6),
            (10, 14),
            (12, 0),
            (12, 4),
            (12, 8),
            (13, 1),
            (13, 5),
            (13, 9),
            (14, 2),
            (14, 6),
            (14, 10),
        ],
    },
    infeasible=None,
    tiers=NORTH_KOREA_2017.tiers,
    stable={
        "nash": [[0, 1, 5, 8, 9, 12, 13], [0, 4, 5, 6]],
        "gmr": [[0, 1, 4, 5, 8, 9, 10, 12, 13], [0, 2, 4, 5, 6, 10, 12, 14]],
        "smr": [[0, 1, 4, 5, 8, 9, 10, 12, 13], [0, 2, 4, 5, 6, 10, 12, 14]],
        "seq": [[0, 1, 5, 8, 9, 10, 12, 13], [0, 2, 4, 5, 6, 10, 14]],
        "sseq": [[0, 1, 5, 8, 9, 10, 12, 13], [0, 2, 4, 5, 6, 10, 14]],
    },
    equilibria={
        "nash": [0, 5],
        "gmr": [0, 4, 5, 10, 12],
        "smr": [0, 4, 5, 10, 12],
        "seq": [0, 5, 10],
        "sseq": [0, 5, 10],
    },
)

ALL = {
    "prisoners-dilemma": PRISONERS_DILEMMA,
    "syria-iraq-1975": SYRIA_IRAQ_1975,
    "syria-iraq-misperception": SYRIA_IRAQ_MISPERCEPTION,
    "elmira-12": ELMIRA_12,
    "elmira-9-xu": ELMIRA_9_XU,
    "garrison-23": GARRISON_23,
    "north-korea-2017": NORTH_KOREA_2017,
    "north-korea-2017-irreversible": NORTH_KOREA_2017_IRREVERSIBLE,
    "cuban-missile-gmcrplus": CUBA_1962,
}
