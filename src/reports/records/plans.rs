//! The roadmap, other plans and observations, as drafting reads them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::dates::PartialDate;
use crate::db::{CommissionId, ObservationId, PlanId, PlanItemId};
use crate::i18n::Lang;
use crate::plans::{ItemStatus, ObservationKind, PlanItemKind};
use crate::reports::questionnaire::Step;
use crate::text::shortened;
use crate::themes::Theme;
use crate::translations::Translations;

use super::translated::{put, put_some};

/// The roadmap that is reported on.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Roadmap {
    pub title: String,
    /// In order of position.
    pub items: Vec<Item>,
}

impl Roadmap {
    /// Returns the roadmap with its texts in a language, as far as they are translated.
    pub(crate) fn in_language(&self, lang: Lang) -> Self {
        let mut roadmap = self.clone();
        roadmap.items.iter_mut().for_each(|item| item.translate(lang));
        roadmap
    }

    /// Returns the priorities, as the questionnaire asks about them.
    pub(crate) fn priorities(&self) -> Vec<Step> {
        self.steps_of(PlanItemKind::Priority).collect()
    }

    /// Returns the next steps whose period shares a day with this one.
    pub(crate) fn next_steps(&self, from: NaiveDate, to: NaiveDate) -> Vec<Step> {
        self.steps_of(PlanItemKind::NextStep).filter(|step| step.meets(from, to)).collect()
    }

    fn steps_of(&self, kind: PlanItemKind) -> impl Iterator<Item = Step> {
        self.items_of(kind).map(|item| item.step.clone())
    }

    pub(crate) fn items_of(&self, kind: PlanItemKind) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.kind == kind)
    }

    pub(crate) fn item(&self, id: PlanItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.step.id == id)
    }

    /// Returns the item and everything below it.
    pub(crate) fn branch(&self, id: PlanItemId) -> Vec<PlanItemId> {
        let mut branch = vec![id];
        let mut at = 0;
        while let Some(parent) = branch.get(at).copied() {
            let below = self.items.iter().filter(|item| item.parent_id == Some(parent)).map(|item| item.step.id);
            let new: Vec<_> = below.filter(|id| !branch.contains(id)).collect();
            branch.extend(new);
            at += 1;
        }
        branch
    }

    pub(crate) fn contains_any(&self, ids: &[PlanItemId]) -> bool {
        self.items.iter().any(|item| ids.contains(&item.step.id))
    }
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Item {
    pub step: Step,
    pub kind: PlanItemKind,
    pub parent_id: Option<PlanItemId>,
    pub status: Option<ItemStatus>,
    pub comment: Option<String>,
    #[serde(skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations,
}

impl Item {
    /// Replaces its texts by their translations.
    pub(crate) fn translate(&mut self, lang: Lang) {
        let own = std::mem::take(&mut self.translations);
        put(&mut self.step.title, &own, "title", lang);
        put_some(&mut self.step.label, &own, "label", lang);
        put_some(&mut self.comment, &own, "comment", lang);
        self.translations = own;
    }
}

/// A plan that is not a roadmap.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OtherPlan {
    pub id: PlanId,
    pub title: String,
    pub starts: Option<PartialDate>,
    pub ends: Option<PartialDate>,
    pub commission_ids: Vec<CommissionId>,
    /// In order of position.
    pub items: Vec<Item>,
    #[serde(skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations,
}

impl OtherPlan {
    /// Replaces its texts by their translations.
    pub(crate) fn translate(&mut self, lang: Lang) {
        put(&mut self.title, &self.translations, "title", lang);
        self.items.iter_mut().for_each(|item| item.translate(lang));
    }
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Observation {
    pub id: ObservationId,
    pub kind: ObservationKind,
    pub text: String,
    pub response: Option<String>,
    pub addressee: Option<String>,
    pub modality: Option<String>,
    pub noted: Option<PartialDate>,
    pub themes: Vec<Theme>,
    #[serde(skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations,
}

impl Observation {
    /// Returns the beginning of its text.
    pub(crate) fn label(&self) -> String {
        shortened(&self.text, 120)
    }

    /// Replaces its texts by their translations.
    pub(crate) fn translate(&mut self, lang: Lang) {
        let own = std::mem::take(&mut self.translations);
        put(&mut self.text, &own, "text", lang);
        put_some(&mut self.response, &own, "response", lang);
        put_some(&mut self.addressee, &own, "addressee", lang);
        put_some(&mut self.modality, &own, "modality", lang);
        self.translations = own;
    }
}

pub(super) mod store {
    use std::collections::HashMap;

