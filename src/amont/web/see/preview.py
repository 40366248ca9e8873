"""Who sees what, in words: for the page of one's own items and for the page of an answer before it is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from amont.sight.facts import AudienceSight, Preview


@dataclass(frozen=True, slots=True)
class AudienceWords:
    """One audience: who it is, what it sees, and what it does not."""

    who: str
    shown: str
    hidden: str


@dataclass(frozen=True, slots=True)
class PreviewWords:
    """A preview in words: of the firm itself, and of its sources."""

    identity: tuple[AudienceWords, ...]
    sourcing: tuple[AudienceWords, ...]
    warn: bool
    checked: bool


AUDIENCES: Mapping[str, Promise] = {
    "customers": gettext_lazy("Your customer"),
    "requesters": gettext_lazy("Those who asked further down"),
    "chain": gettext_lazy("Anyone else in the chain"),
}

OF_MYSELF: Mapping[str, Promise] = {
    "organization": gettext_lazy("your firm's name"),
    "item_name": gettext_lazy("the name of the item"),
    "site_and_town": gettext_lazy("the site and its town"),
    "country": pgettext_lazy("who sees what", "the country"),
    "step": pgettext_lazy("who sees what", "the step"),
    "family": pgettext_lazy("who sees what", "the family"),
    "chain_end": gettext_lazy("how the chain ends"),
    "certificate_scheme": gettext_lazy("which certificates are valid"),
    "certificate_number": gettext_lazy("certificate numbers and dates"),
    "input_name": gettext_lazy("the names of its inputs"),
    "coordinates_and_plots": gettext_lazy("coordinates and plots"),
    "document": gettext_lazy("documents"),
    "exact_share_and_volume": gettext_lazy("shares and volumes"),
    "stock": gettext_lazy("your stocks"),
    "time_to_switch": gettext_lazy("how fast you can switch sources"),
    "contact_person": gettext_lazy("your contact person"),
}
"""What is said of each kind of fact; a kind that is not here is never spoken of."""

OF_SOURCES: Mapping[str, Promise] = {
    "organization": gettext_lazy("their names"),
    "item_name": gettext_lazy("the names of their items"),
    "site_and_town": gettext_lazy("their sites and towns"),
    "country": gettext_lazy("their countries"),
    "step": gettext_lazy("their steps"),
    "family": gettext_lazy("their families"),
    "chain_end": gettext_lazy("how the chain ends there"),
    "certificate_scheme": gettext_lazy("which of their certificates are valid"),
    "certificate_number": gettext_lazy("their certificate numbers and dates"),
    "stated_source": gettext_lazy("sources that you only state, without the firm's name"),
    "coordinates_and_plots": gettext_lazy("their coordinates and plots"),
}

FINER: Mapping[str, str] = {"certificate_scheme": "certificate_number"}
"""What is not said where the finer fact shows as well."""


def in_words(preview: Preview) -> PreviewWords:
    """Return a preview in the language of the page; what is said comes from the table of levels, and nothing else."""
    return PreviewWords(
        identity=tuple(audience_in_words(each, OF_MYSELF) for each in preview.identity),
        sourcing=tuple(audience_in_words(each, OF_SOURCES) for each in preview.sourcing),
        warn=preview.warn,
        checked=preview.checked,
    )


def audience_in_words(sight: AudienceSight, spoken: Mapping[str, Promise]) -> AudienceWords:
    """Return one audience in the language of the page; `spoken` is OF_MYSELF or OF_SOURCES."""
    who = sight.organization or str(AUDIENCES[sight.audience])
    said = [spoken[kind] for kind in spoken if kind in sight.shown and FINER.get(kind) not in sight.shown]
    kept = [spoken[kind] for kind in spoken if kind in sight.hidden]
    nothing = _("only that something is there") if sight.level == 0 else ""
    return AudienceWords(who, nothing or _joined(said), _joined(kept))


def _joined(words: Iterable[Promise]) -> str:
    return ", ".join(str(word) for word in words)
