"""The workflow of a lead or project as a graph, with what each step asks for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from shangheng.core.accounts.access import permission_required, person_of
from shangheng.desks.investment.views.acts import KINDS
from shangheng.engines.cases.domain import graph
from shangheng.engines.cases.selectors.cases import workflow_of
from shangheng.engines.cases.selectors.wording import asks


def flow_path(kind: str) -> URLPattern:
    """The address of the graph of every lead or project."""

    @permission_required("investment.view")
    @require_safe
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row = KINDS[kind](actor=person_of(request), pk=pk)
        workflow, version = workflow_of(row.matter)

        def gates(stage: str) -> list[list[str]]:
            return [asks(workflow, way) for way in version.leaving(stage)]

        stages = [
            (told, stage, list(zip(told.onward, gates(stage.id), strict=True)))
            for told, stage in zip(graph.table(version), version.stages, strict=True)
        ]
        drawn = graph.svg(workflow.name, version, row.matter.stage)
        context = {
            "row": row,
            "page": kind,
            "workflow": workflow,
            "version": version,
            "stages": stages,
            "drawing": mark_safe(drawn),  # noqa: S308 - each part is escaped
        }
        return render(request, "investment/flow.html", context)

    return path(f"{kind}s/<int:pk>/flow/", view, name=f"{kind}-flow")
