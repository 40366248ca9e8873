"""Settings, read from the environment, typed, safe by default."""

from hashlib import sha256
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from amont.config.companies import companies
from amont.kernel import sealing

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent.parent
JOURNEYS = (
    "shell",
    "buy",
    "account",
    "bring",
    "found",
    "ask",
    "answer",
    "see",
    "share",
    "depend",
    "look",
    "proof",
    "home",
    "connect",
    "decide",
    "demo",
)

MODES = ("production", "demo", "test")
MODE = env.str("AMONT_MODE", default="production")
DEMO = MODE == "demo"
INSECURE_KEY = "insecure-key-for-demo-and-tests-only"
SECRET_KEY = env.str("AMONT_SECRET_KEY", default=INSECURE_KEY)
MASTER_KEY_FILE = env.str("AMONT_MASTER_KEY_FILE", default="")
JOURNAL = env.str("AMONT_JOURNAL", default="" if MODE in {"demo", "test"} else "var/journal.jsonl")
PSEUDONYM_KEY = env.str("AMONT_PSEUDONYM_KEY", default=SECRET_KEY)
DEBUG = False
BASE_URL = env.str(
    "AMONT_BASE_URL", default=f"http://{env.str('HOST', default='127.0.0.1')}:{env.int('PORT', default=8000)}"
)
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("AMONT_ALLOWED_HOSTS", default=LOCAL_HOSTS)
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []
SECURE = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "amont.ledger",
    "amont.post",
    "amont.parties",
    "amont.consortia",
    "amont.disclosure",
    "amont.catalogue",
    "amont.chain",
    "amont.evidence",
    "amont.requests",
    "amont.insight",
    "amont.purchasing",
    "amont.web.shell",
]

MIDDLEWARE = [
    # these set headers: on static files, redirects and refusals, too
    "amont.web.shell.headers.HeadersMiddleware",
    "amont.web.shell.headers.PolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "amont.web.shell.language.LanguageMiddleware",
    "amont.web.shell.headers.FetchMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "amont.web.shell.middleware.ViewerMiddleware",
    "amont.web.account.proving.StepUpMiddleware",
    "amont.web.shell.middleware.ErrorsMiddleware",
]

ROOT_URLCONF = "amont.config.urls"
WSGI_APPLICATION = "amont.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / journey / "templates" for journey in JOURNEYS],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "amont.web.shell.context.shell",
            ],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default="sqlite:///var/amont.sqlite3")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True  # every statement carries its own pass (disclosure.wall)
WEB_ROLE = env.str("AMONT_WEB_ROLE", default="")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "cached_statements": 0,  # each statement is prepared anew, and asked about (disclosure.wall.authorizing)
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-65536;",
    }
CACHES = {  # counts tries to sign in, over all processes
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if MODE == "test"
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "parties.Person"
AUTHENTICATION_BACKENDS = ["amont.web.account.even.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "amont.web.shell.views.not_allowed"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "amont.web.account.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "amont.web.account.signin_forms.Login",
    "request_login_code": "amont.web.account.signin_forms.RequestCode",
    "confirm_login_code": "amont.web.account.signin_forms.ConfirmCode",
    "reset_password": "amont.web.account.signin_forms.ResetPassword",
    "reset_password_from_key": "amont.web.account.signin_forms.ResetPasswordFromKey",
    "user_token": "amont.web.account.signin_forms.PersonOfLink",
    "change_password": "amont.web.account.signin_forms.ChangePassword",
    "set_password": "amont.web.account.signin_forms.SetPassword",
    "add_email": "amont.web.account.signin_forms.ChangeAddress",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
STEP_UP_MINUTES = 10

MFA_ADAPTER = "amont.web.account.factors.Adapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Amont"
MFA_TOTP_TOLERANCE = 1
MFA_REAUTHENTICATION_REQUIRED = False  # our own step-up asks instead
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = MODE in {"demo", "test"}
MFA_FORMS = {
    "authenticate": "amont.web.account.factor_forms.Code",
    "activate_totp": "amont.web.account.factor_forms.FirstCode",
    "login_webauthn": "amont.web.account.factor_forms.UseKey",
    "add_webauthn": "amont.web.account.factor_forms.AddKey",
}

OIDC_APPS, OIDC_DOMAINS, OIDC_TROUBLES = companies(env.str("AMONT_OIDC_FILE", default=""))
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC_APPS, "OAUTH_PKCE_ENABLED": True}}
SOCIALACCOUNT_ADAPTER = "amont.web.account.companies.Adapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # the company's address is the button
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

