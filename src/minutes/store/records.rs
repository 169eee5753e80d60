//! The records that an acta states: the session as held, its agenda with outcomes, its agreements and commitments.

use diesel::prelude::*;

use crate::agreements::AgreementStatus;
use crate::clock::Instant;
use crate::db::schema::{agenda_items, agreement_parties, agreements, assignments, commitments, meetings};
use crate::db::{AgendaItemId, AgreementId, CommitmentId, Db, InstitutionId, MeetingId, grouped};
use crate::error::Result;
use crate::minutes::content::AgendaPoint;

/// The hours and the call of a meeting as they were recorded.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = meetings)]
pub(crate) struct MeetingRow {
    pub started_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    pub call: Option<String>,
}

pub(crate) fn meeting_row(conn: &mut Db, id: MeetingId) -> Result<MeetingRow> {
    Ok(meetings::table.find(id).select(MeetingRow::as_select()).first(conn)?)
}

/// Returns the agenda of a meeting with the outcomes, in order, each item with its id.
pub(crate) fn agenda_points(conn: &mut Db, meeting: MeetingId) -> Result<Vec<(AgendaItemId, AgendaPoint)>> {
    type Row = (AgendaItemId, (String, String, Option<String>, Option<String>));
    let rows: Vec<Row> = agenda_items::table
        .filter(agenda_items::meeting_id.eq(meeting))
        .order(agenda_items::position)
        .select((
            agenda_items::id,
            (agenda_items::title, agenda_items::kind, agenda_items::presenter, agenda_items::outcome),
        ))
        .load(conn)?;
    let point = |(id, (title, kind, presenter, outcome))| (id, AgendaPoint { title, kind, presenter, outcome });
    Ok(rows.into_iter().map(point).collect())
}

/// An agreement of a meeting.
#[derive(Debug, Clone)]
pub(crate) struct StatedAgreement {
    pub row: AgreementRow,
    pub parties: Vec<PartyRow>,
}

/// The institution, the name of a party outside the directory, and the side.
type PartyRow = (Option<InstitutionId>, Option<String>, Option<String>);

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = agreements)]
pub(crate) struct AgreementRow {
    pub id: AgreementId,
    pub title: String,
    pub number: Option<String>,
    pub text: Option<String>,
    pub adoption_method: Option<String>,
    pub votes_for: Option<i32>,
    pub votes_against: Option<i32>,
    pub votes_abstained: Option<i32>,
    pub restricted: bool,
    pub status: AgreementStatus,
    pub agenda_item_id: Option<AgendaItemId>,
    pub translations: Option<String>,
}

impl AgreementRow {
    /// Returns true for an agreement that is not adopted yet.
    pub(crate) fn is_draft(&self) -> bool {
        self.status == AgreementStatus::Draft
    }
}

/// Returns the agreements of a meeting, in the order of creation. Two queries.
pub(crate) fn agreements_of(conn: &mut Db, meeting: MeetingId) -> Result<Vec<StatedAgreement>> {
    let rows: Vec<AgreementRow> = agreements::table
        .filter(agreements::meeting_id.eq(meeting))
        .order(agreements::id)
        .select(AgreementRow::as_select())
        .load(conn)?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    type Row = (AgreementId, PartyRow);
    let parties: Vec<Row> = agreement_parties::table
        .filter(agreement_parties::agreement_id.eq_any(&ids))
        .order((agreement_parties::agreement_id, agreement_parties::position))
        .select((
            agreement_parties::agreement_id,
            (agreement_parties::institution_id, agreement_parties::name, agreement_parties::side),
        ))
        .load(conn)?;
    let mut parties_of = grouped(parties);
    let with_parties = |row: AgreementRow| {
        let parties = parties_of.remove(&row.id).unwrap_or_default();
        StatedAgreement { row, parties }
    };
    Ok(rows.into_iter().map(with_parties).collect())
}

/// A commitment of a meeting.
#[derive(Debug, Clone)]
pub(crate) struct StatedCommitment {
    pub row: CommitmentRow,
    /// The live assignments, each with its place among all assignments of the commitment.
    pub assignments: Vec<(usize, AssignmentRow)>,
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = commitments)]
pub(crate) struct CommitmentRow {
    pub id: CommitmentId,
    pub code: String,
    pub text: String,
    pub due: Option<String>,
    pub due_to: Option<chrono::NaiveDate>,
    pub due_text: Option<String>,
    pub restricted: bool,
    pub draft: bool,
    pub agreement_id: Option<AgreementId>,
    pub agenda_item_id: Option<AgendaItemId>,
    pub translations: Option<String>,
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = assignments)]
pub(crate) struct AssignmentRow {
    pub commitment_id: CommitmentId,
    pub institution_id: InstitutionId,
    pub role: String,
    pub due: Option<String>,
    pub target_quantity: Option<f64>,
    pub target_unit: Option<String>,
    pub status: String,
}

/// Returns the commitments of a meeting, or without a meeting of its agreements, in the order of creation, with their live assignments.
/// Two queries.
pub(crate) fn commitments_of(conn: &mut Db, meeting: MeetingId) -> Result<Vec<StatedCommitment>> {
    let own = agreements::table.filter(agreements::meeting_id.eq(meeting)).select(agreements::id.nullable());
    let by_agreement = commitments::meeting_id.is_null().and(commitments::agreement_id.eq_any(own));
    let rows: Vec<CommitmentRow> = commitments::table
        .filter(commitments::meeting_id.eq(meeting).or(by_agreement).assume_not_null())
        .order(commitments::id)
        .select(CommitmentRow::as_select())
        .load(conn)?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let parts: Vec<AssignmentRow> = assignments::table
        .filter(assignments::commitment_id.eq_any(&ids))
        .order(assignments::id)
        .select(AssignmentRow::as_select())
        .load(conn)?;
    let mut parts_of = grouped(parts.into_iter().map(|part| (part.commitment_id, part)));
    let with_parts = |row: CommitmentRow| {
        let all = parts_of.remove(&row.id).unwrap_or_default().into_iter().enumerate();
        let assignments = all.filter(|(_, part): &(usize, AssignmentRow)| part.status != "cancelled").collect();
        StatedCommitment { row, assignments }
    };
    Ok(rows.into_iter().map(with_parts).collect())
}

/// Returns the institutions that agreements and commitments name.
pub(crate) fn institutions_of<'r>(
    agreements: &'r [StatedAgreement],
    commitments: &'r [StatedCommitment],
) -> impl Iterator<Item = InstitutionId> + 'r {
    let parties = agreements.iter().flat_map(|one| &one.parties).filter_map(|party| party.0);
    parties.chain(commitments.iter().flat_map(|one| &one.assignments).map(|(_, part)| part.institution_id))
}
