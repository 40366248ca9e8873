"""Who buys together in the demo: about 300 invented small firms, and what each buys in the year."""

from dataclasses import dataclass
from itertools import product

FIXED = {"buyer": "buyer@demo.example", "vendor": "vendor@demo.example"}
OPERATOR, OPENER, CLEANER = "petites-maisons", "nacrelle", "proprevent"
CLASSES = ((4, 20_000, 12), (20, 5_000, 6), (75, 1_600, 3), (200, 325, 1))
"""How many firms buy for how much in the year, in how many invoices; the owner of the agreement adds 35,000."""
OWNERS_PART, OWNERS_INVOICES = 35_000, 12

_KINDS = (
    "Savonnerie",
    "Laboratoire",
    "Atelier",
    "Parfums",
    "Herboristerie",
    "Soins",
    "Huiles",
    "Bougies",
    "Distillerie",
    "Cosmétiques",
    "Miellerie",
    "Tisanes",
)
_NAMES = (
    "Brindasel",
    "Calimère",
    "Dorvane",
    "Elvandre",
    "Fauvelys",
    "Garandine",
    "Hélivor",
    "Isambrelle",
    "Jonquevert",
    "Kerlunes",
    "Lirandol",
    "Mervenne",
    "Noirvaux",
    "Orsélie",
    "Prunelâtre",
    "Quillorne",
    "Rosavent",
    "Sylvarel",
    "Tamaride",
    "Ulmeraye",
    "Valdorine",
    "Wambrelle",
    "Ysandre",
    "Zéphirande",
    "Aubemont",
)
_FIRST = ("Agathe", "Basile", "Colette", "Driss", "Estelle", "Fabien", "Gaëlle", "Henri", "Ilona", "Joris", "Karine")
_LAST = ("Morvan", "Delorme", "Sabatier", "Lescure", "Benali", "Courtois", "Vidal", "Guérin", "Texier", "Poulain")


@dataclass(frozen=True, slots=True)
class Buyer:
    """An invented small firm: what it buys in the year in whole euros, and in how many invoices."""

    key: str
    name: str
    person: str
    euros: int
    invoices: int

    @property
    def email(self) -> str:
        """Return the person's address; one firm has a fixed one, for the visitor's seat."""
        return FIXED.get(self.key, f"{self.key}@demo.example")


def buyers() -> tuple[Buyer, ...]:
    """Return the 299 firms that join the owner's agreement, the largest first; the visitor's has the fifth place."""
    sizes = [(euros, invoices) for many, euros, invoices in CLASSES for _each in range(many)]
    names = [f"{kind} {name}" for name, kind in product(_NAMES, _KINDS)]
    found = []
    for at, (euros, invoices) in enumerate(sizes):
        key = "buyer" if at == CLASSES[0][0] else f"petite-{at:03}"
        person = f"{_FIRST[at % len(_FIRST)]} {_LAST[at % len(_LAST)]}"
        found.append(Buyer(key, names[at], person, euros, invoices))
    return tuple(found)
