//! Reports on periods as a dataset has them: with their moment and their review, without their author.

mod waiver;

use deserr::Deserr;
use serde::Serialize;

use super::actions::{NewReport, ReportPath, import_review, report_by_file};
use super::model::{DutyOutcome, DutyReport, DutyReportInput, DutyReviewInput, DutyVerification, FieldValues};
use super::store;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{Db, DutyId, DutyReportId, InstitutionId, Tx};
use crate::error::{Faults, Result};
use crate::evidence::Evidence;
use crate::http::Input;
use crate::identity::{Actor, Importer, Person, user_names};

pub(crate) use waiver::{
    DatasetWaiver, DatasetWaiverInput, duty_waivers_of_country, import_duty_waiver, import_withdrawal,
};

/// The review of a report in a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct DatasetReview {
    pub outcome: DutyOutcome,
    #[deserr(default)]
    pub comment: Option<String>,
}

/// A report in a dataset.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct DatasetReportInput {
    pub institution_id: InstitutionId,
    pub period: PartialDate,
    #[deserr(default)]
    pub values: FieldValues,
    #[deserr(default)]
    pub narrative: Option<String>,
    #[deserr(default)]
    pub evidence: Vec<Evidence>,
    #[deserr(default)]
    pub nothing_to_report: bool,
    #[deserr(default)]
    pub on_behalf: bool,
    /// The moment of receipt, which decides whether the report was late; that of the import when it is left out.
    #[deserr(default)]
    pub received_at: Option<Instant>,
    /// The review; only an administrator imports reviews, the reports of others await review.
    #[deserr(default)]
    pub review: Option<DatasetReview>,
}

impl DatasetReportInput {
    fn report(&self) -> DutyReportInput {
        DutyReportInput {
            values: self.values.clone(),
            narrative: self.narrative.clone(),
            evidence: self.evidence.clone(),
            nothing_to_report: self.nothing_to_report,
            on_behalf: self.on_behalf,
        }
    }
}

impl Input for DatasetReportInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        self.report().check(faults);
        if let Some(review) = &self.review {
            let mut own = Faults::default();
            DutyReviewInput { outcome: review.outcome, comment: review.comment.clone() }.check(&mut own);
            own.list.into_iter().for_each(|fault| {
                faults.add_with(format!("/review{}", fault.pointer), fault.code, fault.args);
            });
        }
    }
}

/// A report of a dataset that is stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DatasetReport {
    pub id: DutyReportId,
    pub duty_id: DutyId,
    pub revision: i32,
    fields: DatasetReportInput,
}

impl DatasetReport {
    fn new(report: DutyReport, comment: Option<String>) -> Self {
        let outcome = match report.verification {
            DutyVerification::Pending => None,
            DutyVerification::Accepted => Some(DutyOutcome::Accepted),
            DutyVerification::Returned => Some(DutyOutcome::Returned),
        };
        let DutyReportInput { values, narrative, evidence, nothing_to_report, on_behalf } = report.fields;
        let fields = DatasetReportInput {
            institution_id: report.institution_id,
            period: report.period,
            values: values.without_blanks(),
            narrative,
            evidence: evidence.into_iter().map(Evidence::plain).collect(),
            nothing_to_report,
            on_behalf,
            received_at: Some(report.received_at),
            review: outcome.map(|outcome| DatasetReview { outcome, comment }),
        };
        Self { id: report.id, duty_id: report.duty_id, revision: report.revision, fields }
    }

    pub(crate) fn input(&self) -> DatasetReportInput {
        self.fields.clone()
    }

    /// Completes an entry of a file: this report gives the fields that the entry leaves out.
    pub(crate) fn completed(&self, mut sent: DatasetReportInput) -> DatasetReportInput {
        Evidence::keep_files(&mut sent.evidence, &self.fields.evidence);
        sent.values = sent.values.without_blanks();
        sent.received_at = sent.received_at.or(self.fields.received_at);
        sent.review = sent.review.or_else(|| self.fields.review.clone());
        sent
    }
}

/// Loads the reports on the duties of a country with all corrections, in the order of receipt.
pub(crate) fn duty_reports_of_country(conn: &mut Db, country: &str) -> Result<Vec<DatasetReport>> {
    let reports = store::reports_of_country(conn, country)?;
    Ok(reports.into_iter().map(|(report, comment)| DatasetReport::new(report, comment)).collect())
}

/// Saves a report of a dataset as it was received, by the rules of all reports.
pub(crate) fn import_duty_report(
    tx: &mut Tx<'_>,
    actor: &Actor,
    duty: DutyId,
    input: DatasetReportInput,
) -> Result<DatasetReport> {
    let path: ReportPath = (duty, input.institution_id, input.period.to_string());
    let names = user_names(tx.conn, tx.who)?;
    let imported_by = Some(Importer::from(Person::named(&names, tx.who)));
    let report = NewReport { input: input.report(), author: None, imported_by };
    let review = input.review.filter(|_| actor.is_admin());
    let at = input.received_at.unwrap_or(tx.now);
    if at > tx.now {
        return Err(Faults::one("/received_at", "in_the_future").into());
    }
    let saved = tx.as_of(at, |tx| {
        let saved = report_by_file(tx, actor, &path, report)?;
        match &review {
            Some(DatasetReview { outcome, comment }) => {
                let input = DutyReviewInput { outcome: *outcome, comment: comment.clone() };
                import_review(tx, actor, &path, input)
            }
            None => Ok(saved),
        }
    })?;
    let comment = review.and_then(|review| review.comment);
    let newest = saved.newest().cloned().ok_or(crate::error::Code::NotFound)?;
    Ok(DatasetReport::new(newest, comment))
}
