import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangheng.methods.pace import student


@pytest.mark.parametrize(
    ("probability", "freedom", "t"),
    [
        (0.9, 1, 3.078), (0.9, 2, 1.886), (0.9, 3, 1.638), (0.9, 4, 1.533), (0.9, 5, 1.476),
        (0.975, 1, 12.706), (0.975, 4, 2.776), (0.975, 10, 2.228), (0.95, 30, 1.697),
    ],
)  # fmt: skip
def test_quantiles_are_those_of_the_printed_tables(
    probability: float, freedom: int, t: float
) -> None:
    assert student.quantile(probability, freedom) == pytest.approx(t, abs=5e-4)


@given(st.floats(0.001, 0.999), st.integers(1, 30))
def test_the_quantile_undoes_the_distribution(probability: float, freedom: int) -> None:
    t = student.quantile(probability, freedom)
    assert student.cumulative(t, freedom) == pytest.approx(probability, abs=1e-9)


@given(st.floats(-1e6, 1e6), st.integers(1, 30))
def test_the_distribution_is_symmetric(t: float, freedom: int) -> None:
    both = student.cumulative(t, freedom) + student.cumulative(-t, freedom)
    assert both == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_certainty_has_no_quantile(probability: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        student.quantile(probability, 3)
