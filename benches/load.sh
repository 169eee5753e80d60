#!/usr/bin/env bash
# Measures HTTP load on a release build (wrk, 32 connections, keep-alive, signed in) and, in the same run on the same
# machine, the database alone with the statements that each request sends: pgbench, prepared, on PostgreSQL; a loop over
# prepared statements on SQLite. Usage: benches/load.sh sqlite|postgres [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-sqlite} seconds=${2:-10}
for tool in curl wrk; do command -v "$tool" >/dev/null || { echo "load.sh needs $tool (Debian: apt install $tool)" >&2; exit 2; }; done

target=${CARGO_TARGET_DIR:-target}
# The program and the bench in one build: apart, they would need the library with two sets of features.
build() { cargo build --release --quiet --bin articula --bench load "$@"; }
build
# Cargo also lists the program when it was rebuilt: the bench is the executable of the target `load`.
helper=$(build --message-format=json 2>/dev/null | grep '"name":"load"' | grep -o '"executable":"[^"]*"' | tail -n 1 | cut -d '"' -f 4)
articula=$target/release/articula
work=$(mktemp -d)
server=
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ "$kind" != postgres ] || benches/postgres.sh stop "$work/pg"
  rm -rf "$work"
}
trap finish EXIT

chmod 755 "$work"
case $kind in
  sqlite) url=sqlite:$work/load.db ;;
  postgres) url=$(benches/postgres.sh start "$work/pg") ;;
  *) echo "sqlite or postgres" >&2; exit 2 ;;
esac
echo "seeding 100,000 commitments ..."
"$helper" seed "$url"
[ "$kind" != postgres ] || benches/postgres.sh settle "$work/pg"

port=$(( 20000 + RANDOM % 20000 ))
base=http://127.0.0.1:$port
export ARTICULA_DATABASE_URL=$url ARTICULA_LISTEN=127.0.0.1:$port ARTICULA_JWT_SECRET=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n') ARTICULA_MAIL_URL=file:$work/mail
serve() {
  local began=$(date +%s%N)
  RUST_LOG=$1 "$articula" serve --no-worker >"$work/server.log" 2>&1 &
  server=$!
  until curl -fs "$base/healthz" >/dev/null; do kill -0 "$server" || { cat "$work/server.log" >&2; exit 1; }; sleep 0.005; done
  first=$(( ($(date +%s%N) - began) / 1000000 ))
}
stop() { kill "$server"; wait "$server" 2>/dev/null || true; server=; }

serve warn
sleep 1
memory=$(( $(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server/status") / 1024 ))
echo "start to first answer: ${first} ms; idle memory: ${memory} MiB"

sign_in() { curl -fs "$base/api/v1/auth/login" -H 'Content-Type: application/json' -d "{\"email\":\"$1@example.org\",\"password\":\"una frase larga y propia\"}" | grep -o '"access_token":"[^"]*"' | cut -d '"' -f 4; }
# An admin asks for everything but pending work: that is asked for by a secretariat, for whom much waits.
declare -A token=([bench]=$(sign_in bench) [office]=$(sign_in office))
who() { case $1 in pending) echo office ;; *) echo bench ;; esac; }
id() { printf '00000000-000%d-7000-8000-%012x' "$1" "$2"; }
day() { date -u -d "$1" +%F; }
list="/api/v1/commitments?country_code=BE&status=planned,in_progress&due_after=$(day yesterday)&due_before=$(day '31 days')&limit=50"
one="/api/v1/commitments/$(id 3 4711)"
create=/api/v1/commitments
pending=/api/v1/me/pending
overview=/api/v1/overview?country_code=BE
search=/api/v1/search?q=capacitar
export BODY=$work/body.json
printf '{"commission_ids":["%s"],"text":"Capacitar a inspectores","due":"2030-06","assignments":[{"institution_id":"%s"},{"institution_id":"%s"}]}' "$(id 1 1)" "$(id 2 1)" "$(id 2 2)" >"$BODY"

http() { # name, arguments of wrk
  local name=$1 connections=32; shift
  # These keep the database busy for long: of 32 at once, some would be told to come back later.
  case $name in overview | search) connections=4 ;; esac
  wrk -t2 "-c$connections" -d"${seconds}s" -H "Authorization: Bearer ${token[$(who "$name")]}" "$@" >"$work/wrk"
  ! grep 'Non-2xx' "$work/wrk" >&2 || { echo "$name: some answers were refused" >&2; exit 1; }
  sed -n 's/^Requests\/sec: *//p' "$work/wrk"
}
ask() { # name
  local as="Authorization: Bearer ${token[$(who "$1")]}"
  case $1 in
    create) curl -fs -H "$as" -H 'Content-Type: application/json' --data-binary @"$BODY" "$base$create" ;;
    *) curl -fs -H "$as" "$base${!1}" ;;
  esac >/dev/null
}

