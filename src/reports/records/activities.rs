//! Activities, as drafting reads them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::activities::{ActivityKind, ActivityStatus, Facts, Participants, ResultState};
use crate::agreements::Scope;
use crate::dates::PartialDate;
use crate::db::{ActivityId, CommissionId, CommitmentId, InstitutionId, PlanItemId};
use crate::i18n::Lang;
use crate::themes::Theme;
use crate::translations::Translations;

use super::translated::{put, put_some};

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Activity {
    pub id: ActivityId,
    pub kind: ActivityKind,
    pub title: String,
    pub description: Option<String>,
    pub result: Option<String>,
    pub expected_result: Option<String>,
    pub result_state: Option<ResultState>,
    pub starts: Option<PartialDate>,
    pub ends: Option<PartialDate>,
    pub when_text: Option<String>,
    pub period: Option<(NaiveDate, NaiveDate)>,
    pub participants: Participants,
    /// `None`: the number of occurrences is not stated.
    pub occurrences: Option<i32>,
    pub scope: Option<Scope>,
    pub highlight: bool,
    pub restricted: bool,
    pub status: ActivityStatus,
    pub commission_ids: Vec<CommissionId>,
    pub themes: Vec<Theme>,
    pub territories: Vec<String>,
    pub organizer_ids: Vec<InstitutionId>,
    pub partner_ids: Vec<InstitutionId>,
    pub plan_item_ids: Vec<PlanItemId>,
    pub commitment_ids: Vec<CommitmentId>,
    pub evidence: Vec<Proof>,
    #[serde(skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations,
}

/// A means of verification.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Proof {
    pub title: String,
    pub url: Option<String>,
    pub dated: Option<PartialDate>,
}

impl Activity {
    /// Returns the first and last day that it can have taken: its dates, else the period that it was reported for.
    pub(crate) fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        match (&self.starts, &self.ends) {
            (Some(starts), ends) => Some((starts.from(), ends.as_ref().unwrap_or(starts).to())),
            (None, Some(ends)) => Some((ends.from(), ends.to())),
            (None, None) => self.period,
        }
    }

    pub(crate) fn meets(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.span().is_some_and(|(start, end)| start <= to && end >= from)
    }

    pub(crate) fn is_validated(&self) -> bool {
        self.status == ActivityStatus::Validated
    }

    /// Replaces its texts by their translations.
    pub(crate) fn translate(&mut self, lang: Lang) {
        let own = std::mem::take(&mut self.translations);
        put(&mut self.title, &own, "title", lang);
        let optional = [
            ("description", &mut self.description),
            ("result", &mut self.result),
            ("expected_result", &mut self.expected_result),
            ("when_text", &mut self.when_text),
            ("participants/audience", &mut self.participants.audience),
        ];
        for (field, text) in optional {
            put_some(text, &own, field, lang);
        }
        for (n, proof) in self.evidence.iter_mut().enumerate() {
            put(&mut proof.title, &own, &format!("evidence/{n}/title"), lang);
        }
        for (n, place) in self.territories.iter_mut().enumerate() {
            put(place, &own, &format!("territories/{n}"), lang);
        }
        self.translations = own;
    }

    /// Returns true if it may be used in a report: validated by a secretariat and not restricted.
    pub(crate) fn counts(&self) -> bool {
        self.is_validated() && !self.restricted
    }

    /// Returns true if a plan item among `items` is served by it.
    pub(crate) fn serves(&self, items: &[PlanItemId]) -> bool {
        self.plan_item_ids.iter().any(|id| items.contains(id))
    }

    /// Returns the number of participants, as the questionnaire counts them.
    pub(crate) fn headcount(&self) -> Option<usize> {
        self.participants.headcount().map(|count| usize::try_from(count).unwrap_or(0))
    }

    /// Returns the facts that the rules of the registry check.
    pub(crate) fn facts(&self) -> Facts<'_> {
        Facts {
            is_training: self.kind.is_training(),
            starts: self.starts.as_ref(),
            has_period: self.period.is_some(),
            when_text: self.when_text.as_deref(),
            has_headcount: self.participants.headcount().is_some(),
            result: self.result.as_deref(),
            has_expected_result: self.expected_result.is_some(),
            result_state: self.result_state,
            serves_a_plan: !self.plan_item_ids.is_empty(),
            has_evidence: !self.evidence.is_empty(),
        }
    }

    pub(crate) fn parties(&self) -> impl Iterator<Item = InstitutionId> {
        self.organizer_ids.iter().chain(&self.partner_ids).copied()
    }
}

