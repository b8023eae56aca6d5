"""Django's settings, made from `environment.py`. Nothing here reads the environment by itself."""

from __future__ import annotations

import os
from functools import partial
from typing import Any

from django.utils.functional import SimpleLazyObject

from frontdoor.config.database import database_settings
from frontdoor.config.environment import CHECKOUT, read_environment
from frontdoor.config.headers import content_security
from frontdoor.config.logs import logging_settings
from frontdoor.config.look import council_look

ENVIRONMENT = read_environment(os.environ)

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.is_debug
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = "frontdoor.config.urls"
ASGI_APPLICATION = "frontdoor.config.asgi.application"

ROOMS = [
    "frontdoor.journal",
    "frontdoor.staff",
    "frontdoor.catalogue",
    "frontdoor.contacts",
    "frontdoor.cases",
    "frontdoor.workforce.records",
    "frontdoor.insight",
    "frontdoor.jobs",
    "frontdoor.web",
]
INSTALLED_APPS = [
    "frontdoor.config",
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "frontdoor.config.static_files.WholeFiles",
    "frontdoor.config.headers.RequestLog",
    "frontdoor.config.headers.SafeHeaders",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "frontdoor.web.accounts.sessions.SessionsEnd",
    "frontdoor.web.middleware.KeepWhatWasEntered",
]
SILENCED_SYSTEM_CHECKS = [
    "auth.W004"
]  # the e-mail address is unique whatever its case: constraint staff_email_once

# The council and its services
COUNCIL_FOLDER = ENVIRONMENT.council
PACKS_FOLDER = ENVIRONMENT.packs
PUBLIC_URL = ENVIRONMENT.public_url
FRONTDOOR_LOOK = SimpleLazyObject(partial(council_look, ENVIRONMENT.council))

# What suppliers prove themselves with when they call us
NOTIFY_CALLBACK_TOKENS = ENVIRONMENT.listed("FRONTDOOR_NOTIFY_CALLBACK_TOKENS")
PAY_SIGNING_SECRETS = ENVIRONMENT.listed("FRONTDOOR_PAY_SIGNING_SECRETS")

# What watches us proves itself with
METRICS_TOKEN = ENVIRONMENT.raw.get("FRONTDOOR_METRICS_TOKEN", "").strip()

# The worker
LEASE_SECONDS = ENVIRONMENT.lease_seconds

# Storage
DATABASES = {"default": database_settings(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
HOME_FOLDER = ENVIRONMENT.home
MEDIA_ROOT = ENVIRONMENT.home / "files"  # has no address: every file is asked for through a permission
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}

# Pages
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [CHECKOUT / "src" / "frontdoor" / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "frontdoor.web.jinja.environment"},
    },
    {
        # For allauth's own messages and Django's debug pages; no page of ours is written in it.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # static files are served from the source folders: nothing to build or collect
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 600
LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"  # spoken; stored in UTC

# What may come in
REQUEST_BYTES = ENVIRONMENT.upload_bytes
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # answers, not files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Sign-in of staff
AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/staff/"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/staff/account/login/"
ACCOUNT_ADAPTER = "frontdoor.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are given by the council, nobody signs up
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/15m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "frontdoor.web.accounts.adapter.SecondFactorAdapter"
MFA_RECOVERY_CODES_SHOW_ONCE = True
NEEDS_SECOND_FACTOR = ENVIRONMENT.needs_second_factor
MFA_TOTP_ISSUER = "Front Door"
SESSION_ENGINE = "frontdoor.config.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "frontdoor_session"
CSRF_COOKIE_NAME = "frontdoor_csrf"
CSRF_FAILURE_VIEW = "frontdoor.web.errors.form_too_old"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.public_url]

# What a browser may do
CONTENT_SECURITY_POLICY = content_security(ENVIRONMENT.payments_by)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENVIRONMENT.is_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.is_https else None

LOGGING = logging_settings(ENVIRONMENT.log_style)
