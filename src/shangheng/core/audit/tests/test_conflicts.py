"""Both sides of an edit that came too late, as a person reads them and as a form sends them again."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from shangheng.core.audit.conflicts import Side, conflict_of
from shangheng.core.audit.models import Row
from shangheng.core.database.edits import EditForm

pytestmark = pytest.mark.django_db


class PlotForm(EditForm):
    """What a person edits."""

    needs_land = forms.NullBooleanField(label="需要供地", required=False)
    jobs = forms.IntegerField(label="用工", required=False)
    ready = forms.BooleanField(label="就绪", required=False)


def sides(sent: str, theirs: dict[str, Any]) -> dict[str, Side]:
    form = PlotForm(QueryDict(sent))
    found = conflict_of(form, {"version": 2} | theirs, acts=Row.objects.all())
    return {side.name: side for side in found.sides}


def test_an_answer_that_is_still_open_is_neither_yes_nor_no() -> None:
    sent = "version=1&needs_land=unknown&initial-needs_land="
    side = sides(sent, {"needs_land": None, "jobs": None, "ready": False})["needs_land"]
    assert (side.before, side.mine, side.theirs) == ("", "", "")
    assert not side.differs


@pytest.mark.parametrize(("theirs", "word"), [(True, "是"), (False, "否")])
def test_their_yes_or_no_is_sent_again_as_it_was(theirs: bool, word: str) -> None:
    sent = "version=1&needs_land=unknown&initial-needs_land="
    side = sides(sent, {"needs_land": theirs, "jobs": None, "ready": False})["needs_land"]
    assert (side.theirs, side.choice) == (word, "theirs")
    assert forms.NullBooleanField().to_python(side.their_values[0]) is theirs


def test_nought_is_a_number_and_not_nothing() -> None:
    sent = "version=1&jobs=5&initial-jobs=5"
    side = sides(sent, {"needs_land": None, "jobs": 0, "ready": False})["jobs"]
    assert (side.theirs, list(side.their_values)) == ("0", ["0"])
