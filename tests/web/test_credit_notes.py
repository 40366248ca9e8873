"""Credit notes of a settlement as electronic documents, in the vendor's browser."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.purchasing.models import Settlement
from web.test_buying import Opened, SignedIn, Stage

ROWS = b"invoice,date,customer,reference,unit,quantity,amount,vat\nF1,2026-01-20,C7,PAPER,BX,800,2000.00,20\n"


@pytest.fixture
def settled(opened: Opened, signed_in: SignedIn) -> Iterator[tuple[Stage, str]]:
    with clock.held_at(datetime(2026, 2, 1, 12, tzinfo=UTC)):
        stage = Stage(opened, signed_in).founded().opened().joined()
        rows = ROWS.replace(b"2026-01-20", b"2026-02-01")
        stage.post("vendor", "documents", stage.agreement, file=SimpleUploadedFile("invoices.csv", rows))
    with clock.held_at(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        stage.post("vendor", "settle", stage.agreement, on="2026-02-28")
        with unsealed("a test looks up the settlement"):
            found = Settlement.objects.get().public_id
        yield stage, found


def test_the_vendor_takes_credit_notes_along_once_it_has_said_who_it_is(settled: tuple[Stage, str]) -> None:
    stage, settlement = settled
    assert "1 credit note of the settlement" in stage.get("vendor", "credit", stage.agreement, settlement)
    url = reverse("buy:credit", args=(stage.agreement, settlement))
    asked = {"vat": "FR83404833048", "first": "AV-7"}
    assert stage.clients["vendor"].get(url, asked).status_code == 403, "a file leaves for good: who is it?"
    with clock.held_at(datetime(2026, 2, 1, 12, tzinfo=UTC)):
        answer = stage.clients["vendor"].get(url, asked)
        refused = stage.clients["vendor"].get(url, {**asked, "vat": "FR1"}).content.decode()
    with ZipFile(io.BytesIO(answer.content)) as parts:
        assert parts.namelist() == ["AV-7.xml"]
        note = parts.read("AV-7.xml").decode()
    assert "Maison Buyer" in note
    assert ">48.00<" in note
    assert "no VAT number of the European Union" in refused


def test_who_is_not_the_vendor_gets_none(settled: tuple[Stage, str]) -> None:
    stage, settlement = settled
    for who, status in (("owner", 403), ("buyer", 404), ("stranger", 404)):
        stage.get(who, "credit", stage.agreement, settlement, status=status)
    stage.get("vendor", "credit", stage.agreement, "nothing", status=404)
