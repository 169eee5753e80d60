//! Describes agreements with their vote, their text and their commitments; sessions with their documents; what bodies
//! owe and have reported.

use super::answer_builder::AnswerBuilder;
use super::context::{Context, capital, linked};
use super::grammar::{body_name, continued, contracted, noun_phrase};
use super::overlap::{names, share};
use crate::agreements::AdoptionMethod;
use crate::commitments::{Status, Verification};
use crate::dates::PartialDate;
use crate::db::{CommissionId, InstitutionId};
use crate::meetings::MeetingKind;
use crate::rendering::escape_line;
use crate::reports::records::{Agreement, Assignment, Commission, Commitment, Meeting};
use crate::reports::words::sentence;

/// The number of sessions of a commission from which they are only counted.
const MANY_SESSIONS: usize = 4;

impl Context<'_> {
    /// Describes the agreements of this question that no activity describes, each with its commitments.
    pub(super) fn tell_agreements(&self, answer: &mut AnswerBuilder) {
        for agreement in self.agreements_of_this_question() {
            answer.cite_agreement(agreement);
            let owed: Vec<&Commitment> =
                self.commitments().filter(|one| one.agreement_id == Some(agreement.id)).collect();
            if !self.main_questions.has_source(agreement.id) {
                answer.bullet(0, &self.agreement(agreement));
                self.tell_commitments(answer, 1, &owed);
            }
        }
    }

    /// Writes an agreement: when, by whom and how it was adopted, its title and its text.
    fn agreement(&self, agreement: &Agreement) -> String {
        let meeting = agreement.meeting_id.and_then(|id| self.records.meeting(id)).filter(|one| !one.restricted);
        let title = escape_line(&agreement.title);
        let lead = match meeting {
            Some(meeting) => {
                let number = agreement.number.as_deref().map(escape_line).unwrap_or_default();
                let vote = self.vote(agreement);
                let args = [("meeting", self.session(meeting)), ("title", title), ("number", number), ("vote", vote)];
                let key =
                    if agreement.number.is_some() { "draft-agreement-numbered" } else { "draft-agreement-of-meeting" };
                self.say(key, &args)
            }
            None => self.signed(agreement),
        };
        let mut parts = vec![sentence(&lead)];
        if let Some(text) = &agreement.text {
            parts.push(escape_line(&self.fresh(&sentence(text))));
        }
        parts.retain(|part| !part.is_empty());
        contracted(&parts.join(" "))
    }

    /// Writes `El 22 de agosto de 2023 A y B suscribieron el convenio`.
    fn signed(&self, agreement: &Agreement) -> String {
        let day = |day: Option<chrono::NaiveDate>| day.map(PartialDate::day);
        let (since, until) = (day(agreement.in_force.0), day(agreement.in_force.1));
        let when = match (&agreement.adopted, since) {
            (Some(adopted), _) => self.when(adopted, None),
            (None, Some(since)) => self.when(&since, until.as_ref()),
            (None, None) => String::new(),
        };
        let unnamed: Vec<_> =
            agreement.party_ids.iter().copied().filter(|id| !self.is_named(*id, &agreement.title)).collect();
        let mut parties = vec![self.institutions(&unnamed)];
        parties.extend(
            agreement.party_names.iter().filter(|name| !names(&agreement.title, name)).map(|one| escape_line(one)),
        );
        parties.retain(|party| !party.is_empty());
        let what = escape_line(&noun_phrase(&agreement.title, self.lang()).text);
        let args = [("when", when), ("what", what), ("actor", self.words.list(&parties))];
        let key = if parties.is_empty() { "draft-signed" } else { "draft-signed-by" };
        let n = if agreement.party_ids.len() + agreement.party_names.len() > 1 { 2 } else { 1 };
        capital(&self.count_with(key, n, &args))
    }

    fn vote(&self, agreement: &Agreement) -> String {
        match (agreement.adoption_method, agreement.votes) {
            (_, [Some(yes), no, abstained]) => {
                let number = |n: Option<i32>| self.number(usize::try_from(n.unwrap_or(0)).unwrap_or(0));
                let args = [("yes", number(Some(yes))), ("no", number(no)), ("abstained", number(abstained))];
                self.say("draft-vote", &args)
            }
            (Some(AdoptionMethod::Unanimity), _) => self.say("draft-vote-unanimity", &[]),
            (Some(AdoptionMethod::Consensus), _) => self.say("draft-vote-consensus", &[]),
            (Some(AdoptionMethod::Majority), _) => self.say("draft-vote-majority", &[]),
            _ => String::new(),
        }
    }

    /// Names a session with its date and, once, its documents: `III sesión (marzo de 2023; acta: <…>)`.
    fn session(&self, meeting: &Meeting) -> String {
        let mut notes = vec![self.words.period(meeting.held_from, meeting.held_to)];
        if self.first_telling(meeting.id) {
            let found = meeting.documents.iter().filter(|one| one.url.is_some());
            notes.extend(found.map(|one| match share(&meeting.title, &one.title) > 0.7 {
                true => {
                    let noun = one.title.split_whitespace().next().unwrap_or_default();
                    let url = one.url.as_deref().unwrap_or_default();
                    format!("{}: <{url}>", escape_line(&continued(noun)))
                }
                false => linked(one),
            }));
        }
        format!("{} ({})", escape_line(&meeting.title), notes.join("; "))
    }

    /// Describes the formal sessions of commissions in the period, with the norms that the commissions rest on, and
    /// what was assumed there without an agreement.
    pub(super) fn tell_sessions(&self, answer: &mut AnswerBuilder, commissions: &[CommissionId]) {
        for commission in self.records.commissions.iter().filter(|one| commissions.contains(&one.id)) {
            let held: Vec<&Meeting> = self.meetings().filter(|one| self.is_to_tell(one, commission)).collect();
            if held.is_empty() {
                continue;
            }
            let owed: Vec<&Commitment> = self
                .commitments()
                .filter(|one| one.agreement_id.is_none())
                .filter(|one| one.meeting_id.is_some_and(|id| held.iter().any(|meeting| meeting.id == id)))
                .collect();
            answer.bullet(0, &self.sessions(commission, &held));
            answer.cite_commission(commission);
            held.iter().for_each(|meeting| answer.cite_meeting(meeting));
            self.tell_commitments(answer, 1, &owed);
        }
    }

    fn is_to_tell(&self, meeting: &Meeting, commission: &Commission) -> bool {
        let formal =
            matches!(meeting.kind, MeetingKind::Ordinary | MeetingKind::Extraordinary | MeetingKind::Inaugural);
        formal && meeting.commission_ids.contains(&commission.id) && !self.is_told(meeting)
    }

    fn sessions(&self, commission: &Commission, held: &[&Meeting]) -> String {
        let name = escape_line(&body_name(&commission.name, self.lang()));
        let bases: Vec<String> =
            commission.legal_bases.iter().filter_map(|one| one.number.as_deref()).map(escape_line).collect();
        let bases = if bases.is_empty() { String::new() } else { format!(" ({})", bases.join("; ")) };
        let list: Vec<String> = match held.len() {
            1..=MANY_SESSIONS => held.iter().map(|one| self.session(one)).collect(),
            _ => {
                held.iter().for_each(|one| {
                    self.first_telling(one.id);
                });
                vec![self.words.period(self.from, self.to)]
            }
        };
        let times = self.number_in_words(held.len());
        let args = [("name", format!("{name}{bases}")), ("list", self.enumerate(&list)), ("n", times)];
        sentence(&capital(&contracted(&self.count_with("draft-sessions", held.len(), &args))))
    }

    /// Lists commitments: who owes what until when, and how far it is. Several of the same bodies stand below them.
    pub(super) fn tell_commitments(&self, answer: &mut AnswerBuilder, depth: usize, commitments: &[&Commitment]) {
        for group in commitments.chunk_by(|one, other| obligors(one) == obligors(other)) {
            let Some(owing) = group.first().map(|one| obligors(one)) else { continue };
            let names = capital(&contracted(&self.institutions(&owing)));
            let several = group.len() > 1 && !owing.is_empty();
            if several {
                answer.bullet(depth, &format!("{names}:"));
            }
            for commitment in group {
                let text = self.commitment(commitment);
                match several || owing.is_empty() {
                    true => answer.bullet(depth + usize::from(several), &capital(&text)),
                    false => answer.bullet(depth, &format!("{names}: {}", self.continued(&text))),
                }
                answer.cite_commitment(commitment);
            }
        }
    }

    /// Writes the text of a commitment, its term, for whom it is, and what was reported.
    fn commitment(&self, commitment: &Commitment) -> String {
        let obligors = obligors(commitment);
        let mut parts = vec![escape_line(&self.fresh(&sentence(&commitment.text)))];
        let named = commitment.beneficiary_ids.iter().any(|id| self.is_named(*id, &commitment.text));
        let unnamed: Vec<_> =
            commitment.beneficiary_ids.iter().copied().filter(|id| !obligors.contains(id) && !named).collect();
        let counted = !unnamed.is_empty() && names(&commitment.text, &unnamed.len().to_string());
        if !unnamed.is_empty() && !counted {
            parts.push(sentence(&self.say("draft-beneficiaries", &[("names", self.institutions(&unnamed))])));
        }
        if let Some(due) = &commitment.due {
            parts.push(sentence(&self.say("draft-due", &[("date", self.words.date(due))])));
        }
        parts.extend(self.progress(commitment));
        parts.retain(|part| !part.is_empty());
        contracted(&parts.join(" "))
    }

    /// Writes what the institutions reported in the period: the quantity reached of the target, and the state.
    fn progress(&self, commitment: &Commitment) -> Option<String> {
        let reported = |one: &&Assignment| one.reported_in(self.from, self.to);
        let own: Vec<&Assignment> = commitment.live().filter(reported).collect();
        let alone = commitment.live().count() == 1;
        let told: Vec<String> = own.iter().map(|one| self.progress_of(one, alone)).collect();
        (!told.is_empty()).then(|| sentence(&self.say("draft-progress", &[("list", told.join("; "))])))
    }

    fn progress_of(&self, assignment: &Assignment, alone: bool) -> String {
        let state = match (assignment.status, assignment.verification) {
            (Status::Completed, Verification::Accepted) => "draft-state-completed",
            (Status::Completed, _) => "draft-state-reported",
            _ => "draft-state-open",
        };
        let state = self.say(state, &[]);
        let figure = |n: f64| self.number(n.max(0.0).round() as usize);
        let measured = assignment.target.as_ref().zip(assignment.quantity).map(|((target, unit), reached)| {
            let unit = unit.as_deref().map(escape_line).unwrap_or_default();
            let key = if reached > *target { "draft-reached-more" } else { "draft-reached" };
            self.say(key, &[("reached", figure(reached)), ("target", figure(*target)), ("unit", unit)])
        });
        let told = match measured {
            Some(measured) => format!("{measured} ({state})"),
            None => state,
        };
        let territory = self.institution(assignment.institution_id).and_then(|one| one.territory.as_deref());
        match (alone, territory) {
            (true, _) => told,
            (false, Some(place)) => format!("{}, {told}", escape_line(place)),
            (false, None) => format!("{}, {told}", self.institutions(&[assignment.institution_id])),
        }
    }
}

/// Returns the bodies that owe a commitment.
fn obligors(commitment: &Commitment) -> Vec<InstitutionId> {
    let mut ids: Vec<InstitutionId> = commitment.live().map(|one| one.institution_id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
