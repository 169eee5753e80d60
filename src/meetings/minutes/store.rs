//! Minutes in the database, and a read model of the agreements of a meeting, which belong to a later slice.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Minutes, MinutesInput, MinutesStatus};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::db::schema::{agreement_commissions, agreement_parties, agreements, minutes};
use crate::db::{AgreementId, CommissionId, Db, InstitutionId, MeetingId};
use crate::error::Result;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = minutes, treat_none_as_null = true)]
struct Row {
    meeting_id: MeetingId,
    status: MinutesStatus,
    body: String,
    circulated_at: Option<Instant>,
    approved_at: Option<Instant>,
    updated_at: Instant,
}

impl Row {
    fn of(meeting_id: MeetingId, minutes: &Minutes) -> Self {
        Self {
            meeting_id,
            status: minutes.status,
            body: minutes.fields.body.clone(),
            circulated_at: minutes.circulated_at,
            approved_at: minutes.approved_at,
            updated_at: minutes.updated_at,
        }
    }
}

/// Returns the minutes of these meetings, drafts included. One query.
pub(crate) fn of_meetings(conn: &mut Db, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Minutes>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = minutes::table.filter(minutes::meeting_id.eq_any(ids)).select(Row::as_select()).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let minutes = Minutes {
                status: row.status,
                fields: MinutesInput { body: row.body },
                circulated_at: row.circulated_at,
                approved_at: row.approved_at,
                updated_at: row.updated_at,
            };
            (row.meeting_id, minutes)
        })
        .collect())
}

/// Returns the minutes of one meeting, drafts included.
pub(super) fn of_meeting(conn: &mut Db, id: MeetingId) -> Result<Option<Minutes>> {
    Ok(of_meetings(conn, &[id])?.remove(&id))
}

/// Returns true if the minutes of a meeting are approved.
pub(crate) fn is_approved(conn: &mut Db, id: MeetingId) -> Result<bool> {
    let status: Option<MinutesStatus> = minutes::table.find(id).select(minutes::status).first(conn).optional()?;
    Ok(status == Some(MinutesStatus::Approved))
}

pub(super) fn insert(conn: &mut Db, id: MeetingId, content: &Minutes) -> Result<()> {
    diesel::insert_into(minutes::table).values(Row::of(id, content)).execute(conn)?;
    Ok(())
}

pub(super) fn update(conn: &mut Db, id: MeetingId, content: &Minutes) -> Result<()> {
    diesel::update(minutes::table.find(id)).set(Row::of(id, content)).execute(conn)?;
    Ok(())
}

/// An agreement as shown in the minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AdoptedAgreement {
    pub id: AgreementId,
    pub restricted: bool,
    pub number: Option<String>,
    pub title: String,
    pub text: Option<String>,
    pub vote: Option<Vote>,
}

/// The adoption of an agreement: the code of the method, and the votes if they were counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Vote {
    pub method: String,
    pub in_favour: Option<i32>,
    pub against: Option<i32>,
    pub abstained: Option<i32>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = agreements)]
struct AgreementRow {
    id: AgreementId,
    country_code: String,
    title: String,
    number: Option<String>,
    text: Option<String>,
    adoption_method: Option<String>,
    votes_for: Option<i32>,
    votes_against: Option<i32>,
    votes_abstained: Option<i32>,
    restricted: bool,
}

/// Returns the visible agreements of a meeting, in the order of creation. Three queries.
pub(super) fn agreements_of(
    conn: &mut Db,
    visibility: &Visibility,
    meeting: MeetingId,
) -> Result<Vec<AdoptedAgreement>> {
    let rows: Vec<AgreementRow> = agreements::table
        .filter(agreements::meeting_id.eq(meeting))
        .order(agreements::id)
        .select(AgreementRow::as_select())
        .load(conn)?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let commissions = commissions_of(conn, &ids)?;
    let parties = parties_of(conn, &ids)?;
    let visible = |row: &AgreementRow| {
        let commissions = commissions.get(&row.id).map_or(&[][..], Vec::as_slice);
        let parties = parties.get(&row.id).map_or(&[][..], Vec::as_slice);
        visibility.knows_record(&row.country_code, commissions, row.restricted, parties)
    };
    Ok(rows.into_iter().filter(|row| visible(row)).map(AgreementRow::into_adopted).collect())
}

impl AgreementRow {
    fn into_adopted(self) -> AdoptedAgreement {
        let (in_favour, against, abstained) = (self.votes_for, self.votes_against, self.votes_abstained);
        let vote = self.adoption_method.map(|method| Vote { method, in_favour, against, abstained });
        let Self { id, restricted, number, title, text, .. } = self;
        AdoptedAgreement { id, restricted, number, title, text, vote }
    }
}

fn commissions_of(conn: &mut Db, ids: &[AgreementId]) -> Result<HashMap<AgreementId, Vec<CommissionId>>> {
    let rows: Vec<(AgreementId, CommissionId)> = agreement_commissions::table
        .filter(agreement_commissions::agreement_id.eq_any(ids))
        .select((agreement_commissions::agreement_id, agreement_commissions::commission_id))
        .load(conn)?;
    Ok(group(rows))
}

fn parties_of(conn: &mut Db, ids: &[AgreementId]) -> Result<HashMap<AgreementId, Vec<InstitutionId>>> {
    let rows: Vec<(AgreementId, Option<InstitutionId>)> = agreement_parties::table
        .filter(agreement_parties::agreement_id.eq_any(ids))
        .select((agreement_parties::agreement_id, agreement_parties::institution_id))
        .load(conn)?;
    Ok(group(rows.into_iter().filter_map(|(id, institution)| Some((id, institution?))).collect()))
}

fn group<T>(rows: Vec<(AgreementId, T)>) -> HashMap<AgreementId, Vec<T>> {
    let mut groups: HashMap<_, Vec<T>> = HashMap::new();
    for (id, value) in rows {
        groups.entry(id).or_default().push(value);
    }
    groups
}
