"""A parsed paragraph as plain lists: words, tags, heads, and the stretch that hangs on each word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from offramp.reading.marks import Quotation
from offramp.reading.view import View

VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
FINITE = frozenset({"VBD", "VBP", "VBZ"})
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
NAMES = frozenset({"NNP", "NNPS"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass
class Words:
    """One parsed view. Indices count its tokens; `left` and `right` bound each word's subtree."""

    view: View
    text: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    places: list[tuple[int, int]]
    sentence: list[int]
    bounds: list[tuple[int, int]]
    quotation: list[Quotation | None]
    folded: dict[int, Quotation]

    def __post_init__(self) -> None:
        self.lower = [word.lower() for word in self.text]
        self.children: list[list[int]] = [[] for _ in self.text]
        for index, head in enumerate(self.head):
            if head != index:
                self.children[head].append(index)
        self.left, self.right = _edges(self.head)

    def __len__(self) -> int:
        return len(self.text)

    def kids(self, index: int, *deps: str) -> list[int]:
        """Return the children of a word with one of these relations, in text order."""
        return [child for child in self.children[index] if self.dep[child] in deps]

    def kid(self, index: int, *deps: str) -> int | None:
        """Return the first child with one of these relations."""
        return next((child for child in self.children[index] if self.dep[child] in deps), None)

    def subtree(self, index: int) -> set[int]:
        """Return the words that hang on a word, itself included."""
        found, todo = {index}, [index]
        while todo:
            for child in self.children[todo.pop()]:
                found.add(child)
                todo.append(child)
        return found

    def ancestors(self, index: int) -> Iterator[int]:
        """Yield the heads above a word, nearest first."""
        while self.head[index] != index:
            index = self.head[index]
            yield index

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the place in the text from one word to another, both included."""
        return self.places[first][0], self.places[last][1]

    def sentence_of(self, index: int) -> tuple[int, int]:
        """Return the first word of the sentence of a word, and the one after its last."""
        return self.bounds[self.sentence[index]]


def _edges(heads: list[int]) -> tuple[list[int], list[int]]:
    """Return the leftmost and rightmost word of each subtree, children before their heads."""
    left, right = list(range(len(heads))), list(range(len(heads)))
    for index in sorted(range(len(heads)), key=_depths(heads).__getitem__, reverse=True):
        head = heads[index]
        left[head], right[head] = min(left[head], left[index]), max(right[head], right[index])
    return left, right


def _depths(heads: list[int]) -> list[int]:
    depths = [-1] * len(heads)
    for index in range(len(heads)):
        path = []
        while depths[index] < 0 and heads[index] != index:
            path.append(index)
            index = heads[index]
        depths[index] = max(depths[index], 0)
        for step, word in enumerate(reversed(path), depths[index] + 1):
            depths[word] = step
    return depths
