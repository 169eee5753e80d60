//! Files in the database, and the records that cite them (a read model over sessions, agreements, commitments with their
//! updates, and activities).

use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use super::model::{Citation, StoredFile};
use crate::clock::Instant;
use crate::db::schema::{
    activities, activity_commissions, activity_evidence, activity_organizers, activity_partners, agreement_attachments,
    agreement_commissions, agreement_parties, agreements, assignments, attendances, commissions,
    commitment_attachments, commitment_beneficiaries, commitment_commissions, commitments, duties, duty_commissions,
    duty_institutions, duty_report_evidence, duty_reports, files, indicator_responsibles, indicator_value_evidence,
    indicator_values, indicators, institutions, meeting_commissions, meeting_documents, meetings, memberships,
    plan_commissions, plan_item_responsibles, plan_items, plans, update_evidence, updates,
};
use crate::db::{
    ActivityId, AgreementId, CommissionId, CommitmentId, Db, DutyId, FileId, IndicatorId, InstitutionId, MeetingId,
    PlanId, UserId,
};
use crate::error::Result;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = files)]
struct Row {
    id: FileId,
    name: String,
    media_type: String,
    size: i64,
    sha256: String,
    uploaded_by: UserId,
    created_at: Instant,
}

pub(super) fn insert(conn: &mut Db, file: &StoredFile) -> Result<()> {
    let StoredFile { id, name, media_type, size, sha256, uploaded_by, created_at } = file.clone();
    let row = Row { id, name, media_type, size, sha256, uploaded_by, created_at };
    diesel::insert_into(files::table).values(row).execute(conn)?;
    Ok(())
}

/// Loads a file, without a check of rights; 404 when there is none.
pub(super) fn find(conn: &mut Db, id: FileId) -> Result<StoredFile> {
    let row: Row = files::table.filter(files::id.eq(id)).select(Row::as_select()).first(conn)?;
    Ok(stored_file(row))
}

/// The bytes that each file counts in addition to its content, so that the quota limits the number of files too.
pub(super) const BYTES_OF_A_FILE: u64 = 4096;

/// Returns the bytes that the uploads of one person take: the content, and 4 KiB for each file of any size.
pub(super) fn used_bytes(conn: &mut Db, uploader: UserId) -> Result<u64> {
    let sum: Option<i64> = files::table
        .filter(files::uploaded_by.eq(uploader))
        .select(sql::<Nullable<BigInt>>(&format!("CAST(SUM(size) + {BYTES_OF_A_FILE} * COUNT(*) AS BIGINT)")))
        .first(conn)?;
    Ok(sum.and_then(|sum| u64::try_from(sum).ok()).unwrap_or_default())
}

/// Returns up to `limit` files that were uploaded before a moment and that no record cites, the oldest first.
pub(super) fn uncited(conn: &mut Db, before: Instant, limit: i64) -> Result<Vec<StoredFile>> {
    let by_meeting = meeting_documents::table.filter(meeting_documents::file_id.eq(files::id.nullable()));
    let by_update = update_evidence::table.filter(update_evidence::file_id.eq(files::id.nullable()));
    let by_value = indicator_value_evidence::table.filter(indicator_value_evidence::file_id.eq(files::id.nullable()));
    let by_duty = duty_report_evidence::table.filter(duty_report_evidence::file_id.eq(files::id.nullable()));
    let by_commitment = commitment_attachments::table.filter(commitment_attachments::file_id.eq(files::id.nullable()));
    let by_agreement = agreement_attachments::table.filter(agreement_attachments::file_id.eq(files::id.nullable()));
    let by_activity = activity_evidence::table.filter(activity_evidence::file_id.eq(files::id.nullable()));
    let rows: Vec<Row> = files::table
        .filter(files::created_at.lt(before))
        .filter(not(exists(by_meeting)))
        .filter(not(exists(by_update)))
        .filter(not(exists(by_duty)))
        .filter(not(exists(by_value)))
        .filter(not(exists(by_commitment)))
        .filter(not(exists(by_agreement)))
        .filter(not(exists(by_activity)))
        .order(files::id)
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(stored_file).collect())
}

