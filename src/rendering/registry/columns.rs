//! The columns of the registry, in order; their headings stand in `locales/*/activities.ftl`.

use crate::activities::{Activity, RecordNames};
use crate::i18n::{Lang, text};
use crate::rendering::sheets::{Cell, Heading};

/// Each with its width in characters.
const COLUMNS: [(&str, u16); 28] = [
    ("id", 38),
    ("commissions", 22),
    ("kind", 20),
    ("title", 50),
    ("description", 50),
    ("starts", 12),
    ("ends", 12),
    ("first-day", 12),
    ("last-day", 12),
    ("when-text", 24),
    ("period-from", 14),
    ("period-to", 14),
    ("territories", 30),
    ("organizers", 34),
    ("partners", 34),
    ("total", 14),
    ("women", 10),
    ("men", 10),
    ("audience", 24),
    ("occurrences", 10),
    ("themes", 24),
    ("plan-items", 30),
    ("result", 40),
    ("expected-result", 40),
    ("result-state", 18),
    ("evidence", 40),
    ("scope", 14),
    ("source", 24),
];

pub fn headings(lang: Lang) -> Vec<Heading> {
    let heading = |(name, width)| Heading { text: text(lang, &format!("registry-{name}"), &[]), width };
    COLUMNS.into_iter().map(heading).collect()
}

/// One activity, a cell for each column.
pub fn cells(activity: &Activity, names: &RecordNames, lang: Lang) -> Vec<Cell> {
    let fields = &activity.fields;
    let participants = fields.participants.as_ref();
    let period = fields.period.as_ref();
    let named = |kind: &str, code: &str| text(lang, &format!("{kind}-{}", code.replace('_', "-")), &[]);
    let evidence = fields.evidence.iter().map(|entry| match &entry.url {
        Some(url) => format!("{} ({url})", entry.title),
        None => entry.title.clone(),
    });
    vec![
        Cell::text(activity.id.to_string()),
        Cell::joined(fields.commission_ids.iter().map(|id| names.of(*id))),
        Cell::text(named("activity-kind", fields.kind.as_str())),
        Cell::text(&fields.title),
        Cell::shown(fields.description.as_ref()),
        Cell::shown(fields.starts.as_ref()),
        Cell::shown(fields.ends.as_ref()),
        Cell::day(activity.starts_from),
        Cell::day(activity.ends_to.or(activity.starts_to)),
        Cell::shown(fields.when_text.as_ref()),
        Cell::day(period.and_then(|period| period.from)),
        Cell::day(period.and_then(|period| period.to)),
        Cell::joined(fields.territories.iter().cloned()),
        Cell::joined(fields.organizer_ids.iter().map(|id| names.of(*id))),
        Cell::joined(fields.partner_ids.iter().map(|id| names.of(*id))),
        Cell::count(participants.and_then(|counted| counted.total)),
        Cell::count(participants.and_then(|counted| counted.women)),
        Cell::count(participants.and_then(|counted| counted.men)),
        Cell::shown(participants.and_then(|counted| counted.audience.as_ref())),
        Cell::count(fields.occurrences),
        Cell::joined(fields.themes.iter().map(|theme| named("theme", theme.as_str()))),
        Cell::joined(fields.plan_item_ids.iter().map(|id| names.of(*id))),
        Cell::shown(fields.result.as_ref()),
        Cell::shown(fields.expected_result.as_ref()),
        fields.result_state.map_or(Cell::Nothing, |state| Cell::text(named("result-state", state.as_str()))),
        Cell::joined(evidence),
        fields.scope.map_or(Cell::Nothing, |scope| Cell::text(named("scope", scope.as_str()))),
        Cell::shown(fields.source.as_ref()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_heading() {
        for lang in Lang::ALL {
            for (column, _) in COLUMNS {
                assert!(crate::i18n::find(*lang, &format!("registry-{column}"), &[]).is_some(), "{column} in {lang}");
            }
        }
    }
}
