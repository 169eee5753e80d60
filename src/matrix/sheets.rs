//! The sheets of a file that are matrices: the meaning of their columns, their rows, and what is left out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::choices::{COLUMN_QUESTION, Choices, NONE};
use super::columns::{Column, HeadingPriority, Named, column_of_heading, is_either, nearest};
use super::contents::{Columns, named_place};
use super::headings::{Head, Heading, MIN_HEADINGS, find_head, most_headings};
use super::questions::{Label, Question, Questions};
use super::replaced::leave_out_replaced;
use super::states::{StateValue, read_state};
use super::understood::{UnderstoodColumn, UnderstoodSheet};
use crate::commitments::ReportedStatus;
use crate::error::{Fault, Faults, escaped};
use crate::i18n::Lang;
use crate::rendering::one_line;
use crate::spreadsheets::{
    Book, CellRef, KnownColumns, LeftOut, LeftOutReason, Line, MOST_ROWS, MOST_ROWS_ABOVE, Table, Value,
    leave_out_rows, letters, read_book, refused,
};

/// A sheet that is a matrix.
#[derive(Debug, Clone)]
pub(super) struct MatrixSheet {
    pub name: Arc<str>,
    headings: BTreeMap<Column, (u32, Arc<str>)>,
    /// The columns that count in rows where the one of `headings` is empty.
    fallbacks: BTreeMap<Column, (u32, Arc<str>)>,
    /// Further columns of notes with their headings.
    more_notes: Vec<(u32, Arc<str>)>,
    pub rows: Vec<Line>,
    /// Its days are counted from 1904, so that a number without a date format is not read as a day.
    pub since_1904: bool,
    /// The column of codes was named by hand, so that a number in it is a code.
    pub has_own_codes: bool,
    pub understood: UnderstoodSheet,
}

impl MatrixSheet {
    /// Returns the value of a row under a heading.
    pub(super) fn value<'r>(&self, row: &'r Line, column: Column) -> Option<&'r Value> {
        let own = row.value(self.headings.get(&column)?.0);
        own.or_else(|| row.value(self.fallbacks.get(&column)?.0))
    }

    /// Returns the texts of a row in further columns of notes, each with its heading.
    pub(super) fn more_notes<'r>(&'r self, row: &'r Line) -> impl Iterator<Item = (&'r str, &'r Value)> {
        self.more_notes.iter().filter_map(|(at, heading)| Some((heading.as_ref(), row.value(*at)?)))
    }

    /// Returns the heading that precedes the first notes of a row where the texts of several columns are joined; `None` if
    /// it is a usual one of notes.
    pub(super) fn heading_of_notes(&self) -> Option<&str> {
        let heading = self.heading(Column::Remarks).filter(|_| !self.more_notes.is_empty())?;
        let usual = Named { column: Column::Remarks, claim: HeadingPriority::Usual };
        (column_of_heading(heading) != Some(usual)).then_some(heading)
    }

    /// Returns the heading of a column.
    pub(super) fn heading(&self, column: Column) -> Option<&str> {
        self.headings.get(&column).map(|(_, heading)| heading.as_ref())
    }

    /// Returns the place of a cell; without such a column, that of the commitment's text.
    pub(super) fn cell_ref(&self, row: u32, column: Column) -> CellRef {
        let line = self.rows.binary_search_by_key(&row, |line| line.number).ok().and_then(|at| self.rows.get(at));
        let has_value = |(at, _): &&(u32, Arc<str>)| line.is_some_and(|line| line.value(*at).is_some());
        let own = self.headings.get(&column);
        let fallback = self.fallbacks.get(&column).filter(has_value).filter(|_| own.filter(has_value).is_none());
        let stated = fallback.or(own).or_else(|| self.headings.get(&Column::Commitment));
        let (column, heading) = stated.or_else(|| self.headings.values().next()).cloned().unwrap_or_default();
        CellRef { sheet: Arc::clone(&self.name), row, column, heading }
    }

    /// Returns the columns in their order in the sheet.
    pub(super) fn columns(&self) -> Vec<Column> {
        let mut columns: Vec<(u32, Column)> = self.headings.iter().map(|(column, (at, _))| (*at, *column)).collect();
        columns.sort_unstable();
        columns.into_iter().map(|(_, column)| column).collect()
    }
}

