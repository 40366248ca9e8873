"""The question set of the charter decides what the answer's form shows, in both languages."""

import pytest
from django.test import Client

from amont.catalogue.models import Item
from amont.consortia.models import Charter
from amont.parties.models import Person
from amont.requests.models import RequestLine
from stories import cast

pytestmark = pytest.mark.django_db

ADDRESS = "olea@olea.example"
PARTS = {
    "step": ('name="step"', "What you do yourself", "Ce que vous faites vous-même"),
    "site": ('name="site_name"', "The name by which your customers know the site", "Le nom sous lequel vos clients"),
    "country": ('name="country"', "The country where you make it", "Le pays où vous le faites"),
    "family": ('name="family"', "The family of the material that counts", "La famille de la matière qui compte"),
    "certificates": ('value="add-certificate"', "Those that cover this product", "Ceux qui couvrent ce produit"),
    "chain_end": ('name="chain_end"', "To say that you cannot share it", "Dire que l’on ne peut pas le partager"),
    "inputs": ('name="inputs.0.name"', "The materials that count, and where", "Les matières qui comptent, et pour"),
}
WITHIN = {"stock_weeks": 'name="inputs.0.stock_weeks"', "switch_months": 'name="inputs.0.switch_months"'}


def _asked(*codes: str) -> tuple[str, Client]:
    brand = cast.member("Maison Claire")
    Charter.objects.update(questions=list(codes))
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS))
    olea = cast.join(ADDRESS, "Olea")
    client = Client()
    client.force_login(Person.objects.get(pk=olea.viewer.person_id))
    return f"/tasks/{cast.all_rows(RequestLine)[0].public_id}/", client


def _read(client: Client, page: str, language: str) -> str:
    person = Person.objects.get(pk=client.session["_auth_user_id"])
    person.language = language
    person.save(update_fields=["language"])
    return client.get(page, headers={"accept-language": language}).content.decode()


@pytest.mark.parametrize("code", PARTS)
def test_the_form_shows_the_part_that_is_asked_and_no_other(code: str) -> None:
    page, client = _asked(code)
    english, french = (_read(client, page, language) for language in ("en", "fr"))
    field, help_en, help_fr = PARTS[code]
    assert field in english
    assert help_en in english
    assert help_fr in french
    for other, (name, _, _) in PARTS.items():
        assert (name in english) == (name in french) == (other == code)


@pytest.mark.parametrize("code", WITHIN)
def test_stock_and_time_to_switch_show_within_each_input_where_asked(code: str) -> None:
    page, client = _asked("inputs", code)
    shown = _read(client, page, "en")
    assert {each: name in shown for each, name in WITHIN.items()} == {each: each == code for each in WITHIN}


def test_an_answer_to_one_question_is_sent_without_the_others() -> None:
    page, client = _asked("country")
    assert client.post(page, {"do": "send", "name": "Oil", "kind": "ingredient"}).status_code == 422
    sent = client.post(page, {"do": "send", "name": "Oil", "kind": "ingredient", "country": "IT", "step": "refining"})
    assert sent["Location"].endswith("/sent/")
    item = next(row for row in cast.all_rows(Item) if row.name == "Oil")
    assert (item.country, item.step, item.family) == ("IT", "", "")


def test_the_invitation_tells_what_is_asked_what_for_and_the_minutes() -> None:
    brand = cast.member("Maison Claire")
    Charter.objects.update(questions=["country", "certificates", "inputs"])
    lines = [cast.line(brand, name, "Olea", ADDRESS) for name in ("Emulsifier", "Wax", "Oil")]
    cast.ask(brand, *lines)
    page = f"/invitation/{cast.token(ADDRESS)}/"
    english = Client().get(page, headers={"accept-language": "en"}).content.decode()
    french = Client().get(page, headers={"accept-language": "fr"}).content.decode()
    assert "about 15 minutes in all" in english
    assert "about 4 minutes, two fifths of the first" in english
    assert "To show compliance once" in english
    assert "Établir la conformité une fois" in french
    assert "deux cinquièmes" in french
    assert "Process step" not in english
