//! Agreements in the database.

mod found;
mod pages;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::model::{
    Adoption, AdoptionMethod, Agreement, AgreementFilter, AgreementInput, AgreementKind, AgreementStatus, Party, Scope,
};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::dispatch::matches_words;
use crate::db::schema::{agreement_commissions, agreement_parties, agreement_themes, agreements};
use crate::db::{AgendaItemId, AgreementId, CommissionId, Db, InstitutionId, MeetingId, MultiBackend, grouped};
use crate::error::{Code, Result};
use crate::evidence::Attachment;
use crate::http::{Page, Paging};
use crate::text::fold;
use crate::themes::Theme;
use crate::translations::Translations;

pub(crate) use found::{search, search_count};
pub(crate) use pages::visible_of_meeting;

crate::ordered_links! {
    /// The commissions to which an agreement belongs.
    commissions: agreement_commissions (agreement_id: crate::db::AgreementId, commission_id: crate::db::CommissionId)
}
crate::attachment_links! {
    attachments: agreement_attachments (agreement_id: crate::db::AgreementId) -> crate::evidence::Attachment
}
crate::theme_links! { themes: agreement_themes (agreement_id: crate::db::AgreementId) }

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = agreements, treat_none_as_null = true)]
struct Row {
    id: AgreementId,
    country_code: String,
    kind: AgreementKind,
    title: String,
    meeting_id: Option<MeetingId>,
    number: Option<String>,
    text: Option<String>,
    adopted: Option<PartialDate>,
    adopted_from: Option<NaiveDate>,
    adopted_to: Option<NaiveDate>,
    when_text: Option<String>,
    status: AgreementStatus,
    in_force_from: Option<NaiveDate>,
    in_force_to: Option<NaiveDate>,
    adoption_method: Option<AdoptionMethod>,
    votes_for: Option<i32>,
    votes_against: Option<i32>,
    votes_abstained: Option<i32>,
    scope: Option<Scope>,
    document_url: Option<String>,
    restricted: bool,
    folded: String,
    created_at: Instant,
    updated_at: Instant,
    agenda_item_id: Option<AgendaItemId>,
    note: Option<String>,
    translations: Option<String>,
}

impl Row {
    fn of(agreement: &Agreement) -> Self {
        let fields = agreement.fields.clone();
        let texts = [fields.number.as_deref(), Some(fields.title.as_str()), fields.text.as_deref()];
        let folded = fold(texts.into_iter().flatten());
        let votes = fields.adoption.as_ref();
        Self {
            id: agreement.id,
            country_code: agreement.country_code.clone(),
            kind: fields.kind,
            title: fields.title,
            meeting_id: fields.meeting_id,
            number: fields.number,
            text: fields.text,
            adopted: fields.adopted,
            adopted_from: agreement.adopted_from,
            adopted_to: agreement.adopted_to,
            when_text: fields.when_text,
            status: fields.status,
            in_force_from: fields.in_force_from,
            in_force_to: fields.in_force_to,
            adoption_method: votes.map(|votes| votes.method),
            votes_for: votes.and_then(|votes| votes.in_favour),
            votes_against: votes.and_then(|votes| votes.against),
            votes_abstained: votes.and_then(|votes| votes.abstained),
            scope: fields.scope,
            document_url: fields.document_url,
            restricted: fields.restricted,
            folded,
            created_at: agreement.created_at,
            updated_at: agreement.updated_at,
            agenda_item_id: fields.agenda_item_id,
            note: fields.note,
            translations: fields.translations.stored(),
        }
    }

    fn into_agreement(self, links: Links) -> Agreement {
        let (in_favour, against, abstained) = (self.votes_for, self.votes_against, self.votes_abstained);
        let adoption = self.adoption_method.map(|method| Adoption { method, in_favour, against, abstained });
        let fields = AgreementInput {
            commission_ids: links.commissions,
            kind: self.kind,
            title: self.title,
            meeting_id: self.meeting_id,
            number: self.number,
            text: self.text,
            adopted: self.adopted,
            when_text: self.when_text,
            status: self.status,
            in_force_from: self.in_force_from,
            in_force_to: self.in_force_to,
            adoption,
            parties: links.parties,
            themes: links.themes,
            scope: self.scope,
            document_url: self.document_url,
            agenda_item_id: self.agenda_item_id,
            attachments: links.attachments,
            restricted: self.restricted,
            note: self.note,
            translations: Translations::of_stored(self.translations),
        };
        Agreement::new(self.id, self.country_code, fields, (self.created_at, self.updated_at))
    }
}

