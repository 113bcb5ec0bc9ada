"""Routes of the tables that every bureau fills first: its people and its units."""

from django.urls.resolvers import URLPattern

from shangheng.core.imports.urls import import_pages

urlpatterns: list[URLPattern] = [
    *import_pages(
        code="people", permission="accounts.manage", at="people/import/", name="person-import"
    ),
    *import_pages(
        code="units", permission="accounts.manage", at="units/import/", name="unit-import"
    ),
]
