//! Attached documents of a meeting: its signed minutes, annexes, addenda, proceedings.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::convocation::convened_institutions;
use super::{Meeting, scope};
use crate::access::{check_files, may_write, require};
use crate::audit;
use crate::clock::{Instant, new_id};
use crate::dates::PartialDate;
use crate::db::{FileId, MeetingDocumentId, MeetingId, Tx};
use crate::error::{Faults, Permitted, Result};
use crate::http::Input;
use crate::identity::Actor;

pub(crate) use api::routes;
pub(super) use store::find as find_document;
pub(crate) use store::of_meetings as documents_of_meetings;

crate::text_enum! {
    /// The kind of attached document.
    MeetingDocumentKind {
        SignedMinutes = "signed_minutes",
        Annex = "annex",
        Addendum = "addendum",
        Proceedings = "proceedings",
        Other = "other",
    }
}

/// The content of an attached document: an uploaded file, or the address of the document.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct MeetingDocumentInput {
    /// The title.
    #[schema(examples("Acta de la III sesión ordinaria de la CIGTPE"), max_length = 500)]
    pub title: String,
    /// The kind of document.
    #[schema(examples("signed_minutes"))]
    pub kind: MeetingDocumentKind,
    /// A file that the caller uploaded. Exactly one of this and `url`.
    #[deserr(default)]
    pub file_id: Option<FileId>,
    /// The address of the document. Exactly one of this and `file_id`.
    #[deserr(default)]
    #[schema(examples("https://lc.cx/YusnbE"), max_length = 2000)]
    pub url: Option<String>,
    /// The date of the document.
    #[deserr(default)]
    #[schema(examples("2023-03"))]
    pub dated: Option<PartialDate>,
}

impl Input for MeetingDocumentInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/title", &self.title, 500);
        if self.file_id.is_some() == self.url.is_some() {
            faults.add_with("/url", "one_of", vec![("fields", "file_id, url".into())]);
        }
        faults.url("/url", self.url.as_ref());
    }
}

/// An attached document of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct MeetingDocument {
    /// The document's id.
    pub id: MeetingDocumentId,
    /// Its meeting.
    pub meeting_id: MeetingId,
    #[serde(flatten)]
    pub fields: MeetingDocumentInput,
    /// The first day that `dated` can mean.
    #[schema(examples("2023-03-01"))]
    pub dated_from: Option<NaiveDate>,
    /// The last day that `dated` can mean.
    #[schema(examples("2023-03-31"))]
    pub dated_to: Option<NaiveDate>,
    /// The time of creation.
    pub created_at: Instant,
    /// The time of the last change.
    pub updated_at: Instant,
}

impl MeetingDocument {
    fn new(
        id: MeetingDocumentId,
        meeting_id: MeetingId,
        fields: MeetingDocumentInput,
        created_at: Instant,
        updated_at: Instant,
    ) -> Self {
        let (dated_from, dated_to) = PartialDate::bounds(fields.dated.as_ref());
        Self { id, meeting_id, fields, dated_from, dated_to, created_at, updated_at }
    }

    pub(crate) fn input(&self) -> MeetingDocumentInput {
        self.fields.clone()
    }
}

pub(crate) fn create_meeting_document(
    tx: &mut Tx<'_>,
    actor: &Actor,
    meeting_id: MeetingId,
    input: MeetingDocumentInput,
) -> Result<MeetingDocument> {
    let meeting = scope::lock(tx, actor, meeting_id)?;
    require_may_attach(tx, actor, &meeting, &input)?;
    check_file(tx, actor, input.file_id, None)?;
    let document = MeetingDocument::new(new_id(tx.now), meeting_id, input, tx.now, tx.now);
    store::insert(tx.conn, &document)?;
    audit::created(tx, "meeting_document", document.id, Some(&meeting.country_code), &document)?;
    Ok(document)
}

/// Refuses with 403 those who may not attach the document: those who may write the meeting may, and representatives of an
/// institution that it convenes, signed minutes excepted.
fn require_may_attach(tx: &mut Tx<'_>, actor: &Actor, meeting: &Meeting, input: &MeetingDocumentInput) -> Result<()> {
    let commissions = &meeting.fields.commission_ids;
    if may_write(actor, &meeting.country_code, commissions) {
        return Ok(());
    }
    let convened = convened_institutions(tx.conn, meeting, tx.now)?;
    let represents = convened.iter().any(|id| actor.is_representative_of(*id, commissions));
    require(represents && input.kind != MeetingDocumentKind::SignedMinutes, Permitted::ConvenedOrWriters)
}

pub(crate) fn update_meeting_document(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (meeting_id, id): (MeetingId, MeetingDocumentId),
    input: MeetingDocumentInput,
) -> Result<MeetingDocument> {
    let meeting = scope::lock_writable(tx, actor, meeting_id)?;
    let before = store::find(tx.conn, meeting_id, id)?;
    check_file(tx, actor, input.file_id, before.fields.file_id)?;
    let after = MeetingDocument::new(id, meeting_id, input, before.created_at, tx.now);
    let held = titles(tx, meeting_id)?;
    store::update(tx.conn, &after)?;
    drop_translations(tx, &meeting, &held)?;
    audit::updated(tx, "meeting_document", id, Some(&meeting.country_code), &before, &after)?;
    Ok(after)
}

