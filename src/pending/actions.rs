//! Loads the work that waits for a person: a page of it, all of it, its numbers.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::duties::duty_items;
use super::model::{
    Key, PendingActor, PendingCounts, PendingFilter, PendingGroup, PendingItem, PendingPage, PendingReason,
};
use super::statements::{ReasonStatement, Statements};
use super::store::{self, Row};
use crate::access::current_days;
use crate::clock::Instant;
use crate::commitments::Status;
use crate::db::raw::Dialect;
use crate::db::{CommissionId, Db, unique};
use crate::error::Result;
use crate::http::{Page, Paging};
use crate::identity::Actor;
use crate::notifications::{RecordScope, contacts};
use crate::reports::{QuestionToSettle, WaitingReport, waiting_reports};

/// The longest title, in characters.
const MOST_TITLE: usize = 200;

/// The work that waits for a person: found by statements of the database, and by rules in memory.
struct Waiting {
    branches: Vec<ReasonStatement>,
    found: Vec<PendingItem>,
}

/// Returns everything that waits for a person: the soonest term first (none last), then what waits longest. The number
/// of statements is constant, whatever the roles.
pub(crate) fn pending_of(
    conn: &mut Db,
    actor: &Actor,
    now: Instant,
    filter: &PendingFilter,
) -> Result<Vec<PendingItem>> {
    let Waiting { branches, found } = waiting(conn, actor, now, filter)?;
    items(conn, filter, &branches, found, None, None)
}

/// Returns one page of what waits for a person, and the numbers of all of it.
pub(super) fn page(
    conn: &mut Db,
    actor: &Actor,
    now: Instant,
    filter: &PendingFilter,
    paging: &Paging<Key>,
) -> Result<PendingPage> {
    let Waiting { branches, found } = waiting(conn, actor, now, filter)?;
    let counts = count(conn, &branches, &found)?;
    let items = items(conn, filter, &branches, found, paging.after.as_ref(), Some(paging.fetch()))?;
    let Page { items, next_cursor, .. } = Page::cut(items, paging, PendingItem::key);
    Ok(PendingPage { items, next_cursor, counts })
}

fn count(conn: &mut Db, branches: &[ReasonStatement], found: &[PendingItem]) -> Result<PendingCounts> {
    let mut counts = store::counts(conn, branches)?;
    for item in found {
        *counts.entry(item.reason).or_default() += 1;
    }
    counts.retain(|_, number| *number > 0);
    Ok(counts)
}

fn waiting(conn: &mut Db, actor: &Actor, now: Instant, filter: &PendingFilter) -> Result<Waiting> {
    let days = current_days(conn, now)?;
    let statements = Statements { sql: Dialect::of(conn), actor, filter, now, days };
    let branches = statements.branches();
    let mut found = Vec::new();
    if actor.secretariat_commissions().next().is_some() {
        let candidates = store::rows(conn, &[statements.without_representative()], None, None)?;
        found.extend(unreachable(conn, candidates)?);
    }
    found.extend(waiting_in_reports(conn, actor, filter)?);
    found.extend(duty_items(conn, actor, now, filter)?);
    Ok(Waiting { branches, found })
}

/// Merges the rows of the statements with what was found by other rules: the first items after a key.
fn items(
    conn: &mut Db,
    filter: &PendingFilter,
    branches: &[ReasonStatement],
    found: Vec<PendingItem>,
    after: Option<&Key>,
    limit: Option<i64>,
) -> Result<Vec<PendingItem>> {
    let is_asked = |reason: PendingReason| filter.reason.is_none_or(|asked| asked == reason);
    let branches: Vec<ReasonStatement> = branches.iter().filter(|(reason, _)| is_asked(*reason)).cloned().collect();
    let mut items: Vec<PendingItem> = store::rows(conn, &branches, after, limit)?.into_iter().map(item).collect();
    let is_later = |item: &PendingItem| after.is_none_or(|key| item.key() > *key);
    items.extend(found.into_iter().filter(|item| is_asked(item.reason) && is_later(item)));
    items.sort_by_cached_key(PendingItem::key);
    if let Some(limit) = limit.and_then(|limit| usize::try_from(limit).ok()) {
        items.truncate(limit);
    }
    add_commissions(conn, &mut items)?;
    Ok(items)
}

/// Adds the commissions of the records behind items. One statement.
fn add_commissions(conn: &mut Db, items: &mut [PendingItem]) -> Result<()> {
    let records: Vec<Uuid> = items.iter().filter_map(|item| item.record).collect();
    let commissions = store::commissions_of(conn, &records)?;
    for item in items {
        if let Some(own) = item.record.and_then(|record| commissions.get(&record).cloned()) {
            item.commission_ids = own;
        }
    }
    Ok(())
}

/// Returns what waits for a person by reason: at most this many of the first items of each, and the number of all. The
/// number of statements is constant, whatever the roles.
pub(super) fn groups(
    conn: &mut Db,
    actor: &Actor,
    now: Instant,
    filter: &PendingFilter,
    most: i64,
) -> Result<Vec<PendingGroup>> {
    let Waiting { branches, found } = waiting(conn, actor, now, filter)?;
    let counts = count(conn, &branches, &found)?;
    let rows = store::rows(conn, &branches, None, Some(most))?;
    let mut items: Vec<PendingItem> = rows.into_iter().map(item).chain(found).collect();
    items.sort_by_cached_key(PendingItem::key);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut shown: BTreeMap<PendingReason, usize> = BTreeMap::new();
    items.retain(|item| {
        let number = shown.entry(item.reason).or_default();
        *number += 1;
        *number <= most
    });
    add_commissions(conn, &mut items)?;
    let group = |(reason, count)| {
        let own = items.iter().filter(|item| item.reason == reason).cloned().collect();
        PendingGroup { reason, count, items: own }
    };
    Ok(counts.into_iter().map(group).collect())
}

