"""Routes of the Excel imports, which are the kit's."""

from django.urls.resolvers import URLPattern

from shangheng.core.imports.urls import import_pages

urlpatterns: list[URLPattern] = [
    *import_pages(
        code="postings", permission="targets.import", at="targets/import/", name="posting-import"
    ),
    *import_pages(
        code="targets",
        permission="targets.propose",
        at="targets/sheets/import/",
        name="target-import",
    ),
]
