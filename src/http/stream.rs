//! Files on their way out.

use std::fs::File;
use std::io::Read;

use actix_web::body::SizedStream;
use actix_web::web::{Bytes, block};
use futures_util::{TryStreamExt, stream};

use crate::error::{Error, Result};

/// A body that reads its file as the caller takes it.
pub type FileBody = SizedStream<std::pin::Pin<Box<dyn futures_util::Stream<Item = Result<Bytes, actix_web::Error>>>>>;

/// The file from its beginning, `size` bytes long.
pub fn file_body(file: File, size: u64) -> FileBody {
    SizedStream::new(size, Box::pin(pieces(file).map_err(actix_web::Error::from)))
}

/// A file's bytes, read piece by piece away from the async threads.
fn pieces(file: File) -> impl futures_util::Stream<Item = Result<Bytes>> {
    stream::try_unfold(file, |mut file| async move {
        let read = move || {
            let mut piece = Vec::with_capacity(64 * 1024);
            let took = file.by_ref().take(64 * 1024).read_to_end(&mut piece);
            took.map(|_| (piece, file))
        };
        let (piece, file) = block(read).await.map_err(Error::internal)?.map_err(Error::internal)?;
        Ok((!piece.is_empty()).then(|| (Bytes::from(piece), file)))
    })
}
