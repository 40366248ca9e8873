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
DECLINED = "Nous ne souhaitons pas répondre sur cette référence pour le moment."


def play(viewers: dict[str, Viewer]) -> dict[str, Viewer]:
    """Let everybody who is invited join and answer until nobody is left to; return the viewers of the whole cast.

    `viewers` are those who have an account already, by key of the cast.
    """
    cast = dict(viewers)
    read = 0
    while letters := _mailed()[read:]:
        read += len(letters)
        for firm, token in letters:
            if token:
                cast[firm.key] = _joined(cast.get(firm.key), firm, token)
        for key in dict.fromkeys(firm.key for firm, _token in letters):
            if key in cast:
                _answer_all(firms()[key], cast[key])
    return cast


def _mailed() -> list[tuple[Firm, str]]:
    """Return all letters to the cast, oldest first: to whom, and the token of an invitation, "" in any other."""
    by_address = {firm.email: firm for firm in firms().values()}
    letters = [each for each in reversed(post.newest(most=10_000)) if each.to in by_address]
    found = [(by_address[each.to], LINK.search(each.text + "\n")) for each in letters]
    return [(firm, match.group(1) if match else "") for firm, match in found]


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


def _answer_all(firm: Firm, viewer: Viewer) -> None:
    """Answer all open tasks: each ware once in full, then its further lines with the item that stands by then."""
    with looking_as(viewer):
        _send(viewer, [(task, ware) for task, ware in _waiting(firm, viewer, {}).values()], {})
        made = {ware_meant(firm, task.reference).key: task.item for task in tasks(viewer) if task.item}
        _send(viewer, [(task, ware) for task, ware in _waiting(firm, viewer, made).values()], made)


def _waiting(firm: Firm, viewer: Viewer, made: dict[str, str]) -> dict[str, tuple[Task, Ware]]:
    """Return open tasks: those of wares made by line, and one for each ware that is not made yet."""
    found: dict[str, tuple[Task, Ware]] = {}
    for task in tasks(viewer):
        ware = ware_meant(firm, task.reference)
        if task.status == "open":
            found[task.line if ware.key in made or task.item else ware.key] = (task, ware)
    return found


def _send(viewer: Viewer, waiting: list[tuple[Task, Ware]], made: dict[str, str]) -> None:
    for start in range(0, len(waiting), 200):
        answers = [_answer(task, ware, task.item or made.get(ware.key, "")) for task, ware in waiting[start:][:200]]
        requests.send_answer(viewer, answers=answers)


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
        site_name=firms()[ware.firm].name,
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
