"""Checking who a firm is by a code in a letter to its registered address."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from amont.kernel import clock, ids
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties import may, rules
from amont.parties.facts import Letter as LetterFacts
from amont.parties.models import Letter, Organization


@transaction.atomic
def write_letter(viewer: Viewer | None, *, organization: str, address: str) -> LetterFacts:
    """Make the code of a letter to a firm (public id) and return the letter; the code is kept nowhere.

    The address is that of the public register, which whoever prints the letter has looked up; not one that the firm
    told. A new letter takes the place of the former. Who may print is decided by the caller: a coordinator for a
    member, the operator (no viewer) for any. Raises `NotKnown` for no such firm, `Refused` without an address or for
    a firm that was checked.
    """
    firm = Organization.objects.filter(public_id=organization).first()
    if firm is None:
        raise NotKnown
    if not address.strip():
        raise Refused({"address": [_("Enter the address that the public register gives.")]})
    if firm.checked_by != Organization.Check.NONE:
        raise Refused(_("This identity was checked already."))
    code, at = rules.spelt(ids.new_public_id()[: rules.CODE_LENGTH]), clock.now()
    Letter.objects.filter(organization=firm, used_at=None).delete()
    Letter.objects.create(
        organization=firm,
        digest=ids.digest_of(rules.bare(code)),
        created_at=at,
        expires_at=at + timedelta(days=rules.LETTER_DAYS),
    )
    ledger.append(viewer, "write_letter", about=firm.public_id)
    return LetterFacts(firm.name, firm.country, address.strip(), code, (at + timedelta(days=rules.LETTER_DAYS)).date())


def enter_code(viewer: Viewer, code: str) -> None:
    """Take the code from the letter: the viewer's firm is checked by letter from now on.

    Five tries are left to a letter, whoever tries. Raises `Denied` to who is no admin, `Refused` at the field.
    """
    may.administer(viewer)
    if not _take(viewer, code):
        raise Refused({"code": [_("This is not the code of the last letter, or it does not work any more.")]})


@transaction.atomic
def _take(viewer: Viewer, code: str) -> bool:
    """Count a try, and tell whether the code was right; a wrong try stays counted."""
    letter = (
        Letter.objects.select_for_update(of=("self",))
        .filter(organization_id=viewer.organization_id, used_at=None, expires_at__gt=clock.now())
        .filter(tries__lt=rules.MOST_TRIES)
        .first()
    )
    if letter is None:
        return False
    if letter.digest != ids.digest_of(rules.bare(code)):
        Letter.objects.filter(pk=letter.pk).update(tries=F("tries") + 1)
        return False
    letter.used_at = clock.now()
    letter.save(update_fields=["used_at"])
    firm = Organization.objects.filter(pk=viewer.organization_id, checked_by=Organization.Check.NONE)
    if firm.update(checked_by=Organization.Check.LETTER):
        about = Organization.objects.values_list("public_id", flat=True).get(pk=viewer.organization_id)
        ledger.append(viewer, "check_by_letter", about=about, network=True)
    return True
