"""The addresses of the desk, below `investment/`."""

from django.urls import path

from shangheng.core.imports.urls import import_pages
from shangheng.desks.investment.money_urls import urlpatterns as of_money
from shangheng.desks.investment.views import (
    claiming,
    forecast,
    leads,
    matching,
    meetings,
    projects,
    spaces,
)
from shangheng.desks.investment.views.acts import act_paths
from shangheng.desks.investment.views.moving import move_path

urlpatterns = [
    path("projects/", projects.project_list, name="projects"),
    path("projects/board/", projects.project_board, name="project-board"),
    path("projects/calendar/", projects.project_diary, name="project-diary"),
    path("projects/new/", projects.project_new, name="project-new"),
    path("projects/<int:pk>/", projects.project_page, name="project"),
    path("projects/<int:pk>/edit/", projects.project_edit, name="project-edit"),
    path("projects/<int:pk>/status/", projects.project_status, name="project-status"),
    move_path("project"),
    *act_paths("project"),
    path("leads/", leads.lead_list, name="leads"),
    path("leads/new/", leads.lead_new, name="lead-new"),
    path("leads/<int:pk>/", leads.lead_page, name="lead"),
    path("leads/<int:pk>/edit/", leads.lead_edit, name="lead-edit"),
    path("projects/<int:pk>/spaces/", matching.project_spaces, name="project-spaces"),
    path("projects/<int:pk>/spaces/need/", matching.project_need, name="project-need"),
    path("projects/<int:pk>/spaces/<int:space>/", matching.project_reserve, name="project-reserve"),
    path("forecast/", forecast.landing_forecast, name="landing-forecast"),
    path("spaces/", spaces.space_list, name="spaces"),
    path("spaces/new/", spaces.space_new, name="space-new"),
    path("spaces/<int:pk>/", spaces.space_page, name="space"),
    path("spaces/<int:pk>/edit/", spaces.space_edit, name="space-edit"),
    path("spaces/<int:pk>/state/", spaces.space_state, name="space-state"),
    path("spaces/<int:pk>/undo/", spaces.space_undo, name="space-undo"),
    *import_pages(
        code="spaces", permission="investment.edit", at="spaces/import/", name="space-import"
    ),
    path("leads/harvest/", claiming.lead_harvest, name="lead-harvest"),
    path("leads/<int:pk>/claim/", claiming.lead_claim, name="lead-claim"),
    path("leads/<int:pk>/release/", claiming.lead_release, name="lead-release"),
    path("leads/<int:pk>/duplicates/", claiming.lead_duplicates, name="lead-duplicates"),
    path("leads/<int:pk>/dispute/", claiming.lead_dispute, name="lead-dispute"),
    path("leads/<int:pk>/rule/<int:of>/", claiming.lead_rule, name="lead-rule"),
    path("leads/<int:pk>/convert/", claiming.lead_convert, name="lead-convert"),
    path("meetings/", meetings.meeting_list, name="meetings"),
    path("meetings/new/", meetings.meeting_new, name="meeting-new"),
    path("meetings/<int:pk>/", meetings.meeting_page, name="meeting"),
    path("meetings/<int:pk>/close/", meetings.meeting_close, name="meeting-close"),
    path("similar/", claiming.similar_names, name="similar-names"),
    move_path("lead"),
    *act_paths("lead"),
    *of_money,
]
