"""The addresses of the desk, below `investment/`."""

from django.urls.resolvers import URLPattern

from shangheng.desks.investment.urls import credit, leads, money, projects, spaces

urlpatterns: list[URLPattern] = [
    *projects.urlpatterns,
    *leads.urlpatterns,
    *spaces.urlpatterns,
    *money.urlpatterns,
    *credit.urlpatterns,
]
