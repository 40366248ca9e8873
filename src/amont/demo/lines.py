"""What each member buys: 1,500 article lines in all, drawn from the wares, and who supplies them."""

from dataclasses import dataclass
from random import Random

from amont.catalogue.facts import LineDraft
from amont.chain.facts_book import ContactDraft, SupplierDraft
from amont.demo.cast import GUEST, GUEST_OF, Firm, Ware, bought_by_members, firms

LINES = 1500
SHARES = (200, 150, 120, 110, 100, 95, 90, 85, 80, 75, 70, 65, 60, 55, 45, 40, 35, 25)
PACKS = {
    "ingredient": ("", ", fût 200 kg", ", bidon 25 kg", ", conteneur 1 000 kg", ", qualité douce", ", lot pilote"),
    "packaging": ("", ", naturel", ", ambré", ", dépoli", ", décor or", ", série courte"),
}
BANDS = ("<1", "1-10", "10-100", "100-1000")
FIRST = ("es40", "es60", "fla50", "mica1", "parf1", "parf2")
OUTSIDERS = (
    ("Savonnerie des Aubiers", "ingredient", "palm", "Bondillons de savon"),
    ("Flaconnage Létoile", "packaging", "glass", "Flacon verre 100 ml"),
    ("Extraits du Causse", "ingredient", "plant-extracts", "Extrait d’hamamélis"),
    ("Tubes de la Sioule", "packaging", "pe", "Tube PE 75 ml"),
)


@dataclass(frozen=True, slots=True)
class Bought:
    """One member's article line and where it comes from; `ware` is None for a firm that is not on board."""

    draft: LineDraft
    supplier: SupplierDraft
    ware: Ware | None


def lines_of(member: Firm) -> tuple[Bought, ...]:
    """Return the member's article lines: the same at every call."""
    members = [firm for firm in firms().values() if firm.is_member]
    place = members.index(member)
    chance = Random(f"lines of {member.key}")  # noqa: S311 - repeatable on purpose
    offered = [ware for ware in bought_by_members() if ware.firm != member.key]
    first = [ware for ware in offered if ware.key in FIRST]
    picked = first + chance.choices(offered, k=SHARES[place] - len(first))
    return tuple(_bought(member, row, ware, chance) for row, ware in enumerate(picked, start=1))


def _bought(member: Firm, row: int, ware: Ware, chance: Random) -> Bought:
    reference = f"{member.key[:3].upper()}-{row:04}"
    if row % 12 == 0:
        firm, kind, family, name = OUTSIDERS[(row // 12 - 1) % len(OUTSIDERS)]
        email = GUEST if member.key == GUEST_OF and family == "palm" else f"{firm.split()[0].lower()}@outside.example"
        contact = ContactDraft(row, firm, "FR", email=email, language="fr")
        return Bought(_draft(row, reference, f"{name} {row}", kind, family, chance), SupplierDraft(contact), None)
    pack = PACKS[ware.kind][0 if row <= len(FIRST) else row % len(PACKS[ware.kind])]
    supplier = firms()[ware.firm]
    contact = ContactDraft(
        row, supplier.name, supplier.country, person=supplier.person, email=supplier.email, language=supplier.language
    )
    draft = _draft(row, reference, f"{ware.name}{pack}", ware.kind, ware.family, chance)
    return Bought(draft, SupplierDraft(contact, ware.key.upper()), ware)


def _draft(row: int, reference: str, name: str, kind: str, family: str, chance: Random) -> LineDraft:
    return LineDraft(
        row,
        reference=reference,
        name=name,
        kind=kind,
        family=family,
        unit="kg" if kind == "ingredient" else "pc",
        volume_band=chance.choice(BANDS),
    )
