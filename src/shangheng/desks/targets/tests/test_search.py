from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shangheng.core.accounts import services as accounts
from shangheng.core.accounts import units
from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import AT, person
from shangheng.core.search.database import LATEST
from shangheng.core.search.declaring import Document, source_of
from shangheng.core.search.finding import search
from shangheng.core.search.models import Code, Item
from shangheng.core.search.services import differences, forget, index, insert, is_empty, rebuild
from shangheng.desks.targets.tests.desk import RETAIL, at_desk, keep, post
from shangheng.engines.evidence.models import Document as Voucher
from shangheng.engines.ledger.models import Posting
from shangheng.engines.ledger.services.targets import open_sheet


def found(user: User, text: str, kind: str = "") -> dict[str, list[str]]:
    groups = search(user, text, 50, kind=kind)
    return {group.code: [hit.title for hit in group.hits] for group in groups}


def test_two_characters_pinyin_initials_and_numbers_find_a_posting(
    clerk: User, park: OrgUnit
) -> None:
    post(clerk, "726.2", "2021-03-01", park, subject="新宜制造分拨中心")
    post(clerk, "1022.86", "2021-03-01", park, indicator=RETAIL)
    title = "招商引资实际到位资金 新宜制造分拨中心"
    for text in ("分拨", "新宜 中心", "fbzx", "xinyi", "726.2", "7262", "zsyz", "进账 分拨"):
        assert title in found(clerk, text, "postings").get("postings", []), text
    for text in ("1,022.86", "1022.86", "shxfp"):
        assert title not in found(clerk, text, "postings")["postings"], text
    assert "postings" not in found(clerk, "分中心")


def test_a_text_that_says_the_same_very_often_is_found(clerk: User, park: OrgUnit) -> None:
    source = source_of(Posting)
    assert source
    often = Document("1", "同" * 300, "/", body=f"{'再' * 3_000}见", unit_id=park.pk)
    insert(source, [often])
    for text in ("同同", "再见"):
        assert len(found(clerk, text, "postings")["postings"]) == 1, text


def test_only_what_lies_within_reach_is_found(
    clerk: User, officer: User, park: OrgUnit, street: OrgUnit
) -> None:
    post(clerk, "1", "2021-03-01", park, subject="近处项目")
    post(clerk, "2", "2021-03-01", street, subject="远处项目")
    assert len(found(clerk, "项目", "postings")["postings"]) == 2
    assert len(found(officer, "项目", "postings")["postings"]) == 1
    assert found(person("administrator"), "项目") == {}
    far = Posting.objects.get(subject="远处项目")
    assert "postings" not in found(officer, f"#{far.pk}", "postings")
    assert len(search(officer, "远处", 5, count=True)) == 0


def test_a_text_that_reads_like_a_place_of_the_index_opens_nothing(
    officer: User, park: OrgUnit, street: OrgUnit
) -> None:
    source = source_of(Posting)
    assert source is not None
    text = f"kpostings.u{park.pk} kpostings kpostings.o{officer.pk} 远处"
    insert(source, [Document(key="1", title=text, body=text, url="/1", unit_id=street.pk)])
    for asked in ("远处", "kpostings", f"kpostings.u{park.pk}", f"kpostings.o{officer.pk}"):
        assert search(officer, asked, 5, kind="postings", count=True) == [], asked


def test_one_without_scope_finds_the_own_records(bureau: OrgUnit, park: OrgUnit) -> None:
    mine, other = (
        person("investment_officer", unit=park, scope="own"),
        person("investment_officer", unit=park, scope="own"),
    )
    post(mine, "1", "2021-03-01", park, subject="自己项目")
    assert len(found(mine, "项目", "postings")["postings"]) == 1
    assert "postings" not in found(other, "项目")


