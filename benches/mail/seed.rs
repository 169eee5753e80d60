//! Inserts commitments of four institutions each, in the SQL of each database.

use articula::clock::Clock;
use articula::db::{Database, Db};
use diesel::connection::SimpleConnection;

/// Runs a statement; `{id:table:number}` is the id of a record, `{series:from:to}` a table `s (n)`.
pub(crate) fn run(db: &Database, statements: &str) {
    db.write(None, Clock::System.now(), |tx| {
        let sqlite = matches!(tx.conn, Db::Sqlite(_));
        Ok(tx.conn.batch_execute(&expanded(statements, sqlite))?)
    })
    .unwrap();
}

/// The tables that the seed fills.
pub(crate) const RECORD: &[&str] =
    &["institutions", "commitments", "commitment_commissions", "assignments", "reminder_agenda"];

/// Analyses tables, as the database itself does after so many rows. Only tables with rows: cached plans scan a table
/// completely if it was analysed while empty.
pub(crate) fn analyse(db: &Database, tables: &[&str]) {
    run(db, &tables.iter().map(|table| format!("ANALYZE {table};")).collect::<String>());
}

fn expanded(text: &str, sqlite: bool) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, after) = after.split_once('}').unwrap();
        let parts: Vec<&str> = inside.split(':').collect();
        out.push_str(before);
        out.push_str(&match (parts[0], sqlite) {
            ("id", true) => format!("unhex('0000000000{:0>2}70008000' || printf('%012x', {}))", parts[1], parts[2]),
            ("id", false) => {
                format!("('00000000-00{:0>2}-7000-8000-' || lpad(to_hex({}), 12, '0'))::uuid", parts[1], parts[2])
            }
            ("series", true) => format!(
                "(WITH RECURSIVE up (n) AS (SELECT {} UNION ALL SELECT n + 1 FROM up WHERE n < {}) SELECT n FROM up) s",
                parts[1], parts[2]
            ),
            ("series", false) => format!("generate_series({}, {}) s (n)", parts[1], parts[2]),
            ("now", _) => "'2030-01-01 00:00:00'".to_owned(),
            ("yes", true) => "1".to_owned(),
            ("yes", false) => "true".to_owned(),
            ("no", true) => "0".to_owned(),
            ("no", false) => "false".to_owned(),
            _ => panic!("{inside}"),
        });
        rest = after;
    }
    out + rest
}

/// Inserts a country, a commission that reminds seven days before and on the day, and institutions with addresses.
pub(crate) fn country(db: &Database, institutions: usize) {
    run(
        db,
        &format!(
            "INSERT INTO countries (code, name, time_zone, locale, created_at, updated_at)
               VALUES ('BE', 'Bench', 'America/Lima', 'es', {{now}}, {{now}});
             INSERT INTO commissions (id, country_code, name, kind, acronym, operational_state, folded, created_at, updated_at)
               VALUES ({{id:1:1}}, 'BE', 'Comisión', 'committee', 'C', 'active', 'comision', {{now}}, {{now}});
             INSERT INTO reminder_policies (commission_id, lead_days, overdue_every_days, escalate_after_days, send_hour, send_on_non_working_days, updated_at)
               VALUES ({{id:1:1}}, '7,0', 7, 14, 8, {{no}}, {{now}});
             INSERT INTO institutions (id, name, sector, country_code, email, folded, created_at, updated_at)
               SELECT {{id:2:n}}, 'Institución ' || n, 'government', 'BE', 'i' || n || '@example.org', 'institucion', {{now}}, {{now}}
               FROM {{series:0:{}}};",
            institutions - 1
        ),
    );
}

/// Inserts the commitments `from..to` of four institutions each, due on a day.
pub(crate) fn commitments(db: &Database, (from, to): (usize, usize), institutions: usize, due: &str) {
    if from >= to {
        return;
    }
    run(
        db,
        &format!(
            "INSERT INTO commitments (id, country_code, lead_commission_id, code, text, due, due_from, due_to, due_sort, due_unchecked, completion_rule, restricted, status, open, folded, created_at, updated_at)
               SELECT {{id:3:n}}, 'BE', {{id:1:1}}, 'S-' || n, 'Capacitar a los inspectores de la provincia ' || n, '{due}', '{due}', '{due}', '{due}', {{no}}, 'all', {{no}}, 'planned', {{yes}}, 'capacitar', {{now}}, {{now}}
               FROM {{series:{from}:{last}}};
             INSERT INTO commitment_commissions (commitment_id, position, commission_id)
               SELECT {{id:3:n}}, 0, {{id:1:1}} FROM {{series:{from}:{last}}};
             INSERT INTO assignments (id, commitment_id, institution_id, role, status, verification, open, created_at, updated_at)
               SELECT {{id:4:n}}, {{id:3:n / 4}}, {{id:2:n % {institutions}}}, 'responsible', 'planned', 'none', {{yes}}, {{now}}, {{now}}
               FROM {{series:{first}:{end}}};",
            last = to - 1,
            first = from * 4,
            end = to * 4 - 1,
        ),
    );
}
