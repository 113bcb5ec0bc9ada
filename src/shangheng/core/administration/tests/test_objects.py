import re
from pathlib import Path

from django.urls import NoReverseMatch, reverse

import shangheng
from shangheng.core.audit.objects import kinds

TARGET = re.compile(r'(?:target=|return )f"([a-z]+\.[a-z]+):\{')


def test_every_object_that_acts_are_done_to_has_a_name() -> None:
    root = Path(shangheng.__file__).parent
    used = {
        code
        for file in root.rglob("*.py")
        if "tests" not in file.parts
        for code in TARGET.findall(file.read_text())
    }
    assert len(used) > 15
    assert used <= kinds().keys()


def test_every_page_of_an_object_is_there() -> None:
    for kind in kinds().values():
        try:
            assert not kind.page or reverse(kind.page, args=[1])
        except NoReverseMatch:
            raise AssertionError(kind.code) from None
