//! The rows of activities with their lists. The number of queries does not depend on the number of activities.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::activities::model::{
    Activity, ActivityInput, ActivityKind, ActivityStatus, Participants, Period, ResultState,
};
use crate::agreements::Scope;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::schema::{activities, activity_evidence};
use crate::db::{ActivityId, CommissionId, CommitmentId, Db, FileId, InstitutionId, PlanItemId, UserId, grouped};
use crate::error::Result;
use crate::evidence::Evidence;
use crate::text::fold;
use crate::translations::Translations;

crate::theme_links!(themes: activity_themes (activity_id: super::ActivityId));

crate::ordered_links! {
    /// The commissions of the activity.
    commissions: activity_commissions (activity_id: super::ActivityId, commission_id: super::CommissionId)
}

crate::ordered_links! {
    /// The territories of the activity.
    territories: activity_territories (activity_id: super::ActivityId, territory: String)
}

crate::ordered_links! {
    /// The institutions that organised it.
    organizers: activity_organizers (activity_id: super::ActivityId, institution_id: super::InstitutionId)
}

crate::ordered_links! {
    /// The institutions that took part.
    partners: activity_partners (activity_id: super::ActivityId, institution_id: super::InstitutionId)
}

crate::ordered_links! {
    /// The items of plans that it contributes to.
    plan_items: activity_plan_items (activity_id: super::ActivityId, plan_item_id: super::PlanItemId)
}

crate::ordered_links! {
    /// The commitments that it contributes to.
    commitments: activity_commitments (activity_id: super::ActivityId, commitment_id: super::CommitmentId)
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = activities, treat_none_as_null = true)]
pub struct Row {
    pub id: ActivityId,
    country_code: String,
    kind: ActivityKind,
    title: String,
    description: Option<String>,
    result: Option<String>,
    expected_result: Option<String>,
    result_state: Option<ResultState>,
    starts: Option<PartialDate>,
    starts_from: Option<NaiveDate>,
    starts_to: Option<NaiveDate>,
    ends: Option<PartialDate>,
    ends_from: Option<NaiveDate>,
    ends_to: Option<NaiveDate>,
    when_text: Option<String>,
    period_from: Option<NaiveDate>,
    period_to: Option<NaiveDate>,
    span_from: Option<NaiveDate>,
    span_to: Option<NaiveDate>,
    participants_total: Option<i32>,
    participants_women: Option<i32>,
    participants_men: Option<i32>,
    audience: Option<String>,
    occurrences: Option<i32>,
    scope: Option<Scope>,
    highlight: bool,
    restricted: bool,
    source: Option<String>,
    status: ActivityStatus,
    author_id: Option<UserId>,
    folded: String,
    created_at: Instant,
    updated_at: Instant,
    returned_at: Option<Instant>,
    returned_reason: Option<String>,
    note: Option<String>,
    translations: Option<String>,
}

impl Row {
    fn of(activity: &Activity) -> Self {
        let fields = activity.fields.clone();
        let span = fields.span();
        let folded = folded(&fields);
        let (period_from, period_to) = fields.period.map_or((None, None), |period| (period.from, period.to));
        let participants = fields.participants.unwrap_or_default();
        Self {
            id: activity.id,
            country_code: fields.country_code,
            kind: fields.kind,
            title: fields.title,
            description: fields.description,
            result: fields.result,
            expected_result: fields.expected_result,
            result_state: fields.result_state,
            starts: fields.starts,
            starts_from: activity.starts_from,
            starts_to: activity.starts_to,
            ends: fields.ends,
            ends_from: activity.ends_from,
            ends_to: activity.ends_to,
            when_text: fields.when_text,
            period_from,
            period_to,
            span_from: span.map(|(from, _)| from),
            span_to: span.map(|(_, to)| to),
            participants_total: participants.total,
            participants_women: participants.women,
            participants_men: participants.men,
            audience: participants.audience,
            occurrences: fields.occurrences,
            scope: fields.scope,
            highlight: fields.highlight,
            restricted: fields.restricted,
            source: fields.source,
            status: fields.status,
            author_id: activity.author_id,
            folded,
            created_at: activity.created_at,
            updated_at: activity.updated_at,
            returned_at: activity.returned_at,
            returned_reason: activity.returned_reason.clone(),
            note: fields.note,
            translations: fields.translations.stored(),
        }
    }

    /// The entry without its lists.
    fn without_lists(self) -> Activity {
        let dated = self.period_from.is_some() || self.period_to.is_some();
        let participants = Participants {
            total: self.participants_total,
            women: self.participants_women,
            men: self.participants_men,
            audience: self.audience,
        };
        let fields = ActivityInput {
            country_code: self.country_code,
            kind: self.kind,
            title: self.title,
            commission_ids: Vec::new(),
            description: self.description,
            result: self.result,
            expected_result: self.expected_result,
            result_state: self.result_state,
            starts: self.starts,
            ends: self.ends,
            when_text: self.when_text,
            period: dated.then_some(Period { from: self.period_from, to: self.period_to }),
            territories: Vec::new(),
            organizer_ids: Vec::new(),
            partner_ids: Vec::new(),
            participants: Some(participants),
            occurrences: self.occurrences,
            scope: self.scope,
            themes: Vec::new(),
            plan_item_ids: Vec::new(),
            commitment_ids: Vec::new(),
            evidence: Vec::new(),
            highlight: self.highlight,
            restricted: self.restricted,
            source: self.source,
            status: self.status,
            note: self.note,
            translations: Translations::of_stored(self.translations),
        };
        let (returned_at, returned_reason) = (self.returned_at, self.returned_reason);
        let activity = Activity::new(self.id, fields, self.author_id, (self.created_at, self.updated_at));
        Activity { returned_at, returned_reason, ..activity }
    }
}

