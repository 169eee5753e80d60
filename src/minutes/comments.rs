//! Comments on circulated minutes.
//!
//! They are open from the circulation until the last day that it states, at most until approval. Representatives of
//! institutions that were members on the session's day, or are on its attendance list, comment for their institution;
//! those who may write the session enter comments on behalf of such an institution. All who may know the circulated
//! minutes read them, and the acta contains them. They are never changed or deleted.

use std::collections::{BTreeSet, HashMap};

use super::model::{MinutesAuthor, MinutesComment, MinutesCommentInput, MinutesStatus};
use super::{notifications, scope, store as minutes_store};
use crate::audit;
use crate::clock::new_id;
use crate::db::{Db, InstitutionId, MeetingId, MinutesCommentId, Tx};
use crate::error::{Code, Faults, Result};
use crate::identity::Actor;
use crate::meetings::Meeting;

pub(super) use api::{create as create_route, list as list_route, show as show_route};
pub(crate) use store::of_meetings;

/// Enters a comment and notifies the secretariats; 409 before circulation, after approval and after the last day.
pub(super) fn create(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MeetingId,
    input: MinutesCommentInput,
) -> Result<MinutesComment> {
    let meeting = scope::lock(tx, actor, id)?;
    let mut faults = tx.faults();
    let institution = check_institution(tx.conn, actor, &meeting, &input, &mut faults)?;
    faults.into_result()?;
    let minutes = minutes_store::of_meeting(tx.conn, id)?.ok_or(Code::MinutesNotCirculated)?;
    minutes.require_commentable(tx.now.day_in(meeting.zone()))?;
    let comment = MinutesComment {
        id: new_id(tx.now),
        meeting_id: id,
        institution_id: institution,
        text: input.text,
        on_behalf: input.on_behalf,
        by: tx.who.map(|id| MinutesAuthor { id, name: actor.name.clone() }),
        created_at: tx.now,
    };
    store::insert(tx.conn, &comment)?;
    audit::created(tx, "minutes_comment", comment.id, Some(&meeting.country_code), &comment)?;
    notifications::commented(tx, &meeting, &minutes, &comment)?;
    Ok(comment)
}

/// Adds a comment that a dataset states; 409 before circulation and after approval. It has no author, because a dataset
/// has no users. The term and the memberships of that day are not checked again.
pub(crate) fn import(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, input: MinutesCommentInput) -> Result<()> {
    let meeting = scope::lock_writable(tx, actor, id)?;
    let institution_id = input.institution_id.ok_or(Code::Invalid)?;
    match minutes_store::of_meeting(tx.conn, id)?.map(|minutes| minutes.status) {
        None | Some(MinutesStatus::Draft) => return Err(Code::MinutesNotCirculated.into()),
        Some(MinutesStatus::Approved) => return Err(Code::MinutesApproved.into()),
        Some(MinutesStatus::Circulated) => {}
    }
    let comment = MinutesComment {
        id: new_id(tx.now),
        meeting_id: id,
        institution_id,
        text: input.text,
        on_behalf: input.on_behalf,
        by: None,
        created_at: tx.now,
    };
    store::insert(tx.conn, &comment)?;
    audit::created(tx, "minutes_comment", comment.id, Some(&meeting.country_code), &comment)
}

/// Returns all comments on the minutes of a meeting, in the order of entry.
pub(super) fn all_of(conn: &mut Db, meeting: MeetingId) -> Result<Vec<MinutesComment>> {
    Ok(of_meetings(conn, &[meeting])?.remove(&meeting).unwrap_or_default())
}

