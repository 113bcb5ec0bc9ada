"""Routes of the inbox."""

from django.urls import path

from shangheng.core.notices.views import inbox, outlets, own_settings

urlpatterns = [
    path("notices/", inbox.inbox, name="notices"),
    path("notices/read/", inbox.mark_all, name="notices_read"),
    path("notices/settings/", own_settings.preference, name="notice_settings"),
    path("notices/settings/kinds/", own_settings.subscriptions, name="notice_subscriptions"),
    path("notices/outlets/", outlets.outlets, name="outlets"),
    path("notices/outlets/new/", outlets.outlet_new, name="outlet_new"),
    path("notices/outlets/<int:pk>/", outlets.outlet_edit, name="outlet_edit"),
    path("notices/outlets/<int:pk>/try/", outlets.outlet_try, name="outlet_try"),
    path("notices/outlets/<int:pk>/remove/", outlets.outlet_remove, name="outlet_remove"),
    path("notices/outlets/<int:pk>/secret/", outlets.outlet_secret, name="outlet_secret"),
    path("notices/deliveries/", outlets.deliveries, name="deliveries"),
    path("notices/deliveries/<int:pk>/", outlets.delivery, name="delivery"),
    path("notices/deliveries/<int:pk>/again/", outlets.redeliver, name="redeliver"),
    path("notices/<int:pk>/", inbox.notice, name="notice"),
]
