"""Who sees an answer, in words: what each audience gets at most."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amont.kernel.viewer import Viewer
from amont.sight import read as sight

WORDS: dict[str, dict[int, Promise]] = {
    "identity": {
        0: gettext_lazy("only that there is one more supplier"),
        1: gettext_lazy("your country, your step and the family; not your name"),
        2: gettext_lazy(
            "your country, your step, the family, the schemes of your certificates, how the chain ends; not your name"
        ),
        3: gettext_lazy("your name, this item, your site with its town, your certificates"),
        4: gettext_lazy("all that you write here, stocks and times to change included"),
    },
    "sourcing": {
        0: gettext_lazy("nothing of your suppliers but that there are some"),
        1: gettext_lazy("the countries and steps of your suppliers; no names"),
        2: gettext_lazy("your suppliers without their names: country, step, family, certificate schemes"),
        3: gettext_lazy("your suppliers' names, where they themselves agree"),
        4: gettext_lazy("all about your suppliers that they themselves agree to"),
    },
}
AUDIENCES = ("customers", "requesters", "chain", "organization")


@dataclass(frozen=True, slots=True)
class Seen:
    """What one audience gets at most, in words."""

    who: str
    of_you: str
    of_sources: str


def seen(viewer: Viewer, *, item: str, customer: str, consortium: str) -> tuple[tuple[Seen, ...], bool]:
    """Return what each audience will see at most, by the code that will show it, and whether level 2 needs a word."""
    found = sight.preview(viewer, item=item, consortium=consortium)
    identity = {each.audience: each for each in found.identity}
    sourcing = {each.audience: each for each in found.sourcing}
    named = {each.organization for each in (*found.identity, *found.sourcing) if each.organization}
    audiences = [each for each in AUDIENCES if each in identity or each in sourcing]
    told = [
        Seen(
            who=_who(each, customer, named),
            of_you=str(WORDS["identity"][int(identity[each].level)]) if each in identity else "",
            of_sources=str(WORDS["sourcing"][int(sourcing[each].level)]) if each in sourcing else "",
        )
        for each in audiences
    ]
    return tuple(told), found.warn


def by_charter(levels: dict[str, int], customer: str) -> tuple[Seen, ...]:
    """Return what the charter's defaults give each audience, before there is an account."""
    return tuple(
        Seen(who=_who(each, customer, set()), of_you=str(WORDS["identity"][levels[each]]), of_sources="")
        for each in AUDIENCES
        if each in levels
    )


def _who(audience: str, customer: str, named: set[str]) -> str:
    if audience == "customers":
        return _("%(customer)s, your customer") % {"customer": customer}
    if audience == "requesters":
        return _("Firms that asked through your customer")
    if audience == "organization":
        return ", ".join(sorted(named))
    return _("Anyone else further down the chain")
