"""What answering costs suppliers: once for each customer by workbook, or once for all. Made-up firms.

Nothing here is read from a database: sets are drawn from the question bank, joined by the product's own union of sets,
looked up by its own book of answers, and timed by the minutes of each question. What is assumed stands in `Assumed`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

from amont.consortia.facts import Question, Subject
from amont.requests.rules_answers import About, Book
from amont.requests.sets import union

FURTHER = 0.4
"""A further product costs two fifths of the first: as `rules.minutes` says to suppliers."""
SHARED = (0.6, 0.9)
LINE_KINDS = (Subject.INGREDIENT, Subject.PACKAGING)
SHOWN_TO_OTHERS = 4


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the simulation takes for granted: sizes, then minutes and clicks that no rule of the product gives.

    `pool`: questions of the consortium from which each member's set is drawn, about firm, site and line. `alike`: of
    the questions about a line, the part whose answer is the same for all products of a firm. By workbook, what was
    answered before is looked up and copied (`copying` minutes a field), the file is received, saved and sent back
    (`handling`). With Amont each line of a customer is told apart (`telling` minutes), and each customer is one
    consent (`consenting`).
    """

    members: int = 18
    suppliers: int = 50
    lines: int = 1500
    products: int = 3
    sites: int = 2
    pool: tuple[int, int, int] = (10, 8, 22)
    alike: float = 0.5
    copying: float = 0.4
    handling: float = 6.0
    handling_clicks: int = 12
    field_clicks: int = 2
    telling: float = 0.5
    telling_clicks: int = 2
    consenting: float = 1.0
    consenting_clicks: int = 4
    widening_clicks: int = 1
    seed: int = 1


@dataclass(slots=True)
class Cost:
    """Fields typed, clicks and minutes."""

    fields: float = 0
    clicks: float = 0
    minutes: float = 0

    def add(self, fields: float, clicks: float, minutes: float) -> None:
        """Add to all three."""
        self.fields, self.clicks, self.minutes = self.fields + fields, self.clicks + clicks, self.minutes + minutes


@dataclass(frozen=True, slots=True)
class Row:
    """What one supplier spends on so many customers, on average: by workbook, and with Amont."""

    customers: int
    workbook: Cost
    amont: Cost

    @property
    def fewer(self) -> float:
        """Return how many times fewer fields are typed."""
        return self.workbook.fields / self.amont.fields if self.amont.fields else 0.0


@dataclass(slots=True)
class _Kept:
    """An answer that was typed."""

    question: str
    site_id: int | None = None
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Firm:
    """A supplier: what its products are, on which site each is made, which products each member buys."""

    kind: Subject
    site_of: Mapping[int, int | None]
    bought: Mapping[int, Sequence[int]]


@dataclass(slots=True)
class World:
    """Members with their sets, suppliers with their lines; `overlap` is the least and the most that two sets share."""

    assumed: Assumed
    sets: list[tuple[Question, ...]] = field(default_factory=list)
    firms: list[_Firm] = field(default_factory=list)
    alike: frozenset[str] = frozenset()
    overlap: tuple[float, float] = (0.0, 0.0)
    bank: tuple[Question, ...] = ()


def simulate(bank: Sequence[Question], assumed: Assumed, customers: Iterable[int]) -> tuple[World, tuple[Row, ...]]:
    """Return the made world, and for each number of customers what a supplier spends on average."""
    world = made(bank, assumed)
    return world, tuple(_row(world, number) for number in customers)


def made(bank: Sequence[Question], assumed: Assumed) -> World:
    """Return the world of a seed: always the same."""
    dice = Random(assumed.seed)  # noqa: S311 - the same every time, on purpose
    pool = _pool(bank, assumed, dice)
    sets = _sets(pool, assumed, dice)
    shares = [_shared(one, other) for one, other in combinations(sets, 2)]
    lines = [each.code for each in pool if set(each.about) & set(LINE_KINDS)]
    alike = frozenset(dice.sample(lines, round(assumed.alike * len(lines))))
    bounds = (min(min(each) for each in shares), max(max(each) for each in shares)) if shares else (1.0, 1.0)
    return World(assumed, sets, _firms(assumed, dice), alike, bounds, tuple(bank))


def _pool(bank: Sequence[Question], assumed: Assumed, dice: Random) -> list[Question]:
    shown = [each for each in bank if each.level <= SHOWN_TO_OTHERS]
    kinds = [
        [each for each in shown if Subject.COMPANY in each.about],
        [each for each in shown if Subject.SITE in each.about],
        *([each for each in shown if kind in each.about] for kind in LINE_KINDS),
    ]
    chosen = {
        each.code
        for found, most in zip(kinds, (*assumed.pool, assumed.pool[2]), strict=True)
        for each in dice.sample(found, min(most, len(found)))
    }
    return [each for each in shown if each.code in chosen]


