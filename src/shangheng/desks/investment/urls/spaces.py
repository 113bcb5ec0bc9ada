"""Spaces, and which of them suit a project."""

from django.urls import path

from shangheng.core.imports.urls import import_pages
from shangheng.desks.investment.views import matching, spaces

urlpatterns = [
    path("projects/<int:pk>/spaces/", matching.project_spaces, name="project-spaces"),
    path("projects/<int:pk>/spaces/need/", matching.project_need, name="project-need"),
    path("projects/<int:pk>/spaces/<int:space>/", matching.project_reserve, name="project-reserve"),
    path("spaces/", spaces.space_list, name="spaces"),
    path("spaces/map/", spaces.space_map, name="space-map"),
    path("spaces/new/", spaces.space_new, name="space-new"),
    path("spaces/<int:pk>/", spaces.space_page, name="space"),
    path("spaces/<int:pk>/edit/", spaces.space_edit, name="space-edit"),
    path("spaces/<int:pk>/state/", spaces.space_state, name="space-state"),
    path("spaces/<int:pk>/undo/", spaces.space_undo, name="space-undo"),
    *import_pages(
        code="spaces", permission="investment.edit", at="spaces/import/", name="space-import"
    ),
]
