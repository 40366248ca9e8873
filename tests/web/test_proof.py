"""Pages of certificates and documents."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client

from amont.catalogue.actions.lines import add_line
from amont.catalogue.facts import LineDraft
from amont.disclosure.guard import looking_as
from amont.disclosure.unsealed import unsealed
from amont.evidence import read
from amont.evidence.models import Certificate, Document, Reliance
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.ledger.models import Entry

pytestmark = pytest.mark.django_db

NOTHING = "nothing234567nothing"
PDF = b"%PDF-1.7 the certificate"


@pytest.fixture
def mael(opened) -> Viewer:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """A supplier with an item that relies on a certificate."""
    viewer: Viewer = opened("mael")
    with looking_as(viewer):
        add_line(viewer, LineDraft(row=0, name="Palm oil", kind="ingredient", family="palm"))
    with unsealed("a test writes a certificate"):
        from amont.catalogue.models import Item  # noqa: PLC0415 - beside its use

        held = Certificate.objects.create(owner_id=viewer.organization_id, scheme="rspo", number="7")
        Reliance.objects.create(owner_id=viewer.organization_id, certificate=held, item=Item.objects.get())
    return viewer


@pytest.fixture
def client(mael: Viewer, signed_in) -> Client:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Maël's browser."""
    found: Client = signed_in(mael)
    return found


def certificate(mael: Viewer) -> str:
    with looking_as(mael):
        return read.certificates(mael)[0].certificate


def item(mael: Viewer) -> str:
    from amont.catalogue.models import Item  # noqa: PLC0415 - beside its use

    with looking_as(mael):
        return Item.objects.get().public_id


def sent(content: bytes = PDF, name: str = "RSPO 2027.pdf") -> dict[str, BytesIO]:
    file = BytesIO(content)
    file.name = name
    return {"file": file}


def without_tokens(text: str, asked: str) -> str:
    """Return a page without what is random in every answer, and without what was asked."""
    return re.sub(r"[A-Za-z0-9]{64}", "", text).replace(asked, "")


def documents() -> list[str]:
    with unsealed("a test looks"):
        return list(Document.objects.values_list("public_id", flat=True))


def test_a_certificate_is_listed_once_with_its_items(client: Client, mael: Viewer) -> None:
    text = client.get("/proof/").text
    assert f"/proof/certificates/{certificate(mael)}/" in text
    assert "RSPO" in text
    assert "RSPO" in client.get("/proof/?file=csv").text


def test_a_document_is_added_to_a_certificate_and_to_an_item_and_handed_out(client: Client, mael: Viewer) -> None:
    for page in (f"/proof/certificates/{certificate(mael)}/", f"/proof/items/{item(mael)}/"):
        before = set(documents())
        assert client.post(page, sent()).headers["Location"] == page
        assert "RSPO 2027.pdf" in client.get(page).text
        (new,) = set(documents()) - before
        answer = client.get(f"/proof/documents/{new}/")
        assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
        assert answer.headers["Content-Disposition"] == 'attachment; filename="RSPO 2027.pdf"'
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(("form", "said"), [({}, "Choose a document."), (sent(b"<html>"), "Choose a PDF")])
def test_what_does_not_do_is_said_at_the_field(
    client: Client, mael: Viewer, form: dict[str, BytesIO], said: str
) -> None:
    answer = client.post(f"/proof/items/{item(mael)}/", form)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'class="error-summary"' in answer.text
    assert documents() == []


def test_another_takes_its_place_and_one_is_removed(client: Client, mael: Viewer) -> None:
    page = f"/proof/items/{item(mael)}/"
    client.post(page, sent())
    (old,) = documents()
    assert client.get(f"/proof/documents/{old}/replace/").status_code == 200
    assert client.post(f"/proof/documents/{old}/replace/", {}).status_code == 422
    assert client.post(f"/proof/documents/{old}/replace/", sent(PDF + b" anew", "new.pdf")).headers["Location"] == page
    (new,) = documents()
    assert new != old
    assert client.get(f"/proof/documents/{old}/").status_code == 404
    assert client.post(f"/proof/documents/{new}/remove/").headers["Location"] == page
    assert documents() == []


