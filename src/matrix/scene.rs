//! What stands already of what a matrix may name: loaded once, whatever the number of rows.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::agreed::Called;
use super::sessions::Title;
use super::words::fold;
use super::words::names::Names;
use crate::access::{self, Visibility, commission_refs, may_write};
use crate::agreements::{Agreement, agreements_by_id, agreements_of_country};
use crate::clock::Instant;
use crate::commissions::all_of_country;
use crate::commitments::{Commitment, Update, commitments_of_country, updates_of};
use crate::db::{AgreementId, AssignmentId, CommissionId, CommitmentId, Db, InstitutionId, MeetingId};
use crate::directory::all_institutions;
use crate::error::{Code, Result};
use crate::identity::Actor;
use crate::meetings::{Meeting, MeetingStatus, meetings_by_id, meetings_of_country};

/// The records of a country that the caller may write.
pub struct Scene {
    pub country: String,
    /// The country's day, and each commission's own.
    today: NaiveDate,
    days: HashMap<CommissionId, NaiveDate>,
    pub now: Instant,
    /// The commission of rows that name none.
    pub commission: Option<CommissionId>,
    pub commissions: Names<CommissionId>,
    pub institutions: Names<InstitutionId>,
    /// What institutions are called in few letters.
    pub labels: HashMap<InstitutionId, String>,
    pub commission_labels: HashMap<CommissionId, String>,
    pub meetings: HashMap<MeetingId, Meeting>,
    /// What sessions tell of themselves, and what agreements are called, made ready once for all rows.
    pub titles: HashMap<MeetingId, Title>,
    pub agreements: HashMap<AgreementId, Agreement>,
    pub called_agreements: HashMap<AgreementId, Called>,
    pub commitments: HashMap<CommitmentId, Commitment>,
    /// Sessions and agreements of others, which these commitments name and the caller may know.
    foreign_meetings: HashMap<MeetingId, Meeting>,
    foreign_agreements: HashMap<AgreementId, Agreement>,
    by_code: HashMap<String, CommitmentId>,
    by_text: HashMap<(CommissionId, String), Vec<CommitmentId>>,
    pub updates: HashMap<AssignmentId, Vec<Update>>,
}

impl Scene {
    /// Loads it; 404 when there is no such country.
    pub fn load(
        conn: &mut Db,
        actor: &Actor,
        country: &str,
        commission: Option<CommissionId>,
        now: Instant,
    ) -> Result<Self> {
        let zone = access::country_zone(conn, country)?.ok_or(Code::NotFound)?;
        let mut scene = Self {
            country: country.to_owned(),
            today: now.day_in(zone),
            days: HashMap::new(),
            now,
            commission,
            commissions: Names::default(),
            institutions: Names::default(),
            labels: HashMap::new(),
            commission_labels: HashMap::new(),
            meetings: HashMap::new(),
            titles: HashMap::new(),
            agreements: HashMap::new(),
            called_agreements: HashMap::new(),
            commitments: HashMap::new(),
            foreign_meetings: HashMap::new(),
            foreign_agreements: HashMap::new(),
            by_code: HashMap::new(),
            by_text: HashMap::new(),
            updates: HashMap::new(),
        };
        scene.load_names(conn, actor)?;
        let own: HashSet<CommissionId> = scene.commission_labels.keys().copied().collect();
        let theirs = |ids: &[CommissionId]| ids.iter().any(|id| own.contains(id));
        let meetings = meetings_of_country(conn, country)?.into_iter();
        let meetings =
            meetings.filter(|one| theirs(&one.fields.commission_ids) && one.fields.status != MeetingStatus::Cancelled);
        scene.meetings = meetings.map(|one| (one.id, one)).collect();
        let agreements = agreements_of_country(conn, country)?.into_iter();
        scene.agreements =
            agreements.filter(|one| theirs(&one.fields.commission_ids)).map(|one| (one.id, one)).collect();
        for one in
            commitments_of_country(conn, country, now)?.into_iter().filter(|one| theirs(&one.fields.commission_ids))
        {
            scene.add_commitment(one);
        }
        scene.load_foreign(conn, &Visibility::of(actor))?;
        let meetings = scene.meetings.values().chain(scene.foreign_meetings.values());
        scene.titles = meetings.map(|one| (one.id, Title::of_meeting(one))).collect();
        scene.called_agreements = scene.agreements.values().map(|one| (one.id, Called::of(one))).collect();
        Ok(scene)
    }

