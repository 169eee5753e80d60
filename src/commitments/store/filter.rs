//! The filters of a list and the visibility rule, as SQL.
//!
//! A **draft** is visible only to those who may write it ([`Drafts`]); lists, counts, feeds and documents leave
//! drafts out, unless they are asked for.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};

use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::model::{CommitmentStatus, Status, Verification};
use crate::db::dispatch::{matches_words, only_drafts};
use crate::db::schema::{
    assignments, commissions, commitment_beneficiaries, commitment_commissions, commitment_plan_items,
    commitment_themes, commitments, countries,
};
use crate::db::{AgreementId, CommissionId, Db, InstitutionId, MeetingId, MultiBackend, PlanItemId, among};
use crate::error::Result;
use crate::text::fold;
use crate::themes::Theme;

/// The filters of a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// Any of these; all but drafts when it is empty.
    pub status: Vec<CommitmentStatus>,
    pub commission_id: Option<CommissionId>,
    pub institution_id: Option<InstitutionId>,
    pub country_code: Option<String>,
    pub theme: Option<Theme>,
    pub agreement_id: Option<AgreementId>,
    pub meeting_id: Option<MeetingId>,
    pub plan_item_id: Option<PlanItemId>,
    pub due_before: Option<NaiveDate>,
    pub due_after: Option<NaiveDate>,
    /// The part of the institution is overdue; without an institution, the commitment.
    pub overdue: Option<bool>,
    /// A part awaits review; with an institution, its part.
    pub awaiting_review: Option<bool>,
    /// A part has any of these; with an institution, its part.
    pub part_status: Vec<Status>,
    pub part_verification: Option<Verification>,
    pub q: Option<String>,
}

/// The drafts that a query finds among the visible commitments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drafts {
    /// None.
    LeftOut,
    /// Those of the commissions, countries or of everybody that the reader may write for.
    OfWriters,
}

pub(super) type CommitmentQuery = commitments::BoxedQuery<'static, MultiBackend>;
type Condition = Box<dyn BoxableExpression<commitments::table, MultiBackend, SqlType = Bool>>;

/// The condition that a commitment has a row in a table that belongs to commitments.
macro_rules! linked {
    ($table:ident, $condition:expr) => {
        exists($table::table.filter($table::commitment_id.eq(commitments::id)).filter($condition))
    };
}

/// The way in which a query finds the visible commitments. Both give the same result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lookup {
    /// Checks commitment by commitment, in the order of an index. Fast for one page.
    PerCommitment,
    /// Starts from the visible commissions and institutions. Fast for all commitments, when few of many are visible.
    FromVisible,
}

/// The same condition, for a way of lookup.
macro_rules! linked_from {
    ($lookup:expr, $table:ident, $condition:expr) => {{
        let condition: Condition = match $lookup {
            Lookup::PerCommitment => Box::new(linked!($table, $condition)),
            Lookup::FromVisible => {
                Box::new(commitments::id.eq_any($table::table.filter($condition).select($table::commitment_id)))
            }
        };
        condition
    }};
}

fn either(sum: Option<Condition>, one: Condition) -> Option<Condition> {
    Some(match sum {
        Some(sum) => Box::new(sum.or(one)),
        None => one,
    })
}

/// Returns the condition for the visible commitments; None when all are visible.
pub(super) fn visible(visibility: &Visibility, drafts: Drafts) -> Option<Condition> {
    visible_from(Lookup::PerCommitment, visibility, drafts)
}

/// Returns the same condition for a way of lookup.
pub(super) fn visible_from(lookup: Lookup, visibility: &Visibility, drafts: Drafts) -> Option<Condition> {
    let published = || commitments::draft.eq(false);
    let (kept, read) = (of_writers(lookup, visibility), of_readers(lookup, visibility));
    match (drafts, visibility.all) {
        (Drafts::OfWriters, true) => None,
        (Drafts::LeftOut, true) => Some(Box::new(published())),
        (Drafts::LeftOut, false) => Some(match either_of(kept, read) {
            Some(known) => Box::new(published().and(known)),
            None => nothing(),
        }),
        (Drafts::OfWriters, false) => {
            let read = read.map(|read| -> Condition { Box::new(published().and(read)) });
            Some(either_of(kept, read).unwrap_or_else(nothing))
        }
    }
}

fn nothing() -> Condition {
    Box::new(commitments::restricted.ne(commitments::restricted))
}

fn either_of(one: Option<Condition>, other: Option<Condition>) -> Option<Condition> {
    match other {
        Some(other) => either(one, other),
        None => one,
    }
}

