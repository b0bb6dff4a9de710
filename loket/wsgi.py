"""The entry point for gunicorn."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from loket.checks import weiger_foute_inzet

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.settings")

application = get_wsgi_application()
weiger_foute_inzet()
