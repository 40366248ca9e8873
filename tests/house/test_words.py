"""One word for one thing in French, held over everything that is said on screen and in mails."""

import re
from pathlib import Path

import pytest

from house.files import kept, named
from house.test_translations import catalogue

NOT_SAID = {
    "courriel": re.compile(r"courriel", re.IGNORECASE),
    "mail, where e-mail is meant": re.compile(r"(?<!e-)(?<!E-)\bmails?\b", re.IGNORECASE),
    "no elision before e-mail": re.compile(r"\b(?:[lL]e|[dD]u|[cC]e|[dD]e|[qQ]ue) e-mail"),
}
"""The message is an "e-mail", where it arrives an "adresse e-mail"."""


@pytest.mark.parametrize("path", [path for path in kept() if path.name == "django.po"], ids=named)
def test_french_has_one_word_for_mail(path: Path) -> None:
    bad = []
    for message in catalogue(path):
        said = message.string if isinstance(message.string, tuple | list) else (message.string,)
        texts = [re.sub(r"%\(\w+\)s", "", text) for text in said] if message.id else []
        bad += [(why, text) for text in texts for why, pattern in NOT_SAID.items() if pattern.search(text)]
    assert bad == []
