"""Dressing what the walk returned: each place gets the facts of its level, by the level table, and no other."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from amont.chain.facts import PlaceKey, Walked
from amont.disclosure.facts_levels import Fact, shows
from amont.disclosure.levels import Level
from amont.kernel.quarters import quarter_start
from amont.sight.cut.facts import Coded, Dressed, Held, Stated, StatedSource
from amont.sight.cut.pseudonyms import firm_pseudonym, item_pseudonym
from amont.sight.facts import CertificateFact, Mark, Place, SiteFact, Step, View


def needed(walked: Walked) -> set[int]:
    """Return the items whose statements a view needs: all that stand at level 1 or more."""
    return {
        *walked.own,
        *walked.named,
        *(item for item, _ in walked.nameless),
        *(item for _, item in walked.origins),
    }


def dress(walked: Walked, stated: Mapping[int, Stated], *, viewer: int, on: date) -> Dressed:
    """Return the view of the organization `viewer` on a day: places ordered by what is shown, ties by reference."""
    refs = _refs(walked, stated, viewer)
    own = [own_place(stated[item]) for item in walked.own]
    places = [named_place(stated[item], each.level, requested=each.requested) for item, each in walked.named.items()]
    for (item, head), each in walked.nameless.items():
        firm = firm_pseudonym(viewer, organization=stated[item].organization, head=head)
        places.append(
            nameless_place(stated[item], ref=refs[item, head], firm=firm, requested=each.requested, on=on),
        )
    beside = _beside(walked, stated, refs)
    steps = [Step(refs[buyer], refs[supplier]) for buyer, supplier in walked.links]
    steps += [Step(host, place.ref) for host, place in beside]
    view = View(
        own=tuple(sorted(own, key=by_what_is_shown)),
        places=(*sorted(places, key=by_what_is_shown), *(place for _, place in beside)),
        steps=tuple(sorted(steps)),
    )
    return Dressed(view, {ref: key for key, ref in refs.items()})


def own_place(facts: Stated) -> Place:
    """Dress an item of the viewer: everything."""
    place = named_place(facts, Level.FULL, requested=False)
    return replace(place, mark=Mark.OWN, reference=facts.reference, checked_by="")


def named_place(facts: Stated, level: int, *, requested: bool) -> Place:
    """Dress an item seen by name, at level 3 or 4."""
    return Place(
        ref=facts.ref,
        mark=Mark.NAMED,
        organization=facts.organization_name,
        name=facts.name,
        country=facts.country,
        step=facts.step,
        family=facts.family,
        chain_end=facts.chain_end,
        requested=requested,
        full=level >= Level.FULL,
        checked_by=facts.checked_by,
        site=_site(facts.site, level),
        certificates=_in_full(facts.certificates),
        documents=facts.documents if shows(Fact.DOCUMENT, level) else (),
    )


def nameless_place(facts: Stated, *, ref: str, firm: str, requested: bool, on: date) -> Place:
    """Dress an item seen under a pseudonym, at level 2: nothing finer than the charter's lists."""
    return Place(
        ref=ref,
        mark=Mark.NAMELESS,
        **coded(facts)._asdict(),
        firm=firm,
        requested=requested,
        certificates=_in_quarter(facts.certificates, facts.former_schemes, quarter_start(on)),
    )


def coded(facts: Stated | StatedSource) -> Coded:
    """Return what shows below level 3: a first statement at once, a change from the next quarter on."""
    now = Coded(facts.country, facts.step, facts.family, facts.chain_end)
    return Coded(*(old or new for old, new in zip(facts.former, now, strict=True))) if facts.former else now


def by_what_is_shown(place: Place) -> tuple[str, ...]:
    """Return the key that places are ordered by: what is shown, ties by reference."""
    return (
        place.mark,
        place.organization,
        place.name,
        place.country,
        place.step,
        place.family,
        place.chain_end,
        place.ref,
    )


def _refs(walked: Walked, stated: Mapping[int, Stated], viewer: int) -> dict[PlaceKey, str]:
    refs: dict[PlaceKey, str] = {(item, 0): stated[item].ref for item in (*walked.own, *walked.named)}
    refs.update({(item, head): item_pseudonym(viewer, item=item, head=head) for item, head in walked.nameless})
    return refs


def _beside(walked: Walked, stated: Mapping[int, Stated], refs: Mapping[PlaceKey, str]) -> list[tuple[str, Place]]:
    """Return what is counted beside places, in groups, as (place's ref, group)."""
    groups: Counter[tuple[str, Mark, str, str, str]] = Counter()
    for key, item in walked.origins:
        country, step, family, _ = coded(stated[item])
        groups[refs[key], Mark.ORIGIN, country, step, family] += 1
    for key, _item in walked.sealed:
        groups[refs[key], Mark.SEALED, "", "", ""] += 1
    found = []
    for number, (group, many) in enumerate(sorted(groups.items()), start=1):
        host, mark, country, step, family = group
        ref = f"counted-{number}"
        found.append((host, Place(ref=ref, mark=mark, country=country, step=step, family=family, many=many > 1)))
    return found


def _site(site: SiteFact | None, level: int) -> SiteFact | None:
    if site is None or not shows(Fact.SITE, level):
        return None
    return site if shows(Fact.COORDINATES, level) else SiteFact(site.name, site.town)


def _in_full(held: Iterable[Held]) -> tuple[CertificateFact, ...]:
    found = (CertificateFact(each.scheme, each.number or None, each.valid_until) for each in held)
    return tuple(sorted(found, key=lambda each: (each.scheme, each.number or "", str(each.valid_until or ""))))


def _in_quarter(held: Iterable[Held], former: Mapping[str, bool], first_day: date) -> tuple[CertificateFact, ...]:
    """Return each scheme once: valid if any of it has no end, or ends on the quarter's first day or later.

    What a change in this quarter hides stands as it was.
    """
    valid: dict[str, bool] = {}
    for each in held:
        lasts = each.valid_until is None or each.valid_until >= first_day
        valid[each.scheme] = valid.get(each.scheme, False) or lasts
    valid.update(former)
    return tuple(CertificateFact(scheme, valid=valid[scheme]) for scheme in sorted(valid))
