"""A batch is taken back whole, by reversals, or not at all; unknown titles are asked about once."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.audit.models import Row
from shangheng.core.imports.models import Batch, KnownTitle
from shangheng.core.imports.registry import CannotUndo
from shangheng.core.imports.services.undo import obstacles, undo
from shangheng.desks.targets.services.import_postings import TABLE
from shangheng.desks.targets.tests.desk import at_desk
from shangheng.desks.targets.tests.importing import GOOD, commit_batch
from shangheng.desks.targets.tests.test_imports import upload
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.services.posting import reverse as take_back
from shangheng.engines.ledger.services.recognition import submit

OWN_TITLES = """项目投向,单位名称,到账时间,到账金额,指标名称
产业项目,保税办,2021-03-31,24.1,招商引资实际到位资金
产业项目,保税办,2021-04-30,20,到位资金
"""


def live() -> int:
    return Posting.objects.filter(reverses=None, reversal=None).count()


def test_an_undone_batch_leaves_the_ledger_as_it_was(clerk: User, park: OrgUnit) -> None:
    batch = commit_batch(clerk, GOOD)
    assert (batch.new, batch.skipped, batch.rows.count(), live()) == (3, 0, 3, 3)
    undo(actor=clerk, at=timezone.now(), table=TABLE, batch=batch, reason="传错了文件")
    batch.refresh_from_db()
    assert (batch.state, batch.undone_by, live()) == (Batch.UNDONE, clerk, 0)
    assert Posting.objects.count() == 6, "nothing is deleted"
    told = Row.objects.get(act="imports.undo")
    assert told.after is not None
    assert told.after["reversed"] == 3
    with pytest.raises(CannotUndo):
        undo(actor=clerk, at=timezone.now(), table=TABLE, batch=batch, reason="再来一次")


def test_what_was_reversed_by_itself_is_left_alone(clerk: User, park: OrgUnit) -> None:
    batch = commit_batch(clerk, GOOD)
    first = batch.rows.order_by("number")[0].target
    take_back(actor=clerk, at=timezone.now(), postings=[first], reason="填错")
    undo(actor=clerk, at=timezone.now(), table=TABLE, batch=batch, reason="整批重填")
    assert live() == 0
    assert Posting.objects.count() == 6


def test_a_batch_on_which_recognition_depends_is_kept_and_the_row_named(
    clerk: User, park: OrgUnit
) -> None:
    batch = commit_batch(clerk, GOOD)
    row = batch.rows.order_by("number")[1]
    submit(actor=clerk, at=timezone.now(), postings=[row.target])
    (stopped,) = obstacles(actor=clerk, at=timezone.now(), table=TABLE, batch=batch)
    assert stopped.number == row.number
    assert "提交认定" in stopped.message
    with pytest.raises(CannotUndo):
        undo(actor=clerk, at=timezone.now(), table=TABLE, batch=batch, reason="传错了文件")
    assert live() == 3
    page = at_desk(clerk).get(reverse("posting-import-undo", args=[batch.pk]))
    assert f"第{row.number}行" in page.content.decode()


def test_looking_whether_it_can_be_undone_changes_nothing(clerk: User, park: OrgUnit) -> None:
    batch = commit_batch(clerk, GOOD)
    assert obstacles(actor=clerk, at=timezone.now(), table=TABLE, batch=batch) == ()
    batch.refresh_from_db()
    assert (batch.state, live(), Posting.objects.count()) == (Batch.DONE, 3, 3)


def test_a_batch_is_seen_and_undone_on_its_page(clerk: User, park: OrgUnit) -> None:
    batch = commit_batch(clerk, GOOD)
    browser = at_desk(clerk)
    assert "三月.csv" in browser.get(reverse("posting-import")).content.decode()
    assert "三月.csv" in browser.get(reverse("posting-import-batches")).content.decode()
    text = browser.get(reverse("posting-import-batch", args=[batch.pk])).content.decode()
    assert batch.sha256 in text
    assert "导入一批" in text, "the audit is told"
    address = reverse("posting-import-undo", args=[batch.pk])
    assert browser.post(address, {"reason": ""}).status_code == 422
    text = browser.post(address, {"reason": "传错了文件"}, follow=True).content.decode()
    assert "传错了文件" in text
    assert live() == 0


def test_batches_are_listed_and_undone_together_or_not_at_all(clerk: User, park: OrgUnit) -> None:
    held, free = commit_batch(clerk, GOOD), commit_batch(clerk, GOOD.replace("24.1", "24.2"))
    submit(actor=clerk, at=timezone.now(), postings=[held.rows.order_by("number")[1].target])
    browser, address = at_desk(clerk), reverse("posting-import-batches")
    preview = browser.post(address, {"act": "undo", "row": [held.pk, free.pk]})
    assert [line.pk for line in preview.context["able"]] == [free.pk]
    assert "提交认定" in preview.context["refused"][0].why
    sent = {"act": "undo", "row": free.pk, "confirm": "1"}
    assert browser.post(address, sent | {"reason": ""}).status_code == 422
    assert browser.post(address, sent | {"reason": "传错了文件"}).status_code == 302
    assert "传错了文件" not in browser.get(address).content.decode()
    undone = browser.get(address, {"view": "all", "state": "undone", "columns": "name,reason"})
    assert "传错了文件" in undone.content.decode()
    assert [line.pk for line in undone.context["table"].lines] == [free.pk]


def test_a_batch_beyond_reach_is_not_found(clerk: User, park: OrgUnit, street: OrgUnit) -> None:
    batch = commit_batch(clerk, GOOD)
    near = person("statistics_clerk", unit=street, scope="unit")
    browser = at_desk(near)
    for name in ("posting-import-batch", "posting-import-undo"):
        assert browser.get(reverse(name, args=[batch.pk])).status_code == 404


def choose(browser: Client, address: str, **fixed: str) -> str:
    """Say on the page what the columns of `OWN_TITLES` are; where that leads."""
    keys = ("dimension-sector", "unit", "occurred_on", "value", "indicator")
    chosen = {f"title-{place}": key for place, key in enumerate(keys, 1)}
    answer = browser.post(address, chosen | {f"fixed-{key}": told for key, told in fixed.items()})
    return str(answer.headers.get("Location", answer.status_code))


def test_unknown_titles_are_asked_about_guessed_and_remembered(clerk: User, park: OrgUnit) -> None:
    browser = at_desk(clerk)
    address = upload(browser, OWN_TITLES)
    assert "/columns/" in address
    text = browser.get(address).content.decode()
    assert "到账金额" in text
    assert "24.1" in text, "samples are shown"
    assert choose(browser, address) == "422", "nothing says in which unit the amounts are"
    preview = choose(browser, address, measure="亿元")
    assert "/preview/" in preview
    assert "新的 2 行" in browser.get(preview).content.decode()
    browser.post(preview, {"source": "", "note": ""})
    batch = Batch.objects.get()
    assert (batch.new, batch.fixed) == (2, {"measure": "亿元"})
    assert KnownTitle.objects.get(user=clerk, title="到账金额").key == "value"
    with_unit = OWN_TITLES.replace("指标名称", "指标名称,计量单位").replace("资金\n", "资金,亿元\n")
    assert "/preview/" in upload(browser, with_unit), "the second time nobody is asked"


def test_two_titles_for_one_column_are_refused(clerk: User, park: OrgUnit) -> None:
    browser = at_desk(clerk)
    address = upload(browser, OWN_TITLES)
    answer = browser.post(address, {"title-3": "occurred_on", "title-4": "occurred_on"})
    assert answer.status_code == 422
    assert "只能对应一次" in answer.content.decode()
