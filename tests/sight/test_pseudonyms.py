"""A pseudonym is one viewer's beside one head, and leads nowhere."""

import hmac
from base64 import b32encode

from amont.sight.cut.pseudonyms import firm_pseudonym, item_pseudonym


def test_it_is_the_same_every_time_for_one_viewer_item_and_head() -> None:
    assert item_pseudonym(1, item=2, head=3) == item_pseudonym(1, item=2, head=3)


def test_it_differs_by_viewer_by_item_by_head_and_from_a_firms() -> None:
    found = {
        item_pseudonym(viewer, item=item, head=head)
        for viewer in range(1, 12)
        for item in range(1, 12)
        for head in range(1, 12)
    } | {firm_pseudonym(viewer, organization=item, head=3) for viewer in range(1, 12) for item in range(1, 12)}
    assert len(found) == 11**3 + 11**2


def test_it_is_long_enough_not_to_be_guessed() -> None:
    assert len(item_pseudonym(1, item=2, head=3)) == len(firm_pseudonym(1, organization=2, head=3)) == 24


def test_it_hangs_on_the_secret_key(settings: object) -> None:
    before = item_pseudonym(1, item=2, head=3)
    settings.PSEUDONYM_KEY = "another"  # type: ignore[attr-defined]
    assert item_pseudonym(1, item=2, head=3) != before


def test_they_are_keyed_hashes_of_what_they_stand_for(settings: object) -> None:
    settings.PSEUDONYM_KEY = "secret"  # type: ignore[attr-defined]

    def expected(said: str) -> str:
        return b32encode(hmac.digest(b"secret", said.encode(), "sha256")[:15]).decode().lower()

    assert item_pseudonym(1, item=2, head=3) == expected("item\n1\n2\n3")
    assert firm_pseudonym(1, organization=2, head=3) == expected("firm\n1\n2\n3")
