"""Words of lines and files on screen."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amont.catalogue.facts import Line
from amont.catalogue.facts_sites import SiteFact
from amont.catalogue.lists import Code
from amont.chain.facts_alike import ReasonFact
from amont.chain.facts_book import ContactFact
from amont.exchange.words import words
from amont.kernel.countries import countries
from amont.kernel.folding import folded

KINDS: Mapping[str, Promise] = {
    "ingredient": _("Ingredient"),
    "packaging": _("Packaging"),
    "raw_material": _("Raw material"),
    "service": _("Service"),
}
BANDS: Mapping[str, Promise] = {
    "<1": _("under 1 t"),
    "1-10": _("1 to 10 t"),
    "10-100": _("10 to 100 t"),
    "100-1000": _("100 to 1,000 t"),
    ">1000": _("1,000 t and more"),
}
PIECES: Mapping[str, Promise] = {
    "<1": _("under 1 thousand pieces"),
    "1-10": _("1 to 10 thousand pieces"),
    "10-100": _("10 to 100 thousand pieces"),
    "100-1000": _("100 to 1,000 thousand pieces"),
    ">1000": _("1 million pieces and more"),
}
COUNTED = frozenset({"pcs", "1000 pcs"})
SHAPES: Mapping[str, Promise] = {
    "lines": _("Article lines, with or without their suppliers"),
    "contacts": _("Suppliers"),
    "sites": _("Sites: your own, or facilities of your suppliers"),
    "paths": _("Supply paths: one path a row, a pair of columns per tier"),
}

FAILED: Mapping[str, Promise] = {
    "refused": _("What was chosen for its columns does not do any more. Open it again and check."),
    "denied": _("Who brought it may not change your company’s lines any more."),
    "killed": _("It was begun several times and never came to its end. Cut it in two, or tell your operator."),
    "broken": _("Something went wrong on our side. Try again; if it happens once more, tell your operator."),
}
WHOSE: Mapping[str, Promise] = {"own": _("your own"), "suppliers": _("firms of your book"), "closed": _("closed")}
PAIRS: Mapping[str, Promise] = {
    "firm": _("Two firms of your book"),
    "place": _("Two sites of firms of your book"),
    "site": _("Two of your own sites"),
}
ALIKE: Mapping[str, Promise] = {
    "same_id": _("the same identifier (%(id)s)"),
    "other_id": _("other identifiers of one kind"),
    "same_number": _("the same registry number"),
    "other_number_of_registry": _("other registry numbers"),
    "same_name": _("the same name"),
    "same_but_form": _("the same name but for spelling or legal form"),
    "same_words": _("the same words in another order"),
    "near_name": _("names that are near each other"),
    "half_name": _("names that are only partly alike"),
    "other_name": _("other names"),
    "name_is_firm": _("one bears the name of the other’s firm"),
    "other_number": _("other numbers in the names"),
    "one_number": _("only one of the names has a number"),
    "contrast": _("words that tell units apart"),
    "same_country": _("the same country"),
    "other_country": _("another country"),
    "within": _("%(metres)s m apart"),
    "apart": _("%(metres)s m apart"),
    "same_address": _("addresses that are near each other"),
    "other_address": _("other addresses"),
    "same_postal": _("the same postcode"),
    "other_postal": _("other postcodes"),
    "other_house": _("other numbers in the addresses"),
    "same_town": _("the same town"),
    "other_town": _("another town"),
    "same_firm": _("the same firm"),
    "other_firm": _("other firms"),
    "same_group": _("the same group"),
    "same_domain": _("mail at the same domain"),
    "other_domain": _("mail at other domains"),
    "other_form": _("other legal forms"),
}
FIRM: Mapping[str, Promise] = {
    "name": _("Name"),
    "country": _("Country"),
    "group": _("Group"),
    "registry_id": _("Registry number"),
    "email": _("Mail"),
    "lines": _("Lines"),
}
SITE: Mapping[str, Promise] = {
    "name": _("Name"),
    "firm": _("Firm"),
    "external_id": _("Identifier"),
    "address": _("Postal address"),
    "town": _("Town"),
    "region": _("Region or province"),
    "country": _("Country"),
    "point": _("Point"),
}


def volume_words(line: Line) -> str:
    """Say a line's yearly volume: in pieces where its unit counts pieces, else in tonnes."""
    bands = PIECES if words("units").get(folded(line.unit)) in COUNTED else BANDS
    return str(bands.get(line.volume_band, ""))


def reason_words(reason: ReasonFact) -> str:
    """Say a reason for or against two being one."""
    return str(ALIKE[reason.code]) % reason.said


def naming(row: ContactFact | SiteFact) -> str:
    """Name a firm or a site; a site without a name by its firm."""
    return row.name or (row.firm if isinstance(row, SiteFact) else "")


def id_of(row: ContactFact | SiteFact) -> str:
    """Return the public id of a firm or a site."""
    return row.site if isinstance(row, SiteFact) else row.contact


def country_choices() -> list[tuple[str, str]]:
    """Return the countries by name in the language of the page, after an empty choice."""
    language = get_language() or "fr"
    return [("", "")] + [
        (each.code, each.fr if language.startswith("fr") else each.en) for each in countries(language[:2])
    ]


def code_choices(codes: tuple[Code, ...]) -> list[tuple[str, str]]:
    """Return a charter's list in the language of the page, after an empty choice."""
    language = get_language() or "fr"
    return [("", ""), *sorted(((each.code, each.label(language)) for each in codes), key=lambda each: folded(each[1]))]
