//! Reads everything that an acta states, as it is now. The content does not depend on the reader.

use std::collections::{BTreeSet, HashSet};

use super::content::{
    Acta, ActaAgreement, ActaComment, ActaCommission, ActaCommitment, ActaMeeting, ActaMinutes, ActaParty, ActaSession,
    AgendaPoint, Annex, Attendee, Responsible, RestrictedPart,
};
use super::model::Minutes;
use super::store::{self, StatedAgreement, StatedCommitment};
use super::{comments, content::Frozen, translated};
use crate::access::{Visibility, commission_refs};
use crate::commissions::{MemberRole, Membership, memberships_on, quorum_rules};
use crate::db::{CommissionId, Db, InstitutionId, MeetingId};
use crate::directory::{InstitutionNames, institution_names, translated_names};
use crate::error::{Error, Result};
use crate::identity::user_names;
use crate::meetings::{
    AttendanceInput, AttendanceStatus, Meeting, MeetingStatus, Quorum, attendance_sheet, documents_of_meetings,
    meetings_by_id,
};
use crate::text::name_key;
use crate::translations::TranslatedTexts;

/// The content of an acta as it is now, in its two parts.
pub(super) struct Content {
    pub acta: Acta,
    pub restricted: RestrictedPart,
}

impl Content {
    pub(super) fn frozen(&self) -> Result<Frozen> {
        Frozen::of(&self.acta, &self.restricted)
    }
}

/// Reads the content of the acta of a meeting.
pub(super) fn read(conn: &mut Db, meeting: &Meeting, minutes: &Minutes) -> Result<Content> {
    let mut agreements = store::agreements_of(conn, meeting.id)?;
    sort_by_number(&mut agreements);
    let mut commitments = store::commitments_of(conn, meeting.id)?;
    // Only a few people may know a draft: the acta shows it only until it is approved.
    commitments.retain(|one| !one.row.draft || !minutes.is_approved());
    let sheet = attendance_sheet(conn, meeting)?;
    let members = memberships_on(conn, &meeting.fields.commission_ids, meeting.held_to)?;
    let comments = comments::all_of(conn, meeting.id)?;
    let ids: BTreeSet<InstitutionId> = (sheet.items.iter().map(|item| item.institution_id))
        .chain(members.iter().map(|member| member.fields.institution_id))
        .chain(comments.iter().map(|comment| comment.institution_id))
        .collect();
    let named = ids.iter().copied().chain(store::institutions_of(&agreements, &commitments));
    let names = institution_names(conn, named.collect::<BTreeSet<_>>())?;
    let (restricted_agreements, agreements) = agreements.into_iter().partition::<Vec<_>, _>(|one| one.row.restricted);
    let (restricted_commitments, commitments) =
        commitments.into_iter().partition::<Vec<_>, _>(|one| one.row.restricted);
    let (agenda, annexes) = (store::agenda_points(conn, meeting.id)?, annexes(conn, meeting.id)?);
    let mut translated = translated::of_records(conn, &agreements, &commitments)?;
    translated.extend(translated_names(conn, ids)?);
    translated.extend(of_session(conn, meeting, (&agenda, &annexes))?);
    let acta = Acta {
        meeting: session(conn, meeting)?,
        minutes: state(conn, minutes)?,
        commissions: commissions(conn, meeting, &sheet.quorum, &members, &names)?,
        attendance: attendance(&sheet.items, &members, &names),
        agenda,
        body: minutes.fields.body.clone(),
        agreements: agreements.into_iter().map(|one| agreement(one, &names)).collect(),
        commitments: commitments.into_iter().map(|one| commitment(one, &names)).collect(),
        annexes,
        comments: comments
            .into_iter()
            .map(|one| ActaComment {
                institution_id: one.institution_id,
                institution: name(&names, one.institution_id),
                at: one.created_at,
                text: one.text,
            })
            .collect(),
        rectifications: Vec::new(),
        translated,
    };
    let restricted = RestrictedPart {
        translated: translated::of_records(conn, &restricted_agreements, &restricted_commitments)?,
        agreements: restricted_agreements.into_iter().map(|one| agreement(one, &names)).collect(),
        commitments: restricted_commitments.into_iter().map(|one| commitment(one, &names)).collect(),
    };
    Ok(Content { acta, restricted })
}

