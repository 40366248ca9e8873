"""The ledger holds, and tells when it does not."""

from pathlib import Path
from types import ModuleType

import pytest
from django.db import transaction

from amont.commands.main import main
from amont.kernel.viewer import Viewer
from amont.ledger import actions, read
from amont.ledger.models import Entry
from amont.parties.read import me

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _write(number: int) -> None:
    for each in range(number):
        with transaction.atomic():
            actions.append(None, "found_consortium", about=str(each), network=bool(each % 2))


def test_lines_are_chained_and_hold() -> None:
    _write(5)
    assert read.first_broken_line() is None
    assert read.network_version() == 2


def test_a_changed_line_is_found() -> None:
    _write(5)
    Entry.objects.filter(sequence=3).update(about="forged")
    assert read.first_broken_line() == 3


def test_a_removed_last_line_is_found() -> None:
    _write(3)
    Entry.objects.filter(sequence=3).delete()
    assert read.first_broken_line() == 2


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        actions.append(None, "found_consortium")
    assert not Entry.objects.exists()


def test_what_was_erased_holds_and_is_counted(claire: Viewer) -> None:
    _write(3)
    with transaction.atomic():
        actions.append(claire, "add_line", about="secret")
    noted = read.head()
    with transaction.atomic():
        assert actions.erase_lines(claire.organization_id) >= 1
        assert actions.erase_lines(claire.organization_id) == 0
    assert not Entry.objects.filter(about="secret").exists()
    found = read.verdict(dict([noted]))
    assert (found.broken, found.erased > 0) == (None, True)


def test_a_line_emptied_without_saying_so_is_found() -> None:
    _write(4)
    Entry.objects.filter(sequence=2).update(salt="", about="", act="", detail={})
    assert read.first_broken_line() == 2


def test_another_history_than_the_one_noted_is_found() -> None:
    _write(4)
    assert read.verdict({2: "0" * 64}).broken == 2
    assert read.verdict({9: "0" * 64}).broken == 4


def test_the_command_says_how_far_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    _write(3)
    number, held = read.head()
    assert main(["ledger", "verify", "--head", f"{number}:{held}"]) == 0
    assert "3 lines" in capsys.readouterr().out
    Entry.objects.filter(sequence=2).update(act="forged")
    assert main(["ledger", "verify"]) == 1
    assert "line 2" in capsys.readouterr().err


def test_an_export_opens_the_lines_of_one_organization_alone(
    claire: Viewer, tom: Viewer, tmp_path: Path, script: ModuleType
) -> None:
    with transaction.atomic():
        actions.append(claire, "add_line", about="hers")
        actions.append(tom, "add_line", about="his")
    out = tmp_path / "ledger.jsonl"
    firm = me(claire)
    assert firm
    assert main(["ledger", "export", str(out), "--organization", firm.organization]) == 0
    assert '"hers"' in out.read_text()
    assert '"his"' not in out.read_text()
    assert main(["ledger", "export", str(out)]) == 0
    assert '"hers"' not in out.read_text()
    number, held = read.head()
    assert script.main([str(out), "--head", f"{number}:{held}"]) == 0
    assert main(["ledger", "export", str(out), "--organization", "nobody"]) == 1


def test_a_line_names_who_acted_by_public_ids_which_tell_no_number_of_rows(claire: Viewer) -> None:
    with transaction.atomic():
        actions.append(claire, "add_line")
    *_, line = read.opened_lines_of(claire)
    known = me(claire)
    assert known is not None
    said = line["record"]
    assert isinstance(said, dict)
    assert (said["organization"], said["person"]) == (known.organization, known.person)
