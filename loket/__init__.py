"""The portal itself: people and roles, lokets and their area, logbook, mail. Knows no childcare."""

from __future__ import annotations

from loket.celery import app as celery_app

__all__ = ["celery_app"]
