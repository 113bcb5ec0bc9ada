"""What the lists of the desk share: stages of a workflow, units, industries."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shangheng.core.lists.choosing import among
from shangheng.core.lists.declaring import Asked, Choice, Filter
from shangheng.core.lists.narrowing import Narrow
from shangheng.desks.investment.selectors.places import placed, within
from shangheng.engines.cases import rulebook
from shangheng.engines.registry.industries import sections
from shangheng.methods.wording import named


def stage_choices(workflow: str) -> list[Choice]:
    """The stages in their order."""
    return [(stage.id, stage.name) for stage in rulebook.version_now(workflow).stages]


def at_stage_of(workflow: str) -> Narrow:
    """Those at a stage of a workflow, which the index of cases has by workflow and stage."""
    return lambda rows, stage, _asked: rows.filter(case__workflow=workflow, case__stage=stage)


def section_choices(_asked: Asked) -> list[Choice]:
    """The sections of GB/T 4754."""
    return [(letter, named(row["zh"], row["en"])) for letter, row in sections().items()]


def in_section(rows: QuerySet[Any], value: str, _asked: Asked) -> QuerySet[Any]:
    """Those of an industry."""
    return rows.filter(industry__startswith=value)


PLACE_FILTERS: tuple[Filter[Any], ...] = (
    Filter("placed", _("坐标"), placed, among(("yes", _("有坐标")), ("no", _("没有坐标")))),
    Filter("box", _("地图范围"), within, kind="hidden", hint=_("图上选定")),
)
"""What has a place, and where it lies: the window of the map, which a list and a saved view keep."""