/// Removes the record of a file; 409 while another record cites it.
pub(super) fn delete(conn: &mut Db, id: FileId) -> Result<()> {
    diesel::delete(files::table.filter(files::id.eq(id))).execute(conn)?;
    Ok(())
}

/// Returns those of these files that have a record.
pub(super) fn existing(conn: &mut Db, ids: &[FileId]) -> Result<Vec<FileId>> {
    Ok(files::table.filter(files::id.eq_any(ids)).select(files::id).load(conn)?)
}

fn stored_file(row: Row) -> StoredFile {
    let Row { id, name, media_type, size, sha256, uploaded_by, created_at } = row;
    StoredFile { id, name, media_type, size, sha256, uploaded_by, created_at }
}

/// Loads every record that cites the file.
pub(super) fn citations(conn: &mut Db, file: FileId) -> Result<Vec<Citation>> {
    let mut all = of_meetings(conn, file)?;
    all.extend(of_agreements(conn, file)?);
    all.extend(of_duties(conn, file)?);
    all.extend(of_indicators(conn, file)?);
    all.extend(of_commitments(conn, file)?);
    all.extend(of_drafts(conn, file)?);
    all.extend(of_activities(conn, file)?);
    Ok(all)
}

/// Completes records with their commissions and the institutions that they name.
fn complete<I: Copy + PartialEq + Into<uuid::Uuid>>(
    kind: &'static str,
    records: Vec<(I, String, bool)>,
    commissions: &[(I, CommissionId)],
    institutions: &[(I, InstitutionId)],
) -> Vec<Citation> {
    let citation = |(id, country, restricted): (I, String, bool)| Citation {
        kind,
        id: id.into(),
        country,
        restricted,
        commissions: commissions.iter().filter(|(of, _)| *of == id).map(|(_, commission)| *commission).collect(),
        institutions: institutions.iter().filter(|(of, _)| *of == id).map(|(_, institution)| *institution).collect(),
    };
    records.into_iter().map(citation).collect()
}

/// Loads the pairs of two columns of a table for these records.
macro_rules! pairs {
    ($conn:expr, $table:ident: $record:ident in $ids:expr, $other:ident) => {
        $table::table.filter($table::$record.eq_any($ids)).select(($table::$record, $table::$other)).load($conn)?
    };
}

fn of_meetings(conn: &mut Db, file: FileId) -> Result<Vec<Citation>> {
    let records: Vec<(MeetingId, String, bool)> = meeting_documents::table
        .inner_join(meetings::table)
        .filter(meeting_documents::file_id.eq(file))
        .select((meetings::id, meetings::country_code, meetings::restricted))
        .load(conn)?;
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<MeetingId> = records.iter().map(|record| record.0).collect();
    let commissions: Vec<_> = pairs!(conn, meeting_commissions: meeting_id in &ids, commission_id);
    let attended: Vec<_> = pairs!(conn, attendances: meeting_id in &ids, institution_id);
    Ok(complete("meeting", records, &commissions, &attended))
}

