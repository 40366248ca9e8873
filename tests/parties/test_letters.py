"""A firm is checked by the code in a letter: once, in five tries, by its administrator."""

from datetime import timedelta

import pytest

from amont.kernel import clock
from amont.kernel.clock import held_at
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger.models import Entry
from amont.parties import rules
from amont.parties.actions import enter_code, open_account, write_letter
from amont.parties.models import Letter, Organization

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def claire() -> Viewer:
    return open_account(
        email="claire@firm.example", person_name="Claire", organization_name="Claire", country="FR", language="en"
    )


def _public_id(viewer: Viewer) -> str:
    return Organization.objects.get(pk=viewer.organization_id).public_id


def _checked(viewer: Viewer) -> str:
    return Organization.objects.get(pk=viewer.organization_id).checked_by


def _code(viewer: Viewer) -> str:
    return write_letter(None, organization=_public_id(viewer), address="1 rue Haute\n69001 Lyon").code


def test_the_code_checks_the_firm_however_it_is_typed(claire: Viewer) -> None:
    code = _code(claire)
    assert len(rules.bare(code)) == rules.CODE_LENGTH
    enter_code(claire, f" {code.lower().replace('-', ' ')} ")
    assert _checked(claire) == "letter"
    assert Entry.objects.filter(act="check_by_letter").count() == 1
    with pytest.raises(Refused):
        enter_code(claire, code)


def test_a_letter_is_not_guessed(claire: Viewer) -> None:
    code = _code(claire)
    for _each in range(rules.MOST_TRIES):
        with pytest.raises(Refused):
            enter_code(claire, "2222-2222-2222")
    with pytest.raises(Refused):
        enter_code(claire, code)
    assert _checked(claire) == "none"


def test_a_letter_ends_and_a_new_one_takes_its_place(claire: Viewer) -> None:
    former, code = _code(claire), _code(claire)
    with pytest.raises(Refused):
        enter_code(claire, former)
    with held_at(clock.now() + timedelta(days=rules.LETTER_DAYS)), pytest.raises(Refused):
        enter_code(claire, code)
    enter_code(claire, code)
    assert _checked(claire) == "letter"


def test_the_code_is_kept_nowhere_and_is_for_one_firm(claire: Viewer) -> None:
    code = _code(claire)
    assert rules.bare(code) not in str(Letter.objects.values())
    other = open_account(
        email="rana@firm.example", person_name="Rana", organization_name="Rana", country="FR", language="en"
    )
    with pytest.raises(Refused):
        enter_code(other, code)
    assert (_checked(claire), _checked(other)) == ("none", "none")


def test_who_is_no_administrator_types_no_code(claire: Viewer) -> None:
    code = _code(claire)
    with pytest.raises(Denied):
        enter_code(Viewer(claire.organization_id, claire.person_id, Role.CONTRIBUTOR), code)


def test_no_letter_without_an_address_nor_for_nobody_nor_for_who_is_checked(claire: Viewer) -> None:
    with pytest.raises(Refused):
        write_letter(None, organization=_public_id(claire), address=" ")
    with pytest.raises(NotKnown):
        write_letter(None, organization="2" * 20, address="Lyon")
    Organization.objects.update(checked_by="buyer")
    with pytest.raises(Refused):
        write_letter(None, organization=_public_id(claire), address="Lyon")
    assert not Letter.objects.exists()
