#!/usr/bin/env bash
# Measures planning or sending of reminders on SQLite and on a private PostgreSQL. Usage: benches/mail.sh load|plan
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$(mktemp -d); chmod 755 "$dir"
trap 'benches/postgres.sh stop "$dir/pg"; rm -rf "$dir"' EXIT
export ARTICULA_BENCH_POSTGRES=$(benches/postgres.sh start "$dir/pg")
cargo bench --quiet --bench mail -- "$1"
