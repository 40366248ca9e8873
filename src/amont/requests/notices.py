"""What the invited and the askers are told by mail: text only, one link, nobody named but who writes."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from amont.consortia.facts import Question
from amont.kernel import ids
from amont.parties.models import Organization, Person
from amont.post import actions as post
from amont.requests import words
from amont.requests.models import ColleagueAsked, Request, RequestLine

LANGUAGES = ("fr", "en")
MOST_REFERENCES = 5
"""A mail, not a list."""
STANDING = (RequestLine.Status.OPEN, RequestLine.Status.ACCEPTED, RequestLine.Status.ANSWERED)


def language_of(written: str) -> str:
    """Return the language of a mail: French for French, English for all others."""
    return "fr" if written.startswith("fr") else "en"


def invitation_link(token: str) -> str:
    """Return the address of the page behind a mailed link."""
    return f"{settings.BASE_URL}/invitation/{token}/"


def tasks_link() -> str:
    """Return the address of one's tasks."""
    return f"{settings.BASE_URL}/tasks/"


def request_text(
    request: Request, references: tuple[str, ...], *, firm: str, person: str, link: str
) -> tuple[str, str]:
    """Return subject and text of the mail that asks, in the language of the moment."""
    subject = _("%(firm)s asks you where your products come from") % {"firm": firm}
    parts = [
        _("Hello,"),
        _("%(firm)s asks you about: %(references)s.") % {"firm": firm, "references": ", ".join(references)},
        _("Why: %(purpose)s. By: %(day)s.")
        % {"purpose": words.purpose(request.purpose), "day": date_format(request.due_on)},
        request.message,
        _("Read what is asked, how long it takes and who will see your answer, before you open any account:"),
        link,
        _("The link is for you alone and works for 30 days. You may also pass it on to a colleague, or decline."),
        "\n".join(each for each in (person, firm) if each),
    ]
    return subject, "\n\n".join(part for part in parts if part)


def asked(request: Request, references: tuple[str, ...], *, to: str, language: str, link: str, cause: str) -> None:
    """Write the mail that asks a firm, in its language; the reply goes to who asks."""
    person = Person.objects.filter(pk=request.asked_by_id or 0).first()
    firm = Organization.objects.get(pk=request.asker_id).name
    spoken = language_of(language)
    shown = references if len(references) <= MOST_REFERENCES else (*references[:MOST_REFERENCES], "…")
    with override(spoken):
        subject, text = request_text(request, shown, firm=firm, person=person.name if person else "", link=link)
    post.write(cause=cause, to=to, language=spoken, subject=subject, text=text, reply_to=person.email if person else "")


@dataclass(slots=True)
class Waiting:
    """What one firm waits for: who asked there, by when, about what, and the link to answer by."""

    firm: str
    person: str
    email: str
    due_on: date
    link: str
    references: list[str] = field(default_factory=list)


def reminder_text(waiting: Sequence[Waiting], *, pause: str) -> tuple[str, str]:
    """Return subject and text of the one mail that reminds of all that waits, in the language of the moment."""
    subject = ngettext("A request waits for your answer", "%(n)s requests wait for your answer", len(waiting))
    parts = [
        _("Hello,"),
        ngettext("This request is still open:", "These requests are still open:", len(waiting)),
        *(_waits(each) for each in waiting),
        _("Not yours to answer? The page behind the link lets you pass it on to a colleague, or decline."),
        _("You get one such mail a week at most, whoever asks, and three at most about a request."),
        _("No reminders for a while, or none at all: %(link)s") % {"link": pause},
    ]
    return subject % {"n": len(waiting)}, "\n\n".join(parts)


def _waits(each: Waiting) -> str:
    shown = [*each.references[:MOST_REFERENCES], *(["…"] if len(each.references) > MOST_REFERENCES else [])]
    said = _("%(firm)s, by %(day)s: %(references)s") % {
        "firm": each.firm,
        "day": date_format(each.due_on),
        "references": ", ".join(shown),
    }
    whom = ", ".join(part for part in (each.person, each.email) if part)
    return "\n".join(
        part for part in (said, _("Questions: %(whom)s") % {"whom": whom} if whom else "", each.link) if part
    )


def reminded(waiting: Sequence[Waiting], *, to: str, language: str, word: str, cause: str) -> None:
    """Write the mail that reminds a person of all that waits for it; the reply goes to who asks, where that is one."""
    spoken = language_of(language)
    with override(spoken):
        subject, text = reminder_text(waiting, pause=f"{settings.BASE_URL}/reminders/{word}/")
    replies = {each.email for each in waiting}
    reply_to = next(iter(replies)) if len(replies) == 1 else ""
    post.write(cause=cause, to=to, language=spoken, subject=subject, text=text, reply_to=reply_to)


