import itertools
import random
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import AT
from shangheng.core.lists.declaring import Asked
from shangheng.core.ui.moment import Moment
from shangheng.desks.investment.domain.mapping import (
    COLUMNS,
    GAP,
    HIGH,
    LINE,
    LONGEST,
    ROWS,
    SIGN,
    WIDE,
    around,
    graticule,
    in_wgs84,
    names_with_room,
    read_window,
    scale_of,
    shaped,
)
from shangheng.desks.investment.listings.projects import MAP, PROJECTS
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors.places import Map, map_of
from shangheng.desks.investment.services.projects import change_project
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser, sent

DISTRICT = {"longitude": Decimal("114.13"), "latitude": Decimal("30.62")}


def at(longitude: str, latitude: str) -> dict[str, Any]:
    return {"longitude": Decimal(longitude), "latitude": Decimal(latitude)}


def drawn(by: User, **values: str) -> Map:
    asked = Asked(by, Moment("2021", None, AT), values=values)
    return map_of(PROJECTS, "project")(Project.objects.none(), asked)


@given(st.floats(73, 135), st.floats(18, 53), st.floats(0, 5), st.floats(0, 5))
def test_a_window_holds_what_it_was_made_for_and_keeps_its_shape(
    west: float, south: float, wide: float, high: float
) -> None:
    window = shaped(west, west + wide, south, south + high)
    assert window.west <= west + 1e-6
    assert window.east >= west + wide - 1e-6
    assert window.south <= south + 1e-6
    assert window.north >= south + high - 1e-6
    tall = window.height * 111_320
    assert window.metres / tall == pytest.approx(COLUMNS / ROWS, rel=0.02)
    again = read_window(window.code)
    assert again is not None
    assert again.corners == pytest.approx(window.corners, abs=0.0002), "an address is stable"


@given(st.floats(0.01, 60))
def test_the_graticule_and_the_scale_are_round_and_few(size: float) -> None:
    lines = list(graticule(100, 100 + size, 5))
    assert 2 <= len(lines) <= 11
    scale = scale_of(around(114, 114 + size / 20, 30, 30))
    assert str(scale.metres).rstrip("0") in {"1", "2", "5"}
    assert 0 < scale.share <= 25.01


@pytest.mark.parametrize(
    "code", ["", "a,b,c,d", "114,30,113,31", "0,0,1", "nan,0,1,1", "0,-91,1,1"]
)
def test_what_is_no_window_is_none(code: str) -> None:
    assert read_window(code) is None


def scattered(seed: int) -> list[tuple[float, float, str]]:
    """Up to forty places with and without names, none so far right that its name stands left."""
    dice = random.Random(seed)
    count = dice.randrange(41)
    return [
        (dice.uniform(0, 80), dice.uniform(0, 100), "示例项目" * dice.randrange(6))
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(50))
def test_no_name_lies_on_another(seed: int) -> None:
    places = scattered(seed)
    named = sorted(places[number] for number in names_with_room(places))
    for one, other in itertools.combinations(named, 2):
        if abs(one[1] - other[1]) / 100 * HIGH < LINE - 0.01:
            apart = (other[0] - one[0]) / 100 * WIDE
            assert apart > GAP + SIGN * min(len(one[2]), LONGEST) - 0.01


def test_a_name_that_would_lie_on_a_mark_is_left_out() -> None:
    assert names_with_room([(10, 10, "示例一"), (16, 10, "示例二"), (10, 60, "示例三")]) == {1, 2}
    assert names_with_room([(10, 10, "示例一"), (30, 12, "示例二")]) == {0, 1}
    assert names_with_room([(95, 10, "示例一"), (85, 10, "")]) == set()


def test_near_places_are_one_mark_and_nothing_is_left_out(owner: User) -> None:
    for number in range(3):
        office.project(owner, f"近{number}", **at("114.13", f"30.6200{number}"))
    office.project(owner, "远", **at("114.3", "30.7"))
    office.project(owner, "没有坐标的")
    found = drawn(owner)
    assert sorted(mark.count for mark in found.marks) == [1, 3]
    assert (found.total, found.inside, found.missing, found.outside) == (5, 4, 1, 0)
    assert [name for name, _url in found.unplaced] == ["没有坐标的"]
    [single] = [mark for mark in found.marks if mark.opens]
    assert single.url == reverse("project", args=[Project.objects.get(name="远").pk])