/// Returns the folded words that the search compares.
fn folded(fields: &ActivityInput) -> String {
    let texts =
        [Some(&fields.title), fields.description.as_ref(), fields.result.as_ref(), fields.expected_result.as_ref()];
    fold(texts.into_iter().flatten().chain(&fields.territories).map(String::as_str))
}

/// Converts rows, and loads their lists.
pub(crate) fn complete(conn: &mut Db, rows: Vec<Row>) -> Result<Vec<Activity>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut commissions = commissions::load(conn, &ids)?;
    let mut territories = territories::load(conn, &ids)?;
    let mut organizers = organizers::load(conn, &ids)?;
    let mut partners = partners::load(conn, &ids)?;
    let mut themes = themes::load(conn, &ids)?;
    let mut plan_items = plan_items::load(conn, &ids)?;
    let mut commitments = commitments::load(conn, &ids)?;
    let mut evidence = load_evidence(conn, &ids)?;
    let with_lists = |row: Row| {
        let mut activity = row.without_lists();
        let (id, fields) = (activity.id, &mut activity.fields);
        fields.commission_ids = commissions.remove(&id).unwrap_or_default();
        fields.territories = territories.remove(&id).unwrap_or_default();
        fields.organizer_ids = organizers.remove(&id).unwrap_or_default();
        fields.partner_ids = partners.remove(&id).unwrap_or_default();
        fields.themes = themes.remove(&id).unwrap_or_default();
        fields.plan_item_ids = plan_items.remove(&id).unwrap_or_default();
        fields.commitment_ids = commitments.remove(&id).unwrap_or_default();
        fields.evidence = evidence.remove(&id).unwrap_or_default();
        activity
    };
    Ok(rows.into_iter().map(with_lists).collect())
}

fn load_evidence(conn: &mut Db, ids: &[ActivityId]) -> Result<HashMap<ActivityId, Vec<Evidence>>> {
    type Entry = (ActivityId, String, Option<String>, Option<FileId>, Option<String>, Option<PartialDate>);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let entries: Vec<Entry> = activity_evidence::table
        .filter(activity_evidence::activity_id.eq_any(ids))
        .order((activity_evidence::activity_id, activity_evidence::position))
        .select((
            activity_evidence::activity_id,
            activity_evidence::title,
            activity_evidence::url,
            activity_evidence::file_id,
            activity_evidence::kind,
            activity_evidence::dated,
        ))
        .load(conn)?;
    Ok(grouped(entries.into_iter().map(|(id, title, url, file_id, kind, dated)| {
        let entry = Evidence { title, url, file_id, kind, dated, dated_from: None, dated_to: None };
        (id, entry.bounded())
    })))
}

pub(crate) fn insert(conn: &mut Db, activity: &Activity) -> Result<()> {
    diesel::insert_into(activities::table).values(Row::of(activity)).execute(conn)?;
    let (id, fields) = (activity.id, &activity.fields);
    commissions::insert(conn, id, &fields.commission_ids)?;
    territories::insert(conn, id, &fields.territories)?;
    organizers::insert(conn, id, &fields.organizer_ids)?;
    partners::insert(conn, id, &fields.partner_ids)?;
    themes::insert(conn, id, &fields.themes)?;
    plan_items::insert(conn, id, &fields.plan_item_ids)?;
    commitments::insert(conn, id, &fields.commitment_ids)?;
    insert_evidence(conn, activity)
}

pub(crate) fn update(conn: &mut Db, activity: &Activity) -> Result<()> {
    diesel::update(activities::table.find(activity.id)).set(Row::of(activity)).execute(conn)?;
    let (id, fields) = (activity.id, &activity.fields);
    commissions::replace(conn, id, &fields.commission_ids)?;
    territories::replace(conn, id, &fields.territories)?;
    organizers::replace(conn, id, &fields.organizer_ids)?;
    partners::replace(conn, id, &fields.partner_ids)?;
    themes::replace(conn, id, &fields.themes)?;
    plan_items::replace(conn, id, &fields.plan_item_ids)?;
    commitments::replace(conn, id, &fields.commitment_ids)?;
    diesel::delete(activity_evidence::table.filter(activity_evidence::activity_id.eq(id))).execute(conn)?;
    insert_evidence(conn, activity)
}

fn insert_evidence(conn: &mut Db, activity: &Activity) -> Result<()> {
    for (position, entry) in (0_i32..).zip(&activity.fields.evidence) {
        let entry = entry.clone().bounded();
        diesel::insert_into(activity_evidence::table)
            .values((
                activity_evidence::activity_id.eq(activity.id),
                activity_evidence::position.eq(position),
                activity_evidence::title.eq(entry.title),
                activity_evidence::url.eq(entry.url),
                activity_evidence::file_id.eq(entry.file_id),
                activity_evidence::kind.eq(entry.kind),
                activity_evidence::dated.eq(entry.dated),
                activity_evidence::dated_from.eq(entry.dated_from),
                activity_evidence::dated_to.eq(entry.dated_to),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub(crate) fn delete(conn: &mut Db, id: ActivityId) -> Result<()> {
    diesel::delete(activities::table.find(id)).execute(conn)?;
    Ok(())
}
