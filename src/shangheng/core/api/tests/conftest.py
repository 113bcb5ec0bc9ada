"""Every test begins with no request counted."""

from collections.abc import Iterator

import pytest

from shangheng.core.api import limits


@pytest.fixture(autouse=True)
def nothing_spent() -> Iterator[None]:
    """Forget what this process holds of the rates."""
    limits.forget()
    yield
    limits.forget()
