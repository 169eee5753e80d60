#!/usr/bin/env bash
# Measures a release build on SQLite under load: the time of GET /me while 16 connections write without a pause,
# the memory after large bodies, the size of /metrics after 10,000 requests with unknown methods.
# Usage: benches/limits.sh [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
for tool in curl wrk; do command -v "$tool" >/dev/null || { echo "limits.sh needs $tool (Debian: apt install $tool)" >&2; exit 2; }; done

articula=${ARTICULA_BINARY:-}
if [ -z "$articula" ]; then
  cargo build --release --quiet --bin articula
  articula=${CARGO_TARGET_DIR:-target}/release/articula
fi
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

port=$(( 20000 + RANDOM % 20000 ))
base=http://127.0.0.1:$port
export ARTICULA_DATABASE_URL=sqlite:$work/limits.db ARTICULA_LISTEN=127.0.0.1:$port ARTICULA_MAIL_URL=file:$work/mail ARTICULA_FILES_URL=file:$work/files
password='una frase larga y propia'
echo "$password" | "$articula" user add admin@example.org --name Admin --admin >/dev/null
echo "$password" | "$articula" user add nadie@example.org --name Nadie >/dev/null
RUST_LOG=warn "$articula" serve >"$work/log" 2>&1 &
server=$!
until curl -fs "$base/healthz" >/dev/null; do kill -0 "$server" || { cat "$work/log" >&2; exit 1; }; sleep 0.05; done

token() {
  curl -fs "$base/api/v1/auth/login" -H 'Content-Type: application/json' -d "{\"email\":\"$1\",\"password\":\"$password\"}" |
    grep -o '"access_token":"[^"]*"' | cut -d '"' -f 4
}
admin=$(token admin@example.org) nobody=$(token nadie@example.org)
memory() { echo $(( $(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server/status") / 1024 )); }
me() { wrk -t1 -c1 -d"${seconds}s" --latency -H "Authorization: Bearer $admin" "$base/api/v1/me" | awk '/^ *(50|99)%/ { printf "%s %s  ", $1, $2 } END { print "" }'; }

echo "GET /me, nothing else:              $(me)"
cat >"$work/write.lua" <<'LUA'
local thread, number = 0, 0
function setup(t) t:set("id", thread); thread = thread + 1 end
function request()
  number = number + 1
  local body = string.format('{"name":"Institution %d-%d","sector":"government"}', id, number)
  return wrk.format("POST", nil, wrk.headers, body)
end
LUA
wrk -t2 -c16 -d"$(( seconds + 2 ))s" -s "$work/write.lua" -H "Authorization: Bearer $admin" -H 'Content-Type: application/json' "$base/api/v1/institutions" >"$work/writers" &
writers=$!
sleep 1
echo "GET /me, 16 connections that write: $(me)"
wait "$writers"
echo "  (they wrote $(sed -n 's/^Requests\/sec: *//p' "$work/writers") times a second)"

before=$(memory)
{ printf '['; for _ in $(seq 26); do printf '{"a":0},%.0s' $(seq 131072); done; printf '{}]'; } >"$work/body"
send() { curl -s -o "$work/answer" -w '%{http_code} after %{time_total} s, %{size_upload} bytes sent' -H "Authorization: Bearer $1" -H 'Content-Type: application/json' --data-binary @"$2" "$base/api/v1/imports" || true; }
echo "body of $(stat -c %s "$work/body") bytes"
echo "from a person without rights: $(send "$nobody" "$work/body"); memory $before -> $(memory) MiB"
head -c 25000000 "$work/body" >"$work/short" && truncate -s -1 "$work/short" && printf ']' >>"$work/short"
before=$(memory)
echo "from an admin, too many values: $(send "$admin" "$work/short"); memory $before -> $(memory) MiB"

for batch in $(seq 20); do
  {
    for n in $(seq 499); do printf 'M%s-%s%0200d /api/v1/me HTTP/1.1\r\nHost: x\r\n\r\n' "$batch" "$n" 0; done
    printf 'M%s-%0200d /api/v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' "$batch" 0
  } >"$work/methods"
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  cat "$work/methods" >&3 & cat <&3 >/dev/null
  wait $!
  exec 3>&-
done
echo "/metrics after 10,000 invented methods: $(curl -fs "$base/metrics" | wc -c) bytes"
curl -fs "$base/metrics" | grep 'method="other"' | head -n 1