def test_a_cluster_leads_to_a_window_that_holds_it_alone(owner: User) -> None:
    for number in range(3):
        office.project(owner, f"近{number}", **at(f"114.13{number}", "30.62"))
    office.project(owner, "远", **at("114.9", "30.7"))
    [cluster] = [mark for mark in drawn(owner).marks if not mark.opens]
    nearer = drawn(owner, box=cluster.url)
    assert (nearer.inside, nearer.outside) == (3, 1)
    assert len(nearer.marks) == 3, "close to, they stand apart"


def test_the_map_keeps_filters_and_shows_what_is_in_view_below(owner: User) -> None:
    office.project(owner, "海尔智谷", **DISTRICT)
    office.project(owner, "京东华中总部", **at("114.5", "30.9"))
    page = browser(owner).get(reverse("project-map"), {"box": "114.1,30.6,114.2,30.65"}).text
    assert "海尔智谷" in page
    assert "京东华中总部" not in page
    assert "图外 1 个" in page
    listed = browser(owner).get(reverse("projects"), {"box": "114.1,30.6,114.2,30.65"}).text
    assert "京东华中总部" not in listed, "the list keeps to the window of the map"
    none = browser(owner).get(reverse("projects"), {"placed": "no"}).text
    assert "海尔智谷" not in none


def test_the_map_tells_how_many_there_would_be_without_filters(owner: User) -> None:
    for name in ("甲", "乙", "丙"):
        office.project(owner, name)
    found = [drawn(owner), drawn(owner, q="甲"), drawn(owner, q="没有这个")]
    assert [(one.total, one.whole) for one in found] == [(3, 3), (1, 3), (0, 3)]


def test_nobody_sees_the_places_of_others(owner: User, stranger: User) -> None:
    office.project(owner, "海尔智谷", **DISTRICT)
    assert drawn(stranger).total == 0
    assert "海尔智谷" not in browser(stranger).get(reverse("project-map")).text


def test_what_a_chinese_map_gave_is_kept_in_wgs84(owner: User, project: Project) -> None:
    seen = browser(owner)
    edit = reverse("project-edit", args=[project.pk])
    form = seen.get(edit).context["form"]
    gcj = {"longitude": "121.531542", "latitude": "31.175304", "datum": "gcj02"}
    assert seen.post(edit, sent(form, **gcj)).status_code == 302
    project.refresh_from_db()
    assert (project.longitude, project.latitude) == (Decimal("121.527211"), Decimal("31.177428"))
    again = seen.get(edit).context["form"]
    refused = seen.post(edit, sent(again, datum="gcj02"))
    assert refused.status_code == 422, "what is kept is not converted a second time"


def test_half_a_place_or_one_out_of_range_is_refused(owner: User, project: Project) -> None:
    edit = reverse("project-edit", args=[project.pk])
    form = browser(owner).get(edit).context["form"]
    for wrong in ({"longitude": "114.1"}, {"longitude": "30.6", "latitude": "114.1"}):
        assert browser(owner).post(edit, sent(form, **wrong)).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(longitude=114)


def test_a_place_that_is_changed_is_audited(owner: User, project: Project) -> None:
    change_project(actor=owner, at=AT, row=project, values=DISTRICT, seen=None)
    page = browser(owner).get(reverse("project", args=[project.pk])).text
    assert "114.130000°" in page


def test_conversion_keeps_six_decimals() -> None:
    assert in_wgs84(Decimal("113.917176"), Decimal("22.540796")) == (
        Decimal("113.912316"),
        Decimal("22.543847"),
    )


def test_the_map_is_the_list_under_another_drawing() -> None:
    assert MAP.filters == PROJECTS.filters
    assert MAP.code == PROJECTS.code