def test_the_whole_code_comes_first_then_titles_then_texts(clerk: User, park: OrgUnit) -> None:
    first = post(clerk, "1", "2021-03-01", park, subject="网点")
    for number in range(3):
        post(clerk, "2", f"2021-04-0{number + 1}", park, subject=f"别的{first.pk}")
    hits = search(clerk, f"#{first.pk}", 5, kind="postings")[0].hits
    assert hits[0].url == reverse("posting", args=[first.pk])
    document = keep(clerk, name="网点批复.png")
    assert found(clerk, "网点")["documents"] == ["网点批复.png"]
    assert found(clerk, document.sha256[:12])["documents"] == ["网点批复.png"]


def test_people_and_units_are_found_by_who_may_see_them(bureau: OrgUnit) -> None:
    admin = person("administrator", unit=bureau)
    someone = person(unit=bureau, display_name="欧阳小明", username="oyxm")
    for text in ("小明", "ouyang", "oyxm", "欧阳"):
        assert "欧阳小明" in found(admin, text)["people"], text
    accounts.change_user(actor=None, at=AT, user=someone, display_name="欧阳大明", unit=bureau)
    assert "people" not in found(admin, "小明")
    assert found(admin, "大明")["people"] == ["欧阳大明"]
    unit = units.create_unit(actor=None, at=AT, code="wgb", name="网格办", parent=bureau)
    units.change_unit(actor=None, at=AT, unit=unit, name="网点办", name_en="Outlets", position=1)
    assert found(admin, "网点")["units"] == ["网点办"]
    assert "units" not in found(admin, "网格")


def test_indicators_and_pages_are_found_without_an_index(clerk: User) -> None:
    for text in ("到位资金", "zsyz", "investment.capital", "引资"):
        assert "招商引资实际到位资金" in found(clerk, text)["indicators"], text
    assert found(clerk, "认定")["pages"] == ["认定"]


def test_the_page_counts_filters_and_turns(clerk: User, park: OrgUnit) -> None:
    for number in range(52):
        post(clerk, "1", "2021-03-01", park, subject=f"网点{number}号")
    desk = at_desk(clerk)
    page = desk.get("/search/?q=网点")
    (group,) = page.context["groups"]
    assert (group.code, group.count, len(group.hits)) == ("postings", 52, 8)
    second = desk.get("/search/?q=网点&kind=postings&page=2")
    assert len(second.context["groups"][0].hits) == 2
    assert "<mark>网点</mark>" in second.content.decode()
    assert "没有找到" in desk.get("/search/?q=没有这样").content.decode()
    assert "请写要找什么" in desk.get("/search/").content.decode()


def test_what_is_rare_and_old_is_found_behind_a_thousand_others(
    clerk: User, officer: User, park: OrgUnit, street: OrgUnit
) -> None:
    source = source_of(Posting)
    assert source is not None
    rare = [
        Document(key="1", title="鬱林电子", url="/1", unit_id=park.pk),
        Document(key="2", title="鬱林电子", url="/2", unit_id=street.pk),
        Document(key="3", title="鬱林电子", url="/3", unit_id=park.pk),
        Document(key="4", title="别的", body="鬱林电子", url="/4", unit_id=park.pk),
    ]
    common = [
        Document(
            key=str(n),
            title="光谷科技",
            body="" if n % 25 else "电池",
            url=f"/{n}",
            unit_id=park.pk,
        )
        for n in range(5, LATEST + 50)
    ]
    insert(source, [*rare, *common])

    def urls(user: User, text: str) -> list[str]:
        return [hit.url for one in search(user, text, 5, kind="postings") for hit in one.hits]

    for text in ("电子", "鬱林 电子"):
        assert urls(clerk, text) == ["/3", "/2", "/1", "/4"], text
        assert urls(officer, text) == ["/3", "/1", "/4"], text
    for text in ("yulindianzi", "yulindianz", "yuld", "yldz"):
        assert urls(clerk, text) == (["/3", "/2", "/1"] if text != "yuld" else []), text
    assert urls(clerk, "科技") == [f"/{n}" for n in range(LATEST + 49, LATEST + 44, -1)]
    counts = {
        text: [one.count for one in search(clerk, text, 5, kind="postings", count=True)]
        for text in ("电子", "电池", "科技", "饕餮")
    }
    assert counts == {"电子": [4], "电池": [41], "科技": [1_001], "饕餮": []}


