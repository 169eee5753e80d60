//! The doors of the papers.

mod documents;
mod tables;

use actix_web::http::header;
use actix_web::{HttpResponse, HttpResponseBuilder};
use tokio::sync::Semaphore;
use utoipa::ToSchema;

use super::{Document, PaperFormat};
use crate::error::Result;
use crate::http::compute;

/// Every route of this slice.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(documents::report_document).service(documents::minutes_document);
    cfg.service(documents::follow_up_document);
    cfg.service(tables::show_registry);
}

/// The bytes of a file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct FileBytes(#[expect(dead_code, reason = "describes an answer in the OpenAPI document")] Vec<u8>);

/// How many papers are written at a time; the others wait without a thread.
static PRESSES: Semaphore = Semaphore::const_new(2);

async fn send(document: Document, format: PaperFormat, stem: &str) -> Result<HttpResponse> {
    let name = format!("{stem}.{format}");
    let bytes = compute(&PRESSES, move || document.write(format)).await?;
    Ok(attached(format.media_type(), &name).body(bytes))
}

fn attached(media_type: &str, name: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .content_type(media_type)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    response
}