LANGUAGE_CODE = "fr"
FORMAT_MODULE_PATH = "amont.config.formats"
USE_THOUSAND_SEPARATOR = True  # on pages alone: attributes say unlocalize
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "web" / journey / "locale" for journey in JOURNEYS]
LOCALE_PATHS += [PACKAGE / room / "locale" for room in ("api", "demo", "exchange", "insight", "keeping", "sight")]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [
    folder for journey in JOURNEYS if journey != "shell" and (folder := PACKAGE / "web" / journey / "static").is_dir()
]
MAP_SHAPES = env.str("AMONT_MAP_SHAPES", default="")
STATIC_ROOT = env.str("AMONT_STATIC_ROOT", default="var/static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"

DEFAULT_MAIL = "consolemail://"
EMAIL_CONFIG = env.email_url("AMONT_MAIL_URL", default="dummymail://" if MODE == "demo" else DEFAULT_MAIL)
vars().update(EMAIL_CONFIG)
MAIL_CONFIGURED = "AMONT_MAIL_URL" in env.ENVIRON
DEFAULT_FROM_EMAIL = env.str("AMONT_MAIL_FROM", default="Amont <amont@localhost>")

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if MODE == "test"
        else "django_tasks_db.DatabaseBackend"
    }
}

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_SSL_REDIRECT = SECURE
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.bool("AMONT_BEHIND_PROXY", default=False))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("AMONT_BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"  # with "no-referrer" browsers send "Origin: null", and no form passes
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY: dict[str, list[str]] = {"camera": [], "geolocation": [], "microphone": [], "payment": [], "usb": []}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [NONCE],
        "style-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
API_RATE = env.int(
    "AMONT_API_RATE", default=1_000_000 if MODE == "test" else 300
)  # requests a minute, for each access token
UPLOAD_LIMIT = 50 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": env.str("AMONT_LOG_LEVEL", default="WARNING")},
    "loggers": {
        # a refused or missing page is logged with its path, and paths of invitations hold their tokens
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
    },
}


# why no command at all runs, whatever it does: a misspelt mode may mean another database than the one at hand
UNKNOWN_MODE = "" if MODE in MODES else f"AMONT_MODE is {MODE}: say production or demo"


def _master_keys() -> tuple[tuple[bytes, ...], str]:
    """Return the master keys of documents, the current one first, and what is wrong with the setting."""
    try:
        text = Path(MASTER_KEY_FILE).read_text() if MASTER_KEY_FILE else env.str("AMONT_MASTER_KEY", default="")
        found = sealing.read_keys(text)
    except OSError as trouble:
        return (), f"AMONT_MASTER_KEY_FILE cannot be read: {trouble.strerror}"
    except ValueError as trouble:
        return (), f"the master key is {trouble}: `amont keys new` makes one"
    if not found and MODE in {"demo", "test"}:
        return (sha256(INSECURE_KEY.encode()).digest(),), ""
    return found, "" if found else "AMONT_MASTER_KEY or AMONT_MASTER_KEY_FILE is not set: `amont keys new` makes one"


MASTER_KEYS, MASTER_KEY_TROUBLE = _master_keys()


def _troubles() -> list[str]:
    if MODE in {"demo", "test"}:
        outside = SECURE or any(host not in LOCAL_HOSTS for host in ALLOWED_HOSTS)
        return [f"AMONT_MODE is {MODE}, which opens accounts to anybody, on a public address"] if outside else []
    found = []
    if MODE not in MODES:
        found.append(UNKNOWN_MODE)
    if SECRET_KEY == INSECURE_KEY or len(SECRET_KEY) < 40:  # noqa: PLR2004 - 40 characters, about 200 random bits
        found.append("AMONT_SECRET_KEY is not set, or shorter than 40 characters")
    if MASTER_KEY_TROUBLE:
        found.append(MASTER_KEY_TROUBLE)
    found += OIDC_TROUBLES
    if not MAIL_CONFIGURED:
        found.append("AMONT_MAIL_URL is not set: invitations could not leave")
    return found


# why a server or worker must not start with these settings; empty when it may
TROUBLES = _troubles()