/// The sheets of a file.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    pub matrices: Vec<MatrixSheet>,
    /// Sheets without the headings of a matrix.
    pub skipped_sheets: Vec<String>,
    /// Unknown headings, whose columns are ignored.
    pub skipped_columns: Vec<String>,
    /// Sheets that are left out, and why.
    pub left_out: Vec<LeftOut>,
    pub questions: Questions,
    /// Remarks on columns that are not read because a person named another one for their content.
    pub displaced: Vec<Fault>,
    /// The headings whose meaning is remembered from an earlier import.
    pub remembered: Vec<String>,
    /// Columns that several headings name and other faults of headings.
    pub faults: Vec<Fault>,
}

/// Finds the matrices of a file. A file without a matrix, or with more rows than a matrix may have, is refused.
pub(super) fn find_matrices(book: Book, choices: &Choices) -> Result<Sheets, Faults> {
    let mut sheets = Sheets { left_out: book.left_out, ..Sheets::default() };
    let mut others = Vec::new();
    for table in book.tables {
        match find_head(&table, choices) {
            Some(head) => sheets.add(table, head, choices),
            None => {
                sheets.skipped_sheets.push(table.sheet.clone());
                sheets.left_out.push(LeftOut::sheet(&table.sheet, LeftOutReason::NoHeadings));
                others.push(table);
            }
        }
    }
    let rows: usize = sheets.matrices.iter().map(|matrix| matrix.rows.len()).sum();
    match () {
        () if sheets.matrices.is_empty() => Err(no_matrix(&others)),
        () if rows > MOST_ROWS => Err(refused("rows")),
        () => Ok(sheets),
    }
}

/// Returns the columns of each sheet, from the row with the most known headings, so that a person can name the others.
pub(super) fn candidates(bytes: &[u8], name: &str, choices: &Choices) -> Vec<UnderstoodSheet> {
    let book = read_book(bytes, name, &choices.for_reading(), most_headings).unwrap_or_default();
    let sheet = |table: &Table| {
        let best = best_row(table.rows.iter().take(MOST_ROWS_ABOVE))?;
        let below = table.rows.partition_point(|line| line.number <= best.number);
        let columns = best.cells.iter().filter_map(|cell| {
            let Value::Text(text) = &cell.value else { return None };
            let (heading, examples) = (one_line(text), table.examples(cell.column, below));
            let (column, named) = (letters(cell.column), heading_of(&cell.value));
            let choice = choices.choice(&table.sheet, [&heading, ""], &column);
            Some(UnderstoodColumn { column, named, heading, examples, choice })
        });
        Some(UnderstoodSheet { name: table.sheet.clone(), columns: columns.collect(), ..UnderstoodSheet::default() })
    };
    book.tables.iter().filter_map(sheet).filter(|sheet| sheet.columns.len() > 1).collect()
}

/// Returns the row with the most known headings; of several, the first one with the most texts.
fn best_row<'t>(rows: impl Iterator<Item = &'t Line>) -> Option<&'t Line> {
    let named = |line: &Line| line.cells.iter().filter(|cell| heading_of(&cell.value).is_some()).count();
    let texts = |line: &Line| line.cells.iter().filter(|cell| matches!(cell.value, Value::Text(_))).count();
    let mut best: Option<((usize, usize), &Line)> = None;
    for line in rows {
        let key = (named(line), texts(line));
        if best.is_none_or(|(most, _)| key > most) {
            best = Some((key, line));
        }
    }
    best.map(|(_, line)| line)
}

/// Returns the fault of a file without a matrix: the headings that are known in the best row of its sheets, and the others
/// with the nearest ones. Headings are named in Spanish in both languages.
fn no_matrix(tables: &[Table]) -> Faults {
    let best = best_row(tables.iter().flat_map(|table| table.rows.iter().take(MOST_ROWS_ABOVE)));
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for text in best.into_iter().flat_map(|line| &line.cells).filter_map(|cell| match &cell.value {
        Value::Text(text) => Some(one_line(text)),
        _ => None,
    }) {
        let text: String = text.chars().take(60).collect();
        match (column_of_heading(&text), nearest(&text, Lang::Es)) {
            (Some(_), _) => known.push(format!("«{text}»")),
            (None, Some(near)) => unknown.push(format!("«{text}» (→ {near})")),
            (None, None) => unknown.push(format!("«{text}»")),
        }
    }
    let listed = |mut all: Vec<String>| {
        all.truncate(20);
        if all.is_empty() { "—".to_owned() } else { all.join(", ") }
    };
    let mut faults = refused("no_matrix");
    for fault in &mut faults.list {
        fault.args.push(("known", listed(known.clone())));
        fault.args.push(("unknown", listed(unknown.clone())));
    }
    faults
}

