from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext as _
from django.utils.translation import override

from shangheng.core.accounts import services as accounts
from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.notices.kinds import Mail, UnknownKind, kinds
from shangheng.core.notices.models import Event, Notice
from shangheng.core.notices.selectors import Choice, inbox, unread_count
from shangheng.core.notices.services import mark_all_read, notify
from shangheng.core.notices.settings import choose

pytestmark = pytest.mark.django_db


def told(*people: User, kind: str = "report.returned", **more: Any) -> Event:
    return notify(to=people, kind=kind, subject="退回了", at=AT, **more)


def test_a_person_is_told_once_however_often_the_same_work_is_done() -> None:
    wu = person()
    assert told(wu, key="step:1") == told(wu, key="step:1")
    told(wu, key="step:2")
    assert inbox(wu).count() == 2


def test_without_a_key_the_same_words_at_the_same_instant_are_one_event() -> None:
    wu = person()
    assert told(wu) == told(wu)
    assert unread_count(wu) == 1


def test_whoever_did_it_is_not_told_of_it_and_neither_is_who_has_left() -> None:
    wu, li, gone = person(), person(), person()
    accounts.set_active(actor=None, at=AT, user=gone, active=False)
    told(wu, wu, li, gone, actor=li)
    assert list(Notice.objects.values_list("receiver", flat=True)) == [wu.pk]


def test_a_kind_that_says_so_is_told_to_whoever_did_it() -> None:
    wu = person()
    told(wu, kind="job.failed", actor=wu)
    assert unread_count(wu) == 1


def test_holders_of_the_roles_of_a_kind_are_told() -> None:
    administrator, clerk = person("administrator"), person("statistics_clerk")
    told(kind="outlet.stopped")
    assert (unread_count(administrator), unread_count(clerk)) == (1, 0)


def test_an_event_reads_in_the_language_of_its_reader() -> None:
    event = notify(to=[person()], kind="report.returned", subject=lambda: _("消息"), at=AT)
    event.refresh_from_db()
    with override("en"):
        assert event.subject == "Notices"
        assert event.kind_name == "Report sent back"
    with override("zh-hans"):
        assert event.subject == "消息"


def test_a_title_that_quotes_something_is_quoted_with_single_marks_inside() -> None:
    event = notify(to=[person()], kind="job.finished", subject="“导入“一月.xlsx””已完成", at=AT)
    assert event.subject == "“导入‘一月.xlsx’”已完成"


def test_a_kind_that_is_switched_off_does_not_come_unless_it_is_urgent() -> None:
    wu = person()
    off = [Choice(kind, inbox=False, email=Mail.OFF) for kind in kinds().values()]
    choose(actor=wu, at=AT, choices=off, seen=None)
    told(wu)
    told(wu, kind="account.password_reset")
    assert list(inbox(wu).values_list("event__kind", flat=True)) == ["account.password_reset"]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownKind, match=r"notices\.yaml"):
        told(person(), kind="report.eaten")


def test_what_came_in_after_the_page_was_opened_stays_unread() -> None:
    wu = person()
    told(wu, key="1")
    upto = inbox(wu)[0].pk
    told(wu, key="2")
    assert mark_all_read(person=wu, upto=upto, at=AT + timedelta(minutes=1)) == 1
    assert unread_count(wu) == 1


def test_an_administrator_who_changes_an_account_tells_its_owner() -> None:
    administrator, wu = person("administrator"), person(unit=org_unit("swj"))
    given = accounts.grant(actor=administrator, at=AT, user=wu, role="statistics_clerk")
    accounts.revoke(actor=administrator, at=AT, grant=given)
    accounts.reset_password(actor=administrator, at=AT, user=wu, password="Qing-he-2022")
    subjects = [notice.event.subject for notice in inbox(wu)]
    assert subjects == [
        "您的密码已由系统管理员重置",
        "您的“统计员”角色被收回",
        "您被授予“统计员”角色",
    ]


def test_nobody_opens_the_notice_of_somebody_else(client: Client) -> None:
    told(person())
    client.force_login(person())
    assert client.get(f"/notices/{Notice.objects.get().pk}/").status_code == 404
