"""Backups: restored whole, with what was ended since done again, or not at all."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.test import override_settings

from amont.commands.main import main
from amont.disclosure import actions as disclosure
from amont.disclosure.guard import looking_as
from amont.disclosure.levels import Audience, Covers, Level
from amont.disclosure.models import Grant
from amont.disclosure.reading import noting
from amont.disclosure.unsealed import unsealed
from amont.evidence import actions as evidence
from amont.keeping.backup import tables
from amont.keeping.backup.checking import behind
from amont.keeping.backup.restore import restore
from amont.keeping.backup.write import backup
from amont.keeping.erasing import erase
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import read as ledger
from amont.parties.actions import open_account
from amont.sight.documents import opened
from small_world import SmallWorld

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both, pytest.mark.usefixtures("as_owner")]

PDF = b"%PDF-1.7 " + b"shown to the buyer alone " * 9


class Scene:
    """A buyer and its supplier with a document, the files of a backup, and a journal."""

    def __init__(self, folder: Path) -> None:
        self.file, self.keys, self.journal = folder / "all.zip", folder / "keys", folder / "journal.jsonl"
        self.world = SmallWorld()
        self.world.item("line", "buyer")
        self.world.item("oil", "supplier")
        self.world.link("line", "oil")
        self.person = open_account(
            email="rana@firm.example", person_name="Rana", organization_name="supplier 2", country="FR", language="en"
        )
        self.supplier = self.world.viewer("supplier")
        with looking_as(self.supplier):
            item = self.world.items["oil"].public_id
            self.document = evidence.add_document(self.supplier, BytesIO(PDF), file_name="a", item=item).document
            self.grant = disclosure.grant(
                self.supplier, covers=Covers.IDENTITY, audience=Audience.CUSTOMERS, level=Level.FULL
            ).public_id

    def backup(self) -> None:
        backup(self.file, self.keys)

    def restore(self, *, journals: bool = True) -> None:
        call_command("flush", interactive=False, verbosity=0)
        restore(self.file, keys=self.keys, journals=[self.journal] if journals and self.journal.exists() else None)

    def reads(self, firm: str) -> bytes:
        viewer = self.world.viewer(firm)
        with looking_as(viewer), noting():
            return b"".join(opened(viewer, self.document).parts)


@pytest.fixture
def scene(as_owner: None, tmp_path: Path, settings: object) -> Scene:  # noqa: ARG001 - as the operator
    """The scene, with a journal."""
    settings.JOURNAL = str(tmp_path / "journal.jsonl")  # type: ignore[attr-defined]
    return Scene(tmp_path)


def everything() -> dict[str, list[list[object]]]:
    with unsealed("a test compares all rows"):
        return {model._meta.label: list(tables.rows(model)) for model in tables.kept()}


def test_what_was_written_comes_back_row_for_row_and_new_rows_follow(scene: Scene) -> None:
    scene.backup()
    before = everything()
    scene.restore()
    after = everything()
    ledgers = ("ledger.Entry", "ledger.Head")
    assert {name: rows for name, rows in after.items() if name not in ledgers} == {
        name: rows for name, rows in before.items() if name not in ledgers
    }
    assert after["ledger.Entry"][:-1] == before["ledger.Entry"]
    assert ledger.first_broken_line() is None
    assert scene.reads("buyer") == PDF
    scene.world.item("another", "buyer")
    assert not behind()


def test_keys_are_in_the_other_file_alone(scene: Scene) -> None:
    scene.backup()
    wrapped = json.loads(scene.keys.read_text())["rows"][0]
    with ZipFile(scene.file) as parts:
        text = b"".join(parts.read(name) for name in parts.namelist())
    assert "evidence.OwnerKey" not in parts.namelist()
    assert not any(isinstance(each, str) and len(each) > 30 and each.encode() in text for each in wrapped)
    assert scene.file.stat().st_mode & 0o077 == 0
    assert scene.keys.stat().st_mode & 0o077 == 0


def test_what_was_revoked_since_is_revoked_after_a_restore(scene: Scene) -> None:
    scene.backup()
    with looking_as(scene.supplier):
        disclosure.revoke(scene.supplier, scene.grant)
    scene.restore()
    with pytest.raises(NotKnown):
        scene.reads("buyer")
    with unsealed("a test looks"):
        assert Grant.objects.get(public_id=scene.grant).revoked_at is not None


def test_what_was_removed_since_is_removed_after_a_restore(scene: Scene) -> None:
    scene.backup()
    with looking_as(scene.supplier):
        evidence.remove_document(scene.supplier, scene.document)
    scene.restore()
    for firm in ("supplier", "buyer"):
        with pytest.raises(NotKnown):
            scene.reads(firm)


def test_who_was_erased_since_stays_erased_and_unreadable_with_the_old_keys(scene: Scene) -> None:
    scene.backup()
    old = scene.keys.read_bytes()
    erase(Viewer(scene.supplier.organization_id), typed="supplier")
    scene.keys.write_bytes(old)
    scene.restore()
    for firm in ("supplier", "buyer"):
        with pytest.raises(NotKnown):
            scene.reads(firm)
    assert "oil" not in json.dumps(everything())
    assert ledger.first_broken_line() is None


def test_without_the_journal_it_refuses_or_says_so(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    scene.backup()
    call_command("flush", interactive=False, verbosity=0)
    with override_settings(JOURNAL=""):
        assert main(["restore", str(scene.file), "--keys", str(scene.keys)]) == 1
        assert "--without-journal" in capsys.readouterr().err
        assert everything()["parties.Organization"] == []
        assert main(["restore", str(scene.file), "--keys", str(scene.keys), "--without-journal"]) == 0
        assert "No journal was given" in capsys.readouterr().out


def test_a_server_does_not_start_on_an_older_copy_until_the_journal_was_done_again(scene: Scene) -> None:
    scene.backup()
    with looking_as(scene.supplier):
        disclosure.revoke(scene.supplier, scene.grant)
    assert not behind()
    journal = scene.journal.read_bytes()
    with override_settings(JOURNAL=""):  # as somebody who puts back a copy by hand
        scene.restore(journals=False)
    scene.journal.write_bytes(journal)
    assert behind()
    assert scene.reads("buyer") == PDF
    assert main(["restore", "--journal", str(scene.journal)]) == 0
    assert not behind()
    with pytest.raises(NotKnown):
        scene.reads("buyer")


@pytest.mark.parametrize("damage", ["a byte", "a table", "no zip", "not empty", "no keys", "other keys", "version"])
def test_what_does_not_hold_is_refused_and_nothing_is_kept(scene: Scene, damage: str, tmp_path: Path) -> None:
    scene.backup()
    if damage != "not empty":
        call_command("flush", interactive=False, verbosity=0)
    before = everything()
    with ZipFile(scene.file) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    if damage == "a byte":
        held["parties.Organization.jsonl"] = held["parties.Organization.jsonl"].replace(b"supplier", b"Supplier")
    elif damage == "a table":
        held["parties.Organization.jsonl"] = b""
    elif damage == "version":
        told = json.loads(held["manifest.json"])
        held["manifest.json"] = json.dumps({**told, "migrations": ["another.0001"]}).encode()
    file = tmp_path / "damaged.zip"
    with ZipFile(file, "w") as parts:
        for name, text in held.items():
            parts.writestr(name, text)
    if damage == "no zip":
        file.write_bytes(b"no zip")
    if damage == "other keys":
        scene.keys.write_text("{}")
    with pytest.raises(Refused):
        restore(file, keys=None if damage == "no keys" else scene.keys, journals=[])
    assert everything() == before
