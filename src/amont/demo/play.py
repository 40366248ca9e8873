"""The cascade: invited firms join, answer, and invite their own suppliers, wave after wave."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from amont.chain.facts_inputs import InputValues, SourceKind, SourceValues
from amont.demo.cast import Component, Firm, StatedFirm, Ware, firms, wares
from amont.disclosure.guard import looking_as
from amont.kernel.clock import today
from amont.kernel.viewer import Viewer
from amont.post import read as post
from amont.requests import actions as requests
from amont.requests.facts import AnswerValues, CertificateValues, Decision, Task
from amont.requests.read import tasks

LINK = re.compile(r"/invitation/([\w:.=-]{20,})/?\s")
MOST_WAVES = 9
DECLINED = "Nous ne souhaitons pas répondre sur cette référence pour le moment."


def play(viewers: dict[str, Viewer]) -> dict[str, Viewer]:
    """Let everybody who is invited join and answer until nobody is left to; return the viewers of the whole cast.

    `viewers` are those who have an account already, by key of the cast.
    """
    cast = dict(viewers)
    used: set[str] = set()
    for _wave in range(MOST_WAVES):
        letters = [each for each in _invitations() if each[1] not in used]
        for firm, token in letters:
            cast[firm.key] = _joined(cast.get(firm.key), firm, token)
            used.add(token)
        answered = [_answers(firms()[key], viewer) for key, viewer in list(cast.items())]
        if not letters and not any(answered):
            break
    return cast


def _invitations() -> Iterator[tuple[Firm, str]]:
    by_address = {firm.email: firm for firm in firms().values()}
    for letter in reversed(post.newest(most=5000)):
        found = LINK.search(letter.text + "\n")
        if found and letter.to in by_address:
            yield by_address[letter.to], found.group(1)


def _joined(viewer: Viewer | None, firm: Firm, token: str) -> Viewer:
    if viewer is None:
        return requests.join(
            token=token,
            person_name=firm.person,
            organization_name=firm.name,
            country=firm.country,
            language=firm.language,
        )
    with looking_as(viewer):
        requests.accept_invitation(viewer, token=token)
    return viewer


def _answers(firm: Firm, viewer: Viewer) -> int:
    """Answer all open tasks: each ware once in full, then its further lines with the item that stands by then."""
    made: dict[str, str] = {}
    count = 0
    with looking_as(viewer):
        while waiting := [task for task in tasks(viewer) if task.status == "open"]:
            first, batch = set(), []
            for task in waiting:
                ware = ware_meant(firm, task.reference)
                if ware.key in made or task.item or ware.key not in first:
                    first.add(ware.key)
                    batch.append(_answer(task, ware, made.get(ware.key, task.item)))
            for start in range(0, len(batch), 100):
                sent = requests.send_answer(viewer, answers=batch[start : start + 100])
                count += len(sent.items)
            made |= {ware_meant(firm, task.reference).key: task.item for task in tasks(viewer) if task.item}
    return count


def ware_meant(firm: Firm, reference: str) -> Ware:
    """Return the firm's ware that a reference speaks of. Raises `LookupError`."""
    meant = [ware for ware in wares().values() if ware.firm == firm.key and reference.startswith(ware.name)]
    if not meant:
        raise LookupError(firm.key, reference)
    return max(meant, key=lambda ware: len(ware.name))


def _answer(task: Task, ware: Ware, item: str) -> AnswerValues:
    if ware.key == "cons2" and "pilote" in task.reference:
        return AnswerValues(line=task.line, decision=Decision.DECLINE, reason=DECLINED)
    return AnswerValues(
        line=task.line,
        item=item,
        name=ware.name,
        reference=ware.key.upper(),
        kind=ware.kind,
        step=ware.step,
        family=ware.family,
        country=ware.country,
        site_name=f"{firms()[ware.firm].name}, {ware.town}",
        site_town=ware.town,
        site_country=ware.country,
        chain_end=ware.end,
        certificates=tuple(_certificates(ware)),
        inputs=tuple(_input(each) for each in ware.components),
    )


def _certificates(ware: Ware) -> Iterator[CertificateValues]:
    for place, scheme in enumerate(ware.schemes):
        ends = today() + timedelta(days=200 + 37 * place - (260 if ware.key in {"refjohor", "etui1"} else 0))
        yield CertificateValues(scheme, f"{scheme.upper()}-{ware.firm[:4].upper()}-{len(ware.name):02}{place}", ends)


def _input(component: Component) -> InputValues:
    sources = [*_invited(wares()[key] for key in component.wares), *(_stated(each) for each in component.stated)]
    single = len(sources) == 1
    return InputValues(
        component.name, tuple(sources), stock_weeks=6 if single else 10, switch_months=9 if single else 3
    )


def _invited(sources: Iterable[Ware]) -> Iterator[SourceValues]:
    for ware in sources:
        firm = firms()[ware.firm]
        yield SourceValues(
            SourceKind.INVITE,
            name=firm.name,
            person=firm.person,
            email=firm.email,
            country=firm.country,
            language=firm.language,
            step=ware.step,
            family=ware.family,
            reference=ware.name,
        )


def _stated(firm: StatedFirm) -> SourceValues:
    return SourceValues(
        SourceKind.STATED,
        name=firm.name,
        country=firm.country,
        step=firm.step,
        family=firm.family,
        chain_end=firm.chain_end,
    )
