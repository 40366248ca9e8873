"""Asking a colleague for one question, by mail; its answer comes by the link, without an account."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from amont.disclosure.guard import looking_as
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock, ids
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization
from amont.requests import may, notices, rules, words
from amont.requests.actions.saying import checked, keep
from amont.requests.facts_answers import AnswerSaid
from amont.requests.models import ColleagueAsked
from amont.requests.read.by_link import held
from amont.requests.read.form import Desk
from amont.requests.rules_answers import About

OPEN_FOR = timedelta(days=14)
MOST_A_DAY = 30


@transaction.atomic
def ask_colleague(viewer: Viewer, *, kind: str, ref: str, question: str, email: str, language: str) -> None:
    """Mail one question to a colleague: a link of its own, for that question alone, 14 days, single use.

    A second time to the same address the first link stops working. Raises `Denied`, `NotKnown`, `Refused` at "email".
    """
    may.write(viewer)
    desk = Desk(viewer)
    about = desk.about(kind, ref)
    if question not in desk.wanted[about]:
        raise NotKnown
    if not rules.looks_like_address(email):
        raise Refused({"email": [words.MISTAKES["address"]]})
    mine = ColleagueAsked.objects.filter(owner_id=viewer.organization_id)
    if mine.filter(asked_at__gt=clock.now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(_("You have asked many colleagues today. Go on tomorrow."))
    address = email.strip().lower()
    same = {"question": question, "site": about.site, "item": about.item, "email": address, "answered_at": None}
    mine.filter(**same).update(expires_at=clock.now())
    token = ids.new_token()
    row = ColleagueAsked.objects.create(
        owner_id=viewer.organization_id,
        question=question,
        site_id=about.site,
        item_id=about.item,
        email=address,
        language=notices.language_of(language),
        digest=ids.digest_of(token),
        asked_by_id=viewer.person_id,
        asked_at=clock.now(),
        expires_at=clock.now() + OPEN_FOR,
    )
    ledger.append(viewer, "ask_colleague", about=row.public_id)
    firm = Organization.objects.get(pk=viewer.organization_id).name
    notices.colleague_asked(row, desk.wanted[about][question], firm=firm, about=desk.named(about)[2], token=token)


@transaction.atomic
def answer_by_link(token: str, *, said: AnswerSaid) -> None:
    """Keep what a colleague says by the mailed link: for its own firm's eyes alone, as all answers that are not sent.

    Raises `NotKnown` for a link that is none, was used or has ended, and `Refused` at the field.
    """
    with unsealed("whoever holds the mailed link answers its one question"):
        row = held(token)
    viewer = Viewer(row.owner_id, None, Role.CONTRIBUTOR)
    with looking_as(viewer):
        desk = Desk(viewer)
        about = About(row.site_id, row.item_id)
        if row.question not in desk.wanted.get(about, {}):
            raise NotKnown
        found = checked(desk, about, row.question, said)
        if not found.value and found.state == "value":
            raise Refused({"value": [words.MISTAKES["missing"]]})
        keep(viewer, desk, about, row.question, found)
        ColleagueAsked.objects.filter(pk=row.pk).update(answered_at=clock.now())
        ledger.append(None, "answer_by_link", about=row.public_id)