def _sets(pool: Sequence[Question], assumed: Assumed, dice: Random) -> list[tuple[Question, ...]]:
    """Draw one set for each member, anew until it shares 60 to 90 % with each that was drawn before."""
    sets: list[tuple[Question, ...]] = []
    while len(sets) < assumed.members:
        part = dice.uniform(0.68, 0.84)
        chosen = tuple(each for each in pool if dice.random() < part)
        if chosen and all(SHARED[0] <= share <= SHARED[1] for each in sets for share in _shared(chosen, each)):
            sets.append(chosen)
    return sets


def _shared(one: Sequence[Question], other: Sequence[Question]) -> tuple[float, float]:
    """Return which part of each set the other asks too."""
    both = len({each.code for each in one} & {each.code for each in other})
    return both / len(one), both / len(other)


def _firms(assumed: Assumed, dice: Random) -> list[_Firm]:
    """Spread the lines over members and suppliers: each buys from each, the rest as the dice fall."""
    pairs = [(member, firm) for member in range(assumed.members) for firm in range(assumed.suppliers)]
    spread = Counter(pairs[: assumed.lines])
    spread.update(dice.choice(pairs) for _ in range(assumed.lines - len(pairs)))
    firms = []
    for firm in range(assumed.suppliers):
        bought = {
            member: [dice.randrange(assumed.products) for _ in range(spread[member, firm])]
            for member in range(assumed.members)
        }
        sites: dict[int, int | None] = {item: item % assumed.sites for item in range(assumed.products)}
        firms.append(_Firm(LINE_KINDS[firm % 2], sites, bought))
    return firms


def _row(world: World, number: int) -> Row:
    workbook, amont = Cost(), Cost()
    for firm in world.firms:
        customers = [member for member in range(number) if firm.bought[member]]
        _by_workbook(world, firm, customers, workbook)
        _once(world, firm, customers, amont)
    share = len(world.firms)
    mean = [Cost(each.fields / share, each.clicks / share, each.minutes / share) for each in (workbook, amont)]
    return Row(number, *mean)


def _abouts(firm: _Firm, question: Question, items: Sequence[int]) -> list[About]:
    """Return what a question is asked about, as the form does: the firm, each site, each line of its kind."""
    if Subject.COMPANY in question.about:
        return [About()]
    if Subject.SITE in question.about:
        return [About(site=each) for each in sorted({firm.site_of[item] or 0 for item in items})]
    return [About(item=each) for each in items] if firm.kind in question.about else []


def _fields(question: Question) -> int:
    return max(1, len(question.fields))


def _by_workbook(world: World, firm: _Firm, customers: Sequence[int], cost: Cost) -> None:
    """One workbook a customer: every cell is typed; what was answered in another is looked up and copied."""
    assumed, seen, typed = world.assumed, set[tuple[str, About]](), set[str]()
    for member in customers:
        cost.add(0, assumed.handling_clicks, assumed.handling)
        for question in world.sets[member]:
            for about in _abouts(firm, question, firm.bought[member]):
                again = (question.code, about) in seen
                spent = question.minutes * (FURTHER if question.code in typed else 1)
                fields = _fields(question)
                minutes = min(spent, assumed.copying * fields) if again else spent
                cost.add(fields, fields * assumed.field_clicks, minutes)
                seen.add((question.code, about))
                typed.add(question.code)


def _once(world: World, firm: _Firm, customers: Sequence[int], cost: Cost) -> None:
    """One form: each question once about each thing, unless the book of answers has it; one consent a customer."""
    assumed = world.assumed
    for member in customers:
        lines = len(firm.bought[member])
        cost.add(0, assumed.consenting_clicks, assumed.consenting)
        cost.add(0, assumed.telling_clicks * lines, assumed.telling * lines)
    items: dict[str, set[int]] = defaultdict(set)
    for member in customers:
        for each in world.sets[member]:
            items[each.code] |= set(firm.bought[member])
    for question in union((world.sets[member] for member in customers), world.bank).questions:
        kept: list[_Kept] = []
        for about in _abouts(firm, question, sorted(items[question.code])):
            if Book(kept, firm.site_of).find(question.code, about)[0] is not None:
                continue
            wide = about.item is not None and question.code in world.alike
            kept.append(_Kept(question.code) if wide else _Kept(question.code, about.site, about.item))
            fields = _fields(question)
            clicks = fields * assumed.field_clicks + (assumed.widening_clicks if wide else 0)
            cost.add(fields, clicks, question.minutes * (1 if len(kept) == 1 else FURTHER))
