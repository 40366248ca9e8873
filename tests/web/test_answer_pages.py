"""The pages of the invited and of who answers."""

import pytest
from django.test import Client

from amont.chain.models import Invitation, Link
from amont.parties.models import Organization, Person
from amont.requests.models import Draft, Request, RequestLine
from stories import cast

pytestmark = pytest.mark.django_db

ADDRESS = "olea@olea.example"


@pytest.fixture
def brand() -> cast.Firm:
    firm = cast.member("Maison Claire")
    cast.ask(firm, cast.line(firm, "Emulsifier", "Olea", ADDRESS))
    return firm


def _page() -> str:
    return f"/invitation/{cast.token(ADDRESS)}/"


def test_the_invitation_is_readable_before_any_account_and_reading_it_changes_nothing(brand: cast.Firm) -> None:
    assert brand
    page = Client().get(_page(), headers={"accept-language": "en"})
    assert page.status_code == 200
    said = page.content.decode()
    assert "Maison Claire" in said
    assert "Emulsifier" in said
    assert brand.email in said
    (row,) = cast.all_rows(Invitation)
    assert row.opened_at is None
    assert row.used_at is None


def test_the_invited_answers_from_the_link_to_the_sending(brand: cast.Firm) -> None:
    assert brand
    client = Client(headers={"accept-language": "en"})
    begun = client.post(f"{_page()}begin/")
    assert begun["Location"].endswith("/account/")
    said = {"person_name": "Bruno", "organization_name": "Olea", "country": "IT", "password": ""}
    joined = client.post(f"{_page()}account/", said, follow=True)
    assert joined.status_code == 200
    line = cast.all_rows(RequestLine)[0].public_id
    assert joined.redirect_chain[-1][0] == f"/tasks/{line}/"
    answer = {
        "do": "send",
        "name": "Emulsifier 12",
        "kind": "ingredient",
        "family": "palm",
        "step": "refining",
        "country": "IT",
        "inputs.0.name": "palm oil",
        "inputs.0.sources.0.kind": "invite",
        "inputs.0.sources.0.name": "Borneo Oils",
        "inputs.0.sources.0.country": "MY",
        "inputs.0.sources.0.email": "b@borneo.example",
        "inputs.0.sources.0.language": "en",
    }
    wrong = client.post(f"/tasks/{line}/", {**answer, "inputs.0.sources.0.email": "nobody"})
    assert wrong.status_code == 422
    assert 'href="#inputs-0-sources-0-email"' in wrong.content.decode()
    assert not cast.all_rows(Link)
    sent = client.post(f"/tasks/{line}/", answer, follow=True)
    assert sent.redirect_chain[-1][0] == f"/tasks/{line}/sent/"
    assert len(cast.all_rows(Link)) == 1
    assert len(cast.mails("b@borneo.example")) == 1
    assert client.get("/ask/").status_code == 200


def test_a_draft_saves_itself_and_is_there_again(brand: cast.Firm) -> None:
    assert brand
    first = cast.join(ADDRESS, "Olea")
    client = Client(headers={"accept-language": "en"})
    client.force_login(Person.objects.get(pk=first.viewer.person_id))
    line = cast.tasks(first)[0].line
    saved = client.post(f"/tasks/{line}/draft/", {"name": "Half a nam", "inputs.0.name": ""})
    assert "Saved" in saved.content.decode()
    assert "Half a nam" in client.get(f"/tasks/{line}/").content.decode()
    added = client.post(f"/tasks/{line}/", {"do": "add-input", "name": "Half", "inputs.0.name": "x"})
    assert added["Location"].endswith("#inputs-1")
    assert len(cast.all_rows(Draft)) == 1


def test_what_is_said_of_a_source_stands_open_and_lists_are_in_the_readers_order(brand: cast.Firm) -> None:
    assert brand
    first = cast.join(ADDRESS, "Olea")
    Person.objects.filter(pk=first.viewer.person_id).update(language="fr")
    client = Client()
    client.force_login(Person.objects.get(pk=first.viewer.person_id))
    line = cast.tasks(first)[0].line
    page = client.get(f"/tasks/{line}/").content.decode()
    assert '<details class="of-firm"><summary>' in page
    assert page.index(">Émollients<") < page.index(">Glycérine<")
    source = {"inputs.0.sources.0.kind": "stated", "inputs.0.sources.0.step": "milling"}
    client.post(f"/tasks/{line}/draft/", {"inputs.0.name": "x", **source})
    assert '<details class="of-firm" open><summary>' in client.get(f"/tasks/{line}/").content.decode()


def test_used_expired_and_other_address_tell_so_and_nothing_else(brand: cast.Firm) -> None:
    page = _page()
    other = Client(headers={"accept-language": "en"})
    other.force_login(Person.objects.get(pk=brand.viewer.person_id))
    before = Organization.objects.count()
    cast.join(ADDRESS, "Olea")
    for client in (Client(headers={"accept-language": "en"}), other):
        for path in (page, f"{page}account/", f"{page}forward/", f"{page}decline/", f"{page}confirm/"):
            answer = client.get(path)
            assert answer.status_code == 410
            assert "Emulsifier" not in answer.content.decode()
    assert Client().post(f"{page}begin/").status_code == 410
    assert Organization.objects.count() == before + 1


def test_an_unknown_link_is_as_any_page_that_does_not_exist() -> None:
    answer = Client().get(f"/invitation/{'2' * 52}/")
    assert answer.status_code == 404


def test_a_copied_link_reads_but_answers_only_by_the_mail(brand: cast.Firm) -> None:
    assert brand
    (row,) = cast.all_rows(Invitation)
    client = Client(headers={"accept-language": "en"})
    page = client.get(f"/invitation/copy/{row.public_id}/")
    assert page.status_code == 200
    assert "begin" not in page.content.decode()
    assert ADDRESS not in page.content.decode()
    before = len(cast.mails(ADDRESS))
    assert client.post(f"/invitation/copy/{row.public_id}/").status_code == 200
    assert len(cast.mails(ADDRESS)) == before + 1
    assert Client().get(_page()).status_code == 200


def test_the_invited_confirms_without_an_account_and_the_asker_reads_it_without_a_name_for_others(
    brand: cast.Firm,
) -> None:
    client = Client(headers={"accept-language": "en"})
    page = client.get(f"{_page()}confirm/")
    line = cast.all_rows(RequestLine)[0].public_id
    assert f'value="{line}"' in page.content.decode()
    assert client.post(f"{_page()}confirm/").status_code == 422
    assert client.post(f"{_page()}confirm/", {"lines": ["foreign"]}).status_code == 422
    sent = client.post(f"{_page()}confirm/", {"lines": [line]}, follow=True)
    assert sent.redirect_chain == [(f"{_page()}replied/", 302)]
    assert "it is confirmed" in sent.content.decode()
    assert Client().get(f"{_page()}replied/").status_code == 302
    assert not Organization.objects.exclude(pk=brand.viewer.organization_id)
    assert "You have confirmed" in client.get(_page()).content.decode()
    asker = Client(headers={"accept-language": "en"})
    asker.force_login(Person.objects.get(email=brand.email))
    request = cast.all_rows(RequestLine)[0].request_id
    public_id = next(row.public_id for row in cast.all_rows(Request) if row.pk == request)
    assert "sans compte" in asker.get(f"/ask/{public_id}/").content.decode()
