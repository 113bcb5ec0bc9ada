"""What the operations of the desk share: units, people and vouchers that a body names, refusals."""

from collections.abc import Iterable
from typing import Annotated

from django.core.exceptions import ValidationError
from ninja import Schema
from pydantic import Field, StringConstraints

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.api.fields import Key
from shangheng.core.api.problems import FieldError, Problem, wrong
from shangheng.core.api.wording import lazy as _
from shangheng.core.database.edits import StaleEdit
from shangheng.engines.evidence.models import Document
from shangheng.engines.evidence.selectors import visible_to

SHORT, LONG = 100, 2000

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Username = Annotated[str, Field(max_length=150)]
Evidence = Annotated[
    list[Key], Field(max_length=50, description=_("凭证编号，先上传到 evidence/documents。"))
]


class ReasonIn(Schema):
    """Why."""

    reason: Reason


def unit_named(pk: int | None, at: str) -> OrgUnit | None:
    """A unit in use by its number. Raises Problem (422)."""
    if pk is None:
        return None
    found = OrgUnit.objects.filter(pk=pk, is_active=True).first()
    if found is None:
        raise wrong(at, _("没有这个单位，或者已经停用。"))
    return found


def people_named(usernames: Iterable[str], at: str) -> list[User]:
    """Active people by their user names. Raises Problem (422) that names those who are not there."""
    wanted = list(dict.fromkeys(usernames))
    found = {one.username: one for one in User.objects.filter(username__in=wanted, is_active=True)}
    if missing := [name for name in wanted if name not in found]:
        raise wrong(at, _("没有这些人员，或者已经停用：%s") % _("、").join(missing))
    return [found[name] for name in wanted]


def documents_named(actor: User, keys: Iterable[int], at: str) -> list[Document]:
    """Vouchers that `actor` may see, by their numbers. Raises Problem (422)."""
    wanted = list(dict.fromkeys(keys))
    found = visible_to(actor).in_bulk(wanted)
    if missing := [f"#{key}" for key in wanted if key not in found]:
        raise wrong(at, _("没有这些凭证，或您看不到：%s") % _("、").join(missing))
    return [found[key] for key in wanted]


def refused(error: ValidationError) -> Problem:
    """422 with what a service says against each field."""
    if not hasattr(error, "error_dict"):
        return Problem(422, " ".join(error.messages))
    errors = [
        FieldError("body" if name == "__all__" else f"body.{name}", "refused", " ".join(words))
        for name, words in error.message_dict.items()
    ]
    return Problem(422, _("请改正所列的各项后重试。"), errors)


def stale(_error: StaleEdit) -> Problem:
    """409: somebody else was first."""
    return Problem(409, _("别人刚改过这条记录；请重新读取，核对后再提交。"))
