"""Two writers of one text: the second chooses paragraph by paragraph."""

import pytest
from django.test import Client

from shangheng.core.accounts.models import User
from shangheng.core.accounts.tests.people import person
from shangheng.desks.briefing.models import Report
from shangheng.desks.briefing.services import writing
from shangheng.desks.briefing.tests.conftest import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(writer: User) -> User:
    return person("statistics_clerk", unit=writer.unit, display_name="小李")


def test_the_second_writer_chooses_and_nothing_is_lost(
    client: Client, writer: User, other: User, draft: Report
) -> None:
    base = writing.latest(draft)
    theirs = base.text + "\n小李加的一段。\n"
    writing.save_draft(
        actor=other, at=on("2022-01-10"), report=draft, text=theirs, base=base.number
    )
    client.force_login(writer)
    url = f"/briefing/reports/{draft.pk}/edit/"
    mine = "# 概况\n" + base.text.partition("\n")[2]
    sent = {"title": draft.title, "text": mine, "note": "", "base": base.number, "done": "1"}
    late = client.post(url, sent)
    assert late.status_code == 409
    page = late.content.decode()
    assert "小李" in page
    found = late.context["hunks"]
    assert [hunk.offered for hunk in found if not hunk.same] == ["mine", "theirs"]
    choice = {f"hunk-{n}": hunk.offered for n, hunk in enumerate(found) if not hunk.same}
    choice |= {"title": draft.title, "text": mine, "note": "", "merge": "chosen"}
    choice |= {"base": str(base.number + 1), "seen": str(base.number)}
    assert client.post(url, choice).status_code == 302
    text = writing.latest(draft).text
    assert text.startswith("# 概况")
    assert "小李加的一段。" in text
