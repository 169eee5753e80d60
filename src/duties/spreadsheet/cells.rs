//! The cells of the sheets, and the statement of each about a report.

use std::sync::Arc;

use chrono::NaiveDate;
use uuid::Uuid;

use super::reading::{DutySheet, PeriodColumn, SentSheets};
use super::words::{SheetWords, field_names};
use crate::dates::PartialDate;
use crate::db::InstitutionId;
use crate::duties::model::{Duty, DutyField, FieldKind, FieldValue, FieldValues, MAX_NARRATIVE};
use crate::error::{Args, Fault, Faults};
use crate::spreadsheets::{CellRef, Line, NameError, NameIndex, Value};
use crate::text::fold_words;

/// The institutions that a cell may name.
pub(crate) type Names = NameIndex<InstitutionId>;

/// The content of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    /// The word for nothing to report, as it is written.
    Nothing(String),
    Value(FieldValue),
}

/// A cell that states something about a report.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    pub at: CellRef,
    pub institution: InstitutionId,
    pub period: PartialDate,
    /// The number of the field; None for the description of the report.
    pub field: Option<usize>,
    pub content: Content,
}

/// All that a file states.
#[derive(Default)]
pub(crate) struct Statements {
    pub(super) statements: Vec<Statement>,
    pub faults: Vec<Fault>,
}

impl Statements {
    /// Returns the first days of the first and of the last period that it names.
    pub(crate) fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = || self.statements.iter().map(|one| one.period.from());
        days().min().zip(days().max())
    }
}

/// Reads the cells of a file.
pub(crate) fn statements(sent: &SentSheets, duty: &Duty, names: &Names, today: NaiveDate) -> Statements {
    let reader = Reader {
        fields: &duty.fields.fields,
        labels: field_names(&duty.fields.fields),
        names,
        words: SheetWords::new(),
    };
    let (sheets, faults) = sent.sheets(duty, today, &reader.words);
    let mut stated = Statements { statements: Vec::new(), faults: sent.faults.iter().cloned().chain(faults).collect() };
    for sheet in &sheets {
        stated.faults.extend(sheet.heading_faults());
        sheet.rows.iter().for_each(|line| reader.read(sheet, line, &mut stated));
    }
    stated
}

/// The reason why a cell is not understood.
type Refusal = (&'static str, Args);

struct Reader<'r> {
    fields: &'r [DutyField],
    /// The names of the fields in the sheet.
    labels: Vec<String>,
    names: &'r Names,
    words: SheetWords,
}

