"""Stating what items are made from: inputs, and the alternative sources of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from amont.catalogue.models import Item
from amont.chain.actions.book import Firms, write_firms
from amont.chain.actions.links import end_unused, own_link
from amont.chain.facts_inputs import InputValues, SourceKind, SourceValues
from amont.chain.models import Contact, Input, Link, Source
from amont.kernel import clock
from amont.kernel.quarters import next_quarter
from amont.kernel.viewer import Viewer

CODED = ("country", "step", "family", "chain_end")
CHANGED = [*CODED, "confirmed_at", "former", "former_until_on"]


@dataclass(frozen=True, slots=True)
class ToAsk:
    """A source whose firm is to be asked, and what it will read for it."""

    source: Source
    contact: Contact
    reference: str


@dataclass(slots=True)
class _Work:
    """What is there for some items, and what becomes of it."""

    viewer: Viewer
    firms: Firms
    own: Mapping[str, Item]
    inputs: dict[tuple[int, str], Input] = field(default_factory=dict)
    sources: dict[int, list[Source]] = field(default_factory=dict)
    supplier_items: dict[int, int] = field(default_factory=dict)
    kept: set[int] = field(default_factory=set)
    new_inputs: list[Input] = field(default_factory=list)
    new_sources: list[Source] = field(default_factory=list)
    changed_inputs: list[Input] = field(default_factory=list)
    changed_sources: list[Source] = field(default_factory=list)
    to_ask: list[ToAsk] = field(default_factory=list)


def state_inputs(
    viewer: Viewer, wanted: Sequence[tuple[Item, Sequence[InputValues]]], *, own: Mapping[str, Item], charter: int
) -> list[ToAsk]:
    """Make the inputs of the viewer's own items exactly those wanted, and return whose firms are to be asked.

    `own` are own items by public id, as sources name them; `charter` is that of links between own items. What is not
    wanted any more goes, and a link that served it ends. Runs in the transaction of the act, looking as `viewer`.
    """
    stated = [source for _, inputs in wanted for each in inputs for source in each.sources]
    firms = write_firms(viewer, (each for each in stated if each.kind is not SourceKind.OWN))
    work = _Work(viewer, firms, own)
    _load(work, [item for item, _ in wanted])
    for item, inputs in wanted:
        for position, each in enumerate(inputs):
            _input(work, item, position, each)
    Input.objects.bulk_create(work.new_inputs)
    Input.objects.bulk_update(work.changed_inputs, ["position", "stock_weeks", "switch_months"], batch_size=200)
    for item, inputs in wanted:
        for each in inputs:
            _sources(work, item, each, charter)
    Source.objects.bulk_create(work.new_sources)
    Source.objects.bulk_update(work.changed_sources, CHANGED, batch_size=200)
    _drop(work, wanted)
    return work.to_ask


def sources_for(viewer: Viewer, pairs: Iterable[tuple[Item, Contact]]) -> dict[tuple[int, int], Source]:
    """Return the source that stands for each own line and supplier (keys), made under the unnamed input if new."""
    wanted = {(item.pk, contact.pk): contact for item, contact in pairs}
    inputs = {row.pk: row for row in Input.objects.filter(item_id__in={item for item, _ in wanted})}
    unnamed = {row.item_id: row for row in inputs.values() if not row.name}
    found: dict[tuple[int, int], Source] = {}
    for row in Source.objects.filter(input_id__in=inputs, contact_id__isnull=False):
        found.setdefault((inputs[row.input_id].item_id, row.contact_id or 0), row)
    missing = {item for item, _ in wanted} - set(unnamed)
    made = Input.objects.bulk_create([Input(owner_id=viewer.organization_id, item_id=item) for item in sorted(missing)])
    unnamed |= {row.item_id: row for row in made}
    new = {
        key: Source(owner_id=viewer.organization_id, input=unnamed[key[0]], contact=contact, country=contact.country)
        for key, contact in wanted.items()
        if key not in found
    }
    Source.objects.bulk_create(new.values())
    return {key: row for key, row in {**found, **new}.items() if key in wanted}


def _load(work: _Work, items: Sequence[Item]) -> None:
    for row in Input.objects.filter(item_id__in=[item.pk for item in items]):
        work.inputs[row.item_id, row.name] = row
    for source in Source.objects.filter(input_id__in=[row.pk for row in work.inputs.values()]):
        work.sources.setdefault(source.input_id, []).append(source)
    links = {source.link_id for found in work.sources.values() for source in found if source.link_id}
    work.supplier_items = dict(Link.objects.filter(pk__in=links).values_list("pk", "supplier_item_id"))


def _input(work: _Work, item: Item, position: int, values: InputValues) -> None:
    row = work.inputs.get((item.pk, values.name))
    if row is None:
        row = Input(owner_id=work.viewer.organization_id, item=item, name=values.name)
        work.inputs[item.pk, values.name] = row
        work.new_inputs.append(row)
    else:
        work.changed_inputs.append(row)
    row.position, row.stock_weeks, row.switch_months = position, values.stock_weeks, values.switch_months


def _sources(work: _Work, item: Item, values: InputValues, charter: int) -> None:
    row = work.inputs[item.pk, values.name]
    for each in values.sources:
        source = _own_source(work, item, row, each, charter) if each.kind is SourceKind.OWN else _firm(work, row, each)
        if source.pk:
            work.kept.add(source.pk)
        if each.kind is SourceKind.INVITE and source.contact:
            work.to_ask.append(ToAsk(source, source.contact, each.reference or values.name))


def _own_source(work: _Work, item: Item, row: Input, values: SourceValues, charter: int) -> Source:
    mine = work.own[values.item]
    for source in work.sources.get(row.pk, ()):
        if source.link_id and work.supplier_items.get(source.link_id) == mine.pk:
            return source
    source = Source(owner_id=work.viewer.organization_id, input=row, link=own_link(item, mine, charter))
    work.new_sources.append(source)
    return source


def _firm(work: _Work, row: Input, values: SourceValues) -> Source:
    contact = work.firms.of(values)
    known = work.sources.setdefault(row.pk, [])
    source = next((each for each in known if contact and each.contact_id == contact.pk), None)
    if source is None:
        source = Source(owner_id=work.viewer.organization_id, input=row, contact=contact)
        known.append(source)
        work.new_sources.append(source)
    elif source.pk:
        source.contact = contact
        work.changed_sources.append(source)
    before = {name: getattr(source, name) for name in CODED}
    source.country = values.country or (contact.country if contact else "")
    source.step, source.family, source.chain_end = values.step, values.family, values.chain_end
    if before != {name: getattr(source, name) for name in CODED}:
        source.confirmed_at = None  # the firm confirmed another statement
        if source.pk:
            _keep_former(source, before)
    return source


def _keep_former(source: Source, before: Mapping[str, str]) -> None:
    """Keep the codes that are about to change, until the next quarter; of several changes in one the first counts."""
    until_on = next_quarter(clock.today())
    former = source.former if source.former_until_on == until_on else dict.fromkeys(CODED, "")
    changed = {name: value for name, value in before.items() if value != getattr(source, name)}
    source.former = {name: former[name] or changed.get(name, "") for name in CODED}
    source.former_until_on = until_on


def _drop(work: _Work, wanted: Sequence[tuple[Item, Sequence[InputValues]]]) -> None:
    """Let go what the owner states no more."""
    names = {(item.pk, each.name) for item, inputs in wanted for each in inputs}
    gone = [row.pk for key, row in work.inputs.items() if key not in names]
    rest = [s for found in work.sources.values() for s in found if s.pk not in work.kept and s not in work.new_sources]
    links = [source.link_id for source in rest]
    Source.objects.filter(pk__in=[source.pk for source in rest]).delete()
    Input.objects.filter(pk__in=gone).delete()
    end_unused(links)
