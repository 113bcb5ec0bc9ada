"""Routes of coming in and of the second factor."""

from django.urls import path, re_path

from shangheng.core.signin.views import entering, factor

urlpatterns = [
    path("login/", entering.log_in, name="login"),
    path("login/code/", entering.code, name="login-code"),
    path("login/oidc/", entering.go_to_provider, name="login-oidc"),
    path("login/oidc/back/", entering.come_from_provider, name="login-oidc-back"),
    path("factor/", factor.factor, name="factor"),
    path("factor/enrol/", factor.enrol, name="factor-enrol"),
    re_path(r"^factor/(?P<what>enrol|codes|remove)/change/$", factor.change, name="factor-change"),
    path("people/<int:pk>/factor/", factor.reset, name="factor-reset"),
]
