//! The columns of a follow-up matrix with their headings, for import and export, and the sheets of a file that have them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::reading::{Grid, MOST_ROWS, MOST_ROWS_ABOVE, Row, Value, letters, refused};
use super::words::{fold, is_listed};
use crate::db::unique;
use crate::error::{Args, Fault, Faults, escaped};
use crate::i18n::Lang;

/// The content of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Column {
    /// The number of the row, or the commitment's code.
    Number,
    /// The commitment's own code.
    Code,
    Commission,
    Session,
    SessionDate,
    Agreement,
    Commitment,
    Responsible,
    CoResponsible,
    /// The term in words.
    Term,
    /// The last day.
    DueDate,
    State,
    Percent,
    Evidence,
    DoneOn,
    Remarks,
}

/// The headings of a column. The import reads the Spanish ones.
pub(super) struct Headings {
    pub column: Column,
    pub es: &'static str,
    pub en: &'static str,
    /// The width in the export, in characters; 0 for a column that is only read.
    pub width: u16,
    /// The headings that the import accepts, folded, with `|` between them.
    pub accepted: &'static str,
}

impl Headings {
    pub(super) fn in_language(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Es => self.es,
            Lang::En => self.en,
        }
    }
}

const fn headings(column: Column, es: &'static str, en: &'static str, width: u16, accepted: &'static str) -> Headings {
    Headings { column, es, en, width, accepted }
}

/// The columns in the order of the export.
pub(super) const COLUMNS: &[Headings] = &[
    headings(Column::Number, "N°", "No.", 18, "n|no|nro|num|numero|item"),
    headings(Column::Code, "Código", "Code", 0, "codigo|cod|codigo del compromiso|codigo compromiso|code"),
    headings(
        Column::Commission,
        "Comisión",
        "Commission",
        18,
        "comision|comite|comision o comite|comision comite|mesa|instancia",
    ),
    headings(Column::Session, "Sesión", "Session", 30, "sesion|n de acta|acta|reunion|n de sesion|nombre de la sesion"),
    headings(
        Column::SessionDate,
        "Fecha de la sesión",
        "Date of the session",
        14,
        "fecha de la sesion|fecha de sesion|fecha sesion|fecha de la reunion|fecha de reunion|fecha del acta|fecha acta",
    ),
    headings(Column::Agreement, "Acuerdo", "Agreement", 40, "acuerdo|n de acuerdo|acuerdo adoptado|texto del acuerdo"),
    headings(
        Column::Commitment,
        "Compromiso",
        "Commitment",
        50,
        "compromiso|tarea|compromiso tarea|compromiso o tarea|accion|actividad comprometida|texto del compromiso",
    ),
    headings(
        Column::Responsible,
        "Responsable(s)",
        "Responsible",
        36,
        "responsable|responsables|institucion responsable|instituciones responsables|entidad responsable|entidades responsables|responsable del compromiso",
    ),
    headings(
        Column::CoResponsible,
        "Corresponsable(s)",
        "Co-responsible",
        30,
        "corresponsable|corresponsables|corresponsable apoyo|corresponsable o apoyo|apoyo|instituciones corresponsables",
    ),
    headings(Column::Term, "Plazo", "Term", 26, "plazo|plazo texto|plazo de cumplimiento|plazo de ejecucion"),
    headings(
        Column::DueDate,
        "Fecha límite",
        "Last day",
        14,
        "fecha limite|fecha de vencimiento|vencimiento|vence|fecha limite de cumplimiento|fecha fin|fecha de termino",
    ),
    headings(
        Column::State,
        "Estado",
        "Status",
        14,
        "estado|estado actual|estado de avance|situacion|estado del compromiso|estado de cumplimiento",
    ),
    headings(
        Column::Percent,
        "% Avance",
        "% Done",
        10,
        "avance|porcentaje de avance|porcentaje|de avance|porcentaje avance|avance porcentaje",
    ),
    headings(
        Column::DoneOn,
        "Fecha de cumplimiento",
        "Completed on",
        14,
        "fecha de cumplimiento|fecha cumplimiento|cumplido el|fecha de ejecucion",
    ),
    headings(
        Column::Evidence,
        "Medio de verificación",
        "Means of verification",
        40,
        "medio de verificacion|medios de verificacion|evidencia|evidencias|sustento|verificable|verificador|fuente de verificacion",
    ),
    headings(
        Column::Remarks,
        "Observaciones",
        "Remarks",
        40,
        "observaciones|observacion|comentarios|comentario|nota|notas|detalle del avance|descripcion del avance",
    ),
];

