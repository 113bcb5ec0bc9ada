"""Reading events with what came of them."""

from django.db.models import Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from shangheng.core.accounts.access import scope_of
from shangheng.core.accounts.models import User
from shangheng.desks.investment.models import Event, EventProject, Outcome, Stands


def events_for(actor: User) -> QuerySet[Event]:
    """The events that somebody may see, each with what it came to."""
    rows = Event.objects.select_related("unit", "entered_by")
    reached = scope_of(actor, "investment.view").filter(rows, owner="entered_by")
    return with_results(reached)


def with_results(rows: QuerySet[Event]) -> QuerySet[Event]:
    """With `projects`, `signed`, `agreed` (亿元), `applied` and `allotted` stands."""
    results = EventProject.objects.filter(event=OuterRef("pk")).order_by().values("event")
    stands = Stands.objects.filter(event=OuterRef("pk")).order_by().values("event")
    signed = Q(outcome=Outcome.SIGNED)
    return rows.annotate(
        projects=Coalesce(Subquery(results.annotate(n=Count("pk")).values("n")), 0),
        signed=Coalesce(Subquery(results.annotate(n=Count("pk", filter=signed)).values("n")), 0),
        agreed=Subquery(
            results.annotate(n=Sum("project__agreed_cny", filter=signed)).values("n"),
            output_field=DecimalField(max_digits=20, decimal_places=6),
        ),
        applied=Coalesce(Subquery(stands.annotate(n=Sum("applied")).values("n")), 0),
        allotted=Coalesce(Subquery(stands.annotate(n=Sum("allotted")).values("n")), 0),
    )
