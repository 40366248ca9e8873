"""Founding a consortium from a sector's template."""

from collections import defaultdict
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from amont.consortia import lists, may, read, rules
from amont.consortia.facts import CharterChoice, Code, ConsortiumFacts, Sector, Thresholds
from amont.consortia.models import Charter, Consortium, Floor, Participation
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization


@transaction.atomic
def found(
    viewer: Viewer, *, name: str, template: str, charter: CharterChoice | None = None, joins_as_member: bool = True
) -> ConsortiumFacts:
    """Found a consortium under a first charter, in force at once; the viewer's organization coordinates it.

    `template` is the code of a sector, whose proposal stands where no `charter` is given. An organization founds one
    consortium of a name: a second time the first is returned, unchanged. Raises `Denied` for a person who is no
    administrator, `Refused` at the field ("name", "template", or a field of the charter).
    """
    may.administer(viewer)
    sector = _sector(template)
    choice = charter or sector.proposal
    check(name, choice, sector)
    Organization.objects.select_for_update(of=("self",)).get(pk=viewer.organization_id)
    there = Participation.objects.filter(
        organization_id=viewer.organization_id, is_coordinator=True, consortium__name=name.strip()
    ).first()
    if there is not None:
        return read.facts_of(there)
    consortium = Consortium.objects.create(name=name.strip(), template=sector.code, founded_at=clock.now())
    _write_charter(consortium, choice, sector)
    part = Participation.objects.create(
        consortium=consortium,
        organization_id=viewer.organization_id,
        is_member=joins_as_member,
        is_coordinator=True,
        joined_at=clock.now(),
    )
    ledger.append(viewer, "found_consortium", about=consortium.public_id, network=True)
    return read.facts_of(part)


def check(name: str, choice: CharterChoice, sector: Sector) -> None:
    """Raise `Refused` with all that is wrong with a name and a charter, field by field."""
    asked = {each.code: each.within for each in lists.questions(sector.code)}
    wrong: dict[str, list[object]] = defaultdict(list)
    for field, trouble in (
        *rules.troubles_of_name(name),
        *rules.troubles_of(choice, sector, asked=asked, today=clock.today()),
    ):
        wrong[field].append(said_of(trouble))
    if wrong:
        raise Refused(wrong)


def _sector(template: str) -> Sector:
    try:
        return lists.sector(template)
    except NotKnown:
        raise Refused({"template": [_("Choose a template.")]}) from None


def _write_charter(consortium: Consortium, choice: CharterChoice, sector: Sector) -> None:
    at = consortium.founded_at
    charter = Charter.objects.create(
        consortium=consortium,
        in_force_from=at,
        customers=choice.customers,
        requesters=choice.requesters,
        chain=choice.chain,
        families=[_stored(each, at_risk=each.code in choice.families_at_risk) for each in sector.families],
        steps=[_stored(each) for each in sector.steps],
        schemes=[_stored(each) for each in sector.schemes],
        questions=[
            each.code
            for each in lists.question_set(choice.questions, floored=bool(choice.floors), sector_code=sector.code)
        ],
        thresholds=asdict(Thresholds()),
        target_partners=choice.target_partners,
        target_lines=choice.target_lines,
        target_on=choice.target_on,
    )
    Floor.objects.bulk_create(
        Floor(charter=charter, family=each.family, level=each.level, holds_from=at) for each in choice.floors
    )


def _stored(code: Code, *, at_risk: bool = False) -> dict[str, object]:
    stored: dict[str, object] = {"code": code.code, "fr": code.fr, "en": code.en}
    return {**stored, "at_risk": True} if at_risk else stored


def said_of(trouble: rules.Trouble) -> str:
    """Return what is wrong with a charter, in words; for this domain's own actions."""
    return {
        rules.Trouble.NO_NAME: _("Give the consortium a name."),
        rules.Trouble.LONG_NAME: _("A name has at most 200 characters."),
        rules.Trouble.LEVEL: _("Choose one of the answers."),
        rules.Trouble.ORDER: _("A wider circle cannot see more than a narrower one."),
        rules.Trouble.FLOOR: _("Choose what members see at least of this family."),
        rules.Trouble.FLOOR_TWICE: _("A family stands once among the minimums."),
        rules.Trouble.UNKNOWN_FAMILY: _("Choose families of the list."),
        rules.Trouble.NO_QUESTION: _("Ask at least one question."),
        rules.Trouble.UNKNOWN_QUESTION: _("Choose questions of the list."),
        rules.Trouble.QUESTION_ALONE: _(
            "Stock and time to switch are asked of each input: ask for the inputs as well."
        ),
        rules.Trouble.TARGET: _("Enter a whole number from 0 to 1,000,000."),
        rules.Trouble.PAST: _("Choose a day to come."),
    }[trouble]
