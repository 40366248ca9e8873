"""Why a cell or a row does not do, and what to write instead, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amont.kernel.countries import country_name

REASONS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "missing": (_("This cell is empty, and it is needed."), _("Fill it in.")),
    "no_value": (
        _("The formula of this cell has no value: the spreadsheet shows %(written)s."),
        _("Mend the formula, or empty the cell."),
    ),
    "no_reference": (
        _("The line has no reference."),
        _("Give it the reference of your own system: a second import knows the line by it."),
    ),
    "no_name": (_("This is no name: it holds neither a letter nor a digit."), _("Write the name in full.")),
    "too_long": (_("The text has %(length)s characters, %(longest)s fit."), _("Shorten it.")),
    "unknown_kind": (
        _("This kind of line is not known."),
        _("Write ingredient, packaging, raw material or service."),
    ),
    "unknown_language": (_("This language is not known."), _("Write French or English.")),
    "unknown_country": (
        _("This country is not known."),
        _("Write its name in French or English, or its two-letter code."),
    ),
    "unknown_country_near": (_("This country is not known."), _("Did you mean “%(near)s”?")),
    "hs_shape": (_("This is no customs code."), _("Write 4, 6, 8 or 10 digits.")),
    "hs_zero": (_("A customs code has 4, 6, 8 or 10 digits: a zero at its start seems lost."), _("Write %(near)s.")),
    "hs_unknown": (
        _("Heading %(heading)s does not exist in the Harmonized System 2022."),
        _("Check the first four digits."),
    ),
    "unknown_family": (_("This family is not in the charter’s list."), _("Choose one of the list, or leave it empty.")),
    "unknown_family_near": (_("This family is not in the charter’s list."), _("Did you mean “%(near)s”?")),
    "no_number": (_("This is no number."), _("Write digits, like 1,250 or 1250.5.")),
    "negative": (_("A volume cannot be negative."), _("Write the volume of one year.")),
    "no_degrees": (_("This is no coordinate."), _("Write degrees between -%(most)s and %(most)s.")),
    "no_angle": (
        _("These degrees, minutes and seconds cannot be read."),
        _("Write them like 48°51'24\"N, or in decimals like 48.8567."),
    ),
    "no_pair": (
        _("A point needs two numbers: a latitude and a longitude."),
        _("Write both, like 48.8567, 2.3522."),
    ),
    "no_point": (
        _("This is no point on the map."),
        _("Latitudes go from -90 to 90, longitudes from -180 to 180, with a decimal point."),
    ),
    "point_lost": (
        _("The decimal point seems lost, and it may have stood in several places."),
        _("Write latitude and longitude with their decimal points."),
    ),
    "point_elsewhere": (
        _("This point does not lie in this row’s country (%(country)s)."),
        _("Compare latitude, longitude and country."),
    ),
    "registry_digits": (
        _("This is no valid %(what)s: its check digits do not fit."),
        _("Compare it with a letterhead."),
    ),
    "no_mail": (_("This is no mail address."), _("Write one address, like name@firm.com.")),
    "many_mails": (_("There is more than one address here."), _("Keep one: who answers for this firm.")),
    "supplier_missing": (
        _("There is something about a supplier here, but not its name."),
        _("Write the supplier’s name, or empty this cell."),
    ),
    "clash": (_("This row contradicts row %(row)s, which speaks of the same one."), _("Keep one of the two rows.")),
    "unknown_id": (
        _("No line or firm of yours has this Amont id."),
        _("Empty the cell to have the row found by its reference or name, or export your table anew."),
    ),
    "reference_taken": (
        _("Another line of yours has this reference."),
        _("Give each line a reference of its own."),
    ),
    "firm_taken": (
        _("Your book already has another firm of this name in this country."),
        _("Merge the two in your book, or keep their names apart."),
    ),
    "which_firm": (
        _("Your book has several firms of this name, in different countries."),
        _("Write the country of the one that you mean."),
    ),
    "header_again": (_("This row is the header once more."), _("Delete it.")),
    "no_place": (_("A path needs a direct supplier."), _("Fill in the direct supplier.")),
}


def in_words(code: str, said: Mapping[str, str]) -> tuple[str, str]:
    """Return the reason and the remedy in the language that is active."""
    near = f"{code}_near" if said.get("near") and f"{code}_near" in REASONS else code
    reason, remedy = REASONS[near]
    if said.get("country"):
        said = {**said, "country": country_name(said["country"], get_language() or "fr")}
    return str(reason) % said, str(remedy) % said
