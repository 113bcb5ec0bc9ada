"""Money in place, batches for the city, structural goals."""

from django.urls import path

from shangheng.desks.investment.views import batches, goals, money

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
    path("structural/", goals.structural, name="structural"),
    path("projects/<int:pk>/goals/", goals.project_goals, name="project-goals"),
    path("projects/<int:pk>/goals/<slug:goal>/", goals.goal_claim, name="goal-claim"),
    path("goals/<int:pk>/withdraw/", goals.goal_withdraw, name="goal-withdraw"),
    path("goals/<int:pk>/submit/", goals.goal_submit, name="goal-submit"),
    path("goals/<int:pk>/decide/", goals.goal_decide, name="goal-decide"),
]
