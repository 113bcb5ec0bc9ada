import pytest
from django.db import connection, transaction

from shangheng.core.database.filling import ROOM, room_for_many

pytestmark = pytest.mark.django_db


def room() -> int:
    """KiB of pages that SQLite may keep."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        return -int(cursor.fetchone()[0])


def test_many_rows_have_more_room_until_they_are_written_or_have_failed() -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL has a room of its own
    usual = room()
    with room_for_many():
        assert room() == ROOM > usual
    assert room() == usual
    with pytest.raises(ZeroDivisionError), transaction.atomic(), room_for_many():
        1 / 0  # noqa: B018 - whatever goes wrong
    assert room() == usual
