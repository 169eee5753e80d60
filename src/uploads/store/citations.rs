//! The records that cite a file, as much of them as decides who may know them.

use diesel::prelude::*;

use crate::db::schema::{
    activities, activity_commissions, activity_evidence, activity_organizers, activity_partners, assignments,
    attendances, commitment_beneficiaries, commitment_commissions, commitments, meeting_commissions, meeting_documents,
    meetings, update_evidence, updates,
};
use crate::db::{ActivityId, CommissionId, CommitmentId, Db, FileId, InstitutionId, MeetingId};
use crate::error::Result;
use crate::uploads::model::Citation;

/// Every record that cites the file.
pub fn citations(conn: &mut Db, file: FileId) -> Result<Vec<Citation>> {
    let mut all = of_meetings(conn, file)?;
    all.extend(of_commitments(conn, file)?);
    all.extend(of_activities(conn, file)?);
    Ok(all)
}

/// Puts what hangs on each record beside it.
fn gather<I: Copy + PartialEq + Into<uuid::Uuid>>(
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
    let commissions: Vec<(MeetingId, CommissionId)> = meeting_commissions::table
        .filter(meeting_commissions::meeting_id.eq_any(&ids))
        .select((meeting_commissions::meeting_id, meeting_commissions::commission_id))
        .load(conn)?;
    let attended: Vec<(MeetingId, InstitutionId)> = attendances::table
        .filter(attendances::meeting_id.eq_any(&ids))
        .select((attendances::meeting_id, attendances::institution_id))
        .load(conn)?;
    Ok(gather("meeting", records, &commissions, &attended))
}

fn of_commitments(conn: &mut Db, file: FileId) -> Result<Vec<Citation>> {
    type Row = (CommitmentId, String, bool, Option<InstitutionId>);
    let rows: Vec<Row> = update_evidence::table
        .inner_join(updates::table.inner_join(assignments::table.inner_join(commitments::table)))
        .filter(update_evidence::file_id.eq(file))
        .select((
            commitments::id,
            commitments::country_code,
            commitments::restricted,
            commitments::follow_up_institution_id,
        ))
        .load(conn)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<CommitmentId> = rows.iter().map(|row| row.0).collect();
    let commissions: Vec<(CommitmentId, CommissionId)> = commitment_commissions::table
        .filter(commitment_commissions::commitment_id.eq_any(&ids))
        .select((commitment_commissions::commitment_id, commitment_commissions::commission_id))
        .load(conn)?;
    let mut named: Vec<(CommitmentId, InstitutionId)> = assignments::table
        .filter(assignments::commitment_id.eq_any(&ids))
        .select((assignments::commitment_id, assignments::institution_id))
        .load(conn)?;
    let served: Vec<(CommitmentId, InstitutionId)> = commitment_beneficiaries::table
        .filter(commitment_beneficiaries::commitment_id.eq_any(&ids))
        .select((commitment_beneficiaries::commitment_id, commitment_beneficiaries::institution_id))
        .load(conn)?;
    named.extend(served);
    named.extend(rows.iter().filter_map(|row| row.3.map(|institution| (row.0, institution))));
    let records = rows.into_iter().map(|(id, country, restricted, _)| (id, country, restricted)).collect();
    Ok(gather("commitment", records, &commissions, &named))
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
    let commissions: Vec<(ActivityId, CommissionId)> = activity_commissions::table
        .filter(activity_commissions::activity_id.eq_any(&ids))
        .select((activity_commissions::activity_id, activity_commissions::commission_id))
        .load(conn)?;
    let mut named: Vec<(ActivityId, InstitutionId)> = activity_organizers::table
        .filter(activity_organizers::activity_id.eq_any(&ids))
        .select((activity_organizers::activity_id, activity_organizers::institution_id))
        .load(conn)?;
    let partners: Vec<(ActivityId, InstitutionId)> = activity_partners::table
        .filter(activity_partners::activity_id.eq_any(&ids))
        .select((activity_partners::activity_id, activity_partners::institution_id))
        .load(conn)?;
    named.extend(partners);
    Ok(gather("activity", records, &commissions, &named))
}
