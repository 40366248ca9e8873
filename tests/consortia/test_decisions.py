"""Members decide: notice, votes, a count that no job is needed for, and a day from which it holds."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from amont.consortia import actions, read, read_decisions
from amont.consortia.facts import CharterChange, ConsortiumFacts, FloorChoice, ProposalState
from amont.consortia.models import Charter, Participation, Proposal, Vote
from amont.consortia.rules import counted, is_adopted
from amont.disclosure.guard import looking_as
from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger.models import Entry
from amont.post.models import Mail
from amont.sight.coming import coming
from amont.sight.preview import previewed
from stories import cast

pytestmark = pytest.mark.django_db
Firm = Callable[[str], Viewer]
NAMED_PALM = CharterChange(floors=(FloorChoice("palm", 3),))


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


@pytest.fixture
def members(beauty: ConsortiumFacts, claire: Viewer, firm: Firm) -> list[Viewer]:
    """Claire and four more."""
    others = [firm(name) for name in ("victor", "rosa", "hugo", "olga")]
    for each in others:
        Participation.objects.create(consortium_id=beauty.key, organization_id=each.organization_id, is_member=True)
    return [claire, *others]


def proposed(beauty: ConsortiumFacts, viewer: Viewer, change: CharterChange = NAMED_PALM, days: int = 40) -> str:
    kind = "questions" if change.questions else "charter"
    return actions.propose(
        viewer, beauty.public_id, kind=kind, change=change, reason="Why not.", in_force_on=in_days(days)
    )


def vote(beauty: ConsortiumFacts, proposal: str, *said: tuple[Viewer, str]) -> None:
    for viewer, say in said:
        actions.vote(viewer, beauty.public_id, proposal=proposal, say=say)


def state(beauty: ConsortiumFacts, viewer: Viewer, proposal: str, *, days: int = 0) -> ProposalState:
    with clock.held_at(clock.now() + timedelta(days=days)):
        return read_decisions.proposal(viewer, beauty.public_id, proposal).state


def version(beauty: ConsortiumFacts, viewer: Viewer, *, days: int) -> int:
    with clock.held_at(clock.now() + timedelta(days=days)):
        return read.consortium(viewer, beauty.public_id).charter.version


@pytest.mark.parametrize(
    ("said", "adopted"),
    [
        (["yes", "yes", "nothing", "nothing"], True),
        (["yes", "nothing", "nothing", "nothing"], False),
        (["yes", "no", "nothing", "nothing"], False),
        (["yes", "yes", "no", "nothing"], True),
        (["yes", "abstain", "nothing", "nothing"], True),
        (["abstain", "abstain", "abstain", "abstain"], False),
        (["no", "no", "no", "no"], False),
        ([], False),
    ],
)
def test_enough_must_vote_and_more_say_yes_than_no(said: list[str], adopted: bool) -> None:  # noqa: FBT001 - a table
    assert is_adopted(counted(said), quorum=50, majority=50) is adopted


@pytest.mark.both
def test_what_is_adopted_holds_from_its_day_though_no_job_ever_ran(
    beauty: ConsortiumFacts, members: list[Viewer]
) -> None:
    proposal = proposed(beauty, members[0])
    vote(beauty, proposal, (members[0], "yes"), (members[1], "yes"), (members[2], "no"))
    assert [state(beauty, members[0], proposal, days=days) for days in (0, 29, 31, 39, 41)] == [
        ProposalState.OPEN,
        ProposalState.OPEN,
        ProposalState.COMING,
        ProposalState.COMING,
        ProposalState.IN_FORCE,
    ]
    assert [version(beauty, members[0], days=days) for days in (0, 31, 39, 41)] == [1, 1, 1, 2]
    assert Proposal.objects.get().outcome == Proposal.Outcome.OPEN
    midnight = datetime.combine(in_days(40), time.min, tzinfo=UTC)
    for moment, holds in ((midnight - timedelta(microseconds=1), 1), (midnight, 2)):
        with clock.held_at(moment):
            assert read.charter_in_force(beauty.key)[1].version == holds
    with clock.held_at(midnight):
        (floor,) = read.consortium(members[0], beauty.public_id).charter.floors
    assert (floor.family, floor.level, floor.holds_from) == ("palm", 3, midnight)


@pytest.mark.both
def test_settling_keeps_the_count_tells_the_members_and_changes_nothing_else(
    beauty: ConsortiumFacts, members: list[Viewer]
) -> None:
    proposal = proposed(beauty, members[0])
    vote(beauty, proposal, *((each, "yes") for each in members[:3]))
    assert actions.settle_proposals() == 0
    before = [version(beauty, members[0], days=days) for days in (31, 41)]
    with clock.held_at(clock.now() + timedelta(days=30, minutes=1)):
        assert actions.settle_proposals() == 1
        assert actions.settle_proposals() == 0
    assert Proposal.objects.get().outcome == Proposal.Outcome.ADOPTED
    assert [version(beauty, members[0], days=days) for days in (31, 41)] == before == [1, 2]
    assert Mail.objects.filter(cause__contains=" outcome ").count() == 5
    assert "adopted" in Mail.objects.filter(cause__contains=" outcome ").last().text  # type: ignore[union-attr]
    assert Entry.objects.last().act == "settle"  # type: ignore[union-attr]


def test_what_is_not_adopted_never_holds(beauty: ConsortiumFacts, members: list[Viewer]) -> None:
    proposal = proposed(beauty, members[0])
    vote(beauty, proposal, (members[0], "yes"), (members[1], "no"), (members[2], "no"))
    assert state(beauty, members[0], proposal, days=31) is ProposalState.REJECTED
    assert version(beauty, members[0], days=400) == 1
    with clock.held_at(clock.now() + timedelta(days=31)):
        again = proposed(beauty, members[0])
        assert Charter.objects.get(proposal__public_id=again).version == 3


def test_links_accepted_before_stay_under_their_charter(db: None) -> None:  # noqa: ARG001 - rows need the database
    claire = cast.member("Maison Claire")
    consortium = cast.consortium()
    cast.ask(claire, cast.line(claire, "Palm butter", "Mael SpA", "bruno@mael.example"))
    mael = cast.join("bruno@mael.example", "Mael SpA")
    cast.send(mael, cast.answer(mael, cast.tasks(mael)[0], end="recycled"))
    proposal = actions.propose(
        claire.viewer,
        consortium,
        kind="charter",
        change=CharterChange(requesters=1, chain=0, floors=(FloorChoice("palm", 3),)),
        reason="Why not.",
        in_force_on=in_days(40),
    )
    actions.vote(claire.viewer, consortium, proposal=proposal, say="yes")
    with clock.held_at(clock.now() + timedelta(days=50)):
        cast.ask(claire, cast.line(claire, "Shea butter", "Mael SpA", "bruno@mael.example"))
        task = next(each for each in cast.tasks(mael) if each.reference == "Shea butter")
        cast.send(mael, cast.answer(mael, task, end="recycled"))
        from amont.chain.models import Link  # noqa: PLC0415
        from amont.chain.snapshot import network  # noqa: PLC0415

        links = {row.pk: row.charter_id for row in cast.all_rows(Link)}
        terms = {each.link: each.terms for found in network().above.values() for each in found}
    versions = {key: Charter.objects.get(pk=charter).version for key, charter in links.items()}
    assert sorted(versions.values()) == [1, 2]
    told = {versions[key]: (each.defaults.requesters, each.defaults.chain, each.floor) for key, each in terms.items()}
    assert told == {1: (2, 1, 0), 2: (1, 0, 3)}


def test_a_floor_that_stays_holds_since_it_held_and_a_new_one_from_the_day(
    beauty: ConsortiumFacts, members: list[Viewer]
) -> None:
    first = proposed(beauty, members[0])
    vote(beauty, first, *((each, "yes") for each in members))
    with clock.held_at(clock.now() + timedelta(days=60)):
        floors = (FloorChoice("palm", 3), FloorChoice("mica", 2))
        second = proposed(beauty, members[0], CharterChange(floors=floors))
        vote(beauty, second, *((each, "yes") for each in members))
    charter = Charter.objects.get(proposal__public_id=second)
    held = dict(charter.floors.values_list("family", "holds_from"))
    assert held["palm"] == Charter.objects.get(proposal__public_id=first).in_force_from
    assert held["mica"] == charter.in_force_from


def test_question_sets_are_decided_the_same_way(beauty: ConsortiumFacts, members: list[Viewer]) -> None:
    proposal = proposed(beauty, members[0], CharterChange(questions=("step", "family")))
    found = read_decisions.proposal(members[1], beauty.public_id, proposal)
    assert {(each.field, each.after) for each in found.changes} == {("question", "")}
    assert found.kind == "questions"
    vote(beauty, proposal, *((each, "yes") for each in members))
    with clock.held_at(clock.now() + timedelta(days=41)):
        asked = read.consortium(members[0], beauty.public_id).charter.questions
    assert {each.code for each in asked} == {"step", "family"}


def test_how_members_decide_is_decided_by_them_and_does_not_touch_what_is_open(
    beauty: ConsortiumFacts, members: list[Viewer]
) -> None:
    change = CharterChange(quorum=80, majority=66, notice_days=14)
    proposal = proposed(beauty, members[0], change)
    vote(beauty, proposal, *((each, "yes") for each in members[:3]))
    assert state(beauty, members[0], proposal, days=31) is ProposalState.COMING
    with clock.held_at(clock.now() + timedelta(days=50)):
        second = proposed(beauty, members[0], days=20)
        vote(beauty, second, *((each, "yes") for each in members[:3]))
        row = Proposal.objects.get(public_id=second)
        assert (row.quorum, row.majority, row.closes_at - row.proposed_at) == (80, 66, timedelta(days=14))
        assert state(beauty, members[0], second, days=15) is ProposalState.REJECTED


def test_each_member_of_the_day_of_notice_has_one_vote(
    beauty: ConsortiumFacts, members: list[Viewer], firm: Firm
) -> None:
    proposal = proposed(beauty, members[0])
    late = firm("late")
    Participation.objects.create(consortium_id=beauty.key, organization_id=late.organization_id, is_member=True)
    with pytest.raises(Denied):
        vote(beauty, proposal, (late, "yes"))
    vote(beauty, proposal, (members[1], "no"), (members[1], "yes"), (members[1], "yes"))
    assert Vote.objects.filter(said="yes").count() == 1
    assert Vote.objects.count() == 5
    assert read_decisions.proposal(late, beauty.public_id, proposal).said == ""


def test_until_the_count_nobody_reads_how_others_vote(beauty: ConsortiumFacts, members: list[Viewer]) -> None:
    proposal = proposed(beauty, members[0])
    vote(beauty, proposal, (members[1], "yes"), (members[2], "no"), (members[3], "yes"))
    found = read_decisions.proposal(members[0], beauty.public_id, proposal)
    assert (found.count.voters, found.count.cast, found.count.yes, found.count.no) == (5, 3, 0, 0)
    with clock.held_at(clock.now() + timedelta(days=31)):
        count = read_decisions.proposal(members[0], beauty.public_id, proposal).count
    assert (count.yes, count.no) == (2, 1)


def test_members_alone_decide_and_their_administrators_vote(
    beauty: ConsortiumFacts, members: list[Viewer], firm: Firm
) -> None:
    proposal = proposed(beauty, members[0])
    partner, outsider = firm("partner"), firm("outsider")
    Participation.objects.create(consortium_id=beauty.key, organization_id=partner.organization_id)
    reader = Viewer(members[1].organization_id, members[1].person_id, Role.CONTRIBUTOR)
    entries = Entry.objects.count()
    for viewer in (partner, outsider):
        for act in (
            lambda who: read_decisions.proposals(who, beauty.public_id),
            lambda who: read_decisions.proposal(who, beauty.public_id, proposal),
            lambda who: vote(beauty, proposal, (who, "yes")),
            lambda who: proposed(beauty, who),
        ):
            with pytest.raises(NotKnown):
                act(viewer)
    for act in (lambda: vote(beauty, proposal, (reader, "yes")), lambda: proposed(beauty, reader)):
        with pytest.raises(Denied):
            act()
    with pytest.raises(Denied):
        actions.withdraw_proposal(members[1], beauty.public_id, proposal=proposal)
    with pytest.raises(NotKnown):
        actions.vote(members[0], beauty.public_id, proposal="never", say="yes")
    assert Entry.objects.count() == entries


def test_a_proposal_may_be_taken_back_until_the_count(beauty: ConsortiumFacts, members: list[Viewer]) -> None:
    proposal = proposed(beauty, members[0])
    vote(beauty, proposal, *((each, "yes") for each in members))
    actions.withdraw_proposal(members[0], beauty.public_id, proposal=proposal)
    assert version(beauty, members[0], days=41) == 1
    with pytest.raises(Refused):
        vote(beauty, proposal, (members[0], "no"))
    second = proposed(beauty, members[0])
    with clock.held_at(clock.now() + timedelta(days=31)), pytest.raises(Refused):
        actions.withdraw_proposal(members[0], beauty.public_id, proposal=second)


@pytest.mark.parametrize(
    ("change", "days", "field"),
    [
        (NAMED_PALM, 29, "in_force_on"),
        (NAMED_PALM, 1000, "in_force_on"),
        (CharterChange(chain=3), 40, "chain"),
        (CharterChange(floors=(FloorChoice("gold", 3),)), 40, "floors"),
        (CharterChange(quorum=0), 40, "quorum"),
        (CharterChange(majority=100), 40, "majority"),
        (CharterChange(notice_days=1), 40, "notice_days"),
        (CharterChange(questions=("nonsense",)), 40, "questions"),
        (CharterChange(requesters=2), 40, ""),
    ],
)
def test_what_does_not_do_is_refused_at_its_field(
    beauty: ConsortiumFacts, members: list[Viewer], change: CharterChange, days: int, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        proposed(beauty, members[0], change, days)
    assert list(refused.value.errors) == [field]
    assert not Proposal.objects.exists()
    assert Charter.objects.count() == 1


def test_one_change_is_decided_at_a_time(beauty: ConsortiumFacts, members: list[Viewer]) -> None:
    proposal = proposed(beauty, members[0])
    vote(beauty, proposal, *((each, "yes") for each in members))
    for days in (0, 35):
        with clock.held_at(clock.now() + timedelta(days=days)), pytest.raises(Refused, match="Another change"):
            proposed(beauty, members[1], CharterChange(chain=0), days=80)
    with clock.held_at(clock.now() + timedelta(days=41)):
        assert proposed(beauty, members[1], CharterChange(chain=0))


def test_a_member_reads_what_a_coming_change_means_for_it(beauty: ConsortiumFacts, members: list[Viewer]) -> None:
    proposal = proposed(beauty, members[0], CharterChange(requesters=1, chain=0))
    found = read_decisions.proposal(members[1], beauty.public_id, proposal)
    with looking_as(members[1]):
        means = coming(members[1], found)
        told = {before.audience: (before.level, after.level) for before, after in means.identity}
        assert told == {"customers": (3, 3), "requesters": (2, 1), "chain": (1, 0)}
        vote(beauty, proposal, *((each, "yes") for each in members))
        with clock.held_at(clock.now() + timedelta(days=41)):
            now = previewed(members[1], consortium=beauty.public_id)
    assert {each.audience: each.level for each in now.identity} == {each: after for each, (_b, after) in told.items()}


def test_each_deciding_person_is_given_notice_once(beauty: ConsortiumFacts, members: list[Viewer]) -> None:
    proposed(beauty, members[0])
    notices = Mail.objects.filter(cause__contains=" notice ")
    assert sorted(notices.values_list("to", flat=True)) == sorted(
        f"{name}@firm.example" for name in ("claire", "victor", "rosa", "hugo", "olga")
    )
    assert "Why not." in notices.last().text  # type: ignore[union-attr]
