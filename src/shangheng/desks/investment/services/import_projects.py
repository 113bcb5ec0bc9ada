"""Projects from a file: each row a new project, with its investor found in the registry or registered.

A row whose project is there already is left out. What only resembles something is shown before it is
taken in. A batch is taken back by withdrawing its projects: the log of a case is never deleted.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.exchange.columns import Column, Kind, Value
from shangheng.core.exchange.languages import in_every_language
from shangheng.core.imports.registry import Act, Done, Fault, Match, Rows, RowsRefused, Table, Total
from shangheng.desks.investment.access import units_for
from shangheng.desks.investment.models import Capital, Currency
from shangheng.desks.investment.models import Kind as ProjectKind
from shangheng.desks.investment.selectors.people import colleagues
from shangheng.desks.investment.selectors.projects import project_url, projects_for
from shangheng.desks.investment.selectors.twins import projects_called, remarks_on
from shangheng.desks.investment.services.import_places import (
    converted,
    place_columns,
    wrong_place,
)
from shangheng.desks.investment.services.parties_in_bulk import Parties, known_parties, party
from shangheng.desks.investment.services.projects_in_bulk import Entry, Person, enter_projects
from shangheng.desks.investment.services.withdrawing import withdraw_batch
from shangheng.engines.cases.errors import CannotDo
from shangheng.engines.registry.industries import is_industry

CODE = "investment_projects"
LARGEST = Decimal(10) ** 12
YES, NO = "yes", "no"


def _choices(rows: Any) -> dict[str, str]:
    return {str(label): str(code) for code, label in rows}


def _unit_choices(units: Any) -> dict[str, str]:
    labels = {unit.label: str(unit.pk) for unit in units}
    return labels | {unit.code: str(unit.pk) for unit in units}


def _people() -> dict[str, str]:
    """Those who deal with investment, by name and unit; also by user name."""
    people = list(colleagues())
    shown = {f"{one.display_name}（{one.username}）": str(one.pk) for one in people}
    return shown | {one.username: str(one.pk) for one in people}


def _columns(actor: User) -> list[Column]:
    yes_no = {_("是"): YES, _("否"): NO}
    units = OrgUnit.objects.filter(is_active=True).order_by("path")
    text, number, chosen, day = Kind.TEXT, Kind.DECIMAL, Kind.CHOICE, Kind.DATE
    return [
        Column("name", _("项目名称"), text, required=True, max_length=100, example=_("示例产业园")),
        Column("unit", _("牵头单位"), chosen, required=True, choices=_unit_choices(units_for(actor))),
        Column("owner", _("负责人"), chosen, choices=_people(), note=_("留空即导入人。")),
        Column("investor", _("投资方"), text, max_length=200, example=_("示例集团有限公司"),
               note=_("名录里没有的会登记进去；同名的请填代码。")),
        Column("investor_code", _("投资方统一社会信用代码"), text, max_length=18),
        Column("kind", _("项目类型"), chosen, choices=_choices(ProjectKind.choices),
               note=_("留空是新引进。")),
        Column("capital", _("资金性质"), chosen, choices=_choices(Capital.choices),
               note=_("留空是内资。")),
        Column("agreed_investment", _("协议投资额"), number, unit=_("亿"), decimals=6,
               example=Decimal(65)),
        Column("currency", _("币种"), chosen, note=_("留空是人民币。"),
               choices=_choices(Currency.choices) | {code: code for code in Currency.values}),
        Column("rate", _("汇率"), number, decimals=6,
               note=_("1单位外币折多少人民币；人民币不填。")),
        Column("rate_on", _("汇率日期"), day),
        Column("industry", _("行业"), text, max_length=5, example="C39",
               note=_("GB/T 4754-2017 的行业代码，例如 C39。")),
        Column("chain", _("产业链位置"), text, max_length=100),
        Column("needs_land", _("需要供地"), chosen, choices=yes_no),
        Column("land_area", _("用地面积"), number, unit=_("亩"), decimals=2),
        *place_columns(),
        Column("company", _("落地企业"), text, max_length=200,
               note=_("名称或统一社会信用代码。")),
        Column("landing_unit", _("落地单位"), chosen, choices=_unit_choices(units)),
        Column("tracked", _("列入重点跟踪"), chosen, choices=yes_no, note=_("留空是“是”。")),
        Column("known_on", _("线索日期"), day, note=_("第一次得到线索的日期；留空为今天。")),
        Column("contact", _("联系人"), text, max_length=60, note=_("投资方的联系人。")),
        Column("position", _("联系人职务"), text, max_length=60),
        Column("phone", _("联系电话"), text, max_length=30),
        Column("note", _("说明"), text, max_length=2000, lines=True),
    ]  # fmt: skip


def _each(rows: Rows) -> Iterator[tuple[int, dict[str, Value]]]:
    return ((index, rows.row(index)) for index in range(len(rows)))


def _investor(row: Mapping[str, Value]) -> Any:
    foreign = row.get("capital") == Capital.FOREIGN
    return party(row.get("investor"), row.get("investor_code"), foreign=foreign)


def _parties(rows: Rows) -> Parties:
    found = [one for _i, row in _each(rows) for one in (_investor(row), party(row.get("company")))]
    return known_parties(one for one in found if one)


def _check(actor: User, at: datetime, rows: Rows) -> list[Fault]:
    known, today = _parties(rows), timezone.localdate(at)
    may_register = allows(actor, "registry.edit")
    faults: list[Fault] = []
    for index, row in _each(rows):
        told = [*_wrong(row, today), *_wrong_parties(row, known, may_register)]
        faults += [Fault(index, key, message) for key, message in told]
    return faults


def _wrong(row: Mapping[str, Value], today: date) -> Iterator[tuple[str, str]]:
    """What is wrong with a row by itself, by column."""
    yield from _wrong_amounts(row)
    yield from wrong_place(row)
    for key in ("rate_on", "known_on"):
        day = row.get(key)
        if isinstance(day, date) and day > today:
            yield key, _("日期不能晚于今天。")
    industry = row.get("industry")
    if industry and not is_industry(str(industry).strip()):
        yield "industry", _("“%s”不是 GB/T 4754-2017 的行业代码，例如 C39。") % industry
    if row.get("contact") and not _investor(row):
        yield "contact", _("联系人是投资方的，请填写投资方。")
    if not row.get("contact") and (row.get("phone") or row.get("position")):
        yield "contact", _("请填写联系人的姓名。")


def _wrong_amounts(row: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    for key in ("agreed_investment", "rate", "land_area"):
        amount = row.get(key)
        if isinstance(amount, Decimal) and not 0 < amount < LARGEST:
            yield key, _("要大于0，不知道的请留空。")
    if (row.get("rate") is None) != (row.get("rate_on") is None):
        yield "rate_on", _("汇率和汇率日期要一起填写，汇率大于0。")
    if row.get("rate") is not None and row.get("currency") in {None, Currency.CNY}:
        yield "rate", _("人民币不填汇率。")


def _wrong_parties(
    row: Mapping[str, Value], known: Parties, may_register: bool
) -> Iterator[tuple[str, str]]:
    columns = {"investor": _investor(row), "company": party(row.get("company"))}
    for key, one in columns.items():
        if one is None:
            continue
        where, message = known.wrong(one)
        if message:
            coded = key == "investor" and where == "code" and row.get("investor_code")
            yield "investor_code" if coded else key, message
        elif not may_register and not known.key(one):
            yield key, _("名录里没有“%s”，您没有登记主体的权限。") % one.name


def _identity(rows: Rows) -> list[Hashable]:
    known = _parties(rows)
    return [_key(row, known) for _index, row in _each(rows)]


def _key(row: Mapping[str, Value], known: Parties) -> Hashable:
    """Name and investor: what makes two rows the same project."""
    one = _investor(row)
    who = (known.key(one) or one.code or one.name) if one else None
    return str(row["name"]).strip(), who


def _known(actor: User, rows: Rows, keys: Sequence[Hashable]) -> dict[int, Match]:
    """The projects of the same name and investor, whichever unit they belong to."""
    names = {str(name).strip() for name in rows.columns["name"]}
    found: dict[Hashable, int] = {
        (name, investor): pk for name, investor, pk in projects_called(names)
    }
    here = {index: found[key] for index, key in enumerate(keys) if key in found}
    seen = set(projects_for(actor).filter(pk__in=set(here.values())).values_list("pk", flat=True))
    return {
        index: Match(
            f"{rows.columns['name'][index]} #{pk}", project_url(pk) if pk in seen else "", target=pk
        )
        for index, pk in here.items()
    }


def _commit(act: Act) -> Done:
    today = timezone.localdate(act.at)
    entries = [_entry(row, act.actor, today) for _index, row in _each(act.rows)]
    try:
        made = enter_projects(actor=act.actor, at=act.at, entries=entries)
    except PermissionDenied:
        message = _("您不能为这些单位或人员登记项目")
        raise RowsRefused([Fault(0, "unit", message)]) from None
    except IntegrityError:
        message = _("核对以后别人登记了同样的统一社会信用代码，请重新导入")
        raise RowsRefused([Fault(0, "investor_code", message)]) from None
    except CannotDo as refusal:
        raise RowsRefused([Fault(0, "known_on", str(refusal))]) from refusal
    return Done(made)


def _entry(row: Mapping[str, Value], actor: User, today: date) -> Entry:
    text = {key: str(row.get(key) or "").strip() for key in ("name", "industry", "chain", "note")}
    needs = row.get("needs_land")
    landing = row.get("landing_unit")
    values = text | {
        "kind": row.get("kind") or ProjectKind.NEW.value,
        "capital": row.get("capital") or Capital.DOMESTIC.value,
        "agreed_investment": row.get("agreed_investment"),
        "currency": row.get("currency") or Currency.CNY.value,
        "rate": row.get("rate"),
        "rate_on": row.get("rate_on"),
        "needs_land": None if needs is None else needs == YES,
        "land_area": row.get("land_area"),
        "longitude": row.get("longitude"),
        "latitude": row.get("latitude"),
        "landing_unit_id": int(str(landing)) if landing else None,
        "tracked": row.get("tracked") != NO,
        **converted(row),
    }
    told = [str(row.get(key) or "").strip() for key in ("contact", "position", "phone")]
    known_on = row.get("known_on")
    return Entry(
        values=values,
        unit=int(str(row["unit"])),
        owner=int(str(row.get("owner") or actor.pk)),
        occurred_on=known_on if isinstance(known_on, date) else today,
        investor=_investor(row),
        company=party(row.get("company")),
        contact=Person(*told) if told[0] else None,
    )


def _remarks(_actor: User, rows: Rows) -> list[Fault]:
    known = _parties(rows)
    names = [
        one.name if (one := _investor(row)) and not known.key(one) else ""
        for _index, row in _each(rows)
    ]
    told = remarks_on([str(name) for name in rows.columns["name"]], names)
    return [Fault(index, key, message) for index, key, message in told]


def _totals(rows: Rows) -> list[Total]:
    """By currency: how many projects, and what was agreed."""
    count: dict[str, int] = {}
    total: dict[str, Decimal] = {}
    for _index, row in _each(rows):
        currency = str(row.get("currency") or Currency.CNY.value)
        amount = row.get("agreed_investment")
        count[currency] = count.get(currency, 0) + 1
        total[currency] = total.get(currency, Decimal(0)) + (
            amount if isinstance(amount, Decimal) else 0
        )
    return [
        Total(_("协议投资额（%s）") % Currency(code).label, count[code], total[code], _("亿"))
        for code in count
    ]


def _named(keys: Sequence[int], actor: User) -> dict[int, tuple[str, str]]:
    rows = projects_for(actor).filter(pk__in=keys).values_list("pk", "name")
    return {pk: (f"#{pk} {name}", project_url(pk)) for pk, name in rows}


TABLE = Table(
    code=CODE,
    label=gettext_lazy("招商项目"),
    permission="investment.edit",
    columns=lambda actor: in_every_language(lambda: _columns(actor)),
    check=_check,
    identity=_identity,
    known=_known,
    remarks=_remarks,
    commit=_commit,
    undo=withdraw_batch,
    totals=_totals,
    named=_named,
    tries=False,
    limit=100_000,
    in_job_from=2_000,
    url_name="project-import",
    home="projects",
    home_label=gettext_lazy("招商项目"),
    undo_about=gettext_lazy(
        "这一批的项目转为“撤回”，理由写明撤销了导入；导入以后办过事、登记过到资或改过的，不能一起撤销。登记进名录的主体留着。"
    ),
)
