//! `/files`.

use actix_multipart::Field;
use actix_web::http::header;
use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType};
use actix_web::web::{Path, Payload, block};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use utoipa::ToSchema;

use super::actions;
use super::model::StoredFile;
use crate::clock::new_id;
use crate::db::FileId;
use crate::error::{Error, Result};
use crate::http::{Body, BodyTimeouts, etag_of, file_body, in_time, not_modified, read_form, store_part};
use crate::identity::Caller;
use crate::storage::{FileStore, Stored};

/// Mounts the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(create).service(fetch).service(remove);
}

/// One file, as a form sends it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form in the OpenAPI document")]
pub(super) struct UploadForm {
    /// The file, at most 25 MiB.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// Upload a file
///
/// Accepts a `multipart/form-data` body with one part named `file`, at most 25 MiB. The type is determined from the
/// content. A program or script is refused with 415 `executable_file`. The uploads of one person take at most
/// `ARTICULA_QUOTA_FILES` (500 MiB); beyond that the answer is 413 `quota_exceeded`. An upload that no record cites
/// within 30 days is removed.
///
/// Permissions: admin, coordinators, secretariats, representatives.
#[utoipa::path(tag = "files", request_body(content = inline(UploadForm), content_type = "multipart/form-data"), responses((status = 201, description = "Uploaded", body = StoredFile)))]
#[post("/api/v1/files")]
pub(crate) async fn create(caller: Caller, request: HttpRequest, payload: Payload) -> Result<HttpResponse> {
    let quota = caller.state.config.quota_files;
    caller.read(move |conn, actor| actions::require_uploader(conn, actor, quota)).await?;
    let store = FileStore::open(&caller.state.config.files_url)?;
    let id: FileId = new_id(caller.state.now());
    let (name, stored) = in_time(BodyTimeouts::of(&request).upload, receive(&request, payload, &store, id)).await?;
    let raw = format!("{name}\n{}", stored.sha256).into_bytes();
    let body = Body::sound(raw, (name, stored));
    let location = |file: &StoredFile| format!("/api/v1/files/{}", file.id);
    let record = move |tx: &mut crate::db::Tx<'_>, actor: &_, (name, stored): (String, Stored)| {
        actions::record(tx, actor, (id, quota), (&name, &stored))
    };
    let answer = caller.create(body, location, record).await;
    if is_unrecorded(id, &answer) {
        store.remove(id.into());
    }
    answer
}

/// Returns true if no record of the file can exist: it was refused, or the answer to an earlier request was repeated.
/// After any other failure the record may exist; a job removes files without a record later.
fn is_unrecorded(id: FileId, answer: &Result<HttpResponse>) -> bool {
    match answer {
        Ok(answer) => {
            let at = answer.headers().get(header::LOCATION).and_then(|at| at.to_str().ok());
            !at.is_some_and(|at| at.ends_with(&id.to_string()))
        }
        Err(error) => error.status().is_client_error(),
    }
}

/// Reads the form and stores its file; nothing is stored of a form with a fault.
async fn receive(request: &HttpRequest, payload: Payload, store: &FileStore, id: FileId) -> Result<(String, Stored)> {
    let read = async |part: &mut Field| store_part(part, store.begin(id.into())?).await;
    let ((name, upload, size), mut faults) = read_form(request, payload, read).await?;
    if size == 0 {
        faults.add("/file", "blank");
    }
    faults.into_result()?;
    let stored = block(move || upload.finish()).await.map_err(Error::internal)??;
    Ok((name, stored))
}

/// Fetch a file, as an attachment
///
/// Permissions: its uploader, admins, and everyone who may read a record that cites it.
#[utoipa::path(tag = "files", responses((status = 200, description = "The bytes, with the media type that the file has", content_type = "*/*", headers(("ETag" = String, description = "The tag of the content")))))]
#[get("/api/v1/files/{id}")]
pub(crate) async fn fetch(caller: Caller, id: Path<FileId>) -> Result<HttpResponse> {
    send_file(caller, id.into_inner()).await
}

/// Sends the bytes of a file to a person who may fetch it.
pub(super) async fn send_file(caller: Caller, id: FileId) -> Result<HttpResponse> {
    let store = FileStore::open(&caller.state.config.files_url)?;
    let caller = caller.fetching(id);
    let (file, _) = caller.read(move |conn, actor| actions::fetch(conn, actor, id)).await?;
    let etag = etag_of(&serde_json::to_string(&file).map_err(Error::internal)?);
    if caller.knows(&etag) {
        return Ok(not_modified(etag));
    }
    let bytes = block(move || store.read(id.into())).await.map_err(Error::internal)??;
    let size = u64::try_from(file.size).unwrap_or_default();
    // A file is `text/plain` only if its beginning is UTF-8.
    let media_type = match file.media_type.as_str() {
        "text/plain" => "text/plain; charset=utf-8",
        other => other,
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header(attachment(&file.name))
        .insert_header((header::ETAG, etag))
        .body(file_body(bytes, size)))
}

/// Delete a file
///
/// Deletes an upload that no record cites; 409 `in_use` for one that a record cites.
///
/// Permissions: its uploader, admins.
#[utoipa::path(tag = "files", responses((status = 204, description = "Deleted"), (status = 409, description = "A record cites it", body = crate::http::Problem)))]
#[delete("/api/v1/files/{id}")]
pub(crate) async fn remove(caller: Caller, id: Path<FileId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let store = FileStore::open(&caller.state.config.files_url)?;
    let load = move |tx: &mut crate::db::Tx<'_>, actor: &_| Ok(actions::fetch(tx.conn, actor, id)?.0);
    let answer = caller.delete(load, |tx, actor, file| actions::remove(tx, actor, &file)).await?;
    block(move || store.remove(id.into())).await.map_err(Error::internal)?;
    Ok(answer)
}

fn attachment(name: &str) -> ContentDisposition {
    let plain: String = name.chars().map(|c| if c.is_ascii() && c != '"' && c != '\\' { c } else { '_' }).collect();
    let exact = header::ExtendedValue {
        charset: header::Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.as_bytes().to_vec(),
    };
    let parameters = vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(exact)];
    ContentDisposition { disposition: DispositionType::Attachment, parameters }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    #[test]
    fn bytes_are_removed_only_when_no_record_can_exist() {
        let id: FileId = new_id(crate::clock::Clock::System.now());
        let created = |of: &str| Ok(HttpResponse::Created().insert_header((header::LOCATION, of)).finish());
        assert!(!is_unrecorded(id, &created(&format!("/api/v1/files/{id}"))));
        assert!(is_unrecorded(id, &created("/api/v1/files/0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e")));
        assert!(is_unrecorded(id, &Err(Code::QuotaExceeded.into())));
        assert!(!is_unrecorded(id, &Err(Code::Unavailable.into())), "the database may have kept it");
    }
}
