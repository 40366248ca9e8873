"""Opening an account, a further organization, and choosing one's language."""

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from amont.kernel.countries import countries
from amont.kernel.errors import Denied, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger import actions as ledger
from amont.parties import rules
from amont.parties.models import Membership, Organization, Person

CODES = frozenset(each.code for each in countries())


@transaction.atomic
def open_account(
    *, email: str, person_name: str, organization_name: str, country: str, language: str, password: str | None = None
) -> Viewer:
    """Open an account for a person and its firm, and return the person as admin of the firm.

    The address counts as proved: only a link mailed to it leads here. Without a password one signs in by a code
    sent by mail. Raises `Refused` at the field: an address that does not do or has an account already, an empty name,
    a password that is too easy.
    """
    email = rules.folded(email)
    _check_firm(organization_name, country)
    person = new_person(email=email, name=person_name, language=language, password=password)
    viewer = _found(person, organization_name, country)
    ledger.append(viewer, "open_account", about=Organization.objects.get(pk=viewer.organization_id).public_id)
    return viewer


@transaction.atomic
def open_organization(viewer: Viewer, *, name: str, country: str) -> Viewer:
    """Let a person who has an account act for one more firm, as its admin. Raises `Refused` at the field."""
    _check_firm(name, country)
    person = Person.objects.filter(pk=viewer.person_id).first() if viewer.person_id else None
    if person is None:
        raise Denied
    made = _found(person, name, country)
    ledger.append(made, "open_organization", about=Organization.objects.get(pk=made.organization_id).public_id)
    return made


@transaction.atomic
def choose_language(viewer: Viewer, language: str) -> None:
    """Keep the language that a person reads. Raises `Refused` for one that is not offered; twice changes nothing."""
    if viewer.person_id is None:
        raise Denied
    if language not in rules.LANGUAGES:
        raise Refused({"language": [_("Choose French or English.")]})
    changed = Person.objects.filter(pk=viewer.person_id).exclude(language=language).update(language=language)
    if changed:
        ledger.append(viewer, "choose_language")


def new_person(*, email: str, name: str, language: str, password: str | None) -> Person:
    """Make the row of a person whose address is proved. Raises `Refused` at the field."""
    _check_person(email, name, language, password)
    try:
        with transaction.atomic():
            person = Person.objects.create_user(email, password, name=name.strip(), language=language)
            EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    except IntegrityError as twice:
        raise Refused(_taken()) from twice
    return person


def known_person(email: str) -> Person:
    """Return the person with this address, made without a password where there is none: it signs in by mailed codes.

    Runs in the transaction of the act that mails it. Whether there was one is not to be told to anybody.
    """
    email = rules.folded(email)
    person = Person.objects.filter(email=email).first()
    if person is None:
        person = Person.objects.create_user(email)
        EmailAddress.objects.create(user=person, email=email, verified=False, primary=True)
    return person


def _taken() -> dict[str, list[object]]:
    return {"email": [_("This address has an account. Sign in with it first.")]}


def _check_person(email: str, name: str, language: str, password: str | None) -> None:
    wrong: dict[str, list[object]] = {}
    try:
        validate_email(email)
    except ValidationError:
        wrong["email"] = [_("Enter an address such as name@firm.example.")]
    if not name.strip() or len(name) > rules.LONGEST_NAME:
        wrong["person_name"] = [_("Enter your name.")]
    if language not in rules.LANGUAGES:
        wrong["language"] = [_("Choose French or English.")]
    if password is not None:
        try:
            validate_password(password)
        except ValidationError as weak:
            wrong["password"] = list(weak.messages)
    if not wrong and Person.objects.filter(email=email).exists():
        wrong = _taken()
    if wrong:
        raise Refused(wrong)


def _check_firm(name: str, country: str) -> None:
    wrong: dict[str, list[object]] = {}
    if not name.strip() or len(name) > rules.LONGEST_FIRM:
        wrong["organization_name"] = [_("Enter the name of your firm.")]
    if country not in CODES:
        wrong["country"] = [_("Choose a country.")]
    if wrong:
        raise Refused(wrong)


def _found(person: Person, name: str, country: str) -> Viewer:
    organization = Organization.objects.create(name=name.strip(), country=country)
    Membership.objects.create(person=person, organization=organization, role=Role.ADMIN)
    return Viewer(organization.pk, person.pk, Role.ADMIN)
