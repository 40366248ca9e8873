"""Letting somebody look: the operator's staff by a case, an auditor by its address; told, limited, ended."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from amont.commands.main import main
from amont.disclosure import actions
from amont.disclosure.guard import looking_as
from amont.disclosure.models import Inspection
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger.models import Entry
from amont.parties.models import Membership, Organization, Person
from amont.post.models import Mail
from small_world import SmallWorld

Opened = Callable[..., Viewer]
SignedIn = Callable[[Viewer], Client]


@pytest.fixture
def world(opened: Opened) -> SmallWorld:
    """Give M <- T1 <- T2."""
    world = SmallWorld()
    for name, firm in (("claire", "M"), ("tom", "T1"), ("rana", "T2")):
        world.firms[firm] = Organization.objects.get(pk=opened(name, firm=firm).organization_id)
    Organization.objects.update(checked_by="world")
    world.member("M")
    world.item("m1", "M", family="palm")
    world.item("t1", "T1", country="FR", step="blending", family="palm")
    world.item("t1b", "T1", country="FR")
    world.item("t2", "T2", country="MY", step="refining", family="palm")
    world.ask(world.link("m1", "t1", reference="base"))
    world.ask(world.link("t1", "t2", reference="oil"), passed=True)
    return world


def seat(world: SmallWorld, firm: str) -> Viewer:
    row = Membership.objects.get(organization=world.firm(firm))
    return Viewer(row.organization_id, row.person_id)


def auditor(email: str = "audit@auditors.example") -> Client:
    client = Client()
    client.force_login(Person.objects.get(email=email))
    return client


def let_in(world: SmallWorld, *items: str, days: int = 30) -> str:
    viewer = seat(world, "T1")
    wanted = [world.items[item].public_id for item in items]
    with looking_as(viewer):
        return actions.open_audit(viewer, email="Audit@auditors.example", purpose="RSPO", days=days, items=wanted)


def words_of(client: Client, url: str, status: int = 200) -> set[str]:
    answer = client.get(url)
    assert answer.status_code == status
    return set(re.findall(r"\w+", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_an_auditor_reads_the_items_that_were_opened_and_no_others_data(world: SmallWorld) -> None:
    url = f"/opened/{let_in(world, 't1')}/"
    said = words_of(auditor(), url)
    assert "t1" in said
    assert said.isdisjoint({"t1b", "t2", "m1", "T2"})
    assert "t2" not in auditor().get(url, {"file": "csv"}).content.decode()


def test_the_mail_to_an_auditor_leads_it_there_whether_it_had_an_account_or_not(world: SmallWorld) -> None:
    let_in(world)
    with looking_as(seat(world, "T1")):
        actions.open_audit(seat(world, "T1"), email="rana@firm.example", purpose="RSPO", days=3)
    texts = [mail.text.replace("rana", "audit") for mail in Mail.objects.filter(cause__startswith="audit ")]
    assert len(texts) == 2
    assert all("/opened/" in text for text in texts)
    assert words_of(auditor(), "/opened/") & {"T1"}


def test_an_auditor_signs_in_by_a_mailed_code(world: SmallWorld) -> None:
    let_in(world)
    client = Client()
    client.post("/accounts/login/code/", {"email": "audit@auditors.example"})
    letter = Mail.objects.filter(to="audit@auditors.example").order_by("-pk")[0]
    code = re.search(r"\b[A-Z0-9]{3,}-?[A-Z0-9]{3,}\b", letter.text)
    assert code, letter.text
    answer = client.post("/accounts/login/code/confirm/", {"code": code[0]})
    assert answer.status_code == 302
    assert client.get("/opened/").status_code == 200


def test_what_an_auditor_looked_at_is_told_to_the_owner(world: SmallWorld, signed_in: SignedIn) -> None:
    public_id = let_in(world, "t1")
    tom = signed_in(seat(world, "T1"))
    assert "Nothing was looked at." in tom.get("/who/opened/").content.decode()
    for _ in range(2):
        auditor().get(f"/opened/{public_id}/")
    said = tom.get("/who/opened/").content.decode()
    assert "audit@auditors.example · t1" in said
    assert "t1" in tom.get("/who/opened/", {"file": "csv"}).content.decode("utf-8-sig")


def test_an_audit_ends_by_itself_and_when_it_is_closed(world: SmallWorld, signed_in: SignedIn) -> None:
    first, second = let_in(world, days=2), let_in(world, days=30)
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        assert auditor().get(f"/opened/{first}/").status_code == 404
        assert auditor().get(f"/opened/{second}/").status_code == 200
    assert signed_in(seat(world, "T1")).post(f"/who/opened/{second}/close/").status_code == 302
    gone, never = auditor().get(f"/opened/{second}/"), auditor().get(f"/opened/{'2' * 20}/")
    assert gone.status_code == never.status_code == 404
    assert Entry.objects.filter(act="close_inspection").count() == 1


def test_nobody_else_comes_in_by_the_address_of_the_page(world: SmallWorld, signed_in: SignedIn) -> None:
    public_id = let_in(world)
    for firm in ("M", "T1", "T2"):
        assert signed_in(seat(world, firm)).get(f"/opened/{public_id}/").status_code == 404
        assert signed_in(seat(world, firm)).get("/operator/").status_code == 404
    assert signed_in(seat(world, "M")).post(f"/who/opened/{public_id}/close/").status_code == 404
    assert auditor().get("/lines/").status_code == 403


def test_staff_sees_accounts_and_deliveries_and_no_content_but_by_a_case(world: SmallWorld) -> None:
    let_in(world)
    assert auditor().get("/operator/").status_code == 404
    assert main(["staff", "audit@auditors.example", "--reason", "mails", "--hours", "2"]) == 0
    said = words_of(auditor(), "/operator/")
    assert {"T1", "M"} <= said
    assert said.isdisjoint({"t1", "m1", "RSPO"})
    viewer = seat(world, "T2")
    with looking_as(viewer):
        case = actions.open_case(viewer, purpose="An import fails.", days=1)
    assert "t2" in words_of(auditor(), f"/opened/{case}/")
    assert main(["staff", "audit@auditors.example", "--end"]) == 0
    assert auditor().get(f"/opened/{case}/").status_code == 404
    assert auditor().get("/operator/").status_code == 404


def test_staff_ends_by_itself_and_asks_for_a_reason(world: SmallWorld, capsys: pytest.CaptureFixture[str]) -> None:
    let_in(world)
    assert main(["staff", "audit@auditors.example"]) == 1
    assert main(["staff", "nobody@firm.example", "--reason", "x"]) == 1
    assert main(["staff", "audit@auditors.example", "--reason", "x", "--hours", "13"]) == 1
    assert capsys.readouterr().err.strip()
    assert main(["staff", "audit@auditors.example", "--reason", "x", "--hours", "1"]) == 0
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        assert auditor().get("/operator/").status_code == 404


@pytest.mark.both
def test_only_an_administrator_lets_in_and_nothing_is_written_else(world: SmallWorld) -> None:
    viewer = seat(world, "T1")
    contributor = Viewer(viewer.organization_id, viewer.person_id, Role.CONTRIBUTOR)
    with looking_as(viewer):
        with pytest.raises(Denied):
            actions.open_case(contributor, purpose="x", days=1)
        with pytest.raises(NotKnown):
            actions.open_audit(viewer, email="a@b.example", purpose="x", days=1, items=[world.items["t2"].public_id])
        for days, purpose, email in ((0, "x", "a@b.example"), (181, "x", "a@b.example"), (1, "", "a@b.example")):
            with pytest.raises(Refused):
                actions.open_audit(viewer, email=email, purpose=purpose, days=days)
        with pytest.raises(Refused):
            actions.open_audit(viewer, email="nonsense", purpose="x", days=1)
        with pytest.raises(Refused):
            actions.open_case(viewer, purpose="x", days=15)
    with unsealed("a test counts"):
        assert not Inspection.objects.exists()
    assert not Person.objects.filter(email="a@b.example").exists()


def test_the_forms_open_a_case_and_an_audit_and_tell_mistakes_at_the_field(
    world: SmallWorld, signed_in: SignedIn
) -> None:
    tom = signed_in(seat(world, "T1"))
    assert tom.post("/who/opened/case/", {"purpose": "", "days": "3"}).status_code == 200
    assert tom.post("/who/opened/case/", {"purpose": "An import fails.", "days": "3"}).status_code == 302
    said = {"email": "a@b.example", "purpose": "RSPO", "days": "9", "items": [world.items["t1"].public_id]}
    assert tom.post("/who/opened/audit/", {**said, "items": [world.items["t2"].public_id]}).status_code == 200
    assert tom.post("/who/opened/audit/", said).status_code == 302
    page = tom.get("/who/opened/").content.decode()
    assert "An import fails." in page
    assert "a@b.example" in page
