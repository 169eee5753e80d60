//! The imports of matrices that created or changed a commitment.

use diesel::prelude::*;

use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::model::Commitment;
use crate::db::schema::{import_effects, imports};
use crate::db::{Db, ImportId, UserId, unique};
use crate::error::Result;

/// An import that created or changed a commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportOfCommitment {
    pub id: ImportId,
    /// The moment of the import, and of the events of the commitment.
    pub at: Instant,
    pub file_name: String,
    /// True when the reader may open its page.
    pub may_open: bool,
}

/// Returns the imports that created or changed a commitment at one of these moments. Events do not store their import: they
/// have the same moment, and the stored effects of the import name the commitment.
pub(crate) fn imports_of(
    conn: &mut Db,
    commitment: &Commitment,
    moments: impl IntoIterator<Item = Instant>,
    (visibility, reader): (&Visibility, UserId),
) -> Result<Vec<ImportOfCommitment>> {
    let found: Vec<(ImportId, Instant, String, Option<UserId>)> = imports::table
        .inner_join(import_effects::table)
        .filter(imports::country_code.eq(&commitment.country_code))
        .filter(imports::created_at.eq_any(unique(moments)))
        .filter(import_effects::effect.like(format!("%\"commitment\":{{\"id\":\"{}\"%", commitment.id)))
        .select((imports::id, imports::created_at, imports::file_name, imports::imported_by))
        .load(conn)?;
    let may_open = |by: Option<UserId>| {
        visibility.all || visibility.countries.contains(&commitment.country_code) || by == Some(reader)
    };
    let import = |(id, at, file_name, by)| ImportOfCommitment { id, at, file_name, may_open: may_open(by) };
    Ok(found.into_iter().map(import).collect())
}
