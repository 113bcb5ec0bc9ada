"""The routes of every app. Each view declares what it asks of its visitor."""

from django.urls import include, path

urlpatterns = [
    path("", include("shangheng.core.accounts.urls")),
]
