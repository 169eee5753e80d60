//! The replies of institutions to a convocation. A reply prefills the attendance list as long as the secretariat has
//! marked nothing for the institution; the mark of the secretariat counts.
//!
//! A session that is not convened takes no replies, because its date and place may still change and nobody was asked.
//! Items for its agenda can be proposed before (`proposals.rs`). A reply stays when a cancelled session is convened again.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::attendance::{AttendanceInput, AttendanceStatus, mark_reply};
use super::convocation::{CONVOCATIONS, about, convened_institutions};
use super::{Meeting, scope};
use crate::access::require;
use crate::audit;
use crate::clock::Instant;
use crate::db::{Db, InstitutionId, MeetingId, Tx};
use crate::directory::institution_names;
use crate::error::{Code, Faults, Permitted, Result};
use crate::http::{Input, Page, Paging};
use crate::i18n::text;
use crate::identity::Actor;
use crate::mail::{Block, EmailBody};
use crate::notifications::{Addressee, Event, RecordKind, RecordRef, addressees_in_secretariat, notify};

pub(super) use api::routes;

crate::text_enum! {
    /// The reply of an institution.
    ReplyKind {
        Attends = "attends",
        Excused = "excused",
    }
}

/// The reply of an institution to a convocation.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct ReplyInput {
    /// Attends, or is excused.
    #[schema(examples("attends"))]
    pub reply: ReplyKind,
    /// The name of the person who will attend.
    #[deserr(default)]
    #[schema(examples("Ana Rojas"), max_length = 300)]
    pub person: Option<String>,
    /// A note for the secretariat.
    #[deserr(default)]
    #[schema(examples("Llega a las 10:30."), max_length = 2000)]
    pub note: Option<String>,
}

impl Input for ReplyInput {
    fn check(&self, faults: &mut Faults) {
        faults.opt_line("/person", self.person.as_ref(), 300);
        faults.opt_text("/note", self.note.as_ref(), 2000);
    }
}

/// A reply that was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct MeetingReply {
    /// The meeting.
    pub meeting_id: MeetingId,
    /// The institution.
    pub institution_id: InstitutionId,
    #[serde(flatten)]
    pub fields: ReplyInput,
    /// The time of the reply.
    pub replied_at: Instant,
}

impl MeetingReply {
    /// Returns the entry of the attendance list that the reply prefills.
    fn mark(&self) -> AttendanceInput {
        let status = match self.fields.reply {
            ReplyKind::Attends => AttendanceStatus::Present,
            ReplyKind::Excused => AttendanceStatus::Excused,
        };
        AttendanceInput {
            institution_id: self.institution_id,
            status,
            capacity: None,
            person: self.fields.person.clone(),
            arrived_at: None,
            left_at: None,
        }
    }
}

/// Records the reply of an institution, and notifies the secretariat; 409 before the convocation and once the session
/// has begun.
pub(super) fn put_reply(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, institution): (MeetingId, InstitutionId),
    input: ReplyInput,
) -> Result<MeetingReply> {
    let meeting = scope::lock(tx, actor, id)?;
    let represents = actor.is_representative_of(institution, &meeting.fields.commission_ids);
    require(
        represents && convened_institutions(tx.conn, &meeting, tx.now)?.contains(&institution),
        Permitted::Convened,
    )?;
    tx.faults().into_result()?;
    meeting.require_before_start(tx.now)?;
    meeting.require_convened()?;
    let before = store::find(tx.conn, id, institution)?;
    let after = MeetingReply { meeting_id: id, institution_id: institution, fields: input, replied_at: tx.now };
    store::put(tx, &after)?;
    let (record, country) = (id.to_string(), meeting.country_code.as_str());
    let change = audit::Change { action: "replied", kind: "meeting", id: &record, country: Some(country) };
    audit::record(tx, change, before.as_ref(), Some(&after))?;
    mark_reply(tx, &meeting, after.mark(), before.as_ref().map(MeetingReply::mark).as_ref())?;
    notify_secretariat(tx, &meeting, &after)?;
    Ok(after)
}

