//! An institution and a period of a duty, with what a person may do there.

use crate::clock::Instant;
use crate::db::{Db, UserId};
use crate::directory::institution_names;
use crate::duties::actions::{self, InstitutionPeriod, ReportPath};
use crate::duties::model::{DutyReport, DutyVerification, PeriodReport};
use crate::duties::policy;
use crate::error::Result;
use crate::http::Fields;
use crate::identity::Actor;

/// An institution and a period, for a person who may see the duty.
pub(super) struct Reporting {
    pub target: InstitutionPeriod,
    pub report: PeriodReport,
    /// The name of the institution.
    pub institution: String,
    pub may_report: bool,
    /// True when the person may write the duty.
    pub is_writer: bool,
    /// True when the person represents the institution.
    pub is_own: bool,
    /// True when reports on the period are taken.
    pub has_begun: bool,
    person: UserId,
}

crate::restricted_by!(InstitutionPeriod: duty);
crate::restricted_by!(Reporting: target);

impl Reporting {
    pub(super) fn load(conn: &mut Db, actor: &Actor, path: &ReportPath, now: Instant) -> Result<Self> {
        let target = actions::find_institution_period(conn, actor, path)?;
        let report = actions::period_report(conn, &target, now)?;
        let names = institution_names(conn, vec![target.institution])?;
        Ok(Self {
            institution: names.get(&target.institution).cloned().unwrap_or_default(),
            may_report: policy::may_report(actor, &target.duty, target.institution),
            is_writer: policy::may_write(actor, &target.duty),
            is_own: policy::represents(actor, &target.duty, target.institution),
            has_begun: target.period.from() <= target.duty.today(now),
            person: actor.id,
            report,
            target,
        })
    }

    /// Loads the same for a person who may write the duty.
    pub(super) fn load_to_write(conn: &mut Db, actor: &Actor, path: &ReportPath, now: Instant) -> Result<Self> {
        let record = Self::load(conn, actor, path, now)?;
        policy::require_writer(actor, &record.target.duty)?;
        Ok(record)
    }

    /// Returns the fields of the newest report, without the files that another person has uploaded. `revision` shows that
    /// somebody else has reported meanwhile.
    pub(super) fn fields(&self) -> Fields {
        let mut fields = self.report.newest().map(|newest| self.fields_of(newest)).unwrap_or_default();
        if self.is_writer && !self.is_own {
            fields.set("on_behalf", true);
        }
        if let Some(revision) = self.report.revision {
            fields.set("revision", revision);
        }
        fields
    }

    fn fields_of(&self, newest: &DutyReport) -> Fields {
        let mut fields = Fields::of(&newest.fields);
        fields.remove("on_behalf");
        for (n, entry) in newest.fields.evidence.iter().enumerate() {
            fields.remove(&format!("evidence/{n}/dated_from"));
            fields.remove(&format!("evidence/{n}/dated_to"));
            if entry.file_id.is_some() {
                fields.set(&format!("evidence/{n}/file_name"), &entry.title);
            }
        }
        fields
    }

    /// Returns true if the person may review the newest report now.
    pub(super) fn may_review(&self) -> bool {
        let is_pending = self.report.verification == Some(DutyVerification::Pending);
        let by_others = self.report.newest().is_some_and(|newest| !newest.is_of(self.person));
        self.is_writer && is_pending && by_others
    }

    /// Returns true if the report was returned to the person's own institution.
    pub(super) fn must_correct(&self) -> bool {
        self.is_own && self.report.verification == Some(DutyVerification::Returned)
    }

    pub(super) fn path(&self) -> String {
        let InstitutionPeriod { duty, institution, period } = &self.target;
        format!("/duties/{}/reports/{institution}/{period}", duty.id)
    }
}
