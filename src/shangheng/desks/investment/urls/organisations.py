"""Organisations of the registry, their contacts, and merging two that are one."""

from django.urls import path

from shangheng.desks.investment.views import contacts, merging, organisations

urlpatterns = [
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("organisations/new/", organisations.organisation_new, name="organisation-new"),
    path("organisations/merge/", merging.organisation_merge, name="organisation-merge"),
    path("organisations/<int:pk>/", organisations.organisation_page, name="organisation"),
    path("organisations/<int:pk>/edit/", organisations.organisation_edit, name="organisation-edit"),
    path(
        "organisations/<int:pk>/rename/",
        organisations.organisation_rename,
        name="organisation-rename",
    ),
    path("organisations/<int:pk>/name/", organisations.organisation_name, name="organisation-name"),
    path(
        "organisations/<int:pk>/list/",
        organisations.organisation_on_list,
        name="organisation-on-list",
    ),
    path(
        "organisations/<int:pk>/resembling/",
        organisations.organisation_resembling,
        name="organisation-resembling",
    ),
    path("organisations/<int:pk>/contact/", contacts.contact_new, name="contact-new"),
    path("lists/<int:pk>/end/", organisations.organisation_off_list, name="organisation-off-list"),
    path("merges/<int:pk>/undo/", merging.organisation_unmerge, name="organisation-unmerge"),
    path("contacts/<int:pk>/edit/", contacts.contact_edit, name="contact-edit"),
    path("contacts/<int:pk>/end/", contacts.contact_end, name="contact-end"),
    path("contacts/<int:pk>/resume/", contacts.contact_resume, name="contact-resume"),
]
