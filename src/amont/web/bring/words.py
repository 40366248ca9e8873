"""Words of lines and files on screen."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amont.catalogue.lists import Code
from amont.kernel.countries import countries

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


def country_choices() -> list[tuple[str, str]]:
    """Return the countries by name in the language of the page, after an empty choice."""
    language = get_language() or "fr"
    return [("", "")] + [
        (each.code, each.fr if language.startswith("fr") else each.en) for each in countries(language[:2])
    ]


def code_choices(codes: tuple[Code, ...]) -> list[tuple[str, str]]:
    """Return a charter's list in the language of the page, after an empty choice."""
    language = get_language() or "fr"
    return [("", ""), *sorted(((each.code, each.label(language)) for each in codes), key=lambda each: each[1])]
