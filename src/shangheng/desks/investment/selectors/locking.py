"""What verified milestones have fixed."""

from shangheng.desks.investment.models import Project
from shangheng.engines.cases.models import Verification
from shangheng.engines.cases.selectors.cases import workflow_of

FIXED_WITH = {"agreed_investment": ("rate", "rate_on")}
"""Fields that a gate does not name, though they say what one that it names is worth."""


def locked_fields(row: Project) -> dict[str, str]:
    """The fields that cannot be changed, by the name of the stage whose verification fixed them."""
    _workflow, version = workflow_of(row.matter)
    verified = Verification.objects.filter(
        milestone__case=row.matter, milestone__n=1, milestone__reversal=None
    ).values_list("milestone__stage", flat=True)
    locked: dict[str, str] = {}
    for stage in verified:
        for way in version.transitions:
            if way.target == stage:
                for need in way.fields:
                    for name in (need.field, *FIXED_WITH.get(need.field, ())):
                        locked.setdefault(name, version.stage(stage).name)
    return locked
