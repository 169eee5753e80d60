//! Rules 4 and 5: tables that a store reads from later slices, the migrations of both databases, and the words of the
//! audit log.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::layout::SLICES;
use super::source::{none, paths_from, root, sources};

#[test]
fn both_databases_get_the_same_migrations() {
    let names = |kind: &str| -> BTreeSet<String> {
        let folder = root().join("migrations").join(kind);
        fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names("postgres"), names("sqlite"));
    for kind in ["postgres", "sqlite"] {
        for name in names(kind) {
            let folder = root().join("migrations").join(kind).join(&name);
            let up = fs::read_to_string(folder.join("up.sql")).unwrap();
            assert!(up.starts_with("-- "), "{kind}/{name}: the first line says what it is for");
            assert!(folder.join("down.sql").exists(), "{kind}/{name}: no way back");
        }
    }
}

/// The slice that owns each table; the tables of the base are left out.
const TABLES: &[(&str, &[&str])] = &[
    (
        "identity",
        &[
            "users",
            "grants",
            "sessions",
            "refresh_tokens",
            "one_time_tokens",
            "calendar_tokens",
            "saved_drafts",
            "second_factors",
            "recovery_codes",
            "personal_tokens",
        ],
    ),
    ("directory", &["countries", "calendar_days", "institutions", "institution_aliases"]),
    (
        "commissions",
        &[
            "commissions",
            "commission_aliases",
            "commission_legal_bases",
            "commission_themes",
            "memberships",
            "delegates",
            "operational_states",
            "reminder_policies",
        ],
    ),
    ("notifications", &["notification_preferences", "notices"]),
    ("uploads", &["files"]),
    ("issued", &["issued_documents", "issued_files"]),
    (
        "meetings",
        &[
            "meetings",
            "meeting_commissions",
            "meeting_documents",
            "meeting_replies",
            "agenda_items",
            "agenda_proposals",
            "attendances",
        ],
    ),
    (
        "agreements",
        &["agreements", "agreement_attachments", "agreement_commissions", "agreement_parties", "agreement_themes"],
    ),
    (
        "plans",
        &[
            "plans",
            "plan_commissions",
            "plan_items",
            "plan_item_responsibles",
            "observations",
            "observation_commissions",
            "observation_plan_items",
            "observation_themes",
        ],
    ),
    (
        "duties",
        &[
            "duties",
            "duty_commissions",
            "duty_fields",
            "duty_institutions",
            "duty_report_evidence",
            "duty_reports",
            "duty_reviews",
            "duty_waivers",
        ],
    ),
    (
        "indicators",
        &["indicators", "indicator_responsibles", "indicator_targets", "indicator_values", "indicator_value_evidence"],
    ),
    (
        "commitments",
        &[
            "commitments",
            "commitment_attachments",
            "commitment_beneficiaries",
            "commitment_commissions",
            "commitment_dependencies",
            "commitment_events",
            "commitment_numbers",
            "commitment_plan_items",
            "commitment_themes",
            "assignments",
            "updates",
            "update_evidence",
            "extensions",
            "saved_views",
        ],
    ),
    (
        "activities",
        &[
            "activities",
            "activity_commissions",
            "activity_commitments",
            "activity_evidence",
            "activity_organizers",
            "activity_partners",
            "activity_plan_items",
            "activity_territories",
            "activity_themes",
        ],
    ),
    (
        "minutes",
        &["minutes", "minutes_comments", "minutes_files", "minutes_numbers", "minutes_records", "minutes_versions"],
    ),
    ("reminders", &["reminder_agenda", "reminder_ledger", "duty_reminders", "planned_days", "waiting_ledger"]),
    (
        "reports",
        &[
            "form_wordings",
            "reports",
            "report_answers",
            "report_assignees",
            "report_comments",
            "report_files",
            "report_snapshots",
        ],
    ),
    ("datasets", &["dataset_keys"]),
    ("matrix", &["imports", "import_effects", "matrix_mappings"]),
    ("public", &["former_names"]),
];

/// Stores that read tables of later slices, with the reason.
const READ_MODELS: &[(&str, &str)] = &[
    ("src/access/store.rs", "countries, time zones and existence of the records that every permission check needs"),
    (
        "src/commitments/store/citations.rs",
        "the approved minutes and reports that cite a commitment, which make the review of its completion final",
    ),
    ("src/commitments/store/imports.rs", "the imports that created or changed a commitment, which its history states"),
    ("src/directory/institutions/store.rs", "the countries of commissions, for the right to see their institutions"),
    ("src/identity/store.rs", "the memberships of the day, loaded with the actor in one statement"),
    (
        "src/identity/store/grant_context.rs",
        "every record that refers to an institution, for the right to grant and to move it",
    ),
    (
        "src/identity/store/places.rs",
        "the countries, commissions and institutions from which the form of a grant lets choose",
    ),
    ("src/identity/store/visible_users.rs", "the commissions and institutions through which an actor sees a user"),
    ("src/meetings/minutes/store.rs", "the approval of the minutes, after which nothing that they state can change"),
    ("src/meetings/store/found.rs", "the minutes of the sessions that a search finds"),
    ("src/meetings/store/pages.rs", "the state of the minutes of each session of the list of sessions"),
    ("src/uploads/store.rs", "the records that cite a file, which decide who may fetch it"),
];

