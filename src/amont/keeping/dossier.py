"""An organization’s dossier: all that it owns, as a zip of JSON, CSV and documents with their hashes."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from amont.catalogue.models import Item, Site
from amont.chain.models import ClaimedPath, ClaimedPlace, ClaimedStep, Contact, Input, Link, Source
from amont.disclosure.models import Grant
from amont.disclosure.unsealed import unsealed
from amont.evidence.models import Certificate, Document, Reliance
from amont.evidence.sealed import content_of
from amont.exchange.writing import Column, Written, as_csv
from amont.kernel.errors import Denied
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.ledger.read import opened_lines_of
from amont.parties.models import Membership, Organization
from amont.purchasing.models import (
    Adhesion,
    Agreement,
    Baseline,
    DemandPart,
    Dispute,
    Invoice,
    InvoiceLine,
    Need,
    Quote,
    QuoteAsked,
    QuoteRequest,
    Settlement,
    Share,
    Statement,
)
from amont.requests.models import Answer, ColleagueAsked, Draft, Recognized, Release, Request, RequestLine

FORMAT = "amont-dossier"
MANIFEST = "manifest.json"
_ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The day of every file in the zip: the same dossier is the same bytes, whenever it is asked for."""
_PLACE = ("address", "town", "region", "country", "latitude", "longitude", "details")
_DOCUMENT = ("kind", "number", "corrects", "dated_on", "counts_on", "known_on", "channel", "dropped_on")
_LINE = ("number", "reference", "name", "unit", "quantity", "units", "vat_percent", "verdict", "expected", "counts")
OWNED: Mapping[str, tuple[type[Model], str]] = {
    "sites": (Site, " ".join(("public_id name external_id identifiers closed_on", *_PLACE))),
    "items": (
        Item,
        (
            "public_id reference name kind inci material hs_code family unit volume_band step country site__public_id "
            "chain_end is_bought is_active"
        ),
    ),
    "inputs": (Input, "public_id item__public_id name position stock_weeks switch_months"),
    "contacts": (Contact, "public_id name country group registry_id person email language"),
    "sources": (
        Source,
        (
            "public_id input__public_id contact__public_id link__public_id country step family chain_end "
            "supplier_reference asked_at refused_at confirmed_at"
        ),
    ),
    "places": (ClaimedPlace, " ".join(("public_id contact__public_id name external_id identifiers step", *_PLACE))),
    "paths": (ClaimedPath, "fingerprint item__public_id details"),
    "path_steps": (ClaimedStep, "path__fingerprint path__item__public_id position place__public_id"),
    "certificates": (Certificate, "public_id scheme number valid_until"),
    "reliances": (Reliance, "certificate__public_id item__public_id"),
    "documents": (Document, "public_id name media size sha256 certificate__public_id item__public_id added_at"),
    "grants": (
        Grant,
        (
            "public_id covers item__public_id link__public_id audience audience_organization__public_id level "
            "starts_at until_at revoked_at"
        ),
    ),
    "answers": (
        Answer,
        (
            "question version site__public_id item__public_id state value origin note valid_until said_on sent_at "
            "replaced_at"
        ),
    ),
    "colleagues_asked": (
        ColleagueAsked,
        "public_id question site__public_id item__public_id email asked_at answered_at",
    ),
    "drafts": (Draft, "line__public_id item__public_id content"),
    "recognized": (Recognized, "invitation__public_id is_ours said_at"),
    "needs": (Need, "category__public_id year currency units said_at"),
    "quotes_requested": (
        QuoteRequest,
        "public_id year currency units told_on terms lines asked_at closes_at opened_at chosen reason agreement",
    ),
    "quotes_asked": (QuoteAsked, "request__public_id name email"),
    "quotes": (
        Quote,
        (
            "public_id asked__request__public_id asked__name declined prices delivery_days payment_days holds_until "
            "certificates terms said_at"
        ),
    ),
    "demands": (DemandPart, "demand__category__public_id demand__year demand__on units"),
    "baselines": (Baseline, "public_id agreement__public_id kind reference price source dated_on"),
    "agreements": (
        Agreement,
        (
            "public_id name supplier__name currency first_on last_on terms formula bands vat_nature counterpart "
            "owner_consented_at supplier_consented_at closed_at"
        ),
    ),
    "adhesions": (Adhesion, "public_id agreement__public_id state sites customer starts_on ends_on"),
    "invoices": (Invoice, " ".join(("public_id adhesion__public_id", *_DOCUMENT))),
    "invoice_lines": (InvoiceLine, " ".join(("invoice__public_id", *_LINE))),
    "disputes": (Dispute, "public_id line__invoice__public_id line__number said said_at state answer answered_at"),
    "statements": (
        Statement,
        "adhesion__public_id on volume rate paid delta accrues pooled_on pool distance gain value",
    ),
}
"""What has one owner: by the name of its file, its table and fields. Ids are those that it bears here."""

SOLD: Mapping[str, tuple[type[Model], str]] = {
    "sold_agreements": (Agreement, "public_id name owner__name currency first_on last_on formula bands closed_at"),
    "sold_adhesions": (Adhesion, "public_id agreement__public_id owner__name state sites customer starts_on ends_on"),
    "sold_invoices": (Invoice, " ".join(("public_id adhesion__public_id", *_DOCUMENT))),
    "sold_invoice_lines": (InvoiceLine, " ".join(("invoice__public_id", *_LINE))),
    "sold_disputes": (
        Dispute,
        "public_id line__invoice__public_id line__number owner__name said said_at state answer answered_at",
    ),
    "settlements": (Settlement, "public_id agreement__public_id on volume entitlement delta"),
    "shares": (Share, "settlement__public_id adhesion__public_id volume cumulative delta"),
}
"""What it has as the supplier of agreements opened to others."""


