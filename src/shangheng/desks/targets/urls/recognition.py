"""Routes of recognition."""

from django.urls import path
from django.urls.resolvers import URLPattern

from shangheng.desks.targets.views import recognition, steps

urlpatterns: list[URLPattern] = [
    path("targets/recognition/", recognition.queue, name="recognition"),
    path("targets/recognition/decide/", recognition.decide_many, name="recognition-decide"),
    path("targets/recognition/rejected/", recognition.rejected, name="recognition-rejected"),
    path("targets/postings/<int:pk>/submit/", steps.submit, name="posting-submit"),
    path("targets/postings/<int:pk>/withdraw/", steps.withdraw, name="posting-withdraw"),
    path("targets/postings/<int:pk>/decide/", steps.decide, name="posting-decide"),
    path("targets/postings/<int:pk>/resubmit/", steps.resubmit, name="posting-resubmit"),
    path("targets/postings/<int:pk>/revoke/", steps.revoke, name="posting-revoke"),
]