/// Returns the texts of the session in other languages.
fn of_session(
    conn: &mut Db,
    meeting: &Meeting,
    (agenda, annexes): (&[AgendaPoint], &[Annex]),
) -> Result<TranslatedTexts> {
    let mut texts = TranslatedTexts::default();
    translated::add_meeting(&mut texts, meeting);
    let commissions = commission_refs(conn, &meeting.fields.commission_ids)?;
    translated::add_commissions(&mut texts, meeting.fields.commission_ids.iter().filter_map(|id| commissions.get(id)));
    let points = agenda.iter().map(|one| {
        vec![
            ("title", Some(one.title.as_str())),
            ("presenter", one.presenter.as_deref()),
            ("outcome", one.outcome.as_deref()),
        ]
    });
    translated::add_items(&mut texts, meeting, "agenda", points);
    let documents = annexes.iter().map(|one| vec![("title", Some(one.title.as_str()))]);
    translated::add_items(&mut texts, meeting, "documents", documents);
    Ok(texts)
}

fn name(names: &InstitutionNames, id: InstitutionId) -> String {
    names.get(&id).cloned().unwrap_or_default()
}

fn session(conn: &mut Db, meeting: &Meeting) -> Result<ActaMeeting> {
    let fields = &meeting.fields;
    let recorded = store::meeting_row(conn, meeting.id)?;
    Ok(ActaMeeting {
        id: meeting.id,
        country_code: meeting.country_code.clone(),
        title: fields.title.clone(),
        kind: fields.kind.as_str().to_owned(),
        ordinal: fields.ordinal,
        cancelled: fields.status == MeetingStatus::Cancelled,
        time_zone: meeting.zone().name().to_owned(),
        starts_at: fields.starts_at,
        ends_at: fields.ends_at,
        started_at: recorded.started_at,
        ended_at: recorded.ended_at,
        held: fields.held.as_ref().map(ToString::to_string),
        held_to: meeting.held_to,
        place: fields.place.clone(),
        modality: fields.modality.map(|modality| modality.as_str().to_owned()),
        convened_at: meeting.convened_at,
        call: recorded.call,
    })
}

fn state(conn: &mut Db, minutes: &Minutes) -> Result<ActaMinutes> {
    let names = user_names(conn, minutes.approved_by)?;
    Ok(ActaMinutes {
        status: minutes.status,
        code: minutes.code.clone(),
        circulated_at: minutes.circulated_at,
        comments_until: minutes.comments_until,
        approved_at: minutes.approved_at,
        approved_by: names.into_values().next(),
        approved_in: other_session(conn, minutes.approved_in_meeting_id)?,
    })
}

/// Returns the title and the day of another session.
pub(super) fn other_session(conn: &mut Db, id: Option<MeetingId>) -> Result<Option<ActaSession>> {
    let found = meetings_by_id(conn, &Visibility::everything(), id.as_slice())?;
    let session =
        |meeting: Meeting| ActaSession { id: meeting.id, title: meeting.fields.title, held_to: meeting.held_to };
    Ok(found.into_values().next().map(session))
}

fn commissions(
    conn: &mut Db,
    meeting: &Meeting,
    quorums: &[Quorum],
    members: &[Membership],
    names: &InstitutionNames,
) -> Result<Vec<ActaCommission>> {
    let ids = &meeting.fields.commission_ids;
    let known = commission_refs(conn, ids)?;
    let rules = quorum_rules(conn, ids)?;
    let holders = |commission: CommissionId, role: MemberRole| {
        let own = members.iter().filter(|member| member.commission_id == commission && member.fields.role == role);
        own.map(|member| name(names, member.fields.institution_id)).collect()
    };
    let commission = |quorum: &Quorum| {
        let id = quorum.commission_id;
        let rule = rules.get(&id).map(serde_json::to_value).transpose().map_err(Error::internal)?;
        Ok(ActaCommission {
            id,
            name: known.get(&id).map(|commission| commission.name.clone()).unwrap_or_default(),
            quorum_rule: rule,
            entitled: quorum.entitled,
            present: quorum.present,
            required: quorum.required,
            reached: quorum.reached,
            second_call_required: quorum.second_call_required,
            second_call_reached: quorum.second_call_reached,
            leads: holders(id, MemberRole::Lead),
            secretariats: holders(id, MemberRole::Secretariat),
        })
    };
    quorums.iter().map(commission).collect()
}

