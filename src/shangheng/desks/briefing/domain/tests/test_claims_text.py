"""Audited texts: what is read back of them, and how findings are marked."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from shangheng.desks.briefing.domain.claims_text import (
    Shown,
    document_of,
    marked_lines,
    read_file,
    read_text,
    structure_of,
)
from shangheng.methods.claims.findings import Finding, Severity, Verdict


def finding(*spans: tuple[int, int], verdict: Verdict = Verdict.INCONSISTENT) -> Finding:
    return Finding("share", verdict, Severity.MAJOR, spans, "", "", "")


def test_overlapping_findings_share_their_part() -> None:
    shown = [Shown(1, finding((0, 4))), Shown(2, finding((2, 6)))]
    (line,) = marked_lines("甲乙丙丁戊己庚", shown)
    assert [(p.text, [item.number for item in p.shown]) for p in line] == [
        ("甲乙", [1]),
        ("丙丁", [1, 2]),
        ("戊己", [2]),
        ("庚", []),
    ]


def test_a_mark_shows_what_stands_before_what_was_dismissed_or_holds() -> None:
    gone = SimpleNamespace(decision="dismissed")
    shown = [
        Shown(1, finding((0, 2)), decision=gone),
        Shown(2, finding((0, 2), verdict=Verdict.OK)),
        Shown(3, finding((0, 2))),
    ]
    (line,) = marked_lines("甲乙", shown)
    assert [item.number for item in line[0].shown] == [3, 2, 1]


@given(
    st.text(alphabet="甲乙 \n。", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6),
)
def test_marks_lose_no_character(text: str, spans: list[tuple[int, int]]) -> None:
    kept = [(min(pair), min(max(pair), len(text))) for pair in spans if min(pair) < len(text)]
    lines = marked_lines(text, [Shown(n, finding(span)) for n, span in enumerate(kept)])
    told = ["".join(piece.text for piece in line) for line in lines]
    assert told == [line for line in text.split("\n") if line.strip()]


def test_a_table_is_read_back_as_it_was() -> None:
    page = "<html><p>统计表</p><table><tr><td>甲镇</td><td>10个</td></tr></table></html>"
    document = read_file("a.html", page.encode())
    assert document.tables
    assert document_of(document.text, structure_of(document)) == document


def test_what_no_database_keeps_becomes_a_space() -> None:
    assert read_text("共\x00签约\ud800项目3个").text == "共 签约 项目3个"
