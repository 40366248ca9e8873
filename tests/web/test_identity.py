"""How a firm is checked, on pages: the coordinator's letter, the code, a buyer that vouches."""

import re

import pytest
from django.test import Client

from amont.parties.models import Organization, Person
from stories import cast

pytestmark = pytest.mark.django_db


def _signed_in(firm: cast.Firm) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(Person.objects.get(pk=firm.viewer.person_id))
    Person.objects.update(language="en")
    return client


def _public_id(firm: cast.Firm) -> str:
    return Organization.objects.get(pk=firm.viewer.organization_id).public_id


def _checked(firm: cast.Firm) -> str:
    return Organization.objects.get(pk=firm.viewer.organization_id).checked_by


def test_a_coordinators_letter_and_its_code_check_a_member() -> None:
    claire = cast.member("Maison Claire")
    nina = cast.member("Nina", cast.consortium())
    printed = f"/consortium/{cast.consortium()}/members/{_public_id(nina)}/letter/"
    page = _signed_in(claire).post(printed, {"address": "1 rue Haute"}).content.decode()
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", page)
    assert code is not None
    client = _signed_in(nina)
    assert b"What your company lacks" in client.get("/account/organization/identity/").content
    wrong = client.post("/account/organization/identity/", {"code": "2222"})
    assert b"error-summary" in wrong.content
    client.post("/account/organization/identity/", {"code": code[0]})
    assert _checked(nina) == "letter"
    assert b"What your company lacks" not in client.get("/account/organization/identity/").content


def test_nobody_else_prints_a_letter() -> None:
    claire = cast.member("Maison Claire")
    nina = cast.member("Nina", cast.consortium())
    url = f"/consortium/{cast.consortium()}/members/{{}}/letter/"
    assert _signed_in(nina).post(url.format(_public_id(claire)), {"address": "x"}).status_code == 403
    coordinator = _signed_in(claire)
    own = coordinator.post(url.format(_public_id(claire)), {"address": "x"})
    absent = coordinator.post(url.format("2" * 20), {"address": "x"})
    assert (own.status_code, absent.status_code) == (404, 404)


def test_a_buyer_vouches_for_who_supplies_it_and_for_nobody_else() -> None:
    claire = cast.member("Maison Claire")
    cast.ask(claire, cast.line(claire, "Emulsifier", "Olea", "olea@olea.example"))
    olea = cast.join("olea@olea.example", "Olea")
    client = _signed_in(claire)
    assert client.get(f"/ask/vouch/{_public_id(olea)}/").status_code == 404
    cast.send(olea, cast.answer(olea, cast.tasks(olea)[0]))
    assert b"Vouch for it" in client.get("/ask/").content
    assert b"never which one" in client.get(f"/ask/vouch/{_public_id(olea)}/").content
    client.post(f"/ask/vouch/{_public_id(olea)}/")
    assert _checked(olea) == "buyer"
    assert b"Vouch for it" not in client.get("/ask/").content
    assert client.post(f"/ask/vouch/{_public_id(claire)}/").status_code == 404