pub(super) fn delete_meeting_document(tx: &mut Tx<'_>, actor: &Actor, document: MeetingDocument) -> Result<()> {
    let meeting = scope::lock_writable(tx, actor, document.meeting_id)?;
    let held = titles(tx, meeting.id)?;
    store::delete(tx.conn, document.id)?;
    drop_translations(tx, &meeting, &held)?;
    audit::deleted(tx, "meeting_document", document.id, Some(&meeting.country_code), &document)
}

/// Returns the titles of the documents of a meeting, in their order.
fn titles(tx: &mut Tx<'_>, meeting: MeetingId) -> Result<Vec<String>> {
    let documents = store::of_meetings(tx.conn, &[meeting])?.remove(&meeting).unwrap_or_default();
    Ok(documents.into_iter().map(|document| document.fields.title).collect())
}

/// Drops the translations of documents that changed or moved; `held` are the titles before the change.
fn drop_translations(tx: &mut Tx<'_>, meeting: &Meeting, held: &[String]) -> Result<()> {
    if tx.silent {
        return Ok(());
    }
    let present = titles(tx, meeting.id)?;
    let kept = meeting.fields.translations.clone().without_changed("documents", held, &present);
    super::store::set_translations(tx.conn, meeting, kept)
}

fn check_file(tx: &mut Tx<'_>, actor: &Actor, file: Option<FileId>, current: Option<FileId>) -> Result<()> {
    let new: Vec<_> =
        file.filter(|file| Some(*file) != current).map(|file| ("/file_id".to_owned(), file)).into_iter().collect();
    let mut faults = tx.faults();
    check_files(tx.conn, (!actor.is_admin()).then_some(actor.id), &new, &mut faults)?;
    faults.into_result()
}

mod store {
    use std::collections::HashMap;

    use diesel::prelude::*;

    use super::*;
    use crate::db::schema::meeting_documents;
    use crate::db::{Db, grouped};
    use crate::http::{Page, Paging};

    #[derive(Queryable, Selectable, Insertable, AsChangeset)]
    #[diesel(table_name = meeting_documents, treat_none_as_null = true)]
    struct Row {
        id: MeetingDocumentId,
        meeting_id: MeetingId,
        title: String,
        kind: MeetingDocumentKind,
        file_id: Option<FileId>,
        url: Option<String>,
        dated: Option<PartialDate>,
        dated_from: Option<NaiveDate>,
        dated_to: Option<NaiveDate>,
        created_at: Instant,
        updated_at: Instant,
    }

    impl Row {
        fn of(document: &MeetingDocument) -> Self {
            let fields = document.fields.clone();
            Self {
                id: document.id,
                meeting_id: document.meeting_id,
                title: fields.title,
                kind: fields.kind,
                file_id: fields.file_id,
                url: fields.url,
                dated: fields.dated,
                dated_from: document.dated_from,
                dated_to: document.dated_to,
                created_at: document.created_at,
                updated_at: document.updated_at,
            }
        }

        fn into_document(self) -> MeetingDocument {
            let fields = MeetingDocumentInput {
                title: self.title,
                kind: self.kind,
                file_id: self.file_id,
                url: self.url,
                dated: self.dated,
            };
            MeetingDocument::new(self.id, self.meeting_id, fields, self.created_at, self.updated_at)
        }
    }

    /// Returns one page, in the order of creation.
    pub(super) fn list(
        conn: &mut Db,
        meeting: MeetingId,
        paging: &Paging<MeetingDocumentId>,
    ) -> Result<Page<MeetingDocument>> {
        let mut query = meeting_documents::table
            .filter(meeting_documents::meeting_id.eq(meeting))
            .select(Row::as_select())
            .order(meeting_documents::id)
            .into_boxed();
        let total = paging.count(conn, &query)?;
        if let Some(after) = paging.after {
            query = query.filter(meeting_documents::id.gt(after));
        }
        let rows: Vec<Row> = query.limit(paging.fetch()).load(conn)?;
        Ok(Page::cut(rows, paging, |row| row.id).counted(total).map(Row::into_document))
    }

    /// Returns the attached documents of these meetings, in the order of creation. One query.
    pub(crate) fn of_meetings(conn: &mut Db, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Vec<MeetingDocument>>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<Row> = meeting_documents::table
            .filter(meeting_documents::meeting_id.eq_any(ids))
            .order((meeting_documents::meeting_id, meeting_documents::id))
            .select(Row::as_select())
            .load(conn)?;
        Ok(grouped(rows.into_iter().map(|row| (row.meeting_id, row.into_document()))))
    }

