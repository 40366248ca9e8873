"""Those pages of django-allauth that are ours to show; its own way of asking "is it you?" is not among them."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as company
from allauth.socialaccount.providers.openid_connect import views as openid
from django.urls import path, re_path

from amont.web.account import security
from amont.web.shell.stepping import always, step_up

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("email/", step_up()(account.email), name="account_email"),
    path("confirm-email/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", step_up(always)(account.password_set), name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("second/", mfa.authenticate, name="mfa_authenticate"),
    path("security/", security.security, name="mfa_index"),
    path("security/app/", step_up(always)(totp.activate_totp), name="mfa_activate_totp"),
    path("security/app/remove/", step_up(always)(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("security/codes/", security.codes, name="mfa_view_recovery_codes"),
    path("security/codes/new/", step_up(always)(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("security/keys/add/", step_up(always)(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("login/key/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("company/cancelled/", company.login_cancelled, name="socialaccount_login_cancelled"),
    path("company/<slug:provider_id>/", openid.login, name="openid_connect_login"),
    path("company/<slug:provider_id>/callback/", openid.callback, name="openid_connect_callback"),
]
