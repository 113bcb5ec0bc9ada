"""The recognition queue: one list for each status, with what is done there to many at once."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.models import User
from shangheng.core.lists.declaring import Act, Asked, Bulk, Column, Listing, Tabs
from shangheng.desks.targets import words
from shangheng.desks.targets.access import PERMISSIONS, may
from shangheng.desks.targets.forms.recognition import NoteForm
from shangheng.desks.targets.listings.postings import (
    AMOUNT,
    DAY,
    EVIDENCE_COUNT,
    INDICATOR,
    NAME,
    OF_SAMPLE,
    OF_UNIT,
    SEARCH,
    UNIT,
    UNIT_OF_MEASURE,
    WITH_EVIDENCE,
    in_period,
    standing_columns,
    within,
)
from shangheng.desks.targets.selectors import postings as reading
from shangheng.desks.targets.selectors import queue as queues
from shangheng.desks.targets.selectors.lines import PostingLine
from shangheng.desks.targets.services import recognition as services
from shangheng.engines.ledger.domain.status import Status
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.services.recognition import CannotMove


def first_tab(actor: User) -> str:
    """Who only records replies starts with what awaits one."""
    submits, decides = (allows(actor, PERMISSIONS[to]) for to in ("submit", "recognise"))
    return "claimed" if submits or not decides else "submitted"


def _refused_submission(line: PostingLine, asked: Asked) -> str:
    if not may(asked.actor, line.row, "submit"):
        return say("不在您可以提交的范围内")
    if not line.is_live:
        return say("已经冲销，不再计入")
    if Status.CLAIMED not in line.view.amounts:
        return say("没有待报的金额")
    return ""


def _submit(bulk: Bulk[PostingLine]) -> str:
    services.submit(
        actor=bulk.actor,
        at=bulk.at,
        postings=[line.row.pk for line in bulk.rows],
        note=bulk.data["note"],
    )
    return say("%d条记录已提交认定；提交错了可以逐条撤回。") % len(bulk.rows)


def _sums(lines: Sequence[PostingLine]) -> list[queues.Together]:
    return queues.together(lines, Status.CLAIMED)


SUBMIT: Act[PostingLine] = Act(
    code="submit",
    label=_("提交所选记录"),
    icon="send",
    permission="targets.submit",
    about=_(
        "待报的金额报上级部门认定，状态变为“已报待认定”；认定前可以逐条撤回。全部提交，或者一条也不提交。"
    ),
    offered=lambda asked: queues.TABS[asked.tab] is Status.CLAIMED,
    refuse=_refused_submission,
    form=NoteForm,
    together=_sums,
    extra="targets/recognition_sums.html",
    run=_submit,
    errors=(CannotMove,),
    then="tab=submitted",
)
DECIDE: Act[PostingLine] = Act(
    code="decide",
    label=_("登记所选记录的认定结果"),
    icon="rubber-stamp",
    permission="targets.recognise",
    about=_("同一份答复文件里的记录一起登记。"),
    offered=lambda asked: queues.TABS[asked.tab] is Status.SUBMITTED,
    page="recognition-decide",
)


def _within(asked: Asked) -> QuerySet[Posting]:
    return queues.recognisable(within(asked))


def _in_tab(rows: QuerySet[Posting], tab: str, asked: Asked) -> QuerySet[Posting]:
    return reading.standing(rows, queues.TABS[tab], asked.moment)


def queue_listing(tab: str) -> Listing[Posting, PostingLine]:
    """The list of one tab: its first amount is what stands in that status."""
    status = queues.TABS.get(tab, Status.CLAIMED)
    held: Column[PostingLine] = Column(
        f"held-{int(status)}",
        words.STATUS_LABELS[status],
        lambda line: line.held(status).value,
        figure=lambda line: line.held(status),
        decimals=2,
        number=True,
        also=(UNIT_OF_MEASURE,),
    )
    others = tuple(column for column in standing_columns() if column.key != held.key)
    authority: Column[PostingLine] = Column("authority", _("认定单位"), lambda line: line.authority)
    return Listing(
        code="targets.recognition",
        title=_("认定"),
        about=_("待报的提交上级，已报的登记答复，拒统的补充凭证后重新提交。"),
        url="recognition",
        permission="targets.view",
        rows=_within,
        period=in_period,
        whole_at_first=True,
        fetch=reading.read,
        lines=lambda rows, asked: reading.lines_of(rows, known_at=asked.known_at),
        columns=(NAME, DAY, held, AMOUNT, UNIT, EVIDENCE_COUNT, authority, *others),
        sort="-day",
        filters=(SEARCH, INDICATOR, OF_UNIT, WITH_EVIDENCE, OF_SAMPLE),
        tabs=Tabs(
            label=_("认定状态"),
            choices=[(code, words.STATUS_LABELS[queues.TABS[code]]) for code in queues.TABS],
            narrow=_in_tab,
            counts=lambda rows, asked: queues.counts(rows, asked.moment),
            first=first_tab,
        ),
        acts=(SUBMIT, DECIDE),
        export_act="targets.export",
    )
