#!/usr/bin/env bash
# Starts a private PostgreSQL with its default durability, for measuring: `postgres.sh start DIR` prints its URL, and
# writes every statement to DIR/log after `postgres.sh log DIR on`; `postgres.sh settle DIR` updates statistics and
# visibility maps after seeding; `postgres.sh stop DIR` ends and removes it.
set -euo pipefail
verb=$1 dir=$2
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
bin=${bin:-$(dirname "$(command -v initdb)")}
as=()
[ "$(id -u)" != 0 ] || as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
case $verb in
  start)
    mkdir -p "$dir"
    [ "$(id -u)" != 0 ] || chown postgres "$dir"
    cd "$dir"
    "${as[@]}" "$bin/initdb" -A trust -U articula -E UTF8 -D "$dir/data" >/dev/null
    "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" \
      -o "-c listen_addresses= -c unix_socket_directories=$dir -c shared_buffers=512MB -c log_line_prefix='@@ '" start >/dev/null
    "$bin/psql" -h "$dir" -U articula -d postgres -qc 'CREATE DATABASE articula'
    echo "postgres://articula@${dir//\//%2F}/articula"
    ;;
  log)
    "$bin/psql" -h "$dir" -U articula -d postgres -qc "ALTER SYSTEM SET log_statement = '$([ "$3" = on ] && echo all || echo none)'" -c 'SELECT pg_reload_conf()' >/dev/null
    sleep 0.5
    ;;
  settle)
    # A server in use does this by itself. Without it, counts read every row of the new tables.
    "$bin/psql" -h "$dir" -U articula -d articula -qc 'VACUUM ANALYZE'
    ;;
  stop)
    cd /
    "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -m fast stop >/dev/null || true
    rm -rf "$dir"
    ;;
esac
