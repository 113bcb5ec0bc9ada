from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from shangheng.core.accounts.models import OrgUnit, User
from shangheng.core.accounts.tests.people import person
from shangheng.core.audit.models import Row
from shangheng.desks.briefing.models import CannotDo, Report
from shangheng.desks.briefing.selectors.building import build
from shangheng.desks.briefing.selectors.editions import edition_of
from shangheng.desks.briefing.services import writing
from shangheng.desks.briefing.tests.conftest import TEXT, Post, on, restate, write
from shangheng.engines.ledger.models import Posting
from shangheng.methods.documents.plain import to_text


def body(report: Report) -> str:
    assert report.build is not None
    return to_text(edition_of(report.build).document())


def test_a_new_report_starts_with_the_text_of_its_template(writer: User) -> None:
    report = write(writer, TEXT)
    first, second = report.drafts.order_by("number")
    assert report.title.endswith("2021年工作总结")
    assert "{{investment.capital_in_place}}" in first.text
    assert second.text == TEXT


def test_every_save_keeps_the_version_before(draft: Report, writer: User) -> None:
    writing.save_draft(
        actor=writer, at=on("2022-01-09"), report=draft, text="好", base=2, note="改"
    )
    assert [d.number for d in draft.drafts.order_by("number")] == [1, 2, 3]
    assert draft.drafts.get(number=2).text == TEXT


def test_saving_the_same_again_adds_nothing(draft: Report, writer: User) -> None:
    text = TEXT.replace("\n", "\r\n")
    writing.save_draft(actor=writer, at=on("2022-01-09"), report=draft, text=text, base=2)
    assert draft.drafts.count() == 2


def test_two_people_do_not_overwrite_each_other(draft: Report, bureau: OrgUnit) -> None:
    other = person("statistics_clerk", unit=bureau, display_name="小陈")
    writing.save_draft(actor=other, at=on("2022-01-09"), report=draft, text="甲", base=2)
    with pytest.raises(CannotDo, match="小陈已在您之后保存了第3稿"):
        writing.save_draft(actor=other, at=on("2022-01-09"), report=draft, text="乙", base=2)


def test_a_build_pins_every_figure(draft: Report, writer: User) -> None:
    made = writing.build_report(actor=writer, at=on("2022-01-10"), report=draft)
    draft.refresh_from_db()
    assert draft.build == made
    assert made.known_at == on("2022-01-10")
    assert "全区零售总额482.59亿元，比上年增长13.4%。" in body(draft)
    assert [row.text for row in made.figures.order_by("place")] == ["482.59亿元", "增长13.4%"]


def test_a_past_day_can_be_chosen_and_a_day_to_come_cannot(draft: Report, writer: User) -> None:
    early = on("2022-01-07")
    writing.build_report(actor=writer, at=on("2022-01-10"), report=draft, known_at=early)
    draft.refresh_from_db()
    assert "全区零售总额（缺数），比上年（缺数）。" in body(draft)
    late = on("2022-01-11")
    with pytest.raises(CannotDo, match="还没有到"):
        writing.build_report(actor=writer, at=on("2022-01-10"), report=draft, known_at=late)


def test_a_kept_build_prints_the_same_after_the_ledger_has_changed(
    issued: Report, writer: User, record: Post, retail: Posting
) -> None:
    before = body(issued)
    restate(writer, record, retail, "470", "2022-02-01")
    assert body(issued) == before
    assert issued.build is not None
    assert edition_of(issued.build).text_hash == issued.build.text_hash


def test_rebuilding_a_past_report_from_the_ledger_gives_the_same_text(
    issued: Report, writer: User, record: Post, retail: Posting
) -> None:
    restate(writer, record, retail, "470", "2022-02-01")
    record("retail.total", "1", "2021-06-30", "2022-02-02")
    kept = issued.build
    assert kept is not None
    again = build(writing.brief_of(issued, kept.draft), known_at=kept.known_at)
    now = build(writing.brief_of(issued, kept.draft), known_at=on("2022-02-03"))
    assert again.edition is not None
    assert now.edition is not None
    assert again.edition.text_hash == kept.text_hash
    assert to_text(again.edition.document()) == body(issued)
    assert now.edition.text_hash != kept.text_hash


def test_nothing_can_be_recorded_before_what_a_build_has_quoted(
    issued: Report, record: Post
) -> None:
    """A clock set back cannot change a quoted past: the fact is recorded just after the seal."""
    late = record("retail.total", "1", "2021-06-30", "2022-01-09")
    assert issued.build is not None
    assert late.recorded_at > issued.build.known_at
    assert late.recorded_at - issued.build.known_at < timedelta(seconds=1)


def test_editing_after_a_build_makes_it_no_longer_the_reports(draft: Report, writer: User) -> None:
    writing.build_report(actor=writer, at=on("2022-01-10"), report=draft)
    writing.save_draft(actor=writer, at=on("2022-01-10"), report=draft, text="新稿", base=2)
    draft.refresh_from_db()
    assert draft.build is None
    assert draft.builds.count() == 1


def test_a_text_that_cannot_be_read_is_not_built(writer: User, retail: Posting) -> None:
    report = write(writer, "{{retail.total|nonsense}}")
    with pytest.raises(CannotDo, match="第1行"):
        writing.build_report(actor=writer, at=on("2022-01-10"), report=report)


def test_a_new_edition_starts_with_the_text_of_the_old_one(issued: Report, writer: User) -> None:
    revision = writing.revise(actor=writer, at=on("2022-02-01"), report=issued)
    assert revision.supersedes == issued
    assert writing.latest(revision).text == TEXT
    with pytest.raises(CannotDo, match="已有修订稿"):
        writing.revise(actor=writer, at=on("2022-02-02"), report=issued)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("briefing_draft", "note"),
        ("briefing_build", "title"),
        ("briefing_boundfigure", "text"),
        ("briefing_step", "reason"),
    ],
)
def test_the_database_refuses_to_change_what_was_built(
    issued: Report, table: str, column: str
) -> None:
    for statement in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert issued.builds.count() == 1


def test_every_act_leaves_an_audit_row(issued: Report) -> None:
    acts = Row.objects.filter(act__startswith="briefing.").order_by("number")
    assert [row.act.removeprefix("briefing.") for row in acts] == [
        "create",
        "save",
        "build",
        "check",
        "sign",
        "issue",
    ]
