//! Reads everything that an acta states, as it is now. The content does not depend on the reader.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::content::{
    Acta, ActaAgreement, ActaComment, ActaCommission, ActaCommitment, ActaMeeting, ActaMinutes, ActaParty, ActaSession,
    ActaTarget, AgendaPoint, AgreementName, Annex, Attendee, Responsible, RestrictedPart,
};
use super::model::{Minutes, MinutesComment};
use super::store::{self, StatedAgreement, StatedCommitment};
use super::{comments, content::Frozen, translated};
use crate::access::{Visibility, commission_refs};
use crate::commissions::{MemberRole, Membership, OTHER_RANK, memberships_on, quorum_rules, ranks};
use crate::db::{AgendaItemId, AgreementId, CommissionId, Db, InstitutionId, MeetingId};
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

/// The agreements and commitments that an acta states.
struct SessionRecords {
    agreements: Vec<StatedAgreement>,
    commitments: Vec<StatedCommitment>,
}

impl SessionRecords {
    /// Loads the records of a session. Only a few people may know a draft: the acta states it only until it is approved.
    fn load(conn: &mut Db, meeting: MeetingId, minutes: &Minutes) -> Result<Self> {
        let mut agreements = store::agreements_of(conn, meeting)?;
        let mut commitments = store::commitments_of(conn, meeting)?;
        sort_by_number(&mut agreements);
        agreements.retain(|one| !one.row.is_draft() || !minutes.is_approved());
        commitments.retain(|one| !one.row.draft || !minutes.is_approved());
        Ok(Self { agreements, commitments })
    }

    /// Splits the records into those that every reader gets and the restricted ones.
    fn split(self) -> (Self, Self) {
        let (restricted, agreements) = self.agreements.into_iter().partition(|one| one.row.restricted);
        let (restricted_commitments, commitments) = self.commitments.into_iter().partition(|one| one.row.restricted);
        (Self { agreements, commitments }, Self { agreements: restricted, commitments: restricted_commitments })
    }
}

/// The institutions, items of the agenda and agreements that agreements and commitments name.
pub(super) struct NamesAround {
    pub institutions: InstitutionNames,
    /// The place of each item in the agenda, from 1.
    pub points: HashMap<AgendaItemId, usize>,
    /// The number of each agreement that the acta states, else its title.
    pub agreements: HashMap<AgreementId, AgreementName>,
}

impl NamesAround {
    fn named_agreements(&self, stated: Vec<StatedAgreement>) -> Vec<ActaAgreement> {
        stated.into_iter().map(|one| agreement(one, self)).collect()
    }

    fn named_commitments(&self, stated: Vec<StatedCommitment>) -> Vec<ActaCommitment> {
        stated.into_iter().map(|one| commitment(one, self)).collect()
    }

    /// Adds the names of agreements that the acta states.
    pub(super) fn add_agreements(&mut self, agreements: &[ActaAgreement]) {
        self.agreements.extend(agreements.iter().map(|one| (one.id, AgreementName::of(one))));
    }
}

/// Returns the place of each item in an agenda, from 1.
pub(super) fn places<T>(agenda: &[(AgendaItemId, T)]) -> HashMap<AgendaItemId, usize> {
    agenda.iter().enumerate().map(|(n, (id, _))| (*id, n + 1)).collect()
}

