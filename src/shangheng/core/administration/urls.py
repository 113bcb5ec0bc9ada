"""Routes of the lists of people and of the logs."""

from django.urls import path

from shangheng.core.administration import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/sessions/", views.sessions, name="all-sessions"),
    path("audit/", views.operations, name="audit"),
    path("audit/logins/", views.logins, name="logins"),
    path("audit/<int:number>/", views.act, name="audit_row"),
]
