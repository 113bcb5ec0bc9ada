import pytest
from django.urls import reverse, set_script_prefix

from shangheng.core.ui.addresses import numbered


@pytest.mark.parametrize("number", [1, 40, 4_093_082_899])
def test_an_address_by_number_is_the_one_that_the_routes_give(number: int) -> None:
    assert numbered("audit_row", number) == reverse("audit_row", args=[number])


def test_an_address_stands_under_the_path_where_the_platform_is_served() -> None:
    plain = numbered("audit_row", 7)
    set_script_prefix("/commerce/")
    try:
        assert numbered("audit_row", 7) == f"/commerce{plain}"
    finally:
        set_script_prefix("/")