/// Returns the column that a heading names, whatever its case, accents and punctuation.
pub(super) fn column_of_heading(heading: &str) -> Option<Column> {
    if heading.trim() == "#" {
        return Some(Column::Number);
    }
    // "Responsable(s)", "Medio(s) de verificación".
    let folded = fold(&heading.to_lowercase().replace("(s)", "").replace("(es)", ""));
    COLUMNS.iter().find(|one| is_listed(one.accepted, &folded)).map(|one| one.column)
}

/// The minimum number of known headings in the row of headings.
const MIN_HEADINGS: usize = 3;

/// The place of a cell, as a fault shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellRef {
    pub sheet: Arc<str>,
    pub row: u32,
    pub column: u32,
    pub heading: Arc<str>,
}

impl CellRef {
    /// `G12`.
    pub(super) fn cell(&self) -> String {
        format!("{}{}", letters(self.column), self.row)
    }

    /// Returns a fault of this cell with its value.
    pub(super) fn fault(&self, code: &'static str, value: Option<String>, mut args: Args) -> Fault {
        args.push(("sheet", self.sheet.to_string()));
        args.push(("row", self.row.to_string()));
        args.push(("column", letters(self.column)));
        args.push(("heading", self.heading.to_string()));
        args.extend(value.map(|value| ("value", value.chars().take(200).collect())));
        Fault::new(format!("/{}/{}", escaped(&self.sheet), self.cell()), code, args)
    }
}

/// A sheet that is a matrix.
#[derive(Debug, Clone)]
pub(super) struct MatrixSheet {
    pub name: Arc<str>,
    headings: BTreeMap<Column, (u32, Arc<str>)>,
    pub rows: Vec<Row>,
    /// Its days are counted from 1904, so that a bare number is not a day of the usual count.
    pub since_1904: bool,
}

impl MatrixSheet {
    /// Returns the value of a row under a heading.
    pub(super) fn value<'r>(&self, row: &'r Row, column: Column) -> Option<&'r Value> {
        row.cells.get(&self.headings.get(&column)?.0)
    }

    /// Returns the place of a cell; without such a column, that of the commitment's text.
    pub(super) fn cell_ref(&self, row: u32, column: Column) -> CellRef {
        let stated = self.headings.get(&column).or_else(|| self.headings.get(&Column::Commitment));
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
}

/// Finds the matrices of a file. A file without a matrix, or with more rows than a matrix may have, is refused. The
/// faults are those of the headings themselves.
pub(super) fn find_matrices(grids: Vec<Grid>, faults: &mut Faults) -> Result<Sheets, Faults> {
    let mut sheets = Sheets::default();
    for grid in grids {
        match heading_row(&grid) {
            Some(at) => sheets.add(grid, at, faults),
            None => sheets.skipped_sheets.push(grid.name),
        }
    }
    let rows: usize = sheets.matrices.iter().map(|matrix| matrix.rows.len()).sum();
    match () {
        () if sheets.matrices.is_empty() => Err(refused("no_matrix")),
        () if rows > MOST_ROWS => Err(refused("rows")),
        () => Ok(sheets),
    }
}

fn heading(value: &Value) -> Option<Column> {
    match value {
        Value::Text(text) => column_of_heading(text),
        _ => None,
    }
}

fn known_headings(row: &Row) -> Vec<Column> {
    unique(row.cells.values().filter_map(heading))
}

/// Returns the number of known headings in the row that has the most of them.
pub(super) fn most_headings(grid: &Grid) -> usize {
    grid.rows.iter().take(MOST_ROWS_ABOVE).map(|row| known_headings(row).len()).max().unwrap_or_default()
}

