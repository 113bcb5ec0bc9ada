"""Tables of the case engine, where Django looks for them."""

from shangheng.engines.cases.models.cases import (
    Case,
    Comment,
    Exhibit,
    Mention,
    Milestone,
    Override,
    Pause,
    Signing,
    Step,
    Task,
    Verification,
    Watcher,
)
from shangheng.engines.cases.models.meetings import (
    AgendaItem,
    Meeting,
    Obstacle,
    ObstacleKind,
    ObstacleState,
)

__all__ = [
    "AgendaItem",
    "Case",
    "Comment",
    "Exhibit",
    "Meeting",
    "Mention",
    "Milestone",
    "Obstacle",
    "ObstacleKind",
    "ObstacleState",
    "Override",
    "Pause",
    "Signing",
    "Step",
    "Task",
    "Verification",
    "Watcher",
]
