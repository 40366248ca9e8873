"""Tokens of programs, and addresses that are called."""

from django.urls import path

from amont.web.connect import hooks, tokens

app_name = "connect"
urlpatterns = [
    path("", tokens.programs, name="programs"),
    path("tokens/new/", tokens.new, name="token_new"),
    path("tokens/<str:token>/revoke/", tokens.revoke, name="token_revoke"),
    path("calls/new/", hooks.new, name="hook_new"),
    path("calls/<str:hook>/", hooks.one, name="hook"),
    path("calls/<str:hook>/rotate/", hooks.rotate, name="hook_rotate"),
    path("calls/<str:hook>/try/", hooks.try_it, name="hook_try"),
    path("calls/<str:hook>/drop/", hooks.drop, name="hook_drop"),
]