fn heading_of(value: &Value) -> Option<Column> {
    match value {
        Value::Text(text) => column_of_heading(text).map(|named| named.column),
        _ => None,
    }
}

impl Sheets {
    fn add(&mut self, mut table: Table, head: Head, choices: &Choices) {
        let name: Arc<str> = table.sheet.clone().into();
        let mut columns = Columns::of(&name, &head.headings, choices);
        let heading_rows: Vec<u32> =
            table.rows.get(head.first..=head.last).unwrap_or_default().iter().map(|line| line.number).collect();
        let number = heading_rows.last().copied().unwrap_or_default();
        let cell_ref = |at: u32| {
            let heading = head.headings.get(&at).map(|heading| heading.shown.as_str()).unwrap_or_default();
            CellRef { sheet: Arc::clone(&name), row: number, column: at, heading: heading.into() }
        };
        let instead_of = |columns: &Columns, at: u32| {
            columns.instead_of(at).map(|other| named_place(other, &cell_ref(other).heading))
        };
        for at in columns.same_priority.keys() {
            let (cell, other) = (cell_ref(*at), instead_of(&columns, *at).unwrap_or_default());
            self.faults.push(cell.fault("duplicate_column", Some(cell.heading.to_string()), vec![("other", other)]));
        }
        self.displaced.extend(columns.displaced(&name, &head.headings));
        let choice = |at: u32, heading: &Heading| choices.choice(&name, [&heading.shown, &heading.own], &letters(at));
        let is_remembered = |(at, one): &(&u32, &Heading)| {
            let known = one.named.map(|named| named.column);
            choice(**at, one).is_some_and(|choice| choice.remembered.is_some() && choice.column != known)
        };
        let remembered = head.headings.iter().filter(is_remembered).map(|(_, one)| one.shown.clone());
        self.remembered.extend(remembered.collect::<Vec<_>>());
        self.ask_about_completion(&table, &head, &mut columns, &cell_ref);
        let place = |column: Column| columns.place(column);
        if place(Column::Commitment).is_none() && place(Column::Code).is_none() {
            let args = vec![("sheet", name.to_string())];
            self.faults.push(Fault::new(format!("/{}", escaped(&name)), "no_commitment_column", args));
        }
        let mut left_out = std::mem::take(&mut table.left_out);
        leave_out_headings(&mut table, &head, &columns);
        let identifying = [Column::Commitment, Column::Code, Column::Agreement];
        let known = KnownColumns {
            number: place(Column::Number),
            identifying: identifying.into_iter().filter_map(place).collect(),
        };
        leave_out_rows(&mut table, &known);
        left_out.append(&mut table.left_out);
        for (at, heading) in &head.headings {
            if columns.column_at(*at).is_none() && !columns.same_priority.contains_key(at) {
                self.skipped_columns.push(format!("{name}!{} {}", cell_ref(*at).cell(), heading.shown));
                let shown = Value::Text(heading.shown.as_str().into());
                let left = LeftOut::column(&name, *at, columns.reason_not_read(*at), Some(&shown));
                let instead = instead_of(&columns, *at);
                left_out.push(LeftOut { examples: table.examples(*at, 0), instead, ..left });
            }
        }
        for at in crate::db::unique(table.rows.iter().flat_map(|line| &line.cells).map(|cell| cell.column)) {
            if !head.headings.contains_key(&at) {
                let left = LeftOut::column(&name, at, LeftOutReason::EmptyHeading, None);
                left_out.push(LeftOut { examples: table.examples(at, 0), ..left });
            }
        }
        let heading = |at| head.headings.get(&at).map(|one| one.shown.clone()).unwrap_or_default();
        let columns_of = |(at, one): (&u32, &Heading)| UnderstoodColumn {
            column: letters(*at),
            heading: one.shown.clone(),
            named: columns.column_at(*at),
            examples: table.examples(*at, 0),
            choice: choice(*at, one),
        };
        let understood_columns = head.headings.iter().map(columns_of).collect();
        left_out.extend(leave_out_replaced(&mut table, &columns.chosen, &columns.fallbacks, heading));
        let understood = UnderstoodSheet {
            name: name.to_string(),
            heading_rows,
            columns: understood_columns,
            left_out: left_out.iter().map(Into::into).collect(),
        };
        let shown = |at: u32| head.headings.get(&at).map(|one| one.shown.as_str()).unwrap_or_default().into();
        self.matrices.push(MatrixSheet {
            name,
            has_own_codes: columns.is_chosen_by_hand(Column::Code),
            headings: columns.chosen.iter().map(|(column, (at, _))| (*column, (*at, shown(*at)))).collect(),
            fallbacks: columns.fallbacks.iter().map(|(column, (at, _))| (*column, (*at, shown(*at)))).collect(),
            more_notes: columns.more_notes.iter().map(|at| (*at, shown(*at))).collect(),
            rows: table.rows,
            since_1904: table.since_1904,
            understood,
        });
    }

