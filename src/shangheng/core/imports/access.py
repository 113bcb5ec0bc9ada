"""The one door to a table that is imported into, and to a batch."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from shangheng.core.accounts.access import allows, scope_of
from shangheng.core.accounts.models import User
from shangheng.core.imports import registry
from shangheng.core.imports.models import Batch
from shangheng.core.imports.registry import Table


def access_table(*, actor: User, code: str) -> Table:
    """The table, for whoever may import into it; Http404 or PermissionDenied otherwise."""
    try:
        table = registry.table(code)
    except KeyError:
        raise Http404 from None
    if not allows(actor, table.permission):
        raise PermissionDenied
    return table


def batches_for(actor: User, table: Table) -> QuerySet[Batch]:
    """The batches of a table that `actor` may see: own ones, and those within their reach."""
    scope = scope_of(actor, table.permission)
    if not allows(actor, table.permission):
        return Batch.objects.none()
    rows = Batch.objects.filter(table=table.code).select_related("created_by", "undone_by")
    return scope.filter(rows, unit="unit", owner="created_by") | rows.filter(created_by=actor)


def access_batch(*, actor: User, table: Table, pk: int) -> Batch:
    """The batch, when it is within reach; Http404 otherwise."""
    return get_object_or_404(batches_for(actor, table), pk=pk)
