"""What stays as it was when an answer is not asked for it: nothing said before is lost by a set that asks for less."""

from collections.abc import Sequence
from dataclasses import replace

from amont.catalogue.models import Item
from amont.chain.facts_inputs import InputValues
from amont.chain.models import Input
from amont.requests.facts import AnswerValues
from amont.requests.sets import Asks

OF_INPUTS = ("stock_weeks", "switch_months")


def says_certificates(values: AnswerValues, asks: Asks) -> bool:
    """Tell whether an answer speaks of certificates: it is asked for them, or names some unasked."""
    return asks.asks("certificates") or bool(values.certificates)


def says_inputs(values: AnswerValues, asks: Asks) -> bool:
    """Tell whether an answer speaks of inputs: it is asked for them, or names some unasked."""
    return asks.asks("inputs") or bool(values.inputs)


def inputs(
    stated: Sequence[tuple[Item, Sequence[InputValues], Asks]],
) -> list[tuple[Item, Sequence[InputValues]]]:
    """Return the inputs of each own item, with the stock and the months that it was not asked for as they stand."""
    rows = Input.objects.filter(item_id__in=[item.pk for item, _, _ in stated])
    there = {(row.item_id, row.name): row for row in rows}
    return [
        (item, [_kept(each, there.get((item.pk, each.name)), asks) for each in found]) for item, found, asks in stated
    ]


def _kept(values: InputValues, before: Input | None, asks: Asks) -> InputValues:
    if before is None:
        return values
    unasked = (name for name in OF_INPUTS if not asks.asks(name) and getattr(values, name) is None)
    return replace(values, **{name: getattr(before, name) for name in unasked})
