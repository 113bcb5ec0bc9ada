"""The pins themselves: each is used, and each holds."""

import pytest
from django.contrib.contenttypes.models import ContentType

from tests.house.query_counts import pinned, pins
from tests.house.tree import under


def test_every_pin_is_held_by_a_test() -> None:
    tests = [file.read_text(encoding="utf-8") for file in under("src", "tests", suffix=".py")]
    unused = [page for page in pins() if not any(f'"{page}"' in test for test in tests)]
    assert not unused, f"Remove from query_counts.json, or pin the page again: {unused}"


@pytest.mark.django_db
def test_a_page_that_takes_more_queries_fails() -> None:
    with (
        pytest.raises(AssertionError, match="no such page takes 1 queries"),
        pinned("no such page"),
    ):
        ContentType.objects.count()
