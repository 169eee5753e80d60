#!/usr/bin/env bash
# Measures the export of the registry as a workbook, on a release build and SQLite: time and peak memory of the command
# for several numbers of activities. Usage: benches/registry.sh [COUNT...]
set -euo pipefail
cd "$(dirname "$0")/.."
command -v python3 >/dev/null || { echo "registry.sh needs python3" >&2; exit 2; }
articula=${ARTICULA:-${CARGO_TARGET_DIR:-target}/release/articula}
[ -n "${ARTICULA:-}" ] || cargo build --release --quiet
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ARTICULA_DATABASE_URL=sqlite:$work/registry.db
"$articula" import examples/peru-2023.json >/dev/null

for count in "${@:-10000 100000}"; do for n in $count; do
  python3 - "$work/registry.db" "$n" <<'PY'
import sqlite3, sys, uuid
db, wanted = sqlite3.connect(sys.argv[1]), int(sys.argv[2])
columns = [row[1] for row in db.execute("PRAGMA table_info(activities)")]
others = [name for name in columns if name not in ("id", "row")]
links = ["activity_commissions", "activity_themes", "activity_organizers", "activity_partners", "activity_territories", "activity_plan_items"]
link_columns = {t: [r[1] for r in db.execute(f"PRAGMA table_info({t})") if r[1] != "activity_id"] for t in links}
source = [row[0] for row in db.execute("SELECT id FROM activities WHERE status = 'validated' AND starts IS NOT NULL ORDER BY id LIMIT 100")]
have = db.execute("SELECT count(*) FROM activities WHERE status = 'validated'").fetchone()[0]
for n in range(wanted - have):
    old, new = source[n % len(source)], uuid.uuid4().bytes
    db.execute(f"INSERT INTO activities (id, {', '.join(others)}) SELECT ?, {', '.join(others)} FROM activities WHERE id = ?", (new, old))
    for table, names in link_columns.items():
        db.execute(f"INSERT INTO {table} (activity_id, {', '.join(names)}) SELECT ?, {', '.join(names)} FROM {table} WHERE activity_id = ?", (new, old))
db.commit()
PY
  python3 - "$articula" "$work/registry.xlsx" "$n" <<'PY'
import os, resource, subprocess, sys, time
articula, output, n = sys.argv[1:]
began = time.monotonic()
subprocess.run([articula, "registry", "--country", "PE", "--from", "1990-01-01", "--to", "2100-12-31", "--format", "xlsx", "-o", output], check=True)
took, peak = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"{int(n):>9,} activities: {took:6.1f} s, peak {peak:5.0f} MiB, file {os.path.getsize(output) / 2**20:.1f} MiB")
PY
done; done
