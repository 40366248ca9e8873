"""What a coordinator sees of the firms that accepted its help (disclosure rule, section 7)."""

from collections import Counter
from dataclasses import dataclass

from amont.consortia import may
from amont.consortia.models import Participation
from amont.disclosure.unsealed import unsealed
from amont.kernel.viewer import Viewer
from amont.requests.models import Request, RequestLine
from amont.requests.read.tasks import OPEN, merged


@dataclass(frozen=True, slots=True)
class HelpedFirm:
    """A firm that accepted help: its name, and how many tasks it has open in this consortium; never for whom."""

    name: str
    open_tasks: int


def helped(viewer: Viewer, consortium: str) -> tuple[HelpedFirm, ...]:
    """Return the firms that accepted the coordinator's help, by name.

    Raises `NotKnown` for a consortium of others, `Denied` to anybody but a coordinator's administrator.
    """
    part = may.coordinate(viewer, consortium)
    rows = Participation.objects.filter(consortium_id=part.consortium_id, helped_from__isnull=False)
    names = dict(rows.values_list("organization_id", "organization__name"))
    with unsealed("a coordinator counts the open tasks of those that accepted its help"):
        asked = Request.objects.filter(consortium_id=part.consortium_id, supplier_id__in=names)
        lines = list(RequestLine.objects.filter(request_id__in=asked.values("pk"), supplier_id__in=names))
    count = Counter(line.supplier_id for line in merged(lines) if line.status in OPEN)
    found = (HelpedFirm(name, count[firm]) for firm, name in names.items())
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.open_tasks)))
