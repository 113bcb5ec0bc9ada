"""The form of one milestone for several projects: its day, and the vouchers that any of them lacks."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangheng.desks.investment.forms.fields import day_field, text_field
from shangheng.desks.investment.forms.gates import DocumentsForm
from shangheng.desks.investment.selectors.moving_many import Candidate


class MilestoneForm(DocumentsForm):
    """What all of them share. A voucher is asked for where one of the `going` lacks it."""

    occurred_on = day_field(
        _("发生日期"), initial=timezone.localdate, help_text=_("所选项目同一天到达。")
    )

    def __init__(
        self, *args: Any, able: Sequence[Candidate], going: Sequence[Candidate], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        lacked = {kinds for one in going for kinds in one.documents}
        for kinds in dict.fromkeys(kinds for one in able for kinds in one.documents):
            self.ask_for_document(kinds).required = kinds in lacked
        if any(one.way and one.way.reason for one in able):
            self.fields["reason"] = text_field(_("理由"), 500)
