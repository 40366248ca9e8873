"""Leaks to plant where owners decide: who sees what, see-as, asking for more, and their files."""

from dataclasses import replace
from typing import Any

import pytest

import amont.disclosure.read as disclosed
from amont.catalogue.models import Item
from amont.chain.models import Link
from amont.disclosure.actions import consenting
from amont.disclosure.guard import looking_as
from amont.disclosure.models import Consent, MoreAsked
from amont.exchange.writing import Written
from amont.kernel.viewer import Viewer
from amont.parties.models import Membership, Organization
from amont.post import actions as post
from amont.sight import read as sight
from amont.sight import subjects, who
from amont.sight.asking import Askable, Question
from amont.sight.facts import Mark, SeenAs
from amont.sight.subjects import Firm, LinkSubject
from amont.web.share import asking, views
from disclosure.planting import Leak, around, everything


def see_as_with_the_customers_lines(patch: pytest.MonkeyPatch) -> None:
    """See-as holds the customer's own lines as well."""

    def change(found: SeenAs, *_: Any) -> SeenAs:
        firm = Viewer(Organization.objects.get(public_id=found.firm).pk)
        with looking_as(firm):
            own = [replace(each, mark=Mark.NAMED) for each in sight.view(firm).own]
        return replace(found, places=(*found.places, *own))

    around(patch, views, "sight_as", change)


def see_as_with_the_customers_claims(patch: pytest.MonkeyPatch) -> None:
    """See-as is cut from the customer's pages, own book included, and not from the link between the two."""

    def change(found: SeenAs, *_: Any) -> SeenAs:
        firm = Viewer(Organization.objects.get(public_id=found.firm).pk)
        with looking_as(firm):
            chains = [sight.chain_above(firm, each.ref) for each in sight.view(firm).own]
        claimed = [place for chain in chains for place in chain.places if place.mark is Mark.CLAIMED]
        return replace(found, places=(*found.places, *claimed))

    around(patch, views, "sight_as", change)


def see_as_of_a_firm_not_known(patch: pytest.MonkeyPatch) -> None:
    """Any firm at all may be looked through."""
    everybody = frozenset(Organization.objects.values_list("pk", flat=True))
    patch.setattr(disclosed, "known_firms", lambda _viewer: everybody)


def who_page_with_firms_not_known(patch: pytest.MonkeyPatch) -> None:
    """Who sees what lists every firm there is."""
    patch.setattr(who, "_firms", lambda _viewer: list(Organization.objects.values_list("pk", "public_id", "name")))


def decision_offered_for_firms_not_known(patch: pytest.MonkeyPatch) -> None:
    """A form completes the names of firms that its reader does not know."""
    firms = [
        Firm(public_id, name, buys=False) for public_id, name in Organization.objects.values_list("public_id", "name")
    ]
    patch.setattr(subjects, "known", lambda _viewer: tuple(firms))


def decision_about_the_buyers_item(patch: pytest.MonkeyPatch) -> None:
    """A link is told to its supplier by the buyer's item."""

    def change(found: tuple[LinkSubject, ...], *_: Any) -> tuple[LinkSubject, ...]:
        with everything():
            items = {row.public_id: row.buyer_item.name for row in Link.objects.select_related("buyer_item")}
        return tuple(replace(each, reference=items[each.link]) for each in found)

    around(patch, subjects, "told", change)


def question_with_the_askers_line(patch: pytest.MonkeyPatch) -> None:
    """Who is asked for more reads above which line of the asker it stands."""

    def change(found: tuple[Question, ...], *_: Any) -> tuple[Question, ...]:
        with everything():
            lines = {
                row.public_id: ", ".join(Item.objects.filter(owner_id=row.asker_id).values_list("name", flat=True))
                for row in Consent.objects.all()
            }
        return tuple(replace(each, item_name=lines[each.asked.public_id]) for each in found)

    around(patch, asking, "questions", change)


def asker_reads_who_was_asked(patch: pytest.MonkeyPatch) -> None:
    """Who asked reads whom it asked, and what they said."""

    def change(found: tuple[Any, ...], *_: Any) -> tuple[Any, ...]:
        with everything():
            said = {
                row.public_id: "; ".join(
                    f"{each.owner.name}: {each.said}"
                    for each in Consent.objects.filter(asked=row).select_related("owner")
                )
                for row in MoreAsked.objects.all()
            }
        return tuple(replace(each, purpose=said[each.public_id]) for each in found)

    around(patch, disclosed, "askings_of", change)


def place_asked_about_with_its_firm(patch: pytest.MonkeyPatch) -> None:
    """The page that asks who it is says who it is."""

    def change(found: Askable, viewer: Viewer, place: str) -> Askable:
        with everything():
            row = MoreAsked.objects.filter(owner_id=viewer.organization_id, place=place).first()
            name = Organization.objects.get(pk=Item.objects.get(pk=row.item_id).owner_id).name if row else ""
        return replace(found, place=replace(found.place, organization=name))

    around(patch, asking, "askable", change)


def mail_of_asking_with_the_askers_line(patch: pytest.MonkeyPatch) -> None:
    """The mail that asks for more names the asker's lines."""

    def change(_: None, row: MoreAsked, owner: int, **_named: str) -> None:
        with everything():
            lines = ", ".join(Item.objects.filter(owner_id=row.owner_id).values_list("name", flat=True))
        person = Membership.objects.filter(organization_id=owner).select_related("person")[0].person
        cause = f"more again {row.public_id} {owner}"
        post.write(cause=cause, to=person.email, language="fr", subject="Amont", text=f"About {lines}.")

    around(patch, consenting.notices, "asked_for_more", change)


def file_with_firms_not_known(patch: pytest.MonkeyPatch) -> None:
    """The file of who sees what has a row more than its page: a firm that its reader does not know."""

    def change(found: tuple[Written, ...], *_: Any) -> tuple[Written, ...]:
        names = ", ".join(Organization.objects.values_list("name", flat=True))
        return tuple(replace(each, rows=[*each.rows, (names, "", "", "", None, None)]) for each in found)

    around(patch, views, "page_written", change)


GRANTED: dict[str, Leak] = {
    "see-as with the customer's lines": Leak(see_as_with_the_customers_lines, "mael", ("share:seen_as",)),
    "see-as with the customer's claims": Leak(see_as_with_the_customers_claims, "mael", ("share:seen_as",)),
    "see-as of a firm not known": Leak(see_as_of_a_firm_not_known, "samir", ("share:seen_as",)),
    "who sees what with firms not known": Leak(who_page_with_firms_not_known, "rana", ("share:who", "see:who")),
    "a decision offered for firms not known": Leak(decision_offered_for_firms_not_known, "rana", ("share:give",)),
    "a decision about the buyer's item": Leak(decision_about_the_buyers_item, "rana", ("share:give",)),
    "a question with the asker's line": Leak(question_with_the_askers_line, "gita", ("share:asked",)),
    "the asker reads who was asked": Leak(asker_reads_who_was_asked, "claire", ("share:asked",)),
    "a place asked about with its firm": Leak(place_asked_about_with_its_firm, "claire", ("share:ask",)),
    "a mail of asking with the asker's line": Leak(mail_of_asking_with_the_askers_line, "victor", ("share:ask",)),
    "a file with firms not known": Leak(file_with_firms_not_known, "rana", ("share:who",)),
}
