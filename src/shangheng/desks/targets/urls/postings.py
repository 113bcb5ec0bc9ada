"""Routes of postings."""

from django.urls import path
from django.urls.resolvers import URLPattern

from shangheng.desks.targets.views import posting_new, postings

urlpatterns: list[URLPattern] = [
    path("targets/postings/", postings.posting_list, name="postings"),
    path("targets/postings/new/", posting_new.posting_new, name="posting-new"),
    path("targets/postings/<int:pk>/", postings.posting_page, name="posting"),
    path("targets/postings/<int:pk>/vouchers/", postings.posting_attach, name="posting-attach"),
    path("targets/postings/<int:pk>/reverse/", postings.posting_reverse, name="posting-reverse"),
]
