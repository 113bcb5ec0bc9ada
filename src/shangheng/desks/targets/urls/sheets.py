"""Routes of target sheets."""

from django.urls import path
from django.urls.resolvers import URLPattern

from shangheng.desks.targets.views import sheet_expected, sheet_points, sheet_targets, sheets

SHEET = "targets/sheets/<int:pk>/"
INDICATOR = SHEET + "indicators/<str:code>/"
POINT = SHEET + "points/<int:point>/"

urlpatterns: list[URLPattern] = [
    path("targets/sheets/", sheets.sheet_list, name="sheets"),
    path("targets/sheets/new/", sheets.sheet_new, name="sheet-new"),
    path(SHEET, sheets.show_sheet, name="sheet"),
    path(SHEET + "sign/", sheets.sheet_sign, name="sheet-sign"),
    path(SHEET + "export.<str:form>", sheets.sheet_export, name="sheet-export"),
    path(INDICATOR, sheet_targets.sheet_tiers, name="sheet-tiers"),
    path(INDICATOR + "units/", sheet_targets.sheet_units, name="sheet-units"),
    path(INDICATOR + "plan/<str:tier>/", sheet_targets.sheet_plan, name="sheet-plan"),
    path(INDICATOR + "recompute/", sheets.sheet_recompute, name="sheet-recompute"),
    path(INDICATOR + "what-if/", sheet_points.sheet_what_if, name="sheet-what-if"),
    path(INDICATOR + "points/new/", sheet_points.point_new, name="sheet-point-new"),
    path(INDICATOR + "expected/", sheet_expected.sheet_expected, name="sheet-expected"),
    path(POINT, sheet_points.point_edit, name="sheet-point"),
    path(POINT + "remove/", sheet_points.point_remove, name="sheet-point-remove"),
]
