"""The addresses of the desk, below `investment/`."""

from django.urls import path

from shangheng.desks.investment.views import leads, projects

urlpatterns = [
    path("projects/", projects.project_list, name="projects"),
    path("projects/new/", projects.project_new, name="project-new"),
    path("projects/<int:pk>/", projects.project_page, name="project"),
    path("projects/<int:pk>/edit/", projects.project_edit, name="project-edit"),
    path("projects/<int:pk>/status/", projects.project_status, name="project-status"),
    path("leads/", leads.lead_list, name="leads"),
    path("leads/new/", leads.lead_new, name="lead-new"),
    path("leads/<int:pk>/", leads.lead_page, name="lead"),
    path("leads/<int:pk>/edit/", leads.lead_edit, name="lead-edit"),
]
