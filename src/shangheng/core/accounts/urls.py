"""Routes of people, units and rights."""

from django.urls import path

from shangheng.core.accounts.views import entry, people, units

urlpatterns = [
    path("logout/", entry.log_out, name="logout"),
    path("password/", entry.password, name="password"),
    path("language/", entry.language, name="language"),
    path("people/", people.people, name="people"),
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
    path("units/<int:pk>/active/", units.activate_unit, name="unit_active"),
    path("rights/", people.rights, name="rights"),
]