/// Returns the first row with enough known headings, among them one that identifies a commitment.
fn heading_row(grid: &Grid) -> Option<usize> {
    let identifying = [Column::Commitment, Column::Code, Column::Agreement];
    grid.rows.iter().take(MOST_ROWS_ABOVE).position(|row| {
        let known = known_headings(row);
        known.len() >= MIN_HEADINGS && known.iter().any(|column| identifying.contains(column))
    })
}

impl Sheets {
    fn add(&mut self, grid: Grid, at: usize, faults: &mut Faults) {
        let name: Arc<str> = grid.name.into();
        let mut rows = grid.rows.into_iter().skip(at);
        let Some(top) = rows.next() else { return };
        let cell_ref = |column, heading| CellRef { sheet: Arc::clone(&name), row: top.number, column, heading };
        let mut headings: BTreeMap<Column, (u32, Arc<str>)> = BTreeMap::new();
        for (at, value) in &top.cells {
            let shown: Arc<str> = value.shown().split_whitespace().collect::<Vec<_>>().join(" ").into();
            let cell = cell_ref(*at, Arc::clone(&shown));
            match heading(value) {
                None => self.skipped_columns.push(format!("{name}!{} {shown}", cell.cell())),
                Some(column) if headings.contains_key(&column) => {
                    faults.list.push(cell.fault("duplicate", Some(shown.to_string()), Vec::new()));
                }
                Some(column) => {
                    headings.insert(column, (*at, shown));
                }
            }
        }
        if !headings.contains_key(&Column::Commitment) && !headings.contains_key(&Column::Code) {
            faults.list.push(cell_ref(0, "Compromiso".into()).fault("required", None, Vec::new()));
        }
        // Printed pages repeat the headings.
        let repeated = |row: &Row| headings.values().filter(|(at, _)| row.cells.get(at) == top.cells.get(at)).count();
        let rows = rows.filter(|row| !row.is_title && repeated(row) < MIN_HEADINGS).collect();
        self.matrices.push(MatrixSheet { name, rows, headings, since_1904: grid.since_1904 });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headings_are_known_in_their_usual_forms() {
        for (heading, expected) in [
            ("N°", Column::Number),
            ("Nº", Column::Number),
            ("Nro.", Column::Number),
            ("#", Column::Number),
            ("Código", Column::Code),
            ("COMISIÓN", Column::Commission),
            ("Sesión", Column::Session),
            ("N° de acta", Column::Session),
            ("Fecha de la sesión", Column::SessionDate),
            ("Acuerdo", Column::Agreement),
            ("Compromiso / Tarea", Column::Commitment),
            ("Responsable(s)", Column::Responsible),
            ("RESPONSABLES:", Column::Responsible),
            ("Corresponsable / Apoyo", Column::CoResponsible),
            ("Plazo", Column::Term),
            ("Plazo (texto)", Column::Term),
            ("Fecha\nlímite", Column::DueDate),
            ("Estado", Column::State),
            ("% Avance", Column::Percent),
            ("% de avance", Column::Percent),
            ("Medio(s) de verificación", Column::Evidence),
            ("Fecha de cumplimiento", Column::DoneOn),
            ("  observaciones ", Column::Remarks),
        ] {
            assert_eq!(column_of_heading(heading), Some(expected), "{heading}");
        }
        for other in ["", "Tema", "Presupuesto", "Fecha", "%%%"] {
            assert_eq!(column_of_heading(other), None, "{other}");
        }
    }

    #[test]
    fn the_import_reads_the_spanish_headings_of_the_export() {
        for one in COLUMNS {
            assert_eq!(column_of_heading(one.es), Some(one.column), "{}", one.es);
        }
    }

    proptest! {
        #[test]
        fn case_accents_and_punctuation_do_not_matter(at in 0..COLUMNS.len(), upper in any::<bool>(), mark in "[ .:()*]{0,3}") {
            let Headings { column: expected, accepted, .. } = COLUMNS[at];
            let name = accepted.split('|').next().unwrap().replace("on", "ón");
            let written = format!("{mark}{}{mark}", if upper { name.to_uppercase() } else { name });
            prop_assert_eq!(column_of_heading(&written), Some(expected), "{}", written);
        }

        #[test]
        fn any_text_is_a_heading_or_none(text in "\\PC{0,60}") {
            let _ = column_of_heading(&text);
        }
    }
}
