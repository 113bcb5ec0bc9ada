"""Routes of the Excel import."""

from django.urls import path
from django.urls.resolvers import URLPattern

from shangheng.desks.targets.views import imports

urlpatterns: list[URLPattern] = [
    path("targets/import/", imports.posting_import, name="posting-import"),
    path("targets/import/template.xlsx", imports.import_template, name="posting-import-template"),
    path("targets/import/preview/", imports.import_preview, name="posting-import-preview"),
    path("targets/import/marked.xlsx", imports.import_marked, name="posting-import-marked"),
]
