"""The real settings, with what a test may not do: send mail, queue work, wait for a slow hash."""

from __future__ import annotations

from loket.settings import *  # noqa: F403
from loket.settings import DATABASES, STORAGES

DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Nobody listens: what must not be lost has to stand in PostgreSQL. A real worker gets its own.
CELERY_BROKER_URL = "redis+socket:///nonexistent/valkey.sock"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Serve static files from where they lie: nothing is collected for a test.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
# What somebody uploads in a test leaves no file behind.
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
