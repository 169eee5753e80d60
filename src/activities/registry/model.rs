//! The registry of a period and its figures.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::activities::model::Activity;
use crate::db::{ActivityId, CommissionId};
use crate::i18n::Lang;
use crate::themes::Theme;

/// The period and the filters of a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RegistryQuery {
    pub country_code: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub commission_id: Option<CommissionId>,
    pub theme: Option<Theme>,
}

/// The activities in the registry of a period, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Listed {
    /// Activities with a date, in order of their dates.
    pub dated: Vec<ActivityId>,
    /// Activities without a date, in the order in which they were created.
    pub undated: Vec<ActivityId>,
    /// The number of submitted activities that are not validated.
    pub pending: i64,
}

/// The registry of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Registry {
    /// The period's first day.
    #[schema(examples("2023-05-01"))]
    pub from: NaiveDate,
    /// The period's last day.
    #[schema(examples("2023-12-31"))]
    pub to: NaiveDate,
    /// Validated activities whose interval overlaps the period, in order of date.
    pub activities: Vec<Activity>,
    /// Validated activities without dates that were reported for a period that overlaps this one.
    pub undated: Vec<Activity>,
    /// Figures over both lists.
    pub totals: Totals,
    /// The number of activities of the period that are submitted and not yet validated.
    #[schema(examples(2))]
    pub pending: i64,
    /// The names of the records in the lists.
    #[serde(skip)]
    pub names: RecordNames,
}

impl Registry {
    /// Adds the findings, in the reader's language.
    pub(crate) fn with_findings(mut self, lang: Lang) -> Self {
        self.activities = self.activities.into_iter().map(|activity| activity.with_findings(lang)).collect();
        self.undated = self.undated.into_iter().map(|activity| activity.with_findings(lang)).collect();
        self
    }
}

/// Figures over some activities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Total {
    /// The number of activities.
    #[schema(examples(4))]
    pub activities: i64,
    /// The number of times that they took place in total; activities without a stated number are not counted.
    #[schema(examples(28))]
    pub occurrences: i64,
    /// The number of participants in total, where they were counted.
    #[schema(examples(75))]
    pub participants: i64,
    /// The number of activities without the number of participants.
    #[schema(examples(3))]
    pub without_participants: i64,
}

impl Total {
    /// Returns the number of participants; None when no activity states it, which is not zero.
    pub(crate) fn known_participants(&self) -> Option<i64> {
        (self.without_participants < self.activities).then_some(self.participants)
    }

    fn add(&mut self, activity: &Activity) {
        self.activities += 1;
        self.occurrences += i64::from(activity.fields.occurrences.unwrap_or(0));
        match activity.fields.headcount() {
            Some(count) => self.participants += count,
            None => self.without_participants += 1,
        }
    }
}

/// Figures by the records that the activities name. An activity with several of a kind counts in each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Totals {
    /// By commission id.
    pub by_commission: BTreeMap<String, Total>,
    /// By theme.
    pub by_theme: BTreeMap<String, Total>,
    /// By kind of activity.
    pub by_kind: BTreeMap<String, Total>,
    /// By region, province or municipality.
    pub by_territory: BTreeMap<String, Total>,
    /// By plan item id.
    pub by_plan_item: BTreeMap<String, Total>,
}

impl Totals {
    pub(crate) fn of(activities: &[&Activity]) -> Self {
        let mut totals = Self::default();
        for activity in activities {
            totals.add(activity);
        }
        totals
    }

    /// Adds an activity to the figures.
    pub(crate) fn add(&mut self, activity: &Activity) {
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

crate::restricted_by!(Registry: activities, undated);

/// The names of the commissions, institutions and plan items of activities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RecordNames(HashMap<Uuid, String>);

impl RecordNames {
    pub(crate) fn new(names: HashMap<Uuid, String>) -> Self {
        Self(names)
    }

    /// Returns the name, or the id when the name is not known.
    pub(crate) fn of(&self, id: impl Into<Uuid>) -> String {
        let id = id.into();
        self.0.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// Returns the names of these ids that are known, joined for a page.
    pub(crate) fn joined<I: Into<Uuid> + Copy>(&self, ids: &[I]) -> String {
        let known: Vec<&str> = ids.iter().filter_map(|id| self.0.get(&(*id).into()).map(String::as_str)).collect();
        known.join("; ")
    }

    /// Returns the name of an id that is given as text.
    pub(crate) fn of_text(&self, id: &str) -> String {
        id.parse::<Uuid>().map_or_else(|_| id.to_owned(), |id| self.of(id))
    }

    /// Copies the names of these ids.
    pub(crate) fn take(&mut self, other: &Self, ids: impl IntoIterator<Item = impl Into<Uuid>>) {
        for id in ids.into_iter().map(Into::into) {
            if let (false, Some(name)) = (self.0.contains_key(&id), other.0.get(&id)) {
                self.0.insert(id, name.clone());
            }
        }
    }
}
