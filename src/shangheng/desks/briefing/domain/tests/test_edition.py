from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from shangheng.desks.briefing import catalogue
from shangheng.desks.briefing.domain.compose import Note, Prose
from shangheng.desks.briefing.domain.edition import Edition
from shangheng.desks.briefing.domain.markup import parse
from shangheng.desks.briefing.domain.pieces import Answer, Backing, Shown, Words
from shangheng.engines.ledger.domain.period import Period
from shangheng.methods.documents.model import FigureRun, Table
from shangheng.methods.documents.plain import to_text

KNOWN = datetime(2022, 1, 10, 13, 0, 0, 5, tzinfo=UTC)
TEXT = """# {{period}}情况

签约{{investment.projects_signed}}，跟踪{{investment.projects_tracked}}。

| 指标 | 数 |
| 签约 | {{investment.projects_signed}} |
"""


def shown(text: str, code: str, **more: Any) -> Shown:
    value = Decimal(text.rstrip("个"))
    reference = f"{code}/2021/420112/known=x"
    return Shown(text, value, "个", 0, reference, "value", Backing(code, "口径", 1, 3, 2), **more)


def edition(title: str = "工作总结", **more: Any) -> Edition:
    signed = shown("74个", "investment.projects_signed", marks=("sample",))
    values: dict[str, Any] = {
        "title": title,
        "bureau": "商务局",
        "period": Period.parse("2021"),
        "known_at": KNOWN,
        "known_on": date(2022, 1, 10),
        "script": parse(TEXT),
        "answers": {
            "investment.projects_signed": Answer((signed,)),
            "investment.projects_tracked": Answer((shown("67个", "investment.projects_tracked"),)),
        },
        "notes": {},
        "lexicon": catalogue.lexicon(),
    }
    return Edition(**{**values, **more})


def test_answers_stand_in_the_place_of_bindings() -> None:
    assert "签约74个，跟踪67个。" in to_text(edition().document())
    assert "一、2021年情况" in to_text(edition().document())


def test_every_mention_is_a_figure_that_leads_to_its_row_in_the_annex() -> None:
    document = edition().document()
    runs = [run for run in document.figures() if run.text == "74个"]
    assert len(runs) == 3
    assert len({run.reference for run in runs}) == 1


def test_the_annex_tells_value_definition_day_and_vouchers() -> None:
    [annex] = edition().document().annexes
    table = annex.blocks[0]
    assert isinstance(table, Table)
    first = [run.text for run in table.rows[0]]
    assert first[:5] == ["investment.projects_signed", "74个", "1", "2022-01-10", "2"]
    assert isinstance(table.rows[0][1], FigureRun)


def test_a_contradiction_is_noted_where_its_figures_stand_and_told_at_the_end() -> None:
    note = Note("identity:x", "67个 ≠ 74个")
    notes = dict.fromkeys(edition().answers, (note,))
    noted = edition(notes=notes)
    text = to_text(noted.document())
    assert "签约74个〔注1〕，跟踪67个〔注1〕。" in text
    assert text.rstrip().endswith("〔注1〕67个 ≠ 74个")
    paragraph = noted.composed[1]
    assert isinstance(paragraph, Prose)
    marks = [piece.marks for piece in paragraph.pieces if isinstance(piece, Shown)]
    assert all("conflict" in each for each in marks)


def test_the_hash_is_over_what_is_printed() -> None:
    same, other = edition(), edition(bureau="统计局", title="别的")
    assert same.text_hash == edition().text_hash
    assert same.text_hash != other.text_hash


def test_samples_and_drafts_say_so_under_the_title() -> None:
    assert edition().document(draft=True).subtitle == "（送审稿，含示例数据）"
    answers = {key: Answer((Words("无"),)) for key in edition().answers}
    assert edition(answers=answers).document().subtitle == ""