fn item(row: Row) -> PendingItem {
    let (record, sub) = (row.record_id.0, row.sub.0);
    let kind = row.reason.kind();
    let status = if row.is_open { Status::InProgress } else { Status::Completed };
    let has_term = row.reason.is_of_parts();
    let overdue = row.due_to.filter(|due| has_term && status.overdue_on(Some(*due), row.today));
    let is_institution = row.institution_id.is_some_and(|id| Uuid::from(id) == row.id.0);
    PendingItem {
        link: row.reason.link(row.id.0, record, sub, row.is_open),
        reason: row.reason,
        kind,
        id: row.id.0,
        code: row.code,
        title: row.title.chars().take(MOST_TITLE).collect(),
        country_code: row.country_code,
        commission_ids: if is_institution { vec![CommissionId::from(sub)] } else { Vec::new() },
        institution_id: row.institution_id,
        due_to: row.due_to,
        overdue_days: overdue.map(|due| (row.today - due).num_days()),
        since: row.since,
        actor: row.actor_id.zip(row.actor_name).map(|(id, name)| PendingActor { id, name }),
        report: None,
        restricted: row.restricted.then_some((row.reason.record_kind(), record)),
        detail: sub.to_string(),
        record: (!is_institution).then_some(record),
    }
}

/// Returns the institutions, one for each commission, that have an open part and nobody who can be mailed.
fn unreachable(conn: &mut Db, candidates: Vec<Row>) -> Result<Vec<PendingItem>> {
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let commissions: Vec<CommissionId> = unique(candidates.iter().map(|row| row.sub.0.into()));
    let named = unique(candidates.iter().filter_map(|row| row.institution_id));
    let contacts = contacts(conn, &commissions, &named)?;
    let mut found: BTreeMap<(Uuid, Uuid), PendingItem> = BTreeMap::new();
    for row in candidates {
        let Some(institution) = row.institution_id else { continue };
        let scope =
            RecordScope { country: &row.country_code, commissions: &[row.sub.0.into()], restricted: row.restricted };
        let people = contacts.for_institution(scope, institution, row.today);
        if people.iter().all(|(_, reason)| reason.is_instead()) {
            let next = item(Row { restricted: false, ..row });
            let one = found.entry((next.id, Uuid::parse_str(&next.detail).unwrap_or_default()));
            one.and_modify(|held| held.join(&next)).or_insert(next);
        }
    }
    Ok(found.into_values().collect())
}

/// Returns the questions of draft reports whose answer is to be confirmed, or blocks the approval, for the coordinators and
/// for the secretariat of the commission to which a question is assigned; and for the coordinators, the reports that are
/// ready to be approved.
fn waiting_in_reports(conn: &mut Db, actor: &Actor, filter: &PendingFilter) -> Result<Vec<PendingItem>> {
    let is_asked = |country: &&str| filter.country_code.as_ref().is_none_or(|asked| asked == country);
    let countries: Vec<String> = actor.coordinated_countries().filter(is_asked).map(str::to_owned).collect();
    let commissions: Vec<CommissionId> = actor.secretariat_commissions().collect();
    if countries.is_empty() && commissions.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for report in waiting_reports(conn, countries, commissions, actor.language)? {
        if !is_asked(&report.country_code.as_str()) {
            continue;
        }
        let is_of_filter =
            |question: &&QuestionToSettle| filter.commission_id.is_none_or(|asked| question.commission == Some(asked));
        found.extend(report.questions.iter().filter(is_of_filter).map(|question| question_item(&report, question)));
        if report.is_ready && filter.commission_id.is_none() {
            found.push(report_item(&report, PendingReason::ReportReady));
        }
    }
    Ok(found)
}

fn question_item(report: &WaitingReport, question: &QuestionToSettle) -> PendingItem {
    let reason = if question.is_open { PendingReason::ReportQuestionOpen } else { PendingReason::ReportFinding };
    PendingItem {
        title: short(&format!("{}. {} · {}", question.number, question.title, report.title)),
        commission_ids: question.commission.into_iter().collect(),
        since: report.drafted_at,
        link: format!("/reports/{}/questions/{}", report.id, question.key),
        report: Some(report.title.clone()),
        // In the order of the questions.
        detail: format!("{:04}", question.number),
        ..report_item(report, reason)
    }
}

fn report_item(report: &WaitingReport, reason: PendingReason) -> PendingItem {
    PendingItem {
        reason,
        kind: reason.kind(),
        id: report.id.into(),
        code: None,
        title: short(&report.title),
        country_code: report.country_code.clone(),
        commission_ids: Vec::new(),
        institution_id: None,
        due_to: None::<NaiveDate>,
        overdue_days: None,
        since: report.updated_at,
        actor: None,
        link: reason.link(report.id.into(), Uuid::nil(), Uuid::nil(), false),
        report: None,
        restricted: None,
        detail: String::new(),
        record: None,
    }
}

fn short(title: &str) -> String {
    title.chars().take(MOST_TITLE).collect()
}
