"""Projects on a board, a column for each stage: how many, how much, and the latest cards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from shangheng import rules
from shangheng.core.accounts.access import scope_of
from shangheng.core.lists.declaring import Asked
from shangheng.desks.investment.models import Project
from shangheng.desks.investment.selectors.files import way_url
from shangheng.engines.cases.domain.workflow import Stage
from shangheng.engines.cases.models import Obstacle, ObstacleState
from shangheng.engines.cases.rulebook import version_now

CARDS = 20  # of a column: more is not looked through, but filtered


@dataclass(frozen=True, slots=True)
class Step:
    """Where a card can be moved: the stage, the name of the step, the page of its gate."""

    stage: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """A project: days in its stage, whether that is long, open obstacles, where it can go."""

    row: Project
    days: int
    stale: bool
    obstacles: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """A stage: how many projects stand there, their money in 亿元 (None: unknown), the latest cards."""

    stage: Stage
    count: int
    amount: Decimal | None
    cards: tuple[Card, ...]

    @property
    def hidden(self) -> int:
        """How many projects have no card."""
        return self.count - len(self.cards)


@dataclass(frozen=True, slots=True)
class Board:
    """The lanes of what was found, and how many projects that is."""

    lanes: list[Lane]
    count: int


def board_of(rows: QuerySet[Project], asked: Asked) -> Board:
    """The board of what was found. Three queries, however many projects."""
    every = rows.order_by().values("case__stage")
    sums = {
        stage: (count, amount)
        for stage, count, amount in every.annotate(
            count=Count("pk"), amount=Sum("agreed_cny")
        ).values_list("case__stage", "count", "amount")
    }
    cards = _cards(rows, asked)
    lanes = [
        Lane(stage, *sums.get(stage.id, (0, None)), tuple(cards.get(stage.id, ())))
        for stage in version_now("investment_project").stages
    ]
    return Board(lanes, sum(count for count, _amount in sums.values()))


def _cards(rows: QuerySet[Project], asked: Asked) -> dict[str, list[Card]]:
    """The cards of each stage, those that came there last first."""
    place = Window(
        RowNumber(), partition_by=F("case__stage"), order_by=[F("case__entered_at").desc(), F("pk")]
    )
    latest = list(rows.order_by().annotate(place=place).filter(place__lte=CARDS))
    latest.sort(key=lambda row: row.place)
    held_up = _obstacles(latest)
    scope = scope_of(asked.actor, "cases.act")
    version = version_now("investment_project")
    found: dict[str, list[Card]] = {}
    for row in latest:
        case = row.matter
        acts = scope.covers(unit_id=case.unit_id, owner_id=case.owner_id)
        steps = tuple(
            Step(way.target, way.name, way_url(row, way.id)) for way in version.leaving(case.stage)
        )
        days = (timezone.now() - case.entered_at) // timedelta(days=1)
        stale = not case.closed and days > rules.load("investment_board.yaml")["stale_days"]
        card = Card(row, days, stale, held_up.get(case.pk, 0), steps if acts else ())
        found.setdefault(case.stage, []).append(card)
    return found


def _obstacles(rows: Iterable[Project]) -> Mapping[int, int]:
    """Open obstacles by case."""
    cases = [row.case_id for row in rows]
    found = Obstacle.objects.filter(case__in=cases).exclude(state=ObstacleState.CLOSED).order_by()
    return dict(found.values("case").annotate(n=Count("pk")).values_list("case", "n"))
