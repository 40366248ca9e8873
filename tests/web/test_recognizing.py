"""The page on which a firm recognizes what was sent to its other addresses."""

import pytest
from django.test import Client

from amont.chain.models import Invitation
from amont.parties.models import Person
from stories import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words", "done"),
    [
        ("en", "the same name but for spelling or legal form", "You can undo it below."),
        ("fr", "Envoyé à une autre adresse de votre entreprise", "Vous pouvez annuler ci-dessous."),
    ],
)
def test_tasks_show_what_was_sent_to_a_colleague_why_and_how_to_undo_it(language: str, words: str, done: str) -> None:
    brand = cast.member("Maison Claire")
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", "jeanne@olea.example"))
    rival = cast.member("Rivale", cast.consortium())
    cast.ask(rival, cast.line(rival, "Glycerine", "Olea", "paul@olea.example"))
    olea = cast.join("jeanne@olea.example", "Olea SA")
    Person.objects.filter(pk=olea.viewer.person_id).update(language=language)
    client = Client(headers={"accept-language": language})
    client.force_login(Person.objects.get(pk=olea.viewer.person_id))
    page = client.get("/tasks/").content.decode()
    assert words in page, "a first and only task is not opened over it"
    assert "paul@olea.example" in page
    sent = next(row.public_id for row in cast.all_rows(Invitation) if row.email == "paul@olea.example")
    where = f"/tasks/recognized/{sent}/"
    assert done in client.post(where, {"act": "ours"}, follow=True).content.decode()
    assert len(cast.tasks(olea)) == 2
    assert client.post(where, {"act": "else"}).status_code == 404
    client.post(where, {"act": "undo"})
    assert "paul@olea.example" in client.get("/tasks/?all=1").content.decode()
    assert client.get(where).status_code == 405