struct Links {
    commissions: Vec<CommissionId>,
    parties: Vec<Party>,
    themes: Vec<Theme>,
    attachments: Vec<Attachment>,
}

type Condition = Box<dyn BoxableExpression<agreements::table, MultiBackend, SqlType = Bool>>;

fn of_commissions(ids: &[CommissionId]) -> Condition {
    let links = agreement_commissions::table
        .filter(agreement_commissions::commission_id.eq_any(ids.to_vec()))
        .select(agreement_commissions::agreement_id);
    Box::new(agreements::id.eq_any(links))
}

/// Returns the condition for the agreements to which one of these institutions is a party.
fn with_party(institutions: &[InstitutionId]) -> Condition {
    let with_party = agreement_parties::table
        .filter(agreement_parties::institution_id.eq_any(institutions.to_vec()))
        .select(agreement_parties::agreement_id);
    Box::new(agreements::id.eq_any(with_party))
}

/// Returns the condition for the visible agreements.
fn visible(visibility: &Visibility) -> Condition {
    let unrestricted = agreements::restricted.eq(false).and(of_commissions(&visibility.unrestricted_commissions));
    let mut visible: Condition = Box::new(
        agreements::country_code
            .eq_any(visibility.countries.clone())
            .or(of_commissions(&visibility.full_commissions))
            .or(unrestricted)
            .or(with_party(&visibility.institutions)),
    );
    for (commission, institutions) in visibility.bounds() {
        visible = Box::new(visible.or(of_commissions(&[commission]).and(with_party(&institutions))));
    }
    visible
}

/// Returns a query for the visible agreements.
fn visible_rows(visibility: &Visibility) -> agreements::BoxedQuery<'static, MultiBackend, agreements::SqlType> {
    let query = agreements::table.into_boxed();
    if visibility.all { query } else { query.filter(visible(visibility)) }
}

fn complete(conn: &mut Db, rows: Vec<Row>) -> Result<Vec<Agreement>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut commissions = commissions::load(conn, &ids)?;
    let mut themes = themes::load(conn, &ids)?;
    let mut parties = parties_of(conn, &ids)?;
    let mut attachments = attachments::load(conn, &ids)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let links = Links {
                commissions: commissions.remove(&row.id).unwrap_or_default(),
                parties: parties.remove(&row.id).unwrap_or_default(),
                themes: themes.remove(&row.id).unwrap_or_default(),
                attachments: attachments.remove(&row.id).unwrap_or_default(),
            };
            row.into_agreement(links)
        })
        .collect())
}

fn parties_of(conn: &mut Db, ids: &[AgreementId]) -> Result<HashMap<AgreementId, Vec<Party>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    type Named = (AgreementId, Option<InstitutionId>, Option<String>, Option<String>);
    let rows: Vec<Named> = agreement_parties::table
        .filter(agreement_parties::agreement_id.eq_any(ids))
        .order((agreement_parties::agreement_id, agreement_parties::position))
        .select((
            agreement_parties::agreement_id,
            agreement_parties::institution_id,
            agreement_parties::name,
            agreement_parties::side,
        ))
        .load(conn)?;
    Ok(grouped(rows.into_iter().map(|(id, institution_id, name, side)| (id, Party { institution_id, name, side }))))
}

/// Returns one page of the visible agreements, in the order of creation.
pub(super) fn list(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &AgreementFilter,
    paging: &Paging<AgreementId>,
) -> Result<Page<Agreement>> {
    let mut query = visible_rows(visibility);
    if let Some(code) = filter.country_code.clone() {
        query = query.filter(agreements::country_code.eq(code));
    }
    if let Some(id) = filter.commission_id {
        query = query.filter(of_commissions(&[id]));
    }
    if let Some(id) = filter.meeting_id {
        query = query.filter(agreements::meeting_id.eq(id));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(agreements::kind.eq(kind));
    }
    if let Some(status) = filter.status {
        query = query.filter(agreements::status.eq(status));
    }
    if let Some(theme) = filter.theme {
        let links =
            agreement_themes::table.filter(agreement_themes::theme.eq(theme)).select(agreement_themes::agreement_id);
        query = query.filter(agreements::id.eq_any(links));
    }
    if let Some(q) = &filter.q {
        query = query.filter(matches_words(conn, "agreements", &fold([q.as_str()])));
    }
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(agreements::id.gt(after));
    }
    let rows: Vec<Row> = query.order(agreements::id).limit(paging.fetch()).select(Row::as_select()).load(conn)?;
    Page::cut(rows, paging, |row| row.id).counted(total).complete(|rows| complete(conn, rows))
}

