"""One form for all customers' lines: what the firm, its sites and its products are asked, with what is said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from amont.catalogue.models import Item, Site
from amont.chain.models import Link
from amont.consortia import read as consortia
from amont.consortia.facts import AnswerType, Code, Question, Subject
from amont.kernel import clock
from amont.kernel.countries import countries
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.requests import charters
from amont.requests.facts_answers import AnswerSaid, Asking, CustomerForm, SubjectForm, WholeForm
from amont.requests.models import Answer, ColleagueAsked, Release, Request, RequestLine
from amont.requests.read.tasks import KnownItems, tasks
from amont.requests.rules_answers import About, Book, is_stale, subjects_of
from amont.requests.sets import union

OWN = "own"
MOST_SITES = 20
LISTS = ("steps", "families", "schemes")
COUNTRIES = tuple(Code(each.code, each.fr, each.en) for each in countries())
Wanted = dict[About, dict[str, Question]]


@dataclass
class Desk:
    """All that a supplier is asked and has said, read once."""

    viewer: Viewer
    wanted: Wanted = field(default_factory=dict)
    by_customer: dict[int, Wanted] = field(default_factory=dict)
    lists: dict[str, tuple[Code, ...]] = field(default_factory=dict)
    known_to: dict[int, dict[str, set[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the lines that stand, and what each asks of whom."""
        me = self.viewer.organization_id
        rows = RequestLine.objects.filter(supplier_id=me, status__in=charters.STANDING, source_id__isnull=False)
        self.lines = list(rows.order_by("pk"))
        self.requests = {row.pk: row for row in Request.objects.filter(pk__in={e.request_id for e in self.lines})}
        self._lists()
        asks = charters.asked_of(self.lines)
        items = self._items()
        for line in self.lines:
            item = items.get(line.pk)
            for each in asks[line.pk].questions:
                if each.type is not AnswerType.FORM:
                    self._want(line, item, each)

    def _lists(self) -> None:
        """Join the lists of the charters in force, for oneself; a customer reads what is on its own charters' lists."""
        found: dict[str, dict[str, Code]] = {name: {} for name in LISTS}
        terms = charters.in_force(row.consortium_id for row in self.requests.values())
        for row in self.requests.values():
            known = self.known_to.setdefault(row.asker_id, {name: set() for name in LISTS})
            for name, codes in found.items():
                listed = {each.code: each for each in getattr(terms[row.consortium_id].facts, name)}
                codes.update(listed)
                known[name].update(listed)
        self.lists = {name: tuple(codes.values()) for name, codes in found.items()}

    def _items(self) -> dict[int, Item]:
        """Return the own item of each line (by its key): linked, or known by the customer's word for it."""
        keys = {e.link_id for e in self.lines if e.link_id}
        links = dict(Link.objects.filter(pk__in=keys).values_list("pk", "supplier_item_id"))
        known = KnownItems(self.viewer)
        rows = Item.objects.filter(owner_id=self.viewer.organization_id, pk__in=links.values())
        self.items = {row.pk: row for row in rows}
        found = {}
        for line in self.lines:
            item = self.items.get(links.get(line.link_id or 0, 0)) or known.meant_by(line.reference)
            if item is not None:
                found[line.pk] = self.items[item.pk] = item
        return found

    def _want(self, line: RequestLine, item: Item | None, question: Question) -> None:
        for about in self._abouts(item, question):
            self.wanted.setdefault(about, {}).setdefault(question.code, question)
            own = self.by_customer.setdefault(line.asker_id, {})
            own.setdefault(about, {}).setdefault(question.code, question)

    def _abouts(self, item: Item | None, question: Question) -> Iterable[About]:
        if Subject.COMPANY in question.about:
            return (About(),)
        if Subject.SITE in question.about:
            sites = [item.site_id] if item is not None and item.site_id else list(self.sites) if item else []
            return tuple(About(site=key) for key in sites)
        fits = item is not None and subjects_of(item.kind) in question.about
        return (About(item=item.pk),) if item is not None and fits else ()

    @cached_property
    def sites(self) -> Mapping[int, Site]:
        """Return own sites that are open, by key."""
        rows = Site.objects.filter(owner_id=self.viewer.organization_id, closed_on=None).order_by("name", "town")
        return {row.pk: row for row in rows[:MOST_SITES]}

    @cached_property
    def answers(self) -> Sequence[Answer]:
        """Return the answers that stand."""
        return list(Answer.objects.filter(owner_id=self.viewer.organization_id, replaced_at=None))

    @cached_property
    def book(self) -> Book:
        """Return the answers that stand, with what is inherited."""
        return Book(self.answers, {pk: row.site_id for pk, row in self.items.items()})

    @cached_property
    def released(self) -> Mapping[int, Mapping[tuple[str, About], Release]]:
        """Return what stands let out, by customer, question and subject."""
        found: dict[int, dict[tuple[str, About], Release]] = {}
        for row in Release.objects.filter(owner_id=self.viewer.organization_id, ended_at=None):
            found.setdefault(row.reader_id, {})[row.question, About(row.site_id, row.item_id)] = row
        return found

    @cached_property
    def again(self) -> Mapping[tuple[str, About], str]:
        """Return what customers said of answers that they want anew, where nothing was said since."""
        return {
            key: row.review_note
            for rows in self.released.values()
            for key, row in rows.items()
            if row.review == Release.Review.AGAIN and not self._said_since(key, row)
        }

    def _said_since(self, key: tuple[str, About], row: Release) -> bool:
        kept, _whence = self.book.find(*key)
        return kept is None or not same(kept, row)  # type: ignore[arg-type]

    @cached_property
    def colleagues(self) -> Mapping[tuple[str, About], str]:
        """Return who was asked for help, by question and subject."""
        rows = ColleagueAsked.objects.filter(
            owner_id=self.viewer.organization_id, answered_at=None, expires_at__gt=clock.now()
        )
        return {(row.question, About(row.site_id, row.item_id)): row.email for row in rows}

    def choices(self, question: Question) -> tuple[Code, ...]:
        """Return what a question is answered from."""
        if question.type in {AnswerType.COUNTRY, AnswerType.COUNTRIES}:
            return COUNTRIES
        return question.choices or self.lists.get(question.list, ())

    def asking(self, question: Question, about: About) -> Asking:
        """Return one question with what is said to it."""
        row, whence = self.book.find(question.code, about)
        key = (question.code, about)
        kept = row if isinstance(row, Answer) else None
        stale = kept is not None and is_stale(kept.said_on, kept.valid_until, clock.today())
        return Asking(
            question=question,
            choices=self.choices(question),
            said=said_of(kept) if kept else None,
            inherited=whence,
            said_on=kept.said_on if kept else None,
            stale=stale,
            again=self.again.get(key, ""),
            colleague=self.colleagues.get(key, ""),
        )

    def subject(self, about: About) -> SubjectForm:
        """Return one page of the form."""
        kind, ref, name = self.named(about)
        asked = tuple(self.asking(each, about) for each in self._ordered(self.wanted.get(about, {})))
        return SubjectForm(kind, ref, name, asked)

    def _ordered(self, found: Mapping[str, Question]) -> tuple[Question, ...]:
        order = consortia.bank()
        return union([found.values()], order).questions

    def named(self, about: About) -> tuple[str, str, str]:
        """Return kind, public id and name of a subject."""
        if about.site is not None:
            row = self.sites[about.site] if about.site in self.sites else Site.objects.get(pk=about.site)
            return "site", row.public_id, ", ".join(each for each in (row.name, row.town) if each)
        if about.item is not None:
            item = self.items[about.item]
            return "item", item.public_id, item.name
        return "company", OWN, Organization.objects.get(pk=self.viewer.organization_id).name

    def about(self, kind: str, ref: str) -> About:
        """Return what a page is about. Raises `NotKnown` for what is not asked about."""
        found = {self.named(each)[:2]: each for each in self.wanted}
        if (kind, ref) not in found:
            raise NotKnown
        return found[kind, ref]

    def to_release(self, customer: int) -> list[tuple[Question, About, Answer]]:
        """Return the answers that a customer asked for and that may leave.

        Not what is for the owner alone, nor a word of another consortium's list: it would tell of that consortium.
        """
        return [
            (question, about, row)
            for about, questions in self.by_customer.get(customer, {}).items()
            for question in questions.values()
            if question.level <= 4 and isinstance(row := self.book.find(question.code, about)[0], Answer)  # noqa: PLR2004 - the highest level
            if self._is_word_of(customer, question, row)
        ]

    def _is_word_of(self, customer: int, question: Question, row: Answer) -> bool:
        listed = question.list and not question.choices
        return not listed or set(row.value) <= self.known_to[customer].get(question.list, set())


