"""What a file of projects may hold twice: projects of the same name, investors nearly of the same."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched

from django.utils.translation import gettext as _

from shangheng.desks.investment.models import Project, Status
from shangheng.engines.registry.matching_many import nearly_each_other, nearly_registered

CHUNK = 5_000


def projects_called(names: Iterable[str]) -> Iterator[tuple[str, int | None, int]]:
    """The projects of these very names that were not withdrawn: name, investor, key; the oldest last."""
    rows = Project.objects.exclude(status=Status.WITHDRAWN).order_by("-pk")
    for some in batched(sorted(set(names)), CHUNK):
        yield from rows.filter(name__in=some).values_list("name", "investor", "pk")


def remarks_on(names: Sequence[str], investors: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """What to look at before projects are taken in: the place of the row, its column, why.

    `investors` are those that the registry does not know; "" for the others.
    """
    unknown = [name for name in dict.fromkeys(investors) if name]
    registered, others = nearly_registered(unknown), nearly_each_other(unknown)
    taken = {name: pk for name, _investor, pk in projects_called(names)}
    for index, (name, investor) in enumerate(zip(names, investors, strict=True)):
        if name in taken:
            told = {"name": name, "pk": taken[name]}
            yield index, "name", _("已有同名的项目#%(pk)d，投资方不同。") % told
        if investor in registered:
            near = {"name": registered[investor].name, "score": round(registered[investor].score)}
            yield index, "investor", _("与名录里的“%(name)s”相近，相似度%(score)d。") % near
        elif investor in others:
            near = {"name": others[investor].name, "score": round(others[investor].score)}
            yield index, "investor", _("与文件里的“%(name)s”相近，相似度%(score)d。") % near
