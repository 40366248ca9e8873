"""What a set of questions asks of one answer: which fields, which of them needed, how many minutes."""

from collections.abc import Iterable
from dataclasses import dataclass

from amont.consortia.facts import Needed, Question


@dataclass(frozen=True, slots=True)
class Asks:
    """The questions that one answer is asked, in their order; a field that none of them asks for is never demanded."""

    questions: tuple[Question, ...] = ()

    def asks(self, field: str) -> bool:
        """Tell whether a field of an answer is asked for."""
        return any(field in each.fields for each in self.questions)

    def needs(self, field: str) -> bool:
        """Tell whether a field must be filled in before sending."""
        return any(field in each.fields and each.needed is Needed.YES for each in self.questions)

    @property
    def needs_one(self) -> bool:
        """Tell whether inputs or an end of the chain must be said: both are asked, either answers."""
        return sum(each.needed is Needed.EITHER for each in self.questions) > 1

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes of the questions."""
        return frozenset(each.code for each in self.questions)

    @property
    def minutes(self) -> tuple[int, ...]:
        """Return the minutes of each question that is asked of each line."""
        return tuple(each.minutes for each in self.questions if not each.is_once)

    @property
    def once(self) -> int:
        """Return the minutes of what is asked once of the firm and its sites, however many the lines."""
        return sum(each.minutes for each in self.questions if each.is_once)


def union(sets: Iterable[Iterable[Question]], order: Iterable[Question]) -> Asks:
    """Return all that any of these sets asks, each question once, in the order given: nothing tells who asks what."""
    wanted: dict[str, Question] = {}
    for asked in sorted((tuple(each) for each in sets), key=lambda each: [one.en for one in each]):
        for each in asked:
            wanted.setdefault(each.code, each)
    return Asks(tuple(wanted[each.code] for each in order if each.code in wanted))
