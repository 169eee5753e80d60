//! `/meetings/{id}/documents`: attached documents, and the session as an entry of a calendar.

use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType};
use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::super::convocation::convened_institutions;
use super::super::documents::{
    MeetingDocument, MeetingDocumentInput, MeetingDocumentKind, create_meeting_document, delete_meeting_document,
    find_document, update_meeting_document,
};
use super::super::model::Meeting;
use super::super::{documents_of_meetings, scope};
use super::downloads::{Downloads, downloads};
use super::show::link;
use super::{MeetingTab, below, capitalized, choice, meeting_view, only_fault};
use crate::access::{may_write, require, require_writer};
use crate::audit::PartOf;
use crate::clock::Instant;
use crate::db::{Db, MeetingDocumentId, MeetingId, Tx};
use crate::error::{Faults, Permitted, Result};
use crate::http::{Fields, Shape};
use crate::ics::Calendar;
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::ui::{Choice, Column, Field, FormView, Frame, View, actions, confirmation, empty, panel, short_date, table};
use crate::uploads::keep_files;

/// The documents of a session
///
/// Permissions: those who may see the session.
#[get("/meetings/{id}/documents")]
pub(super) async fn list(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    visitor.form(DocumentsPage { id: id.into_inner(), is_sent: false }).await
}

/// Attach a document to a session
///
/// Permissions: secretariat of any of its commissions; coordinator; admin; representatives of an institution that the
/// meeting convenes, but for signed minutes.
#[post("/meetings/{id}/documents")]
pub(super) async fn create(mut submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    keep_files(&mut submission).await?;
    submission.handle(DocumentsPage { id: id.into_inner(), is_sent: true }).await
}

/// The form of an attached document
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[get("/meetings/{id}/documents/{document_id}/edit")]
pub(super) async fn open(visitor: Visitor, ids: Path<(MeetingId, MeetingDocumentId)>) -> Result<HttpResponse> {
    visitor.form(EditDocument(ids.into_inner())).await
}

/// Change an attached document
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/meetings/{id}/documents/{document_id}/edit")]
pub(super) async fn update(
    mut submission: Submission,
    ids: Path<(MeetingId, MeetingDocumentId)>,
) -> Result<HttpResponse> {
    keep_files(&mut submission).await?;
    submission.handle(EditDocument(ids.into_inner())).await
}

/// The page that asks for confirmation before a document is removed
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[get("/meetings/{id}/documents/{document_id}/removal")]
pub(super) async fn open_removal(visitor: Visitor, ids: Path<(MeetingId, MeetingDocumentId)>) -> Result<HttpResponse> {
    visitor.form(RemoveDocument(ids.into_inner())).await
}

/// Remove a document from a session
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/meetings/{id}/documents/{document_id}/removal")]
pub(super) async fn remove(submission: Submission, ids: Path<(MeetingId, MeetingDocumentId)>) -> Result<HttpResponse> {
    submission.handle(RemoveDocument(ids.into_inner())).await
}

/// The session as an entry of a calendar
///
/// Permissions: those who may see the session.
#[get("/meetings/{id}/calendar.ics")]
pub(super) async fn calendar(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |conn: &mut Db, actor: &Actor| {
        let meeting = scope::visible(conn, actor, id)?;
        Ok(PartOf::new(&meeting, meeting.event(actor.language)))
    };
    let event = visitor.read(load).await?;
    let mut entry = Calendar { method: None, name: None, events: vec![PartOf::into_part(event)] };
    entry.link(&visitor.state.config.public_url);
    let name = DispositionParam::Filename("sesion.ics".to_owned());
    let attachment = ContentDisposition { disposition: DispositionType::Attachment, parameters: vec![name] };
    let mut response = HttpResponse::Ok();
    response.content_type("text/calendar; charset=utf-8").insert_header(attachment);
    Ok(response.body(entry.write()))
}

const SHAPE: Shape =
    Shape { lists: &[], numbers: &[], flags: &[], dates: &["dated"], rows: &[], ignored: &["file", "file_name"] };

/// The list with the form of a new document.
#[derive(Debug, Clone)]
struct DocumentsPage {
    id: MeetingId,
    /// True for a form that was sent: only those who may attach documents may send it.
    is_sent: bool,
}