    /// Asks about a date that may be the day of completion or the last day: when no other column states a term, and it has
    /// a day in a row whose state is not completed.
    fn ask_about_completion(
        &mut self,
        table: &Table,
        head: &Head,
        columns: &mut Columns,
        cell_ref: &impl Fn(u32) -> CellRef,
    ) {
        let Some((at, claim)) = columns.chosen.get(&Column::DoneOn).copied() else { return };
        let Some(heading) = head.headings.get(&at).filter(|_| claim != HeadingPriority::Chosen) else { return };
        let has_term = columns.chosen.contains_key(&Column::Term) || columns.chosen.contains_key(&Column::DueDate);
        if has_term || !is_either(&heading.own) {
            return;
        }
        let state = columns.chosen.get(&Column::State).map(|(at, _)| *at);
        let is_open = |line: &&Line| {
            let completed = Some(StateValue::Reported(ReportedStatus::Completed));
            let state = state.and_then(|at| line.value(at)).and_then(|value| read_state(&value.shown()));
            line.value(at).is_some_and(|value| !value.shown().is_empty()) && state != completed
        };
        let rows: Vec<u32> = table.rows.iter().skip(head.last + 1).filter(is_open).map(|line| line.number).collect();
        let Some(first) = rows.first().copied() else { return };
        columns.chosen.remove(&Column::DoneOn);
        let cell = cell_ref(at);
        self.faults.push(cell.fault("either_date", Some(heading.shown.clone()), vec![("other", first.to_string())]));
        self.questions.add(Question {
            id: format!("{COLUMN_QUESTION}{}!{}", cell.sheet, heading.shown),
            sheet: cell.sheet.to_string(),
            column: Some(letters(at)),
            rows,
            text_key: "question-either-date",
            args: vec![("heading", heading.shown.clone())],
            options: [Column::DueDate, Column::DoneOn]
                .map(|column| (column.as_str().to_owned(), Label::Column(column)))
                .into_iter()
                .chain([(NONE.to_owned(), Label::Key("answer-leave-out"))])
                .collect(),
            given: None,
        });
    }
}

/// Leaves out the rows above the headings and the headings, also where printed pages repeat them.
fn leave_out_headings(table: &mut Table, head: &Head, columns: &Columns) {
    let Some(top) = table.rows.get(head.last).cloned() else { return };
    let places: Vec<u32> = columns.chosen.values().map(|(at, _)| *at).collect();
    let repeats = |line: &Line| {
        places.iter().filter(|at| line.value(**at).is_some() && line.value(**at) == top.value(**at)).count()
            >= MIN_HEADINGS
    };
    let mut at = 0;
    let Table { sheet, rows, left_out, .. } = table;
    rows.retain(|line| {
        let here = at;
        at += 1;
        let why = match () {
            () if here < head.first => LeftOutReason::AboveTable,
            () if here <= head.last => return false,
            () if repeats(line) => LeftOutReason::RepeatedHeadings,
            () => return true,
        };
        left_out.push(LeftOut::row(sheet, line, why));
        false
    });
}
