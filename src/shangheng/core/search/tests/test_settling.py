import pytest
from django.db import connection

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import person
from shangheng.core.search.declaring import Document, source_of
from shangheng.core.search.finding import search
from shangheng.core.search.services import insert
from shangheng.core.search.settling import is_settled, settle

PIECES, EACH = 5, 300


@pytest.fixture
def in_pieces(db: None) -> User:
    """Somebody who finds people, and an index written in a few large pieces, as imports leave it."""
    source = source_of(User)
    assert source is not None
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_fts(search_fts, rank) VALUES ('automerge', 0)")
    for piece in range(PIECES):
        numbers = range(piece * EACH, (piece + 1) * EACH)
        insert(source, [Document(key=f"k{n}", title=f"欧阳明{n}", url=f"/{n}") for n in numbers])
    return person("administrator", scope="all")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL's index is one tree")
def test_an_index_in_large_pieces_becomes_one_that_answers_alike(in_pieces: User) -> None:
    before = search(in_pieces, "欧阳明", 50, count=True)
    assert not is_settled()
    settle()
    assert is_settled()
    assert search(in_pieces, "欧阳明", 50, count=True) == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(DISTINCT segid) FROM search_fts_idx")
        assert cursor.fetchone() == (1,)
        cursor.execute("INSERT INTO search_fts(search_fts) VALUES ('integrity-check')")