/// Returns the institution that comments. 403 for those who may neither represent one that may comment nor write the
/// session; a fault for another institution, and for a comment of a secretariat without `on_behalf`.
fn check_institution(
    conn: &mut Db,
    actor: &Actor,
    meeting: &Meeting,
    input: &MinutesCommentInput,
    faults: &mut Faults,
) -> Result<InstitutionId> {
    let may_write = scope::may_write_meeting(actor, meeting);
    let eligible = scope::institutions_of(conn, meeting)?;
    let commissions = &meeting.fields.commission_ids;
    let mut own = eligible.iter().copied().filter(|id| actor.is_representative_of(*id, commissions));
    if input.on_behalf || (may_write && !input.institution_id.is_some_and(|id| own.clone().any(|mine| mine == id))) {
        if !may_write {
            return Err(Code::Forbidden.into());
        }
        if !input.on_behalf {
            faults.add_with("/on_behalf", "required", vec![("reason", "on_behalf".to_owned())]);
        }
        return Ok(stated(input, &eligible, faults));
    }
    match (input.institution_id, own.next(), own.next()) {
        (_, None, _) => Err(Code::Forbidden.into()),
        (Some(id), ..) if !eligible.contains(&id) || !actor.is_representative_of(id, commissions) => {
            Err(Code::Forbidden.into())
        }
        (Some(id), ..) | (None, Some(id), None) => Ok(id),
        (None, Some(_), Some(_)) => Ok(stated(input, &eligible, faults)),
    }
}

/// Returns the stated institution, with a fault if there is none or it may not comment.
fn stated(input: &MinutesCommentInput, eligible: &BTreeSet<InstitutionId>, faults: &mut Faults) -> InstitutionId {
    match input.institution_id {
        None => faults.add("/institution_id", "required"),
        Some(id) if !eligible.contains(&id) => faults.add("/institution_id", "not_at_session"),
        Some(_) => {}
    }
    input.institution_id.unwrap_or_else(|| uuid::Uuid::nil().into())
}

mod store {
    use diesel::prelude::*;

    use super::*;
    use crate::clock::Instant;
    use crate::db::schema::{minutes_comments, users};
    use crate::db::{UserId, grouped};
    use crate::http::{Page, Paging};

    type Row = (MinutesCommentId, MeetingId, InstitutionId, String, bool, Option<UserId>, Option<String>, Instant);

    fn comment((id, meeting_id, institution_id, text, on_behalf, user, name, created_at): Row) -> MinutesComment {
        let by = user.zip(name).map(|(id, name)| MinutesAuthor { id, name });
        MinutesComment { id, meeting_id, institution_id, text, on_behalf, by, created_at }
    }

    /// Selects the columns of a row.
    macro_rules! rows_of {
        ($condition:expr) => {
            minutes_comments::table.left_join(users::table).filter($condition).order(minutes_comments::id).select((
                minutes_comments::id,
                minutes_comments::meeting_id,
                minutes_comments::institution_id,
                minutes_comments::text,
                minutes_comments::on_behalf,
                minutes_comments::author_id,
                users::name.nullable(),
                minutes_comments::created_at,
            ))
        };
    }

    /// Returns the comments on the minutes of these meetings, in the order of entry. One query.
    pub(crate) fn of_meetings(conn: &mut Db, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Vec<MinutesComment>>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<Row> = rows_of!(minutes_comments::meeting_id.eq_any(ids)).load(conn)?;
        Ok(grouped(rows.into_iter().map(comment).map(|comment| (comment.meeting_id, comment))))
    }

    /// Returns one page, in the order of entry.
    pub(super) fn list(
        conn: &mut Db,
        meeting: MeetingId,
        paging: &Paging<MinutesCommentId>,
    ) -> Result<Page<MinutesComment>> {
        let mut query = rows_of!(minutes_comments::meeting_id.eq(meeting)).limit(paging.fetch()).into_boxed();
        if let Some(after) = paging.after {
            query = query.filter(minutes_comments::id.gt(after));
        }
        let rows: Vec<Row> = query.load(conn)?;
        Ok(Page::cut(rows, paging, |row| row.0).map(comment))
    }

