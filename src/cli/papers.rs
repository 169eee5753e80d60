//! Documents of a session, and the follow-up matrix.

use crate::access::Visibility;
use crate::commitments::CommitmentFilter;
use crate::directory::country;
use crate::error::{Code, Error};
use crate::http::State;
use crate::i18n::Lang;
use crate::identity::Actor;
use crate::matrix::{MatrixQuery, matrix_csv, matrix_workbook};
use crate::meetings::session_record;
use crate::rendering::{self, Document, PaperFormat, Separator, follow_up_sheet, sheet_record};

use super::data::{copy, no_country, write};
use super::{DocumentFormat, MatrixFormat, PaperOf, Sentence, told};

/// Writes the acta of a session.
pub fn acta(state: &State, paper: &PaperOf) -> Result<(), Sentence> {
    let record = state.db.snapshot(|conn| session_record(conn, &Actor::program(), paper.session));
    let record = record.map_err(|error| missing(error, "there is no session with minutes of that id"))?;
    put(paper, &rendering::acta(&record, Lang::Es))
}

/// Writes the follow-up sheet of a session.
pub fn follow_up(state: &State, paper: &PaperOf) -> Result<(), Sentence> {
    let record = state.db.snapshot(|conn| sheet_record(conn, &Actor::program(), paper.session, state.now()));
    let record = record.map_err(|error| missing(error, "there is no session of that id"))?;
    put(paper, &follow_up_sheet(&record, Lang::Es))
}

fn put(paper: &PaperOf, document: &Document) -> Result<(), Sentence> {
    let format = match paper.format {
        DocumentFormat::Md => PaperFormat::Markdown,
        DocumentFormat::Docx => PaperFormat::Docx,
        DocumentFormat::Pdf => PaperFormat::Pdf,
    };
    write(paper.output.as_deref(), &document.write(format).map_err(told)?)
}

fn missing(error: Error, sentence: &str) -> Sentence {
    if error.code == Code::NotFound { sentence.to_owned() } else { told(error) }
}

/// Writes a country's follow-up matrix.
pub fn matrix(
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
