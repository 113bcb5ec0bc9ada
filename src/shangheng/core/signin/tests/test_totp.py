import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.core.signin import totp

RFC = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(second: int, code: str) -> None:
    """RFC 6238, appendix B, the last six digits."""
    assert totp.code_at(RFC, second // 30) == code


@given(st.integers(min_value=1000, max_value=10**9), st.integers(min_value=-3, max_value=3))
def test_a_code_holds_for_the_step_and_its_neighbours(step: int, off: int) -> None:
    code = totp.code_at(RFC, step + off)
    found = totp.step_of(code, RFC, timestamp=step * 30)
    if abs(off) <= totp.DRIFT:
        assert found is not None
    else:
        assert found is None or totp.code_at(RFC, found) == code


@given(st.integers(min_value=1000, max_value=10**9))
def test_no_step_is_taken_twice(step: int) -> None:
    code = totp.code_at(RFC, step)
    again = totp.step_of(code, RFC, timestamp=step * 30, after=step)
    assert again is None or again > step


def test_a_secret_has_160_bits() -> None:
    assert len(base64.b32decode(totp.new_secret())) == 20
