from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.imports.held import Upload
from shangheng.core.imports.models import Batch
from shangheng.core.imports.registry import CannotUndo
from shangheng.core.imports.services.commit import commit
from shangheng.core.imports.services.preview import Preview, preview
from shangheng.core.imports.services.undo import undo
from shangheng.desks.investment.models import Space
from shangheng.desks.investment.services.import_spaces import TABLE
from shangheng.desks.investment.services.spaces import change_space, set_state
from shangheng.desks.investment.tests.office import browser

HEAD = "载体编号,载体名称,载体类型,管理单位,面积,净高（米）,价格,计价单位,报价日期,状态\n"
TWO = (
    HEAD
    + "CT-1,临空港3号厂房,厂房,招商局,6000,9,18,元/平方米·月,2021-11-30,\n"
    + "CT-2,东流港地块,地块,招商局,65.5,,,,,已售\n"
)


def look(actor: User, text: str) -> Preview:
    upload = Upload("载体.csv", text.encode())
    return preview(actor=actor, at=timezone.now(), table=TABLE, upload=upload)


def take_in(actor: User, text: str) -> Batch:
    upload = Upload("载体.csv", text.encode())
    return commit(actor=actor, at=timezone.now(), table=TABLE, upload=upload)


def take_back(actor: User, batch: Batch) -> None:
    undo(actor=actor, at=timezone.now(), table=TABLE, batch=batch, reason="传错了")


def test_spaces_come_in_with_their_state_and_go_again(owner: User) -> None:
    batch = take_in(owner, TWO)
    plant, parcel = Space.objects.order_by("code")
    assert (plant.area, plant.price, plant.price_on) == (6000, 18, date(2021, 11, 30))
    assert [row.events.get().state for row in (plant, parcel)] == ["free", "sold"]
    take_back(owner, batch)
    assert not Space.objects.exists()


def test_a_space_is_changed_by_its_number_and_set_back(owner: User) -> None:
    take_in(owner, TWO)
    text = HEAD + "CT-1,临空港3号厂房,厂房,招商局,5800,9,20,元/平方米·月,2021-12-15,空置\n"
    assert not look(owner, text).errors
    batch = take_in(owner, text)
    row = Space.objects.get(code="CT-1")
    assert (row.area, row.price, row.price_on) == (5800, 20, date(2021, 12, 15))
    take_back(owner, batch)
    row.refresh_from_db()
    assert (row.area, row.price, row.price_on) == (6000, 18, date(2021, 11, 30))


def test_the_state_of_a_known_space_is_not_changed_by_a_file(owner: User) -> None:
    take_in(owner, TWO)
    (error,) = look(owner, TWO.replace("2021-11-30,", "2021-11-30,已租")).errors
    assert "在它的页面上变更状态" in error.message


def test_a_space_with_which_something_was_done_is_not_taken_back(owner: User) -> None:
    batch = take_in(owner, TWO)
    row = Space.objects.get(code="CT-1")
    set_state(actor=owner, at=timezone.now(), row=row, state="let", seen=None)
    with pytest.raises(CannotUndo, match="导入以后又改过"):
        take_back(owner, batch)


def test_what_was_changed_since_is_not_set_back(owner: User) -> None:
    take_in(owner, TWO)
    batch = take_in(owner, TWO.replace("6000", "6100"))
    row = Space.objects.get(code="CT-1")
    change_space(actor=owner, at=timezone.now(), row=row, values={"area": Decimal(6200)}, seen=None)
    with pytest.raises(CannotUndo, match="导入以后又改过"):
        take_back(owner, batch)


def test_a_unit_out_of_reach_is_not_offered(owner: User, stranger: User) -> None:
    assert look(stranger, TWO).errors
    assert browser(owner).get(reverse("space-import-template")).status_code == 200