def received(lines: Iterable[RequestLine]) -> None:
    """Tell the programs of who is asked of each new task: a line whose source it is not asked about already."""
    for line in lines:
        if line.supplier_id is None:
            continue
        beside = RequestLine.objects.filter(source_id=line.source_id or 0, supplier_id=line.supplier_id)
        if not beside.exclude(pk=line.pk).filter(status__in=STANDING).exists():
            post.tell(line.supplier_id, "request.received", about=line.public_id)


def told(request: Request, *, answered: int, refused: int, firm: str) -> None:
    """Tell who asked, and its programs, that a supplier answered or refused some lines."""
    post.tell(request.asker_id, "answer.received", about=request.public_id)
    with _heard(request) as person:
        if person is None:
            return
        subject = _("%(firm)s has answered your request") % {"firm": firm}
        said = _("%(firm)s: lines answered %(answered)s, lines refused %(refused)s.")
        _tell(person, request, subject, said % {"firm": firm, "answered": answered, "refused": refused})


def confirmed(request: Request, *, lines: int, firm: str) -> None:
    """Tell who asked that a firm confirmed some lines by the mailed link, without an account."""
    with _heard(request) as person:
        if person is None:
            return
        subject = _("%(firm)s confirms that it supplies you") % {"firm": firm}
        said = _(
            "%(firm)s, without an account: lines confirmed %(lines)s. They stay your statement, never with its name."
        )
        _tell(person, request, subject, said % {"firm": firm, "lines": lines})


@contextmanager
def _heard(request: Request) -> Iterator[Person | None]:
    """Give the person who asked, in whose language the mail is written; none where it has left."""
    person = Person.objects.filter(pk=request.asked_by_id or 0).first()
    with override(language_of(person.language) if person else None):
        yield person


def _tell(person: Person, request: Request, subject: str, said: str) -> None:
    text = "\n\n".join((_("Hello,"), said, f"{settings.BASE_URL}/ask/{request.public_id}/"))
    cause = f"told {request.public_id} {ids.new_public_id()}"
    post.write(cause=cause, to=person.email, language=language_of(person.language), subject=subject, text=text)


def released(request: Request, *, answers: int, firm: str) -> None:
    """Tell who asked, and its programs, that a supplier let it read answers."""
    post.tell(request.asker_id, "answer.received", about=request.public_id)
    with _heard(request) as person:
        if person is not None:
            said = _("%(firm)s: answers that are new to you %(answers)s. Read them, then accept them or ask again.")
            subject = _("%(firm)s has answered your questions") % {"firm": firm}
            _tell(person, request, subject, said % {"firm": firm, "answers": answers})


def asked_again(owner: int, person: int | None, *, firm: str, answers: int, cause: str) -> None:
    """Tell who said some answers (or, where it has left, an administrator) that a customer asks again."""
    found = Person.objects.filter(pk=person or 0, is_active=True).first()
    found = found or Person.objects.filter(memberships__organization_id=owner, memberships__role="admin").first()
    if found is None:
        return
    with override(language_of(found.language)):
        subject = _("%(firm)s asks again about your answer") % {"firm": firm}
        said = _("%(firm)s would like to know more, answers %(answers)s. Its words stand beside each question.")
        text = "\n\n".join((_("Hello,"), said % {"firm": firm, "answers": answers}, form_link()))
    again = f"again {cause} {ids.new_public_id()}"
    post.write(cause=again, to=found.email, language=language_of(found.language), subject=subject, text=text)


def colleague_asked(row: ColleagueAsked, question: Question, *, firm: str, about: str, token: str) -> None:
    """Mail one question to a colleague; the reply goes to who asks."""
    person = Person.objects.filter(pk=row.asked_by_id or 0).first()
    with override(row.language):
        subject = _("%(firm)s: one question for you") % {"firm": firm}
        parts = (
            _("Hello,"),
            _("%(person)s asks you one question about %(about)s:")
            % {"person": person.name if person and person.name else firm, "about": about},
            question.label(row.language),
            _("Answer here, without an account. The link works for 14 days:"),
            f"{settings.BASE_URL}/question/{token}/",
        )
        text = "\n\n".join(parts)
    cause, reply = f"colleague {row.public_id}", person.email if person else ""
    post.write(cause=cause, to=row.email, language=row.language, subject=subject, text=text, reply_to=reply)


def form_link() -> str:
    """Return the address of one's form."""
    return f"{settings.BASE_URL}/form/"
