"""What proves that an invitation to another address concerns a firm: a mailbox in its own house, and its name."""

import pytest

from amont.disclosure.concerned import house_of, is_concerned

EVERYBODYS = frozenset({"gmail", "orange"})
PAUL = "paul@olea.example"


@pytest.mark.parametrize(
    ("proved", "firm", "house"),
    [
        ("jeanne@olea.example", "Oléa", "olea.example"),
        ("jeanne@olea-provence.co.uk", "Olea Provence", "olea-provence.co.uk"),
        ("jeanne@mail.olea.example", "Olea Provence", "mail.olea.example"),
        ("jeanne@gmail.example", "Gmail Farms", ""),
        ("olea@borneo.example", "Olea", ""),
        ("jeanne@ol.example", "Olea", ""),
        ("jeanne@com", "Olea", ""),
        ("", "Olea", ""),
    ],
)
def test_a_mailbox_shows_the_house_of_a_firm_where_its_domain_bears_the_firms_name(
    proved: str, firm: str, house: str
) -> None:
    assert house_of(proved, firm=firm, everybodys=EVERYBODYS) == house


def test_neither_a_name_nor_a_domain_alone_proves_whom_an_invitation_concerns() -> None:
    assert is_concerned("olea.example", sent_to="Paul@OLEA.example", one_firm=True)
    assert not is_concerned("olea.example", sent_to=PAUL, one_firm=False)
    assert not is_concerned("olea.example", sent_to="paul@other.example", one_firm=True)
    assert not is_concerned("olea.example", sent_to="paul@notolea.example", one_firm=True)
    assert not is_concerned("", sent_to="paul", one_firm=True)
