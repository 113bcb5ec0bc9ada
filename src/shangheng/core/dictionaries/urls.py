"""Routes of the dictionaries."""

from django.urls import path

from shangheng.core.dictionaries import views
from shangheng.core.dictionaries.importing import TABLE
from shangheng.core.imports.urls import import_pages

urlpatterns = [
    path("dictionaries/", views.index, name="dictionaries"),
    path("dictionaries/values.xlsx", views.excel, name="dictionaries-excel"),
    *import_pages(
        code=TABLE.code, permission=TABLE.permission, at="dictionaries/import/", name=TABLE.url_name
    ),
    path("dictionaries/<slug:code>/", views.show, name="dictionary"),
    path("dictionaries/<slug:code>/new/", views.new, name="dictionary-new"),
    path("dictionaries/<slug:code>/values/<slug:key>/", views.edit, name="dictionary-value"),
]
