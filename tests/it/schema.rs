//! `src/db/schema.rs` agrees with both databases after migration, every foreign key has an index, and every foreign key
//! to institutions is known to the check before a merge or move.

use std::collections::{BTreeMap, BTreeSet};

use articula::db::Db;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::on_both;
use crate::support::World;

/// Table and column, with type and true for a column that may be null.
type Columns = BTreeMap<(String, String), (String, bool)>;

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    data_type: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

#[derive(QueryableByName)]
struct Missing {
    #[diesel(sql_type = Text)]
    what: String,
}

const PG_COLUMNS: &str = "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES' AS nullable \
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_diesel%'";

const SQLITE_COLUMNS: &str = "SELECT m.name AS table_name, p.name AS column_name, p.type AS data_type, \
    p.\"notnull\" = 0 AND p.pk = 0 AS nullable FROM sqlite_master m, pragma_table_info(m.name) p \
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '%\\_search%' ESCAPE '\\' \
    AND m.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' AND NOT (p.name = 'row' AND p.pk = 1)";

const PG_UNINDEXED: &str = "SELECT c.conrelid::regclass::text || '.' || a.attname::text AS what FROM pg_constraint c \
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
    WHERE c.contype = 'f' AND NOT EXISTS \
    (SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])";

const SQLITE_UNINDEXED: &str = "SELECT m.name || '.' || f.\"from\" AS what FROM sqlite_master m, pragma_foreign_key_list(m.name) f \
    WHERE m.type = 'table' AND f.seq = 0 AND NOT EXISTS (SELECT 1 FROM pragma_index_list(m.name) l, pragma_index_info(l.name) i \
    WHERE i.seqno = 0 AND i.name = f.\"from\")";

const PG_INDEXED: &str = "SELECT i.indrelid::regclass::text || '.' || a.attname::text AS what FROM pg_index i \
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] \
    WHERE i.indrelid::regclass::text NOT LIKE 'pg%'";

const SQLITE_INDEXED: &str = "SELECT m.name || '.' || i.name AS what FROM sqlite_master m, pragma_index_list(m.name) l, \
    pragma_index_info(l.name) i WHERE m.type = 'table' AND i.seqno = 0 AND i.name IS NOT NULL";

/// The columns by which lists are filtered.
const FILTERS: &[&str] = &[
    "activities.country_code activities.kind activities.status activities.span_from",
    "activity_commissions.commission_id activity_organizers.institution_id activity_partners.institution_id",
    "activity_plan_items.plan_item_id activity_themes.theme",
    "agreement_commissions.commission_id agreement_themes.theme",
    "agreements.country_code agreements.kind agreements.meeting_id",
    "audit_log.action audit_log.at audit_log.client audit_log.country_code audit_log.kind audit_log.user_id",
    "commission_themes.theme commissions.country_code commissions.kind commissions.operational_state commissions.parent_id",
    "assignments.institution_id commitment_commissions.commission_id commitment_plan_items.plan_item_id",
    "commitment_themes.theme commitments.agreement_id commitments.country_code commitments.due_sort",
    "commitments.meeting_id commitments.open commitments.status",
    "delegates.commission_id deliveries.day deliveries.kind deliveries.recipient deliveries.status",
    "delivery_commissions.commission_id grants.role imports.country_code",
    "duties.country_code duties.every duties.plan_item_id duty_commissions.commission_id duty_institutions.institution_id",
    "institutions.country_code institutions.sector meeting_commissions.commission_id",
    "meetings.country_code meetings.held_to meetings.status memberships.commission_id memberships.institution_id",
    "observation_commissions.commission_id observation_plan_items.plan_item_id observation_themes.theme",
    "indicators.plan_item_id indicator_responsibles.institution_id indicator_values.indicator_id",
    "observations.country_code observations.kind plans.country_code plans.kind reports.country_code",
    "users.disabled users.email_folded users.institution_id",
];

fn rows<
    T: diesel::deserialize::QueryableByName<diesel::pg::Pg>
        + diesel::deserialize::QueryableByName<diesel::sqlite::Sqlite>
        + 'static,
>(
    world: &World,
    pg: &str,
    sqlite: &str,
) -> Vec<T> {
    let load = |conn: &mut Db| match conn {
        Db::Pg(inner) => diesel::sql_query(pg).load::<T>(inner),
        Db::Sqlite(inner) => diesel::sql_query(sqlite).load::<T>(inner),
    };
    world.state.db.read(|conn| Ok(load(conn)?)).unwrap()
}