impl Reader<'_> {
    /// Reads a row. One without values states nothing, whoever it names.
    fn read(&self, sheet: &DutySheet<'_>, line: &Line, stated: &mut Statements) {
        let cells: Vec<(&PeriodColumn, &PartialDate, &Value)> = sheet
            .periods
            .iter()
            .filter_map(|one| Some((one, one.period.as_ref().ok()?, line.value(one.column)?)))
            .collect();
        if cells.is_empty() {
            return;
        }
        let institution = self.institution(line.value(sheet.institution));
        let field = sheet.field.map_or(Ok((!self.fields.is_empty()).then_some(0)), |at| self.field(line.value(at)));
        let of_row =
            [Some((sheet.institution, institution.as_ref().err())), sheet.field.map(|at| (at, field.as_ref().err()))];
        for (column, refused) in of_row.into_iter().flatten() {
            let Some((code, args)) = refused else { continue };
            let value = line.value(column).map(Value::shown);
            let at = sheet.cell(line.number, (column, &Arc::from("")));
            stated.faults.push(at.fault(code, value, args.clone()));
        }
        let (Ok(institution), Ok(field)) = (institution, field) else { return };
        for (column, period, value) in cells {
            let at = sheet.cell(line.number, (column.column, &column.heading));
            match self.content(field.and_then(|n| self.fields.get(n)), value) {
                Ok(content) => {
                    stated.statements.push(Statement { at, institution, period: period.clone(), field, content });
                }
                Err((code, args)) => stated.faults.push(at.fault(code, Some(value.shown()), args)),
            }
        }
    }

    /// Reads the name of an institution, or its id.
    fn institution(&self, value: Option<&Value>) -> Result<InstitutionId, Refusal> {
        let name = value.map(Value::shown).ok_or(("required", Vec::new()))?;
        if let Ok(id) = Uuid::parse_str(&name)
            && self.names.has(id.into())
        {
            return Ok(id.into());
        }
        let (code, suggestions) = match self.names.find(&name) {
            Ok(id) => return Ok(id),
            Err(NameError::NotFound(suggestions)) => ("unknown_name", suggestions),
            Err(NameError::Ambiguous(suggestions)) => ("ambiguous_name", suggestions),
        };
        Err((code, name_args(name, suggestions)))
    }

    /// Reads the name of a field, or its key; None for the description of the report.
    fn field(&self, value: Option<&Value>) -> Result<Option<usize>, Refusal> {
        let name = value.map(Value::shown).ok_or(("required", Vec::new()))?;
        let folded = fold_words(&name);
        let only = |is_named: &dyn Fn(usize, &DutyField) -> bool| {
            let mut found = self.fields.iter().enumerate().filter(|(n, field)| is_named(*n, field)).map(|(n, _)| n);
            found.next().filter(|_| found.next().is_none())
        };
        let found = only(&|n, _| self.labels.get(n).is_some_and(|label| fold_words(label) == folded))
            .or_else(|| only(&|_, field| fold_words(&field.label) == folded))
            .or_else(|| only(&|_, field| field.key == name));
        match found {
            Some(n) => Ok(Some(n)),
            None if self.words.is_narrative(&name) => Ok(None),
            None => Err(("unknown_name", name_args(name, Vec::new()))),
        }
    }

    fn content(&self, field: Option<&DutyField>, value: &Value) -> Result<Content, Refusal> {
        match value {
            Value::Broken(_) => return Err(("broken_formula", Vec::new())),
            Value::NoResult => return Err(("no_result", Vec::new())),
            Value::Text(text) if self.words.is_nothing(text) => return Ok(Content::Nothing(text.to_string())),
            _ => {}
        }
        let mut faults = Faults::default();
        let value = match field {
            None => {
                let text = value.shown();
                faults.text("", &text, MAX_NARRATIVE);
                FieldValue::Text(text)
            }
            Some(field) => checked(field, written(field.kind, value), &mut faults),
        };
        match faults.list.into_iter().next() {
            Some(fault) => Err((fault.code, fault.args)),
            None => Ok(Content::Value(value)),
        }
    }
}

/// Returns the value of a cell as the field would take it.
fn written(kind: FieldKind, value: &Value) -> FieldValue {
    match (kind, value) {
        (FieldKind::Count | FieldKind::Percent, Value::Number(number)) => FieldValue::of_number(*number),
        // A cell that shows 45 % has 0.45.
        (FieldKind::Percent, Value::Percent(part)) => FieldValue::of_number((part * 1e12).round() / 1e10),
        _ => FieldValue::Text(value.shown()),
    }
}

/// Checks a value by the rules of its field.
fn checked(field: &DutyField, value: FieldValue, faults: &mut Faults) -> FieldValue {
    let (mut values, fields) = (FieldValues::default(), std::slice::from_ref(field));
    values.set(&field.key, Some(value.clone()));
    let values = match value {
        // A percentage is no count, even if it can be read as a number.
        FieldValue::Text(text) if field.kind == FieldKind::Count && text.contains('%') => values,
        _ => values.read_numbers(fields),
    };
    values.check(fields, faults);
    values.get(&field.key).cloned().unwrap_or(FieldValue::Integer(0))
}

fn name_args(name: String, suggestions: Vec<String>) -> Args {
    let quoted: Vec<String> = suggestions.into_iter().map(|name| format!("«{name}»")).collect();
    let reason = if quoted.is_empty() { "none" } else { "some" };
    vec![("name", name), ("suggestions", quoted.join(", ")), ("reason", reason.to_owned())]
}
