"""Reading consortia, for those who take part or hold an invitation."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from amont.consortia import lists, may, notices, rules, tokens
from amont.consortia.facts import (
    CharterFacts,
    Code,
    ConsortiumFacts,
    FloorFact,
    MemberFact,
    Question,
    SeatFact,
    SeatOffer,
    SeatState,
    Standing,
    Thresholds,
)
from amont.consortia.models import Charter, Participation, Seat
from amont.consortia.standing import in_force
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.post.models import Mail

label = lists.label


def consortia(viewer: Viewer) -> tuple[ConsortiumFacts, ...]:
    """Return the consortia that the viewer's organization takes part in, longest first."""
    return tuple(facts_of(row) for row in _taken(viewer))


def standings(viewer: Viewer) -> tuple[Standing, ...]:
    """Return what the viewer's organization is in each of its consortia, longest first, without their charters."""
    rows = _taken(viewer).values_list("consortium__name", "is_member", "is_coordinator")
    return tuple(Standing(*row) for row in rows)


def current(viewer: Viewer) -> ConsortiumFacts | None:
    """Return the consortium that the viewer's organization has taken part in longest, or None."""
    row = _taken(viewer).first()
    return facts_of(row) if row else None


def consortium(viewer: Viewer, public_id: str) -> ConsortiumFacts:
    """Return one consortium. Raises `NotKnown` unless the viewer's organization takes part in it."""
    return facts_of(may.take_part(viewer, public_id))


def charter_in_force(consortium_key: int, *, at: datetime | None = None) -> tuple[int, CharterFacts]:
    """Return the database key and the facts of the charter in force at a moment (None: now): the latest begun.

    For domains above, whose links are accepted under it. Raises `NotKnown` before the first.
    """
    row = in_force([consortium_key], at=at or clock.now()).get(consortium_key)
    if row is None:
        raise NotKnown
    return row.pk, charter_facts(row)


def charters(keys: Collection[int]) -> dict[int, CharterFacts]:
    """Return versions of charters by database key, in force or not: what was asked under one stays asked so."""
    return {row.pk: charter_facts(row) for row in Charter.objects.filter(pk__in=keys).select_related("consortium")}


def bank(sector: str = "") -> tuple[Question, ...]:
    """Return all questions there are, in their order, in the words of a sector (a template's code)."""
    return lists.questions(sector)


def members(viewer: Viewer, public_id: str) -> tuple[MemberFact, ...]:
    """Return the members by name: members know each other. Raises `NotKnown` for a partner, as for anybody else."""
    part = may.know_members(viewer, public_id)
    rows = Participation.objects.filter(consortium_id=part.consortium_id, is_member=True)
    found = (
        MemberFact(
            organization=row.organization.public_id,
            name=row.organization.name,
            country=row.organization.country,
            is_coordinator=row.is_coordinator,
            joined_at=row.joined_at,
            is_me=row.organization_id == viewer.organization_id,
            is_checked=row.organization.checked_by != Organization.Check.NONE,
        )
        for row in rows.select_related("organization")
    )
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.organization)))


def coordinators(viewer: Viewer, public_id: str) -> tuple[str, ...]:
    """Return the names of the organizations that coordinate: every participant knows whom to turn to."""
    part = may.take_part(viewer, public_id)
    rows = Participation.objects.filter(consortium_id=part.consortium_id, is_coordinator=True)
    return tuple(sorted(rows.values_list("organization__name", flat=True)))


def seats(viewer: Viewer, public_id: str) -> tuple[SeatFact, ...]:
    """Return the seats offered, latest first. Raises `NotKnown`, and `Denied` to who does not coordinate."""
    part = may.coordinate(viewer, public_id)
    rows = list(Seat.objects.filter(consortium_id=part.consortium_id).order_by("-created_at", "firm"))
    causes = [notices.cause_of(row) for row in rows]
    mails = dict(Mail.objects.filter(cause__in=causes).values_list("cause", "status"))
    return tuple(
        SeatFact(
            public_id=row.public_id,
            firm=row.firm,
            email=row.email,
            language=row.language,
            state=rules.mailed_state(_state(row), mails.get(cause, "")),
            created_at=row.created_at,
            expires_at=row.expires_at,
        )
        for row, cause in zip(rows, causes, strict=True)
    )


def seat_link(viewer: Viewer, public_id: str, *, seat: str) -> str:
    """Return the token of the link that a coordinator may send another way. Raises as `seats`."""
    if seat not in {each.public_id for each in seats(viewer, public_id)}:
        raise NotKnown
    return tokens.copied(seat)


def seat_offer(token: str) -> SeatOffer:
    """Return what the page behind a seat's link shows to whoever holds it. Raises `NotKnown` for any other link."""
    known = tokens.read(token)
    rows = Seat.objects.select_related("consortium", "offered_by", "offered_for")
    row = rows.filter(public_id=known[0]).first() if known else None
    if known is None or row is None:
        raise NotKnown
    return SeatOffer(
        consortium=row.consortium.name,
        inviter=row.offered_for.name,
        inviter_person=row.offered_by.name if row.offered_by else "",
        inviter_email=row.offered_by.email if row.offered_by else "",
        firm=row.firm,
        email=row.email,
        state=_state(row),
        expires_at=row.expires_at,
        proves_address=known[1],
        charter=charter_in_force(row.consortium_id)[1],
    )


def founder_address(token: str) -> str:
    """Return the address that a founder's link proves. Raises `NotKnown`, and `Refused` once it has expired."""
    return tokens.started(token, clock.now())


def facts_of(part: Participation) -> ConsortiumFacts:
    """Return a consortium as one participant knows it; for this domain's own actions."""
    key, charter = charter_in_force(part.consortium_id)
    return ConsortiumFacts(
        public_id=part.consortium.public_id,
        name=part.consortium.name,
        sector=part.consortium.template,
        founded_at=part.consortium.founded_at,
        is_member=part.is_member,
        is_coordinator=part.is_coordinator,
        charter=charter,
        helped_from=part.helped_from,
        key=part.consortium_id,
        charter_key=key,
    )


def charter_facts(row: Charter) -> CharterFacts:
    """Return one version of a charter as facts; for this domain's own actions."""
    rows = row.floors.order_by("family", "pk")
    floors = tuple(FloorFact(each.family, each.level, each.holds_from) for each in rows)
    return CharterFacts(
        version=row.version,
        in_force_from=row.in_force_from,
        customers=row.customers,
        requesters=row.requesters,
        chain=row.chain,
        families=_codes(row.families),
        steps=_codes(row.steps),
        schemes=_codes(row.schemes),
        questions=lists.question_set(row.questions, floored=bool(floors), sector_code=row.consortium.template),
        floors=floors,
        thresholds=Thresholds(**row.thresholds),
        target_partners=row.target_partners,
        target_lines=row.target_lines,
        target_on=row.target_on,
        quorum=row.quorum,
        majority=row.majority,
        notice_days=row.notice_days,
        sector=row.consortium.template,
    )


def _taken(viewer: Viewer) -> QuerySet[Participation]:
    rows = Participation.objects.filter(organization_id=viewer.organization_id)
    return rows.select_related("consortium").order_by("joined_at", "pk")


def _state(row: Seat) -> SeatState:
    return rules.state_of(row.used_at, row.expires_at, clock.now())


def _codes(stored: list[dict[str, str]]) -> tuple[Code, ...]:
    return tuple(Code(each["code"], each["fr"], each["en"], bool(each.get("at_risk"))) for each in stored)
