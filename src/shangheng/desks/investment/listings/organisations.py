"""The list of organisations (企业名录)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import among
from shangheng.core.lists.declaring import Act, Asked, Choice, Column, Empty, Filter, Listing, Tabs
from shangheng.core.lists.narrowing import by
from shangheng.core.search.finding import keyed
from shangheng.desks.investment.listings.common import in_section, section_choices
from shangheng.desks.investment.selectors.organisations import (
    KIND,
    PARTIES,
    list_names,
    list_text,
    organisations,
    worded,
)
from shangheng.desks.investment.selectors.projects import projects_for
from shangheng.engines.registry.models import (
    Kind,
    Membership,
    Name,
    NameKind,
    Organisation,
)

TABS = {"all": _("全部"), "party": _("有招商项目"), "uncoded": _("缺统一社会信用代码")}


@dataclass(frozen=True, slots=True)
class Line:
    """An organisation in the list, with what stands in other tables; projects that the reader sees."""

    row: Organisation
    former: Sequence[str]
    lists: Sequence[Membership]
    projects: int


def _lines(rows: Sequence[Organisation], asked: Asked) -> list[Line]:
    """A page of them, in three queries more."""
    keys = {row.pk for row in rows}
    former: dict[int, list[str]] = {pk: [] for pk in keys}
    for pk, name in Name.objects.filter(organisation__in=keys, kind=NameKind.FORMER).values_list(
        "organisation", "name"
    ):
        former[pk].append(name)
    lists: dict[int, list[Membership]] = {pk: [] for pk in keys}
    for one in Membership.objects.filter(organisation__in=keys):
        lists[one.organisation_id].append(one)
    party = Q(investor__in=keys) | Q(group__in=keys) | Q(company__in=keys)
    projects = dict.fromkeys(keys, 0)
    for parts in projects_for(asked.actor).filter(party).order_by().values_list(*PARTIES):
        for pk in keys & set(parts):
            projects[pk] += 1
    return [Line(row, former[row.pk], lists[row.pk], projects[row.pk]) for row in rows]


def _parts(asked: Asked) -> dict[str, Q]:
    """Each tab as a condition."""
    projects = projects_for(asked.actor).order_by()
    party = Q()
    for field in PARTIES:
        named = projects.filter(**{f"{field}__isnull": False}).values(field)
        party |= Q(pk__in=named)
    return {"all": Q(), "party": party, "uncoded": Q(code="")}


def _counts(rows: QuerySet[Organisation], asked: Asked) -> Mapping[str, int]:
    counts = {tab: Count("pk", filter=part) for tab, part in _parts(asked).items()}
    return rows.order_by().aggregate(**counts)


def _named(rows: QuerySet[Organisation], text: str, _asked: Asked) -> QuerySet[Organisation]:
    """By what the search knows: code, names now and formerly, their pinyin and initials."""
    return rows.filter(pk__in=keyed(KIND, text))


def _listed(rows: QuerySet[Organisation], value: str, _asked: Asked) -> QuerySet[Organisation]:
    return rows.filter(pk__in=Membership.objects.filter(list=value).values("organisation"))


def _areas(_asked: Asked) -> list[Choice]:
    held = organisations().exclude(area="").order_by("area").values_list("area", flat=True)
    return [(code, worded("area", code)) for code in held.distinct()]


ORGANISATIONS: Listing[Organisation, Line] = Listing(
    code="investment.organisations",
    title=_("企业名录"),
    about=_("投资方、落地企业和其他单位，一家一档。"),
    url="organisations",
    permission="registry.view",
    rows=lambda _asked: organisations(),
    fetch=lambda rows: rows.select_related("parent"),
    lines=_lines,
    columns=(
        Column(
            "name",
            _("名称"),
            lambda line: line.row.name,
            cell="investment/organisation_cell.html",
            sort=("name",),
            also=(
                Column("number", _("编号"), lambda line: line.row.pk),
                Column("former", _("曾用名"), lambda line: "、".join(line.former)),
            ),
        ),
        Column(
            "code",
            _("统一社会信用代码"),
            lambda line: line.row.code,
            sort=("code",),
            css="nowrap",
        ),
        Column("kind", _("类型"), lambda line: line.row.get_kind_display(), sort=("kind",)),
        Column(
            "industry",
            _("行业"),
            lambda line: worded("industry", line.row.industry),
            sort=("industry",),
        ),
        Column("area", _("所在地区"), lambda line: worded("area", line.row.area), sort=("area",)),
        Column("lists", _("名录"), lambda line: "；".join(list_text(one) for one in line.lists)),
        Column("projects", _("招商项目"), lambda line: line.projects, number=True),
        Column(
            "parent",
            _("上级企业"),
            lambda line: line.row.parent.name if line.row.parent else "",
            sort=("parent__name",),
            shown=False,
        ),
        Column("address", _("住所"), lambda line: line.row.address, shown=False),
        Column(
            "founded",
            _("成立日期"),
            lambda line: line.row.founded_on,
            sort=("founded_on",),
            shown=False,
        ),
        Column(
            "entered", _("登记时间"), lambda line: line.row.created_at, sort=("pk",), shown=False
        ),
        Column("sample", _("示例"), lambda line: line.row.is_sample, shown=False),
    ),
    filters=(
        Filter("q", _("查找"), _named, kind="search", hint=_("名称、曾用名、拼音、代码或编号")),
        Filter("kind", _("类型"), by("kind"), among(*Kind.choices)),
        Filter("section", _("行业门类"), in_section, section_choices),
        Filter("list", _("名录"), _listed, lambda _asked: list(list_names().items())),
        Filter("area", _("所在地区"), by("area"), _areas),
    ),
    tabs=Tabs(
        label=_("范围"),
        choices=list(TABS.items()),
        narrow=lambda rows, tab, asked: rows.filter(_parts(asked)[tab]),
        counts=_counts,
    ),
    sort="-entered",
    acts=(
        Act(
            code="merge",
            label=_("合并所选的两家"),
            permission="registry.merge",
            page="organisation-merge",
        ),
    ),
    empty=Empty(
        _("还没有登记单位"),
        _("登记线索和项目时填写的投资方会自动登记进来，也可以在这里登记。"),
        url="organisation-new",
        action=_("登记单位"),
        permission="registry.edit",
    ),
    export_act="investment.export",
)
