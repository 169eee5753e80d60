//! Reports on periods with their evidence and reviews.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::waivers::waivers_of_period;
use crate::access::Visibility;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::schema::{duties, duty_commissions, duty_report_evidence, duty_reports, duty_reviews};
use crate::db::{Db, DutyId, DutyReportId, FileId, InstitutionId, RawId, UserId, grouped};
use crate::duties::model::{
    Duty, DutyOutcome, DutyReport, DutyReportInput, DutyReview, DutyReviewInput, DutyState, DutyVerification,
    FieldValues, PeriodHistory,
};
use crate::error::Result;
use crate::evidence::Evidence;
use crate::http::{Page, Paging};
use crate::identity::{Importer, Person, UserNames, user_names};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = duty_reports, treat_none_as_default_value = false)]
struct Row {
    id: DutyReportId,
    duty_id: DutyId,
    institution_id: InstitutionId,
    period: PartialDate,
    period_from: NaiveDate,
    period_to: NaiveDate,
    revision: i32,
    newest: bool,
    state: DutyState,
    late: bool,
    verification: DutyVerification,
    figures: String,
    narrative: Option<String>,
    on_behalf: bool,
    author_id: Option<UserId>,
    from_file: bool,
    imported_by: Option<UserId>,
    received_at: Instant,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = duty_report_evidence, treat_none_as_default_value = false)]
struct EvidenceRow {
    report_id: DutyReportId,
    position: i32,
    title: String,
    url: Option<String>,
    file_id: Option<FileId>,
    kind: Option<String>,
    dated: Option<PartialDate>,
    dated_from: Option<NaiveDate>,
    dated_to: Option<NaiveDate>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = duty_reviews, treat_none_as_default_value = false)]
struct ReviewRow {
    id: RawId,
    report_id: DutyReportId,
    outcome: DutyOutcome,
    comment: Option<String>,
    reviewed_by: Option<UserId>,
    reviewed_at: Instant,
}

impl Row {
    fn of(report: &DutyReport) -> Self {
        Self {
            id: report.id,
            duty_id: report.duty_id,
            institution_id: report.institution_id,
            period: report.period.clone(),
            period_from: report.period_from,
            period_to: report.period_to,
            revision: report.revision,
            newest: true,
            state: report.state,
            late: report.late,
            verification: report.verification,
            figures: report.fields.values.stored(),
            narrative: report.fields.narrative.clone(),
            on_behalf: report.fields.on_behalf,
            author_id: report.author.as_ref().map(|author| author.id),
            from_file: report.imported_by.is_some(),
            imported_by: report.imported_by.as_ref().and_then(|importer| importer.id),
            received_at: report.received_at,
        }
    }

    fn into_report(self, evidence: Vec<Evidence>, names: &UserNames) -> DutyReport {
        DutyReport {
            id: self.id,
            duty_id: self.duty_id,
            institution_id: self.institution_id,
            period: self.period,
            period_from: self.period_from,
            period_to: self.period_to,
            revision: self.revision,
            fields: DutyReportInput {
                values: FieldValues::of_stored(&self.figures),
                narrative: self.narrative,
                evidence,
                nothing_to_report: self.state == DutyState::Nothing,
                on_behalf: self.on_behalf,
            },
            state: self.state,
            late: self.late,
            verification: self.verification,
            author: Person::named(names, self.author_id),
            imported_by: self.from_file.then(|| Importer::from(Person::named(names, self.imported_by))),
            received_at: self.received_at,
        }
    }
}

/// Inserts a report, which becomes the newest on its period.
pub(crate) fn insert_report(conn: &mut Db, report: &DutyReport) -> Result<()> {
    let older = duty_reports::table
        .filter(duty_reports::duty_id.eq(report.duty_id))
        .filter(duty_reports::institution_id.eq(report.institution_id))
        .filter(duty_reports::period_from.eq(report.period_from));
    diesel::update(older).set(duty_reports::newest.eq(false)).execute(conn)?;
    diesel::insert_into(duty_reports::table).values(Row::of(report)).execute(conn)?;
    let row = |(position, evidence): (i32, &Evidence)| {
        let Evidence { title, url, file_id, kind, dated, dated_from, dated_to } = evidence.clone().bounded();
        EvidenceRow { report_id: report.id, position, title, url, file_id, kind, dated, dated_from, dated_to }
    };
    let rows: Vec<_> = (0_i32..).zip(&report.fields.evidence).map(row).collect();
    crate::insert_all!(conn, duty_report_evidence::table, &rows)
}

