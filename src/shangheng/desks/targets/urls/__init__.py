"""Routes of the targets desk."""

from django.urls.resolvers import URLPattern

from shangheng.desks.targets.urls import overview

urlpatterns: list[URLPattern] = [*overview.urlpatterns]
