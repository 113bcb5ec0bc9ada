"""The addresses about money in place and structural goals, of credit, effort, commitments and events."""

from django.urls import path

from shangheng.desks.investment.views import batches, commitments, credit, events, goals, money

urlpatterns = [
    path("projects/<int:pk>/money/", money.project_money, name="project-money"),
    path("projects/<int:pk>/money/arrival/", money.arrival_new, name="arrival-new"),
    path("projects/<int:pk>/money/outflow/", money.outflow_new, name="outflow-new"),
    path("outflows/<int:pk>/take-back/", money.outflow_take_back, name="outflow-take-back"),
    path("arrivals/", money.arrival_list, name="arrivals"),
    path("arrivals/<int:pk>/", money.arrival_page, name="arrival"),
    path("arrivals/<int:pk>/attach/", money.arrival_attach, name="arrival-attach"),
    path("arrivals/<int:pk>/withdraw/", money.arrival_withdraw, name="arrival-withdraw"),
    path("arrivals/<int:pk>/take-back/", money.arrival_take_back, name="arrival-take-back"),
    path("batches/", batches.batch_list, name="batches"),
    path("batches/<int:pk>/", batches.batch_page, name="batch"),
    path("batches/<int:pk>/reply/", batches.batch_reply, name="batch-reply"),
    path("commitments/", commitments.commitment_list, name="commitments"),
    path("commitments/<int:pk>/", commitments.commitment_page, name="commitment"),
    path(
        "commitments/<int:pk>/progress/",
        commitments.commitment_progress,
        name="commitment-progress",
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
    path("events/<int:pk>/stands/", events.event_stands, name="event-stands"),
    path("events/<int:pk>/outcome/", events.event_outcome, name="event-outcome"),
    path("league/", credit.league, name="league"),
    path("efforts/", credit.effort_list, name="efforts"),
    path("efforts/new/", credit.effort_new, name="effort-new"),
    path("efforts/<int:pk>/", credit.effort_page, name="effort"),
    path("efforts/<int:pk>/take-back/", credit.effort_take_back, name="effort-take-back"),
    path("projects/<int:pk>/credit/", credit.project_credit, name="project-credit"),
    path("projects/<int:pk>/credit/rule/", credit.ruling_new, name="ruling-new"),
    path("structural/", goals.structural, name="structural"),
    path("projects/<int:pk>/goals/", goals.project_goals, name="project-goals"),
    path("projects/<int:pk>/goals/<slug:goal>/", goals.goal_claim, name="goal-claim"),
    path("goals/<int:pk>/withdraw/", goals.goal_withdraw, name="goal-withdraw"),
    path("goals/<int:pk>/submit/", goals.goal_submit, name="goal-submit"),
    path("goals/<int:pk>/decide/", goals.goal_decide, name="goal-decide"),
]