fn of_commitments(conn: &mut Db, file: FileId) -> Result<Vec<Citation>> {
    type Row = (CommitmentId, String, bool, Option<InstitutionId>);
    let shown =
        (commitments::id, commitments::country_code, commitments::restricted, commitments::follow_up_institution_id);
    let mut rows: Vec<Row> = update_evidence::table
        .inner_join(updates::table.inner_join(assignments::table.inner_join(commitments::table)))
        .filter(update_evidence::file_id.eq(file))
        .select(shown)
        .load(conn)?;
    let attached: Vec<Row> = commitment_attachments::table
        .inner_join(commitments::table)
        .filter(commitment_attachments::file_id.eq(file))
        .filter(commitments::draft.eq(false))
        .select(shown)
        .load(conn)?;
    rows.extend(attached);
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<CommitmentId> = rows.iter().map(|row| row.0).collect();
    let commissions: Vec<_> = pairs!(conn, commitment_commissions: commitment_id in &ids, commission_id);
    let mut named: Vec<(CommitmentId, InstitutionId)> =
        pairs!(conn, assignments: commitment_id in &ids, institution_id);
    let served: Vec<(CommitmentId, InstitutionId)> =
        pairs!(conn, commitment_beneficiaries: commitment_id in &ids, institution_id);
    named.extend(served);
    named.extend(rows.iter().filter_map(|row| row.3.map(|institution| (row.0, institution))));
    let records = rows.into_iter().map(|(id, country, restricted, _)| (id, country, restricted)).collect();
    Ok(complete("commitment", records, &commissions, &named))
}

fn of_duties(conn: &mut Db, file: FileId) -> Result<Vec<Citation>> {
    let rows: Vec<(DutyId, String, bool, InstitutionId)> = duty_report_evidence::table
        .inner_join(duty_reports::table.inner_join(duties::table))
        .filter(duty_report_evidence::file_id.eq(file))
        .select((duties::id, duties::country_code, duties::restricted, duty_reports::institution_id))
        .load(conn)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<DutyId> = rows.iter().map(|row| row.0).collect();
    let commissions: Vec<_> = pairs!(conn, duty_commissions: duty_id in &ids, commission_id);
    let mut named = asked_by_name(conn, &ids)?;
    named.extend(rows.iter().map(|row| (row.0, row.3)));
    named.extend(asked_by_sector(conn, &ids)?);
    let records = rows.into_iter().map(|(id, country, restricted, _)| (id, country, restricted)).collect();
    Ok(complete("duty", records, &commissions, &named))
}

/// Loads the institutions that duties ask by their names on a day between the first and the last of the duty.
fn asked_by_name(conn: &mut Db, ids: &[DutyId]) -> Result<Vec<(DutyId, InstitutionId)>> {
    Ok(duty_institutions::table
        .inner_join(duties::table)
        .filter(duties::id.eq_any(ids))
        .filter(crate::within_duty!(duty_institutions))
        .select((duties::id, duty_institutions::institution_id))
        .load(conn)?)
}

/// Loads the institutions that duties ask by their sector: members of their commissions on a day between the first and the
/// last of the duty.
fn asked_by_sector(conn: &mut Db, ids: &[DutyId]) -> Result<Vec<(DutyId, InstitutionId)>> {
    Ok(duties::table
        .inner_join(duty_commissions::table)
        .inner_join(memberships::table.on(memberships::commission_id.eq(duty_commissions::commission_id)))
        .inner_join(institutions::table.on(institutions::id.eq(memberships::institution_id)))
        .filter(duties::id.eq_any(ids))
        .filter(institutions::sector.eq(duties::sector.assume_not_null()))
        .filter(crate::within_duty!(memberships))
        .select((duties::id, institutions::id))
        .load(conn)?)
}

