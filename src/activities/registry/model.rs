//! The registry of a period and its figures.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::activities::model::Activity;
use crate::activities::store::RecordNames;
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::db::{ActivityId, CommissionId};
use crate::i18n::Lang;
use crate::themes::Theme;

/// Which registry is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryQuery {
    pub country_code: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub commission_id: Option<CommissionId>,
    pub theme: Option<Theme>,
}

/// What stands in the registry of a period, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// In order of their dates.
    pub dated: Vec<ActivityId>,
    /// In the order in which they were entered.
    pub undated: Vec<ActivityId>,
    /// Submitted and not validated.
    pub pending: i64,
}

/// The registry of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Registry {
    /// The period's first day.
    #[schema(examples("2023-05-01"))]
    pub from: NaiveDate,
    /// The period's last day.
    #[schema(examples("2023-12-31"))]
    pub to: NaiveDate,
    /// Validated activities whose interval meets the period, in order of date.
    pub activities: Vec<Activity>,
    /// Validated activities without dates, reported for a period that meets this one.
    pub undated: Vec<Activity>,
    /// Figures over both lists.
    pub totals: Totals,
    /// How many of the period are submitted and not yet validated.
    #[schema(examples(2))]
    pub pending: i64,
    /// What the ids in the lists are called.
    #[serde(skip)]
    pub names: RecordNames,
}

impl Registry {
    /// The same with findings in the reader's language.
    pub fn with_findings(mut self, lang: Lang) -> Self {
        self.activities = self.activities.into_iter().map(|activity| activity.with_findings(lang)).collect();
        self.undated = self.undated.into_iter().map(|activity| activity.with_findings(lang)).collect();
        self
    }
}

/// Figures over some activities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Total {
    /// How many entries.
    #[schema(examples(4))]
    pub activities: i64,
    /// How many times they took place together; entries without a stated number are not counted.
    #[schema(examples(28))]
    pub occurrences: i64,
    /// How many took part together, where it was counted.
    #[schema(examples(75))]
    pub participants: i64,
    /// How many entries lack the number of participants.
    #[schema(examples(3))]
    pub without_participants: i64,
}

impl Total {
    fn add(&mut self, activity: &Activity) {
        self.activities += 1;
        self.occurrences += i64::from(activity.fields.occurrences.unwrap_or(0));
        match activity.fields.headcount() {
            Some(count) => self.participants += count,
            None => self.without_participants += 1,
        }
    }
}

/// Figures by what the activities name. One that names several counts in each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Totals {
    /// By commission id.
    pub by_commission: BTreeMap<String, Total>,
    /// By matter.
    pub by_theme: BTreeMap<String, Total>,
    /// By kind of activity.
    pub by_kind: BTreeMap<String, Total>,
    /// By region, province or municipality.
    pub by_territory: BTreeMap<String, Total>,
    /// By plan item id.
    pub by_plan_item: BTreeMap<String, Total>,
}

impl Totals {
    pub fn of(activities: &[&Activity]) -> Self {
        let mut totals = Self::default();
        for activity in activities {
            totals.add(activity);
        }
        totals
    }

    /// Counts one more.
    pub fn add(&mut self, activity: &Activity) {
        let fields = &activity.fields;
        count(&mut self.by_commission, activity, &fields.commission_ids);
        count(&mut self.by_theme, activity, &fields.themes);
        count(&mut self.by_kind, activity, &[fields.kind]);
        count(&mut self.by_territory, activity, &fields.territories);
        count(&mut self.by_plan_item, activity, &fields.plan_item_ids);
    }
}

fn count<K: ToString>(totals: &mut BTreeMap<String, Total>, activity: &Activity, keys: &[K]) {
    for key in keys {
        totals.entry(key.to_string()).or_default().add(activity);
    }
}

impl RestrictedContent for Registry {
    fn restricted(&self, found: &mut RestrictedRecords) {
        self.activities.restricted(found);
        self.undated.restricted(found);
    }
}
