"""Routes of vouchers."""

from django.urls import path
from django.urls.resolvers import URLPattern

from shangheng.desks.targets.views import documents

urlpatterns: list[URLPattern] = [
    path("documents/", documents.document_list, name="documents"),
    path("documents/<int:pk>/", documents.document_page, name="document"),
    path("documents/<int:pk>/download", documents.document_download, name="document-download"),
    path(
        "documents/<int:pk>/pages/<int:number>.png",
        documents.document_picture,
        name="document-page",
    ),
]
