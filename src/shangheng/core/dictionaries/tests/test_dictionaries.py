from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import person
from shangheng.core.audit.models import Row
from shangheng.core.dictionaries import importing, selectors, services
from shangheng.core.dictionaries.models import Entry
from shangheng.core.exchange.read import open_sheets
from shangheng.core.imports.held import Upload
from shangheng.core.imports.models import Batch
from shangheng.core.imports.registry import CannotUndo
from shangheng.core.imports.services.commit import ImportRefused, commit
from shangheng.core.imports.services.preview import preview
from shangheng.core.imports.services.undo import undo

OF = "rejection_reasons"
HEADER = "字典,代码,名称,英文名称,排序,停用日期,依据或说明\n"


@pytest.fixture
def administrator(db: None) -> User:
    return person("administrator")


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def add(actor: User, zh: str = "未到资", **told: Any) -> Entry:
    at = timezone.now()
    return services.add_value(actor=actor, at=at, of=OF, zh=zh, **told)


def change(actor: User, code: str, **told: Any) -> Entry:
    now = selectors.value(OF, code)
    assert now is not None
    fields = ("zh", "en", "position", "retired_on", "note")
    every = {**{name: getattr(now, name) for name in fields}, **told}
    at = timezone.now()
    return services.change_value(actor=actor, at=at, of=OF, code=code, **every)


def offered(day: date | None = None) -> list[str]:
    return [one.code for one in selectors.values(OF, day or timezone.localdate())]


def test_an_added_value_can_be_chosen_at_once(administrator: User) -> None:
    entry = add(administrator)
    assert offered()[-1] == entry.code == "local-1"
    row = Row.objects.get(act="dictionaries.create")
    assert row.after is not None
    assert (row.target, row.after["name"]) == (f"dictionaries.entry:{OF}/local-1", "未到资")


def test_a_renamed_value_keeps_its_code_and_what_the_rules_call_it(administrator: User) -> None:
    change(administrator, "fiscal_money", zh="财政资金")
    value = selectors.value(OF, "fiscal_money")
    assert value is not None
    assert (value.zh, value.is_renamed) == ("财政资金", True)
    assert value.built_in is not None
    assert value.built_in["zh"] == "财政性资金"


def test_a_retired_value_is_no_longer_offered_and_keeps_its_word(administrator: User) -> None:
    today = timezone.localdate()
    change(administrator, "unreadable", retired_on=today + timedelta(1))
    assert "unreadable" in offered(today)
    assert "unreadable" not in offered(today + timedelta(1))
    assert selectors.value(OF, "unreadable") is not None
    change(administrator, "unreadable", retired_on=None)
    assert "unreadable" in offered(today + timedelta(1))
    acts = Row.objects.filter(act__startswith="dictionaries.").order_by("number")
    assert list(acts.values_list("act", flat=True)) == [
        "dictionaries.retire",
        "dictionaries.restore",
    ]


def test_values_stand_in_the_order_of_their_positions(administrator: User) -> None:
    change(administrator, "round_trip", position=1)
    assert offered()[0] == "round_trip"


def test_what_cannot_be_is_refused_with_words(administrator: User) -> None:
    with pytest.raises(ValidationError, match="已有名为"):
        add(administrator, "财政性资金")
    with pytest.raises(ValidationError, match="已经用过"):
        add(administrator, code="fiscal_money")
    with pytest.raises(ValidationError, match="不能早于今天"):
        change(administrator, "unreadable", retired_on=date(2021, 1, 1))
    with pytest.raises(PermissionDenied):
        add(person("statistics_clerk"))


def test_reading_costs_no_query_once_it_is_read(administrator: User) -> None:
    add(administrator)
    selectors.values(OF)
    with CaptureQueriesContext(connection) as captured:
        selectors.values(OF)
        selectors.rows("voucher_kinds")
    assert not captured


