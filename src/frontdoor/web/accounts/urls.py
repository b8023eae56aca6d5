"""Addresses of sign-in and of the people pages. Only what is used of allauth has an address: nobody can sign up."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path, re_path

from frontdoor.web.accounts import own_account, people

urlpatterns = [
    path("staff/account/", own_account.account, name="own_account"),
    path("staff/account/sign-out-everywhere/", own_account.sign_out_everywhere, name="sign_out_everywhere"),
    path("staff/account/login/", account.login, name="account_login"),
    path("staff/account/logout/", account.logout, name="account_logout"),
    path("staff/account/inactive/", account.account_inactive, name="account_inactive"),
    path("staff/account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("staff/account/password/", account.password_change, name="account_change_password"),
    path("staff/account/password/set/", account.password_set, name="account_set_password"),
    path("staff/account/forgotten/", account.password_reset, name="account_reset_password"),
    path("staff/account/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "staff/account/forgotten/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^staff/account/forgotten/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("staff/account/factor/", include("allauth.mfa.urls")),
    path("staff/people/", people.people, name="people"),
    path("staff/people/add/", people.add, name="people_add"),
    path("staff/people/<int:number>/", people.person, name="person"),
    path("staff/people/<int:number>/<slug:what>/", people.change, name="person_change"),
]
