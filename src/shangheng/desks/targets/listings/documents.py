"""The list of vouchers: what each is, what it bears out, where the same content was used again."""

from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import among, units_within
from shangheng.core.lists.declaring import Asked, Choices, Column, Empty, Filter, Listing
from shangheng.core.lists.narrowing import by, since, until
from shangheng.desks.targets import words
from shangheng.desks.targets.selectors import documents as reading
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.selectors import visible_to

SHOWS = (("unused", _("未使用")), ("again", _("一证多用")))


def _kinds(_asked: Asked) -> Choices:
    return [(code, words.kind_word(code)) for code in words.voucher_kinds()]


def _use(row: Any) -> str:
    if row.times > 1:
        return say("用于%d次登记") % int(row.times)
    return say("已使用") if row.is_used or row.times else say("未使用")


def _totals(rows: QuerySet[Document], _asked: Asked) -> dict[str, Any]:
    return rows.order_by().aggregate(
        size=Sum("size"),
        contents=Count("sha256", distinct=True),
        samples=Count("pk", filter=Q(is_sample=True)),
    )


DOCUMENTS: Listing[Document, Any] = Listing(
    code="targets.documents",
    title=_("凭证"),
    about=_("凭证按内容保存，不能修改或删除；同一份内容用在两处，会在这里看到。"),
    counted=_("份凭证"),
    url="documents",
    permission="evidence.view",
    rows=lambda asked: visible_to(asked.actor),
    fetch=reading.with_uses,
    columns=(
        Column(
            "name",
            _("文件"),
            lambda row: row.name,
            cell="targets/document_cell.html",
            sort=("name",),
            also=(Column("number", _("编号"), lambda row: row.pk),),
        ),
        Column("kind", _("种类"), lambda row: words.kind_word(row.kind), sort=("kind",)),
        Column(
            "use",
            _("使用"),
            _use,
            cell="targets/document_use.html",
            also=(Column("copies", _("上传份数"), lambda row: row.copies),),
        ),
        Column(
            "size",
            _("大小"),
            lambda row: str(filesizeformat(row.size)),
            sort=("size",),
            number=True,
            also=(Column("bytes", _("字节数"), lambda row: row.size),),
        ),
        Column("unit", _("单位"), lambda row: row.unit.label if row.unit else None),
        Column(
            "uploaded",
            _("上传"),
            lambda row: row.uploaded_at,
            cell="targets/document_uploaded.html",
            sort=("uploaded_at",),
            also=(Column("by", _("上传人"), lambda row: row.uploaded_by.display_name),),
        ),
        Column("content", _("内容校验码"), lambda row: row.sha256, shown=False),
        Column("sample", _("示例"), lambda row: say("示例") if row.is_sample else "", shown=False),
    ),
    sort="-uploaded",
    filters=(
        Filter(
            "q",
            _("查找"),
            lambda rows, text, _asked: reading.named(rows, text),
            kind="search",
            hint=_("文件名、上传人或校验码"),
        ),
        Filter(
            "show",
            _("使用"),
            lambda rows, value, _asked: reading.shown(rows, value),
            among(*SHOWS),
        ),
        Filter("kind", _("种类"), by("kind"), _kinds, every=_("全部种类")),
        Filter("unit", _("单位"), by("unit"), units_within("evidence.view"), every=_("全部单位")),
        Filter("since", _("上传不早于"), since("uploaded_at", instant=True), kind="day"),
        Filter("until", _("上传不晚于"), until("uploaded_at", instant=True), kind="day"),
    ),
    totals=_totals,
    foot="targets/document_totals.html",
    empty=Empty(_("还没有凭证"), _("填报时上传的文件会出现在这里。")),
    none=Empty(_("没有这样的凭证"), _("换一个条件，或取消上面的筛选。")),
    export_act="targets.export",
)