def test_hidden_and_never_there_are_the_same_answer(client: Client, mael: Viewer, opened, signed_in) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    client.post(f"/proof/items/{item(mael)}/", sent())
    (there,) = documents()
    rana = signed_in(opened("rana"))
    for path in ("/proof/documents/{}/", "/proof/documents/{}/replace/"):
        hidden, none = rana.get(path.format(there)), rana.get(path.format(NOTHING))
        assert (hidden.status_code, without_tokens(hidden.text, there)) == (404, without_tokens(none.text, NOTHING))
        assert set(hidden.headers) == set(none.headers)
    assert rana.post(f"/proof/documents/{there}/remove/").status_code == 404
    assert documents() == [there]


def test_the_pages_are_in_french(client: Client) -> None:
    client.post("/language/", {"language": "fr", "next": "/proof/"})
    assert "Certificats et documents" in client.get("/proof/", headers={"Accept-Language": "fr"}).text


def held() -> tuple[str, object]:
    with unsealed("a test looks"):
        row = Certificate.objects.get()
        return row.number, row.valid_until


def test_a_certificate_is_renewed_once_for_all_its_items_with_its_document(client: Client, mael: Viewer) -> None:
    page, day = f"/proof/certificates/{certificate(mael)}/renew/", clock.today() + timedelta(days=400)
    assert "1 item relies on it" in client.get(page).text
    lines = Entry.objects.count()
    for _twice in range(2):
        answer = client.post(page, {"valid_until": day.isoformat(), "number": "8", **sent()}, follow=True)
        assert "Renewed, for 1 item." in answer.text
    assert held() == ("8", day)
    assert len(documents()) == 1
    assert Entry.objects.count() == lines + 2  # one that renews, one that adds the document


@pytest.mark.parametrize("days", [-1, 3_700, None])
def test_a_renewal_that_does_not_do_changes_nothing(client: Client, mael: Viewer, days: int | None) -> None:
    day = "1900-13-01" if days is None else (clock.today() + timedelta(days=days)).isoformat()
    answer = client.post(f"/proof/certificates/{certificate(mael)}/renew/", {"valid_until": day, **sent()})
    assert answer.status_code == 422
    assert 'class="error-summary"' in answer.text
    assert held() == ("7", None)
    assert documents() == []


def test_a_renewal_whose_document_is_refused_changes_nothing(client: Client, mael: Viewer) -> None:
    day = (clock.today() + timedelta(days=9)).isoformat()
    page = f"/proof/certificates/{certificate(mael)}/renew/"
    assert client.post(page, {"valid_until": day, **sent(b"<html>")}).status_code == 422
    assert held() == ("7", None)


def test_a_number_that_another_certificate_bears_is_refused(client: Client, mael: Viewer) -> None:
    first = certificate(mael)
    with unsealed("a test writes a certificate"):
        Certificate.objects.create(owner_id=mael.organization_id, scheme="rspo", number="9")
    day = (clock.today() + timedelta(days=9)).isoformat()
    answer = client.post(f"/proof/certificates/{first}/renew/", {"valid_until": day, "number": "9"})
    assert answer.status_code == 422
    assert "Another certificate of yours has this number already." in answer.text


def test_a_certificate_of_another_firm_cannot_be_renewed(mael: Viewer, opened, signed_in) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    there, rana = certificate(mael), signed_in(opened("rana"))
    day = {"valid_until": (clock.today() + timedelta(days=9)).isoformat()}
    for path in (f"/proof/certificates/{there}/renew/", f"/proof/certificates/{NOTHING}/renew/"):
        assert rana.get(path).status_code == rana.post(path, day).status_code == 404
    assert held() == ("7", None)
