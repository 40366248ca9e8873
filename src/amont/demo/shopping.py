"""What is bought together in the demo: price lists, and invoices that add up to the euro."""

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from amont.purchasing.facts import DocumentDraft, LineDraft, PriceDraft

_OFFICE = (
    ("PAP-80", "Papier A4 80 g, carton de 5 ramettes", "BX", "18.40"),
    ("PAP-REC", "Papier A4 recyclé, carton de 5 ramettes", "BX", "19.90"),
    ("TON-N2", "Toner noir, 2 600 pages", "EA", "54.75"),
    ("TON-C2", "Toner cyan, 2 300 pages", "EA", "61.20"),
    ("STY-B50", "Stylos à bille bleus, boîte de 50", "BX", "11.35"),
    ("CLA-80", "Classeur à levier, dos de 80 mm", "EA", "2.15"),
    ("CHE-100", "Chemises cartonnées, paquet de 100", "BX", "13.80"),
    ("BLO-A5", "Bloc de notes A5, lot de 10", "BX", "8.60"),
    ("ETI-105", "Étiquettes 105 × 57 mm, 100 feuilles", "BX", "16.95"),
    ("ADH-6", "Ruban adhésif, lot de 6", "BX", "7.45"),
    ("AGR-26", "Agrafes 26/6, boîte de 5 000", "BX", "1.90"),
    ("CIS-17", "Ciseaux de bureau, 17 cm", "EA", "3.25"),
    ("PIL-AA", "Piles AA, lot de 24", "BX", "9.70"),
    ("SUR-4", "Surligneurs, pochette de 4", "BX", "2.85"),
)
_ROUND = ("ENV-DL", "Enveloppes DL à fenêtre, le cent", "EA", "5.00", "100")
_CLEAN = (
    ("SAV-5", "Savon liquide pour les mains, 5 l", "EA", "9.80"),
    ("ESS-6", "Essuie-mains, colis de 6 bobines", "BX", "24.50"),
    ("DET-5", "Détergent neutre pour sols, 5 l", "EA", "12.30"),
    ("GAN-100", "Gants en nitrile, boîte de 100", "BX", "6.40"),
    ("SAC-110", "Sacs de 110 l, rouleau de 25", "EA", "4.15"),
)
DEAR = Decimal("119.50")
"""What two cartridges are invoiced at that cost 109.50 by the list."""
PENCE = Decimal("0.05")
"""What one envelope costs: all prices are multiples of it, so that an invoice reaches any round sum."""


def office_prices() -> list[PriceDraft]:
    """Return the price list of office supplies."""
    reference, name, unit, price, base = _ROUND
    return [*_listed(_OFFICE), PriceDraft("", reference, name, unit, Decimal(price), Decimal(base))]


def cleaning_prices() -> list[PriceDraft]:
    """Return the price list of cleaning products."""
    return list(_listed(_CLEAN))


def _listed(rows: tuple[tuple[str, str, str, str], ...]) -> Iterator[PriceDraft]:
    return (PriceDraft("", reference, name, unit, Decimal(price)) for reference, name, unit, price in rows)


def office_invoice(number: str, customer: str, *, on: date, euros: Decimal, chance: random.Random) -> DocumentDraft:
    """Return an invoice for office supplies of just so many euros, in two to four lines at the list's prices."""
    lines, left = [], euros
    for reference, name, unit, price in chance.sample(_OFFICE, chance.choice((1, 2, 3))):
        quantity = int(left * Decimal(chance.uniform(0.2, 0.5)) / Decimal(price))
        if quantity:
            lines.append((reference, name, unit, Decimal(quantity), quantity * Decimal(price)))
            left -= quantity * Decimal(price)
    lines.append((_ROUND[0], _ROUND[1], _ROUND[2], left / PENCE, left))
    return document(number, customer, on, lines)


def odd_invoice(number: str, customer: str, *, on: date) -> DocumentDraft:
    """Return an invoice with two lines that are not as agreed: one above the list's price, one off the list."""
    dear = ("TON-N2", "Toner noir, 2 600 pages", "EA", Decimal(2), DEAR)
    other = ("FAU-ERG", "Fauteuil ergonomique", "EA", Decimal(1), Decimal("189.00"))
    return document(number, customer, on, [dear, other])


def cleaning_invoice(number: str, customer: str, *, on: date, chance: random.Random) -> DocumentDraft:
    """Return an invoice for cleaning products."""
    chosen = chance.sample(_CLEAN, 3)
    counts = [chance.randint(4, 30) for _each in chosen]
    lines = [
        (reference, name, unit, Decimal(count), count * Decimal(price))
        for (reference, name, unit, price), count in zip(chosen, counts, strict=True)
    ]
    return document(number, customer, on, lines)


def document(
    number: str, customer: str, on: date, lines: list[tuple[str, str, str, Decimal, Decimal]]
) -> DocumentDraft:
    """Return an invoice of these lines: reference, name, unit, quantity, net."""
    drafts = tuple(
        LineDraft("", str(at), reference, name, unit, quantity, net.quantize(Decimal("0.01")), Decimal(20))
        for at, (reference, name, unit, quantity, net) in enumerate(lines, start=1)
    )
    return DocumentDraft("", number, "invoice", on, "EUR", customer, "", drafts)
