"""The form of a gate: it asks for exactly what is missing to take a lead or project a step on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.core.accounts.models import User
from shangheng.desks.investment.forms import leads, projects
from shangheng.desks.investment.forms.acts import ActForm, voucher_kinds
from shangheng.desks.investment.forms.fields import day_field, text_field
from shangheng.desks.investment.models import Lead, Project
from shangheng.engines.cases.domain.interpreter import Lack, Missing
from shangheng.engines.cases.domain.workflow import Transition
from shangheng.engines.cases.models import Case
from shangheng.engines.cases.selectors.cases import workflow_of
from shangheng.engines.evidence.services import Upload

FIELD_OF = {"contact": "contact_name"}
"""Fields of forms that are called otherwise than in the workflow."""


class DocumentsForm(forms.Form):
    """A form that asks for documents, each of one kind or of a choice of some."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.wanted_kinds: list[tuple[str, ...]] = []
        super().__init__(*args, **kwargs)

    def ask_for_document(self, kinds: tuple[str, ...]) -> forms.FileField:
        """Ask for one more."""
        number = len(self.wanted_kinds)
        names = {code: name for code, name in voucher_kinds() if code in kinds}
        self.wanted_kinds.append(kinds)
        label = "／".join(names.values())  # zh-data: a stroke between names
        if len(kinds) > 1:
            self.fields[f"kind{number}"] = forms.ChoiceField(
                label=_("凭证种类"), choices=list(names.items())
            )
        file = self.fields[f"file{number}"] = forms.FileField(label=label)
        return file

    def uploads(self) -> Iterator[Upload]:
        """The documents that were supplied."""
        for number, kinds in enumerate(self.wanted_kinds):
            if file := self.cleaned_data[f"file{number}"]:
                kind = self.cleaned_data.get(f"kind{number}") or kinds[0]
                yield Upload(file.name, file.read(), kind)


class GateForm(DocumentsForm, ActForm):
    """What a step needs: fields, documents, the day of its milestone, a reason."""

    def __init__(
        self,
        *args: Any,
        row: Project | Lead,
        way: Transition,
        lacks: Sequence[Missing],
        **kwargs: Any,
    ) -> None:
        self.row, self.way, self.lacks = row, way, lacks
        self.asked: list[str] = []
        super().__init__(*args, **kwargs)

    def _prepare(self, case: Case, actor: User) -> None:
        for name, field in self._missing_fields():
            self.fields[name] = field
            self.asked.append(name)
        for lack in self.lacks:
            if lack.lack is Lack.EVIDENCE:
                self.ask_for_document(lack.codes)
        stage = workflow_of(case)[1].stage(self.way.target)
        if stage.milestone:
            self.fields["occurred_on"] = day_field(
                _("发生日期"), initial=timezone.localdate, help_text=_("实际发生的那一天。")
            )
        if self.way.reason:
            self.fields["reason"] = text_field(_("理由"), 500)

    @property
    def values(self) -> dict[str, Any]:
        """The fields that were supplied."""
        return {name: self.cleaned_data[name] for name in self.asked}

    def _missing_fields(self) -> Iterator[tuple[str, forms.Field]]:
        """A copy of the field of the ordinary form for each that is missing, now required."""
        source: forms.Form = (
            projects.ProjectForm(initial=projects.entered(self.row))
            if isinstance(self.row, Project)
            else leads.EditLeadForm(initial=leads.entered(self.row))
        )
        for code in _fields(self.lacks):
            name = FIELD_OF.get(code, code)
            if name in source.fields:
                self.initial.setdefault(name, source.initial.get(name))
                yield name, _required(source.fields[name])


def _required(field: forms.Field) -> forms.Field:
    """The field of an ordinary form as a gate asks for it: what might stay unknown there is told here."""
    if isinstance(field, forms.NullBooleanField):
        return forms.TypedChoiceField(
            label=field.label,
            choices=[("", "—"), *projects.YES_NO[1:]],
            coerce=lambda told: told == "true",
        )
    field.required = True
    field.show_hidden_initial = False
    return field


def _fields(lacks: Iterable[Missing]) -> Iterator[str]:
    for lack in lacks:
        if lack.lack in {Lack.FIELD, Lack.VALUE}:
            yield lack.codes[0]
