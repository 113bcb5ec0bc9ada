"""Routes of saved views; the lists themselves stand on the pages of their desks."""

from django.urls import path
from django.urls.resolvers import URLPattern

from shangheng.core.lists.views import saved

urlpatterns: list[URLPattern] = [
    path("lists/<str:code>/views/", saved.view_list, name="list-views"),
    path("lists/<str:code>/views/new/", saved.view_new, name="list-view-new"),
    path("lists/<str:code>/default/", saved.view_default, name="list-default"),
    path("lists/views/<int:pk>/", saved.view_change, name="list-view-change"),
    path("lists/views/<int:pk>/delete/", saved.view_delete, name="list-view-delete"),
]
