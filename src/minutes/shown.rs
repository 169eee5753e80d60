//! The records that the pages of the minutes show, with the names of institutions and sessions.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::actions::check_ready;
use super::content::{ActaAgreement, ActaCommitment, Rectification};
use super::files;
use super::model::{Minutes, MinutesComment, MinutesInput, MinutesVersion, comments_until};
use super::reading;
use super::{comments, scope, store, template};
use crate::access::Visibility;
use crate::agreements::adoptable_drafts;
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::db::{AgreementId, Db, InstitutionId, MeetingId};
use crate::directory::institution_names;
use crate::error::{Code, Error, Faults, Result};
use crate::identity::Actor;
use crate::meetings::{Blank, Meeting, blanks_of, meetings_by_id};
use crate::notifications::{ExpectedMails, expected_mails};
use crate::text::name_key;

/// The largest number of versions that a page lists.
const MOST_VERSIONS: i64 = 200;

/// The minutes of a session for one reader.
pub(super) struct ShownMinutes {
    pub meeting: Meeting,
    /// The minutes with the text that the reader may know; None before the first text.
    pub minutes: Option<Minutes>,
    /// The circulated text, if a new one was written since; for writers.
    pub circulated_text: Option<String>,
    pub is_writer: bool,
    /// The text to start from, for writers before the first text.
    pub template: Option<String>,
    /// The comments with the names of their institutions.
    pub comments: Vec<(String, MinutesComment)>,
    pub versions: Vec<MinutesVersion>,
    /// The rectifications of approved minutes.
    pub rectifications: Vec<Rectification>,
    /// True if the reader may fetch a second document with the restricted records.
    pub has_restricted_part: bool,
    /// The institutions that the reader may comment for, and whether each is represented by the reader.
    pub commenters: Vec<Commenter>,
    /// The blanks of the template that are left in the newest text; for writers.
    pub blanks: Vec<Blank>,
    /// The reason for which the minutes cannot be circulated or approved now.
    pub obstacle: Option<Error>,
    pub today: NaiveDate,
}

/// An institution that a person may comment for.
#[derive(Debug, Clone)]
pub(super) struct Commenter {
    pub id: InstitutionId,
    pub name: String,
    /// True if the person represents it; false if a secretariat comments on its behalf.
    pub is_own: bool,
}

impl ShownMinutes {
    /// Returns true if the reader may comment today.
    pub(super) fn may_comment(&self) -> bool {
        !self.commenters.is_empty() && self.comments_closed_by().is_none()
    }

    /// Returns the reason for which no comment is accepted today.
    pub(super) fn comments_closed_by(&self) -> Option<Code> {
        match &self.minutes {
            None => Some(Code::MinutesNotCirculated),
            Some(minutes) => minutes.require_commentable(self.today).err(),
        }
    }

    pub(super) fn text(&self) -> &str {
        self.minutes.as_ref().map_or("", |minutes| minutes.fields.body.as_str())
    }
}

crate::restricted_by!(ShownMinutes: meeting);

/// Returns true if the actor may write the minutes and they are not approved; 404 for a session that the actor may not
/// know.
pub(super) fn is_open_for(conn: &mut Db, actor: &Actor, id: MeetingId) -> Result<bool> {
    let (meeting, minutes) = scope::with_minutes(conn, actor, id)?;
    let is_writer = scope::may_write_meeting(actor, &meeting);
    Ok(is_writer && minutes.is_none_or(|minutes| !minutes.is_approved()))
}

/// Loads the minutes for a reader; 404 if there are none that the reader may see.
pub(super) fn of_reader(conn: &mut Db, actor: &Actor, id: MeetingId, now: Instant) -> Result<ShownMinutes> {
    let (meeting, minutes) = scope::visible_minutes(conn, actor, id)?;
    shown(conn, actor, meeting, Some(minutes), now)
}

/// Loads the minutes for a person who may write them, also before the first text; 404 or 403 for others.
pub(super) fn of_writer(conn: &mut Db, actor: &Actor, id: MeetingId, now: Instant) -> Result<ShownMinutes> {
    let meeting = scope::writable(conn, actor, id)?;
    let minutes = store::of_meeting(conn, id)?;
    shown(conn, actor, meeting, minutes, now)
}

