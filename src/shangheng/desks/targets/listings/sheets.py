"""The list of target sheets: years, versions, and which of them the ledger has left behind."""

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import among
from shangheng.core.lists.declaring import Asked, Choices, Column, Empty, Filter, Listing
from shangheng.core.lists.narrowing import by, holding
from shangheng.desks.targets.selectors.sheet_list import SheetLine, sheet_lines
from shangheng.engines.ledger.models import TargetSheet

STATES = ((TargetSheet.DRAFT, _("草案")), (TargetSheet.SIGNED, _("已签发")))


def _years(_asked: Asked) -> Choices:
    years = TargetSheet.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), say("%d年") % year) for year in years]


def _name(line: SheetLine) -> str:
    return say("%(year)d年第%(number)d版") % {"year": line.sheet.year, "number": line.sheet.number}


def _state(line: SheetLine) -> str:
    return say("已签发") if line.sheet.signed_at else say("草案")


SHEETS: Listing[TargetSheet, SheetLine] = Listing(
    code="targets.sheets",
    title=_("目标表"),
    about=_("签发的版本冻结在数据库里，以最近签发的一版为准；要改，另开新版。"),
    counted=_("张目标表"),
    url="sheets",
    permission="targets.view",
    rows=lambda _asked: TargetSheet.objects.all(),
    fetch=lambda rows: rows.select_related("created_by", "signed_by"),
    lines=lambda rows, asked: sheet_lines(rows, known_at=asked.known_at),
    columns=(
        Column(
            "name",
            _("年度和版本"),
            _name,
            cell="targets/sheet_name.html",
            sort=("year", "number"),
            also=(Column("source", _("依据"), lambda line: line.sheet.source),),
        ),
        Column("state", _("状态"), _state, cell="targets/sheet_state.html", sort=("state",)),
        Column("targets", _("目标"), lambda line: line.targets, number=True),
        Column("points", _("增长点"), lambda line: line.points, number=True),
        Column(
            "stale",
            _("基数"),
            lambda line: line.stale,
            cell="targets/sheet_stale.html",
            also=(Column("based", _("记有基数的目标"), lambda line: line.based),),
        ),
        Column(
            "created",
            _("编制"),
            lambda line: line.sheet.created_at,
            cell="targets/sheet_created.html",
            sort=("created_at",),
            also=(Column("by", _("编制人"), lambda line: line.sheet.created_by.display_name),),
        ),
        Column(
            "signed",
            _("签发"),
            lambda line: line.sheet.signed_at,
            cell="targets/sheet_signed.html",
            sort=("signed_at",),
            also=(
                Column(
                    "signed-by",
                    _("签发人"),
                    lambda line: line.sheet.signed_by.display_name if line.sheet.signed_by else "",
                ),
            ),
        ),
    ),
    sort="-name",
    filters=(
        Filter("q", _("查找"), holding("source"), kind="search", hint=_("依据的文件")),
        Filter("year", _("年度"), by("year"), _years, every=_("全部年度")),
        Filter("state", _("状态"), by("state"), among(*STATES)),
    ),
    empty=Empty(
        _("还没有目标表"),
        _("从新建草案开始，填写下一年的目标。"),
        waits=_("编制之后，目标表会出现在这里。"),
        permission="targets.propose",
    ),
    none=Empty(_("没有这样的目标表"), _("换一个条件，或取消上面的筛选。")),
    export_act="targets.export",
)
