# What people run while they work on Articula; `just` lists it.

default:
    @just --list

# Throw-away database with both countries, and how to sign in.
demo:
    cargo run --release -- demo

# All tests, on both databases.
test *args:
    ARTICULA_REQUIRE_POSTGRES=1 cargo test {{args}}

# Format and lints, as CI has them.
lint:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings

# Everything that CI checks.
ci:
    .ci/run

# HTTP load on a release build, beside what the database alone can do: sqlite or postgres.
load database="sqlite":
    benches/load.sh {{database}}

# Schemathesis against every operation of the OpenAPI document; needs `pip install schemathesis`: sqlite or postgres.
schemathesis database="sqlite" seconds="600":
    benches/schemathesis.sh {{database}} {{seconds}}

# Use cases in process, on SQLite and on a PostgreSQL of one's own.
bench *args:
    #!/usr/bin/env bash
    set -euo pipefail
    dir=$(mktemp -d); chmod 755 "$dir"
    trap 'benches/postgres.sh stop "$dir/pg"; rm -rf "$dir"' EXIT
    export ARTICULA_BENCH_POSTGRES=$(benches/postgres.sh start "$dir/pg")
    cargo bench --bench use_cases {{args}}

# Matrices of 2,000, 10,000 and 20,000 rows, tried and brought in, and what others wait meanwhile; on both databases.
import-bench:
    #!/usr/bin/env bash
    set -euo pipefail
    dir=$(mktemp -d); chmod 755 "$dir"
    trap 'benches/postgres.sh stop "$dir/pg"; rm -rf "$dir"' EXIT
    export ARTICULA_BENCH_POSTGRES=$(benches/postgres.sh start "$dir/pg")
    cargo bench --bench imports

# 2,000 digests to a local mail server, beside what it takes from a plain sender; on SQLite and PostgreSQL.
mail-load:
    benches/mail.sh load

# Kills a worker 20 times while it sends 1,000 mails, on both databases: nobody misses one, few are sent twice.
mail-drill:
    ARTICULA_DRILL=full ARTICULA_REQUIRE_POSTGRES=1 cargo test --test it -- reminders::killed --nocapture --test-threads=1

# Planning with 10,000, 100,000 and 1,000,000 open assignments of which 5,000 are due; on SQLite and PostgreSQL.
plan-bench:
    benches/mail.sh plan

# What must not stop the program: reads beside waiting writers, memory after large bodies, size of the figures; SQLite.
limits seconds="10":
    benches/limits.sh {{seconds}}