fn shown(
    conn: &mut Db,
    actor: &Actor,
    meeting: Meeting,
    minutes: Option<Minutes>,
    now: Instant,
) -> Result<ShownMinutes> {
    let is_writer = scope::may_write_meeting(actor, &meeting);
    let changed = minutes.as_ref().filter(|minutes| is_writer && minutes.new_body.is_some());
    let circulated_text = changed.map(|minutes| minutes.fields.body.clone());
    let minutes = minutes.map(|minutes| if is_writer { minutes.with_newest_text() } else { minutes });
    let template = if minutes.is_none() { Some(template_of(conn, &meeting)?) } else { None };
    let version = minutes.as_ref().map_or(0, |minutes| minutes.version);
    let (mut rectifications, mut has_restricted_part) = (Vec::new(), false);
    if version > 0 {
        let frozen = store::version(conn, meeting.id, version)?.frozen;
        rectifications = frozen.acta()?.rectifications;
        has_restricted_part = is_writer && frozen.restricted.is_some();
    }
    let written = minutes.as_ref().filter(|minutes| is_writer && !minutes.is_approved());
    Ok(ShownMinutes {
        blanks: written.map(|minutes| blanks_of(minutes.newest_text())).unwrap_or_default(),
        obstacle: obstacle(&meeting, minutes.as_ref(), now),
        circulated_text,
        is_writer,
        template,
        comments: named_comments(conn, meeting.id)?,
        versions: if version > 0 { files::versions(conn, meeting.id, 0, MOST_VERSIONS)? } else { Vec::new() },
        rectifications,
        has_restricted_part,
        commenters: commenters(conn, actor, &meeting, is_writer)?,
        today: now.day_in(meeting.zone()),
        meeting,
        minutes,
    })
}

/// Returns the reason for which minutes cannot be circulated or approved now.
fn obstacle(meeting: &Meeting, minutes: Option<&Minutes>, now: Instant) -> Option<Error> {
    match minutes {
        None => Some(Code::MinutesEmpty.into()),
        Some(minutes) if minutes.is_approved() => Some(Code::MinutesApproved.into()),
        Some(minutes) => check_ready(meeting, minutes, now).err(),
    }
}

/// Returns the text to start from, in the language of the country.
pub(super) fn template_of(conn: &mut Db, meeting: &Meeting) -> Result<String> {
    let lang = files::country_language(conn, &meeting.country_code)?;
    let none = Minutes::draft(MinutesInput { body: String::new() }, meeting.updated_at);
    let content = reading::read(conn, meeting, &none)?;
    Ok(template::template(&content.acta, lang))
}

fn named_comments(conn: &mut Db, id: MeetingId) -> Result<Vec<(String, MinutesComment)>> {
    let all = comments::all_of(conn, id)?;
    let names = institution_names(conn, all.iter().map(|comment| comment.institution_id))?;
    let named = |comment: MinutesComment| (names.get(&comment.institution_id).cloned().unwrap_or_default(), comment);
    Ok(all.into_iter().map(named).collect())
}

/// Returns the institutions that the actor may comment for, in the order of their names.
fn commenters(conn: &mut Db, actor: &Actor, meeting: &Meeting, is_writer: bool) -> Result<Vec<Commenter>> {
    let commissions = &meeting.fields.commission_ids;
    let is_own = |id: InstitutionId| actor.is_representative_of(id, commissions);
    let eligible = scope::institutions_of(conn, meeting)?.into_iter().filter(|id| is_writer || is_own(*id));
    let ids: Vec<InstitutionId> = eligible.collect();
    let names = institution_names(conn, ids)?;
    let mut all: Vec<Commenter> =
        names.into_iter().map(|(id, name)| Commenter { id, name, is_own: is_own(id) }).collect();
    all.sort_by_cached_key(|one| (name_key(&one.name), one.id));
    Ok(all)
}

/// The minutes with all that their circulation or approval does.
pub(super) struct Decision {
    pub shown: ShownMinutes,
    /// True if the newest text is circulated already.
    pub is_circulated: bool,
    pub mails: ExpectedMails,
    /// The last day for comments if none is stated.
    pub default_until: NaiveDate,
    /// The records that the acta states.
    pub agreements: Vec<ActaAgreement>,
    pub commitments: Vec<ActaCommitment>,
    /// The draft agreements that the approval puts into force: those that the reader may write.
    adoptable: HashSet<AgreementId>,
    /// The numbers of those present and entitled to vote, by commission.
    pub present: Vec<(String, i32, i32)>,
    pub points: usize,
    /// Other sessions of the same commissions.
    pub sessions: Vec<Meeting>,
    restricted: RestrictedRecords,
}

impl Decision {
    /// Returns the drafts among the agreements that the approval puts into force.
    pub(super) fn draft_agreements(&self) -> impl Iterator<Item = &ActaAgreement> {
        self.agreements.iter().filter(|one| one.proposed && self.adoptable.contains(&one.id))
    }