/// Adds the review of a report.
pub(crate) fn add_review(conn: &mut Db, id: RawId, report: DutyReportId, review: &DutyReview) -> Result<()> {
    let DutyReviewInput { outcome, comment } = review.fields.clone();
    let reviewed_by = review.reviewed_by.as_ref().map(|person| person.id);
    let row = ReviewRow { id, report_id: report, outcome, comment, reviewed_by, reviewed_at: review.reviewed_at };
    diesel::insert_into(duty_reviews::table).values(row).execute(conn)?;
    let verification = duty_reports::verification.eq(DutyVerification::from(outcome));
    diesel::update(duty_reports::table.find(report)).set(verification).execute(conn)?;
    Ok(())
}

/// Filters of the list of reports.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ReportFilter<'f> {
    pub institution_id: Option<InstitutionId>,
    pub period: Option<&'f PartialDate>,
}

/// Returns one page of the reports of a duty with all corrections, in the order of receipt.
pub(crate) fn list_reports(
    conn: &mut Db,
    duty: &Duty,
    filter: ReportFilter<'_>,
    paging: &Paging<DutyReportId>,
) -> Result<Page<DutyReport>> {
    let mut query = duty_reports::table
        .filter(duty_reports::duty_id.eq(duty.id))
        .order(duty_reports::id)
        .select(Row::as_select())
        .into_boxed();
    if let Some(institution) = filter.institution_id {
        query = query.filter(duty_reports::institution_id.eq(institution));
    }
    if let Some(period) = filter.period {
        query = query.filter(duty_reports::period_from.eq(period.from()));
    }
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(duty_reports::id.gt(after));
    }
    let page = Page::cut(query.limit(paging.fetch()).load(conn)?, paging, |row: &Row| row.id).counted(total);
    page.complete(|rows| complete(conn, duty, rows))
}

/// Loads the newest reports on visible duties that await review, in the order of receipt, without their evidence.
pub(crate) fn awaiting_review(conn: &mut Db, visibility: &Visibility) -> Result<Vec<DutyReport>> {
    let mut query = duty_reports::table
        .inner_join(duties::table)
        .filter(duty_reports::newest.eq(true))
        .filter(duty_reports::verification.eq(DutyVerification::Pending))
        .order(duty_reports::id)
        .select(Row::as_select())
        .into_boxed();
    if !visibility.all {
        let own = duty_commissions::table
            .filter(duty_commissions::commission_id.eq_any(visibility.full_commissions.clone()))
            .select(duty_commissions::duty_id);
        query = query.filter(duties::country_code.eq_any(visibility.countries.clone()).or(duties::id.eq_any(own)));
    }
    let rows: Vec<Row> = query.load(conn)?;
    let names = user_names(conn, rows.iter().flat_map(|row| [row.author_id, row.imported_by]).flatten())?;
    Ok(rows.into_iter().map(|row| row.into_report(Vec::new(), &names)).collect())
}

