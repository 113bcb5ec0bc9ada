"""Routes of people and their rights."""

from django.urls import path
from django.urls.resolvers import URLPattern

from shangheng.core.accounts import views

urlpatterns: list[URLPattern] = [
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("password/", views.password, name="password"),
    path("language/", views.language, name="language"),
]
