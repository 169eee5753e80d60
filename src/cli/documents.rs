//! Writes the documents of a session, and the follow-up matrix.

use crate::access::Visibility;
use crate::commitments::{CommitmentFilter, SheetGroup, follow_up_sheet, sheet_record};
use crate::directory::country;
use crate::error::{Code, Error};
use crate::http::State;
use crate::i18n::Lang;
use crate::identity::Actor;
use crate::matrix::{MatrixQuery, matrix_csv, matrix_workbook};
use crate::minutes::acta_file;
use crate::rendering::{self, Document, Separator};

use super::data::no_country;
use super::output::{copy, write};
use super::{DocumentArgs, DocumentFormat, MatrixFormat, Sentence, sentence};

/// Writes the acta of a session.
pub(super) fn acta(state: &State, args: &DocumentArgs) -> Result<(), Sentence> {
    let file = acta_file(&state.db, state.now(), args.session, format_of(args));
    let file = file.map_err(|error| missing(error, "there is no session with minutes of that id"))?;
    write(args.output.as_deref(), &file)
}

/// Writes the follow-up sheet of a session.
pub(super) fn follow_up(state: &State, args: &DocumentArgs) -> Result<(), Sentence> {
    let record = state.db.snapshot(|conn| sheet_record(conn, &Actor::program(), args.session, state.now()));
    let record = record.map_err(|error| missing(error, "there is no session of that id"))?;
    write_document(args, &follow_up_sheet(&record, Lang::Es, SheetGroup::Agreement))
}

fn write_document(args: &DocumentArgs, document: &Document) -> Result<(), Sentence> {
    write(args.output.as_deref(), &document.write(format_of(args)).map_err(sentence)?)
}

fn format_of(args: &DocumentArgs) -> rendering::DocumentFormat {
    match args.format {
        DocumentFormat::Md => rendering::DocumentFormat::Markdown,
        DocumentFormat::Docx => rendering::DocumentFormat::Docx,
        DocumentFormat::Pdf => rendering::DocumentFormat::Pdf,
    }
}

fn missing(error: Error, message: &str) -> Sentence {
    if error.code == Code::NotFound { message.to_owned() } else { sentence(error) }
}

/// Writes a country's follow-up matrix.
pub(super) fn matrix(
    state: &State,
    code: &str,
    format: MatrixFormat,
    output: Option<&std::path::Path>,
) -> Result<(), Sentence> {
    let filter = CommitmentFilter { country_code: Some(code.to_owned()), ..CommitmentFilter::default() };
    let matrix = MatrixQuery { filter, visibility: Visibility::everything(), lang: Lang::Es, now: state.now() };
    let file = state.db.snapshot(|conn| {
        country(conn, code)?;
        match format {
            MatrixFormat::Xlsx => matrix_workbook(conn, &matrix),
            MatrixFormat::Csv => matrix_csv(conn, &matrix, Separator::Comma),
        }
    });
    let (file, _) = file.map_err(|error| no_country(error, code))?;
    copy(output, file)
}
