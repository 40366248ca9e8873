"""Keeping what showed of certificates below level 3 until the next quarter begins, so that no renewal can be timed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from amont.evidence.models import Certificate, FormerSchemes, Reliance
from amont.kernel import clock
from amont.kernel.quarters import next_quarter, quarter_start
from amont.kernel.viewer import Viewer

Schemes = Mapping[int, Mapping[str, bool]]
"""By item (key), whether a certificate of each scheme was valid on the first day of this quarter."""


@contextmanager
def keeping_former(viewer: Viewer, items: Iterable[int], schemes: Iterable[str]) -> Iterator[None]:
    """Keep what showed of these own items' certificates (keys), where what is written inside the block changes it.

    And of all that rely on the viewer's certificates of these schemes: one renewal moves them all. Of several changes
    in one quarter the first counts. A scheme stated for the first time shows at once.
    """
    held = Certificate.objects.filter(owner_id=viewer.organization_id, scheme__in=set(schemes))
    beside = Reliance.objects.filter(certificate_id__in=list(held.values_list("pk", flat=True)))
    touched = {*items, *beside.values_list("item_id", flat=True)}
    before = _schemes(touched)
    yield
    after = _schemes(touched)
    until_on = next_quarter(clock.today())
    kept = {row.item_id: row for row in FormerSchemes.objects.filter(item_id__in=touched, until_on=until_on)}
    for item, shown in before.items():
        changed = {scheme: valid for scheme, valid in shown.items() if after.get(item, {}).get(scheme) != valid}
        if not changed:
            continue
        row = kept.get(item) or FormerSchemes(owner_id=viewer.organization_id, item_id=item, until_on=until_on)
        row.schemes = {**changed, **row.schemes}
        row.save()


def _schemes(items: Iterable[int]) -> Schemes:
    first_day = quarter_start(clock.today())
    pairs = list(Reliance.objects.filter(item_id__in=list(items)).values_list("item_id", "certificate_id"))
    rows = Certificate.objects.filter(pk__in={certificate for _, certificate in pairs})
    lasts = {
        pk: (scheme, until is None or until >= first_day)
        for pk, scheme, until in rows.values_list("pk", "scheme", "valid_until")
    }
    found: dict[int, dict[str, bool]] = defaultdict(dict)
    for item, certificate in pairs:
        scheme, valid = lasts[certificate]
        found[item][scheme] = found[item].get(scheme, False) or valid
    return found