/// Returns the condition for the commitments of which everything is visible, drafts included.
fn of_writers(lookup: Lookup, visibility: &Visibility) -> Option<Condition> {
    let mut sum: Option<Condition> = None;
    if !visibility.countries.is_empty() {
        sum = either(sum, Box::new(commitments::country_code.eq_any(visibility.countries.clone())));
    }
    if !visibility.full_commissions.is_empty() {
        let own = || commitment_commissions::commission_id.eq_any(visibility.full_commissions.clone());
        sum = either(sum, linked_from!(lookup, commitment_commissions, own()));
    }
    sum
}

/// Returns the condition for the published commitments that members, observers and named institutions may read.
fn of_readers(lookup: Lookup, visibility: &Visibility) -> Option<Condition> {
    let mut sum: Option<Condition> = None;
    if !visibility.unrestricted_commissions.is_empty() {
        let own = || commitment_commissions::commission_id.eq_any(visibility.unrestricted_commissions.clone());
        let followed = linked_from!(lookup, commitment_commissions, own());
        sum = either(sum, Box::new(commitments::restricted.eq(false).and(followed)));
    }
    if !visibility.institutions.is_empty() {
        sum = either(sum, naming(lookup, &visibility.institutions));
    }
    for (commission, own) in visibility.bounds() {
        let inside = linked_from!(lookup, commitment_commissions, commitment_commissions::commission_id.eq(commission));
        sum = either(sum, Box::new(inside.and(naming(lookup, &own))));
    }
    sum
}

/// Returns the condition for the commitments that name one of these institutions: as responsible, as beneficiary, or as
/// the institution that follows the commitment up.
fn naming(lookup: Lookup, institutions: &[InstitutionId]) -> Condition {
    let own = || institutions.to_vec();
    let assigned = linked_from!(lookup, assignments, assignments::institution_id.eq_any(own()));
    let served = linked_from!(lookup, commitment_beneficiaries, commitment_beneficiaries::institution_id.eq_any(own()));
    let followed_up = commitments::follow_up_institution_id.assume_not_null().eq_any(own());
    let followed_up = commitments::follow_up_institution_id.is_not_null().and(followed_up);
    Box::new(assigned.or(served).or(followed_up))
}

/// Returns the query for the visible commitments that match the filter.
pub(super) fn filtered(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &Filter,
    now: Instant,
) -> Result<CommitmentQuery> {
    let mut query = commitments::table.into_boxed();
    let with_drafts = filter.status.contains(&CommitmentStatus::Draft);
    let drafts = if with_drafts { Drafts::OfWriters } else { Drafts::LeftOut };
    if let Some(condition) = visible(visibility, drafts) {
        query = query.filter(condition);
    }
    match filter.status.as_slice() {
        [] => {}
        [CommitmentStatus::Draft] => query = query.filter(only_drafts(conn)),
        several => query = query.filter(of_status(several)),
    }
    for condition in of_parts(filter) {
        query = query.filter(condition);
    }
    if let Some(id) = filter.commission_id {
        query = query.filter(linked!(commitment_commissions, commitment_commissions::commission_id.eq(id)));
    }
    if let Some(id) = filter.institution_id {
        query = query.filter(linked!(assignments, assignments::institution_id.eq(id)));
    }
    if let Some(code) = &filter.country_code {
        query = query.filter(commitments::country_code.eq(code.clone()));
    }
    if let Some(theme) = filter.theme {
        query = query.filter(linked!(commitment_themes, commitment_themes::theme.eq(theme)));
    }
    if let Some(id) = filter.agreement_id {
        query = query.filter(commitments::agreement_id.eq(id));
    }
    if let Some(id) = filter.meeting_id {
        query = query.filter(commitments::meeting_id.eq(id));
    }
    if let Some(id) = filter.plan_item_id {
        query = query.filter(linked!(commitment_plan_items, commitment_plan_items::plan_item_id.eq(id)));
    }
    if let Some(day) = filter.due_before {
        query = query.filter(commitments::due_sort.lt(day));
    }
    if let Some(day) = filter.due_after {
        query = query.filter(commitments::due_sort.gt(day)).filter(commitments::due_to.is_not_null());
    }
    if let Some(q) = &filter.q {
        query = query.filter(matches_words(conn, "commitments", &fold([q.as_str()])));
    }
    Ok(match (filter.overdue, filter.institution_id) {
        (Some(overdue), Some(institution)) => {
            let late = late_part(institution, &current_days(conn, now)?);
            if overdue { query.filter(late) } else { query.filter(not(late)) }
        }
        (Some(true), None) => query.filter(commitments::open.eq(true)).filter(passed(&current_days(conn, now)?)),
        (Some(false), None) => query.filter(commitments::open.eq(false).or(not(passed(&current_days(conn, now)?)))),
        (None, _) => query,
    })
}

