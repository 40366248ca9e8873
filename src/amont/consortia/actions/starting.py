"""Starting to found without an account: an address is proved by a mailed link before anything is open."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from amont.consortia import notices, tokens
from amont.kernel import clock, ids
from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties import actions as parties

START_DAYS = 3


@transaction.atomic
def ask_to_found(*, email: str, language: str) -> None:
    """Mail the link that opens the founding to an address: at most one mail an hour, whoever asks.

    Whether the address has an account changes nothing. Raises `Refused` at the field for an address that is none.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused({"email": [_("Enter an address such as name@firm.example.")]}) from None
    until = clock.now() + timedelta(days=START_DAYS)
    hour = clock.now().strftime("%Y-%m-%dT%H")
    notices.founding_asked(
        cause=f"founding {ids.digest_of(email)[:32]} {hour}",
        email=email,
        language=language,
        token=tokens.starting(email, until),
        until=until,
    )
    ledger.append(None, "ask_to_found")


@transaction.atomic
def open_account_to_found(
    token: str, *, person_name: str, organization_name: str, country: str, language: str, password: str | None = None
) -> Viewer:
    """Open the account of a founder, whose address the link proves.

    Raises `NotKnown` for a link that is none, and `Refused` for one that has expired or at the field; an address that
    has an account already is told to sign in, so a link opens one account at most.
    """
    return parties.open_account(
        email=tokens.started(token, clock.now()),
        person_name=person_name,
        organization_name=organization_name,
        country=country,
        language=language,
        password=password,
    )
