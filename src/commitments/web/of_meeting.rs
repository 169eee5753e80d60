//! `/meetings/{id}/agreements`: the agreements and commitments of a session under the items of its agenda, and the form
//! that enters an agreement with its commitments.

mod entry;
mod form;
mod listing;
mod publication;
mod record;

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use maud::html;

use self::entry::SessionEntry;
pub(super) use self::listing::commitments as commitment_items;
use self::record::SessionRecord;
use super::choices::unknown;
use crate::access::require;
use crate::clock::Instant;
use crate::commitments::store;
use crate::db::{AgendaItemId, AgreementId, Db, MeetingId, Tx};
use crate::error::{Faults, Permitted, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::meetings::{MeetingTab, meeting_view};
use crate::ui::{FormView, Frame, View};

pub(super) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(show).service(enter);
    cfg.service(publication::show).service(publication::publish);
}

/// The agreements and commitments of a session
///
/// With `agreement_id` or `agenda_item_id` in the address, with the form for that agreement or item.
///
/// Permissions: those who may see the session; the page has the agreements and commitments that the reader may see.
#[get("/meetings/{id}/agreements")]
pub(crate) async fn show(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    let sent = |name: &str| visitor.parameters().get(name).map(str::to_owned);
    let page = SessionForm::new(id, sent("agreement_id"), sent("agenda_item_id"), false);
    if visitor.read_unshown(move |conn, actor| record::may_write_session(conn, actor, id)).await? {
        return visitor.form(page).await;
    }
    let view = |frame: &Frame, record: SessionRecord| {
        meeting_view(frame, &record.meeting, MeetingTab::Agreements, listing::draw(frame, &record))
    };
    visitor.page(move |conn, actor| record::load(conn, actor, id, now), view).await
}

/// Enter an agreement with its commitments
///
/// Everything is kept or nothing. The commitments are drafts, which the approval of the minutes publishes, unless
/// `publish` is marked.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/meetings/{id}/agreements")]
pub(crate) async fn enter(submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    let sent = |name: &str| submission.form.fields.get(name).map(str::to_owned);
    let page = SessionForm::new(id.into_inner(), sent("agreement_id"), sent("agenda_item_id"), true);
    submission.handle(page).await
}

/// The form of an agreement with its commitments.
#[derive(Clone)]
struct SessionForm {
    id: MeetingId,
    /// The agreement to which commitments are added.
    agreement: Option<AgreementId>,
    /// The item of the agenda that is chosen first.
    item: Option<AgendaItemId>,
    is_sent: bool,
}

impl SessionForm {
    fn new(id: MeetingId, agreement: Option<String>, item: Option<String>, is_sent: bool) -> Self {
        let agreement = agreement.and_then(|id| id.parse().ok());
        Self { id, agreement, item: item.and_then(|id| id.parse().ok()), is_sent }
    }
}

impl FormPage for SessionForm {
    type Record = SessionRecord;
    type Input = SessionEntry;

    fn shape(&self) -> Shape {
        entry::SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<SessionRecord> {
        let record = record::load(conn, actor, self.id, now)?;
        require(record.is_writer, Permitted::Writers)?;
        Ok(record)
    }

    /// Reads the typed names of institutions, one a line or with semicolons between them.
    fn prepare(&self, conn: &mut Db, record: &SessionRecord, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        let countries = [record.meeting.country_code.clone()];
        let rows = (0..fields.rows("commitments")).map(|n| format!("commitments/{n}"));
        for row in rows.chain(["shared".to_owned()]) {
            let (place, list) = (format!("{row}/others"), format!("{row}/institution_ids"));
            let typed = fields.get(&place).unwrap_or_default().to_owned();
            for name in typed.split(['\n', ';']).map(str::trim).filter(|name| !name.is_empty()) {
                match store::institution_of_name(conn, Some(&countries), name)? {
                    Some(id) => fields.push(&list, id),
                    None => faults.add_with(format!("/{place}"), "unknown_name", unknown(name)),
                }
            }
        }
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: SessionRecord, input: SessionEntry) -> Result<String> {
        let agreement = entry::save(tx, actor, &record, input)?;
        let place = agreement.map(|id| format!("#agreement-{id}")).unwrap_or_default();
        Ok(format!("/meetings/{}/agreements?done=agreements-entered{place}", self.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &SessionRecord) -> View {
        let entered = html! { (listing::draw(frame, record)) };
        let is_first = self.is_sent || self.agreement.is_some() || self.item.is_some();
        let form = form::draw(frame, &self.started(form, record), record, self.agreement);
        let content = if is_first {
            html! { (form) (entered) }
        } else {
            html! { (entered) (form) }
        };
        meeting_view(frame, &record.meeting, MeetingTab::Agreements, content)
    }
}

impl SessionForm {
    /// Fills in the values of the address and of the session, in a form that is still empty.
    fn started(&self, form: &FormView, record: &SessionRecord) -> FormView {
        if !form.fields.0.is_empty() {
            return form.clone();
        }
        let mut fields = form.fields.clone();
        if let Some(item) = self.item {
            fields.set("agenda_item_id", item);
        }
        if record.meeting.fields.restricted {
            fields.set("restricted", "true");
        }
        FormView { fields, ..form.clone() }
    }
}
