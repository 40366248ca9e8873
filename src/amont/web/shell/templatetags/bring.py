"""Words of lines in pages."""

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language

from amont.catalogue.facts import Line
from amont.catalogue.facts_sites import SiteFact
from amont.chain.facts_alike import AlikeFact, ReasonFact
from amont.chain.facts_book import ContactFact
from amont.kernel.countries import country_name
from amont.web.bring import words
from amont.web.bring.words import FIRM, KINDS, PAIRS, SITE

register = template.Library()


@register.filter
def kind_word(kind: str) -> Promise | str:
    """Say the kind of a line in words."""
    return KINDS.get(kind, kind)


@register.filter
def volume_word(line: Line) -> str:
    """Say a line's yearly volume in words."""
    return words.volume_words(line)


@register.filter
def of(labels: Mapping[str, str], code: str) -> str:
    """Return the word of a code, or the code itself."""
    return labels.get(code, code)


@register.filter
def pair_word(kind: str) -> Promise | str:
    """Say what a pair is of."""
    return PAIRS.get(kind, kind)


@register.filter
def reason_words(reason: ReasonFact) -> str:
    """Say a reason for or against two being one."""
    return words.reason_words(reason)


@register.filter
def naming(row: ContactFact | SiteFact) -> str:
    """Name a firm or a site; a site without a name by its firm."""
    return words.naming(row)


@register.filter
def side_by_side(pair: AlikeFact) -> list[tuple[Promise, str, str]]:
    """Give what is known of the two, word by word, leaving out what is known of neither."""
    asked = SITE if isinstance(pair.one, SiteFact) else FIRM
    found = [(word, _value(pair.one, name), _value(pair.other, name)) for name, word in asked.items()]
    return [each for each in found if each[1] or each[2]]


def _value(row: ContactFact | SiteFact, name: str) -> str:
    if name == "country":
        return country_name(row.country, get_language() or "fr") if row.country else ""
    if name == "point" and isinstance(row, SiteFact):
        return "" if row.latitude is None else f"{row.latitude:.5f}; {row.longitude:.5f}"
    return str(getattr(row, name) or "")
