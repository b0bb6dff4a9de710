# The portal for real use: one image for the web server, the workers and beat (docs/beheer.md).
FROM python:3.12-slim AS bouw
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.lock /tmp/
RUN /opt/venv/bin/pip install --require-hashes --no-deps -r /tmp/requirements.lock

FROM python:3.12-slim
# What WeasyPrint needs to make a PDF; a font for signs that ours does not have.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-dejavu-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /tmp --shell /usr/sbin/nologin loket \
    && install --directory --owner loket --mode 0750 /data
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=loket.settings \
    STATIC_ROOT=/app/verzameld \
    VAR=/data
COPY --from=bouw /opt/venv /opt/venv
WORKDIR /app
COPY . .
# Nothing is reached or signed here: these are names that the settings ask for.
RUN python -m compileall -q loket opvang aanvragen lok_overleg rapportage \
    && VAR=/tmp/bouw SECRET_KEY=bouw DATABASE_URL=postgresql://bouw@bouw/bouw \
       REDIS_URL=redis://bouw python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/bouw
USER loket
VOLUME /data
EXPOSE 8000
# The host that people see is the host that is allowed.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "\
import os, urllib.parse, urllib.request as r; \
r.urlopen(r.Request('http://127.0.0.1:8000/healthz', headers={'Host': \
urllib.parse.urlsplit(os.environ['SITE_URL']).netloc}), timeout=4)"]
CMD ["gunicorn", "loket.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--threads", "4", "--max-requests", "2000", "--max-requests-jitter", "200", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
