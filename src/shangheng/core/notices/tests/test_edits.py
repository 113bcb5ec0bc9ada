"""Two clerks on one record: the second is told, whoever they are and whatever the database."""

import pytest
from django.db import transaction
from django.test import Client

from shangheng.core.accounts import units
from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT, org_unit, person
from shangheng.core.database.edits import StaleEdit, take
from shangheng.core.notices.models import Preference


@pytest.mark.django_db
def test_a_record_that_is_gone_is_stale_and_says_so() -> None:
    row = Preference.objects.create(person=person())
    Preference.objects.filter(pk=row.pk).delete()
    with transaction.atomic(), pytest.raises(StaleEdit) as stale:
        take(row, seen=1)
    assert stale.value.current is None


def field_of(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


@pytest.fixture
def administrator(client: Client) -> User:
    user = person("administrator")
    client.force_login(user)
    return user


@pytest.mark.django_db
def test_the_second_administrator_sees_who_changed_the_unit_and_chooses(
    client: Client, administrator: User
) -> None:
    unit = org_unit("zs", name="招商办")
    url = f"/units/{unit.pk}/edit/"
    seen = field_of(client.get(url).content.decode(), "version")
    li = person("administrator", display_name="李主任")
    units.change_unit(actor=li, at=AT, unit=unit, name="招商办", name_en="", position=3)
    sent = {"name": "招商一科", "name_en": "", "parent": "", "position": "0", "version": seen}
    sent |= {"initial-name": "招商办", "initial-name_en": "", "initial-parent": ""}
    sent |= {"initial-position": "0"}
    late = client.post(url, sent)
    assert late.status_code == 409
    page = late.content.decode()
    assert "李主任" in page
    differing = {side.name: side.choice for side in late.context["conflict"].differing}
    assert differing == {"name": "mine", "position": "theirs"}
    choice = {
        **sent,
        "version": field_of(page, "version"),
        "initial-position": "3",
        "choose-name": "mine",
        "choose-position": "theirs",
    }
    assert client.post(url, choice).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.position) == ("招商一科", 3)
    assert administrator.is_active


@pytest.mark.django_db
@pytest.mark.usefixtures("administrator")
def test_a_person_who_was_changed_meanwhile_is_not_overwritten(client: Client) -> None:
    wu = person(display_name="小吴")
    url = f"/people/{wu.pk}/edit/"
    sent = {"unit": "", "version": field_of(client.get(url).content.decode(), "version")}
    sent |= {"initial-display_name": "小吴", "initial-unit": ""}
    assert client.post(url, sent | {"display_name": "吴明"}).status_code == 302
    assert client.post(url, sent | {"display_name": "吴敏"}).status_code == 409
    wu.refresh_from_db()
    assert wu.display_name == "吴明"
    mine = sent | {"display_name": "吴敏", "initial-display_name": "吴明", "choose-all": "mine"}
    mine["version"] = field_of(client.get(url).content.decode(), "version")
    assert client.post(url, mine).status_code == 302
