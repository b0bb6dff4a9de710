"""The addresses of signing in: only what we need, under the names that allauth looks up."""

from __future__ import annotations

from django.urls import path

from loket.views import toegang

urlpatterns = [
    path("login/", toegang.aanmelden, name="account_login"),
    path("login/code/confirm/", toegang.code, name="account_confirm_login_code"),
    path("login/wachtwoord/", toegang.met_wachtwoord, name="account_login_wachtwoord"),
    path("logout/", toegang.afmelden, name="account_logout"),
    path("inactive/", toegang.afgesloten, name="account_inactive"),
    path("password/change/", toegang.wachtwoord, name="account_change_password"),
    # Nobody signs up with a form, and there is one page to ask for a code.
    path("signup/", toegang.naar_aanmelden, name="account_signup"),
    path("login/code/", toegang.naar_aanmelden, name="account_request_login_code"),
]
