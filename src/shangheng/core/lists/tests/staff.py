"""A list to try things on: the people themselves, as the declaration of a desk would have it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from shangheng.core.accounts.access import permission_required
from shangheng.core.accounts.models import User
from shangheng.core.lists.declaring import Act, Asked, Bulk, Column, Filter, Listing, Tabs
from shangheng.core.lists.narrowing import by, holding, since
from shangheng.core.lists.showing import show

CODE = "tests.staff"


class Busy(Exception):
    """Somebody cannot be renamed now."""


class SurnameForm(forms.Form):
    surname = forms.CharField()


def rename(bulk: Bulk[User]) -> str:
    if bulk.data["surname"] == "忙":
        raise Busy("现在办不了")
    for user in bulk.rows:
        user.display_name = bulk.data["surname"] + user.username
        user.save(update_fields=["display_name"])
    return f"改了{len(bulk.rows)}人"


def rows(asked: Asked) -> QuerySet[User]:
    return User.objects.filter(unit=asked.actor.unit).exclude(username="secret")


def refuse(user: User, _asked: Asked) -> str:
    return "这个人不能改名" if user.username.startswith("fixed") else ""


STAFF: Listing[User, User] = Listing(
    code=CODE,
    title="人员试表",
    url="staff",
    permission="targets.view",
    rows=rows,
    fetch=lambda found: found.select_related("unit"),
    columns=(
        Column("login", "登录名", lambda user: user.username, sort=("username",)),
        Column("name", "姓名", lambda user: user.display_name, sort=("display_name",)),
        Column("made", "建立时间", lambda user: user.created_at, sort=("created_at",), shown=False),
        Column("length", "字数", lambda user: len(user.display_name), unit="个", number=True),
    ),
    sort="login",
    filters=(
        Filter("q", "查找", holding("username", "display_name", "pk"), kind="search"),
        Filter(
            "name", "姓名", by("display_name"), lambda _asked: [("甲", "甲先生"), ("乙", "乙先生")]
        ),
        Filter("made", "不早于", since("created_at", instant=True), kind="day"),
    ),
    tabs=Tabs(
        label="在用",
        choices=[("yes", "在用"), ("no", "停用")],
        narrow=lambda found, tab, _asked: found.filter(is_active=tab == "yes"),
        counts=lambda found, _asked: {
            "yes": found.filter(is_active=True).count(),
            "no": found.filter(is_active=False).count(),
        },
    ),
    acts=(
        Act(
            code="rename",
            label="改名",
            permission="targets.post",
            about="所选的人改成同一个姓。",
            refuse=refuse,
            form=SurnameForm,
            run=rename,
            errors=(Busy,),
            most=60,
        ),
    ),
)


@permission_required("targets.view")
def staff(request: HttpRequest) -> HttpResponse:
    return show(request, STAFF)


urlpatterns: Sequence[Any] = [
    path("staff/", staff, name="staff"),
    path("", include("shangheng.config.urls")),
]
