"""A report, its findings and its waivers are Chinese, in whatever language somebody works."""

from django.utils.translation import override

from shangheng.core.accounts.models import User
from shangheng.desks.briefing.selectors.building import build
from shangheng.desks.briefing.services import writing
from shangheng.desks.briefing.tests.conftest import Post, on, write

TEXT = "跟踪签约项目{{investment.projects_tracked}}，增长点{{foreign.fdi|value}}，共12项。\n"


def test_what_is_found_does_not_depend_on_who_looks(writer: User, record: Post) -> None:
    record("investment.projects_tracked", "67", "2021-12-31", "2022-01-04", voucher=False)
    report = write(writer, TEXT)
    brief = writing.brief_of(report, report.drafts.get(number=2))
    chinese = build(brief, known_at=on("2022-01-10"))
    with override("en"):
        english = build(brief, known_at=on("2022-01-10"))
    assert {f.kind for f in chinese.findings} >= {"missing", "unbound", "unevidenced"}
    assert [f.digest for f in english.findings] == [f.digest for f in chinese.findings]
    assert chinese.edition is not None
    assert english.edition is not None
    assert english.edition.document() == chinese.edition.document()
