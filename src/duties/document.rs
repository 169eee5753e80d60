//! The matrix of a duty as a document, and as a workbook with the values of the reports.

mod sums;

use std::fs::File;

use chrono::NaiveDate;

use super::model::{
    Duty, DutyCell, DutyCounts, DutyField, DutyMatrix, DutyReport, DutyVerification, FieldKind, FieldValue,
    MatrixPeriod, MatrixRow,
};
use super::spreadsheet::write_values;
use crate::dates::PartialDate;
use crate::db::InstitutionId;
use crate::directory::InstitutionNames;
use crate::error::Result;
use crate::i18n::{Lang, Words, text_with, word};
use crate::rendering::{Block, Book, Cell, Column, Document, Fact, Frame, Heading, Rows, Table, one_line};
use crate::text::capitalized;

/// The number of periods beside each other in one table of a document.
const BESIDE: usize = 6;

/// All that the documents of a duty state.
pub(super) struct DocumentedDuty {
    pub duty: Duty,
    pub matrix: DutyMatrix,
    /// The newest reports on the periods of the matrix.
    pub reports: Vec<DutyReport>,
    /// The waivers in force on these periods: institution, period, reason.
    pub waivers: Vec<(InstitutionId, PartialDate, String)>,
    pub names: InstitutionNames,
    /// The names of its country and its commissions.
    pub country: String,
    pub commissions: Vec<String>,
    /// The day of the matrix in the country.
    pub today: NaiveDate,
    pub lang: Lang,
}

crate::restricted_by!(DocumentedDuty: duty);

impl DocumentedDuty {
    fn words(&self) -> Words<'_> {
        Words { lang: self.lang, country: &self.duty.country_code }
    }

    /// Returns the label of a field with its unit, in the language of the document.
    fn label(&self, n: usize, field: &DutyField) -> String {
        let translations = &self.duty.fields.translations;
        let label = translations.or_original(&format!("fields/{n}/label"), self.lang, &field.label).to_owned();
        let unit = field.unit.as_deref();
        match unit.map(|unit| translations.translated(&format!("fields/{n}/unit"), self.lang).unwrap_or(unit)) {
            Some(unit) => format!("{label} ({unit})"),
            None => label,
        }
    }

    /// Returns its title in the language of the document.
    pub(super) fn title(&self) -> String {
        let fields = &self.duty.fields;
        one_line(fields.translations.or_original("title", self.lang, &fields.title))
    }

    fn name(&self, id: InstitutionId) -> String {
        self.names.get(&id).cloned().unwrap_or_default()
    }
}

/// Builds the document: what is asked, the counts of each period, and the matrix.
pub(super) fn document(found: &DocumentedDuty) -> Document {
    let (duty, words) = (&found.duty, found.words());
    let title = found.title();
    let mut blocks = vec![facts(found), Block::Table(totals(found))];
    let foot = words.say("duties-state-on", &[("day", words.day(found.today))]);
    for periods in found.matrix.periods.chunks(BESIDE) {
        blocks.push(Block::heading(1, capitalized(&span(words, periods))));
        blocks.push(Block::Table(matrix(found, periods)));
    }
    blocks.extend(sums::blocks(found, BESIDE));
    let reports = reports(found);
    if !reports.rows.is_empty() {
        blocks.push(Block::heading(1, words.say("duties-reports", &[])));
        blocks.push(Block::Table(reports));
    }
    if !found.waivers.is_empty() {
        blocks.push(Block::heading(1, words.say("duties-waivers", &[])));
        blocks.push(Block::Table(waivers(found)));
    }
    Document {
        lang: found.lang,
        region: Some(duty.country_code.clone()),
        contents: None,
        landscape: true,
        frame: Frame { head: Some(title.clone()), foot: Some(foot), ..Frame::default() },
        title,
        blocks,
    }
}

fn facts(found: &DocumentedDuty) -> Block {
    let (fields, words) = (&found.duty.fields, found.words());
    let every = word(found.lang, "duties-every", fields.every.as_str());
    let asked = match fields.sector {
        Some(sector) => word(found.lang, "report-sector", sector.as_str()),
        None => text_with(found.lang, "duties-asked-institutions", &[("n", fields.institution_ids.len().into())]),
    };
    let items = vec![
        Fact::new(words.say("duties-country", &[]), &found.country),
        Fact::new(words.say("duties-column-commissions", &[]), found.commissions.join("; ")),
        Fact::new(words.say("duties-column-every", &[]), every),
        Fact::new(words.say("duties-column-asked", &[]), asked),
        Fact::new(words.say("duties-all-institutions", &[]), counts_in_words(words.lang, &found.matrix.counts)),
        Fact::new(words.say("duties-state-day", &[]), words.day(found.today)),
    ];
    Block::Facts { items }
}

fn span(words: Words<'_>, periods: &[MatrixPeriod]) -> String {
    let ends = [periods.first(), periods.last()].map(|one| one.map(|one| words.date(&one.period)));
    let mut ends: Vec<String> = ends.into_iter().flatten().collect();
    ends.dedup();
    ends.join(" – ")
}

