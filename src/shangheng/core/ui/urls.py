"""Routes of the UI kit: its living style page."""

from django.urls import path
from django.urls.resolvers import URLPattern

from shangheng.core.ui import views

urlpatterns: list[URLPattern] = [
    path("ui/", views.style_page, name="ui"),
]
