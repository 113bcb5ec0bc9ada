"""Routes of people, units and rights."""

from django.urls import path

from shangheng.core.accounts.views import (
    entry,
    handover,
    people,
    reorganising,
    rights,
    sessions,
    units,
    why,
)

urlpatterns = [
    path("logout/", entry.log_out, name="logout"),
    path("password/", entry.password, name="password"),
    path("language/", entry.language, name="language"),
    path("people/new/", people.new_person, name="person_new"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.edit_person, name="person_edit"),
    path("people/<int:pk>/password/", people.reset_password, name="person_password"),
    path("people/<int:pk>/unlock/", people.unlock, name="person_unlock"),
    path("people/<int:pk>/active/", people.activate, name="person_active"),
    path("people/<int:pk>/grants/", people.add_grant, name="grant_add"),
    path("grants/<int:pk>/revoke/", people.remove_grant, name="grant_remove"),
    path("units/", units.units, name="units"),
    path("units/new/", units.new_unit, name="unit_new"),
    path("units/<int:pk>/edit/", units.edit_unit, name="unit_edit"),
    path("units/units.xlsx", units.units_excel, name="units_excel"),
    path("units/<int:pk>/", units.unit, name="unit"),
    *(
        path(f"units/<int:pk>/{act}/", reorganising.reorganise, {"act": act}, name=f"unit_{act}")
        for act in reorganising.ACTS
    ),
    path("units/changes/<int:pk>/undo/", reorganising.undo, name="unit_undo"),
    path("people/<int:pk>/sessions/end/", sessions.end_all, name="person_sessions_end"),
    path("people/<int:pk>/leave/", handover.leave, name="person_leave"),
    path("handovers/", handover.handovers, name="handovers"),
    path("handovers/<int:pk>/", handover.handover, name="handover"),
    path("handovers/<int:pk>/undo/", handover.undo, name="handover_undo"),
    path("handovers/mine/", handover.taken_over, name="taken_over"),
    path("handovers/items/<int:pk>/settle/", handover.settle, name="handover_settle"),
    path("sessions/", sessions.own_sessions, name="sessions"),
    path("sessions/<int:pk>/end/", sessions.end_own, name="session_end"),
    path("rights/", rights.rights, name="rights"),
    path("rights/rights.xlsx", rights.rights_excel, name="rights_excel"),
    path("roles/new/", rights.new_role, name="role_new"),
    path("roles/<str:code>/", rights.role, name="role"),
    path("roles/<str:code>/edit/", rights.edit_role, name="role_edit"),
    path("roles/<str:code>/retire/", rights.retire_role, name="role_retire"),
    path("why/", why.why, name="why"),
]
