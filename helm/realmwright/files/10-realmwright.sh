#!/bin/bash
# Roles and databases, once, when the server's data directory is made. deployer-policy serves requests as a role that cannot
# change the audit trail, so the tables belong to another one; each agent has a database of its own.
set -euo pipefail
: "${POLICY_OWNER_PASSWORD:?}" "${POLICY_PASSWORD:?}" "${AGENT_PASSWORD:?}"
agents=${AGENT_DATABASES:-host_agent}
policy=${POLICY_DATABASE:-deployer_policy}

# The official image has psql; one made of bare binaries gives us `sql`. Statements are apart by an empty line.
if command -v psql >/dev/null; then
  sql() { psql --username="${POSTGRES_USER:-postgres}" --dbname=postgres --set=ON_ERROR_STOP=1 --quiet; }
fi

quoted() { printf "'%s'" "${1//\'/\'\'}"; }

{
  printf 'create role deployer_policy_owner login password %s;\n\n' "$(quoted "$POLICY_OWNER_PASSWORD")"
  printf 'create role deployer_policy login password %s;\n\n' "$(quoted "$POLICY_PASSWORD")"
  printf 'create role host_agent login password %s;\n\n' "$(quoted "$AGENT_PASSWORD")"
  printf 'create database %s owner deployer_policy_owner;\n\n' "$policy"
  for name in $agents; do
    printf 'create database %s owner host_agent;\n\n' "$name"
  done
} | sql
