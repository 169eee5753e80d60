//! Files of forms, and `/files/{id}` for browsers.

use std::io::Read;

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};

use super::actions;
use super::api::send_file;
use crate::db::{FileId, Tx};
use crate::error::{Code, Error, Result};
use crate::identity::{Actor, Submission, Visitor};
use crate::storage::FileStore;

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(fetch);
}

/// Fetch a file, as an attachment
///
/// Permissions: its uploader, admins, and everyone who may read a record that cites it.
#[get("/files/{id}")]
pub(crate) async fn fetch(visitor: Visitor, id: Path<FileId>) -> Result<HttpResponse> {
    send_file(visitor.into_caller(), id.into_inner()).await
}

/// Returns the name and the bytes of a file that the person has uploaded.
pub(crate) async fn own_file(visitor: &Visitor, id: FileId) -> Result<(String, Vec<u8>)> {
    let name = visitor.read_unshown(move |conn, actor| actions::own_file_name(conn, actor, id)).await?;
    let url = visitor.state.config.files_url.clone();
    let read = move || {
        let mut bytes = Vec::new();
        FileStore::open(&url)?.read(id.into())?.read_to_end(&mut bytes).map_err(Error::internal)?;
        Ok(bytes)
    };
    Ok((name, visitor.compute(read).await?))
}

/// Records the files of a form, also when another field has a fault: the form then shows that they were received. The
/// field `x/file` gets the id in `x/file_id` and the name in `x/file_name`; a file that is refused is a fault of its field.
pub(crate) async fn keep_files(submission: &mut Submission) -> Result<()> {
    if submission.form.fields.get("discard").is_some() {
        return Ok(());
    }
    let quota = submission.state.config.quota_files;
    for file in submission.take_files() {
        let sent = file.clone();
        let record = move |tx: &mut Tx<'_>, actor: &Actor| {
            actions::record(tx, actor, (sent.id, quota), (&sent.name, &sent.stored)).map(|_| ())
        };
        match submission.write(record).await {
            Ok(()) => {
                submission.form.fields.set(&format!("{}_id", file.field), file.id);
                submission.form.fields.set(&format!("{}_name", file.field), &file.name);
            }
            Err(error) if error.code == Code::QuotaExceeded => {
                FileStore::open(&submission.state.config.files_url)?.remove(file.id.into());
                let args = vec![("quota", quota.to_string())];
                submission.form.faults.add_with(format!("/{}", file.field), "quota_exceeded", args);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
