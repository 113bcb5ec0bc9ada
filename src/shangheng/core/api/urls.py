"""Routes of the API and of its pages."""

from django.urls import include, path

from shangheng.core.api import views
from shangheng.core.api.serving import routes

urlpatterns = [
    path("api/", views.handbook, name="api-handbook"),
    path("api/v1/openapi.json", views.openapi, name="api-openapi"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/new/", views.new_token, name="token-new"),
    path("tokens/all/", views.all_tokens, name="tokens-all"),
    path("api/v1/", include(routes())),
]
