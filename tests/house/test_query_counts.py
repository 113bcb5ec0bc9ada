"""The pins themselves: each is used, and each holds."""

import pytest
from django.contrib.contenttypes.models import ContentType

from tests.house.query_counts import pinned, pins
from tests.house.test_page_queries import plain_pages
from tests.house.tree import under


def test_every_pin_is_held_by_a_test() -> None:
    tests = [file.read_text(encoding="utf-8") for file in under("src", "tests", suffix=".py")]
    held = {name for name, _ in plain_pages()}
    unused = [p for p in pins() if p not in held and not any(f'"{p}"' in test for test in tests)]
    assert not unused, f"Remove from query_counts.json, or pin the page again: {unused}"


@pytest.mark.django_db
def test_a_page_that_takes_more_queries_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHANGHENG_TEST_PIN", raising=False)
    with (
        pytest.raises(AssertionError, match="no such page takes 1 queries"),
        pinned("no such page"),
    ):
        ContentType.objects.count()