/// Returns the columns of `schema.rs`, with the type names of one of the databases.
fn declared(sqlite: bool) -> Columns {
    let text = include_str!("../../src/db/schema.rs");
    let (mut table, mut columns) = (String::new(), Columns::new());
    for line in text.lines().map(str::trim) {
        if let Some((name, kind)) = line.split_once(" -> ").filter(|_| line.ends_with(',')) {
            let kind = kind.trim_end_matches(',');
            let inner = kind.strip_prefix("Nullable<").and_then(|rest| rest.strip_suffix('>'));
            let spelled = spelled(inner.unwrap_or(kind), sqlite);
            columns.insert((table.clone(), name.trim().to_owned()), (spelled.to_owned(), inner.is_some()));
        } else if line.ends_with(") {")
            && let Some((name, _)) = line.split_once(" (")
        {
            table = name.to_owned();
        }
    }
    columns
}

fn spelled(kind: &str, sqlite: bool) -> &'static str {
    let (on_postgres, on_sqlite) = match kind {
        "Uid" => ("uuid", "BLOB"),
        "Text" => ("text", "TEXT"),
        "Date" => ("date", "TEXT"),
        "Timestamp" => ("timestamp without time zone", "TEXT"),
        "Bool" => ("boolean", "INTEGER"),
        "Integer" => ("integer", "INTEGER"),
        "BigInt" => ("bigint", "INTEGER"),
        "Double" => ("double precision", "REAL"),
        "Binary" => ("bytea", "BLOB"),
        other => panic!("schema.rs has a type that this test does not know: {other}"),
    };
    if sqlite { on_sqlite } else { on_postgres }
}

on_both! {
    fn the_schema_in_the_code_is_the_schema_in_the_database(world) {
        let found: Columns = rows::<Column>(world, PG_COLUMNS, SQLITE_COLUMNS)
            .into_iter()
            .map(|column| ((column.table_name, column.column_name), (column.data_type, column.nullable)))
            .collect();
        let declared = declared(world.state.db.kind() == "SQLite");
        let only_declared: Vec<_> = declared.iter().filter(|(name, kind)| found.get(*name) != Some(kind)).collect();
        let only_found: Vec<_> = found.iter().filter(|(name, kind)| declared.get(*name) != Some(kind)).collect();
        assert!(only_declared.is_empty() && only_found.is_empty(), "declared {only_declared:#?}\nfound {only_found:#?}");
        assert!(found.len() > 200, "{} columns", found.len());
    }
}

on_both! {
    fn every_foreign_key_has_an_index(world) {
        let missing: BTreeSet<_> = rows::<Missing>(world, PG_UNINDEXED, SQLITE_UNINDEXED).into_iter().map(|row| row.what).collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }
}

on_both! {
    fn every_filter_of_a_list_has_an_index(world) {
        let indexed: BTreeSet<_> = rows::<Missing>(world, PG_INDEXED, SQLITE_INDEXED).into_iter().map(|row| row.what).collect();
        let missing: Vec<_> = FILTERS.iter().flat_map(|line| line.split(' ')).filter(|column| !indexed.contains(*column)).collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }
}

/// The foreign keys to institutions that the check before a move need not read, with the reason.
const NOT_IN_OTHER_RECORDS: &[(&str, &str)] = &[
    ("institution_aliases.institution_id", "part of the institution itself"),
    ("users.institution_id", "gives no right to read records; grants do"),
    ("grants.institution_id", "read by `is_represented_everywhere`"),
    ("contact_changes.institution_id", "a queue of mails, which names no record"),
    ("duty_reminders.institution_id", "a list of mails; the report that it is about belongs to a duty that is read"),
];

/// Returns the columns of `schema.rs` that refer to institutions: those of `joinable!` lines, and those named so.
fn references_to_institutions() -> BTreeSet<String> {
    let joins = include_str!("../../src/db/schema.rs").lines().filter_map(|line| {
        let join = line.strip_prefix("diesel::joinable!(")?.strip_suffix(");")?;
        let (table, column) = join.split_once(" -> institutions (")?;
        Some(format!("{table}.{}", column.trim_end_matches(')')))
    });
    let named = declared(true).into_keys().filter(|(_, column)| column.ends_with("institution_id"));
    joins.chain(named.map(|(table, column)| format!("{table}.{column}"))).collect()
}

/// Returns the body of a function of `src/`.
fn body_of(function: &str, folder: &std::path::Path) -> Option<String> {
    std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).find_map(|path| {
        if path.is_dir() {
            return body_of(function, &path);
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let (_, rest) = text.split_once(&format!("fn {function}("))?;
        rest.split_once("\n}").map(|(body, _)| body.to_owned())
    })
}

#[test]
fn the_check_before_an_institution_moves_reads_every_reference_to_it() {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let body = body_of("named_elsewhere", &source).expect("the check is the function `named_elsewhere`");
    let unread: Vec<_> = references_to_institutions()
        .into_iter()
        .filter(|column| !body.contains(&column.replace('.', "::")))
        .filter(|column| !NOT_IN_OTHER_RECORDS.iter().any(|(known, _)| known == column))
        .collect();
    assert!(unread.is_empty(), "add to `named_elsewhere`, or to the list here with the reason: {unread:#?}");
    assert!(references_to_institutions().len() > 10);
}
