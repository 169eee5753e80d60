//! Duties: who must report, on what, how often and until when.

use chrono::NaiveDate;
use chrono_tz::Tz;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::named::InstitutionDays;
use super::periods::{Every, due_day};
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{CommissionId, DutyId, InstitutionId, PlanItemId};
use crate::directory::Sector;
use crate::error::Faults;
use crate::http::Input;
use crate::translations::{Translations, check_remarks};

/// The maximum number of institutions and of fields.
const MOST_INSTITUTIONS: usize = 2000;
const MOST_FIELDS: usize = 50;

crate::text_enum! {
    /// The kind of value of a field.
    FieldKind {
        /// A whole number, 0 or more.
        Count = "count",
        /// A number from 0 to 100.
        Percent = "percent",
        Text = "text",
    }
}

/// A field that every report has.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct DutyField {
    /// Its name in the values of a report: small letters, digits and `_`, beginning with a letter. Unique in the duty.
    #[schema(examples("inspections"), max_length = 60, pattern = "^[a-z][a-z0-9_]*$")]
    pub key: String,
    /// Its name for people.
    #[schema(examples("Inspecciones realizadas"), max_length = 300)]
    pub label: String,
    /// The kind of its value.
    #[schema(examples("count"))]
    pub kind: FieldKind,
    /// The unit of its value.
    #[deserr(default)]
    #[schema(examples("inspecciones"), max_length = 60)]
    pub unit: Option<String>,
}

impl DutyField {
    /// Returns the label with the unit.
    pub(crate) fn labelled(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{} ({unit})", self.label),
            None => self.label.clone(),
        }
    }
}

/// The content of a duty.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct DutyInput {
    /// The commissions that ask for the reports; the first one leads.
    #[schema(min_items = 1, max_items = 50)]
    pub commission_ids: Vec<CommissionId>,
    /// The name of the report.
    #[schema(examples("Informe trimestral de las direcciones regionales de trabajo"), max_length = 500)]
    pub title: String,
    /// The length of the periods.
    #[schema(examples("quarter"))]
    pub every: Every,
    /// The first period, or a date in it.
    #[schema(examples("2023-Q1"))]
    pub from: PartialDate,
    /// The last period, or a date in it; none while the duty goes on.
    #[deserr(default)]
    #[schema(examples("2025"))]
    pub to: Option<PartialDate>,
    /// The institutions that report. Exactly one of this and `sector`. One that is added later reports from the period in
    /// which it is added; one that is removed has reported until the period before. Earlier periods stay as they were.
    #[deserr(default)]
    #[schema(max_items = 2000, required = false)]
    pub institution_ids: Vec<InstitutionId>,
    /// The sector whose institutions report: those that are members of one of the commissions on the last day of the
    /// period. Exactly one of this and `institution_ids`.
    #[deserr(default)]
    #[schema(examples("regional_government"))]
    pub sector: Option<Sector>,
    /// The fields of every report, in their order.
    #[deserr(default)]
    #[schema(max_items = 50, required = false)]
    pub fields: Vec<DutyField>,
    /// The days after the end of a period within which its report is on time, 0 to 365. A change does not decide anew about
    /// reports that were received before.
    #[deserr(default = 15)]
    #[schema(examples(15), minimum = 0, maximum = 365, required = false)]
    pub due_days: i32,
    /// The item of a plan that the reports are about.
    #[deserr(default)]
    pub plan_item_id: Option<PlanItemId>,
    /// True when only the secretariats, the coordinator and the institutions that report may see it.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub restricted: bool,
    /// A remark for those who may change the record; nobody else reads it, and no document prints it.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("La fuente no da la fecha exacta."), max_length = 4000)]
    pub note: Option<String>,
    /// The texts of the record in other languages.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Translations::is_empty")]
    #[schema(required = false)]
    pub translations: Translations,
}

/// The free texts that can be translated.
const TRANSLATED: &[&str] = &["title", "fields/*/label", "fields/*/unit"];

impl Input for DutyInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        if self.commission_ids.is_empty() {
            faults.add("/commission_ids", "too_few");
        }
        faults.distinct("/commission_ids", &self.commission_ids, 50);
        faults.text("/title", &self.title, 500);
        faults.ordered("/to", Some(self.from.from()), self.to.as_ref().map(PartialDate::to));
        faults.distinct("/institution_ids", &self.institution_ids, MOST_INSTITUTIONS);
        if self.institution_ids.is_empty() == self.sector.is_none() {
            let fields = vec![("fields", "institution_ids, sector".to_owned())];
            faults.add_with("/institution_ids", "one_of", fields);
        }
        faults.within("/due_days", self.due_days, 0, 365);
        self.check_fields(faults);
        check_remarks(self.note.as_ref(), &self.translations, TRANSLATED, faults);
    }
}