pub(super) mod store {
    use diesel::prelude::*;

    use super::*;
    use crate::db::schema::{activities, activity_evidence};
    use crate::db::{Db, grouped};
    use crate::error::Result;
    use crate::reports::records::link_tables::{links, take};

    /// Loads the activities of a country, in order of entry.
    pub(crate) fn activities_of(conn: &mut Db, country: &str) -> Result<Vec<Activity>> {
        #[derive(Queryable, Selectable)]
        #[diesel(table_name = activities)]
        struct Row {
            id: ActivityId,
            kind: ActivityKind,
            title: String,
            description: Option<String>,
            result: Option<String>,
            expected_result: Option<String>,
            result_state: Option<ResultState>,
            starts: Option<PartialDate>,
            ends: Option<PartialDate>,
            when_text: Option<String>,
            period_from: Option<NaiveDate>,
            period_to: Option<NaiveDate>,
            participants_total: Option<i32>,
            participants_women: Option<i32>,
            participants_men: Option<i32>,
            audience: Option<String>,
            occurrences: Option<i32>,
            scope: Option<Scope>,
            highlight: bool,
            restricted: bool,
            status: ActivityStatus,
            translations: Option<String>,
        }
        let rows: Vec<Row> = activities::table
            .filter(activities::country_code.eq(country))
            .order(activities::id)
            .select(Row::as_select())
            .load(conn)?;
        type Entry = (ActivityId, (String, Option<String>, Option<PartialDate>));
        let proofs: Vec<Entry> = activity_evidence::table
            .inner_join(activities::table)
            .filter(activities::country_code.eq(country))
            .order((activity_evidence::activity_id, activity_evidence::position))
            .select((
                activity_evidence::activity_id,
                (activity_evidence::title, activity_evidence::url, activity_evidence::dated),
            ))
            .load(conn)?;
        let mut evidence = grouped(proofs);
        let mut joint = links!(conn, country, activity_commissions(activity_id, commission_id) of activities);
        let mut territories = links!(conn, country, activity_territories(activity_id, territory) of activities);
        let mut organizers = links!(conn, country, activity_organizers(activity_id, institution_id) of activities);
        let mut partners = links!(conn, country, activity_partners(activity_id, institution_id) of activities);
        let mut items = links!(conn, country, activity_plan_items(activity_id, plan_item_id) of activities);
        let mut commitments = links!(conn, country, activity_commitments(activity_id, commitment_id) of activities);
        let mut themes = links!(conn, country, themes activity_themes(activity_id) of activities);
        let proof = |(title, url, dated)| Proof { title, url, dated };
        let activity = |row: Row| Activity {
            commission_ids: take(&mut joint, &row.id),
            themes: take(&mut themes, &row.id),
            territories: take(&mut territories, &row.id),
            organizer_ids: take(&mut organizers, &row.id),
            partner_ids: take(&mut partners, &row.id),
            plan_item_ids: take(&mut items, &row.id),
            commitment_ids: take(&mut commitments, &row.id),
            translations: Translations::of_stored(row.translations),
            evidence: take(&mut evidence, &row.id).into_iter().map(proof).collect(),
            period: row.period_from.zip(row.period_to),
            participants: Participants {
                total: row.participants_total,
                women: row.participants_women,
                men: row.participants_men,
                audience: row.audience,
            },
            id: row.id,
            kind: row.kind,
            title: row.title,
            description: row.description,
            result: row.result,
            expected_result: row.expected_result,
            result_state: row.result_state,
            starts: row.starts,
            ends: row.ends,
            when_text: row.when_text,
            occurrences: row.occurrences,
            scope: row.scope,
            highlight: row.highlight,
            restricted: row.restricted,
            status: row.status,
        };
        Ok(rows.into_iter().map(activity).collect())
    }
}
