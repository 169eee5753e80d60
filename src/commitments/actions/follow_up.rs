//! The follow-up sheet of a session: the commitments that were open after the previous session, with their state on the
//! day of the session.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::access::Visibility;
use crate::agreements::{Agreement, agreements_by_id};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::commitments::model::{
    Commitment, Event, FollowUp, FollowUpAgreement, FollowUpItem, FollowUpPart, FollowUpReport, FollowUpSession,
    PastCommitment, PastEvent, PreviousSession, Update, replay,
};
use crate::commitments::store;
use crate::dates::PartialDate;
use crate::db::{
    AgreementId, AssignmentId, CommissionId, CommitmentId, Db, InstitutionId, MeetingId, UpdateId, unique,
};
use crate::directory::{self, Institution};
use crate::error::Result;
use crate::identity::Actor;
use crate::meetings;
use crate::translations::TranslatedTexts;

/// Returns the sheet of a session; 404 when the actor may not see the session.
///
/// The sheet contains the commitments that were decided before the session's day, outside the session itself, and were
/// still open at the end of the day on which one of the session's commissions met before. In a joint session each
/// commission follows up the commitments that were open after its own previous session; a commission that meets for the
/// first time, all its commitments.
pub(crate) fn follow_up(conn: &mut Db, actor: &Actor, id: MeetingId, now: Instant) -> Result<FollowUp> {
    let visibility = Visibility::of(actor);
    let meeting = meetings::meeting(conn, &visibility, id)?;
    follow_up_of(conn, &visibility, &meeting, now)
}

/// Returns the sheet of a session with the commitments that somebody with this visibility may see.
pub(crate) fn follow_up_of(
    conn: &mut Db,
    visibility: &Visibility,
    meeting: &meetings::Meeting,
    now: Instant,
) -> Result<FollowUp> {
    let (commission_ids, held) = (meeting.input().commission_ids, meeting.held_to);
    // A sheet that is made before the session has the state of the day on which it is made.
    let on = held.min(now.day_in(meeting.zone()));
    let mut previous = store::previous_sessions(conn, &commission_ids, held)?;
    let mut candidates = decided_before(conn, visibility, meeting, now)?;
    let ids: Vec<_> = candidates.iter().map(|commitment| commitment.id).collect();
    let events = standing_events(conn, &ids)?;
    let events_of = |commitment: &Commitment| events.get(&commitment.id).map_or(&[][..], Vec::as_slice);
    let previous_of = |id: &CommissionId| previous.iter().find(|session| session.commission_id == *id);
    candidates.retain(|commitment| {
        let followers = commission_ids.iter().filter(|id| commitment.fields.commission_ids.contains(id));
        followers.map(previous_of).any(|session| was_open(events_of(commitment), commitment, session))
    });
    let sessions: Vec<_> = previous.iter().map(|session| session.meeting_id).collect();
    let sessions = meetings::meetings_by_id(conn, visibility, &sessions)?;
    previous.retain(|session| sessions.contains_key(&session.meeting_id));
    let named = unique(candidates.iter().flat_map(|one| &one.assignments).map(|a| a.fields.institution_id));
    let known = Known {
        institutions: directory::institutions_by_id(conn, &named)?,
        updates: updates_by_id(conn, &candidates)?,
        origins: Origins::load(conn, visibility, &candidates)?,
    };
    let mut items: Vec<_> = candidates
        .iter()
        .filter_map(|commitment| {
            let events = events_of(commitment);
            Some(item(commitment, &replay(events, on, commitment.zone)?, events, on, &known))
        })
        .collect();
    items.sort_by(|a, b| {
        let key = |item: &FollowUpItem| (!item.overdue, item.due_to.is_none(), item.due_to);
        (key(a), &a.code).cmp(&(key(b), &b.code))
    });
    let mut restricted = RestrictedRecords::of(meeting);
    known.origins.restricted(&items, &mut restricted);
    shown_commitments(&candidates, &items).for_each(|commitment| commitment.restricted(&mut restricted));
    for session in previous.iter().filter(|session| session.restricted) {
        restricted.add("meeting", session.meeting_id, &meeting.country_code);
    }
    let mut translated = known.translated(shown_commitments(&candidates, &items));
    sessions.values().for_each(|session| add_title(&mut translated, session));
    Ok(FollowUp { meeting_id: meeting.id, commission_ids, on, previous, items, restricted, translated })
}

/// Returns the commitments of a session's commissions that were decided before its day, outside the session itself.
fn decided_before(
    conn: &mut Db,
    visibility: &Visibility,
    meeting: &meetings::Meeting,
    now: Instant,
) -> Result<Vec<Commitment>> {
    let commissions = &meeting.fields.commission_ids;
    let mut found = store::commitments_of_commissions(conn, visibility, commissions, now)?;
    found.retain(|commitment| commitment.fields.meeting_id != Some(meeting.id));
    let fields: Vec<_> = found.iter().map(|commitment| &commitment.fields).collect();
    let decided = store::decided_days(conn, &fields)?;
    found.retain(|commitment| {
        let entered = commitment.created_at.day_in(commitment.zone);
        decided.of(&commitment.fields).map_or(entered, |day| entered.min(day)) < meeting.held_to
    });
    Ok(found)
}

