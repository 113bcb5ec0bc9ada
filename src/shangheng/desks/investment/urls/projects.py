"""Projects, their cases and the forecast."""

from django.urls import path

from shangheng.core.imports.urls import import_pages
from shangheng.desks.investment.views import forecast, moving_many, projects
from shangheng.desks.investment.views.acts import act_paths
from shangheng.desks.investment.views.flow import flow_path
from shangheng.desks.investment.views.moving import move_path

urlpatterns = [
    path("projects/", projects.project_list, name="projects"),
    path("projects/board/", projects.project_board, name="project-board"),
    path("projects/calendar/", projects.project_diary, name="project-diary"),
    path("projects/progress/", projects.project_progress, name="project-progress"),
    path("projects/pick/", projects.project_pick, name="project-pick"),
    path("projects/map/", projects.project_map, name="project-map"),
    path("projects/move/", moving_many.projects_move, name="projects-move"),
    path("projects/new/", projects.project_new, name="project-new"),
    path("projects/<int:pk>/", projects.project_page, name="project"),
    path("projects/<int:pk>/edit/", projects.project_edit, name="project-edit"),
    path("projects/<int:pk>/status/", projects.project_status, name="project-status"),
    *import_pages(
        code="investment_projects",
        permission="investment.edit",
        at="projects/import/",
        name="project-import",
    ),
    *import_pages(
        code="investment_milestones",
        permission="cases.act",
        at="milestones/import/",
        name="milestone-import",
    ),
    flow_path("project"),
    move_path("project"),
    *act_paths("project"),
    path("forecast/", forecast.landing_forecast, name="landing-forecast"),
    path("forecast/order/", forecast.forecast_order, name="landing-forecast-order"),
]
