"""Routes of the cockpit, indicators and figures."""

from django.urls import path
from django.urls.resolvers import URLPattern

from shangheng.desks.targets.views import figures, overview

urlpatterns: list[URLPattern] = [
    path("", overview.home, name="home"),
    path("targets/", overview.show_cockpit, name="cockpit"),
    path("targets/wall/", overview.wall, name="wall"),
    path("targets/indicators/<str:code>/", overview.show_indicator, name="indicator"),
    path("figures/<path:reference>", figures.show_figure, name="figure"),
]
