import re

from hypothesis import given
from hypothesis import strategies as st

from shangheng.methods.documents.bookmarks import bookmarks
from shangheng.methods.documents.model import FigureRun, Paragraph
from shangheng.methods.documents.tests.examples import document, summary

references = st.lists(
    st.sampled_from(["甲", "乙", "a/b", "a-b", "a_b", "x" * 90]) | st.text(min_size=1), max_size=30
)


@given(references)
def test_names_are_unique_and_valid_in_word(names: list[str]) -> None:
    made = bookmarks(document(Paragraph(tuple(FigureRun("1", name) for name in names))))
    assert len({mark.name for mark in made}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", mark.name) for mark in made)


def test_a_figure_points_to_its_last_mention() -> None:
    first, project, annex = bookmarks(summary())
    assert first.target == annex.name == f"{first.name}_2"
    assert annex.target == annex.name
    assert project.target == project.name


def test_a_name_depends_on_the_reference_alone() -> None:
    figure = FigureRun("2", "projects/2021")
    (alone,) = bookmarks(document(Paragraph((figure,))))
    assert alone.name == bookmarks(summary())[1].name
