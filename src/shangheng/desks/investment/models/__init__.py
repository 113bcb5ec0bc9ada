"""Tables of the investment desk, where Django looks for them."""

from shangheng.desks.investment.models.disputes import Dispute
from shangheng.desks.investment.models.leads import Lead
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
    "Capital",
    "Counted",
    "Currency",
    "Dispute",
    "Kind",
    "Lead",
    "PriceUnit",
    "Project",
    "Space",
    "SpaceEvent",
    "SpaceKind",
    "SpaceNeed",
    "SpaceState",
    "Status",
]
