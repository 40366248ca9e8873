"""Colleagues: invited by an admin, joining by a mailed link, with a role."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from amont.kernel import clock
from amont.kernel.viewer import Role, Viewer
from amont.parties import actions, read
from amont.parties.models import ColleagueInvitation, Membership
from amont.post.models import Mail
from web.conftest import Opened, SignedIn

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def _link(to: str) -> str:
    found = re.search(r"https?://[^/]+(/account/join/\S+)", Mail.objects.filter(to=to).latest("pk").text)
    assert found is not None
    return found[1]


def _invited(claire: Viewer, email: str = "paul@firm.example", role: Role = Role.READER) -> str:
    actions.invite_colleague(claire, email=email, role=role, language="en")
    return _link(email)


def test_an_invited_colleague_joins_with_the_role_given(opened: Opened, signed_in: SignedIn, client: Client) -> None:
    claire = opened("claire")
    sent = signed_in(claire).post(
        "/account/organization/invite/", {"email": "Paul@Firm.example", "role": "reader", "language": "fr"}
    )
    assert sent.status_code == 302
    link = _link("paul@firm.example")
    assert b"Maison Claire" in client.get(link).content
    assert client.post(link, {"name": "Paul", "password": ""})["Location"] == "/"
    assert b"Paul" in client.get("/account/organization/").content
    assert [each.role for each in read.colleagues(claire)] == [Role.ADMIN, Role.READER]


def test_a_link_works_once(opened: Opened) -> None:
    link = _invited(opened("claire"))
    assert Client().post(link, {"name": "Paul"}).status_code == 302
    again = Client().post(link, {"name": "Mallory"}, headers=ENGLISH)
    assert again.status_code == 410
    assert b"used already" in again.content
    assert b"Maison Claire" not in again.content
    assert Membership.objects.count() == 2


def test_an_expired_link_says_so_and_names_nobody(opened: Opened, client: Client) -> None:
    link = _invited(opened("claire"))
    with clock.held_at(clock.now() + timedelta(days=15)):
        late = client.post(link, {"name": "Paul"}, headers=ENGLISH)
    assert late.status_code == 410
    assert b"expired" in late.content
    assert b"Maison Claire" not in late.content
    assert Membership.objects.count() == 1


def test_a_link_opened_under_another_address_is_refused(opened: Opened, signed_in: SignedIn) -> None:
    link = _invited(opened("claire"))
    rival = signed_in(opened("rival"))
    assert b"another address" in rival.get(link).content
    assert rival.post(link).status_code == 200
    assert Membership.objects.count() == 2
    assert ColleagueInvitation.objects.get().used_at is None


def test_a_person_of_another_firm_joins_and_may_act_for_both(opened: Opened, signed_in: SignedIn) -> None:
    paul = opened("paul", firm="Huiles Paul")
    link = _invited(opened("claire"))
    client = signed_in(paul)
    assert client.post(link).status_code == 302
    assert b"Maison Claire" in client.get("/account/organization/").content
    own = next(each.organization for each in read.choices(paul.person_id or 0) if each.name == "Huiles Paul")
    client.post("/account/organization/switch/", {"organization": own})
    assert b"<h1>Huiles Paul" in client.get("/account/organization/").content


def test_nobody_switches_to_an_organization_that_is_not_theirs(opened: Opened, signed_in: SignedIn) -> None:
    rival, claire = opened("rival"), opened("claire")
    other = read.me(claire)
    assert other is not None
    client = signed_in(rival)
    client.post("/account/organization/switch/", {"organization": other.organization})
    assert b"Maison Claire" not in client.get("/account/organization/").content


def test_a_link_that_never_was_is_not_found(client: Client) -> None:
    assert client.get("/account/join/nothing/").status_code == 404


def test_the_reply_to_an_admin_is_the_same_whether_an_address_has_an_account(
    opened: Opened, signed_in: SignedIn
) -> None:
    client = signed_in(opened("claire"))
    opened("known")
    replies = []
    for email in ("known@firm.example", "other@firm.example"):
        client.post("/account/organization/invite/", {"email": email, "role": "reader", "language": "en"})
        replies.append(client.get("/account/organization/").content.replace(email.encode(), b""))
    assert [b"on its way" in reply for reply in replies] == [True, True]


@pytest.mark.parametrize("role", [Role.READER, Role.CONTRIBUTOR])
def test_only_an_admin_invites_changes_and_removes(opened: Opened, signed_in: SignedIn, role: Role) -> None:
    claire = opened("claire")
    paul = actions.join_by_link(
        token=_invited(claire, role=role).split("/")[-2], name="Paul", password=None, language="en"
    )
    client, her = signed_in(paul), read.colleagues(claire)[0].person
    before = (Mail.objects.count(), Membership.objects.count())
    answers = [
        client.post("/account/organization/invite/", {"email": "x@y.example", "role": "admin", "language": "en"}),
        client.post(f"/account/organization/colleagues/{her}/role/", {"role": "reader"}),
        client.post(f"/account/organization/colleagues/{her}/remove/"),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert (Mail.objects.count(), Membership.objects.count()) == before
    assert b"Invite a colleague" not in client.get("/account/organization/").content


def test_the_last_admin_stays(opened: Opened, signed_in: SignedIn) -> None:
    claire = opened("claire")
    client, her = signed_in(claire), read.colleagues(claire)[0].person
    assert b"needs an administrator" in client.post(f"/account/organization/colleagues/{her}/remove/").content
    client.post(f"/account/organization/colleagues/{her}/role/", {"role": "reader"})
    assert [each.role for each in read.colleagues(claire)] == [Role.ADMIN]


def test_who_was_removed_acts_for_nobody_and_is_told_so(opened: Opened, signed_in: SignedIn) -> None:
    claire = opened("claire")
    paul = actions.join_by_link(token=_invited(claire).split("/")[-2], name="Paul", password=None, language="en")
    client = signed_in(paul)
    him = next(each.person for each in read.colleagues(claire) if each.name == "Paul")
    actions.remove_colleague(claire, person=him)
    gone = client.get("/account/organization/")
    assert gone.status_code == 403
    assert b"act for no organization" in gone.content
    assert b"Maison Claire" not in gone.content


def test_another_firms_admin_cannot_touch_colleagues_here(opened: Opened, signed_in: SignedIn) -> None:
    claire, rival = opened("claire"), signed_in(opened("rival"))
    her = read.colleagues(claire)[0].person
    assert rival.get(f"/account/organization/colleagues/{her}/remove/").status_code == 404
    assert rival.post(f"/account/organization/colleagues/{her}/remove/").status_code == 404
    assert rival.post(f"/account/organization/colleagues/{her}/role/", {"role": "reader"}).status_code == 404
