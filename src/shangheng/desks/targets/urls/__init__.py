"""Routes of the targets desk."""

from django.urls.resolvers import URLPattern

from shangheng.desks.targets.urls import (
    documents,
    imports,
    overview,
    postings,
    recognition,
    sheets,
)

urlpatterns: list[URLPattern] = [
    *overview.urlpatterns,
    *postings.urlpatterns,
    *imports.urlpatterns,
    *recognition.urlpatterns,
    *documents.urlpatterns,
    *sheets.urlpatterns,
]
