#!/bin/sh
# Run once, when the cluster is made: the role that the service connects as. `create_store` grants it
# what a service needs, which does not include changing the log.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$SERVICE_PASSWORD" \
  --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE timeline_service LOGIN PASSWORD :'password';
SQL