/// Returns the other visible agreements of a meeting with this number, in the order of creation. Case and spaces make no
/// difference.
pub(super) fn with_number(
    conn: &mut Db,
    visibility: &Visibility,
    (meeting, own): (MeetingId, AgreementId),
    number: &str,
) -> Result<Vec<AgreementId>> {
    let others: Vec<(AgreementId, Option<String>)> = visible_rows(visibility)
        .filter(agreements::meeting_id.eq(meeting))
        .filter(agreements::number.is_not_null())
        .filter(agreements::id.ne(own))
        .order(agreements::id)
        .select((agreements::id, agreements::number))
        .load(conn)?;
    let wanted = fold([number.trim()]);
    let same = |(id, other): (AgreementId, Option<String>)| (fold([other?.trim()]) == wanted).then_some(id);
    Ok(others.into_iter().filter_map(same).collect())
}

/// Returns one agreement; 404 if it is not visible.
pub(crate) fn find(conn: &mut Db, visibility: &Visibility, id: AgreementId) -> Result<Agreement> {
    let row: Row = visible_rows(visibility).filter(agreements::id.eq(id)).select(Row::as_select()).first(conn)?;
    complete(conn, vec![row])?.pop().ok_or_else(|| Code::NotFound.into())
}

/// Returns those of these agreements that are visible.
pub(crate) fn by_ids(
    conn: &mut Db,
    visibility: &Visibility,
    ids: &[AgreementId],
) -> Result<HashMap<AgreementId, Agreement>> {
    let query = visible_rows(visibility).filter(agreements::id.eq_any(ids.to_vec()));
    let rows = query.select(Row::as_select()).load(conn)?;
    Ok(complete(conn, rows)?.into_iter().map(|agreement| (agreement.id, agreement)).collect())
}

/// Returns every agreement of a meeting, in the order of creation.
pub(super) fn of_meeting(conn: &mut Db, id: MeetingId) -> Result<Vec<Agreement>> {
    let rows: Vec<Row> = agreements::table
        .filter(agreements::meeting_id.eq(id))
        .order(agreements::id)
        .select(Row::as_select())
        .load(conn)?;
    complete(conn, rows)
}

/// Returns every agreement of a country, in the order of creation.
pub(crate) fn all_of_country(conn: &mut Db, country: &str) -> Result<Vec<Agreement>> {
    let rows: Vec<Row> = agreements::table
        .filter(agreements::country_code.eq(country))
        .order(agreements::id)
        .select(Row::as_select())
        .load(conn)?;
    complete(conn, rows)
}

pub(super) fn insert(conn: &mut Db, agreement: &Agreement) -> Result<()> {
    diesel::insert_into(agreements::table).values(Row::of(agreement)).execute(conn)?;
    let fields = &agreement.fields;
    commissions::insert(conn, agreement.id, &fields.commission_ids)?;
    themes::insert(conn, agreement.id, &fields.themes)?;
    attachments::insert(conn, agreement.id, &fields.attachments)?;
    insert_parties(conn, agreement.id, &fields.parties)
}

pub(super) fn update(conn: &mut Db, agreement: &Agreement) -> Result<()> {
    diesel::update(agreements::table.filter(agreements::id.eq(agreement.id))).set(Row::of(agreement)).execute(conn)?;
    let fields = &agreement.fields;
    commissions::replace(conn, agreement.id, &fields.commission_ids)?;
    themes::replace(conn, agreement.id, &fields.themes)?;
    attachments::replace(conn, agreement.id, &fields.attachments)?;
    diesel::delete(agreement_parties::table.filter(agreement_parties::agreement_id.eq(agreement.id))).execute(conn)?;
    insert_parties(conn, agreement.id, &fields.parties)
}

fn insert_parties(conn: &mut Db, id: AgreementId, parties: &[Party]) -> Result<()> {
    for (position, party) in (0_i32..).zip(parties) {
        diesel::insert_into(agreement_parties::table)
            .values((
                agreement_parties::agreement_id.eq(id),
                agreement_parties::position.eq(position),
                agreement_parties::institution_id.eq(party.institution_id),
                agreement_parties::name.eq(&party.name),
                agreement_parties::side.eq(&party.side),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Deletes an agreement; 409 `in_use` if commitments depend on it.
pub(super) fn delete(conn: &mut Db, id: AgreementId) -> Result<()> {
    diesel::delete(agreements::table.filter(agreements::id.eq(id))).execute(conn)?;
    Ok(())
}
