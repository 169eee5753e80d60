//! The rule on who may know and write a report.
//!
//! Admins and the coordinators of the country know the whole report, and write it. The secretariat of a commission to
//! which questions are assigned knows the title, the period and these questions alone: it answers, confirms and comments
//! on them. For everybody else the report does not exist.

use std::collections::HashSet;

use super::model::Report;
use super::sharing::store::{Assignees, assignees_of, assignees_of_all};
use super::store::{self, Head};
use crate::access::{Visibility, require_coordinator};
use crate::db::dispatch::lock_row;
use crate::db::{Db, ReportId, Tx};
use crate::error::{Code, Result};
use crate::identity::Actor;

/// The part of a report that somebody may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ReportScope {
    Whole,
    /// The questions of these keys.
    Questions(HashSet<String>),
}

impl ReportScope {
    /// Returns the part of a report that may be known; None when the report itself may not.
    pub(super) fn of(visibility: &Visibility, country: &str, assignees: &Assignees) -> Option<Self> {
        if visibility.knows_country(country) {
            return Some(Self::Whole);
        }
        let own = assignees.iter().filter(|(_, commission)| visibility.full_commissions.contains(commission));
        let keys: HashSet<String> = own.map(|(key, _)| key.clone()).collect();
        (!keys.is_empty()).then_some(Self::Questions(keys))
    }

    /// Returns true if a question may be known, and, while the report is a draft, answered.
    pub(super) fn knows(&self, key: &str) -> bool {
        match self {
            Self::Whole => true,
            Self::Questions(keys) => keys.contains(key),
        }
    }

    /// Leaves out of a report what may not be known.
    pub(super) fn limit(&self, report: Report) -> Report {
        match self {
            Self::Whole => report,
            Self::Questions(keys) => report.with_questions_only(keys),
        }
    }
}

/// Returns a report without its questions, and the part of it that may be known: 404 when it may not be known at all.
pub(super) fn scope_of(conn: &mut Db, visibility: &Visibility, id: ReportId) -> Result<(Head, ReportScope)> {
    let head = store::head(conn, id)?;
    let assignees = assignees_of(conn, id)?;
    let scope = ReportScope::of(visibility, &head.country_code, &assignees).ok_or(Code::NotFound)?;
    Ok((head, scope))
}

/// Returns the reports among these of which the actor may know at least a part, in two statements.
pub(crate) fn known_reports(conn: &mut Db, visibility: &Visibility, ids: &[ReportId]) -> Result<Vec<ReportId>> {
    let assignees = assignees_of_all(conn, ids)?;
    let none = Assignees::new();
    let is_known = |(id, country): &(ReportId, String)| {
        ReportScope::of(visibility, country, assignees.get(id).unwrap_or(&none)).is_some()
    };
    Ok(store::countries_of(conn, ids)?.into_iter().filter(is_known).map(|(id, _)| id).collect())
}

/// Loads and locks a report that the caller may write: 404 when it may not be known, 403 for those who know questions of
/// it alone.
pub(super) fn lock(tx: &mut Tx<'_>, actor: &Actor, id: ReportId) -> Result<Head> {
    lock_row(tx.conn, "reports", id)?;
    let (head, _) = scope_of(tx.conn, &Visibility::of(actor), id)?;
    require_coordinator(actor, &head.country_code).map(|()| head)
}

/// Loads and locks a report one of whose questions the caller may answer: 404 when the question may not be known.
pub(super) fn lock_question(tx: &mut Tx<'_>, actor: &Actor, id: ReportId, key: &str) -> Result<Head> {
    lock_row(tx.conn, "reports", id)?;
    let (head, scope) = scope_of(tx.conn, &Visibility::of(actor), id)?;
    if scope.knows(key) { Ok(head) } else { Err(Code::NotFound.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::CommissionId;

    fn id(n: u128) -> CommissionId {
        uuid::Uuid::from_u128(n).into()
    }

    #[test]
    fn a_secretariat_knows_the_questions_of_its_commissions_alone() {
        let assignees = Assignees::from([("highlights".to_owned(), id(1)), ("difficulties".to_owned(), id(2))]);
        let scope = |visibility: Visibility| ReportScope::of(&visibility, "CL", &assignees);
        let kept = |n| Visibility { full_commissions: vec![id(n)], ..Visibility::default() };
        let own = scope(kept(1)).unwrap();
        assert!(own.knows("highlights") && !own.knows("difficulties"));
        assert_eq!(scope(kept(3)), None);
        assert_eq!(
            scope(Visibility { unrestricted_commissions: vec![id(1)], ..Visibility::default() }),
            None,
            "members, observers"
        );
        assert_eq!(scope(Visibility { countries: vec!["PE".into()], ..Visibility::default() }), None);
        assert_eq!(
            scope(Visibility { countries: vec!["CL".into()], ..Visibility::default() }),
            Some(ReportScope::Whole)
        );
    }
}
