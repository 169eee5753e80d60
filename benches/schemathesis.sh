#!/usr/bin/env bash
# Runs Schemathesis against a server with the data of the demonstration: every operation of the OpenAPI document, all
# phases. Fails on any 5xx, any status that the document does not describe, and any answer that differs from its
# description.
# Needs `st` (pip install schemathesis, 4.32 or later) and curl; not part of `cargo test`.
# Usage: benches/schemathesis.sh sqlite|postgres [SECONDS] [further arguments of st run]
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-sqlite} seconds=${2:-600}
shift $(( $# < 2 ? $# : 2 ))
for tool in curl st; do command -v "$tool" >/dev/null || { echo "schemathesis.sh needs $tool" >&2; exit 2; }; done

articula=${ARTICULA_BINARY:-}
if [ -z "$articula" ]; then
  cargo build --quiet
  articula=${CARGO_TARGET_DIR:-target}/debug/articula
fi
articula=$(realpath "$articula")
examples=$(realpath examples) hooks=$(realpath benches/schemathesis) postgres=$(realpath benches/postgres.sh)
work=$(mktemp -d)
chmod 755 "$work"
server=
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ "$kind" != postgres ] || "$postgres" stop "$work/pg"
  rm -rf "$work"
}
trap finish EXIT

case $kind in
  sqlite) url=sqlite:$work/articula.db ;;
  postgres) url=$("$postgres" start "$work/pg") ;;
  *) echo "sqlite or postgres" >&2; exit 2 ;;
esac
cd "$work"
export ARTICULA_URL=http://127.0.0.1:$(( 20000 + RANDOM % 20000 )) ARTICULA_EMAIL=admin@demo.example
ARTICULA_PASSWORD=$(head -c 24 /dev/urandom | base64)
export ARTICULA_PASSWORD
export ARTICULA_DATABASE_URL=$url ARTICULA_LISTEN=${ARTICULA_URL#http://} ARTICULA_FILES_URL=file:$work/files
ARTICULA_JWT_SECRET=$(head -c 36 /dev/urandom | base64) ARTICULA_MAIL_URL=file:$work/mail
export ARTICULA_JWT_SECRET ARTICULA_MAIL_URL
for example in "$examples"/*.json; do "$articula" import "$example" >/dev/null; done
"$articula" user add "$ARTICULA_EMAIL" --name Administradora --admin <<<"$ARTICULA_PASSWORD" >/dev/null
RUST_LOG=warn "$articula" serve --no-worker >"$work/server.log" 2>&1 &
server=$!
until curl -fs "$ARTICULA_URL/readyz" >/dev/null; do
  kill -0 "$server" || { cat "$work/server.log" >&2; exit 1; }
  sleep 0.1
done

failed=0
SCHEMATHESIS_HOOKS=$hooks/hooks.py st --config-file "$hooks/schemathesis.toml" run "$ARTICULA_URL/api/openapi.json" \
  --max-time "$seconds" "$@" || failed=$?
grep -E '"(ERROR|WARN)"|panicked' "$work/server.log" >&2 || true
exit "$failed"
