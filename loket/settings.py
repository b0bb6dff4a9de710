"""Settings of the portal. Every variable stands in docs/beheer.md."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
from django.contrib.messages import constants as message_constants
from django.utils.translation import gettext_lazy as _

from loket import env
from loket.api import instellingen

# Lets the classes of Django that are generic for mypy be so when they run: `ModelAdmin[Loket]`.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.tekst("VAR", str(BASE_DIR / "var")))

# Core
DEBUG = env.vlag("DEBUG", standaard=False)
# Django refuses an empty key the first time anything is signed; `manage.py check` says it earlier.
SECRET_KEY = env.tekst("SECRET_KEY", "")
SECRET_KEY_FALLBACKS = env.lijst("SECRET_KEY_FALLBACKS")
SITE_URL = env.url("SITE_URL", "http", "https", standaard="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.lijst("ALLOWED_HOSTS") or [urlsplit(SITE_URL).hostname or "127.0.0.1"]
# Demo accounts with known passwords and no second factor; `check --deploy` refuses it.
DEMO = env.vlag("DEMO", standaard=False)
# Open data (areas, populations); the portal runs without.
LOKET_DATA = Path(env.tekst("LOKET_DATA", str(BASE_DIR.parent / "shared" / "data")))
ROOT_URLCONF = "loket.urls"
WSGI_APPLICATION = "loket.wsgi.application"
METRICS_TOKEN = env.tekst("METRICS_TOKEN", "")

INSTALLED_APPS = [
    "loket",
    "opvang",
    "aanvragen",
    "lok_overleg",
    "rapportage",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "template_partials",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Deny by default: a page for everyone says `login_not_required`.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "loket.drukte.Drukte",
]

# Cache: losing it costs speed, never a page
REDIS_URL = env.url("REDIS_URL", "redis", "rediss", "unix", standaard="")
REDIS_TIMEOUTS = {"socket_connect_timeout": 1, "socket_timeout": 2}
_redis = {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": env.redis_db(REDIS_URL, 1)}
_kort = {**REDIS_TIMEOUTS, "socket_timeout": 0.5}  # a page asks it several times
_mild = {"IGNORE_EXCEPTIONS": True, "CONNECTION_POOL_KWARGS": _kort}
CACHES = {"default": {**_redis, "OPTIONS": _mild}}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True

# Database
_grenzen = {
    "statement_timeout": env.getal("DATABASE_STATEMENT_TIMEOUT", 15_000),
    "lock_timeout": env.getal("DATABASE_LOCK_TIMEOUT", 5_000),
    "idle_in_transaction_session_timeout": 30_000,
}
_duurzaam = {"CONN_MAX_AGE": env.getal("DATABASE_CONN_MAX_AGE", 60), "CONN_HEALTH_CHECKS": True}
DATABASES = {"default": env.postgres("DATABASE_URL", grenzen=_grenzen) | _duurzaam}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Mail: written to the outbox first, sent by the worker
EMAIL_BACKEND = env.tekst("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = env.tekst("EMAIL_HOST", "localhost")
EMAIL_PORT = env.getal("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.tekst("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.tekst("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.vlag("EMAIL_USE_TLS", standaard=False)
EMAIL_TIMEOUT = 15
# What somebody asked for and may stop: kind of subject -> the address that stops it.
MAIL_AFMELDEN = {"opvang.melding": "opvang.domain.meldlink.stop_url"}
# Who may ask for silence: kind of subject -> whom it is about (loket/domain/stilte.py).
MAIL_STILTE = {"aanvragen.opvangvraag": "aanvragen.domain.rust.stilte_over_vraag"}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.tekst("DEFAULT_FROM_EMAIL", "loket@example.invalid")

# Files
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "media/"
FILE_UPLOAD_PERMISSIONS = 0o640
STATIC_ROOT = env.tekst("STATIC_ROOT", str(VAR / "static"))
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "loket.lettertype.Vinder",
    "opvang.leaflet.Vinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG or DEMO:  # compressing takes a minute: only for the image of a real server
    _soort = "StaticFilesStorage" if DEBUG else "ManifestStaticFilesStorage"
    STORAGES["staticfiles"] = {"BACKEND": f"django.contrib.staticfiles.storage.{_soort}"}

# Globalization
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_I18N = True
USE_TZ = True

# HTTP and security: what depends on https follows the address that people see
_https = SITE_URL.startswith("https://")
_proxies = env.getal("TRUSTED_PROXY_COUNT", 0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _proxies else None
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-sessie" if _https else "sessie"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
# Pictures below the map, by choice; without, it shows the outlines that the portal has itself.
KAART_TEGELS_URL = env.url("KAART_TEGELS_URL", "https", standaard="")
KAART_TEGELS_BRON = env.tekst("KAART_TEGELS_BRON", "")
_tegels = [f"https://{urlsplit(KAART_TEGELS_URL).netloc}"] if KAART_TEGELS_URL else []
_niets, _zelf = ["'none'"], ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **dict.fromkeys(["default-src", "frame-ancestors", "base-uri", "object-src"], _niets),
        **dict.fromkeys(["script-src", "style-src", "font-src", "connect-src"], _zelf),
        **dict.fromkeys(["manifest-src", "form-action"], _zelf),
        "img-src": [*_zelf, "data:", *_tegels],
    }
}

# Templates
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "loket.context.loket",
            ],
        },
    }
]
FORMS_URLFIELD_ASSUME_HTTPS = True  # as Django 6 does
FORM_RENDERER = "loket.forms.Weergave"
MESSAGE_TAGS = {message_constants.ERROR: "danger"}

# Sessions: in the database behind the cache, so that a sign-in survives the loss of Redis
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 14 * 24 * 3600

# Aanmelden
AUTH_USER_MODEL = "loket.Gebruiker"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
_eisen = {"UserAttributeSimilarity": {}, "MinimumLength": {"min_length": 12}, "CommonPassword": {}}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{eis}Validator", "OPTIONS": opties}
    for eis, opties in _eisen.items()
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/na-aanmelden/"
ACCOUNT_ADAPTER = "loket.toegang.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code itself proves the address
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT, ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 10 * 60, 5
ALLAUTH_TRUSTED_PROXY_COUNT = _proxies

# API
REST_FRAMEWORK = instellingen.rest_framework(proxies=_proxies)
SPECTACULAR_SETTINGS = instellingen.SPECTACULAR

# Celery: carries work whose row already stands in PostgreSQL
_taaklimiet = 180
CELERY_BROKER_URL = env.redis_broker(REDIS_URL, 0)
# A page that hands over work doesn't wait for a dead broker: what must not be lost is a row.
_meteen = {"max_retries": 0, "interval_start": 0, "interval_step": 0}
_zichtbaar = {"visibility_timeout": 4 * _taaklimiet}
CELERY_BROKER_TRANSPORT_OPTIONS = {**REDIS_TIMEOUTS, **_zichtbaar, **_meteen}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = CELERY_TASK_RETRY_ON_WORKER_LOST = CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 120, _taaklimiet
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = "standaard"
CELERY_TASK_ROUTES = {
    "rapportage.tasks.pak_rapporten_op": {"queue": "standaard"},
    "rapportage.tasks.*": {"queue": "rapporten"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER, CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 1, 30
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 700_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")
CELERY_BEAT_SCHEDULE = {
    naam.rpartition(".")[2]: {"task": naam, "schedule": om_de, "options": {"expires": om_de}}
    for naam, om_de in [
        ("loket.tasks.verstuur_berichten", 30),
        ("rapportage.tasks.pak_rapporten_op", 60),
        ("aanvragen.tasks.laat_voorstellen_verlopen", 300),
        ("aanvragen.tasks.herinner_aan_voorstellen", 1800),
        ("aanvragen.tasks.ruim_concepten_op", 3600),
        ("aanvragen.tasks.waarschuw_voor_opruimen", 3600),
        ("aanvragen.tasks.vraag_geboorten", 3600),
        ("aanvragen.tasks.vraag_of_het_klopt", 3600),
        ("aanvragen.tasks.herinner_opvang", 3600),
        ("aanvragen.tasks.vraag_eindstatus", 3600),
        ("opvang.tasks.vraag_bevestiging_vrije_plaatsen", 3600),
        ("opvang.tasks.mail_vrijgekomen_plaatsen", 600),
        ("opvang.tasks.mail_lijst_van_de_week", 3600),
        ("opvang.tasks.ruim_meldingen", 3600),
    ]
}

# Logging: JSON lines without personal data; a developer reads plain text
_vorm = "gewoon" if DEBUG else "json"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "loket.logregel.Regel"}, "gewoon": {"format": "%(message)s"}},
    "handlers": {"uitvoer": {"class": "logging.StreamHandler", "formatter": _vorm}},
    "root": {"handlers": ["uitvoer"], "level": env.tekst("LOG_LEVEL", "WARNING")},
    # Nothing of its own: no second handler, no mail to administrators.
    # WeasyPrint tells about each property of a sheet that paper does not know.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "weasyprint": {"level": "ERROR"},
    },
}