def write_dossier(viewer: Viewer, out: IO[bytes]) -> None:
    """Write the dossier of the viewer's organization to a file. Raises `Denied` but to an administrator."""
    if not viewer.may_administer:
        raise Denied(_("Only an administrator of your organization may do this."))
    with transaction.atomic(), unsealed("an administrator takes what its own organization owns"):
        hashes: dict[str, str] = {}
        with ZipFile(out, "w", ZIP_DEFLATED) as parts:
            for name, rows in _tables(viewer):
                _put(parts, f"data/{name}.json", [_json(rows)], hashes)
                _put(parts, f"csv/{name}.csv", [_csv(name, rows)], hashes)
            for row in Document.objects.filter(owner_id=viewer.organization_id).order_by("public_id"):
                _put(parts, f"documents/{row.public_id}/{row.name}", content_of(row), hashes)
            manifest = {"format": FORMAT, "version": 1, "files": hashes}
            _put(parts, MANIFEST, [_json(manifest)], {})
        ledger.append(viewer, "take_dossier", detail={"files": len(hashes)})


def _tables(viewer: Viewer) -> Iterator[tuple[str, list[dict[str, object]]]]:
    me = viewer.organization_id
    own = Organization.objects.filter(pk=me)
    yield "organization", _rows(own.values("public_id", "name", "country", "registry_id", "checked_by"))
    people = Membership.objects.filter(organization_id=me).order_by("person__public_id")
    yield "people", _rows(people.values("person__public_id", "person__name", "person__email", "role", "since_at"))
    for side, tables in (("owner_id", OWNED), ("supplier_id", SOLD)):
        for name, (table, fields) in tables.items():
            rows = table._default_manager.filter(**{side: me}).values(*fields.split())  # noqa: SLF001 - Django's public name
            yield name, sorted(_rows(rows), key=_json)
    yield "links", sorted(_links(me), key=_json)
    yield from _requests(me)
    yield from _releases(me)
    yield "ledger", [dict(line) for line in opened_lines_of(viewer)]


def _links(me: int) -> Iterator[dict[str, object]]:
    """Give the accepted links, each from the viewer's own end: of the other end the firm alone."""
    for mine, other in (("buyer", "supplier"), ("supplier", "buyer")):
        rows = Link.objects.filter(**{f"{mine}_id": me}, status=Link.Status.ACCEPTED)
        for row in rows.select_related(other, f"{mine}_item"):
            yield {
                "public_id": row.public_id,
                "as": mine,
                "item": getattr(row, f"{mine}_item").public_id,
                "other": getattr(row, other).name,
                "family": row.family,
                "reference": row.reference,
                "accepted_at": _plain(row.accepted_at),
            }


def _requests(me: int) -> Iterator[tuple[str, list[dict[str, object]]]]:
    said = ("public_id", "purpose", "message", "due_on", "passed", "created_at", "consortium__name")
    lines = ("public_id", "request__public_id", "reference", "status", "reason", "passed", "answered_at")
    sent = Request.objects.filter(asker_id=me).order_by("public_id").values(*said, "contact__public_id")
    got = Request.objects.filter(supplier_id=me).order_by("public_id").values(*said, "asker__name")
    yield "requests_sent", _rows(sent)
    yield "requests_sent_lines", _rows(RequestLine.objects.filter(asker_id=me).order_by("public_id").values(*lines))
    yield "requests_received", _rows(got)
    yield (
        "requests_received_lines",
        _rows(RequestLine.objects.filter(supplier_id=me).order_by("public_id").values(*lines)),
    )


def _releases(me: int) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Give what was let out to customers, and what suppliers let the viewer read."""
    said = ("public_id", "question", "version", "label", "state", "value", "origin", "note", "valid_until", "said_on")
    review = ("released_at", "review", "review_note", "ended_at")
    sent = Release.objects.filter(owner_id=me).order_by("public_id")
    yield "answers_sent", _rows(sent.values(*said, *review, "reader__name", "site__public_id", "item__public_id"))
    got = Release.objects.filter(reader_id=me, ended_at=None).order_by("public_id")
    yield "answers_received", _rows(got.values(*said, *review, "owner__name"))


def _rows(found: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    return [{name.replace("__public_id", ""): _plain(value) for name, value in row.items()} for row in found]


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, datetime | date) else value


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _csv(name: str, rows: list[dict[str, object]]) -> bytes:
    headed = tuple(Column(heading) for heading in (rows[0] if rows else {}))
    cells = (tuple(_cell(value) for value in row.values()) for row in rows)
    return as_csv(Written(name, headed, cells), french=False)


def _cell(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _put(parts: ZipFile, name: str, content: Iterable[bytes], hashes: dict[str, str]) -> None:
    digest, about = sha256(), ZipInfo(name, _ALWAYS)
    about.compress_type = ZIP_DEFLATED
    with parts.open(about, "w", force_zip64=True) as part:
        for each in content:
            digest.update(each)
            part.write(each)
    hashes[name] = digest.hexdigest()
