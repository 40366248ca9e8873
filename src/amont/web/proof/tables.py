"""Certificates as files: the rows of their page."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amont.evidence.facts import CertificateSheet
from amont.exchange.writing import Written, columns
from amont.web.see import words


def certificates_written(sheets: Iterable[CertificateSheet]) -> Written:
    """Return one's own certificates, with how many items rely on each and the names of its documents."""
    headed = columns(_("Certificate"), _("Number"), _("Valid until"), _("Items"), _("Documents"))
    found = ((words.listed(each.scheme), each.number, each.valid_until, each.items, _names(each)) for each in sheets)
    return Written(_("Your certificates"), headed, found)


def _names(sheet: CertificateSheet) -> str:
    return "; ".join(each.name for each in sheet.documents)
