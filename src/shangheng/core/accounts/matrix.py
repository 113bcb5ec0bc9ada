"""The table of rights: role by role and person by person, on the page and as Excel."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from shangheng.core.accounts import rules
from shangheng.core.accounts.models import Grant, User
from shangheng.core.accounts.roles import all_roles
from shangheng.core.audit.services import record
from shangheng.core.exchange.writing import Pen, Written, sheet_name

HELD = "●"
HEAD: dict[str, object] = {"bold": True, "bg_color": "#E8EDF4", "bottom": 1, "text_wrap": True}


@dataclass(frozen=True, slots=True)
class Right:
    """One line of the table of rights: a permission and, role by role, whether it is held."""

    permission: rules.Permission
    held: tuple[bool, ...]


def rights(roles: Sequence[rules.Role]) -> list[Right]:
    """The table of rights, permissions down, `roles` across."""
    return [
        Right(permission, tuple(permission.code in role.permissions for role in roles))
        for permission in rules.permissions().values()
    ]


def scope_words(grant: Grant) -> str:
    """How far a grant reaches, in words, with the units it names."""
    units = _("、").join(unit.label for unit in grant.units.all())
    kind = str(grant.get_scope_display())
    return _("%(scope)s：%(units)s") % {"scope": kind, "units": units} if units else kind


def export(*, actor: User, at: datetime) -> bytes:
    """The table as an Excel file of three sheets, as at `at`; the export is recorded."""
    people = list(
        User.objects.filter(is_active=True)
        .select_related("unit")
        .prefetch_related("grants__units")
        .order_by("username")
    )
    roles = list(all_roles().values())
    content = _book(people, roles, _stamp(actor, at))
    with transaction.atomic():
        counts = {"people": len(people), "roles": len(roles)}
        record(actor=actor, act="accounts.rights.export", at=at, after=counts)
    return content


def _stamp(actor: User, at: datetime) -> str:
    moment = timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
    return _("截至%(at)s，由%(name)s（%(username)s）导出") % {
        "at": moment,
        "name": actor.display_name,
        "username": actor.username,
    }


def _book(people: Sequence[User], roles: Sequence[rules.Role], stamp: str) -> bytes:
    buffer = io.BytesIO()
    with Workbook(buffer) as book:
        pen = Pen(book)
        _sheet(book, pen, _("角色与权限"), stamp, *_role_rows(roles))
        _sheet(book, pen, _("人员与权限"), stamp, *_person_rows(people))
        _sheet(book, pen, _("授权"), stamp, *_grant_rows(people))
    return buffer.getvalue()


def _sheet(
    book: Workbook,
    pen: Pen,
    title: str,
    stamp: str,
    header: Sequence[str],
    rows: Sequence[Sequence[Written]],
) -> Worksheet:
    """Who exported it and when, a frozen head, the rows, a filter over them."""
    sheet = book.add_worksheet(sheet_name(title))
    pen.write(sheet, 0, 0, stamp, italic=True)
    for place, text in enumerate(header):
        pen.write(sheet, 1, place, text, **HEAD)
    for number, row in enumerate(rows, 2):
        for place, value in enumerate(row):
            pen.write(sheet, number, place, value, text_wrap=True, valign="top")
    sheet.freeze_panes(2, 2)
    sheet.set_column(0, len(header) - 1, 18)
    sheet.autofilter(1, 0, max(1 + len(rows), 1), len(header) - 1)
    return sheet


def _role_rows(roles: Sequence[rules.Role]) -> tuple[list[str], list[list[Written]]]:
    header = [_("权限代码"), _("权限"), *(role.name for role in roles)]
    rows: list[list[Written]] = [
        [line.permission.code, line.permission.name, *(HELD if h else None for h in line.held)]
        for line in rights(roles)
    ]
    return header, rows


def _person_rows(people: Sequence[User]) -> tuple[list[str], list[list[Written]]]:
    """One row for each permission of each person, with every scope in which it is held."""
    header = [
        _("登录名"),
        _("姓名"),
        _("所在单位"),
        _("权限代码"),
        _("权限"),
        _("范围"),
        _("由角色"),
    ]
    rows: list[list[Written]] = []
    for user in people:
        for permission in rules.permissions().values():
            grants = [g for g in user.grants.all() if permission.code in g.permissions]
            if grants:
                unit = user.unit.label if user.unit else None
                scopes = _("；").join(dict.fromkeys(map(scope_words, grants)))
                names = _("、").join(grant.role_name for grant in grants)
                who = (user.username, user.display_name, unit)
                rows.append([*who, permission.code, permission.name, scopes, names])
    return header, rows


def _grant_rows(people: Sequence[User]) -> tuple[list[str], list[list[Written]]]:
    header = [_("登录名"), _("姓名"), _("所在单位"), _("角色"), _("范围"), _("最近登录")]
    rows: list[list[Written]] = []
    for user in people:
        unit = user.unit.label if user.unit else None
        login = timezone.localtime(user.last_login) if user.last_login else None
        held = [(grant.role_name, scope_words(grant)) for grant in user.grants.all()]
        rows += [
            [user.username, user.display_name, unit, role, scope, login]
            for role, scope in held or [(_("没有角色"), "")]
        ]
    return header, rows
