//! The registry as a table for a spreadsheet: UTF-8 with a byte order mark, commas, one line an activity.

use super::model::Registry;
use crate::activities::model::Activity;
use crate::activities::store::Names;
use crate::error::{Error, Result};
use crate::i18n::{Lang, text};

/// The columns, in order; their headings stand in `locales/*/activities.ftl`.
const COLUMNS: [&str; 26] = [
    "id",
    "commissions",
    "kind",
    "title",
    "description",
    "starts",
    "ends",
    "when-text",
    "period-from",
    "period-to",
    "territories",
    "organizers",
    "partners",
    "total",
    "women",
    "men",
    "audience",
    "occurrences",
    "themes",
    "plan-items",
    "result",
    "expected-result",
    "result-state",
    "evidence",
    "scope",
    "source",
];

/// The registry as CSV: a heading, the dated activities, then those without dates.
pub fn to_csv(registry: &Registry, lang: Lang) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    let headings = COLUMNS.iter().map(|column| text(lang, &format!("registry-{column}"), &[]));
    writer.write_record(headings).map_err(Error::internal)?;
    for activity in registry.activities.iter().chain(&registry.undated) {
        writer.write_record(line(activity, &registry.names, lang)).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(Error::internal)
}

fn line(activity: &Activity, names: &Names, lang: Lang) -> Vec<String> {
    let fields = &activity.fields;
    let participants = fields.participants.as_ref();
    let period = fields.period.as_ref();
    let named = |kind: &str, code: &str| text(lang, &format!("{kind}-{}", code.replace('_', "-")), &[]);
    let evidence = fields.evidence.iter().map(|entry| match &entry.url {
        Some(url) => format!("{} ({url})", entry.title),
        None => entry.title.clone(),
    });
    let cells = vec![
        activity.id.to_string(),
        joined(fields.commission_ids.iter().map(|id| names.of(*id))),
        named("activity-kind", fields.kind.as_str()),
        fields.title.clone(),
        shown(fields.description.as_ref()),
        shown(fields.starts.as_ref()),
        shown(fields.ends.as_ref()),
        shown(fields.when_text.as_ref()),
        shown(period.and_then(|period| period.from).as_ref()),
        shown(period.and_then(|period| period.to).as_ref()),
        joined(fields.territories.iter().cloned()),
        joined(fields.organizer_ids.iter().map(|id| names.of(*id))),
        joined(fields.partner_ids.iter().map(|id| names.of(*id))),
        shown(participants.and_then(|counted| counted.total).as_ref()),
        shown(participants.and_then(|counted| counted.women).as_ref()),
        shown(participants.and_then(|counted| counted.men).as_ref()),
        shown(participants.and_then(|counted| counted.audience.as_ref())),
        shown(fields.occurrences.as_ref()),
        joined(fields.themes.iter().map(|theme| named("theme", theme.as_str()))),
        joined(fields.plan_item_ids.iter().map(|id| names.of(*id))),
        shown(fields.result.as_ref()),
        shown(fields.expected_result.as_ref()),
        fields.result_state.map(|state| named("result-state", state.as_str())).unwrap_or_default(),
        joined(evidence),
        fields.scope.map(|scope| named("scope", scope.as_str())).unwrap_or_default(),
        shown(fields.source.as_ref()),
    ];
    cells.into_iter().map(harmless).collect()
}

fn shown<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join("; ")
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        for (cell, safe) in
            [("=1+1", "'=1+1"), ("@a", "'@a"), ("\tx", "'\tx"), ("-1", "'-1"), ("Taller", "Taller"), ("", "")]
        {
            assert_eq!(harmless(cell.to_owned()), safe);
        }
    }

    #[test]
    fn every_column_has_a_heading() {
        for lang in Lang::ALL {
            for column in COLUMNS {
                assert!(crate::i18n::find(*lang, &format!("registry-{column}"), &[]).is_some(), "{column} in {lang}");
            }
        }
    }
}
