"""What the test consortium's members brought by themselves: sites, files, filters, what was matched and merged."""

from functools import partial
from typing import TYPE_CHECKING

from amont.catalogue.actions.lines import edit_line
from amont.catalogue.facts import LineDraft
from amont.catalogue.facts_sites import SiteDraft, SiteFact
from amont.catalogue.models import Item
from amont.chain.actions.alike import merge, say_different
from amont.chain.actions.pairing import look_for_alike
from amont.chain.actions.sites import bring_sites
from amont.chain.read.alike import alike
from amont.disclosure.guard import looking_as
from amont.exchange import importing
from amont.insight.actions import save_filter
from made_files import as_csv

if TYPE_CHECKING:
    from world.build import World


def bring_sites_of(world: "World") -> None:
    """Claire and Victor bring sites, own and of suppliers: two that may be one, two that they merged, one of both."""
    shared = SiteDraft(row=2, name="Usine du Nord", firm="Atelier Commun", town="Lille", country="FR")
    for key in ("claire", "victor"):
        firm, name = (world.word(f"{key}: site: {part}", key) for part in ("firm", "name"))
        said = {part: world.word(f"{key}: site: {part}", key) for part in ("address", "town", "region", "external_id")}
        one = SiteDraft(row=3, name=name, firm=firm, group=world.word(f"{key}: site: group", key), country="FR", **said)
        kept = {"note": world.word(f"{key}: site: kept", key)}
        twin = SiteDraft(row=4, name=f"{name} SARL", firm=f"{firm} 2", country="FR", details=kept)
        third = SiteDraft(row=5, name=f"{name} bis", firm=f"{firm} bis", country="FR")
        own = SiteDraft(row=6, name=world.word(f"{key}: own site: name", key), country="FR")
        with looking_as(world.firms[key]):
            bring_sites(world.firms[key], [shared, one, twin, third])
            bring_sites(world.firms[key], [own], own=True)
            look_for_alike(world.firms[key])
            pair = next(each for each in alike(world.firms[key]).rows if isinstance(each.one, SiteFact))
            assert isinstance(pair.other, SiteFact)
            merge(world.firms[key], kind=pair.kind, keep=pair.one.site, gone=pair.other.site)
            say_different(world.firms[key], next(iter(alike(world.firms[key]).rows)).alike)


def bring_files_of(world: "World") -> None:
    """Claire and Victor bring files: sites with refused rows and a point read otherwise, a line since changed."""
    for key in ("claire", "victor"):
        viewer, said = world.firms[key], partial(_of_a_file, world, key)
        sites = [
            ["Site", "Société", "Pays", "Latitude", "Longitude"],
            [said("site"), said("firm"), "FR", "4.83", "45.76"],
            [said("refused site"), said("refused firm"), said("no country"), "", ""],
        ]
        lines = [["Référence", "Nom"], [said("reference"), said("line")]]
        with looking_as(viewer):
            for name, rows in (("sites", sites), ("lines", lines)):
                fact = importing.bring_file(viewer, as_csv(rows), file_name=f"{said(name)}.csv")
                importing.run(viewer, fact.public_id)
            item = Item.objects.get(owner_id=viewer.organization_id, reference=said("reference"))
            edit_line(viewer, item.public_id, LineDraft(row=0, reference=item.reference, name=said("line since")))
            waiting = [["Site", "Pays"], [said("waiting site"), "FR"]]
            importing.bring_file(viewer, as_csv(waiting), file_name=f"{said('waiting')}.csv")


def _of_a_file(world: "World", key: str, part: str) -> str:
    meaning = f"{key}'s file: {part}"
    known = {said: word for word, said in world.words.meaning.items()}
    return known.get(meaning) or world.word(meaning, key)


def keep_filters_of(world: "World") -> None:
    """Claire, Victor, and Rémi for himself keep filters of their lists."""
    for key, viewer in (("claire", world.firms["claire"]), ("victor", world.firms["victor"]), ("remi", world.remi)):
        assert viewer is not None
        with looking_as(viewer):
            save_filter(
                viewer, name=world.word(f"{key}: filter", key), query=f"text={world.word(f'{key}: sought', key)}"
            )
