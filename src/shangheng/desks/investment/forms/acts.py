"""Forms of the acts on a case; each carries the version of the case that its reader saw."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.access import reached_by
from shangheng.core.accounts.models import User
from shangheng.core.accounts.roles import all_roles
from shangheng.core.dictionaries.selectors import values
from shangheng.desks.investment.forms.fields import (
    PeopleField,
    PersonField,
    day_field,
    text_field,
)
from shangheng.desks.investment.selectors.people import colleagues
from shangheng.engines.cases.models import Case, Meeting, ObstacleKind
from shangheng.engines.cases.selectors.cases import offers, ways_back, workflow_of
from shangheng.engines.cases.services.milestones import standing

YES = [("yes", _("同意")), ("no", _("不同意"))]


class ActForm(forms.Form):
    """A form about a case, shown to somebody; `_prepare` fills in what can be chosen."""

    version = forms.IntegerField(
        label=_("版本"),
        widget=forms.HiddenInput,
        min_value=0,
        error_messages={"required": _("这一页不完整，请刷新后再办。")},
    )

    def __init__(self, *args: Any, case: Case, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", case.version)
        self._prepare(case, actor)

    def _prepare(self, case: Case, actor: User) -> None:
        """Fill in what depends on the case."""

    def choose(self, field: str, choices: list[tuple[str, str]]) -> None:
        """What a field offers."""
        self.fields[field].choices = choices  # type: ignore[attr-defined] # a choice field

    def people(self, field: str, *, holding: str = "") -> None:
        """Let a field offer colleagues, or only those who hold a permission."""
        found = colleagues()
        if holding:
            codes = [role.code for role in all_roles().values() if holding in role.permissions]
            found = found.filter(pk__in=User.objects.filter(grants__role__in=codes).values("pk"))
        self.fields[field].queryset = found  # type: ignore[attr-defined] # a people field


class ConfirmForm(ActForm):
    """Nothing to say."""


class NoteForm(ActForm):
    """Perhaps a word."""

    note = text_field(_("说明"), 500, required=False)


class ReasonForm(ActForm):
    """Why."""

    reason = text_field(_("理由"), 500)


class ReturnForm(ReasonForm):
    """Back to which stage, and why."""

    stage = forms.ChoiceField(label=_("退回到"))
    field_order = ("stage", "reason")

    def _prepare(self, case: Case, actor: User) -> None:
        self.choose("stage", [(stage.id, stage.name) for stage in ways_back(case)])


class TransferForm(ReasonForm):
    """To whom, and why."""

    to = PersonField(label=_("转给"))
    field_order = ("to", "reason")

    def _prepare(self, case: Case, actor: User) -> None:
        self.people("to", holding="cases.act")


class PauseForm(ReasonForm):
    """What is waited for, and why."""

    kind = forms.ChoiceField(label=_("暂停原因"))
    field_order = ("kind", "reason")

    def _prepare(self, case: Case, actor: User) -> None:
        self.choose("kind", [(pause.id, pause.name) for pause in workflow_of(case)[1].pauses])


class OverrideForm(ReasonForm):
    """Which gate is to be passed, why, and who agrees."""

    transition = forms.ChoiceField(label=_("办理动作"))
    second = PersonField(label=_("请谁同意"))
    occurred_on = day_field(_("发生日期"), required=False)
    field_order = ("transition", "reason", "second", "occurred_on")

    def _prepare(self, case: Case, actor: User) -> None:
        gates = [
            (offer.transition.id, offer.transition.name)
            for offer in offers(case, actor)
            if offer.missing and all(lack.waivable for lack in offer.missing)
        ]
        self.choose("transition", gates)
        deciding = reached_by("cases.override", unit_id=case.unit_id, owner_id=case.owner_id)
        second = self.fields["second"]
        second.queryset = colleagues().filter(pk__in=deciding).exclude(pk=actor.pk)  # type: ignore[attr-defined] # a people field
        if not second.queryset:  # type: ignore[attr-defined]
            second.help_text = _("没有别人能决定这件事能否破例，请系统管理员授权。")


class AnswerForm(NoteForm):
    """Yes or no, and a word."""

    agreed = forms.ChoiceField(label=_("意见"), choices=YES, widget=forms.RadioSelect)
    field_order = ("agreed", "note")


class CosignForm(ActForm):
    """Whose signatures are asked, and for what."""

    signers = PeopleField(label=_("会签人"))
    question = text_field(_("会签事项"), 500)

    def _prepare(self, case: Case, actor: User) -> None:
        self.people("signers")


class TaskForm(ActForm):
    """Who does what by when."""

    title = forms.CharField(label=_("任务"), max_length=200)
    assignee = PersonField(label=_("承办人"))
    due_on = day_field(_("期限"), required=False)

    def _prepare(self, case: Case, actor: User) -> None:
        self.people("assignee")


class ResultForm(ActForm):
    """What came of it."""

    result = text_field(_("结果"), 500, required=False)


class SolvedForm(ActForm):
    """What came of it; it must be said."""

    result = text_field(_("结果"), 500)


class CommentForm(ActForm):
    """What somebody says."""

    text = text_field(_("评论"), 4000, help_text=_("写“@登录名”可以提醒对方。"))


class EvidenceForm(ActForm):
    """A file, and what it is."""

    kind = forms.ChoiceField(label=_("凭证种类"))
    file = forms.FileField(label=_("文件"))

    def _prepare(self, case: Case, actor: User) -> None:
        self.choose("kind", [("", "—"), *voucher_kinds()])


class MilestoneForm(ActForm):
    """A stage that was reached on a day, out of turn or noted afterwards."""

    stage = forms.ChoiceField(label=_("里程碑"))
    occurred_on = day_field(_("发生日期"))
    note = text_field(_("说明"), 500, required=False)

    def _prepare(self, case: Case, actor: User) -> None:
        there = set(standing(case).values_list("stage", flat=True))
        self.choose(
            "stage",
            [
                (stage.id, stage.name)
                for stage in workflow_of(case)[1].stages
                if stage.milestone and stage.id not in there
            ],
        )


class CorrectForm(ReasonForm):
    """Another day, and why."""

    occurred_on = day_field(_("发生日期"))
    field_order = ("occurred_on", "reason")


class ObstacleForm(ActForm):
    """What holds a case up, who leads, by when."""

    kind = forms.ChoiceField(label=_("类别"), choices=ObstacleKind.choices)
    title = forms.CharField(label=_("堵点"), max_length=200)
    detail = text_field(_("情况"), 500, required=False)
    owner = PersonField(label=_("牵头人"))
    due_on = day_field(_("期限"), required=False)

    def _prepare(self, case: Case, actor: User) -> None:
        self.people("owner")


class HandForm(ReasonForm):
    """Who leads from now on, by when, and why."""

    owner = PersonField(label=_("牵头人"))
    due_on = day_field(_("期限"), required=False)
    field_order = ("owner", "due_on", "reason")

    def _prepare(self, case: Case, actor: User) -> None:
        self.people("owner")


class EscalateForm(ActForm):
    """To which meeting, and what it is asked to decide."""

    meeting = forms.ChoiceField(
        label=_("提请会议"), help_text=_("如果没有合适的会议，请有“召开会议”权限的人先安排。")
    )
    asks = text_field(_("提请事项"), 500)

    def _prepare(self, case: Case, actor: User) -> None:
        coming = {"closed_at": None, "held_on__gte": timezone.localdate()}
        planned = Meeting.objects.filter(**coming).order_by("held_on")
        self.choose("meeting", [(str(one.pk), str(one)) for one in planned])


def voucher_kinds() -> list[tuple[str, str]]:
    """The kinds of voucher that are offered today."""
    return [(one.code, one.name) for one in values("voucher_kinds", timezone.localdate())]
