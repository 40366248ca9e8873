"""One's own account, colleagues, the organization one acts for."""

from django.urls import path

from amont.web.account import identity, security, views

app_name = "account"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/keys/<str:key>/remove/", security.remove_key, name="remove_key"),
    path("me/sessions/end/", security.end_session, name="end_session"),
    path("organization/", views.organization, name="organization"),
    path("organization/invite/", views.invite, name="invite"),
    path("organization/invitations/<str:invitation>/withdraw/", views.withdraw, name="withdraw"),
    path("organization/colleagues/<str:person>/role/", views.role, name="role"),
    path("organization/colleagues/<str:person>/remove/", views.remove, name="remove"),
    path("organization/identity/", identity.identity, name="identity"),
    path("organization/switch/", views.switch, name="switch"),
    path("join/<str:token>/", views.join, name="join"),
]
