//! Decides what the statements of a file change. Writes nothing.

use std::collections::HashMap;

use super::cells::{Content, Statement, Statements};
use crate::dates::PartialDate;
use crate::db::InstitutionId;
use crate::duties::model::{AskedInstitutions, Duty, DutyReport, DutyReportInput, FieldKind, FieldValue, Place};
use crate::error::Fault;
use crate::spreadsheets::{CellRef, Value};

/// The newest reports of a duty.
pub(crate) type Held = HashMap<Place, DutyReport>;

/// A report that a file states, and that differs from the newest one.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    /// The first cell that states it.
    pub at: CellRef,
    pub institution: InstitutionId,
    pub period: PartialDate,
    pub input: DutyReportInput,
}

/// The changes that a file asks for.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub changes: Vec<Change>,
    /// The number of reports that the file states as they are.
    pub unchanged: u32,
    pub faults: Vec<Fault>,
}

/// Decides the changes. `reporter` returns whether a person reports on behalf of an institution; None when the person may
/// not report for it.
pub(crate) fn plan(
    duty: &Duty,
    stated: Statements,
    (asked, held): (&AskedInstitutions, &Held),
    reporter: impl Fn(InstitutionId) -> Option<bool>,
) -> Plan {
    let mut plan = Plan { faults: stated.faults, ..Plan::default() };
    for group in groups(stated.statements) {
        let Some(first) = group.first().cloned() else { continue };
        let place = (first.institution, first.period.from());
        let report = held.get(&place);
        let faults = contradictions(&group, duty);
        if !faults.is_empty() {
            plan.faults.extend(faults);
            continue;
        }
        let mut input = input_of(group, duty, report);
        if report.is_some_and(|report| is_same(&report.fields, &input)) {
            plan.unchanged += 1;
            continue;
        }
        let refused = |code| first.at.fault(code, None, Vec::new());
        match reporter(first.institution) {
            None => plan.faults.push(refused("not_own_institution")),
            Some(_) if report.is_none() && !asked.is_asked(first.institution, &first.period) => {
                plan.faults.push(refused("not_asked"));
            }
            Some(on_behalf) => {
                input.on_behalf = on_behalf;
                let Statement { at, institution, period, .. } = first;
                plan.changes.push(Change { at, institution, period, input });
            }
        }
    }
    plan
}

/// Returns the statements about each report, in the order of the file.
fn groups(statements: Vec<Statement>) -> Vec<Vec<Statement>> {
    let mut places: HashMap<Place, usize> = HashMap::new();
    let mut groups: Vec<Vec<Statement>> = Vec::new();
    for one in statements {
        let at = *places.entry((one.institution, one.period.from())).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// Returns true if a statement is in the row of a count or a percentage.
fn is_figure(one: &Statement, duty: &Duty) -> bool {
    one.field.and_then(|n| duty.fields.fields.get(n)).is_some_and(|field| field.kind != FieldKind::Text)
}

/// Returns true if a file states a value of a field beside these words.
fn has_value(group: &[Statement]) -> bool {
    group.iter().any(|one| one.field.is_some() && matches!(one.content, Content::Value(_)))
}

/// Returns the faults of statements that exclude each other: two about one value, a value and nothing to report.
fn contradictions(group: &[Statement], duty: &Duty) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (n, one) in group.iter().enumerate() {
        if let Some(other) = group.iter().take(n).find(|other| other.field == one.field) {
            let place = format!("{}!{}", other.at.sheet, other.at.cell());
            faults.push(one.at.fault("stated_twice", None, vec![("other", place)]));
        }
        if let Content::Nothing(word) = &one.content
            && is_figure(one, duty)
            && has_value(group)
        {
            faults.push(one.at.fault("nothing_beside_values", Some(word.clone()), Vec::new()));
        }
    }
    faults
}

/// Returns the whole report: the newest one with everything that the file states.
fn input_of(group: Vec<Statement>, duty: &Duty, report: Option<&DutyReport>) -> DutyReportInput {
    let before = report.map_or_else(DutyReportInput::unwritten, |report| report.fields.clone());
    let states_nothing = group.iter().any(|one| matches!(one.content, Content::Nothing(_)))
        && !has_value(&group)
        && !is_held_as_text(&group, duty, &before);
    let mut input = match states_nothing || before.nothing_to_report {
        true => DutyReportInput { values: Default::default(), nothing_to_report: states_nothing, ..before },
        false => before,
    };
    for one in group {
        let value = match one.content {
            Content::Nothing(_) if states_nothing => continue,
            Content::Nothing(word) => FieldValue::Text(word),
            Content::Value(value) => value,
        };
        match one.field.map(|n| duty.fields.fields.get(n)) {
            Some(Some(field)) => input.values.set(&field.key, Some(value)),
            Some(None) => {}
            None => input.narrative = Some(value.to_string()),
        }
    }
    // A description alone leaves a report that states nothing as it is.
    input.nothing_to_report |=
        report.is_some_and(|report| report.fields.nothing_to_report) && input.values.is_unknown();
    input
}

/// Returns true if the words for nothing to report are texts that the newest report has.
fn is_held_as_text(group: &[Statement], duty: &Duty, before: &DutyReportInput) -> bool {
    let is_held = |one: &Statement| match (&one.content, one.field.map(|n| duty.fields.fields.get(n))) {
        (Content::Value(_), _) => true,
        (Content::Nothing(word), Some(Some(field))) => {
            before.values.get(&field.key).is_some_and(|value| matches!(value, FieldValue::Text(text) if text == word))
        }
        (Content::Nothing(_), Some(None)) => false,
        (Content::Nothing(word), None) => before.narrative.as_ref() == Some(word),
    };
    !before.nothing_to_report && group.iter().all(is_held)
}

/// Returns true if two reports state the same, as a spreadsheet can hold it.
fn is_same(before: &DutyReportInput, after: &DutyReportInput) -> bool {
    let shown = |text: &str| Value::text(text).map(|text| text.shown());
    let plain = |fields: &DutyReportInput| {
        let mut values = fields.values.clone().without_blanks();
        values.each_text(|text| shown(text).unwrap_or_default());
        (fields.nothing_to_report, values, fields.narrative.as_deref().and_then(shown))
    };
    plain(before) == plain(after)
}
