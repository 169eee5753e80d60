//! The filters of a list and the visibility rule, as SQL.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};

use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::model::Status;
use crate::db::dispatch::matches_words;
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
    /// Any of these; all when it is empty.
    pub status: Vec<Status>,
    pub commission_id: Option<CommissionId>,
    pub institution_id: Option<InstitutionId>,
    pub country_code: Option<String>,
    pub theme: Option<Theme>,
    pub agreement_id: Option<AgreementId>,
    pub meeting_id: Option<MeetingId>,
    pub plan_item_id: Option<PlanItemId>,
    pub due_before: Option<NaiveDate>,
    pub due_after: Option<NaiveDate>,
    pub overdue: Option<bool>,
    pub q: Option<String>,
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
pub(super) fn visible(visibility: &Visibility) -> Option<Condition> {
    visible_from(Lookup::PerCommitment, visibility)
}

/// Returns the same condition for a way of lookup.
pub(super) fn visible_from(lookup: Lookup, visibility: &Visibility) -> Option<Condition> {
    if visibility.all {
        return None;
    }
    let mut sum: Option<Condition> = None;
    if !visibility.countries.is_empty() {
        sum = either(sum, Box::new(commitments::country_code.eq_any(visibility.countries.clone())));
    }
    if !visibility.kept.is_empty() {
        let own = || commitment_commissions::commission_id.eq_any(visibility.kept.clone());
        sum = either(sum, linked_from!(lookup, commitment_commissions, own()));
    }
    if !visibility.followed.is_empty() {
        let own = || commitment_commissions::commission_id.eq_any(visibility.followed.clone());
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
    Some(sum.unwrap_or_else(|| Box::new(commitments::restricted.ne(commitments::restricted))))
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
    if let Some(condition) = visible(visibility) {
        query = query.filter(condition);
    }
    match filter.status.as_slice() {
        [] => {}
        [one] => query = query.filter(commitments::status.eq(*one)),
        several => query = query.filter(among(commitments::status, several)),
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
    Ok(match filter.overdue {
        Some(true) => query.filter(commitments::open.eq(true)).filter(passed(conn, now)?),
        Some(false) => query.filter(commitments::open.eq(false).or(not(passed(conn, now)?))),
        None => query,
    })
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

/// Returns the condition that the term has passed on the current day of the lead commission. Time zones differ, but
/// usually not the day: there is one comparison for each day.
fn passed(conn: &mut Db, now: Instant) -> Result<Condition> {
    let leads = || commissions::table.inner_join(countries::table);
    let zone = coalesce(commissions::time_zone, countries::time_zone);
    let zones: Vec<String> = leads().select(zone).distinct().load(conn)?;
    let mut days: BTreeMap<NaiveDate, Vec<String>> = BTreeMap::new();
    for name in zones {
        let zone = name.parse().unwrap_or(chrono_tz::Tz::UTC);
        days.entry(now.day_in(zone)).or_default().push(name);
    }
    let mut days = days.into_iter();
    let (earliest, _) = days.next().unwrap_or_else(|| (now.utc().date_naive(), Vec::new()));
    let mut sum: Condition = Box::new(commitments::due_sort.lt(earliest));
    for (day, zones) in days {
        let led = commitments::lead_commission_id.eq_any(leads().filter(zone.eq_any(zones)).select(commissions::id));
        sum = Box::new(sum.or(commitments::due_sort.lt(day).and(led)));
    }
    Ok(sum)
}