    /// Returns one attached document of this meeting.
    pub(in crate::meetings) fn find(
        conn: &mut Db,
        meeting: MeetingId,
        id: MeetingDocumentId,
    ) -> Result<MeetingDocument> {
        let found = meeting_documents::table.find(id).filter(meeting_documents::meeting_id.eq(meeting));
        Ok(found.select(Row::as_select()).first(conn).map(Row::into_document)?)
    }

    pub(super) fn insert(conn: &mut Db, document: &MeetingDocument) -> Result<()> {
        diesel::insert_into(meeting_documents::table).values(Row::of(document)).execute(conn)?;
        Ok(())
    }

    pub(super) fn update(conn: &mut Db, document: &MeetingDocument) -> Result<()> {
        diesel::update(meeting_documents::table.find(document.id)).set(Row::of(document)).execute(conn)?;
        Ok(())
    }

    pub(super) fn delete(conn: &mut Db, id: MeetingDocumentId) -> Result<()> {
        diesel::delete(meeting_documents::table.find(id)).execute(conn)?;
        Ok(())
    }
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, delete, get, patch, post};

    use super::*;
    use crate::http::{Body, Page, PageQuery, Patch, Query};
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(list).service(create).service(show).service(update).service(remove);
    }

    /// List the attached documents of a meeting
    ///
    /// Permissions: those who may see the meeting.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting"), PageQuery), responses((status = 200, description = "One page", body = Page<MeetingDocument>)))]
    #[get("/api/v1/meetings/{id}/documents")]
    pub(crate) async fn list(caller: Caller, id: Path<MeetingId>, query: Query<PageQuery>) -> Result<HttpResponse> {
        let paging = query.0.paging()?;
        caller.calculate(scope::load_part(*id, move |conn, meeting| store::list(conn, meeting.id, &paging))).await
    }

    /// Attach a document to a meeting
    ///
    /// Either a file that the caller uploaded, or an address.
    ///
    /// Permissions: secretariat of any of its commissions; coordinator; admin; representatives of an institution that
    /// the meeting convenes, but for signed minutes.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), request_body = MeetingDocumentInput, responses((status = 201, description = "Attached", body = MeetingDocument)))]
    #[post("/api/v1/meetings/{id}/documents")]
    pub(crate) async fn create(
        caller: Caller,
        id: Path<MeetingId>,
        body: Body<MeetingDocumentInput>,
    ) -> Result<HttpResponse> {
        let location =
            |document: &MeetingDocument| format!("/api/v1/meetings/{}/documents/{}", document.meeting_id, document.id);
        caller.create(body, location, move |tx, actor, input| create_meeting_document(tx, actor, *id, input)).await
    }

    /// Show an attached document of a meeting
    ///
    /// Permissions: those who may see the meeting.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting"), ("document_id" = MeetingDocumentId, Path, description = "The document")), responses((status = 200, description = "The document", body = MeetingDocument)))]
    #[get("/api/v1/meetings/{id}/documents/{document_id}")]
    pub(crate) async fn show(caller: Caller, ids: Path<(MeetingId, MeetingDocumentId)>) -> Result<HttpResponse> {
        let (meeting_id, id) = ids.into_inner();
        caller.show(scope::load_part(meeting_id, move |conn, _| store::find(conn, meeting_id, id))).await
    }

    /// Change an attached document of a meeting
    ///
    /// Permissions: secretariat of any of its commissions; coordinator; admin.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting"), ("document_id" = MeetingDocumentId, Path, description = "The document")), request_body = MeetingDocumentInput, responses((status = 200, description = "Changed", body = MeetingDocument)))]
    #[patch("/api/v1/meetings/{id}/documents/{document_id}")]
    pub(crate) async fn update(
        caller: Caller,
        ids: Path<(MeetingId, MeetingDocumentId)>,
        patch: Patch,
    ) -> Result<HttpResponse> {
        let ids = ids.into_inner();
        let save = move |tx: &mut Tx<'_>, actor: &Actor, input| update_meeting_document(tx, actor, ids, input);
        caller.patch(patch, load(ids), MeetingDocument::input, save).await
    }

    /// Delete an attached document of a meeting
    ///
    /// Permissions: secretariat of any of its commissions; coordinator; admin.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting"), ("document_id" = MeetingDocumentId, Path, description = "The document")), responses((status = 204, description = "Deleted")))]
    #[delete("/api/v1/meetings/{id}/documents/{document_id}")]
    pub(crate) async fn remove(caller: Caller, ids: Path<(MeetingId, MeetingDocumentId)>) -> Result<HttpResponse> {
        caller.delete(load(ids.into_inner()), delete_meeting_document).await
    }

    fn load(
        (meeting_id, id): (MeetingId, MeetingDocumentId),
    ) -> impl Fn(&mut Tx<'_>, &Actor) -> Result<MeetingDocument> {
        scope::load_part_to_change(meeting_id, move |conn, _| store::find(conn, meeting_id, id))
    }
}
