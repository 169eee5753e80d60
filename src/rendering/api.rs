//! Answers that are documents and spreadsheets.

use std::fs::File;

use actix_web::http::header;
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::Deserialize;
use tokio::sync::Semaphore;
use utoipa::{IntoParams, ToSchema};

use super::{Document, DocumentFormat};
use crate::error::{Error, Result};
use crate::http::{compute, file_body};
use crate::i18n::Lang;
use crate::text::fold_words;

/// The media type of a workbook.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The media type of a table as CSV.
pub(crate) const CSV: &str = "text/csv; charset=utf-8";

/// The bytes of a file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(crate) struct FileBytes(#[expect(dead_code, reason = "describes an answer in the OpenAPI document")] Vec<u8>);

/// The query of a document.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DocumentQuery {
    /// `md` (the default), `docx` or `pdf`.
    #[param(inline, example = "pdf")]
    pub format: Option<DocumentFormat>,
    /// The language: `es` or `en`; by default that of the country.
    #[param(inline, example = "es")]
    pub lang: Option<Lang>,
}

/// The maximum length of the name of a file, without extension.
const LONGEST_STEM: usize = 90;

/// Returns the name of a file without extension, made of the title of its content and of what distinguishes it from others:
/// small letters without accents, digits and hyphens. A long title is cut after a word; the other parts stay.
pub(crate) fn file_stem(parts: &[&str]) -> String {
    let words = |text: &str| fold_words(text).replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let mut parts = parts.iter().map(|part| words(part)).filter(|part| !part.is_empty());
    let title = parts.next().unwrap_or_default();
    let others: String = parts.map(|part| format!("-{part}")).collect();
    let room = LONGEST_STEM.saturating_sub(others.len());
    let title = match title.char_indices().nth(room) {
        Some((end, _)) => title.get(..end).and_then(|cut| cut.rsplit_once('-')).map_or("", |(whole, _)| whole),
        None => &title,
    };
    format!("{title}{others}").trim_matches('-').to_owned()
}

/// The number of documents that are written at a time; the others wait without a thread.
static RENDERERS: Semaphore = Semaphore::const_new(2);

/// Writes a document on a blocking thread and sends it as `{stem}.{format}`.
pub(crate) async fn send_document(document: Document, format: DocumentFormat, stem: &str) -> Result<HttpResponse> {
    send_bytes(format, stem, move || document.write(format)).await
}

/// Makes the bytes of a document on a blocking thread and sends them as `{stem}.{format}`.
pub(crate) async fn send_bytes(
    format: DocumentFormat,
    stem: &str,
    make: impl FnOnce() -> Result<Vec<u8>> + Send + 'static,
) -> Result<HttpResponse> {
    let name = format!("{stem}.{format}");
    let bytes = render(make).await?;
    Ok(attached(format.media_type(), &name).body(bytes))
}

/// Runs work that writes documents on a blocking thread.
pub(crate) async fn render<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    compute(&RENDERERS, work).await
}

/// Sends a file as an attachment.
pub(crate) fn send_file(file: File, media_type: &str, name: &str) -> Result<HttpResponse> {
    let size = file.metadata().map_err(Error::internal)?.len();
    Ok(attached(media_type, name).body(file_body(file, size)))
}

/// Begins an answer that is an attachment.
pub(crate) fn attached(media_type: &str, name: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .content_type(media_type)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_has_the_words_of_the_title() {
        assert_eq!(file_stem(&["Acta: III sesión (ordinaria)", "2023-06-15"]), "acta-iii-sesion-ordinaria-2023-06-15");
        assert_eq!(file_stem(&["Registro", "CL", ""]), "registro-cl");
        let long = file_stem(&[&"Informe trimestral ".repeat(9), "2023"]);
        assert!(long.len() <= LONGEST_STEM && long.ends_with("-informe-2023"), "{long}");
        assert_eq!(file_stem(&["\"; rm\r\n", "x"]), "rm-x");
    }
}
