"""Routes of the audit."""

from django.urls import path

from shangheng.core.audit import views

urlpatterns = [
    path("audit/", views.index, name="audit"),
    path("audit/export/", views.export_csv, name="audit_export"),
    path("audit/<int:number>/", views.detail, name="audit_row"),
]
