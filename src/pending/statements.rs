//! The statements that find what waits, one for each reason, as text for both databases.
//!
//! All have the same columns, so that the page and the counts are one statement each. `sub` distinguishes rows of one
//! record (the commission of an institution), `record_id` is the commitment, session or activity behind the row.

mod audience;
mod commitments;
mod institutions;
mod sessions;

use super::model::{Key, PendingFilter, PendingReason, last_day};
use crate::access::CurrentDays;
use crate::clock::Instant;
use crate::db::raw::Dialect;
use crate::identity::Actor;

/// The statement of a reason.
pub(super) type ReasonStatement = (PendingReason, String);

/// The columns of a row, as expressions.
struct Columns<'a> {
    id: &'a str,
    sub: &'a str,
    record: &'a str,
    code: &'a str,
    title: &'a str,
    country: &'a str,
    institution: &'a str,
    due: &'a str,
    since: &'a str,
    today: &'a str,
    is_open: &'a str,
    restricted: &'a str,
    /// The alias of the joined user whose action made it wait; None without one.
    actor: Option<&'a str>,
}

const NO_ID: &str = "CAST(NULL AS uuid)";
const NO_TEXT: &str = "CAST(NULL AS text)";
const NO_DAY: &str = "CAST(NULL AS date)";

/// Everything that the statements depend on.
pub(super) struct Statements<'a> {
    pub sql: Dialect,
    pub actor: &'a Actor,
    pub filter: &'a PendingFilter,
    pub now: Instant,
    pub days: CurrentDays,
}

impl Statements<'_> {
    /// Returns the statements of the reasons that concern the person, also those that the filter leaves out.
    pub(super) fn branches(&self) -> Vec<ReasonStatement> {
        let actor = self.actor;
        let mut branches = Vec::new();
        if actor.represented_everywhere().next().is_some() || actor.represented_in().next().is_some() {
            branches.extend(self.own_parts());
            branches.push(self.minutes_open_for_comments());
        }
        branches.push(self.activity_returned());
        let is_secretariat = actor.secretariat_commissions().next().is_some();
        if is_secretariat || !actor.seats.is_empty() || !self.own_institutions().is_empty() {
            branches.push(self.session_upcoming());
        }
        let is_coordinator = actor.coordinated_countries().next().is_some();
        if is_secretariat || is_coordinator || actor.is_admin() {
            branches.extend([self.review_pending(), self.extension_pending(), self.activity_to_validate()]);
        }
        if is_secretariat {
            branches.extend([self.minutes_to_circulate(), self.minutes_to_approve(), self.session_to_convene()]);
            branches.push(self.institution_overdue());
        }
        if is_coordinator {
            branches.push(self.escalated());
        }
        branches
    }

    fn select(&self, columns: &Columns<'_>, rest: &str) -> String {
        let (actor_id, actor_name) = match columns.actor {
            Some(alias) => (format!("{alias}.id"), format!("{alias}.name")),
            None => (NO_ID.to_owned(), NO_TEXT.to_owned()),
        };
        let Columns {
            id, sub, record, code, title, country, institution, due, since, today, is_open, restricted, ..
        } = columns;
        let never = self.sql.day(last_day());
        format!(
            "SELECT {id} AS id, {sub} AS sub, {record} AS record_id, {code} AS code, {title} AS title, \
             {country} AS country_code, {institution} AS institution_id, {due} AS due_to, \
             coalesce({due}, {never}) AS due_sort, {since} AS since, {today} AS today, {is_open} AS is_open, \
             {restricted} AS restricted, {actor_id} AS actor_id, {actor_name} AS actor_name FROM {rest}"
        )
    }
}

/// Writes the statement that loads the first rows after a key, of all reasons together.
pub(super) fn page(
    sql: Dialect,
    branches: &[ReasonStatement],
    after: Option<&Key>,
    limit: Option<i64>,
) -> Option<String> {
    let parts: Vec<String> = branches
        .iter()
        .enumerate()
        .map(|(n, (reason, inner))| {
            let rows = after.map_or_else(String::new, |key| format!("WHERE {}", later(sql, *reason, key)));
            let some = limit.map_or_else(String::new, |limit| format!("LIMIT {limit}"));
            format!(
                "SELECT p{n}.*, '{reason}' AS reason FROM (SELECT q{n}.* FROM ({inner}) q{n} {rows} \
                 ORDER BY due_sort, since, id, sub {some}) p{n}"
            )
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(" UNION ALL "))
}

/// Writes the condition for the rows of a reason after a key.
fn later(sql: Dialect, reason: PendingReason, Key(day, since, id, last, detail): &Key) -> String {
    let place = format!("{}, {}, {}", sql.day(*day), sql.instant(*since), sql.id(*id));
    match (reason.cmp(last), detail.parse::<uuid::Uuid>()) {
        (std::cmp::Ordering::Greater, _) => format!("(due_sort, since, id) >= ({place})"),
        (std::cmp::Ordering::Equal, Ok(sub)) => format!("(due_sort, since, id, sub) > ({place}, {})", sql.id(sub)),
        _ => format!("(due_sort, since, id) > ({place})"),
    }
}

/// Writes the statement that counts the rows of every reason.
pub(super) fn counts(branches: &[ReasonStatement]) -> Option<String> {
    let parts: Vec<String> = branches
        .iter()
        .enumerate()
        .map(|(n, (reason, inner))| format!("SELECT '{reason}' AS reason, count(*) AS number FROM ({inner}) q{n}"))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" UNION ALL "))
}
