# The image of Concord: one for web, workers and schedule; the command says which.
# Tags name an exact version. A digest would bind tighter still: add @sha256:… where your registry is at hand.

FROM python:3.11.16-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv /opt/concord
COPY requirements.lock requirements-dev.lock ./
RUN /opt/concord/bin/pip install --require-hashes --only-binary :all: -r requirements.lock
# What builds the wheel comes from the lock with its hashes too, but never into the image.
RUN awk '/^[a-z]/ { keep = /^(hatchling|packaging|pathspec|pluggy|trove-classifiers)==/ } keep' requirements-dev.lock \
      > build.lock \
    && pip install --require-hashes --only-binary :all: --no-deps -r build.lock
COPY pyproject.toml README.md ./
COPY service service
COPY extractors extractors
COPY matchers matchers
COPY workers workers
RUN pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && /opt/concord/bin/pip install --no-deps dist/*.whl \
    && /opt/concord/bin/pip check \
    && /opt/concord/bin/pip uninstall --yes pip setuptools

FROM python:3.11.16-slim-bookworm
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="Concord" \
      org.opencontainers.image.description="Document intelligence and reconciliation for retailers that run Odoo." \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN apt-get update \
    && apt-get install --yes --no-install-recommends tesseract-ocr tesseract-ocr-deu tesseract-ocr-eng \
         tesseract-ocr-fra tesseract-ocr-ita tesseract-ocr-nld tesseract-ocr-spa \
    && rm -rf /var/lib/apt/lists/* \
    && pip uninstall --yes pip setuptools wheel \
    && useradd --system --uid 10001 --user-group --home-dir /var/lib/concord --shell /usr/sbin/nologin concord \
    && install --directory --owner concord --group concord --mode 0700 /var/lib/concord /srv/drop
COPY --from=build /opt/concord /opt/concord
ENV PATH=/opt/concord/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    CONCORD_DATA_DIR=/var/lib/concord
USER 10001:10001
WORKDIR /var/lib/concord
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-P", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=5)"]
CMD ["python", "-P", "-m", "service.wsgi"]
