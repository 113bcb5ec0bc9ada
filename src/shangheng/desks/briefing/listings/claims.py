"""The list of audits of figures: what was read, how much of it was checked, what did not hold."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import among
from shangheng.core.lists.declaring import Asked, Column, Empty, Filter, Listing
from shangheng.core.lists.narrowing import holding, since, until
from shangheng.desks.briefing.models import ClaimsAudit
from shangheng.desks.briefing.selectors.claims import visible_audits

WRONG = Q(summary__wrong__gt=0)
DOUBTFUL = Q(summary__doubtful__gt=0)
FOUND = {"wrong": WRONG, "doubtful": DOUBTFUL & ~WRONG, "clean": ~(WRONG | DOUBTFUL)}


def _counted(key: str, label: Any, *, shown: bool = True) -> Column[ClaimsAudit]:
    """A column of the summary that was kept when the text was sent in."""
    return Column(
        key,
        label,
        lambda row: row.summary.get(key),
        sort=(f"summary__{key}",),
        number=True,
        shown=shown,
    )


def _totals(rows: QuerySet[ClaimsAudit], _asked: Asked) -> dict[str, Any]:
    return rows.order_by().aggregate(
        wrong=Count("pk", filter=WRONG), again=Count("pk", filter=Q(predecessor__isnull=False))
    )


CLAIMS: Listing[ClaimsAudit, ClaimsAudit] = Listing(
    code="briefing.claims",
    title=_("数字审核"),
    about=_("把任何一份材料里的数字重新算一遍，并与台账对照；拿不准的不下结论。"),
    counted=_("次审核"),
    url="claims",
    permission="briefing.view",
    rows=lambda asked: visible_audits(asked.actor),
    fetch=lambda rows: rows.defer("text", "structure"),
    columns=(
        Column(
            "title",
            _("标题"),
            lambda row: row.title,
            cell="briefing/claims_cell.html",
            sort=("title",),
            also=(
                Column("number", _("编号"), lambda row: row.pk),
                Column(
                    "again",
                    _("改后重审"),
                    lambda row: say("改后重审") if row.predecessor_id else "",
                ),
            ),
        ),
        _counted("wrong", _("矛盾（处）")),
        _counted("doubtful", _("存疑、缺依据（处）")),
        Column(
            "coverage",
            _("覆盖"),
            lambda row: None,
            cell="briefing/claims_read.html",
            also=(
                _counted("quantities", _("读出数量（个）")),
                _counted("understood", _("看懂（个）")),
                _counted("checked", _("参与核对（个）")),
            ),
        ),
        Column("who", _("谁"), lambda row: row.created_by.display_name),
        Column("at", _("审核时间"), lambda row: row.created_at, sort=("created_at",)),
        Column(
            "report", _("所审材料"), lambda row: row.report.title if row.report else "", shown=False
        ),
        Column("file", _("上传的文件"), lambda row: row.name, shown=False),
    ),
    sort="-at",
    filters=(
        Filter(
            "q",
            _("查找"),
            holding("title", "name", "created_by__display_name", "pk"),
            kind="search",
            hint=_("标题、文件名、审核人或编号"),
        ),
        Filter(
            "found",
            _("结果"),
            lambda rows, value, _asked: rows.filter(FOUND[value]),
            among(
                ("wrong", _("有矛盾")),
                ("doubtful", _("只有存疑、缺依据")),
                ("clean", _("没有发现问题")),
            ),
        ),
        Filter(
            "whose",
            _("审核人"),
            lambda rows, _value, asked: rows.filter(created_by=asked.actor),
            among(("mine", _("我审核的"))),
            every=_("所有人"),
        ),
        Filter("since", _("不早于"), since("created_at", instant=True), kind="day"),
        Filter("until", _("不晚于"), until("created_at", instant=True), kind="day"),
    ),
    totals=_totals,
    foot="briefing/claims_totals.html",
    empty=Empty(
        _("还没有审核过材料"),
        _("粘贴文字或上传文件，几秒钟就知道哪些数字对不上、差在哪里。"),
        waits=_("统计员审核之后，结果会出现在这里。"),
        url="claims-new",
        action=_("审核一份材料"),
        permission="briefing.write",
    ),
    none=Empty(
        _("没有符合条件的审核"),
        _("换一个条件，或取消上面的筛选。"),
        url="claims",
        action=_("看全部审核"),
    ),
)