/// Loads the indicators with a value that cites the file. Those who know the plan know them: it belongs to its
/// commissions, or without any to every commission of the country.
fn of_indicators(conn: &mut Db, file: FileId) -> Result<Vec<Citation>> {
    let rows: Vec<(IndicatorId, PlanId, String)> = indicator_value_evidence::table
        .inner_join(
            indicator_values::table
                .inner_join(indicators::table.inner_join(plan_items::table.inner_join(plans::table))),
        )
        .filter(indicator_value_evidence::file_id.eq(file))
        .select((indicators::id, plans::id, plans::country_code))
        .load(conn)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<IndicatorId> = rows.iter().map(|row| row.0).collect();
    let plans: Vec<PlanId> = rows.iter().map(|row| row.1).collect();
    let countries: Vec<&String> = rows.iter().map(|row| &row.2).collect();
    let followers: Vec<(PlanId, CommissionId)> = pairs!(conn, plan_commissions: plan_id in &plans, commission_id);
    let national: Vec<(String, CommissionId)> = commissions::table
        .filter(commissions::country_code.eq_any(countries))
        .select((commissions::country_code, commissions::id))
        .load(conn)?;
    let on_items: Vec<(PlanId, InstitutionId)> = plan_item_responsibles::table
        .inner_join(plan_items::table)
        .filter(plan_items::plan_id.eq_any(&plans))
        .select((plan_items::plan_id, plan_item_responsibles::institution_id))
        .load(conn)?;
    let mut named: Vec<(IndicatorId, InstitutionId)> =
        pairs!(conn, indicator_responsibles: indicator_id in &ids, institution_id);
    let mut of_plan: Vec<(IndicatorId, CommissionId)> = Vec::new();
    for (id, plan, country) in &rows {
        named.extend(on_items.iter().filter(|(own, _)| own == plan).map(|(_, institution)| (*id, *institution)));
        let own: Vec<_> = followers.iter().filter(|(own, _)| own == plan).map(|(_, one)| (*id, *one)).collect();
        let whole = national.iter().filter(|(own, _)| own == country).map(|(_, one)| (*id, *one));
        if own.is_empty() { of_plan.extend(whole) } else { of_plan.extend(own) }
    }
    let records = rows.into_iter().map(|(id, _, country)| (id, country, false)).collect();
    Ok(complete("indicator", records, &of_plan, &named))
}

/// Loads the drafts to which the file is attached. Only those who know everything of their commissions know them.
fn of_drafts(conn: &mut Db, file: FileId) -> Result<Vec<Citation>> {
    let records: Vec<(CommitmentId, String)> = commitment_attachments::table
        .inner_join(commitments::table)
        .filter(commitment_attachments::file_id.eq(file))
        .filter(commitments::draft.eq(true))
        .select((commitments::id, commitments::country_code))
        .load(conn)?;
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<CommitmentId> = records.iter().map(|record| record.0).collect();
    let commissions: Vec<_> = pairs!(conn, commitment_commissions: commitment_id in &ids, commission_id);
    let records = records.into_iter().map(|(id, country)| (id, country, true)).collect();
    Ok(complete("commitment", records, &commissions, &[]))
}

fn of_agreements(conn: &mut Db, file: FileId) -> Result<Vec<Citation>> {
    let records: Vec<(AgreementId, String, bool)> = agreement_attachments::table
        .inner_join(agreements::table)
        .filter(agreement_attachments::file_id.eq(file))
        .select((agreements::id, agreements::country_code, agreements::restricted))
        .load(conn)?;
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<AgreementId> = records.iter().map(|record| record.0).collect();
    let commissions: Vec<_> = pairs!(conn, agreement_commissions: agreement_id in &ids, commission_id);
    let parties: Vec<(AgreementId, Option<InstitutionId>)> =
        pairs!(conn, agreement_parties: agreement_id in &ids, institution_id);
    let parties: Vec<_> = parties.into_iter().filter_map(|(of, party)| Some((of, party?))).collect();
    Ok(complete("agreement", records, &commissions, &parties))
}

fn of_activities(conn: &mut Db, file: FileId) -> Result<Vec<Citation>> {
    let records: Vec<(ActivityId, String, bool)> = activity_evidence::table
        .inner_join(activities::table)
        .filter(activity_evidence::file_id.eq(file))
        .select((activities::id, activities::country_code, activities::restricted))
        .load(conn)?;
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ActivityId> = records.iter().map(|record| record.0).collect();
    let commissions: Vec<_> = pairs!(conn, activity_commissions: activity_id in &ids, commission_id);
    let mut named: Vec<(ActivityId, InstitutionId)> =
        pairs!(conn, activity_organizers: activity_id in &ids, institution_id);
    let partners: Vec<(ActivityId, InstitutionId)> =
        pairs!(conn, activity_partners: activity_id in &ids, institution_id);
    named.extend(partners);
    Ok(complete("activity", records, &commissions, &named))
}