    use diesel::prelude::*;

    use super::*;
    use crate::db::schema::{observations, plan_items, plans};
    use crate::db::{Db, grouped};
    use crate::error::Result;
    use crate::plans::PlanKind;
    use crate::reports::records::link_tables::{links, take};

    /// Loads a roadmap with its items in order; without a title when there is none.
    pub(crate) fn roadmap_of(conn: &mut Db, id: PlanId) -> Result<Roadmap> {
        let title: Option<String> = plans::table.find(id).select(plans::title).first(conn).optional()?;
        Ok(Roadmap { title: title.unwrap_or_default(), items: items(conn, id)? })
    }

    /// Loads the items of a plan, in order of position.
    pub(crate) fn items(conn: &mut Db, plan: PlanId) -> Result<Vec<Item>> {
        Ok(items_of(conn, &[plan])?.remove(&plan).unwrap_or_default())
    }

    /// Loads the items of these plans, in order of position: one query.
    pub(crate) fn items_of(conn: &mut Db, ids: &[PlanId]) -> Result<HashMap<PlanId, Vec<Item>>> {
        #[derive(Queryable, Selectable)]
        #[diesel(table_name = plan_items)]
        struct Row {
            id: PlanItemId,
            plan_id: PlanId,
            kind: PlanItemKind,
            title: String,
            label: Option<String>,
            parent_id: Option<PlanItemId>,
            period_from: Option<NaiveDate>,
            period_to: Option<NaiveDate>,
            status: Option<ItemStatus>,
            comment: Option<String>,
            translations: Option<String>,
        }
        let rows: Vec<Row> = plan_items::table
            .filter(plan_items::plan_id.eq_any(ids))
            .order((plan_items::position, plan_items::id))
            .select(Row::as_select())
            .load(conn)?;
        let item = |row: Row| {
            let Row { id, label, title, period_from, period_to, .. } = row;
            let step = Step { id, label, title, period_from, period_to };
            let item = Item {
                step,
                kind: row.kind,
                parent_id: row.parent_id,
                status: row.status,
                comment: row.comment,
                translations: Translations::of_stored(row.translations),
            };
            (row.plan_id, item)
        };
        Ok(grouped(rows.into_iter().map(item)))
    }

    /// Loads the plans of a country that are not roadmaps.
    pub(crate) fn other_plans_of(conn: &mut Db, country: &str) -> Result<Vec<OtherPlan>> {
        type Row = (PlanId, String, Option<PartialDate>, Option<PartialDate>, Option<String>);
        let rows: Vec<Row> = plans::table
            .filter(plans::country_code.eq(country).and(plans::kind.ne(PlanKind::Roadmap)))
            .order(plans::id)
            .select((plans::id, plans::title, plans::starts, plans::ends, plans::translations))
            .load(conn)?;
        let ids: Vec<PlanId> = rows.iter().map(|(id, ..)| *id).collect();
        let mut items = items_of(conn, &ids)?;
        let mut joint = links!(conn, country, plan_commissions(plan_id, commission_id) of plans);
        let plan = |(id, title, starts, ends, translations): Row| OtherPlan {
            items: take(&mut items, &id),
            commission_ids: take(&mut joint, &id),
            translations: Translations::of_stored(translations),
            id,
            title,
            starts,
            ends,
        };
        Ok(rows.into_iter().map(plan).collect())
    }

    /// Loads the observations of a country, in order of entry.
    pub(crate) fn observations_of(conn: &mut Db, country: &str) -> Result<Vec<Observation>> {
        #[derive(Queryable, Selectable)]
        #[diesel(table_name = observations)]
        struct Row {
            id: ObservationId,
            kind: ObservationKind,
            text: String,
            response: Option<String>,
            addressee: Option<String>,
            modality: Option<String>,
            noted: Option<PartialDate>,
            translations: Option<String>,
        }
        let rows: Vec<Row> = observations::table
            .filter(observations::country_code.eq(country))
            .order(observations::id)
            .select(Row::as_select())
            .load(conn)?;
        let mut themes = links!(conn, country, themes observation_themes(observation_id) of observations);
        let observation = |row: Row| Observation {
            themes: take(&mut themes, &row.id),
            id: row.id,
            kind: row.kind,
            text: row.text,
            response: row.response,
            addressee: row.addressee,
            modality: row.modality,
            noted: row.noted,
            translations: Translations::of_stored(row.translations),
        };
        Ok(rows.into_iter().map(observation).collect())
    }
}
