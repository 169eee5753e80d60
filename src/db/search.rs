//! Search by words in several texts of a record, with the full-text index of each database.
//!
//! Every word that is searched for must be the beginning of some word of one text of the record. Accents and case make no
//! difference. The expressions for PostgreSQL are those of the indexes in the migrations `0034_search`,
//! `0045_minutes_new_text`, `0063_indicators` and `0064_search_of_duties`.

use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::sql_types::Bool;

use super::conn::Db;
use super::raw::Dialect;

/// A condition for `filter`.
pub(crate) type Found = SqlLiteral<Bool>;

/// The words that are searched for.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    dialect: Dialect,
    /// The query in the language of the database; None without words.
    query: Option<String>,
}

/// A text that is searched: the kind of its rows on SQLite, the table, its key, and the expression on PostgreSQL.
#[derive(Debug, Clone, Copy)]
struct Part {
    kind: &'static str,
    table: &'static str,
    key: &'static str,
    text: &'static str,
}

const MEETING: Part =
    Part { kind: "meeting", table: "meetings", key: "id", text: "t.title || ' ' || coalesce(t.place, '')" };
const AGENDA_ITEM: Part =
    Part { kind: "agenda_item", table: "agenda_items", key: "id", text: "t.title || ' ' || coalesce(t.outcome, '')" };
const MINUTES: Part = Part {
    kind: "minutes",
    table: "minutes",
    key: "meeting_id",
    text: "coalesce(t.code, '') || ' ' || left(t.body, 200000)",
};
const PLAN_ITEM: Part = Part {
    kind: "plan_item",
    table: "plan_items",
    key: "id",
    text: "coalesce(t.label, '') || ' ' || t.title || ' ' || coalesce(t.comment, '')",
};
const OBSERVATION: Part = Part {
    kind: "observation",
    table: "observations",
    key: "id",
    text: "t.text || ' ' || coalesce(t.response, '') || ' ' || coalesce(t.addressee, '')",
};
const INDICATOR: Part = Part {
    kind: "indicator",
    table: "indicators",
    key: "id",
    text: "t.name || ' ' || coalesce(t.definition, '') || ' ' || coalesce(t.territory, '')",
};
const DUTY: Part = Part { kind: "duty", table: "duties", key: "id", text: "t.title" };
const UPDATE: Part = Part { kind: "update", table: "updates", key: "id", text: "t.narrative" };