# The statements of one request of each kind.
declare -A alone answered
if [ "$kind" = postgres ]; then
  for name in list one create pending overview search; do
    ask "$name"
    benches/postgres.sh log "$work/pg" on
    lines=$(wc -l <"$work/pg/log")
    ask "$name"
    benches/postgres.sh log "$work/pg" off
    tail -n "+$((lines + 1))" "$work/pg/log" >"$work/$name.log"
  done
else
  # The log of the program has no values, so the helper observes the statements of the same requests in its own process.
  transcribe() { "$helper" transcribe "$url" "$(who "$1")@example.org" "${!1#/api/v1}" "${@:2}" >"$work/$1.sql"; }
  for name in list one pending overview search; do transcribe "$name"; done
  transcribe create "$(<"$BODY")"
fi

answered[list]=$(http list "$base$list")
# The same list as a page, for a browser that is signed in.
cookie=$(curl -fs -o "$work/signed-in" -D - -H 'Sec-Fetch-Site: same-origin' -d email=bench@example.org --data-urlencode 'password=una frase larga y propia' "$base/sign-in" | sed -n 's/^[Ss]et-[Cc]ookie: *\(articula=[^;]*\).*/\1/p' | tr -d '\r')
page=${list#/api/v1}
wrk -t2 -c32 -d"${seconds}s" -H "Cookie: $cookie" "$base$page" >"$work/wrk"
! grep 'Non-2xx' "$work/wrk" >&2 || { echo "page: some answers were refused" >&2; exit 1; }
answered[page]=$(sed -n 's/^Requests\/sec: *//p' "$work/wrk")
page_size=$(curl -fs -H "Cookie: $cookie" "$base$page" | gzip -9 | wc -c)
answered[one]=$(http one "$base$one")
answered[pending]=$(http pending "$base$pending")
answered[overview]=$(http overview "$base$overview")
answered[search]=$(http search "$base$search")
answered[create]=$(http create -s benches/create.lua "$base$create")
stop

for name in list one create pending overview search; do
  if [ "$kind" = postgres ]; then
    alone[$name]=$("$helper" pgbench "$work/$name.log" "$work/$name.sql" "$work/pg" "$seconds")
  else
    alone[$name]=$("$helper" loop "$work/load.db" "$work/$name.sql" "$seconds")
  fi
done

printf '\n%-44s %12s %12s %8s\n' "$kind, 32 connections" 'HTTP /s' 'database /s' 'ratio'
row() { printf '%-44s %12.0f %12.0f %8.2f\n' "$2" "${answered[$1]}" "${alone[$1]}" "$(awk "BEGIN { print ${answered[$1]} / ${alone[$1]} }")"; }
row list 'list of 50 open commitments due in 30 days'
row one 'one commitment'
row create 'a commitment with two assignments created'
row pending 'what waits for the caller'
row overview 'the overview of a country'
row search 'a search across all kinds'
count() { grep -vc '^.set' "$work/$1.sql"; }
echo "statements a request: list $(count list), one $(count one), create $(count create), pending $(count pending), overview $(count overview), search $(count search)"
awk "BEGIN { printf \"the list as a page: %.0f /s, %.2f of the API's list; $page_size bytes with gzip\\n\", ${answered[page]}, ${answered[page]} / ${answered[list]} }"
