# The service alone: what is locked to run it, extras too, the three packages and the sample.
FROM python:3.11-slim
WORKDIR /srv/timeline
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY timeline timeline
COPY projections projections
COPY api api
COPY samples samples
USER nobody
ENTRYPOINT ["python", "-m", "api.cli"]
CMD ["serve"]