def form(viewer: Viewer) -> WholeForm:
    """Return the whole form of a supplier: one for all lines, whoever asked."""
    desk = Desk(viewer)
    order = {"company": 0, "site": 1, "item": 2}
    subjects = sorted((desk.subject(each) for each in desk.wanted), key=lambda each: (order[each.kind], each.name))
    waiting = tuple(each for each in tasks(viewer) if each.status == RequestLine.Status.OPEN)
    stale = sum(is_stale(row.said_on, row.valid_until, clock.today()) for row in desk.answers)
    return WholeForm(tuple(subjects), waiting, customers(desk), stale)


def own_tag(viewer: Viewer) -> str:
    """Return what tells the viewer's own workbooks from another firm's: its public id."""
    return Organization.objects.get(pk=viewer.organization_id).public_id


def subject(viewer: Viewer, kind: str, ref: str) -> SubjectForm:
    """Return one page of the form. Raises `NotKnown`."""
    desk = Desk(viewer)
    return desk.subject(desk.about(kind, ref))


def question(viewer: Viewer, kind: str, ref: str, code: str) -> Asking:
    """Return one question of a page. Raises `NotKnown`."""
    desk = Desk(viewer)
    about = desk.about(kind, ref)
    if code not in desk.wanted[about]:
        raise NotKnown
    return desk.asking(desk.wanted[about][code], about)