    /// Returns one comment; 404 if it is not on the minutes of this meeting.
    pub(super) fn find(conn: &mut Db, meeting: MeetingId, id: MinutesCommentId) -> Result<MinutesComment> {
        let of_meeting = minutes_comments::meeting_id.eq(meeting);
        let row: Row = rows_of!(of_meeting.and(minutes_comments::id.eq(id))).first(conn)?;
        Ok(comment(row))
    }

    pub(super) fn insert(conn: &mut Db, comment: &MinutesComment) -> Result<()> {
        diesel::insert_into(minutes_comments::table)
            .values((
                minutes_comments::id.eq(comment.id),
                minutes_comments::meeting_id.eq(comment.meeting_id),
                minutes_comments::institution_id.eq(comment.institution_id),
                minutes_comments::author_id.eq(comment.by.as_ref().map(|person| person.id)),
                minutes_comments::on_behalf.eq(comment.on_behalf),
                minutes_comments::text.eq(&comment.text),
                minutes_comments::created_at.eq(comment.created_at),
            ))
            .execute(conn)?;
        Ok(())
    }
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, get, post};

    use super::*;
    use crate::audit::PartOf;
    use crate::http::{Body, Page, PageQuery, Query};
    use crate::identity::Caller;

    /// List the comments on the minutes
    ///
    /// In the order of entry. 404 before circulation for those who may not see the draft.
    ///
    /// Permissions: as for the minutes.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session"), PageQuery), responses((status = 200, description = "One page", body = Page<MinutesComment>)))]
    #[get("/api/v1/meetings/{id}/minutes/comments")]
    pub(crate) async fn list(caller: Caller, id: Path<MeetingId>, query: Query<PageQuery>) -> Result<HttpResponse> {
        let (id, paging) = (id.into_inner(), query.0.paging()?);
        caller
            .calculate(move |conn, actor| {
                let (meeting, _) = scope::visible_minutes(conn, actor, id)?;
                Ok(PartOf::new(&meeting, store::list(conn, id, &paging)?))
            })
            .await
    }

    /// Comment on circulated minutes
    ///
    /// The secretariats are notified. 409 `minutes_not_circulated` before circulation, `comments_closed` after the last
    /// day for comments, `minutes_approved` after approval.
    ///
    /// Permissions: representatives of institutions that were members on the session's day or are on its attendance
    /// list; with `on_behalf`, secretariat of any of its commissions, coordinator, admin.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), request_body = MinutesCommentInput, responses((status = 201, description = "Entered", body = MinutesComment), (status = 409, description = "Not circulated, approved, or the term is over", body = crate::http::Problem), (status = 429, description = "The mails of the day are used up; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
    #[post("/api/v1/meetings/{id}/minutes/comments")]
    pub(crate) async fn create(
        caller: Caller,
        id: Path<MeetingId>,
        body: Body<MinutesCommentInput>,
    ) -> Result<HttpResponse> {
        let location = |comment: &MinutesComment| {
            format!("/api/v1/meetings/{}/minutes/comments/{}", comment.meeting_id, comment.id)
        };
        caller.create(body, location, move |tx, actor, input| super::create(tx, actor, *id, input)).await
    }

    /// Show a comment on the minutes
    ///
    /// Permissions: as for the minutes.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session"), ("comment_id" = MinutesCommentId, Path, description = "The comment")), responses((status = 200, description = "The comment", body = MinutesComment, headers(("ETag" = String, description = "The tag of the comment")))))]
    #[get("/api/v1/meetings/{id}/minutes/comments/{comment_id}")]
    pub(crate) async fn show(caller: Caller, ids: Path<(MeetingId, MinutesCommentId)>) -> Result<HttpResponse> {
        let (meeting_id, id) = ids.into_inner();
        caller
            .show(move |conn, actor| {
                let (meeting, _) = scope::visible_minutes(conn, actor, meeting_id)?;
                Ok(PartOf::new(&meeting, store::find(conn, meeting_id, id)?))
            })
            .await
    }
}