/// Returns the commitments that a sheet shows.
fn shown_commitments<'c>(candidates: &'c [Commitment], items: &[FollowUpItem]) -> impl Iterator<Item = &'c Commitment> {
    let shown: HashSet<CommitmentId> = items.iter().map(|item| item.commitment_id).collect();
    candidates.iter().filter(move |commitment| shown.contains(&commitment.id))
}

fn add_title(texts: &mut TranslatedTexts, meeting: &meetings::Meeting) {
    texts.add(&meeting.fields.translations, "title", &meeting.fields.title);
}

/// Returns the history of these commitments without the reports of undone imports.
fn standing_events(conn: &mut Db, ids: &[CommitmentId]) -> Result<HashMap<CommitmentId, Vec<PastEvent>>> {
    let mut events = store::past_events(conn, ids)?;
    let standing = store::standing_updates(conn, ids)?;
    for list in events.values_mut() {
        list.retain(|past| past.event.update().is_none_or(|id| standing.contains(&id)));
    }
    Ok(events)
}

/// Returns true if the commitment was open at the end of the session's day; without a session it was.
fn was_open(events: &[PastEvent], commitment: &Commitment, session: Option<&PreviousSession>) -> bool {
    let Some(PreviousSession { on, .. }) = session else { return true };
    replay(events, *on, commitment.zone).is_some_and(|past| past.status().is_open())
}

/// The records that the items of a sheet name.
struct Known {
    institutions: HashMap<InstitutionId, Institution>,
    updates: HashMap<UpdateId, Update>,
    origins: Origins,
}

impl Known {
    /// Returns the names and texts of these commitments in other languages.
    fn translated<'c>(&self, commitments: impl Iterator<Item = &'c Commitment>) -> TranslatedTexts {
        let mut texts = TranslatedTexts::default();
        for one in self.institutions.values() {
            texts.add(&one.fields.translations, "name", &one.fields.name);
        }
        self.origins.meetings.values().for_each(|meeting| add_title(&mut texts, meeting));
        for one in self.origins.agreements.values() {
            texts.add(&one.fields.translations, "title", &one.fields.title);
            one.fields.number.iter().for_each(|own| texts.add(&one.fields.translations, "number", own));
        }
        commitments.for_each(|one| self.add_texts(&mut texts, one));
        texts
    }

    fn add_texts(&self, texts: &mut TranslatedTexts, commitment: &Commitment) {
        let (fields, others) = (&commitment.fields, &commitment.fields.translations);
        texts.add(others, "text", &fields.text);
        fields.due_text.iter().for_each(|own| texts.add(others, "due_text", own));
        for (n, part) in commitment.assignments.iter().enumerate() {
            let unit = part.fields.target.as_ref().map(|target| &target.unit);
            unit.iter().for_each(|own| texts.add(others, &format!("assignments/{n}/target/unit"), own));
            let mut updates: Vec<&Update> =
                self.updates.values().filter(|update| update.assignment_id == part.id).collect();
            updates.sort_by_key(|update| update.id);
            for (m, update) in updates.into_iter().enumerate() {
                let at = format!("assignments/{n}/updates/{m}");
                texts.add(others, &format!("{at}/narrative"), &update.fields.narrative);
                for (k, evidence) in update.fields.evidence.iter().enumerate() {
                    texts.add(others, &format!("{at}/evidence/{k}/title"), &evidence.title);
                }
            }
        }
    }
}

/// The sessions and agreements from which commitments come, as far as the reader may see them.
struct Origins {
    agreements: HashMap<AgreementId, Agreement>,
    meetings: HashMap<MeetingId, meetings::Meeting>,
}

impl Origins {
    fn load(conn: &mut Db, visibility: &Visibility, commitments: &[Commitment]) -> Result<Self> {
        let ids: HashSet<AgreementId> = commitments.iter().filter_map(|one| one.fields.agreement_id).collect();
        let agreements = agreements_by_id(conn, visibility, &Vec::from_iter(ids))?;
        let of_agreements = agreements.values().filter_map(|one| one.fields.meeting_id);
        let ids: HashSet<MeetingId> =
            commitments.iter().filter_map(|one| one.fields.meeting_id).chain(of_agreements).collect();
        let meetings = meetings::meetings_by_id(conn, visibility, &Vec::from_iter(ids))?;
        Ok(Self { agreements, meetings })
    }

    fn agreement(&self, commitment: &Commitment) -> Option<&Agreement> {
        self.agreements.get(&commitment.fields.agreement_id?)
    }

