"""Own lines, own book and reports as files: what their pages show, ready to be brought back.

The headings are the words of the fields, so that a file that left from here is known when it comes back; the last
column finds each row again, whatever was renamed or reordered meanwhile.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amont.catalogue.facts import ImportFact, Line
from amont.catalogue.facts_sites import SiteFact
from amont.chain.facts_alike import AlikeFact
from amont.chain.facts_book import ContactFact, SourceFact
from amont.exchange import fields
from amont.exchange.writing import Column, Value, Written, columns
from amont.kernel.countries import country_name
from amont.kernel.viewer import Viewer
from amont.web.bring import undo
from amont.web.bring.present import trouble
from amont.web.bring.words import KINDS, PAIRS, SHAPES, naming, reason_words, volume_words

LINE_FIELDS = ("reference", "name", "kind", "inci", "material", "hs_code", "family", "unit", "volume")
SOURCE_FIELDS = ("supplier", "supplier_country", "supplier_mail", "supplier_reference")
CONTACT_FIELDS = ("name", "country", "person", "email", "language", "registry_id", "group")
SITE_FIELDS = (
    *("name", "firm", "group", "address", "town", "region", "country"),
    *("latitude", "longitude", "external_id", "siret", "gln"),
)
LANGUAGES = {"fr": "Français", "en": "English"}


def lines_written(rows: Iterable[tuple[Line, Sequence[SourceFact]]], labels: Mapping[str, str]) -> Written:
    """Return own lines: one row for each supplier of a line, as the import takes them; `labels` are of families."""
    found = (
        (*_line(line, labels), *_source(source), line.line) for line, sources in rows for source in sources or (None,)
    )
    return Written(_("Article lines"), _headed("lines", (*LINE_FIELDS, *SOURCE_FIELDS)), found)


def _line(line: Line, labels: Mapping[str, str]) -> tuple[Value, ...]:
    kind, band = KINDS.get(line.kind, ""), volume_words(line)
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
    numbers = (site.identifiers.get("siret", ""), site.identifiers.get("gln", ""))
    return (site.name, site.firm, site.group, *where, *point, site.external_id, *numbers)


def troubles_written(fact: ImportFact) -> Written:
    """Return the cells that an import refused, with reasons and remedies."""
    kept = fact.report.get("errors")
    told = (trouble(each) for each in (kept if isinstance(kept, list) else []))
    headings = (_("Row"), _("Cell"), _("Column"), _("Value"), _("What is wrong"), _("What to write"))
    found = ((each.row, each.cell, each.heading, each.value, each.reason, each.remedy) for each in told)
    return Written(_("Cells that do not do"), columns(*headings), found)


def points_written(fact: ImportFact) -> Written:
    """Return the points that an import read otherwise than written."""
    sites = fact.report.get("sites")
    rows = sites.get("read_as", []) if isinstance(sites, dict) else []
    found = ((each["row"], each["name"], each["written"], each["point"]) for each in rows)
    return Written(_("How these points were read"), columns(_("Row"), _("Site"), _("Written"), _("Read as")), found)


def stays_written(viewer: Viewer, fact: ImportFact) -> Written:
    """Return what stays, or would stay, once an import is taken back."""

    def rows() -> Iterator[tuple[Value, ...]]:
        for each in undo.all_that_stays(viewer, fact):
            yield each.row, str(each.what), each.label, str(each.why)

    return Written(_("What stays"), columns(_("Row in your file"), _("What"), _("Name"), _("Why it stays")), rows())


def imports_written(rows: Iterable[ImportFact]) -> Written:
    """Return the files that were brought before."""
    counts = (_("Rows"), _("Added"), _("Updated"), _("Unchanged"), _("Refused"))
    names = ("read", "added", "updated", "unchanged", "refused")
    found = (
        (
            *(each.file_name, _day(each.done_at), str(SHAPES.get(each.shape, ""))),
            *(_count(each.report.get(name)) for name in names),
            _day(each.undone_at),
        )
        for each in rows
    )
    headings = (_("File"), _("On"), _("What it holds"), *counts, _("Taken back"))
    return Written(_("Brought before"), columns(*headings), found)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def alike_written(rows: Iterable[AlikeFact]) -> Written:
    """Return the pairs of the own book that may be one, with the reasons."""
    found = (
        (
            *(str(PAIRS.get(each.kind, "")), naming(each.one), naming(each.other)),
            *(_reasons(each, for_it=for_it) for for_it in (True, False)),
        )
        for each in rows
    )
    return Written(
        _("May be the same"), columns(_("What"), _("The one"), _("The other"), _("For"), _("Against")), found
    )


def _reasons(pair: AlikeFact, *, for_it: bool) -> str:
    return "; ".join(reason_words(reason) for reason in pair.reasons if reason.is_for is for_it)


def _headed(shape: str, codes: Sequence[str]) -> tuple[Column, ...]:
    words = {each.code: str(each.label) for each in fields.choices(shape)}
    return (*columns(*(words[code] for code in codes)), Column(_("Amont id"), is_hidden=True))


def _country(code: str) -> str:
    return country_name(code, get_language() or "fr") if code else ""
