//! Read model: what a session agreed, for its acta. Agreements themselves live in their own slice.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::access::Visibility;
use crate::db::schema::{agreement_commissions, agreement_parties, agreements};
use crate::db::{AgreementId, CommissionId, Db, InstitutionId, MeetingId};
use crate::error::Result;

/// An agreement as the acta tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    pub id: AgreementId,
    pub restricted: bool,
    pub number: Option<String>,
    pub title: String,
    pub text: Option<String>,
    pub vote: Option<Vote>,
}

/// How it was adopted: the method's code, and the votes where they were counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    pub method: String,
    pub in_favour: Option<i32>,
    pub against: Option<i32>,
    pub abstained: Option<i32>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = agreements)]
struct Row {
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

/// The session's agreements that may be known, in the order in which they were entered: three queries.
pub fn agreements_of(conn: &mut Db, visibility: &Visibility, meeting: MeetingId) -> Result<Vec<Adopted>> {
    let rows: Vec<Row> = agreements::table
        .filter(agreements::meeting_id.eq(meeting))
        .order(agreements::id)
        .select(Row::as_select())
        .load(conn)?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let commissions = commissions_of(conn, &ids)?;
    let parties = parties_of(conn, &ids)?;
    let known = |row: &Row| {
        let commissions = commissions.get(&row.id).map_or(&[][..], Vec::as_slice);
        let parties = parties.get(&row.id).map_or(&[][..], Vec::as_slice);
        visibility.knows_record(&row.country_code, commissions, row.restricted, parties)
    };
    Ok(rows.into_iter().filter(|row| known(row)).map(Row::into_adopted).collect())
}

impl Row {
    fn into_adopted(self) -> Adopted {
        let (in_favour, against, abstained) = (self.votes_for, self.votes_against, self.votes_abstained);
        let vote = self.adoption_method.map(|method| Vote { method, in_favour, against, abstained });
        let Self { id, restricted, number, title, text, .. } = self;
        Adopted { id, restricted, number, title, text, vote }
    }
}

fn commissions_of(conn: &mut Db, ids: &[AgreementId]) -> Result<HashMap<AgreementId, Vec<CommissionId>>> {
    let rows: Vec<(AgreementId, CommissionId)> = agreement_commissions::table
        .filter(agreement_commissions::agreement_id.eq_any(ids))
        .select((agreement_commissions::agreement_id, agreement_commissions::commission_id))
        .load(conn)?;
    Ok(grouped(rows))
}

fn parties_of(conn: &mut Db, ids: &[AgreementId]) -> Result<HashMap<AgreementId, Vec<InstitutionId>>> {
    let rows: Vec<(AgreementId, Option<InstitutionId>)> = agreement_parties::table
        .filter(agreement_parties::agreement_id.eq_any(ids))
        .select((agreement_parties::agreement_id, agreement_parties::institution_id))
        .load(conn)?;
    Ok(grouped(rows.into_iter().filter_map(|(id, institution)| Some((id, institution?))).collect()))
}

fn grouped<T>(rows: Vec<(AgreementId, T)>) -> HashMap<AgreementId, Vec<T>> {
    let mut groups: HashMap<_, Vec<T>> = HashMap::new();
    for (id, value) in rows {
        groups.entry(id).or_default().push(value);
    }
    groups
}