impl DutyInput {
    fn check_fields(&self, faults: &mut Faults) {
        faults.items("/fields", self.fields.len(), MOST_FIELDS);
        for (n, field) in self.fields.iter().take(MOST_FIELDS).enumerate() {
            let at = format!("/fields/{n}/key");
            if !is_key(&field.key) {
                faults.add(&at, "invalid_key");
            }
            if self.fields.iter().take(n).any(|other| other.key == field.key) {
                faults.add(&at, "duplicate");
            }
            faults.line(&format!("/fields/{n}/label"), &field.label, 300);
            faults.opt_line(&format!("/fields/{n}/unit"), field.unit.as_ref(), 60);
        }
    }
}

fn is_key(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    text.len() <= 60 && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(is_part)
}

/// A duty of institutions to report on each period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Duty {
    /// The duty's id.
    pub id: DutyId,
    /// The country of its commissions.
    #[schema(examples("PE"))]
    pub country_code: String,
    #[serde(flatten)]
    pub fields: DutyInput,
    /// The first day that `from` can mean.
    #[schema(examples("2023-01-01"))]
    pub from_from: NaiveDate,
    /// The last day that `from` can mean.
    #[schema(examples("2023-03-31"))]
    pub from_to: NaiveDate,
    /// The first day that `to` can mean.
    #[schema(examples("2025-01-01"))]
    pub to_from: Option<NaiveDate>,
    /// The last day that `to` can mean.
    #[schema(examples("2025-12-31"))]
    pub to_to: Option<NaiveDate>,
    /// The days on which it asks institutions by their names, also those that it no longer asks.
    pub institution_days: Vec<InstitutionDays>,
    /// The time of creation.
    pub created_at: Instant,
    /// The time of the last change.
    pub updated_at: Instant,
    /// The time zone of its first commission, which decides the current day.
    #[serde(skip)]
    pub zone: Tz,
}

crate::restricted_record!(Duty, "duty", country_code);

impl Duty {
    pub(crate) fn new(id: DutyId, (country_code, zone): (String, Tz), fields: DutyInput, created_at: Instant) -> Self {
        let (to_from, to_to) = PartialDate::bounds(fields.to.as_ref());
        let (from_from, from_to) = (fields.from.from(), fields.from.to());
        let since_start = |id: &InstitutionId| InstitutionDays::new(*id, (None, None));
        let institution_days = fields.institution_ids.iter().map(since_start).collect();
        Self {
            id,
            country_code,
            fields,
            from_from,
            from_to,
            to_from,
            to_to,
            institution_days,
            created_at,
            updated_at: created_at,
            zone,
        }
    }

    pub(crate) fn input(&self) -> DutyInput {
        self.fields.clone()
    }

    /// Returns the calendar day of its first commission.
    pub(crate) fn today(&self, now: Instant) -> NaiveDate {
        now.day_in(self.zone)
    }

    /// Returns the last day on which the report on a period is on time.
    pub(crate) fn due_day(&self, period: &PartialDate) -> NaiveDate {
        due_day(period, self.fields.due_days)
    }

    /// Returns the periods that have begun until a day, in their order.
    pub(crate) fn periods_until(&self, day: NaiveDate) -> Vec<PartialDate> {
        let last = self.to_to.map_or(day, |end| end.min(day));
        self.fields.every.periods(self.from_from, last)
    }

    /// Returns the first day of the period that a day lies in; None when the duty has no earlier period.
    pub(crate) fn begins(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.fields.every.period_of(day).map(|period| period.from()).filter(|begins| *begins > self.from_from)
    }

    /// Returns the period that a day lies in, or the first one of a duty that has not begun; None after its end.
    pub(crate) fn present_period(&self, day: NaiveDate) -> Option<PartialDate> {
        let day = day.max(self.from_from);
        self.fields.every.period_of(day).filter(|_| self.to_to.is_none_or(|end| day <= end))
    }

    /// Reads one of its periods; None for every other text.
    pub(crate) fn period(&self, text: &str) -> Option<PartialDate> {
        let period = self.fields.every.read(text)?;
        let has_begun = period.to() >= self.from_from;
        let has_ended = self.to_to.is_some_and(|end| period.from() > end);
        (has_begun && !has_ended).then_some(period)
    }

    /// Returns the field with this key.
    pub(crate) fn field(&self, key: &str) -> Option<&DutyField> {
        self.fields.fields.iter().find(|field| field.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_word_of_small_letters() {
        for (text, allowed) in
            [("a", true), ("found_2", true), ("", false), ("2a", false), ("Año", false), ("_a", false), ("a-b", false)]
        {
            assert_eq!(is_key(text), allowed, "{text}");
        }
        assert!(!is_key(&"a".repeat(61)));
    }
}