/// Returns the entries of the attendance list, and as absent the members without an entry. Without a list nobody is
/// listed as absent.
fn attendance(items: &[AttendanceInput], members: &[Membership], names: &InstitutionNames) -> Vec<Attendee> {
    if items.is_empty() {
        return Vec::new();
    }
    let listed = members.iter().filter(|member| member.fields.role.is_listed());
    let listed: BTreeSet<_> = listed.map(|member| member.fields.institution_id).collect();
    let voting = members.iter().filter(|member| member.fields.votes());
    let voting: HashSet<_> = voting.map(|member| member.fields.institution_id).collect();
    let attendee = |id: InstitutionId, status| Attendee {
        institution_id: id,
        institution: name(names, id),
        is_member: listed.contains(&id),
        has_vote: voting.contains(&id),
        status,
        capacity: None,
        person: None,
        arrived_at: None,
        left_at: None,
    };
    let mut all: Vec<Attendee> = items
        .iter()
        .map(|item| Attendee {
            capacity: item.capacity,
            person: item.person.clone(),
            arrived_at: item.arrived_at,
            left_at: item.left_at,
            ..attendee(item.institution_id, item.status)
        })
        .collect();
    let noted: HashSet<_> = items.iter().map(|item| item.institution_id).collect();
    let missing = listed.iter().filter(|id| !noted.contains(id));
    let mut missing: Vec<_> = missing.map(|id| attendee(*id, AttendanceStatus::Absent)).collect();
    missing.sort_by_cached_key(|one| name_key(&one.institution));
    all.extend(missing);
    all
}

/// Sorts agreements by their numbers, if all of them have one; else they stay in the order in which they were entered.
fn sort_by_number(agreements: &mut [StatedAgreement]) {
    let number = |one: &StatedAgreement| one.row.number.as_deref().and_then(|number| number.trim().parse::<u32>().ok());
    if agreements.iter().all(|one| number(one).is_some()) {
        agreements.sort_by_key(number);
    }
}

/// Returns an agreement with the names of its parties.
pub(super) fn agreement(stated: StatedAgreement, names: &InstitutionNames) -> ActaAgreement {
    let StatedAgreement { row, parties } = stated;
    let party = |(id, own, side): (Option<InstitutionId>, Option<String>, Option<String>)| ActaParty {
        name: own.or_else(|| id.map(|id| name(names, id))).unwrap_or_default(),
        side,
    };
    ActaAgreement {
        id: row.id,
        number: row.number,
        title: row.title,
        text: row.text,
        method: row.adoption_method,
        in_favour: row.votes_for,
        against: row.votes_against,
        abstained: row.votes_abstained,
        parties: parties.into_iter().map(party).collect(),
    }
}

/// Returns a commitment with the names of the institutions responsible.
pub(super) fn commitment(stated: StatedCommitment, names: &InstitutionNames) -> ActaCommitment {
    let StatedCommitment { row, assignments } = stated;
    let responsible = assignments.into_iter().map(|part| Responsible {
        institution_id: part.institution_id,
        institution: name(names, part.institution_id),
        role: part.role,
        due: part.due,
    });
    ActaCommitment {
        id: row.id,
        code: row.code,
        text: row.text,
        proposed: row.draft,
        due: row.due.or_else(|| row.due_to.map(|day| day.to_string())),
        due_text: row.due_text,
        responsible: responsible.collect(),
    }
}

fn annexes(conn: &mut Db, meeting: MeetingId) -> Result<Vec<Annex>> {
    let documents = documents_of_meetings(conn, &[meeting])?.remove(&meeting).unwrap_or_default();
    let annex = |document: crate::meetings::MeetingDocument| Annex {
        title: document.fields.title,
        url: document.fields.url,
        dated: document.fields.dated.as_ref().map(ToString::to_string),
    };
    Ok(documents.into_iter().map(annex).collect())
}
