import pytest
from django.test import Client

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.notices.models import Notice, Preference, Subscription
from shangheng.core.notices.selectors import unread_count
from shangheng.core.notices.services import notify

pytestmark = pytest.mark.django_db


@pytest.fixture
def wu(client: Client) -> User:
    user = person("statistics_clerk", username="wu")
    client.force_login(user)
    return user


def tell(wu: User, subject: str, *, body: str = "", url: str = "") -> Notice:
    event = notify(
        to=[wu],
        kind="report.returned",
        subject=subject,
        body=body,
        url=url,
        at=AT,
        key=subject,
    )
    return event.notices.get()


def text(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200
    return page.content.decode()


def test_the_bell_on_every_page_counts_what_is_unread(client: Client, wu: User) -> None:
    tell(wu, "一"), tell(wu, "二")
    assert '<span class="unseen">未读</span>2' in text(client, "/notices/settings/")


def test_an_empty_inbox_says_what_will_come(client: Client, wu: User) -> None:
    assert "还没有消息" in text(client, "/notices/")
    tell(wu, "一")
    assert "没有这样的消息" in text(client, "/notices/?q=没有的")


def test_opening_a_notice_reads_it_and_leads_to_the_thing(client: Client, wu: User) -> None:
    notice = tell(wu, "退回了", url="/briefing/reports/1/")
    page = client.get(f"/notices/{notice.pk}/")
    assert (page.status_code, page["Location"]) == (302, "/briefing/reports/1/")
    assert unread_count(wu) == 0


def test_a_notice_about_no_page_is_shown_itself(client: Client, wu: User) -> None:
    notice = tell(wu, "您被授予“统计员”角色", body="自今天起")
    assert "自今天起" in text(client, f"/notices/{notice.pk}/")


def test_unread_ones_are_listed_and_marked_back(client: Client, wu: User) -> None:
    first, _second = tell(wu, "第一件"), tell(wu, "第二件")
    back = client.post("/notices/?tab=unread", {"act": "read", "row": first.pk})
    assert back["Location"] == "/notices/?tab=unread", "harmless: no preview"
    assert "第一件" not in text(client, "/notices/?tab=unread")
    client.post("/notices/", {"act": "unread", "row": first.pk})
    assert "第一件" in text(client, "/notices/?tab=unread")


def test_what_is_marked_already_stays_and_the_rest_is_marked(client: Client, wu: User) -> None:
    first, second = tell(wu, "第一件"), tell(wu, "第二件")
    rows = {"row": [first.pk, second.pk]}
    client.post("/notices/", {"act": "read", "row": first.pk})
    assert client.post("/notices/", {"act": "read", **rows}).status_code == 302
    assert unread_count(wu) == 0
    nothing = client.post("/notices/", {"act": "read", **rows})
    assert [one.why for one in nothing.context["refused"]] == ["已经读过", "已经读过"]


def test_notices_of_others_cannot_be_marked(client: Client, wu: User) -> None:
    other = person("director")
    theirs = tell(other, "别人的")
    client.post("/notices/", {"act": "read", "row": theirs.pk})
    assert (unread_count(other), unread_count(wu)) == (1, 0)


@pytest.mark.usefixtures("wu")
def test_the_words_of_a_notice_find_it(client: Client, wu: User) -> None:
    tell(wu, "季报被退回", body="缺两个数"), tell(wu, "另一件")
    for words in ("季报", "两个数"):
        page = text(client, f"/notices/?view=all&q={words}")
        assert "季报被退回" in page
        assert "另一件" not in page


def test_everything_is_marked_at_once_but_for_what_came_meanwhile(client: Client, wu: User) -> None:
    tell(wu, "第一件"), tell(wu, "第二件")
    upto = client.get("/notices/").context["upto"]
    tell(wu, "第三件")
    assert client.post("/notices/read/", {"upto": str(upto)})["Location"] == "/notices/"
    assert unread_count(wu) == 1


def test_kinds_are_chosen_and_only_what_differs_is_kept(client: Client, wu: User) -> None:
    page = client.get("/notices/settings/")
    form = page.context["choices"]
    sent = {name: form[name].initial or "" for name in form.fields}
    sent = {name: "on" if value is True else value for name, value in sent.items()}
    sent |= {"inbox:report.signed": "", "email:report.returned": "digest"}
    sent |= {"version": "0", "initial-email:report.returned": "now"}
    client.post("/notices/settings/kinds/", sent)
    kept = Subscription.objects.filter(person=wu).order_by("kind").values_list("kind", "email")
    assert list(kept) == [("report.returned", "digest"), ("report.signed", "digest")]
    late = client.post("/notices/settings/kinds/", sent | {"email:report.returned": "off"})
    assert late.status_code == 409, "another window has chosen since"
    [side] = late.context["conflict"].differing
    assert (side.before, side.mine, side.theirs) == ("即时", "不发", "每日汇总")


PREFERENCE = {
    "email": "wu@swj.example",
    "language": "en",
    "quiet": "own",
    "quiet_from": "20:00",
    "quiet_to": "08:00",
}


def test_own_quiet_hours_need_both_ends(client: Client, wu: User) -> None:
    page = client.post("/notices/settings/", {**PREFERENCE, "version": "0", "quiet_to": ""})
    assert page.status_code == 422
    assert "从几点到几点" in page.content.decode()
    assert not Preference.objects.filter(person=wu).exists()


def test_what_was_changed_in_another_window_is_shown_and_can_be_chosen(
    client: Client, wu: User
) -> None:
    assert client.post("/notices/settings/", PREFERENCE | {"version": "0"}).status_code == 302
    before = {f"initial-{name}": value for name, value in PREFERENCE.items()}
    sent = PREFERENCE | before | {"version": "1"}
    client.post("/notices/settings/", sent | {"daily_cap": "5"})
    late = client.post("/notices/settings/", sent | {"email": "new@swj.example"})
    assert late.status_code == 409
    [cap, email] = sorted(late.context["conflict"].differing, key=lambda side: side.name)[0:2]
    assert (cap.name, cap.choice, cap.theirs) == ("daily_cap", "theirs", "5")
    assert (email.choice, email.mine) == ("mine", "new@swj.example")
    choice = {
        **sent,
        "version": "2",
        "email": "new@swj.example",
        "initial-daily_cap": "5",
        "choose-daily_cap": "theirs",
        "choose-email": "mine",
    }
    assert client.post("/notices/settings/", choice).status_code == 302
    kept = Preference.objects.get(person=wu)
    assert (kept.email, kept.daily_cap, kept.version) == ("new@swj.example", 5, 3)


def test_why_says_that_a_notice_is_its_receivers(client: Client, wu: User) -> None:
    notice = tell(wu, "一")
    assert "您可以看" in text(client, f"/why/?at=/notices/{notice.pk}/")
    client.force_login(person("statistics_clerk"))
    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    told = text(client, f"/why/?at=/notices/{notice.pk}/")
    assert "您不能看" in told
    assert "它只对所属的本人开放" in told


def test_the_address_of_a_button_is_answered_by_a_page_in_the_frame(
    client: Client, wu: User
) -> None:
    for address in ("/notices/read/", "/jobs/1/cancel/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert "请回到原来的页面，用页面上的按钮办理。" in answer.content.decode()
    bulk = client.post("/jobs/", {"act": "nothing"})
    assert bulk.status_code == 403
    assert "这份列表没有这项批量操作" in bulk.content.decode()


def test_a_form_that_comes_without_its_version_says_so_in_chinese(client: Client, wu: User) -> None:
    page = client.post("/notices/settings/", PREFERENCE)
    assert page.status_code == 422
    assert "版本</a>：这一页不完整" in page.content.decode()


def test_the_sections_of_the_handbook_are_named_in_chinese(client: Client, wu: User) -> None:
    page = text(client, "/api/")
    for name in ("人员与权限", "审计", "凭证", "绩效目标"):
        assert f"<h2>{name} <code" in page