/// Reads the content of the acta of a meeting.
pub(super) fn read(conn: &mut Db, meeting: &Meeting, minutes: &Minutes) -> Result<Content> {
    let stated = SessionRecords::load(conn, meeting.id, minutes)?;
    let sheet = attendance_sheet(conn, meeting)?;
    let members = memberships_on(conn, &meeting.fields.commission_ids, meeting.held_to)?;
    let comments = comments::all_of(conn, meeting.id)?;
    let ids: BTreeSet<InstitutionId> = (sheet.items.iter().map(|item| item.institution_id))
        .chain(members.iter().map(|member| member.fields.institution_id))
        .chain(comments.iter().map(|comment| comment.institution_id))
        .collect();
    let named = ids.iter().copied().chain(store::institutions_of(&stated.agreements, &stated.commitments));
    let names = institution_names(conn, named.collect::<BTreeSet<_>>())?;
    let (agenda, annexes) = (store::agenda_points(conn, meeting.id)?, annexes(conn, meeting.id)?);
    let mut around = NamesAround { institutions: names, points: places(&agenda), agreements: HashMap::new() };
    let agenda: Vec<AgendaPoint> = agenda.into_iter().map(|(_, point)| point).collect();
    let (stated, restricted) = stated.split();
    let mut translated = translated::of_records(conn, &stated.agreements, &stated.commitments)?;
    translated.extend(translated_names(conn, ids)?);
    translated.extend(of_session(conn, meeting, (&agenda, &annexes))?);
    let agreements = around.named_agreements(stated.agreements);
    around.add_agreements(&agreements);
    let acta = Acta {
        meeting: session(conn, meeting)?,
        minutes: state(conn, minutes)?,
        commissions: commissions(conn, meeting, &sheet.quorum, &members, &around.institutions)?,
        attendance: attendance(&sheet.items, &members, &around.institutions),
        agenda,
        body: minutes.fields.body.clone(),
        agreements,
        commitments: around.named_commitments(stated.commitments),
        annexes,
        comments: comments.into_iter().map(|one| comment(one, &around.institutions)).collect(),
        rectifications: Vec::new(),
        translated,
    };
    Ok(Content { acta, restricted: restricted_part(conn, restricted, around)? })
}

/// Returns the content of the second document. It may name every agreement of the session.
fn restricted_part(conn: &mut Db, stated: SessionRecords, mut around: NamesAround) -> Result<RestrictedPart> {
    let translated = translated::of_records(conn, &stated.agreements, &stated.commitments)?;
    let agreements = around.named_agreements(stated.agreements);
    around.add_agreements(&agreements);
    Ok(RestrictedPart { commitments: around.named_commitments(stated.commitments), agreements, translated })
}

fn comment(one: MinutesComment, names: &InstitutionNames) -> ActaComment {
    ActaComment {
        institution_id: one.institution_id,
        institution: name(names, one.institution_id),
        at: one.created_at,
        text: one.text,
    }
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

/// Returns the entries of the attendance list, and as absent the members without an entry; the lead and the secretariat
/// first, then by name. Without a list nobody is listed as absent.
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
    all.extend(missing.map(|id| attendee(*id, AttendanceStatus::Absent)));
    let ranks = ranks(members);
    // The entries of one institution stay in the order in which they were entered.
    all.sort_by_cached_key(|one| {
        (ranks.get(&one.institution_id).copied().unwrap_or(OTHER_RANK), name_key(&one.institution))
    });
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
pub(super) fn agreement(stated: StatedAgreement, around: &NamesAround) -> ActaAgreement {
    let StatedAgreement { row, parties } = stated;
    let names = &around.institutions;
    let party = |(id, own, side): (Option<InstitutionId>, Option<String>, Option<String>)| ActaParty {
        name: own.or_else(|| id.map(|id| name(names, id))).unwrap_or_default(),
        side,
    };
    ActaAgreement {
        proposed: row.is_draft(),
        id: row.id,
        number: row.number,
        title: row.title,
        text: row.text,
        method: row.adoption_method,
        in_favour: row.votes_for,
        against: row.votes_against,
        abstained: row.votes_abstained,
        point: row.agenda_item_id.and_then(|id| around.points.get(&id)).copied(),
        parties: parties.into_iter().map(party).collect(),
    }
}

/// Returns a commitment with the names of the institutions responsible.
pub(super) fn commitment(stated: StatedCommitment, around: &NamesAround) -> ActaCommitment {
    let StatedCommitment { row, assignments } = stated;
    let target = |quantity: Option<f64>, unit| Some(ActaTarget { quantity: quantity?.to_string(), unit: unit? });
    let responsible = assignments.into_iter().map(|(_, part)| Responsible {
        institution_id: part.institution_id,
        institution: name(&around.institutions, part.institution_id),
        role: part.role,
        due: part.due,
        target: target(part.target_quantity, part.target_unit),
    });
    ActaCommitment {
        id: row.id,
        code: row.code,
        text: row.text,
        proposed: row.draft,
        due: row.due.or_else(|| row.due_to.map(|day| day.to_string())),
        due_text: row.due_text,
        agreement: row.agreement_id.and_then(|id| around.agreements.get(&id)).cloned(),
        point: row.agenda_item_id.and_then(|id| around.points.get(&id)).copied(),
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
