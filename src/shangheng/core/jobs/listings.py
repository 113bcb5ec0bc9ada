"""The jobs as lists: one's own for everybody, all of them for who manages them."""

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangheng.core.audit.marks import SIGNED_IN
from shangheng.core.jobs import services
from shangheng.core.jobs.models import Job, State
from shangheng.core.jobs.registry import handlers
from shangheng.core.jobs.selectors import HEAVY
from shangheng.core.lists.choosing import among
from shangheng.core.lists.declaring import Act, Asked, Bulk, Choices, Column, Empty, Filter, Listing
from shangheng.core.lists.narrowing import by, holding, since, until

AGAIN = (State.FAILED, State.CANCELLED)


def _by_words(rows: QuerySet[Job], text: str, asked: Asked) -> QuerySet[Job]:
    """By number, by what it is about, or by the name of its kind."""
    kinds = [one.kind for one in handlers().values() if text in str(one.label)]
    return holding("label", "pk")(rows, text, asked) | rows.filter(kind__in=kinds)


def _kinds(_asked: Asked) -> Choices:
    return sorted(((one.kind, str(one.label)) for one in handlers().values()), key=lambda c: c[1])


def _actor(job: Job) -> str:
    return job.actor.display_name if job.actor else say("定时")


def _not_cancelled(job: Job, _asked: Asked) -> str:
    if not job.is_open:
        return say("任务已经结束，没有可取消的。")
    return say("已要求取消，做完手上这一步就停。") if job.cancel_requested else ""


def _cancel(bulk: Bulk[Job]) -> str:
    for job in bulk.rows:
        services.cancel(actor=bulk.actor, at=bulk.at, job=job)
    return say("已取消%d个任务；正在做的，做完手上这一步就停。") % len(bulk.rows)


def _not_repeated(job: Job, _asked: Asked) -> str:
    return "" if job.state in AGAIN else say("只有失败或已取消的任务可以重试。")


def _repeat(bulk: Bulk[Job]) -> str:
    for job in bulk.rows:
        services.retry(actor=bulk.actor, at=bulk.at, job=job)
    return say("%d个任务已重新排队。") % len(bulk.rows)


TITLE: Column[Job] = Column(
    "title",
    _("内容"),
    lambda job: job.title,
    cell="jobs/title_cell.html",
    sort=("label", "kind", "-pk"),
    also=(Column("kind", _("种类"), lambda job: job.kind_name),),
)
ACTOR: Column[Job] = Column(
    "actor", _("经办人"), _actor, sort=("actor__display_name", "-pk"), css="nowrap"
)
COLUMNS: tuple[Column[Job], ...] = (
    Column("number", _("编号"), lambda job: job.pk, sort=("pk",), css="nowrap"),
    Column(
        "state",
        _("状态"),
        lambda job: job.get_state_display(),
        cell="jobs/state_cell.html",
        sort=("state", "-pk"),
        also=(Column("message", _("原因"), lambda job: job.message),),
    ),
    Column("created", _("提交时间"), lambda job: job.created_at, sort=("pk",), css="nowrap"),
    Column(
        "started",
        _("开始时间"),
        lambda job: job.started_at,
        sort=("started_at", "pk"),
        css="nowrap",
        shown=False,
    ),
    Column(
        "finished",
        _("结束时间"),
        lambda job: job.finished_at,
        sort=("finished_at", "pk"),
        css="nowrap",
    ),
    Column(
        "attempt",
        _("执行次数"),
        lambda job: job.attempt,
        sort=("attempt", "pk"),
        number=True,
        shown=False,
    ),
)
FILTERS: tuple[Filter[Job], ...] = (
    Filter("q", _("查找"), _by_words, kind="search", hint=_("内容或编号")),
    Filter("state", _("状态"), by("state"), among(*State.choices), every=_("全部")),
    Filter("kind", _("种类"), by("kind"), _kinds, every=_("全部")),
    Filter("since", _("自"), since("created_at", instant=True), kind="day"),
    Filter("until", _("至"), until("created_at", instant=True), kind="day"),
)
BY_ACTOR: Filter[Job] = Filter(
    "actor",
    _("经办人"),
    holding("actor__display_name", "actor__username"),
    kind="search",
    hint=_("姓名或登录名"),
)
ACTS: tuple[Act[Job], ...] = (
    Act(
        code="retry",
        label=_("重试"),
        permission=SIGNED_IN,
        icon="rotate",
        about=_("从头再做一遍；已取消、失败的任务没有留下半截数据。"),
        refuse=_not_repeated,
        run=_repeat,
    ),
    Act(
        code="cancel",
        label=_("取消任务"),
        permission=SIGNED_IN,
        icon="x",
        about=_("等待的立即取消，正在做的做完手上这一步就停；以后可以重试。"),
        refuse=_not_cancelled,
        run=_cancel,
        danger=True,
    ),
)


def _fetch(rows: QuerySet[Job]) -> QuerySet[Job]:
    return rows.select_related("actor").defer(*HEAVY)


def _listing(code: str, *, url: str, title: Promise, mine: bool) -> Listing[Job, Job]:
    return Listing(
        code=code,
        title=title,
        about=_("费时的工作在后台做，您可以离开本页；做完后结果在这里取。"),
        counted=_("个任务"),
        url=url,
        permission=SIGNED_IN if mine else "jobs.manage",
        rows=lambda asked: Job.objects.filter(actor=asked.actor) if mine else Job.objects.all(),
        fetch=_fetch,
        columns=(TITLE, *COLUMNS) if mine else (TITLE, *COLUMNS[:2], ACTOR, *COLUMNS[2:]),
        sort="-created",
        moving=lambda job: job.is_open,
        filters=FILTERS if mine else (FILTERS[0], BY_ACTOR, *FILTERS[1:]),
        acts=ACTS,
        empty=Empty(_("还没有后台任务"), _("大的导入、导出和成文会在后台做，做的时候出现在这里。")),
        none=Empty(_("没有查到任务"), _("放宽筛选条件再试。"), url=url, action=_("看全部任务")),
    )


MINE = _listing("jobs.mine", url="jobs", title=_("我的任务"), mine=True)
ALL = _listing("jobs.all", url="jobs-all", title=_("所有人的任务"), mine=False)
