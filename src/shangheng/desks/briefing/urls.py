"""Routes of the briefing desk."""

from django.urls import path
from django.urls.resolvers import URLPattern

from shangheng.desks.briefing.views import (
    approving,
    claims,
    claims_files,
    editing,
    files,
    reports,
)

urlpatterns: list[URLPattern] = [
    path("reports/", reports.report_list, name="reports"),
    path("reports/new/", reports.report_new, name="report-new"),
    path("markup/", reports.report_markup, name="report-markup"),
    path("reports/<int:pk>/", reports.report_page, name="report"),
    path("reports/<int:pk>/edit/", editing.report_edit, name="report-edit"),
    path("reports/<int:pk>/build/", editing.report_build, name="report-build"),
    path("reports/<int:pk>/revise/", editing.report_revise, name="report-revise"),
    path("reports/<int:pk>/findings/", approving.report_findings, name="report-findings"),
    path("reports/<int:pk>/versions/", reports.report_versions, name="report-versions"),
    path("reports/<int:pk>/restated/", reports.report_restated, name="report-restated"),
    path("reports/<int:pk>/claims/", claims.report_claims, name="report-claims"),
    path("reports/<int:pk>/check/", approving.report_check, name="report-check"),
    path("reports/<int:pk>/return/", approving.report_return, name="report-return"),
    path("reports/<int:pk>/sign/", approving.report_sign, name="report-sign"),
    path("reports/<int:pk>/issue/", approving.report_issue, name="report-issue"),
    path("reports/<int:pk>/undo/", approving.report_undo, name="report-undo"),
    path("reports/<int:pk>/withdraw/", approving.report_withdraw, name="report-withdraw"),
    path("reports/<int:pk>/report.docx", files.report_word, name="report-word"),
    path("reports/<int:pk>/report.pdf", files.report_pdf, name="report-pdf"),
    path("reports/<int:pk>/report.txt", files.report_text, name="report-text"),
    path("claims/", claims.claims_list, name="claims"),
    path("claims/new/", claims.claims_new, name="claims-new"),
    path("claims/<int:pk>/", claims.claims_audit, name="claims-audit"),
    path("claims/<int:pk>/decide/", claims.claims_decide, name="claims-decide"),
    path("claims/<int:pk>/audit.docx", claims_files.claims_word, name="claims-word"),
    path("claims/<int:pk>/audit.xlsx", claims_files.claims_excel, name="claims-excel"),
    path("claims/<int:pk>/audit.json", claims_files.claims_json, name="claims-json"),
]
