"""Pages of taking one's dossier along and of erasing one's organization."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from amont.parties.models import Organization

pytestmark = pytest.mark.django_db


def test_the_dossier_is_handed_out_as_a_file(opened: Any, signed_in: Any) -> None:
    client = signed_in(opened("claire"))
    assert client.get("/proof/dossier/").status_code == 200
    answer = client.post("/proof/dossier/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="amont.zip"'
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as parts:
        assert b"Maison Claire" in parts.read("data/organization.json")
    answer.close()


def test_erasing_takes_the_name_typed_and_ends_in_nobody_signed_in(opened: Any, signed_in: Any) -> None:
    client = signed_in(opened("claire"))
    assert "What is kept, and why" in client.get("/proof/erasure/").text
    assert client.post("/proof/erasure/", {"typed": "Maison"}).status_code == 422
    assert Organization.objects.get().name == "Maison Claire"
    assert client.post("/proof/erasure/", {"typed": "Maison Claire"}).status_code == 302
    assert Organization.objects.get().name == "—"
    assert client.get("/proof/").status_code == 302
