"""What a workbook of answers says in words, in either language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from amont.kernel.folding import folded

HEADINGS: Mapping[str, Promise] = {
    "key": _("Key (do not change)"),
    "about": _("About"),
    "question": _("Question"),
    "value": _("Your answer"),
    "unit": _("Unit"),
    "state": _("Or: why not"),
    "origin": _("By whose word"),
    "valid_until": _("It holds until"),
    "note": _("A note with it"),
    "help": _("How to answer"),
}
READ = ("key", "value", "state", "origin", "valid_until", "note")
STATES: Mapping[str, Promise] = {
    "not_known": _("Not known"),
    "confidential": _("Declined: confidential"),
    "not_applicable": _("Not applicable"),
    "pooled": _("Pooled supply, origins are mixed"),
}
ORIGINS: Mapping[str, Promise] = {
    "record": _("Our own record"),
    "statement": _("Our supplier’s statement"),
    "estimate": _("An estimate"),
}


def by_word(words: Mapping[str, Promise]) -> dict[str, str]:
    """Return the code of each word, folded, in French and English; a code means itself."""
    found = {folded(code): code for code in words}
    for language in ("fr", "en"):
        with override(language):
            found |= {folded(str(word)): code for code, word in words.items()}
    return found
