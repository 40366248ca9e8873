"""Own lines, own book and reports as files: what their pages show, ready to be brought back.

The headings are the words of the fields, so that a file that left from here is known when it comes back; the last
column finds each row again, whatever was renamed or reordered meanwhile.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amont.catalogue.facts import ImportFact, Line
from amont.catalogue.facts_sites import SiteFact
from amont.chain.facts_book import ContactFact, SourceFact
from amont.exchange import fields
from amont.exchange.writing import Column, Value, Written, columns
from amont.kernel.countries import country_name
from amont.web.bring.present import trouble
from amont.web.bring.words import BANDS, KINDS

LINE_FIELDS = ("reference", "name", "kind", "inci", "material", "hs_code", "family", "unit", "volume")
SOURCE_FIELDS = ("supplier", "supplier_country", "supplier_mail", "supplier_reference")
CONTACT_FIELDS = ("name", "country", "person", "email", "language", "registry_id", "group")
SITE_FIELDS = (
    *("name", "firm", "group", "address", "town", "region", "country"),
    *("latitude", "longitude", "external_id"),
)
LANGUAGES = {"fr": "Français", "en": "English"}


def lines_written(rows: Iterable[tuple[Line, Sequence[SourceFact]]], labels: Mapping[str, str]) -> Written:
    """Return own lines: one row for each supplier of a line, as the import takes them; `labels` are of families."""
    found = (
        (*_line(line, labels), *_source(source), line.line) for line, sources in rows for source in sources or (None,)
    )
    return Written(_("Article lines"), _headed("lines", (*LINE_FIELDS, *SOURCE_FIELDS)), found)


def _line(line: Line, labels: Mapping[str, str]) -> tuple[Value, ...]:
    kind, band = KINDS.get(line.kind, ""), BANDS.get(line.volume_band, "")
    family = labels.get(line.family, line.family)
    of = (line.reference, line.name, str(kind), line.inci, line.material, line.hs_code)
    return (*of, family, line.unit, str(band))


def _source(source: SourceFact | None) -> tuple[Value, ...]:
    if source is None:
        return ("", "", "", "")
    return source.name, _country(source.country), source.email, source.supplier_reference


def contacts_written(rows: Iterable[ContactFact]) -> Written:
    """Return the firms of one's own book."""
    found = (
        (
            *(each.name, _country(each.country), each.person, each.email, LANGUAGES.get(each.language, each.language)),
            *(each.registry_id, each.group, each.contact),
        )
        for each in rows
    )
    return Written(_("Suppliers"), _headed("contacts", CONTACT_FIELDS), found)


def sites_written(rows: Iterable[SiteFact]) -> Written:
    """Return own sites and those of the firms of one's own book."""
    found = ((*_site(each), each.site) for each in rows)
    return Written(_("Sites"), _headed("sites", SITE_FIELDS), found)


def _site(site: SiteFact) -> tuple[Value, ...]:
    where = (site.address, site.town, site.region, _country(site.country))
    point = ("", "") if site.latitude is None else (repr(site.latitude), repr(site.longitude))
    return (site.name, site.firm, site.group, *where, *point, site.external_id)


def troubles_written(fact: ImportFact) -> Written:
    """Return the cells that an import refused, with reasons and remedies."""
    kept = fact.report.get("errors")
    told = (trouble(each) for each in (kept if isinstance(kept, list) else []))
    headings = (_("Row"), _("Cell"), _("Column"), _("Value"), _("What is wrong"), _("What to write"))
    found = ((each.row, each.cell, each.heading, each.value, each.reason, each.remedy) for each in told)
    return Written(_("Cells that do not do"), columns(*headings), found)


def _headed(shape: str, codes: Sequence[str]) -> tuple[Column, ...]:
    words = {each.code: str(each.label) for each in fields.choices(shape)}
    return (*columns(*(words[code] for code in codes)), Column(_("Amont id"), is_hidden=True))


def _country(code: str) -> str:
    return country_name(code, get_language() or "fr") if code else ""
