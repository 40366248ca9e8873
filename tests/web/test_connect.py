"""Pages where administrators let programs in, and have addresses called."""

import re
from datetime import timedelta

import pytest

from amont.kernel import clock
from amont.kernel.viewer import Role, Viewer
from amont.parties.models import Membership, Token
from amont.parties.read import bearer_of
from amont.post.models import Call, Hook
from web.conftest import Opened, SignedIn

pytestmark = pytest.mark.django_db
PAGES = "/account/programs/"
MADE = {"name": "Our ERP", "scopes": ["lines:read", "lines:write"], "days": "90"}


def test_a_token_is_shown_once_used_and_revoked(opened: Opened, signed_in: SignedIn) -> None:
    claire = opened("claire")
    client = signed_in(claire)
    made = client.post(f"{PAGES}tokens/new/", MADE)
    (secret,) = re.findall(r"amont_[a-z0-9]{52}", made.content.decode())
    bearer = bearer_of(secret)
    assert bearer is not None
    assert bearer.viewer == Viewer(claire.organization_id, None, Role.CONTRIBUTOR, Token.objects.get().public_id)
    shown = client.get(PAGES).content.decode()
    assert "Our ERP" in shown
    assert "never" in shown
    assert secret not in shown
    token = Token.objects.get().public_id
    assert client.post(f"{PAGES}tokens/{token}/revoke/").status_code == 302
    assert bearer_of(secret) is None
    assert "revoked" in client.get(PAGES).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"scopes": []}, "This field is required."),
        ({"scopes": ["everything"]}, "Select a valid choice."),
        ({"days": "100000"}, "Select a valid choice."),
    ],
)
def test_what_does_not_do_is_told_at_its_field(
    opened: Opened, signed_in: SignedIn, change: dict[str, object], said: str
) -> None:
    page = signed_in(opened("claire")).post(f"{PAGES}tokens/new/", {**MADE, **change})
    assert said in page.content.decode()
    assert not Token.objects.exists()


def test_two_tokens_that_work_have_two_names(opened: Opened, signed_in: SignedIn) -> None:
    client = signed_in(opened("claire"))
    client.post(f"{PAGES}tokens/new/", MADE)
    assert "A token of this name works already." in client.post(f"{PAGES}tokens/new/", MADE).content.decode()
    assert Token.objects.count() == 1


def test_an_address_is_called_tried_rotated_and_dropped(opened: Opened, signed_in: SignedIn) -> None:
    client = signed_in(opened("claire"))
    client.post(f"{PAGES}tokens/new/", MADE)
    made = client.post(f"{PAGES}calls/new/", {"url": "https://firm.example/hook"}).content.decode()
    (first,) = re.findall(r"whsec_[A-Za-z0-9+/=]+", made)
    hook = Hook.objects.get().public_id
    assert client.post(f"{PAGES}calls/{hook}/try/").status_code == 302
    page = client.get(f"{PAGES}calls/{hook}/").content.decode()
    assert "A try" in page
    assert first not in page
    for path, table in ((f"calls/{hook}/", "1"), ("", "1"), ("", "2")):
        for kind in ("csv", "xlsx"):
            assert client.get(PAGES + path, {"file": kind, "table": table}).status_code == 200
    rotated = client.post(f"{PAGES}calls/{hook}/rotate/").content.decode()
    assert re.findall(r"whsec_[A-Za-z0-9+/=]+", rotated) not in ([], [first])
    assert client.post(f"{PAGES}calls/{hook}/drop/").status_code == 302
    assert client.get(f"{PAGES}calls/{hook}/").status_code == 404
    assert Call.objects.count() == 1
    refused = client.post(f"{PAGES}calls/new/", {"url": "http://10.0.0.1/"}).content.decode()
    assert "Enter an address such as https://firm.example/amont" in refused


def test_others_tokens_and_addresses_are_not_there(opened: Opened, signed_in: SignedIn) -> None:
    client, other = signed_in(opened("claire")), signed_in(opened("victor"))
    client.post(f"{PAGES}tokens/new/", MADE)
    client.post(f"{PAGES}calls/new/", {"url": "https://firm.example/hook"})
    token, hook = Token.objects.get().public_id, Hook.objects.get().public_id
    never = "never234567neverwas2"
    for path, method in (("tokens/{}/revoke/", "post"), ("calls/{}/", "get"), ("calls/{}/drop/", "post")):
        theirs, none = (getattr(other, method)(PAGES + path.format(each)) for each in (token, never))
        if path.startswith("calls"):
            theirs = getattr(other, method)(PAGES + path.format(hook))
        assert (theirs.status_code, none.status_code) == (404, 404)
    assert Token.objects.get().revoked_at is None
    assert Hook.objects.get().dropped_at is None


@pytest.mark.parametrize("role", [Role.READER, Role.CONTRIBUTOR])
def test_only_administrators_let_programs_in(opened: Opened, signed_in: SignedIn, role: Role) -> None:
    claire = opened("claire")
    Membership.objects.update(role=role)
    client = signed_in(claire)
    for path in ("", "tokens/new/", "calls/new/"):
        assert client.get(PAGES + path).status_code == 403
    assert client.post(f"{PAGES}tokens/new/", MADE).status_code == 403
    assert not Token.objects.exists()


def test_a_token_needs_a_fresh_proof_and_revoking_one_does_not(opened: Opened, signed_in: SignedIn) -> None:
    client = signed_in(opened("claire"))
    client.post(f"{PAGES}tokens/new/", MADE)
    with clock.held_at(clock.now() + timedelta(hours=1)):
        asked = client.post(f"{PAGES}tokens/new/", {**MADE, "name": "Another"})
        assert "amont_" not in asked.content.decode()
        assert Token.objects.count() == 1
        assert client.post(f"{PAGES}calls/new/", {"url": "https://firm.example/hook"}).status_code != 200
        assert not Hook.objects.exists()
        client.post(f"{PAGES}tokens/{Token.objects.get().public_id}/revoke/")
    assert Token.objects.get().revoked_at is not None


def test_the_pages_speak_french(opened: Opened, signed_in: SignedIn) -> None:
    client = signed_in(opened("claire", language="fr"))
    assert "Jetons d’accès" in client.get(PAGES).content.decode()
    assert "Créer le jeton" in client.get(f"{PAGES}tokens/new/").content.decode()
