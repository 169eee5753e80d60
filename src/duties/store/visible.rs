//! The conditions for the duties that a person may see.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::access::Visibility;
use crate::db::schema::{duties, duty_commissions, duty_institutions, duty_reports, institutions, memberships};
use crate::db::{CommissionId, InstitutionId, MultiBackend};
use crate::within_duty;

type Condition = Box<dyn BoxableExpression<duties::table, MultiBackend, SqlType = Bool>>;

/// Returns the condition for the visible duties; None if all are visible.
///
/// A duty asks the institutions that it names on their days, and those of a sector that are members of one of its
/// commissions; both on a day between its first and its last.
pub(super) fn visible(visibility: &Visibility) -> Option<Condition> {
    if visibility.all {
        return None;
    }
    let mut condition: Condition = Box::new(
        duties::country_code
            .eq_any(visibility.countries.clone())
            .or(of_commissions(&visibility.full_commissions))
            .or(duties::restricted.eq(false).and(of_commissions(&visibility.unrestricted_commissions))),
    );
    if !visibility.institutions.is_empty() {
        condition = Box::new(condition.or(asking(&visibility.institutions)));
    }
    for (commission, institutions) in visibility.bounds() {
        condition = Box::new(condition.or(of_commissions(&[commission]).and(asking(&institutions))));
    }
    Some(condition)
}

/// Returns the condition for the duties of these commissions.
pub(super) fn of_commissions(ids: &[CommissionId]) -> Condition {
    let own = duty_commissions::table
        .filter(duty_commissions::duty_id.eq(duties::id))
        .filter(duty_commissions::commission_id.eq_any(ids.to_vec()));
    Box::new(exists(own))
}

/// Returns the condition for the duties that ask one of these institutions, or on which it reported.
pub(super) fn asking(ids: &[InstitutionId]) -> Condition {
    let named = duty_institutions::table
        .filter(duty_institutions::duty_id.eq(duties::id))
        .filter(duty_institutions::institution_id.eq_any(ids.to_vec()))
        .filter(within_duty!(duty_institutions));
    let reported = duty_reports::table
        .filter(duty_reports::duty_id.eq(duties::id))
        .filter(duty_reports::institution_id.eq_any(ids.to_vec()));
    let of_sector = duty_commissions::table
        .inner_join(memberships::table.on(memberships::commission_id.eq(duty_commissions::commission_id)))
        .inner_join(institutions::table.on(institutions::id.eq(memberships::institution_id)))
        .filter(duty_commissions::duty_id.eq(duties::id))
        .filter(institutions::id.eq_any(ids.to_vec()))
        .filter(institutions::sector.eq(duties::sector.assume_not_null()))
        .filter(within_duty!(memberships));
    let by_sector = duties::sector.is_not_null().and(exists(of_sector));
    Box::new(exists(named).or(exists(reported)).or(by_sector))
}