def test_no_kind_is_crowded_out_by_another_and_titles_stand_before_texts(
    clerk: User, park: OrgUnit
) -> None:
    vouchers, postings = source_of(Voucher), source_of(Posting)
    assert vouchers is not None
    assert postings is not None
    insert(
        vouchers,
        [Document(key=str(n), title="科技批复", url=f"/v{n}", unit_id=park.pk) for n in (1, 2)],
    )
    insert(vouchers, [Document(key="3", title="别的", about="科技", url="/v3", unit_id=park.pk)])
    titles = [Document(key="1", title="光谷科技", url="/1", unit_id=park.pk)]
    texts = [
        Document(key=str(n), title="光谷", body="科技", url=f"/{n}", unit_id=park.pk)
        for n in range(2, LATEST + 50)
    ]
    insert(postings, [*texts[:-20], *titles, *texts[-20:]])
    found = {one.code: one for one in search(clerk, "科技", 5, count=True)}
    assert [hit.url for hit in found["documents"].hits] == ["/v2", "/v1", "/v3"]
    assert found["documents"].count == 3
    assert [hit.url for hit in found["postings"].hits[:2]] == ["/1", f"/{LATEST + 49}"]
    assert found["postings"].count == 1_001
    (second,) = search(clerk, "科技", 8, kind="postings", skip=8)
    assert len(second.hits) == 8


@pytest.mark.parametrize(
    "text", ["'", '"', "*", "a OR b", "招商' OR '1", '网点"*', "\\", "%_", "\x00", "：!&|", "-网点"]
)
def test_no_text_breaks_the_question(clerk: User, text: str) -> None:
    search(clerk, text, 5)


def test_the_index_can_be_made_anew_and_tells_what_differs(clerk: User, park: OrgUnit) -> None:
    posting = post(clerk, "1", "2021-03-01", park, subject="网点")
    assert differences() == []
    Item.objects.filter(kind="postings").update(title="改过")
    Code.objects.filter(kind="people").delete()
    assert f"postings {posting.pk}" in differences()
    assert "people" in {one.split()[0] for one in differences()}
    rebuild()
    assert differences() == []
    assert found(clerk, "网点", "postings") == {"postings": ["招商引资实际到位资金 网点"]}
    forget(posting)
    assert differences() == [f"postings {posting.pk}"]
    Item.objects.all().delete()
    assert is_empty()
    assert "postings" not in found(clerk, "网点", "postings")


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["post", "voucher", "rename", "unit", "sheet", "again"]),
        st.text("招商引资网点abc 12.,'\"", min_size=1, max_size=12),
    ),
    max_size=6,
)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(acts=ACTS)
def test_what_is_kept_step_by_step_is_what_a_rebuild_makes(
    acts: list[tuple[str, str]], clerk: User, park: OrgUnit
) -> None:
    for act, text in acts:
        _do(act, text, clerk, park)
    assert differences() == []
    kept = _snapshot()
    rebuild()
    assert _snapshot() == kept


def _do(act: str, text: str, clerk: User, park: OrgUnit) -> None:
    name = text.strip() or "无"
    match act:
        case "post":
            post(clerk, "1.5", "2021-03-01", park, subject=" ".join(name.split()))
        case "voucher":
            keep(clerk, name=f"凭证{name.replace(chr(34), '')}.png")
        case "rename":
            accounts.change_user(actor=None, at=AT, user=clerk, display_name=name, unit=clerk.unit)
        case "unit":
            units.change_unit(actor=None, at=AT, unit=park, name=name, name_en="", position=1)
        case "sheet":
            if not Item.objects.filter(kind="sheets").exists():
                open_sheet(actor=clerk, at=AT, year=2022, source=name)
        case _:
            index(clerk, park, *Posting.objects.all())


def _snapshot() -> set[tuple[Any, ...]]:
    fields = ("kind", "key", "title", "about", "heading", "words", "reach", "unit_id", "owner_id")
    rows = set(Item.objects.values_list(*fields))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_fts(search_fts) VALUES ('integrity-check')")
    return rows
