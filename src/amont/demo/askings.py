"""Who asks for more in the demo: one place whose owners all agree, and one where a consent is held."""

from dataclasses import dataclass

from amont.disclosure import actions as disclosure
from amont.disclosure.guard import looking_as
from amont.disclosure.reading import noting
from amont.kernel.viewer import Viewer
from amont.parties import read as parties
from amont.sight import read as sight
from amont.sight.actions import ask_for_more
from amont.sight.asking import questions
from amont.sight.facts import Mark

ASKER = "orvanne"


@dataclass(frozen=True, slots=True)
class Asked:
    """A nameless place asked about: the firm by name beside which it stands, its step, its country, and why.

    `consenting` are those of its keepers who say yes; whoever is not among them says nothing.
    """

    beside: str
    step: str
    country: str
    purpose: str
    consenting: tuple[str, ...]


ASKED = (
    Asked(
        "emulgent",
        "fractionation",
        "MY",
        "Préparer notre plan de vigilance : nous voulons visiter les sites qui fractionnent la stéarine.",
        ("emulgent", "kelapasari"),
    ),
    Asked(
        "oleoport",
        "refining",
        "MY",
        "Savoir chez qui l’huile de palme de nos savons est raffinée, avant notre audit du printemps.",
        ("oleoport",),
    ),
)


def ask(cast: dict[str, Viewer]) -> None:
    """Let one brand ask who stands at two nameless places, and some of their keepers agree.

    Of the one all agree: the brand reads a name. Of the other one consent is held, and the brand reads "asked".
    """
    asker = cast[ASKER]
    for each in ASKED:
        with looking_as(asker), noting():  # what the play looks up reaches nobody's screen
            ask_for_more(asker, _place(asker, each, cast[each.beside]), purpose=each.purpose)
        for key in each.consenting:
            with looking_as(cast[key]), noting():
                for question in questions(cast[key]):
                    if question.asked.purpose == each.purpose:
                        disclosure.say(cast[key], question.asked.public_id, yes=True)


def _place(viewer: Viewer, asked: Asked, beside: Viewer) -> str:
    """Return the pseudonym of the place meant. Raises `LookupError`."""
    view, firm = sight.view(viewer), parties.me(beside)
    places = {place.ref: place for place in (*view.own, *view.places)}
    for step in view.steps:
        head, place = places.get(step.buyer), places.get(step.supplier)
        stands = head and place and firm and head.organization == firm.organization_name
        if stands and place and (place.mark, place.step, place.country) == (Mark.NAMELESS, asked.step, asked.country):
            return place.ref
    raise LookupError(asked)
