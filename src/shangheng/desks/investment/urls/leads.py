"""Leads, and the meetings that decide on obstacles."""

from django.urls import path

from shangheng.desks.investment.views import claiming, leads, meetings, reminders
from shangheng.desks.investment.views.acts import act_paths
from shangheng.desks.investment.views.flow import flow_path
from shangheng.desks.investment.views.moving import move_path

urlpatterns = [
    path("leads/", leads.lead_list, name="leads"),
    path("leads/new/", leads.lead_new, name="lead-new"),
    path("leads/<int:pk>/", leads.lead_page, name="lead"),
    path("leads/<int:pk>/edit/", leads.lead_edit, name="lead-edit"),
    path("leads/harvest/", claiming.lead_harvest, name="lead-harvest"),
    path("leads/<int:pk>/claim/", claiming.lead_claim, name="lead-claim"),
    path("leads/<int:pk>/release/", claiming.lead_release, name="lead-release"),
    path("leads/<int:pk>/duplicates/", claiming.lead_duplicates, name="lead-duplicates"),
    path("leads/<int:pk>/dispute/", claiming.lead_dispute, name="lead-dispute"),
    path("leads/<int:pk>/rule/<int:of>/", claiming.lead_rule, name="lead-rule"),
    path("leads/<int:pk>/convert/", claiming.lead_convert, name="lead-convert"),
    path("similar/", claiming.similar_names, name="similar-names"),
    flow_path("lead"),
    move_path("lead"),
    *act_paths("lead"),
    path("due/", reminders.reminder_list, name="reminders"),
    path("meetings/", meetings.meeting_list, name="meetings"),
    path("meetings/new/", meetings.meeting_new, name="meeting-new"),
    path("meetings/<int:pk>/", meetings.meeting_page, name="meeting"),
    path("meetings/<int:pk>/agenda/", meetings.meeting_agenda, name="meeting-agenda"),
    path("meetings/<int:pk>/paper/", meetings.meeting_paper, name="meeting-paper"),
    path("meetings/<int:pk>/paper.<slug:kind>", meetings.meeting_file, name="meeting-file"),
    path("obstacles/", meetings.obstacle_list, name="obstacles"),
    path("meetings/<int:pk>/close/", meetings.meeting_close, name="meeting-close"),
]
