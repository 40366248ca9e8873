"""Documents of the test consortium: each name and each content with a word of its own."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from amont.catalogue.models import Item
from amont.disclosure import actions as disclosure
from amont.disclosure.actions import Subject
from amont.disclosure.guard import looking_as
from amont.disclosure.levels import Audience, Covers, Level
from amont.evidence import read as evidence
from amont.evidence.actions import add_document
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization

if TYPE_CHECKING:
    from world.build import World


def keep_documents(world: World) -> None:
    """Maël lets Claire see in full what it makes for her: with a document, and one of the certificate behind it.

    What it makes for Victor has one as well, and Rana's oil, which Claire sees by name and no further.
    """
    mael, rana = world.firms["mael"], world.firms["rana"]
    for key, viewer, name in (
        ("mael", mael, "item for claire"),
        ("mael", mael, "item for victor"),
        ("rana", rana, "first oil"),
    ):
        with looking_as(viewer):
            item = next(item for item, said in _items(viewer) if said == world.word(f"{key}: {name}: name"))
            _kept(world, viewer, key=key, beside=f"{name}: item", item=item)
            held = world.word(f"{key}: {name}: certificate")
            certificate = next(each.certificate for each in evidence.certificates(viewer) if each.number == held)
            _kept(world, viewer, key=key, beside=f"{name}: certificate", certificate=certificate)
    with looking_as(mael):
        item = next(item for item, said in _items(mael) if said == world.word("mael: item for claire: name"))
        disclosure.grant(
            mael,
            covers=Covers.IDENTITY,
            audience=Audience.ORGANIZATION,
            organization=Organization.objects.get(pk=world.firms["claire"].organization_id).public_id,
            level=Level.FULL,
            subject=Subject(item=item),
        )


def _kept(world: World, viewer: Viewer, *, key: str, beside: str, **place: str) -> None:
    name, content = (world.word(f"{key}: document of {beside}: {part}", key) for part in ("name", "content"))
    add_document(viewer, BytesIO(f"%PDF-1.7 {content}".encode()), file_name=f"{name}.pdf", **place)


def _items(viewer: Viewer) -> list[tuple[str, str]]:
    return list(Item.objects.filter(owner_id=viewer.organization_id).values_list("public_id", "name"))