/// Returns the condition for commitments of any of these statuses, drafts among them.
fn of_status(wanted: &[CommitmentStatus]) -> Condition {
    let derived: Vec<Status> = Status::ALL.iter().copied().filter(|one| wanted.contains(&(*one).into())).collect();
    let published: Option<Condition> = match derived.as_slice() {
        [] => None,
        [one] => Some(Box::new(commitments::draft.eq(false).and(commitments::status.eq(*one)))),
        several => Some(Box::new(commitments::draft.eq(false).and(among(commitments::status, several)))),
    };
    let drafts = || -> Condition { Box::new(commitments::draft.eq(true)) };
    let found = if wanted.contains(&CommitmentStatus::Draft) { either(published, drafts()) } else { published };
    found.unwrap_or_else(nothing)
}

/// The condition that a part of the institution, or any part, meets a condition. Its index on parts is read first.
macro_rules! of_part {
    ($institution:expr, $condition:expr) => {{
        let parts = assignments::table.filter($condition).select(assignments::commitment_id);
        let condition: Condition = match $institution {
            Some(id) => Box::new(commitments::id.eq_any(parts.filter(assignments::institution_id.eq(id)))),
            None => Box::new(commitments::id.eq_any(parts)),
        };
        condition
    }};
}

/// Returns the conditions on a part: that of the institution, else any.
fn of_parts(filter: &Filter) -> Vec<Condition> {
    let institution = filter.institution_id;
    let mut conditions: Vec<Condition> = Vec::new();
    match (filter.part_status.as_slice(), filter.part_verification) {
        ([], None) => {}
        ([], Some(wanted)) => conditions.push(of_part!(institution, assignments::verification.eq(wanted))),
        (several, None) => conditions.push(of_part!(institution, among(assignments::status, several))),
        (several, Some(wanted)) => {
            let both = among(assignments::status, several).and(assignments::verification.eq(wanted));
            conditions.push(of_part!(institution, both));
        }
    }
    if let Some(awaiting) = filter.awaiting_review {
        let pending = of_part!(institution, assignments::verification.eq(Verification::Pending));
        conditions.push(if awaiting { pending } else { Box::new(not(pending)) });
    }
    conditions
}

diesel::define_sql_function! {
    /// Returns the first value that is not null.
    fn coalesce(first: Nullable<Text>, second: Text) -> Text;
}

/// Selects the time zone of the lead commission, else of its country. It is a subquery and no join, so that the order
/// of the index on terms is kept and only the rows of the page are looked up.
#[diesel::dsl::auto_type]
pub(super) fn zone() -> _ {
    commissions::table
        .inner_join(countries::table)
        .filter(commissions::id.eq(commitments::lead_commission_id))
        .select(coalesce(commissions::time_zone, countries::time_zone))
        .single_value()
}

/// The current days of all commissions, the earliest first, each with its time zones. There is at least one.
type CurrentDays = Vec<(NaiveDate, Vec<String>)>;

/// Loads the current days. Time zones differ, but usually not the day.
fn current_days(conn: &mut Db, now: Instant) -> Result<CurrentDays> {
    let zone = coalesce(commissions::time_zone, countries::time_zone);
    let zones: Vec<String> = commissions::table.inner_join(countries::table).select(zone).distinct().load(conn)?;
    let mut days: BTreeMap<NaiveDate, Vec<String>> = BTreeMap::new();
    for name in zones {
        let zone = name.parse().unwrap_or(chrono_tz::Tz::UTC);
        days.entry(now.day_in(zone)).or_default().push(name);
    }
    if days.is_empty() {
        days.insert(now.utc().date_naive(), Vec::new());
    }
    Ok(days.into_iter().collect())
}

/// Returns the condition that something has passed on the current day of the lead commission. There is one comparison
/// for each day.
fn passed_on(days: &CurrentDays, before: impl Fn(NaiveDate) -> Condition) -> Condition {
    let zone = coalesce(commissions::time_zone, countries::time_zone);
    let leads = || commissions::table.inner_join(countries::table);
    let mut sum: Option<Condition> = None;
    for (day, zones) in days {
        let led =
            commitments::lead_commission_id.eq_any(leads().filter(zone.eq_any(zones.clone())).select(commissions::id));
        sum = match sum {
            None => Some(before(*day)),
            Some(sum) => Some(Box::new(sum.or(before(*day).and(led)))),
        };
    }
    sum.unwrap_or_else(nothing)
}

/// Returns the condition that the commitment's term has passed.
fn passed(days: &CurrentDays) -> Condition {
    passed_on(days, |day| Box::new(commitments::due_sort.lt(day)))
}

/// Returns the condition that the part of an institution is overdue.
fn late_part(institution: InstitutionId, days: &CurrentDays) -> Condition {
    passed_on(days, |day| {
        let late = assignments::open.eq(true).and(assignments::due_to.lt(day).assume_not_null());
        of_part!(Some(institution), assignments::due_to.is_not_null().and(late))
    })
}