/// Loads the newest reports of a duty on the periods that begin between two days, in the order of receipt.
pub(crate) fn newest_reports(
    conn: &mut Db,
    duty: &Duty,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<DutyReport>> {
    if first > last {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = duty_reports::table
        .filter(duty_reports::duty_id.eq(duty.id))
        .filter(duty_reports::newest.eq(true))
        .filter(duty_reports::period_from.between(first, last))
        .order((duty_reports::period_from, duty_reports::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| row.into_report(Vec::new(), &UserNames::new())).collect())
}

/// Loads the reports on the duties of a country with all corrections, in the order of receipt, each with the comment of
/// its review.
pub(crate) fn reports_of_country(conn: &mut Db, country: &str) -> Result<Vec<(DutyReport, Option<String>)>> {
    let rows: Vec<Row> = duty_reports::table
        .inner_join(duties::table)
        .filter(duties::country_code.eq(country))
        .order(duty_reports::id)
        .select(Row::as_select())
        .load(conn)?;
    let mut whole = Vec::with_capacity(rows.len());
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let names = user_names(conn, rows.iter().flat_map(|row| [row.author_id, row.imported_by]).flatten())?;
    let (mut evidence, mut comments) = (HashMap::new(), HashMap::new());
    for ids in ids.chunks(5_000) {
        evidence.extend(evidence_of(conn, ids)?);
        let reviews = duty_reviews::table.filter(duty_reviews::report_id.eq_any(ids));
        comments.extend(
            reviews
                .select((duty_reviews::report_id, duty_reviews::comment))
                .load::<(DutyReportId, Option<String>)>(conn)?,
        );
    }
    for row in rows {
        let (own, comment) = (evidence.remove(&row.id).unwrap_or_default(), comments.remove(&row.id).flatten());
        whole.push((row.into_report(own, &names), comment));
    }
    Ok(whole)
}

fn complete(conn: &mut Db, duty: &Duty, rows: Vec<Row>) -> Result<Vec<DutyReport>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let names = user_names(conn, rows.iter().flat_map(|row| [row.author_id, row.imported_by]).flatten())?;
    let mut evidence = evidence_of(conn, &ids)?;
    let whole = rows.into_iter().map(|row| {
        let own = evidence.remove(&row.id).unwrap_or_default();
        let mut report = row.into_report(own, &names);
        report.fields.values = report.fields.values.completed(&duty.fields.fields);
        report
    });
    Ok(whole.collect())
}

fn evidence_of(conn: &mut Db, ids: &[DutyReportId]) -> Result<HashMap<DutyReportId, Vec<Evidence>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<EvidenceRow> = duty_report_evidence::table
        .filter(duty_report_evidence::report_id.eq_any(ids))
        .order((duty_report_evidence::report_id, duty_report_evidence::position))
        .select(EvidenceRow::as_select())
        .load(conn)?;
    let evidence = |row: EvidenceRow| {
        let EvidenceRow { report_id, title, url, file_id, kind, dated, dated_from, dated_to, .. } = row;
        (report_id, Evidence { title, url, file_id, kind, dated, dated_from, dated_to })
    };
    Ok(grouped(rows.into_iter().map(evidence)))
}

/// Loads everything about one institution and one period of a duty.
pub(crate) fn period_history(
    conn: &mut Db,
    duty: &Duty,
    institution: InstitutionId,
    period: &PartialDate,
) -> Result<PeriodHistory> {
    let rows: Vec<Row> = duty_reports::table
        .filter(duty_reports::duty_id.eq(duty.id))
        .filter(duty_reports::institution_id.eq(institution))
        .filter(duty_reports::period_from.eq(period.from()))
        .order(duty_reports::revision)
        .select(Row::as_select())
        .load(conn)?;
    let revisions = complete(conn, duty, rows)?;
    let reviews = reviews_of(conn, &revisions)?;
    let waivers = waivers_of_period(conn, duty, institution, period)?;
    Ok(PeriodHistory { revisions, reviews, waivers })
}

fn reviews_of(conn: &mut Db, revisions: &[DutyReport]) -> Result<Vec<DutyReview>> {
    let ids: Vec<_> = revisions.iter().map(|report| report.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<ReviewRow> = duty_reviews::table
        .filter(duty_reviews::report_id.eq_any(ids))
        .order(duty_reviews::id)
        .select(ReviewRow::as_select())
        .load(conn)?;
    let names = user_names(conn, rows.iter().filter_map(|row| row.reviewed_by))?;
    let revision = |id| revisions.iter().find(|report| report.id == id).map_or(0, |report| report.revision);
    let review = |row: ReviewRow| DutyReview {
        revision: revision(row.report_id),
        fields: DutyReviewInput { outcome: row.outcome, comment: row.comment },
        reviewed_by: Person::named(&names, row.reviewed_by),
        reviewed_at: row.reviewed_at,
    };
    Ok(rows.into_iter().map(review).collect())
}
