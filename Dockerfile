# The service only: no tests, no tools, no compiler. Settings come from the environment.
FROM python:3.13-slim AS packages
COPY requirements/app.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r app.txt \
    && /venv/bin/pip uninstall --yes pip
COPY app /service/app
# Compiled here, because a read-only container cannot save what it compiles. Checked by hash, not by
# time, because copying may change times.
RUN /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /venv/lib /service

FROM python:3.13-slim
# A number, so that an orchestrator can see that it is not root.
USER 10001:10001
WORKDIR /service
COPY --from=packages /venv /venv
COPY --from=packages /service /service
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOST=0.0.0.0 PORT=8000
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["python", "-c", "\
import http.client, os; \
service = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=2); \
service.request('GET', '/healthz'); \
raise SystemExit(service.getresponse().status != 200)"]
# Exec form: SIGTERM reaches the service itself rather than a shell.
CMD ["python", "-m", "app"]