/// The counts of a period with the keys of their words.
fn numbers(counts: &DutyCounts) -> [(&'static str, u32); 8] {
    [
        ("reported", counts.reported),
        ("zero", counts.zero),
        ("nothing", counts.nothing),
        ("missing", counts.missing),
        ("expected", counts.expected),
        ("waived", counts.waived),
        ("late", counts.late),
        ("review", counts.awaiting_review),
    ]
}

/// Returns counts in a sentence. The states exclude each other; the reports that came late or await review are counted in
/// the states too, so their numbers are in brackets.
pub(crate) fn counts_in_words(lang: Lang, counts: &DutyCounts) -> String {
    let (marks, states): (Vec<_>, Vec<_>) = numbers(counts)
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .partition(|(key, _)| ["late", "review"].contains(key));
    let say = |stated: Vec<(&str, u32)>| {
        let each = stated.into_iter();
        let each = each.map(|(key, number)| text_with(lang, &format!("duties-count-{key}"), &[("n", number.into())]));
        each.collect::<Vec<_>>().join(", ")
    };
    match (say(states), say(marks)) {
        (states, marks) if marks.is_empty() => states,
        (states, marks) => format!("{states} ({marks})"),
    }
}

fn totals(found: &DocumentedDuty) -> Table {
    let words = found.words();
    let columns = vec![
        Column::text(words.say("duties-period", &[]), 2),
        Column::text(words.say("duties-all-institutions", &[]), 6),
    ];
    let row =
        |one: &MatrixPeriod| vec![capitalized(&words.date(&one.period)), counts_in_words(words.lang, &one.counts)];
    Table::new(columns, found.matrix.periods.iter().map(row).collect())
}

fn matrix(found: &DocumentedDuty, periods: &[MatrixPeriod]) -> Table {
    let words = found.words();
    let mut columns = vec![Column::text(words.say("duties-institution", &[]), 5)];
    columns.extend(periods.iter().map(|one| Column::text(capitalized(&words.date(&one.period)), 3)));
    let rows = found.matrix.rows.iter().map(|row| {
        let cells =
            periods.iter().map(|period| cell_of(row, period).map_or_else(String::new, |one| state(words, &one)));
        std::iter::once(found.name(row.institution_id)).chain(cells).collect()
    });
    Table::new(columns, rows.collect())
}

/// Lists what the newest reports state beside their counts, which have tables of their own.
fn reports(found: &DocumentedDuty) -> Table {
    let words = found.words();
    let columns = vec![
        Column::text(words.say("duties-institution", &[]), 5),
        Column::text(words.say("duties-period", &[]), 3),
        Column::text(words.say("duties-state", &[]), 4),
        Column::text(words.say("duties-values", &[]), 7),
        Column::text(words.say("duties-field-narrative", &[]), 7),
    ];
    let told = found.reports.iter().filter(|report| {
        let fields = found.duty.fields.fields.iter().filter(|field| field.kind != FieldKind::Count);
        report.fields.narrative.is_some()
            || fields.into_iter().any(|field| report.fields.values.get(&field.key).is_some())
    });
    let rows = told.map(|report| {
        let cell = DutyCell { state: report.state, late: report.late, verification: Some(report.verification) };
        let value = |(n, field): (usize, &DutyField)| {
            if field.kind == FieldKind::Count {
                return None;
            }
            let value = match report.fields.values.get(&field.key)? {
                FieldValue::Text(text) => one_line(text),
                number => words.decimal(&number.number()?.to_string()),
            };
            let value =
                if field.unit.is_none() && field.kind == FieldKind::Percent { format!("{value} %") } else { value };
            Some(format!("{}: {value}", found.label(n, field)))
        };
        let values: Vec<String> = found.duty.fields.fields.iter().enumerate().filter_map(value).collect();
        vec![
            found.name(report.institution_id),
            capitalized(&words.date(&report.period)),
            state(words, &cell),
            values.join("\n"),
            report.fields.narrative.as_deref().map(one_line).unwrap_or_default(),
        ]
    });
    Table::new(columns, rows.collect()).without_empty_columns()
}

/// Lists the waivers in force with their reasons.
fn waivers(found: &DocumentedDuty) -> Table {
    let words = found.words();
    let columns = vec![
        Column::text(words.say("duties-institution", &[]), 5),
        Column::text(words.say("duties-period", &[]), 3),
        Column::text(words.say("duties-field-reason", &[]), 9),
    ];
    let rows = found.waivers.iter().map(|(institution, period, reason)| {
        vec![found.name(*institution), capitalized(&words.date(period)), one_line(reason)]
    });
    Table::new(columns, rows.collect())
}

fn cell_of(row: &MatrixRow, period: &MatrixPeriod) -> Option<DutyCell> {
    row.cells.iter().find(|one| one.period == period.period).map(DutyCell::from)
}

/// Returns a state in words, with its remarks: "Informó, fuera de plazo, por revisar".
fn state(words: Words<'_>, cell: &DutyCell) -> String {
    let late = cell.late.then(|| words.say("duties-late", &[]));
    let review = match cell.verification {
        Some(DutyVerification::Pending) => Some(words.say("duties-to-review", &[])),
        Some(DutyVerification::Returned) => Some(words.say("duties-returned", &[])),
        Some(DutyVerification::Accepted) | None => None,
    };
    let state = word(words.lang, "duties-state", cell.state.as_str());
    std::iter::once(state).chain(late).chain(review).collect::<Vec<_>>().join(", ")
}

/// Writes the workbook: the matrix, the sheet to fill in, the counts of each period, and the newest reports with their values.
pub(super) fn workbook(found: &DocumentedDuty, today: NaiveDate) -> Result<File> {
    let fields = &found.duty.fields;
    let mut book = Book::new(fields.translations.or_original("title", found.lang, &fields.title), found.lang, today);
    write_matrix(&mut book, found)?;
    write_values(&mut book, (&found.duty, &found.matrix), (&found.reports, &found.names), found.lang)?;
    write_totals(&mut book, found)?;
    write_reports(&mut book, found)?;
    if !found.waivers.is_empty() {
        write_waivers(&mut book, found)?;
    }
    book.finish()
}

fn write_matrix(book: &mut Book, found: &DocumentedDuty) -> Result<()> {
    let words = found.words();
    let mut headings = vec![Heading { text: words.say("duties-institution", &[]), width: 50 }];
    headings.extend(found.matrix.periods.iter().map(|one| Heading { text: one.period.to_string(), width: 22 }));
    book.sheet(&words.say("duties-matrix", &[]), &headings)?;
    for row in &found.matrix.rows {
        let cells = found.matrix.periods.iter().map(|period| match cell_of(row, period) {
            Some(one) => Cell::text(state(words, &one)),
            None => Cell::Nothing,
        });
        book.row(&std::iter::once(Cell::text(found.name(row.institution_id))).chain(cells).collect::<Vec<_>>())?;
    }
    Ok(())
}

fn write_totals(book: &mut Book, found: &DocumentedDuty) -> Result<()> {
    let words = found.words();
    let mut headings = vec![
        Heading { text: words.say("duties-period", &[]), width: 26 },
        Heading { text: words.say("duties-due", &[]), width: 18 },
    ];
    let names = numbers(&found.matrix.counts).map(|(key, _)| key);
    let heading = |key: &str| Heading { text: words.say(&format!("duties-total-{key}"), &[]), width: 16 };
    headings.extend(names.iter().map(|key| heading(key)));
    book.sheet(&words.say("duties-period", &[]), &headings)?;
    for one in &found.matrix.periods {
        let counted = numbers(&one.counts).map(|(_, number)| Cell::count(Some(number)));
        let place = [Cell::text(words.date(&one.period)), Cell::day(Some(one.due_to))];
        book.row(&place.into_iter().chain(counted).collect::<Vec<_>>())?;
    }
    Ok(())
}

fn write_reports(book: &mut Book, found: &DocumentedDuty) -> Result<()> {
    let (words, fields) = (found.words(), &found.duty.fields.fields);
    let heading = |key: &str, width: u16| Heading { text: words.say(key, &[]), width };
    let mut headings =
        vec![heading("duties-institution", 50), heading("duties-period", 26), heading("duties-state", 38)];
    headings.extend(fields.iter().map(|field| Heading { text: field.labelled(), width: 24 }));
    headings.extend([heading("duties-field-narrative", 60), heading("duties-event-reported", 18)]);
    book.sheet(&words.say("duties-reports", &[]), &headings)?;
    for report in &found.reports {
        let cell = DutyCell { state: report.state, late: report.late, verification: Some(report.verification) };
        let name = found.name(report.institution_id);
        let mut cells = vec![Cell::text(name), Cell::text(words.date(&report.period)), Cell::text(state(words, &cell))];
        cells.extend(fields.iter().map(|field| value(report.fields.values.get(&field.key))));
        cells.push(Cell::shown(report.fields.narrative.as_ref()));
        cells.push(Cell::moment(report.received_at, found.duty.zone));
        book.row(&cells)?;
    }
    Ok(())
}

fn write_waivers(book: &mut Book, found: &DocumentedDuty) -> Result<()> {
    let words = found.words();
    let heading = |key: &str, width: u16| Heading { text: words.say(key, &[]), width };
    let headings =
        [heading("duties-institution", 50), heading("duties-period", 26), heading("duties-field-reason", 60)];
    book.sheet(&words.say("duties-waivers", &[]), &headings)?;
    for (institution, period, reason) in &found.waivers {
        book.row(&[Cell::text(found.name(*institution)), Cell::text(words.date(period)), Cell::text(reason)])?;
    }
    Ok(())
}

/// Returns the cell of a value; nothing for one that is not known, which is not zero.
fn value(value: Option<&FieldValue>) -> Cell {
    match value {
        None => Cell::Nothing,
        Some(FieldValue::Text(text)) => Cell::text(text.clone()),
        Some(number) => number.number().map_or(Cell::Nothing, Cell::Number),
    }
}
