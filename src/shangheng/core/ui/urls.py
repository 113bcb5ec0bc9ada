"""Routes of the UI kit: the search over everything and the living style page."""

from django.urls import path
from django.urls.resolvers import URLPattern

from shangheng.core.ui import views

urlpatterns: list[URLPattern] = [
    path("search/", views.search_page, name="search"),
    path("ui/", views.style_page, name="ui"),
]
