"""Unique words: each stands for one secret, and for whom it was given besides its owner."""

import re
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

WORD = re.compile(r"zq[a-p]{10}q|\b[2-9a-z]{20}\b")


class Words:
    """The words of a world, what each stands for, and which readers (firms or mail addresses) were given it."""

    def __init__(self) -> None:
        self.meaning: dict[str, str] = {}
        self.given: dict[str, set[str]] = defaultdict(set)

    def new(self, meaning: str, *readers: str) -> str:
        """Return the word of a secret; it is given to these readers from the start."""
        letters = "".join(chr(ord("a") + int(digit, 16)) for digit in sha256(meaning.encode()).hexdigest()[:10])
        word = f"zq{letters}q"
        assert self.meaning.setdefault(word, meaning) == meaning
        self.give(word, *readers)
        return word

    def call(self, known: str, meaning: str, *readers: str) -> None:
        """Let something unique that is there already, a random id, be a word."""
        self.meaning[known] = meaning
        self.given[known].update(readers)

    def give(self, text: str, *readers: str) -> None:
        """Give these readers every word that a text holds."""
        for word in found_in(text):
            self.given[word].update(readers)

    def not_given(self, text: str, readers: Iterable[str]) -> set[str]:
        """Return what a text tells that none of these readers was given, by its meaning."""
        known = set(readers)
        return {self.meaning[word] for word in found_in(text) if word in self.meaning and not self.given[word] & known}


def found_in(text: str) -> set[str]:
    """Return the words in a text, in whatever case."""
    return set(WORD.findall(text.lower()))
