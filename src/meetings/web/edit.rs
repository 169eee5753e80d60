//! `/meetings/new` and `/meetings/{id}/edit`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::super::minutes::minutes_approved;
use super::super::model::{Meeting, MeetingInput, MeetingKind};
use super::super::{actions as meeting_actions, scope, store};
use super::sheet::{self, Offered, SHAPE};
use super::{below, capitalized, commissions_of, is_mailed};
use crate::access::{CommissionRef, Visibility, may_write, may_write_anywhere, require, require_writer};
use crate::clock::Instant;
use crate::db::{CommissionId, Db, MeetingId, Tx};
use crate::error::{Faults, Permitted, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::ui::{FormView, Frame, Tone, View, actions, notice};

/// The form of a new session
///
/// Permissions: secretariats, coordinators, admins.
#[get("/meetings/new")]
pub(super) async fn open_new(visitor: Visitor) -> Result<HttpResponse> {
    let page = NewMeeting::of(&visitor);
    visitor.form(page).await
}

/// Enter a session
///
/// Permissions: secretariat of any of its commissions; coordinator of their country; admin.
#[post("/meetings/new")]
pub(super) async fn create(submission: Submission) -> Result<HttpResponse> {
    let page = NewMeeting::of(&submission);
    submission.handle(page).await
}

/// The form of a session
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[get("/meetings/{id}/edit")]
pub(super) async fn open(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    visitor.form(EditMeeting(id.into_inner())).await
}

/// Change a session
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/meetings/{id}/edit")]
pub(super) async fn update(submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    submission.handle(EditMeeting(id.into_inner())).await
}

/// A new meeting, of the commission that the query names.
#[derive(Debug, Clone)]
struct NewMeeting {
    commission: Option<CommissionId>,
}

impl NewMeeting {
    fn of(visitor: &Visitor) -> Self {
        Self { commission: visitor.parameters().get("commission_id").and_then(|id| id.parse().ok()) }
    }

    /// Returns the address of the form.
    fn path(&self) -> String {
        self.commission.map_or_else(|| "/meetings/new".to_owned(), |id| format!("/meetings/new?commission_id={id}"))
    }
}

struct NewRecord {
    offered: Offered,
    /// The commission that is marked at first.
    marked: Option<CommissionId>,
    /// The next number of each kind of its meetings.
    ordinals: Vec<(MeetingKind, i32)>,
}

crate::nothing_restricted!(NewRecord);

impl FormPage for NewMeeting {
    type Record = NewRecord;
    type Input = MeetingInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<NewRecord> {
        require(may_write_anywhere(actor), Permitted::Writers)?;
        let offered = offered(conn, actor, None)?;
        let asked = self.commission.filter(|id| offered.commissions.iter().any(|one| one.id == *id));
        let marked = asked.or(match offered.own.as_slice() {
            [only] => Some(*only),
            _ => None,
        });
        let ordinals = match marked {
            Some(id) => store::next_ordinals(conn, &Visibility::of(actor), id)?,
            None => Vec::new(),
        };
        Ok(NewRecord { offered, marked, ordinals })
    }

    fn suggested(&self, record: &NewRecord) -> Fields {
        let mut fields = Fields::default().with("kind", MeetingKind::Ordinary);
        if let Some(id) = record.marked {
            fields.push("commission_ids", id);
        }
        if let Some((_, next)) = record.ordinals.iter().find(|(kind, _)| *kind == MeetingKind::Ordinary) {
            fields.push("ordinal", next);
        }
        fields
    }

    fn prepare(&self, _: &mut Db, record: &NewRecord, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        sheet::read_times(&record.offered, fields, faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: NewRecord, input: MeetingInput) -> Result<String> {
        let meeting = meeting_actions::create(tx, actor, input)?;
        meeting_actions::mark_held(tx, actor, meeting.id)?;
        Ok(format!("/meetings/{}?done=meeting-created", meeting.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &NewRecord) -> View {
        let body = html! {
            form method="post" action=(self.path()) {
                (form.begin(frame))
                (sheet::fields(frame, form, &record.offered, ordinal_hint(frame, &record.ordinals)))
                (actions(&frame.t("meetings-create"), Some(("/meetings", &frame.t("ui-leave")))))
            }
        };
        View::new(frame.t("meetings-new"), body)
            .lead(html! { (frame.t("meetings-new-lead")) })
            .above("/meetings", frame.t("meetings-title"))
    }
}

/// Returns the commissions to choose from: those of the meeting in its order, then the reader's own, then the others of
/// the country.
fn offered(conn: &mut Db, actor: &Actor, meeting: Option<&Meeting>) -> Result<Offered> {
    let joinable = store::joinable(conn, actor)?;
    let held = meeting.map_or(&[][..], |meeting| meeting.fields.commission_ids.as_slice());
    let mut commissions = commissions_of(conn, held)?;
    let country = meeting.map(|meeting| meeting.country_code.as_str());
    let others = joinable.into_iter().filter(|one| !held.contains(&one.id));
    let others = others.filter(|one| country.is_none_or(|country| one.country_code == country));
    let is_own = |one: &CommissionRef| may_write(actor, &one.country_code, &[one.id]);
    let (own, rest): (Vec<_>, Vec<_>) = others.partition(is_own);
    commissions.extend(own);
    commissions.extend(rest);
    let own = commissions.iter().filter(|one| is_own(one)).map(|one| one.id).collect();
    Ok(Offered { commissions, own, zone: meeting.map(Meeting::zone) })
}

fn ordinal_hint(frame: &Frame, ordinals: &[(MeetingKind, i32)]) -> Option<String> {
    let next = |(kind, next): &(MeetingKind, i32)| format!("{} {next}", frame.word("meeting-kind", kind.as_str()));
    let list = ordinals.iter().take(2).map(next).collect::<Vec<_>>().join(", ");
    (!list.is_empty()).then(|| frame.t_with("meetings-ordinal-hint", &[("list", list.into())]))
}

/// A change of a meeting.
#[derive(Debug, Clone)]
struct EditMeeting(MeetingId);

struct EditRecord {
    meeting: Meeting,
    offered: Offered,
    /// The commissions that the person may take out of the session.
    leaving: Vec<CommissionRef>,
    now: Instant,
}

crate::restricted_by!(EditRecord: meeting);

impl FormPage for EditMeeting {
    type Record = EditRecord;
    type Input = MeetingInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<EditRecord> {
        let meeting = scope::visible(conn, actor, self.0)?;
        require_writer(actor, &meeting.country_code, &meeting.fields.commission_ids)?;
        let offered = offered(conn, actor, Some(&meeting))?;
        let ids = &meeting.fields.commission_ids;
        let is_joint = ids.len() > 1 && !minutes_approved(conn, self.0)?;
        let mut leaving = if is_joint { commissions_of(conn, ids)? } else { Vec::new() };
        leaving.retain(|one| may_write(actor, &meeting.country_code, &[one.id]));
        Ok(EditRecord { meeting, offered, leaving, now })
    }

    fn fields(&self, record: &EditRecord) -> Fields {
        sheet::with_local_times(Fields::of(&record.meeting.input()), record.meeting.zone())
    }

    fn prepare(&self, _: &mut Db, record: &EditRecord, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        sheet::read_times(&record.offered, fields, faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: EditRecord, input: MeetingInput) -> Result<String> {
        // The form does not show a time zone of the meeting's own and its translations.
        let MeetingInput { time_zone, translations, .. } = record.meeting.input();
        let input = MeetingInput { time_zone, translations, ..input };
        meeting_actions::update(tx, actor, self.0, input)?;
        Ok(format!("/meetings/{}?done=meeting-changed", self.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &EditRecord) -> View {
        let back = format!("/meetings/{}", self.0);
        let body = html! {
            form method="post" action=(frame.path) {
                (form.begin(frame))
                (mailed(frame, &record.meeting, record.now, "meetings-edit-mails"))
                (sheet::fields(frame, form, &record.offered, None))
                (sheet::as_held(frame, form))
                (actions(&frame.t("meetings-save"), Some((&back, &frame.t("ui-leave")))))
            }
            @for one in &record.leaving {
                p {
                    a href={ (back) "/commissions/" (one.id) "/withdrawal" } {
                        (frame.t_with("meetings-withdrawal-of", &[("commission", one.label().into())]))
                    }
                }
            }
            @if record.meeting.convened_at.is_none() {
                p { a href={ (back) "/removal" } { (frame.t("meetings-removal")) } }
            }
        };
        below(frame, &record.meeting, "meetings-edit", body)
    }
}

/// Draws the sentence that a change is mailed to the people convened.
pub(super) fn mailed(frame: &Frame, meeting: &Meeting, now: Instant, key: &str) -> Markup {
    html! { @if is_mailed(meeting, now) { (notice(Tone::Soon, html! { p { (capitalized(&frame.t(key))) } })) } }
}
