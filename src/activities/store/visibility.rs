//! Conditions on activities: what may be known, what meets a period.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};

use crate::access::Visibility;
use crate::db::schema::{activities, activity_commissions, activity_organizers, activity_partners, activity_themes};
use crate::db::{CommissionId, InstitutionId, MultiBackend};
use crate::themes::Theme;

/// A query on activities that conditions are added to.
pub type ActivityQuery = activities::BoxedQuery<'static, MultiBackend, activities::SqlType>;

/// A condition on activities.
pub type Condition = Box<dyn BoxableExpression<activities::table, MultiBackend, SqlType = Bool>>;

/// A condition on columns that may be empty; what is empty does not meet it.
pub type OpenCondition = Box<dyn BoxableExpression<activities::table, MultiBackend, SqlType = Nullable<Bool>>>;

/// The activities that may be known.
pub fn visible(visibility: &Visibility) -> ActivityQuery {
    let query = activities::table.into_boxed();
    if visibility.all {
        return query;
    }
    let mut known: Condition = Box::new(
        activities::country_code
            .eq_any(visibility.countries.clone())
            .or(of_commissions(&visibility.kept))
            .or(activities::restricted.eq(false).and(of_commissions(&visibility.followed)))
            .or(of_institutions(&visibility.institutions)),
    );
    for (commission, own) in visibility.bounds() {
        known = Box::new(known.or(of_commissions(&[commission]).and(of_institutions(&own))));
    }
    query.filter(known)
}

/// Returns the condition for the activities that one of these institutions organises or takes part in.
fn of_institutions(institutions: &[InstitutionId]) -> Condition {
    let organized = activity_organizers::table
        .filter(activity_organizers::institution_id.eq_any(institutions.to_vec()))
        .select(activity_organizers::activity_id);
    let joined = activity_partners::table
        .filter(activity_partners::institution_id.eq_any(institutions.to_vec()))
        .select(activity_partners::activity_id);
    Box::new(activities::id.eq_any(organized).or(activities::id.eq_any(joined)))
}

/// Whether the activity's interval meets the period, or, where it is undated, the period that it was reported for.
/// None without bounds.
pub fn overlapping(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<OpenCondition> {
    if from.is_none() && to.is_none() {
        return None;
    }
    let (first, last) = (from.unwrap_or(NaiveDate::MIN), to.unwrap_or(NaiveDate::MAX));
    let (first, last) = (bounded(first), bounded(last));
    let dated = activities::span_from.le(last).and(activities::span_to.ge(first));
    let begins = activities::period_from.is_null().or(activities::period_from.le(last));
    let ends = activities::period_to.is_null().or(activities::period_to.ge(first));
    let reported = activities::period_from.is_not_null().or(activities::period_to.is_not_null());
    let undated = activities::span_from.is_null().and(reported).and(begins).and(ends);
    Some(Box::new(dated.or(undated)))
}

/// Days that both databases write alike.
fn bounded(day: NaiveDate) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or(NaiveDate::MIN);
    let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX);
    day.clamp(first, last)
}

/// Activities in a commission's record.
pub fn in_commission(id: CommissionId) -> Condition {
    of_commissions(&[id])
}

fn of_commissions(ids: &[CommissionId]) -> Condition {
    let inside = activity_commissions::table
        .filter(activity_commissions::commission_id.eq_any(ids.to_vec()))
        .select(activity_commissions::activity_id);
    Box::new(activities::id.eq_any(inside))
}

/// Activities that touch a matter.
pub fn of_theme(theme: Theme) -> Condition {
    let touching = activity_themes::table.filter(activity_themes::theme.eq(theme)).select(activity_themes::activity_id);
    Box::new(activities::id.eq_any(touching))
}