fn notify_secretariat(tx: &mut Tx<'_>, meeting: &Meeting, reply: &MeetingReply) -> Result<()> {
    let id = reply.institution_id;
    let name = institution_names(tx.conn, [id])?.remove(&id).unwrap_or_default();
    let addressees = addressees_in_secretariat(tx, about(meeting), &[id])?;
    let record = RecordRef::new(RecordKind::Meeting, meeting.id);
    CONVOCATIONS.spend(tx, addressees.len())?;
    notify(tx, Event::MeetingReply, record, about(meeting), &addressees, |one: &Addressee| {
        let lang = one.contact.language;
        let args = [
            ("reply", reply.fields.reply.to_string()),
            ("institution", name.clone()),
            ("title", meeting.fields.title.clone()),
        ];
        let facts = [
            ("session-label-title", Some(meeting.fields.title.clone())),
            ("reply-label-institution", Some(name.clone())),
            ("reply-label-person", reply.fields.person.clone()),
            ("reply-label-note", reply.fields.note.clone()),
        ];
        let facts = facts.into_iter().filter_map(|(key, value)| Some((text(lang, key, &[]), value?))).collect();
        let link = Block::Link(text(lang, "session-link", &[]), format!("/meetings/{}", meeting.id));
        let blocks = vec![Block::Text(text(lang, "reply", &args)), Block::Facts(facts), link];
        EmailBody::new(lang, text(lang, "reply-subject", &args), blocks)
    })
}

/// Returns one page of the replies that the actor may see: all of them for those who may write the meeting, for others
/// those of the institutions that they represent.
pub(super) fn list_visible(
    conn: &mut Db,
    actor: &Actor,
    meeting: &Meeting,
    paging: &Paging<InstitutionId>,
) -> Result<Page<MeetingReply>> {
    let own = scope::seen_institutions(actor, meeting);
    store::list(conn, meeting.id, own.as_deref(), paging)
}

/// Returns the reply of an institution that has replied, if the actor may see it.
pub(super) fn find_visible(
    conn: &mut Db,
    actor: &Actor,
    meeting: &Meeting,
    institution: InstitutionId,
) -> Result<Option<MeetingReply>> {
    let held = store::find(conn, meeting.id, institution)?;
    Ok(held.filter(|reply| scope::may_see_part(actor, meeting, reply.institution_id)))
}

mod store {
    use diesel::prelude::*;

    use super::*;
    use crate::db::UserId;
    use crate::db::schema::meeting_replies;
    use crate::meetings::store::of_institutions;

    #[derive(Queryable, Selectable, Insertable)]
    #[diesel(table_name = meeting_replies)]
    struct Row {
        meeting_id: MeetingId,
        institution_id: InstitutionId,
        reply: ReplyKind,
        person: Option<String>,
        note: Option<String>,
        replied_by: Option<UserId>,
        replied_at: Instant,
    }

    impl Row {
        fn into_reply(self) -> MeetingReply {
            MeetingReply {
                meeting_id: self.meeting_id,
                institution_id: self.institution_id,
                fields: ReplyInput { reply: self.reply, person: self.person, note: self.note },
                replied_at: self.replied_at,
            }
        }
    }

    /// Returns one page of the replies to a meeting, in order of institution; with `own`, only those of these
    /// institutions.
    pub(super) fn list(
        conn: &mut Db,
        id: MeetingId,
        own: Option<&[InstitutionId]>,
        paging: &Paging<InstitutionId>,
    ) -> Result<Page<MeetingReply>> {
        let mut query = meeting_replies::table
            .filter(meeting_replies::meeting_id.eq(id))
            .order(meeting_replies::institution_id)
            .select(Row::as_select())
            .into_boxed();
        query = of_institutions(query, meeting_replies::institution_id, own);
        let total = paging.count(conn, &query)?;
        if let Some(after) = paging.after {
            query = query.filter(meeting_replies::institution_id.gt(after));
        }
        let rows: Vec<Row> = query.limit(paging.fetch()).load(conn)?;
        Ok(Page::cut(rows, paging, |row| row.institution_id).counted(total).map(Row::into_reply))
    }

