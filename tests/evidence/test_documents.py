"""Documents: kept sealed, opened by who may, unreadable once their owner's key is shredded."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import override_settings

from amont.commands.main import main
from amont.disclosure.guard import looking_as
from amont.disclosure.models import Grant
from amont.disclosure.reading import noting
from amont.disclosure.unsealed import unsealed
from amont.evidence import actions, read, rules
from amont.evidence.models import Certificate, Document, DocumentPart, OwnerKey, Reliance
from amont.kernel import sealing
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger.read import first_broken_line, lines_of, network_version
from amont.sight.documents import opened
from small_world import SmallWorld

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PDF = b"%PDF-1.7 " + b"what nobody else may read " * 9


@pytest.fixture
def world() -> SmallWorld:
    """A buyer, its supplier with a certificate, and somebody else."""
    with unsealed("a test writes its world"):
        world = SmallWorld()
        world.item("line", "buyer")
        world.item("oil", "supplier")
        world.link("line", "oil")
        held = Certificate.objects.create(owner=world.firm("supplier"), scheme="rspo", number="1")
        Reliance.objects.create(owner=world.firm("supplier"), certificate=held, item=world.items["oil"])
        world.firm("other")
    return world


def keep(world: SmallWorld, content: bytes = PDF, **place: str) -> str:
    supplier = world.viewer("supplier")
    with looking_as(supplier):
        place = place or {"item": world.items["oil"].public_id}
        return actions.add_document(supplier, BytesIO(content), file_name="plan.pdf", **place).document


def reads(world: SmallWorld, firm: str, document: str) -> bytes:
    viewer = world.viewer(firm)
    with looking_as(viewer), noting():
        return b"".join(opened(viewer, document).parts)


def show_in_full(world: SmallWorld, *, level: int = 4) -> None:
    with unsealed("a test grants"):
        world.grant("supplier", covers="identity", audience="customers", level=level)


def test_its_owner_reads_what_it_kept(world: SmallWorld) -> None:
    large = b"%PDF-1.7 " + bytes(range(256)) * 9_000
    assert reads(world, "supplier", keep(world, large)) == large


def test_nothing_of_it_stands_in_the_database_in_clear(world: SmallWorld) -> None:
    keep(world)
    with unsealed("a test looks at the tables"):
        sealed = b"".join(bytes(part) for part in DocumentPart.objects.values_list("sealed", flat=True))
        keys = b"".join(bytes(key or b"") for key in OwnerKey.objects.values_list("wrapped", flat=True))
    assert b"nobody" not in sealed + keys
    assert len(sealed) == len(PDF) + 16


@pytest.mark.parametrize("place", ["item", "certificate"])
def test_who_sees_the_item_in_full_reads_it_and_nobody_else(world: SmallWorld, place: str) -> None:
    supplier = world.viewer("supplier")
    with looking_as(supplier):
        held = read.certificates(supplier)[0].certificate
    document = keep(world, **({"certificate": held} if place == "certificate" else {}))
    for firm in ("buyer", "other"):
        with pytest.raises(NotKnown):
            reads(world, firm, document)
    show_in_full(world)
    assert reads(world, "buyer", document) == PDF
    with pytest.raises(NotKnown):
        reads(world, "other", document)


def test_what_was_removed_since_the_view_was_made_is_not_there(world: SmallWorld) -> None:
    document = keep(world)
    show_in_full(world)
    assert reads(world, "buyer", document) == PDF
    with unsealed("a test removes it behind the view's back"):
        Document.objects.all().delete()
    with pytest.raises(NotKnown):
        reads(world, "buyer", document)


def test_a_withdrawn_right_closes_it_at_once(world: SmallWorld) -> None:
    document = keep(world)
    show_in_full(world)
    assert reads(world, "buyer", document) == PDF
    with unsealed("a test takes it back"):
        Grant.objects.all().delete()
        show_in_full(world, level=3)
    with pytest.raises(NotKnown):
        reads(world, "buyer", document)


def test_the_opening_is_noted_for_its_owner(world: SmallWorld) -> None:
    document = keep(world)
    show_in_full(world)
    buyer = world.viewer("buyer")
    with looking_as(buyer), noting() as notes:
        opened(buyer, document)
    told = notes[buyer.organization_id][world.firm("supplier").pk]
    assert told.documents == {document}


def test_the_same_content_at_one_place_stands_once(world: SmallWorld) -> None:
    document, version = keep(world), network_version()
    assert keep(world) == document
    assert network_version() == version
    with unsealed("a test counts"):
        assert Document.objects.count() == 1


def test_another_takes_its_place_in_one_act(world: SmallWorld) -> None:
    supplier, old = world.viewer("supplier"), keep(world)
    item = world.items["oil"].public_id
    with looking_as(supplier):
        new = actions.add_document(supplier, BytesIO(PDF + b"2"), file_name="b.pdf", item=item, instead=old).document
        assert [each.document for each in read.item(supplier, item).documents] == [new]
    with pytest.raises(NotKnown):
        reads(world, "supplier", old)


def test_a_removed_document_is_gone_with_its_content(world: SmallWorld) -> None:
    supplier, document = world.viewer("supplier"), keep(world)
    with looking_as(supplier):
        actions.remove_document(supplier, document)
        with pytest.raises(NotKnown):
            actions.remove_document(supplier, document)
    with unsealed("a test counts"):
        assert not DocumentPart.objects.exists()
    assert [line.act for line in lines_of(supplier)] == ["remove_document", "add_document"]


def test_what_is_not_ones_own_is_not_there(world: SmallWorld) -> None:
    document, other = keep(world), world.viewer("other")
    with looking_as(other):
        for act in (
            lambda: actions.remove_document(other, document),
            lambda: actions.add_document(other, BytesIO(PDF), file_name="x", item=world.items["oil"].public_id),
            lambda: read.document(other, document),
            lambda: read.item(other, world.items["oil"].public_id),
        ):
            with pytest.raises(NotKnown):
                act()
    assert reads(world, "supplier", document) == PDF


def test_a_reader_keeps_and_removes_nothing(world: SmallWorld) -> None:
    document = keep(world)
    reader = Viewer(world.firm("supplier").pk, role=Role.READER)
    with looking_as(reader):
        with pytest.raises(Denied):
            actions.remove_document(reader, document)
        with pytest.raises(Denied):
            actions.add_document(reader, BytesIO(PDF), file_name="x", item=world.items["oil"].public_id)


@pytest.mark.parametrize("content", [b"", b"<html>", b"%PDF-" + bytes(rules.MOST_BYTES)])
def test_what_does_not_do_is_refused_at_the_field_and_not_kept(world: SmallWorld, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        keep(world, content)
    assert list(refused.value.errors) == ["file"]
    with unsealed("a test counts"):
        assert not Document.objects.exists()


def test_past_the_most_beside_one_item_nothing_is_added(world: SmallWorld) -> None:
    for number in range(rules.MOST_BESIDE):
        keep(world, PDF + str(number).encode())
    with pytest.raises(Refused):
        keep(world)


def test_a_changed_part_is_never_given_out(world: SmallWorld) -> None:
    document = keep(world)
    with unsealed("a test changes a byte"):
        part = DocumentPart.objects.get()
        part.sealed = bytes(part.sealed)[:-1] + b"x"
        part.save()
    with pytest.raises(sealing.Unreadable):
        reads(world, "supplier", document)


def test_a_shredded_key_makes_all_unreadable_for_everybody(world: SmallWorld) -> None:
    document = keep(world)
    show_in_full(world)
    actions.shred(world.firm("supplier").pk)
    actions.shred(world.firm("supplier").pk)
    for firm in ("supplier", "buyer"):
        with pytest.raises(NotKnown):
            reads(world, firm, document)


def test_going_over_to_another_master_key_changes_no_document(
    world: SmallWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    document = keep(world)
    (old,) = sealing.read_keys(sealing.written(_master()))
    new = sealing.new_key()
    with override_settings(MASTER_KEYS=(new,)):
        assert main(["keys", "rotate"]) == 1
        with pytest.raises(NotKnown):
            reads(world, "supplier", document)
    with override_settings(MASTER_KEYS=(new, old)):
        assert actions.keys_left() == 1
        assert reads(world, "supplier", document) == PDF
        assert main(["keys", "rotate"]) == 0
        assert main(["keys", "rotate"]) == 0
    with override_settings(MASTER_KEYS=(new,)):
        assert reads(world, "supplier", document) == PDF
    assert "1 keys" in capsys.readouterr().out
    assert first_broken_line() is None


def test_a_fresh_key_is_printed_and_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "new"]) == 0
    assert len(sealing.read_keys(capsys.readouterr().out)) == 1


def _master() -> bytes:
    from django.conf import settings  # noqa: PLC0415 - read while the test runs

    return bytes(settings.MASTER_KEYS[0])


def test_stored_parts_are_of_their_owner(world: SmallWorld) -> None:
    keep(world)
    with looking_as(world.viewer("other")):
        assert not DocumentPart.objects.exists()
        assert not OwnerKey.objects.exists()
    assert connection.vendor in {"sqlite", "postgresql"}