def customers(desk: Desk) -> tuple[CustomerForm, ...]:
    """Return what each customer would read, by due date and name."""
    firms = {row.pk: row for row in Organization.objects.filter(pk__in=desk.by_customer)}
    found = [_customer(desk, firms[key]) for key in desk.by_customer]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.name, each.organization)))


def _customer(desk: Desk, firm: Organization) -> CustomerForm:
    lines = [each for each in desk.lines if each.asker_id == firm.pk]
    ready = desk.to_release(firm.pk)
    held = desk.released.get(firm.pk, {})
    asked = sum(
        each.level <= 4  # noqa: PLR2004 - the highest level
        for questions in desk.by_customer[firm.pk].values()
        for each in questions.values()
    )
    changed = sum((q.code, a) not in held or not same(row, held[q.code, a]) for q, a, row in ready)
    return CustomerForm(
        organization=firm.public_id,
        name=firm.name,
        references=tuple(dict.fromkeys(each.reference for each in lines)),
        due_on=min(desk.requests[each.request_id].due_on for each in lines),
        answers=len(ready),
        changed=changed,
        missing=asked - len(ready),
        held=len(held),
        reviewed=sum(row.review == Release.Review.ACCEPTED for row in held.values()),
        told=tuple((desk.named(about)[2], desk.asking(each, about)) for each, about, _row in ready),
    )


def same(answer: Answer, release: Release) -> bool:
    """Tell whether a customer has an answer as it stands now."""
    names = ("state", "value", "origin", "note", "valid_until", "version")
    return all(getattr(answer, name) == getattr(release, name) for name in names)


def said_of(row: Answer | Release) -> AnswerSaid:
    """Return what a row says."""
    return AnswerSaid(row.state, tuple(row.value), row.origin, row.note, row.valid_until)