struct Record {
    meeting: Meeting,
    documents: Vec<MeetingDocument>,
    downloads: Downloads,
    may_write: bool,
    may_attach: bool,
}

crate::restricted_by!(Record: meeting);

impl FormPage for DocumentsPage {
    type Record = Record;
    type Input = MeetingDocumentInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Record> {
        let meeting = scope::visible(conn, actor, self.id)?;
        let ids = &meeting.fields.commission_ids;
        let may_write = may_write(actor, &meeting.country_code, ids);
        let convened = convened_institutions(conn, &meeting, now)?;
        let may_attach = may_write || convened.iter().any(|one| actor.is_representative_of(*one, ids));
        if self.is_sent {
            require(may_attach, Permitted::ConvenedOrWriters)?;
        }
        let documents = documents_of_meetings(conn, &[self.id])?.remove(&self.id).unwrap_or_default();
        let downloads = Downloads::load(conn, &meeting, may_write, now)?;
        Ok(Record { documents, downloads, may_write, may_attach, meeting })
    }

    fn prepare(&self, _: &mut Db, _: &Record, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        check_source(fields, faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Record, input: MeetingDocumentInput) -> Result<String> {
        create_meeting_document(tx, actor, self.id, input)?;
        Ok(format!("/meetings/{}/documents?done=document-attached", self.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let id = self.id;
        let content = html! {
            (panel(&frame.t("meetings-documents-attached"), None, html! {
                @if record.documents.is_empty() { (empty(&frame.t("meetings-documents-none"), None)) }
                @else { (rows(frame, record)) }
            }))
            (panel(&frame.t("meetings-documents-of-session"), None, html! {
                p { a href={ "/meetings/" (id) "/minutes" } { (frame.t("meetings-tab-minutes")) } }
                (downloads(frame, id, &record.downloads))
                p { a href={ "/meetings/" (id) "/calendar.ics" } { (frame.t("meetings-ics")) } }
            }))
            @if record.may_attach {
                (panel(&frame.t("meetings-document-new"), None, html! {
                    form method="post" action=(frame.path) enctype="multipart/form-data" {
                        (form.begin(frame))
                        (fields(frame, form, &record.meeting, record.may_write))
                        (actions(&frame.t("meetings-document-attach"), None))
                    }
                }))
            }
        };
        meeting_view(frame, &record.meeting, MeetingTab::Documents, content)
    }
}

/// Adds the fault of a document with neither a file nor an address, or with both, in words of the page. A file that
/// was refused is fault enough. A placeholder prevents the same fault of the API; nothing is saved.
fn check_source(fields: &mut Fields, faults: &mut Faults) {
    let has = |name: &str| fields.get(name).is_some_and(|value| !value.trim().is_empty());
    let is_wrong = has("file_id") == has("url");
    if is_wrong && !faults.list.iter().any(|fault| fault.pointer == "/file") {
        only_fault(faults, "/url", "file_or_address");
    }
    if is_wrong {
        fields.remove("file_id");
        fields.set("url", "https://example.org/");
    }
}

fn rows(frame: &Frame, record: &Record) -> Markup {
    let mut keys = vec!["meetings-document-title", "meetings-document-kind", "meetings-document-dated"];
    keys.extend(record.may_write.then_some("meetings-column-actions"));
    let columns: Vec<Column> = keys.into_iter().map(|key| Column::new(frame.t(key))).collect();
    let country = &record.meeting.country_code;
    let row = |one: &MeetingDocument| {
        let fields = &one.fields;
        let dated = fields.dated.as_ref().map(|date| short_date(frame, country, date)).unwrap_or_default();
        let mut cells = vec![
            html! {
                @if let Some(file) = fields.file_id { a href={ "/files/" (file) } { (fields.title) } }
                @else if let Some(url) = &fields.url { (fields.title) br; span class="small" { (link(url)) } }
            },
            html! { (capitalized(&frame.word("meetings-document", fields.kind.as_str()))) },
            html! { (dated) },
        ];
        if record.may_write {
            let path = format!("/meetings/{}/documents/{}", one.meeting_id, one.id);
            cells.push(html! {
                a href={ (path) "/edit" } {
                    (frame.t("meetings-document-edit")) span class="unseen" { ": " (fields.title) }
                }
                " · "
                a href={ (path) "/removal" } {
                    (frame.t("meetings-row-remove")) span class="unseen" { ": " (fields.title) }
                }
            });
        }
        cells
    };
    table(&frame.t("meetings-documents-attached"), &columns, &record.documents.iter().map(row).collect::<Vec<_>>())
}

fn fields(frame: &Frame, form: &FormView, meeting: &Meeting, may_write: bool) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    // Signed minutes are attached by the secretariat alone.
    let kinds =
        MeetingDocumentKind::ALL.iter().filter(|kind| may_write || **kind != MeetingDocumentKind::SignedMinutes);
    let kinds: Vec<Choice> = kinds.map(|kind| choice(frame, "meetings-document", kind.as_str())).collect();
    html! {
        (field("title", "meetings-document-title").required().max(500).text())
        (field("kind", "meetings-document-kind").required().select(Some(&frame.t("meetings-choose")), &kinds))
        (field("file", "meetings-document-file").hint(frame.t("meetings-document-file-hint")).file())
        (field("url", "meetings-document-url").hint(frame.t("meetings-document-url-hint")).max(2000).text())
        (field("dated", "meetings-document-dated").date(&meeting.country_code))
    }
}

/// A change of an attached document.
#[derive(Debug, Clone)]
struct EditDocument((MeetingId, MeetingDocumentId));

struct OneDocument {
    meeting: Meeting,
    document: MeetingDocument,
}

crate::restricted_by!(OneDocument: meeting);

fn load_one(conn: &mut Db, actor: &Actor, (id, document): (MeetingId, MeetingDocumentId)) -> Result<OneDocument> {
    let meeting = scope::visible(conn, actor, id)?;
    let document = find_document(conn, id, document)?;
    require_writer(actor, &meeting.country_code, &meeting.fields.commission_ids)?;
    Ok(OneDocument { meeting, document })
}

impl FormPage for EditDocument {
    type Record = OneDocument;
    type Input = MeetingDocumentInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<OneDocument> {
        load_one(conn, actor, self.0)
    }

    fn fields(&self, record: &OneDocument) -> Fields {
        let mut fields = Fields::of(&record.document.input());
        if record.document.fields.file_id.is_some() {
            fields.push("file_name", &record.document.fields.title);
        }
        fields
    }

    fn prepare(&self, _: &mut Db, record: &OneDocument, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        // An address that is typed takes the place of the file that the document had.
        let had = record.document.fields.file_id.map(|id| id.to_string());
        let has_url = fields.get("url").is_some_and(|url| !url.trim().is_empty());
        if has_url && had.is_some() && fields.get("file_id") == had.as_deref() {
            fields.remove("file_id");
        }
        check_source(fields, faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: OneDocument, input: MeetingDocumentInput) -> Result<String> {
        update_meeting_document(tx, actor, self.0, input)?;
        Ok(format!("/meetings/{}/documents?done=document-changed", self.0.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &OneDocument) -> View {
        let back = format!("/meetings/{}/documents", self.0.0);
        let body = html! {
            form method="post" action=(frame.path) enctype="multipart/form-data" {
                (form.begin(frame))
                (fields(frame, form, &record.meeting, true))
                (actions(&frame.t("meetings-save"), Some((&back, &frame.t("ui-leave")))))
            }
        };
        below(frame, &record.meeting, "meetings-document-edit-title", body)
    }
}

/// The removal of an attached document.
#[derive(Debug, Clone)]
struct RemoveDocument((MeetingId, MeetingDocumentId));

impl FormPage for RemoveDocument {
    type Record = OneDocument;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<OneDocument> {
        load_one(conn, actor, self.0)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: OneDocument, _: NoFields) -> Result<String> {
        delete_meeting_document(tx, actor, record.document)?;
        Ok(format!("/meetings/{}/documents?done=document-removed", self.0.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &OneDocument) -> View {
        let back = format!("/meetings/{}/documents", self.0.0);
        let content = html! {
            div class="prose" {
                p { strong { (record.document.fields.title) } }
                p { (frame.t("meetings-document-removal-what")) }
            }
        };
        let body = confirmation(frame, form, content, ("meetings-document-remove", true), (&back, "ui-unchanged"));
        below(frame, &record.meeting, "meetings-document-removal", body)
    }
}