def test_the_pages_show_find_and_change_a_value(administrator: User) -> None:
    seen = browser(administrator)
    page = reverse("dictionary", args=[OF])
    assert "财政性资金" in seen.get(page).text
    assert "财政性资金" in seen.get(reverse("dictionaries"), {"q": "财政"}).text
    made = seen.post(reverse("dictionary-new", args=[OF]), {"zh": "未到资"})
    assert made.status_code == 302, made.text
    value = reverse("dictionary-value", args=[OF, "local-1"])
    form = seen.get(value).context["form"]
    told = {"zh": "资金未到", "position": "900", "version": form["version"].value()}
    told |= {"initial-zh": "未到资", "initial-position": "140"}
    assert seen.post(value, told).status_code == 302
    assert seen.post(value, told).status_code == 409
    assert "资金未到" in seen.get(page).text
    assert seen.get(reverse("dictionary", args=["nothing"])).status_code == 404


def test_an_auditor_looks_and_changes_nothing(db: None) -> None:
    seen = browser(person("auditor"))
    assert seen.get(reverse("dictionary", args=[OF])).status_code == 200
    assert seen.get(reverse("dictionary-new", args=[OF])).status_code == 403


def test_what_is_exported_can_be_taken_in_again(administrator: User) -> None:
    content = importing.export(actor=administrator, at=timezone.now())
    sheet = open_sheets(content, "字典.xlsx")[0]
    assert sum(1 for _ in sheet.rows) > len(selectors.values(OF))
    assert Row.objects.filter(act="dictionaries.export").count() == 1


def test_a_sheet_adds_and_renames_and_is_taken_back(administrator: User) -> None:
    text = HEADER + "拒统原因,fiscal_money,财政资金,Fiscal money,20,,\n拒统原因,,未到资,,,,\n"
    batch = commit(
        actor=administrator,
        at=timezone.now(),
        table=importing.TABLE,
        upload=Upload("字典.csv", text.encode()),
    )
    assert (batch.new, batch.changed) == (1, 1)
    assert "local-1" in offered()
    undo(
        actor=administrator,
        at=timezone.now(),
        table=importing.TABLE,
        batch=batch,
        reason="导错了",
    )
    assert "local-1" not in offered()
    value = selectors.value(OF, "fiscal_money")
    assert value is not None
    assert value.zh == "财政性资金"


def taken_in(administrator: User, text: str) -> Batch:
    upload = Upload("字典.csv", (HEADER + text).encode())
    return commit(actor=administrator, at=timezone.now(), table=importing.TABLE, upload=upload)


def test_a_preview_leaves_nothing_in_memory(administrator: User) -> None:
    upload = Upload("字典.csv", (HEADER + "拒统原因,,未到资,,,,\n").encode())
    found = preview(actor=administrator, at=timezone.now(), table=importing.TABLE, upload=upload)
    assert (found.new, found.ok) == (1, True)
    assert "local-1" not in offered()


def test_a_sheet_retires_a_value_and_gives_it_back(administrator: User) -> None:
    day = timezone.localdate() + timedelta(days=30)
    batch = taken_in(administrator, f"拒统原因,fiscal_money,财政性资金,,,{day},上级通知\n")
    value = selectors.value(OF, "fiscal_money")
    assert value is not None
    assert (value.retired_on, value.note, value.position > 0) == (day, "上级通知", True)
    undo(actor=administrator, at=timezone.now(), table=importing.TABLE, batch=batch, reason="误")
    value = selectors.value(OF, "fiscal_money")
    assert value is not None
    assert (value.retired_on, value.note) == (None, "")


def test_what_was_changed_again_is_not_taken_back(administrator: User) -> None:
    batch = taken_in(administrator, "拒统原因,,未到资,,,,\n")
    taken_in(administrator, "拒统原因,local-1,未到资,,,,另有说明\n")
    with pytest.raises(CannotUndo, match="导入以后又改过"):
        undo(
            actor=administrator, at=timezone.now(), table=importing.TABLE, batch=batch, reason="误"
        )


def test_what_a_row_may_not_be_is_told_in_its_cell(administrator: User) -> None:
    with pytest.raises(ImportRefused) as refused:
        taken_in(administrator, "拒统原因,新代码,未到资,,,,\n")
    [error] = refused.value.preview.errors
    assert (error.address, "小写字母" in error.message) == ("B2", True)