impl Words {
    /// Reads folded words (see `text::fold`).
    pub(crate) fn of(conn: &Db, folded: &str) -> Self {
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let dialect = Dialect::of(conn);
        let query = match dialect {
            Dialect::Postgres => words.iter().map(|word| format!("{word}:*")).collect::<Vec<_>>().join(" & "),
            Dialect::Sqlite => words.iter().map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" "),
        };
        Self { dialect, query: (!words.is_empty()).then(|| dialect.text(&query)) }
    }

    /// Returns the condition on a table with a column `folded`.
    pub(crate) fn in_folded(&self, table: &'static str) -> Found {
        self.any(table, &[self.folded(table)])
    }

    /// Returns the condition on commitments: their own text, or a report on one of their parts.
    pub(crate) fn in_commitments(&self) -> Found {
        self.any("commitments", &[self.folded("commitments"), self.reported()])
    }

    /// Returns the same condition for a sorted list with many matches: the database checks the commitments in that
    /// order until the page is full.
    pub(crate) fn in_many_commitments(&self) -> Found {
        let (own, reported) = (self.own("commitments"), self.reported());
        let condition = match self.dialect {
            Dialect::Postgres => format!("({own} OR commitments.id IN ({reported}))"),
            // The unary `+` keeps SQLite from using the index to look up all matches first.
            Dialect::Sqlite => format!("(+{own} OR +commitments.id IN ({reported}))"),
        };
        self.condition(&condition)
    }

    /// Returns the condition on commitments whose own text has the words, for an unsorted query with a limit.
    pub(crate) fn in_texts_of_commitments(&self) -> Found {
        self.condition(&self.own("commitments"))
    }

    /// Returns the condition on sessions: title and place, the agenda, and the minutes with their code, except drafts of
    /// sessions that do not meet `may_read_drafts`, a condition on a session `d`.
    pub(crate) fn in_meetings(&self, may_read_drafts: &str) -> Found {
        let agenda = format!("SELECT g.meeting_id FROM agenda_items g WHERE g.id IN ({})", self.part(AGENDA_ITEM));
        let minutes = format!(
            "SELECT n.meeting_id FROM minutes n JOIN meetings d ON d.id = n.meeting_id WHERE n.meeting_id IN ({}) \
             AND (n.status <> 'draft' OR {may_read_drafts})",
            self.part(MINUTES)
        );
        self.any("meetings", &[self.part(MEETING), agenda, minutes])
    }

    /// Returns the condition on items of plans.
    pub(crate) fn in_plan_items(&self) -> Found {
        self.any("plan_items", &[self.part(PLAN_ITEM)])
    }

    /// Returns the condition on observations.
    pub(crate) fn in_observations(&self) -> Found {
        self.any("observations", &[self.part(OBSERVATION)])
    }

    /// Returns the condition on duties.
    pub(crate) fn in_duties(&self) -> Found {
        self.any("duties", &[self.part(DUTY)])
    }

    /// Returns the condition on indicators.
    pub(crate) fn in_indicators(&self) -> Found {
        self.any("indicators", &[self.part(INDICATOR)])
    }

    /// Returns the condition on reports.
    pub(crate) fn in_updates(&self) -> Found {
        self.any("updates", &[self.part(UPDATE)])
    }

    /// Returns the condition on items of agendas.
    pub(crate) fn in_agenda_items(&self) -> Found {
        self.any("agenda_items", &[self.part(AGENDA_ITEM)])
    }

    fn any(&self, table: &str, ids: &[String]) -> Found {
        self.condition(&format!("{table}.id IN ({})", ids.join(" UNION ")))
    }

    fn condition(&self, condition: &str) -> Found {
        sql::<Bool>(if self.query.is_some() { condition } else { "1 = 0" })
    }

    fn query(&self) -> &str {
        self.query.as_deref().unwrap_or("''")
    }

    /// Writes the condition on the row itself of a table with a column `folded`.
    fn own(&self, table: &str) -> String {
        let query = self.query();
        match self.dialect {
            Dialect::Postgres => format!("to_tsvector('simple', {table}.folded) @@ to_tsquery('simple', {query})"),
            Dialect::Sqlite => {
                format!("{table}.row IN (SELECT s.rowid FROM {table}_search s WHERE {table}_search MATCH {query})")
            }
        }
    }

    /// Writes the query for the ids of the commitments with a report that has the words.
    fn reported(&self) -> String {
        format!(
            "SELECT a.commitment_id FROM assignments a JOIN updates u ON u.assignment_id = a.id WHERE u.id IN ({})",
            self.part(UPDATE)
        )
    }

    fn folded(&self, table: &str) -> String {
        let query = self.query();
        match self.dialect {
            Dialect::Postgres => format!(
                "SELECT t.id FROM {table} t WHERE to_tsvector('simple', t.folded) @@ to_tsquery('simple', {query})"
            ),
            Dialect::Sqlite => format!(
                "SELECT t.id FROM {table} t JOIN {table}_search s ON s.rowid = t.row WHERE {table}_search MATCH {query}"
            ),
        }
    }

    fn part(&self, part: Part) -> String {
        let (query, Part { kind, table, key, text }) = (self.query(), part);
        match self.dialect {
            Dialect::Postgres => format!(
                "SELECT t.{key} FROM {table} t WHERE to_tsvector('simple', regexp_replace(lower(regexp_replace(normalize(\
                 {text}, NFD), '[\\u0300-\\u036f]', '', 'g')), '(\\W|_)+', ' ', 'g')) \
                 @@ to_tsquery('simple', {query})"
            ),
            Dialect::Sqlite => format!(
                "SELECT r.id FROM texts_search_rows r JOIN texts_search s ON s.rowid = r.row \
                 WHERE texts_search MATCH {query} AND r.kind = '{kind}'"
            ),
        }
    }
}
