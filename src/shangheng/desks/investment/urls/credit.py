"""Commitments, events, credit between units and their league."""

from django.urls import path

from shangheng.desks.investment.views import commitments, credit, events

urlpatterns = [
    path("commitments/", commitments.commitment_list, name="commitments"),
    path("commitments/<int:pk>/", commitments.commitment_page, name="commitment"),
    path(
        "commitments/<int:pk>/progress/",
        commitments.commitment_progress,
        name="commitment-progress",
    ),
    path(
        "commitments/<int:pk>/correct/", commitments.commitment_correct, name="commitment-correct"
    ),
    path("commitments/<int:pk>/review/", commitments.commitment_review, name="commitment-review"),
    path(
        "commitments/<int:pk>/take-back/",
        commitments.commitment_take_back,
        name="commitment-take-back",
    ),
    path(
        "projects/<int:pk>/commitments/",
        commitments.project_commitments,
        name="project-commitments",
    ),
    path("projects/<int:pk>/commitments/new/", commitments.commitment_new, name="commitment-new"),
    path("events/", events.event_list, name="events"),
    path("events/new/", events.event_new, name="event-new"),
    path("events/<int:pk>/", events.event_page, name="event"),
    path("events/<int:pk>/edit/", events.event_edit, name="event-edit"),
    path("events/<int:pk>/stands/", events.event_stands, name="event-stands"),
    path("events/<int:pk>/outcome/", events.event_outcome, name="event-outcome"),
    path("league/", credit.league, name="league"),
    path("efforts/", credit.effort_list, name="efforts"),
    path("efforts/new/", credit.effort_new, name="effort-new"),
    path("efforts/<int:pk>/", credit.effort_page, name="effort"),
    path("efforts/<int:pk>/correct/", credit.effort_correct, name="effort-correct"),
    path("efforts/<int:pk>/take-back/", credit.effort_take_back, name="effort-take-back"),
    path("projects/<int:pk>/credit/", credit.project_credit, name="project-credit"),
    path("projects/<int:pk>/credit/rule/", credit.ruling_new, name="ruling-new"),
]
