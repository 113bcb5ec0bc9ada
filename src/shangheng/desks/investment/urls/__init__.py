"""The addresses of the desk, below `investment/`."""

from django.urls.resolvers import URLPattern

from shangheng.desks.investment.urls import (
    chains,
    credit,
    leads,
    money,
    organisations,
    projects,
    spaces,
)

urlpatterns: list[URLPattern] = [
    *projects.urlpatterns,
    *leads.urlpatterns,
    *chains.urlpatterns,
    *spaces.urlpatterns,
    *money.urlpatterns,
    *credit.urlpatterns,
    *organisations.urlpatterns,
]
