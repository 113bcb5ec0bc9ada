"""Tables of the investment desk, where Django looks for them."""

from shangheng.desks.investment.models.chains import (
    Chain,
    ChainNode,
    Placement,
    Position,
    Target,
    Tier,
)
from shangheng.desks.investment.models.commitments import (
    Commitment,
    Progress,
    PromiseKind,
    PromiseUnit,
)
from shangheng.desks.investment.models.credit import Effort, EffortKind, Role, Ruling, Share
from shangheng.desks.investment.models.disputes import Dispute
from shangheng.desks.investment.models.events import (
    Event,
    EventKind,
    EventProject,
    Outcome,
    Stands,
)
from shangheng.desks.investment.models.forecast import Forecast, Outlook
from shangheng.desks.investment.models.goals import GoalClaim
from shangheng.desks.investment.models.leads import Lead
from shangheng.desks.investment.models.money import Arrival, Batch, BatchItem, Outflow
from shangheng.desks.investment.models.projects import (
    Capital,
    Counted,
    Currency,
    Kind,
    Project,
    Status,
)
from shangheng.desks.investment.models.spaces import (
    PriceUnit,
    Space,
    SpaceEvent,
    SpaceKind,
    SpaceNeed,
    SpaceState,
)

__all__ = [
    "Arrival",
    "Batch",
    "BatchItem",
    "Capital",
    "Chain",
    "ChainNode",
    "Commitment",
    "Counted",
    "Currency",
    "Dispute",
    "Effort",
    "EffortKind",
    "Event",
    "EventKind",
    "EventProject",
    "Forecast",
    "GoalClaim",
    "Kind",
    "Lead",
    "Outcome",
    "Outflow",
    "Outlook",
    "Placement",
    "Position",
    "PriceUnit",
    "Progress",
    "Project",
    "PromiseKind",
    "PromiseUnit",
    "Role",
    "Ruling",
    "Share",
    "Space",
    "SpaceEvent",
    "SpaceKind",
    "SpaceNeed",
    "SpaceState",
    "Stands",
    "Status",
    "Target",
    "Tier",
]
