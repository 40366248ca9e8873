"""Accounts: one act, one ledger line, one account an address."""

import pytest
from allauth.account.models import EmailAddress

from amont.kernel.errors import Denied, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger.models import Entry
from amont.parties import actions, read, rules
from amont.parties.models import Organization, Person

pytestmark = [pytest.mark.django_db, pytest.mark.both]
GOOD = {
    "email": "Claire@Firm.example ",
    "person_name": "Claire Aubert",
    "organization_name": "Maison Claire",
    "country": "FR",
    "language": "fr",
}


def _open(**other: str) -> Viewer:
    return actions.open_account(**{**GOOD, **other})


def test_an_account_is_a_person_with_a_proved_address_who_administers_its_firm() -> None:
    viewer = _open()
    assert viewer.role is Role.ADMIN
    address = EmailAddress.objects.get()
    assert (address.email, address.verified, address.primary) == ("claire@firm.example", True, True)
    assert not Person.objects.get().has_usable_password()
    assert [entry.act for entry in Entry.objects.all()] == ["open_account"]
    found = read.me(viewer)
    assert found is not None
    assert (found.person_name, found.organization_name) == ("Claire Aubert", "Maison Claire")


def test_an_address_has_one_account_however_it_is_written() -> None:
    _open()
    with pytest.raises(Refused) as refused:
        _open(email="CLAIRE@firm.example", organization_name="Other")
    assert set(refused.value.errors) == {"email"}
    assert (Person.objects.count(), Organization.objects.count(), Entry.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no address"),
        ("person_name", "  "),
        ("organization_name", ""),
        ("country", "XX"),
        ("country", "France"),
        ("language", "de"),
        ("password", "password1234"),
        ("password", "short"),
    ],
)
def test_what_does_not_do_is_refused_at_its_field_and_leaves_nothing(field: str, value: str) -> None:
    with pytest.raises(Refused) as refused:
        _open(**{field: value})
    assert set(refused.value.errors) == {field}
    assert not Person.objects.exists()
    assert not Organization.objects.exists()
    assert not Entry.objects.exists()


def test_a_person_opens_a_further_organization_and_administers_both() -> None:
    first = _open()
    second = actions.open_organization(first, name="Huiles Claire", country="FR")
    assert second.person_id == first.person_id
    assert [each.name for each in read.choices(first.person_id or 0)] == ["Huiles Claire", "Maison Claire"]


def test_the_software_itself_opens_no_organization() -> None:
    with pytest.raises(Denied):
        actions.open_organization(Viewer(1), name="Nobody", country="FR")


def test_choosing_the_same_language_twice_writes_one_line() -> None:
    viewer = _open()
    actions.choose_language(viewer, "en")
    actions.choose_language(viewer, "en")
    assert [entry.act for entry in Entry.objects.all()] == ["open_account", "choose_language"]
    with pytest.raises(Refused):
        actions.choose_language(viewer, "de")


def test_an_organization_keeps_an_admin() -> None:
    roles = {"claire": Role.ADMIN, "paul": Role.READER}
    assert not rules.keeps_an_admin(roles, "claire", None)
    assert not rules.keeps_an_admin(roles, "claire", Role.CONTRIBUTOR)
    assert rules.keeps_an_admin(roles, "paul", None)
    assert rules.keeps_an_admin({**roles, "paul": Role.ADMIN}, "claire", None)
