"""Routes of the jobs."""

from django.urls import path
from django.urls.resolvers import URLPattern

from shangheng.core.jobs import views

urlpatterns: list[URLPattern] = [
    path("", views.index, name="jobs"),
    path("all/", views.everybody, name="jobs-all"),
    path("schedules/", views.schedule_list, name="job-schedules"),
    path("schedules/<str:code>/run/", views.schedule_run, name="job-schedule-run"),
    path("<int:pk>/", views.detail, name="job"),
    path("<int:pk>/cancel/", views.cancel, name="job-cancel"),
    path("<int:pk>/retry/", views.retry, name="job-retry"),
    path("<int:pk>/files/<int:file>/", views.artefact, name="job-file"),
]