    fn session(&self, commitment: &Commitment) -> Option<FollowUpSession> {
        let of_agreement = || self.agreement(commitment)?.fields.meeting_id;
        let meeting = self.meetings.get(&commitment.fields.meeting_id.or_else(of_agreement)?)?;
        let held = meeting.fields.held.clone().unwrap_or_else(|| PartialDate::day(meeting.held_to));
        Some(FollowUpSession { meeting_id: meeting.id, title: meeting.fields.title.clone(), held })
    }

    /// Notes the restricted sessions and agreements that the items name.
    fn restricted(&self, items: &[FollowUpItem], found: &mut RestrictedRecords) {
        for item in items {
            let agreement = item.agreement.as_ref().and_then(|one| self.agreements.get(&one.agreement_id));
            agreement.iter().for_each(|one| one.restricted(found));
            let meeting = item.session.as_ref().and_then(|one| self.meetings.get(&one.meeting_id));
            meeting.iter().for_each(|one| one.restricted(found));
        }
    }
}

/// Returns the reports of these commitments with their evidence.
fn updates_by_id(conn: &mut Db, commitments: &[Commitment]) -> Result<HashMap<UpdateId, Update>> {
    let parts: Vec<AssignmentId> = commitments.iter().flat_map(|one| &one.assignments).map(|part| part.id).collect();
    let lists = store::updates_of(conn, &parts)?.into_values();
    Ok(lists.flatten().map(|update| (update.id, update)).collect())
}

fn item(
    commitment: &Commitment,
    past: &PastCommitment,
    events: &[PastEvent],
    on: NaiveDate,
    known: &Known,
) -> FollowUpItem {
    let extensions = |of: Option<AssignmentId>| {
        let own = events.iter().filter(|event| event.assignment_id == of);
        own.filter_map(|event| event.extension(commitment.zone)).filter(|given| given.on <= on).collect()
    };
    let parts = past.assignments.iter().filter_map(|part| {
        let assignment = commitment.assignment(part.id).ok()?;
        let institution = known.institutions.get(&part.institution_id);
        Some(FollowUpPart {
            id: part.id,
            institution_id: part.institution_id,
            institution: institution.map(|institution| institution.fields.name.clone()).unwrap_or_default(),
            role: assignment.fields.role,
            status: part.progress.status,
            verification: part.progress.verification,
            percent: part.progress.percent,
            quantity: part.progress.quantity,
            target: assignment.fields.target.clone(),
            extensions: extensions(Some(part.id)),
            last_report: last_report(commitment, part.id, events, on, known),
            due_to: part.term.due_to,
            overdue: part.overdue(on),
        })
    });
    let agreement = known.origins.agreement(commitment).map(|one| FollowUpAgreement {
        agreement_id: one.id,
        number: one.fields.number.clone(),
        title: one.fields.title.clone(),
    });
    FollowUpItem {
        commitment_id: commitment.id,
        code: commitment.code.clone(),
        text: commitment.fields.text.clone(),
        session: known.origins.session(commitment),
        agreement,
        commission_ids: commitment.fields.commission_ids.clone(),
        status: past.status(),
        due: past.term.due.clone(),
        due_from: past.term.due_from,
        due_to: past.term.due_to,
        due_text: commitment.fields.due_text.clone(),
        extensions: extensions(None),
        overdue: past.overdue(on),
        fulfilled: past.fulfilled(),
        assignments: parts.collect(),
    }
}

/// Returns the last report of a part by the day, with its review by that day.
fn last_report(
    commitment: &Commitment,
    part: AssignmentId,
    events: &[PastEvent],
    on: NaiveDate,
    known: &Known,
) -> Option<FollowUpReport> {
    let mut last: Option<FollowUpReport> = None;
    for past in events.iter().filter(|past| past.assignment_id == Some(part)) {
        if past.day(commitment.zone, last.as_ref().map(|report| report.reported_on)) > on {
            continue;
        }
        match &past.event {
            Event::Reported { update_id, reported_on, status, narrative, .. } => {
                let update = known.updates.get(update_id);
                last = Some(FollowUpReport {
                    update_id: *update_id,
                    reported_on: *reported_on,
                    status: *status,
                    narrative: narrative.clone(),
                    evidence: update.map(|update| update.fields.evidence.clone()).unwrap_or_default(),
                    review: None,
                    reviewed_on: None,
                    review_comment: None,
                });
            }
            Event::Reviewed { update_id, outcome, comment, .. } => {
                if let Some(report) = last.as_mut().filter(|report| report.update_id == *update_id) {
                    report.review = Some(*outcome);
                    report.reviewed_on = Some(past.at.day_in(commitment.zone));
                    report.review_comment = comment.clone();
                }
            }
            Event::ReviewWithdrawn { update_id, .. } => {
                if let Some(report) = last.as_mut().filter(|report| report.update_id == *update_id) {
                    (report.review, report.reviewed_on, report.review_comment) = (None, None, None);
                }
            }
            _ => {}
        }
    }
    last
}