    pub(super) fn find(conn: &mut Db, id: MeetingId, institution: InstitutionId) -> Result<Option<MeetingReply>> {
        let found = meeting_replies::table.find((id, institution)).select(Row::as_select());
        Ok(found.first(conn).optional()?.map(Row::into_reply))
    }

    /// Records a reply in place of the former one, which stays in the audit log.
    pub(super) fn put(tx: &mut Tx<'_>, reply: &MeetingReply) -> Result<()> {
        diesel::delete(meeting_replies::table.find((reply.meeting_id, reply.institution_id))).execute(tx.conn)?;
        let fields = reply.fields.clone();
        let row = Row {
            meeting_id: reply.meeting_id,
            institution_id: reply.institution_id,
            reply: fields.reply,
            person: fields.person,
            note: fields.note,
            replied_by: tx.who,
            replied_at: reply.replied_at,
        };
        diesel::insert_into(meeting_replies::table).values(row).execute(tx.conn)?;
        Ok(())
    }
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, get, put};

    use super::*;
    use crate::audit::PartOf;
    use crate::http::{Body, PageQuery, Query};
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(list).service(show).service(replace);
    }

    /// List the replies to a convocation
    ///
    /// One for each institution that has replied, in order of institution.
    ///
    /// Permissions: those who may see the meeting; representatives get those of their institutions alone.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting"), PageQuery), responses((status = 200, description = "One page", body = Page<MeetingReply>)))]
    #[get("/api/v1/meetings/{id}/replies")]
    pub(crate) async fn list(caller: Caller, id: Path<MeetingId>, query: Query<PageQuery>) -> Result<HttpResponse> {
        let paging = query.0.paging()?;
        let list = move |conn: &mut Db, actor: &Actor| {
            let meeting = scope::visible(conn, actor, *id)?;
            Ok(PartOf::new(&meeting, list_visible(conn, actor, &meeting, &paging)?))
        };
        caller.calculate(list).await
    }

    /// Show the reply of an institution
    ///
    /// Permissions: those who may write the meeting; representatives of the institution.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting"), ("institution_id" = InstitutionId, Path, description = "The institution")), responses((status = 200, description = "The reply", body = MeetingReply)))]
    #[get("/api/v1/meetings/{id}/replies/{institution_id}")]
    pub(crate) async fn show(caller: Caller, path: Path<(MeetingId, InstitutionId)>) -> Result<HttpResponse> {
        let place = path.into_inner();
        let show = move |conn: &mut Db, actor: &Actor| {
            let meeting = scope::visible(conn, actor, place.0)?;
            let reply = find_visible(conn, actor, &meeting, place.1)?.ok_or(Code::NotFound)?;
            Ok(PartOf::new(&meeting, reply))
        };
        caller.show(show).await
    }

    /// Reply to a convocation
    ///
    /// Possible from the convocation until the session begins; a new reply replaces the former one. It prefills the
    /// attendance list as long as the secretariat has marked nothing for the institution, and the secretariat is
    /// notified. 409 `session_not_convened`, `session_started`, `meeting_cancelled`.
    ///
    /// Permissions: representatives of the institution, if the session convenes it.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting"), ("institution_id" = InstitutionId, Path, description = "The institution that replies")), request_body = ReplyInput, responses((status = 200, description = "The reply", body = MeetingReply)))]
    #[put("/api/v1/meetings/{id}/replies/{institution_id}")]
    pub(crate) async fn replace(
        caller: Caller,
        path: Path<(MeetingId, InstitutionId)>,
        body: Body<ReplyInput>,
    ) -> Result<HttpResponse> {
        let place = path.into_inner();
        let load = move |tx: &mut Tx<'_>, actor: &Actor| {
            let meeting = scope::visible(tx.conn, actor, place.0)?;
            find_visible(tx.conn, actor, &meeting, place.1)
        };
        caller.put(body, load, move |tx, actor, input| put_reply(tx, actor, place, input).map(Some)).await
    }
}
