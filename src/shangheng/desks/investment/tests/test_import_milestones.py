from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from shangheng.core.accounts.models import User
from shangheng.core.imports.held import Upload
from shangheng.core.imports.models import Batch
from shangheng.core.imports.registry import CannotUndo
from shangheng.core.imports.services.commit import ImportRefused, commit
from shangheng.core.imports.services.preview import Preview, preview
from shangheng.core.imports.services.undo import undo
from shangheng.core.notices.models import Event
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.services.import_milestones import TABLE
from shangheng.desks.investment.tests import office
from shangheng.desks.investment.tests.office import browser
from shangheng.engines.cases.models import Verification
from shangheng.engines.cases.services.milestones import standing
from shangheng.engines.ledger.models import Posting

HEAD = "项目编号,里程碑,发生日期,说明\n"


def look(actor: User, text: str) -> Preview:
    upload = Upload("里程碑.csv", (HEAD + text).encode())
    return preview(actor=actor, at=timezone.now(), table=TABLE, upload=upload)


def take_in(actor: User, text: str) -> Batch:
    upload = Upload("里程碑.csv", (HEAD + text).encode())
    return commit(actor=actor, at=timezone.now(), table=TABLE, upload=upload)


def take_back(actor: User, batch: Batch) -> None:
    undo(actor=actor, at=timezone.now(), table=TABLE, batch=batch, reason="传错了")


def live() -> dict[str, tuple[int, date]]:
    rows = Posting.objects.filter(reverses=None, reversal=None)
    return {
        code: (amount, day)
        for code, amount, day in rows.values_list(
            "series__indicator__code", "amount", "occurred_on"
        )
    }


@pytest.fixture
def priced(owner: User) -> Project:
    return office.project(owner, "康佳半导体基地", agreed_investment=Decimal(65))


def test_imported_milestones_post_to_the_ledger_as_those_of_the_page(
    owner: User, priced: Project
) -> None:
    text = f"{priced.pk},签约,2021-10-08,补记\n{priced.pk},注册,2021-11-02,\n"
    take_in(owner, text)
    held = dict(standing(priced.matter).values_list("stage", "occurred_on"))
    assert (held["signed"], held["registered"]) == (date(2021, 10, 8), date(2021, 11, 2))
    posted = live()
    assert posted["investment.projects_signed"] == (1, date(2021, 10, 8))
    assert posted["investment.agreed_amount"][1] == date(2021, 10, 8)
    assert posted["investment.projects_registered"] == (1, date(2021, 11, 2))
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"project.signed", "project.registered"} <= kinds


def test_a_batch_is_reversed_with_its_postings(owner: User, priced: Project) -> None:
    batch = take_in(owner, f"{priced.pk},签约,2021-10-08,\n")
    take_back(owner, batch)
    assert live() == {}
    assert "signed" not in set(standing(priced.matter).values_list("stage", flat=True))


def test_a_verified_milestone_is_not_reversed_with_its_batch(
    owner: User, head: User, priced: Project
) -> None:
    batch = take_in(owner, f"{priced.pk},签约,2021-10-08,\n")
    row = standing(priced.matter).get(stage="signed")
    Verification.objects.create(milestone=row, verifier=head, at=timezone.now(), facts={})
    with pytest.raises(CannotUndo, match="已经核实"):
        take_back(owner, batch)
    assert live()


def test_what_is_recorded_already_is_left_out_and_another_day_is_an_error(
    owner: User, priced: Project
) -> None:
    take_in(owner, f"{priced.pk},签约,2021-10-08,\n")
    again = look(owner, f"{priced.pk},签约,2021-10-08,\n{priced.pk},注册,2021-11-02,\n")
    assert (again.ok, again.new, again.repeated) == (True, 1, 1)
    [error] = look(owner, f"{priced.pk},签约,2021-10-09,\n").errors
    assert (error.row, error.title) == (2, "发生日期")
    assert "2021-10-08" in error.message


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ("999999,签约,2021-10-08,", "项目编号"),
        ("{pk},做梦,2021-10-08,", "里程碑"),
        ("{pk},签约,2199-10-08,", "发生日期"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column_and_nothing_comes_in(
    owner: User, priced: Project, row: str, title: str
) -> None:
    text = f"{priced.pk},注册,2021-11-02,\n" + row.format(pk=priced.pk) + "\n"
    [error] = look(owner, text).errors
    assert (error.row, error.title) == (3, title)
    with pytest.raises(ImportRefused):
        take_in(owner, text)
    assert live() == {}


def test_nobody_records_milestones_of_projects_out_of_reach(
    stranger: User, priced: Project
) -> None:
    [error] = look(stranger, f"{priced.pk},签约,2021-10-08,\n").errors
    assert "不在您的查看范围内" in error.message


def test_the_template_is_offered(owner: User) -> None:
    assert browser(owner).get(reverse("milestone-import-template")).status_code == 200