    /// Returns the drafts among the commitments.
    pub(super) fn draft_commitments(&self) -> impl Iterator<Item = &ActaCommitment> {
        self.commitments.iter().filter(|one| one.proposed)
    }
}

crate::restricted_by!(Decision: shown, restricted);

/// Loads what the circulation or the approval of minutes would do; 404 or 403 for those who may not write them.
pub(super) fn decision(conn: &mut Db, actor: &Actor, id: MeetingId, now: Instant) -> Result<Decision> {
    let shown = of_writer(conn, actor, id, now)?;
    let mails = mails(conn, actor, &shown.meeting, now)?;
    let none = || Minutes::draft(MinutesInput { body: String::new() }, now);
    let content = reading::read(conn, &shown.meeting, &shown.minutes.clone().unwrap_or_else(none))?;
    let mut restricted = RestrictedRecords::default();
    let country = &shown.meeting.country_code;
    content.restricted.agreements.iter().for_each(|one| restricted.add("agreement", one.id, country));
    content.restricted.commitments.iter().for_each(|one| restricted.add("commitment", one.id, country));
    let acta = content.acta;
    Ok(Decision {
        adoptable: adoptable_drafts(conn, actor, id)?,
        is_circulated: shown.minutes.as_ref().is_some_and(Minutes::is_circulated_text),
        mails,
        default_until: comments_until(None, shown.today, &mut Faults::default()),
        agreements: acta.agreements.into_iter().chain(content.restricted.agreements).collect(),
        commitments: acta.commitments.into_iter().chain(content.restricted.commitments).collect(),
        present: acta.commissions.into_iter().map(|one| (one.name, one.present, one.entitled)).collect(),
        points: acta.agenda.len(),
        sessions: other_sessions(conn, actor, &shown.meeting)?,
        restricted,
        shown,
    })
}

/// The minutes with the records of the session that a rectification can add.
pub(super) struct Rectifiable {
    pub shown: ShownMinutes,
    pub agreements: Vec<store::AgreementRow>,
    pub commitments: Vec<store::CommitmentRow>,
    pub sessions: Vec<Meeting>,
    pub mails: ExpectedMails,
}

impl RestrictedContent for Rectifiable {
    fn restricted(&self, found: &mut RestrictedRecords) {
        self.shown.restricted(found);
        let country = &self.shown.meeting.country_code;
        for one in self.agreements.iter().filter(|one| one.restricted) {
            found.add("agreement", one.id, country);
        }
        for one in self.commitments.iter().filter(|one| one.restricted) {
            found.add("commitment", one.id, country);
        }
    }
}

/// Loads approved minutes for their rectification; 404 or 403 for those who may not write them.
pub(super) fn rectifiable(conn: &mut Db, actor: &Actor, id: MeetingId, now: Instant) -> Result<Rectifiable> {
    let shown = of_writer(conn, actor, id, now)?;
    let stated = store::stated_records(conn, id)?;
    let mut agreements: Vec<_> = store::agreements_of(conn, id)?.into_iter().map(|one| one.row).collect();
    agreements.retain(|row| !row.is_draft() && !stated.contains(&row.id.into()));
    let mut commitments: Vec<_> = store::commitments_of(conn, id)?.into_iter().map(|one| one.row).collect();
    commitments.retain(|row| !row.draft && !stated.contains(&row.id.into()));
    let sessions = other_sessions(conn, actor, &shown.meeting)?;
    let mails = mails(conn, actor, &shown.meeting, now)?;
    Ok(Rectifiable { shown, agreements, commitments, sessions, mails })
}

/// Returns the people who get a mail about the minutes.
fn mails(conn: &mut Db, actor: &Actor, meeting: &Meeting, now: Instant) -> Result<ExpectedMails> {
    let institutions: Vec<InstitutionId> = scope::readers_of(conn, meeting, now)?.into_iter().collect();
    expected_mails(conn, (actor.id, now), super::notifications::about(meeting), &institutions)
}

/// Returns other sessions of the same commissions on the same day or later, in which the minutes may be approved.
fn other_sessions(conn: &mut Db, actor: &Actor, meeting: &Meeting) -> Result<Vec<Meeting>> {
    let ids = store::later_sessions(conn, meeting.id, &meeting.fields.commission_ids, meeting.held_to)?;
    let mut found: Vec<Meeting> = meetings_by_id(conn, &Visibility::of(actor), &ids)?.into_values().collect();
    // The acta names the session to all its readers.
    found.retain(|other| meeting.fields.restricted || !other.fields.restricted);
    found.sort_by_key(|other| (other.held_to, other.id));
    Ok(found)
}