    fn load_foreign(&mut self, conn: &mut Db, visibility: &Visibility) -> Result<()> {
        let named = self.commitments.values().filter_map(|one| one.fields.agreement_id);
        let named: HashSet<AgreementId> = named.filter(|id| !self.agreements.contains_key(id)).collect();
        self.foreign_agreements = agreements_by_id(conn, visibility, &Vec::from_iter(named))?;
        let of_agreements = self.foreign_agreements.values().filter_map(|one| one.fields.meeting_id);
        let named = self.commitments.values().filter_map(|one| one.fields.meeting_id).chain(of_agreements);
        let named: HashSet<MeetingId> = named.filter(|id| !self.meetings.contains_key(id)).collect();
        self.foreign_meetings = meetings_by_id(conn, visibility, &Vec::from_iter(named))?;
        Ok(())
    }

    fn load_names(&mut self, conn: &mut Db, actor: &Actor) -> Result<()> {
        for one in all_of_country(conn, &self.country, self.now)? {
            if !may_write(actor, &self.country, &[one.id]) {
                continue;
            }
            let fields = &one.fields;
            let others = fields.official_name.iter().chain(&fields.aliases).cloned();
            self.commissions.add(one.id, 0, &fields.name, fields.acronym.as_deref(), others);
            self.commission_labels.insert(one.id, fields.acronym.clone().unwrap_or_else(|| fields.name.clone()));
        }
        let own: Vec<CommissionId> = self.commission_labels.keys().copied().collect();
        self.days = commission_refs(conn, &own)?.into_iter().map(|(id, one)| (id, one.today(self.now))).collect();
        for one in all_institutions(conn)? {
            let fields = &one.fields;
            let others = fields.official_name.iter().chain(&fields.aliases).cloned();
            let foreign = fields.country_code.as_ref().is_some_and(|code| *code != self.country);
            self.institutions.add(one.id, u8::from(foreign), &fields.name, fields.acronym.as_deref(), others);
            self.labels.insert(one.id, fields.acronym.clone().unwrap_or_else(|| fields.name.clone()));
        }
        Ok(())
    }

    fn add_commitment(&mut self, commitment: Commitment) {
        self.by_code.insert(fold(&commitment.code), commitment.id);
        let text = fold(&commitment.fields.text);
        for commission in &commitment.fields.commission_ids {
            self.by_text.entry((*commission, text.clone())).or_default().push(commitment.id);
        }
        self.commitments.insert(commitment.id, commitment);
    }

    /// Loads the reports on these commitments, which rows may tell again.
    pub fn load_updates(&mut self, conn: &mut Db, ids: impl Iterator<Item = CommitmentId>) -> Result<()> {
        let parts = ids.filter_map(|id| self.commitments.get(&id)).flat_map(|one| &one.assignments);
        let parts: Vec<AssignmentId> = parts.map(|part| part.id).collect();
        self.updates = updates_of(conn, &parts)?;
        Ok(())
    }

    pub fn by_code(&self, code: &str) -> Option<&Commitment> {
        self.by_code.get(&fold(code)).and_then(|id| self.commitments.get(id))
    }

    /// The commitments of a commission with these words.
    pub fn by_text(&self, commission: CommissionId, text: &str) -> Vec<&Commitment> {
        let ids = self.by_text.get(&(commission, fold(text)));
        ids.into_iter().flatten().filter_map(|id| self.commitments.get(id)).collect()
    }

    /// The session of a commitment: its own, else its agreement's.
    pub fn session_of(&self, commitment: &Commitment) -> Option<&Meeting> {
        let of_agreement = || self.agreement_of(commitment).and_then(|one| one.fields.meeting_id);
        let id = commitment.fields.meeting_id.or_else(of_agreement)?;
        self.meetings.get(&id).or_else(|| self.foreign_meetings.get(&id))
    }

    pub fn agreement_of(&self, commitment: &Commitment) -> Option<&Agreement> {
        let id = commitment.fields.agreement_id?;
        self.agreements.get(&id).or_else(|| self.foreign_agreements.get(&id))
    }

    /// The day of the commission that leads a commitment, else of the first that a row names.
    pub fn today_of(&self, known: Option<&Commitment>, commissions: &[CommissionId]) -> NaiveDate {
        let first = || commissions.first().and_then(|id| self.days.get(id)).copied();
        known.map(|known| known.today(self.now)).or_else(first).unwrap_or(self.today)
    }

    /// What institutions are called, in a list.
    pub fn called(&self, ids: impl IntoIterator<Item = InstitutionId>) -> String {
        let labels = ids.into_iter().filter_map(|id| self.labels.get(&id).map(String::as_str));
        labels.collect::<Vec<_>>().join("; ")
    }
}
