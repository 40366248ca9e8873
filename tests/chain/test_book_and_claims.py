"""One's own book and claimed paths: who is one firm, cycles, trees, loops, near duplicates."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from amont.catalogue.rules import Outcome
from amont.chain import claims, paths
from amont.chain.book import Book, firm_key, planned_contacts
from amont.chain.claims import PlaceFact
from amont.chain.facts_book import ContactDraft, PathDraft, PlaceDraft

WALKS = st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=9).map(claims.collapsed), max_size=6)
PLACES = {number: PlaceFact(contact=f"c{number}", firm=f"F{number}") for number in range(1, 6)}
DRAFTS = st.lists(
    st.tuples(
        st.sampled_from(["Oleana", "OLÉANA", "Tirta"]),
        st.sampled_from(["", "FR", "ID"]),
        st.sampled_from(["", "a@b.fr", "c@d.fr"]),
    ),
    max_size=7,
).map(lambda rows: [ContactDraft(at, name, country, email=mail) for at, (name, country, mail) in enumerate(rows, 2)])


def _applied(
    existing: dict[tuple[str, str], dict[str, str]], drafts: list[ContactDraft], *, fill_only: bool
) -> dict[tuple[str, str], dict[str, str]]:
    firms = {key: dict(fields) for key, fields in existing.items()}
    for each in planned_contacts(existing, drafts, fill_only=fill_only):
        firms.setdefault(each.key, {}).update(each.changes)
    return {(key[0], fields.get("country", key[1])): fields for key, fields in firms.items()}


@settings(deadline=None)
@given(DRAFTS, st.booleans())
def test_firms_brought_twice_change_nothing(drafts: list[ContactDraft], fill_only: bool) -> None:  # noqa: FBT001 - drawn
    plan = planned_contacts({}, drafts, fill_only=fill_only)
    good = [draft for draft, each in zip(drafts, plan, strict=True) if each.outcome is not Outcome.REFUSED]
    once = _applied({}, drafts, fill_only=fill_only)
    again = planned_contacts(once, good, fill_only=fill_only)
    assert {each.outcome for each in again} <= {Outcome.UNCHANGED}


def test_a_firm_is_one_by_folded_name_and_country() -> None:
    book = Book.of({firm_key("Oléana S.A.", "FR"): {}, firm_key("Tirta", ""): {}})
    assert book.match(firm_key("OLEANA SA", "")) == ()  # "S.A." folds to two words: shown as near, never merged
    assert book.match(firm_key("oleana s a", "FR")) == (("oleana s a", "FR"),)
    assert book.match(firm_key("oleana s a", "")) == (("oleana s a", "FR"),)
    assert book.match(firm_key("oleana s a", "ID")) == ()
    assert book.match(firm_key("TIRTA", "ID")) == (("tirta", ""),)


def test_a_writing_that_may_mean_several_firms_is_refused_unless_it_says_nothing_new() -> None:
    book = {("oleana", "FR"): {"country": "FR", "email": "a@b.fr"}, ("oleana", "ID"): {"country": "ID"}}
    drafts = [
        ContactDraft(2, "Oleana"),
        ContactDraft(3, "Oleana", email="a@b.fr"),
        ContactDraft(4, "Oleana", email="x@y.fr"),
    ]
    plan = planned_contacts(book, drafts)
    assert [each.outcome for each in plan] == [Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.REFUSED]
    assert [each.is_unclear for each in plan] == [False, False, True]
    assert plan[1].key == ("oleana", "FR")
    assert planned_contacts(book, drafts, fill_only=True)[2].outcome is Outcome.UNCHANGED


@settings(deadline=None)
@given(WALKS)
def test_every_step_of_every_walk_is_drawn_and_no_branch_goes_round(walks: list[list[int]]) -> None:
    nodes = claims.tree(walks, PLACES)
    by_ref = {node.ref: node for node in nodes}
    drawn = {(by_ref[node.parent].firm, node.firm) for node in nodes if node.parent}
    assert drawn >= {
        (f"F{one}", f"F{two}") for walk in walks for one, two in pairwise(walk) if len(set(walk)) == len(walk)
    }
    for node in nodes:
        branch, at = [node.firm], node
        while at.parent:
            at = by_ref[at.parent]
            branch.append(at.firm)
        assert node.depth == len(branch)
        assert branch[-1] == f"F{node.foot[1:]}"
        assert len(set(branch)) == len(branch) - int(node.ends_in_cycle)


def test_a_cycle_is_drawn_to_its_return_and_what_stands_above_is_not_lost() -> None:
    nodes = claims.tree([[1, 2, 3, 2, 4]], PLACES)
    assert [(node.firm, node.depth, node.ends_in_cycle) for node in nodes] == [
        ("F1", 1, False),
        ("F2", 2, False),
        ("F3", 3, False),
        ("F2", 4, True),
        ("F4", 3, False),
    ]
    assert nodes[1].paths == 1


def _path(row: int, *places: tuple[str, str]) -> PathDraft:
    return PathDraft(row, tuple(PlaceDraft(firm=firm, facility=facility) for firm, facility in places))


def test_a_file_of_paths_is_read_for_self_sales_repeats_and_returns() -> None:
    found = paths.read_paths(
        [
            _path(2, ("Garuda", "Gresik"), ("Garuda", "Dumai"), ("Garuda", "Dumai"), ("Mill", "One")),
            _path(3, ("Garuda", "Gresik"), ("Tirta", "Kernel"), ("Garuda", "Dumai")),
            _path(4, ("Oleana", ""), ("Tirta", "Kernel"), ("Oleana", "")),
        ]
    )
    assert (len(found.self_sales), found.self_sale_rows, found.collapsed) == (1, {2}, 1)
    assert found.returns == [(3, "Garuda")]
    assert found.cycles == [(4, "Oleana")]
    assert len(found.firms) == 4


def test_sites_that_supply_one_another_across_paths_are_found() -> None:
    a, b, c = ("a", "", ""), ("b", "", ""), ("c", "", "")
    assert paths.loops([[c, a, b], [c, b, a]]) == ((a, b),)
    assert paths.loops([[a, b, c], [a, c]]) == ()


def test_a_firm_stands_where_all_its_rows_say_and_nowhere_if_they_differ() -> None:
    here = PlaceDraft("Oleana", region="EU", firm_country="")
    there = PlaceDraft("Oleana", country="US", firm_country="US")
    mill = PlaceDraft("Sawit", country="ID", firm_country="ID", group="KEBUN")
    found = paths.read_paths([PathDraft(2, (here, mill)), PathDraft(3, (there, mill))])
    assert [(firm.name, firm.country, firm.group) for firm in found.firms.values()] == [
        ("Oleana", "", ""),
        ("Sawit", "ID", "KEBUN"),
    ]
    assert len(found.places) == 3


def test_near_names_are_told_and_numbered_ones_are_not() -> None:
    names = [
        "PT Garuda Lipids, Dumai",
        "Garuda Lipids, Dumai",
        "Kebun Nusantara III",
        "Kebun Nusantara IV",
        "First Resource",
        "First Resources",
    ]
    assert paths.near_duplicates(names) == (
        ("First Resource", "First Resources"),
        ("PT Garuda Lipids, Dumai", "Garuda Lipids, Dumai"),
    )
