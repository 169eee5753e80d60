# Commands for development; `just` lists them.

default:
    @just --list

# Start a temporary database with both countries; print how to sign in.
demo:
    cargo run --release -- demo

# Run all tests, on both databases.
test *args:
    ARTICULA_REQUIRE_POSTGRES=1 cargo test {{args}}

# Check format and lints, as CI does.
lint:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings

# Run everything that CI checks.
ci:
    .ci/run

# Take the pictures of the help from the demonstration, in Spanish and English; needs chromedriver.
pictures:
    ARTICULA_PICTURES={{justfile_directory()}}/docs/pictures/help ARTICULA_REQUIRE_BROWSER=1 cargo test --test browser pictures

# Measure HTTP load on a release build, and the database alone for comparison: sqlite or postgres.
load database="sqlite":
    benches/load.sh {{database}}

# Run Schemathesis on every operation of the OpenAPI document; needs `pip install schemathesis`: sqlite or postgres.
schemathesis database="sqlite" seconds="600":
    benches/schemathesis.sh {{database}} {{seconds}}

# Read arbitrary and changed spreadsheets; a failing file is kept in proptest-regressions/.
fuzz-sheets minutes="60":
    #!/usr/bin/env bash
    set -euo pipefail
    end=$((SECONDS + 60 * {{minutes}}))
    while (( SECONDS < end )); do
        PROPTEST_CASES=20000 cargo test --release --lib fuzz::
    done

# Measure use cases in process, on SQLite and on a private PostgreSQL.
bench *args:
    #!/usr/bin/env bash
    set -euo pipefail
    dir=$(mktemp -d); chmod 755 "$dir"
    trap 'benches/postgres.sh stop "$dir/pg"; rm -rf "$dir"' EXIT
    export ARTICULA_BENCH_POSTGRES=$(benches/postgres.sh start "$dir/pg")
    cargo bench --bench use_cases {{args}}

# Measure dry runs and imports of matrices of 2,000, 10,000 and 20,000 rows, and of other requests meanwhile; both databases.
import-bench:
    #!/usr/bin/env bash
    set -euo pipefail
    dir=$(mktemp -d); chmod 755 "$dir"
    trap 'benches/postgres.sh stop "$dir/pg"; rm -rf "$dir"' EXIT
    export ARTICULA_BENCH_POSTGRES=$(benches/postgres.sh start "$dir/pg")
    cargo bench --bench imports

# Measure sending 2,000 digests to a local mail server, and plain senders for comparison; on SQLite and PostgreSQL.
mail-load:
    benches/mail.sh load

# Kill a worker 20 times while it sends 1,000 mails, on both databases: check that none is missing and few are sent twice.
mail-drill:
    ARTICULA_DRILL=full ARTICULA_REQUIRE_POSTGRES=1 cargo test --test it -- reminders::killed --nocapture --test-threads=1

# Measure planning with 10,000, 100,000 and 1,000,000 open assignments, 5,000 of them due; on SQLite and PostgreSQL.
plan-bench:
    benches/mail.sh plan

# Measure limits on SQLite: reads during continuous writes, memory after large bodies, size of /metrics.
limits seconds="10":
    benches/limits.sh {{seconds}}
