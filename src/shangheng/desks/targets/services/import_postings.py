"""The table of postings that the kit's import fills: rows become one entry of the ledger.

What was imported is taken back by reversals; nothing in the ledger is changed.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.exchange.columns import Column
from shangheng.core.imports.models import Batch
from shangheng.core.imports.registry import (
    Act,
    CannotKeep,
    CannotUndo,
    Done,
    Fault,
    Match,
    Obstacle,
    Rows,
    RowsRefused,
    Table,
    Total,
    Undoing,
)
from shangheng.core.ui.templatetags.ui import day
from shangheng.desks.targets import words
from shangheng.desks.targets.access import postings_for, units_for
from shangheng.desks.targets.selectors.choosing import indicator_choices
from shangheng.desks.targets.services import import_table
from shangheng.desks.targets.services.import_table import key_of, line_of
from shangheng.desks.targets.services.postings import post_facts
from shangheng.engines.evidence import services as evidence
from shangheng.engines.evidence.models import Document
from shangheng.engines.ledger import catalogue
from shangheng.engines.ledger.domain.line import Line, LineError, LinesRefused, dimension_key
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.services.posting import CannotReverse, check_lines
from shangheng.engines.ledger.services.posting import reverse as take_back

CODE = "postings"
KIND = "import_sheet"
MAX_ROWS = 100_000

Key = tuple[str, int, str, str, str, date, int]


def _columns(actor: User) -> Sequence[Column]:
    indicators = list(catalogue.indicators().values())
    return import_table.columns(indicators, list(units_for(actor, "import")))


def _narrow(actor: User, codes: Sequence[str]) -> Sequence[Column]:
    named = [i for i in catalogue.indicators().values() if i.code in codes]
    units = list(units_for(actor, "import"))
    return import_table.listed(named or import_table.postable(), units)


def lines_of(rows: Rows, documents: Sequence[int] = ()) -> list[Line]:
    """The rows as facts, with their vouchers."""
    return [line_of(rows.row(index), documents) for index in range(len(rows))]


def _check(actor: User, at: datetime, rows: Rows) -> Sequence[Fault]:
    if not allows(actor, "targets.post"):
        return [Fault(0, "", _("您没有填报数据的权限"))]
    try:
        check_lines(lines_of(rows), at=at)
    except LinesRefused as error:
        return _faults(error.errors, rows)
    return ()


def _faults(errors: Sequence[LineError], rows: Rows) -> list[Fault]:
    return [Fault(e.index, key_of(e.field, rows.columns), e.message) for e in errors]


def _identity(rows: Rows) -> list[Hashable]:
    return [_key(line) for line in lines_of(rows)]


def _key(line: Line) -> Key:
    definition = catalogue.definition(line.indicator, line.occurred_on)
    return (
        line.indicator,
        line.unit_id,
        line.area,
        dimension_key(line.dimensions),
        line.subject,
        line.occurred_on,
        catalogue.unit_of(definition).to_minor(line.value),
    )


def _known(_actor: User, rows: Rows, keys: Sequence[Hashable]) -> Mapping[int, Match]:
    """Live postings that say the same as one of the rows."""
    days = [day for day in rows.columns["occurred_on"] if isinstance(day, date)]
    found = Posting.objects.filter(
        series__indicator__code__in={str(code) for code in rows.columns["indicator"]},
        occurred_on__range=(min(days), max(days)),
        reverses=None,
        reversal=None,
    ).values_list(
        "series__indicator__code",
        "series__unit",
        "series__area",
        "series__dimensions",
        "subject",
        "occurred_on",
        "amount",
        "pk",
    )
    known: dict[Hashable, int] = {tuple(key): pk for *key, pk in found}
    return {
        index: Match(f"#{known[key]}", reverse("posting", args=[known[key]]), target=known[key])
        for index, key in enumerate(keys)
        if key in known
    }


def _commit(act: Act) -> Done:
    """Post the rows in one entry; the file itself is kept as evidence of every posting."""
    document = None if act.is_trial else _kept(act)
    lines = lines_of(act.rows, (document.pk,) if document else ())
    name = document.name if document else act.name
    try:
        entry = post_facts(
            actor=act.actor,
            at=act.at,
            lines=lines,
            source=act.source or _("Excel 导入：%s") % name,
            note=act.note,
            act="ledger.import",
        )
    except LinesRefused as error:
        raise RowsRefused(_faults(error.errors, act.rows)) from error
    made = entry.postings.order_by("pk").values_list("pk", flat=True)
    return Done(
        list(made), result=f"ledger.entry:{entry.pk}", document=document.pk if document else None
    )


def _kept(act: Act) -> Document:
    try:
        return evidence.store(
            actor=act.actor,
            at=act.at,
            name=act.name,
            content=act.content,
            kind=KIND,
            unit=act.actor.unit,
        )
    except evidence.UnacceptableFile as error:
        raise CannotKeep(str(error)) from error


def _undo(undoing: Undoing) -> Mapping[str, object]:
    """Reverse every posting of the batch that still stands."""
    keys = [row.target for row in undoing.rows]
    number_of = {row.target: row.number for row in undoing.rows}
    of_batch = Q(entry=_entry(undoing.batch))
    live = set(
        Posting.objects.filter(of_batch, reversal=None).values_list("pk", flat=True)
    ).intersection(keys)
    stopped = list(_obstacles(undoing, of_batch, live, number_of))
    if stopped:
        raise CannotUndo(stopped)
    if live and not undoing.is_trial:
        try:
            take_back(
                actor=undoing.actor,
                at=undoing.at,
                postings=sorted(live),
                reason=_("撤销导入“%(name)s”：%(reason)s")[:400]
                % {"name": undoing.batch.name[:60], "reason": undoing.reason[:300]},
            )
        except CannotReverse as error:
            raise CannotUndo([Obstacle(0, str(error))]) from error
    return {"reversed": len(live), "reversed_before": len(keys) - len(live)}


def _entry(batch: Batch) -> int:
    return int(batch.result.partition(":")[2] or 0)


def _obstacles(
    undoing: Undoing, of_batch: Q, live: set[int], number_of: Mapping[int, int]
) -> Iterator[Obstacle]:
    """What depends on postings of the batch, or is out of the actor's reach."""
    reach = set(postings_for(undoing.actor, "edit").filter(of_batch).values_list("pk", flat=True))
    if not allows(undoing.actor, "targets.post") or not live <= reach:
        yield Obstacle(0, _("这一批里有您无权冲销的记录；请由能填报这些单位的人撤销"))
        return
    moved = (
        Posting.objects.filter(of_batch, reversal=None, steps__isnull=False)
        .distinct()
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for pk in moved:
        message = _("入账记录#%(pk)d已经提交认定或有认定结果；请先撤回提交或撤销认定结果")
        yield Obstacle(number_of.get(pk, 0), message % {"pk": pk}, reverse("posting", args=[pk]))


def _totals(rows: Rows) -> list[Total]:
    """By indicator and area: how many rows, and their sum in the indicator's unit."""
    count: Counter[tuple[str, str]] = Counter()
    total: dict[tuple[str, str], Decimal] = {}
    for line in lines_of(rows):
        key = line.indicator, words.elsewhere(line.area)
        count[key] += 1
        total[key] = total.get(key, Decimal(0)) + line.value
    return [
        Total(
            " · ".join(word for word in (words.indicator_word(code), area) if word),
            count[code, area],
            total[code, area],
            catalogue.indicator(code).versions[-1].unit,
        )
        for code, area in total
    ]


def _named(keys: Sequence[int], _actor: User) -> dict[int, tuple[str, str]]:
    found = Posting.objects.filter(pk__in=keys).select_related(
        "series__indicator", "series__unit", "reversal"
    )
    return {row.pk: (_name(row), reverse("posting", args=[row.pk])) for row in found}


def _name(row: Posting) -> str:
    indicator = words.indicator_word(row.series.indicator.code)
    told = [indicator, row.series.unit.label, day(row.occurred_on), row.subject]
    return f"#{row.pk} " + " · ".join(one for one in told if one)


def _linked(batch: Batch) -> list[tuple[str, str]]:
    if batch.document is None:
        return []
    return [(_("原文件（凭证）"), reverse("document", args=[batch.document]))]


TABLE = Table(
    code=CODE,
    label=gettext_lazy("填报"),
    permission="targets.import",
    columns=_columns,
    check=_check,
    identity=_identity,
    known=_known,
    commit=_commit,
    undo=_undo,
    totals=_totals,
    named=_named,
    linked=_linked,
    groups=indicator_choices,
    groups_label=gettext_lazy("指标"),
    narrow=_narrow,
    repeats=True,
    limit=MAX_ROWS,
    url_name="posting-import",
    home="postings",
    home_label=gettext_lazy("入账记录"),
    undo_about=gettext_lazy(
        "每条仍然有效的记录都会新增一条相反的记录，两条都留在台账上并注明原因；以往按当时所知的数字不变。"
    ),
)