#[test]
fn a_store_reads_tables_of_its_own_and_earlier_slices() {
    let place = |slice: &str| SLICES.iter().position(|known| *known == slice);
    let owners: BTreeMap<&str, &str> =
        TABLES.iter().flat_map(|(slice, tables)| tables.iter().map(|table| (*table, *slice))).collect();
    let mut broken = BTreeSet::new();
    let mut used = BTreeSet::new();
    for source in sources("src").iter().filter(|source| SLICES.contains(&source.module())) {
        let paths = ["crate::db::schema::", "schema::"].into_iter().flat_map(|start| paths_from(&source.code, start));
        for path in paths {
            let table = path.split("schema::").nth(1).and_then(|rest| rest.split("::").next()).unwrap_or_default();
            let Some(owner) = owners.get(table).filter(|owner| place(owner) > place(source.module())) else { continue };
            if READ_MODELS.iter().any(|(listed, _)| *listed == source.path) {
                used.insert(source.path.clone());
                continue;
            }
            broken.insert(format!(
                "{} reads `{table}` of the later slice {owner}: move the query there, or list the file in READ_MODELS \
                 with the reason",
                source.path
            ));
        }
    }
    let unused = READ_MODELS.iter().filter(|(listed, _)| !used.contains(*listed));
    broken.extend(unused.map(|(listed, _)| format!("{listed} needs no place in READ_MODELS any more: remove it")));
    none(broken.into_iter().collect());
}

#[test]
fn every_table_of_the_schema_has_an_owner_or_belongs_to_the_base() {
    let base = [
        "audit_log",
        "contact_changes",
        "daily_uses",
        "deliveries",
        "delivery_commissions",
        "idempotency_keys",
        "refused_sign_ins",
    ];
    let known: BTreeSet<&str> = TABLES.iter().flat_map(|(_, tables)| tables.iter().copied()).chain(base).collect();
    let schema = fs::read_to_string(root().join("src/db/schema.rs")).unwrap();
    let tables = schema.lines().filter_map(|line| line.trim().strip_suffix('{'));
    let tables = tables.filter_map(|line| line.split_once(" (").map(|(name, _)| name.trim()));
    let tables: BTreeSet<&str> = tables.filter(|name| name.chars().all(|c| c.is_lowercase() || c == '_')).collect();
    assert!(tables.len() > 60, "{tables:?}");
    none(tables.difference(&known).map(|table| format!("{table}: add it to TABLES")).collect());
}

/// The calls that write into the audit log, as far as they name their action or their kind of record as a literal.
const AUDITED: &[&str] = &[
    "audit::created(",
    "audit::updated(",
    "audit::deleted(",
    "record(tx,",
    "record_change(tx,",
    "save_change(tx,",
    "audit_extension(tx,",
    "audit_assignment(tx,",
    "answered(tx,",
    " Change {",
    ".exporting(",
];

#[test]
fn every_action_and_kind_of_the_audit_log_has_a_word_and_so_can_be_chosen() {
    let texts = fs::read_to_string(root().join("locales/es/web-operation.ftl")).unwrap();
    let keys = texts.lines().filter_map(|line| line.split_once(" =").map(|(key, _)| key));
    let ends = keys.filter_map(|key| key.strip_prefix("audit-kind-").or_else(|| key.strip_prefix("audit-action-")));
    let known: BTreeSet<String> = ends.map(|end| end.replace('-', "_")).collect();
    let mut written = BTreeSet::new();
    for source in sources("src").iter().filter(|source| !source.is("tests")) {
        for call in AUDITED.iter().flat_map(|call| source.code.split(call).skip(1)) {
            let arguments = call.split([';', '{', '}']).next().unwrap_or_default();
            let words = arguments.split('"').skip(1).step_by(2);
            written.extend(
                words
                    .filter(|word| !word.is_empty() && word.chars().all(|c| c.is_lowercase() || c == '_'))
                    .map(str::to_owned),
            );
        }
    }
    assert!(written.len() > 60, "{written:?}");
    none(
        written
            .difference(&known)
            .map(|word| format!("{word}: add audit-kind-… or audit-action-… to locales"))
            .collect(),
    );
}
