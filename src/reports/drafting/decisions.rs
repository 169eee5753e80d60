//! Describes agreements with their vote, their text and their commitments; sessions with their documents; what bodies
//! owe and have reported.

use super::answer_builder::AnswerBuilder;
use super::context::{Context, capital, linked};
use super::grammar::{begins_with_infinitive, body_name, continued, contracted, noun_phrase, session_phrase};
use super::overlap::{names, sentences, share, weight};
use crate::agreements::AdoptionMethod;
use crate::commitments::{Status, Verification};
use crate::dates::PartialDate;
use crate::db::{CommissionId, InstitutionId, unique};
use crate::i18n::Lang;
use crate::meetings::MeetingKind;
use crate::rendering::escape_line;
use crate::reports::records::{Agreement, Assignment, Commission, Commitment, Meeting, Proof};
use crate::reports::words::sentence;

/// The number of sessions of a commission from which they are only counted.
const MANY_SESSIONS: usize = 4;

impl Context<'_> {
    /// Describes the agreements of this question that `which` selects and no activity describes, each once, with its
    /// commitments.
    pub(super) fn describe_agreements(&self, answer: &mut AnswerBuilder, which: impl Fn(&Agreement) -> bool) {
        for agreement in self.agreements_of_this_question() {
            answer.cite_agreement(agreement);
            let is_described = self.main_questions.has_source(agreement.id);
            if is_described || !which(agreement) || !self.first_agreement(agreement.id) {
                continue;
            }
            let owed: Vec<&Commitment> =
                self.commitments().filter(|one| one.agreement_id == Some(agreement.id)).collect();
            answer.bullet(0, &self.agreement(agreement));
            self.describe_commitments(answer, 1, &owed);
        }
    }

    /// Returns true if an agreement of this question is still to be described.
    pub(super) fn has_agreements_left(&self) -> bool {
        let is_left = |one: &Agreement| !self.main_questions.has_source(one.id) && !self.is_described(one.id);
        self.agreements_of_this_question().into_iter().any(is_left)
    }

    /// Returns true if this question is still to describe agreements of these bodies.
    pub(super) fn has_agreements_of(&self, bodies: &[CommissionId]) -> bool {
        let is_left = |one: &Agreement| !self.main_questions.has_source(one.id) && !self.is_described(one.id);
        self.agreements_of_this_question().into_iter().any(|one| is_left(one) && self.is_of_bodies(one, bodies))
    }

    /// Returns true if an agreement or a commitment of it is of one of these bodies.
    pub(super) fn is_of_bodies(&self, agreement: &Agreement, bodies: &[CommissionId]) -> bool {
        let own = self.commitments().filter(|one| one.agreement_id == Some(agreement.id));
        let meeting = agreement.meeting_id.and_then(|id| self.records.meeting(id));
        let of_meeting = meeting.iter().flat_map(|one| &one.commission_ids);
        own.flat_map(|one| &one.commission_ids).chain(of_meeting).any(|id| bodies.contains(id))
    }

    /// Returns true if this question describes agreements or sessions of a body.
    pub(super) fn has_decisions(&self, body: CommissionId) -> bool {
        let agreed = self
            .agreements_of_this_question()
            .into_iter()
            .any(|one| !self.main_questions.has_source(one.id) && self.is_of_bodies(one, &[body]));
        let met = self
            .records
            .commissions
            .iter()
            .filter(|one| one.id == body)
            .any(|commission| self.meetings().any(|one| self.is_to_tell(one, commission)));
        agreed || met
    }

    /// Writes an agreement: when, by whom and how it was adopted, its title and its text.
    fn agreement(&self, agreement: &Agreement) -> String {
        let meeting = agreement.meeting_id.and_then(|id| self.records.meeting(id)).filter(|one| !one.restricted);
        let lead = match meeting {
            Some(meeting) => {
                let title = self.continued(&escape_line(&agreement.title));
                let number = agreement.number.as_deref().map(escape_line).unwrap_or_default();
                let vote = self.vote(agreement);
                let session = session_phrase(&self.session(meeting), self.lang());
                let args = [("meeting", session), ("title", title), ("number", number), ("vote", vote)];
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
        notes.extend(self.documents_of(meeting));
        format!("{} ({})", escape_line(&meeting.title), notes.join("; "))
    }

    /// Writes the date of a session and, once, its documents, where its title only repeats the name of its body.
    fn session_of(&self, meeting: &Meeting, commission: &Commission) -> String {
        if share(&commission.name, &meeting.title) < 1.0 || weight(&meeting.title) > weight(&commission.name) + 1 {
            return self.session(meeting);
        }
        let date = self.words.period(meeting.held_from, meeting.held_to);
        let documents: Vec<String> = self.documents_of(meeting);
        match documents.is_empty() {
            true => date,
            false => format!("{date} ({})", documents.join("; ")),
        }
    }

    /// Names the documents of a session with their addresses, the first time that it is described.
    fn documents_of(&self, meeting: &Meeting) -> Vec<String> {
        if !self.first_telling(meeting.id) {
            return Vec::new();
        }
        let found = meeting.documents.iter().filter_map(|one| one.url.as_deref().map(|url| (one, url)));
        let named = |(one, url): (&Proof, &str)| match share(&meeting.title, &one.title) > 0.7 {
            true => {
                let noun = one.title.split_whitespace().next().unwrap_or_default();
                format!("{}: <{url}>", escape_line(&continued(noun)))
            }
            false => linked(one),
        };
        found.map(named).collect()
    }

    /// Describes the formal sessions of commissions in the period, with the norms that the commissions rest on, and
    /// what was assumed there without an agreement.
    pub(super) fn describe_sessions(&self, answer: &mut AnswerBuilder, commissions: &[CommissionId]) {
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
            self.describe_commitments(answer, 1, &owed);
        }
    }

    fn is_to_tell(&self, meeting: &Meeting, commission: &Commission) -> bool {
        let formal =
            matches!(meeting.kind, MeetingKind::Ordinary | MeetingKind::Extraordinary | MeetingKind::Inaugural);
        formal && meeting.commission_ids.contains(&commission.id) && !self.is_meeting_described(meeting)
    }

    fn sessions(&self, commission: &Commission, held: &[&Meeting]) -> String {
        let name = escape_line(&body_name(&commission.name, self.lang()));
        let bases: Vec<String> =
            commission.legal_bases.iter().filter_map(|one| one.number.as_deref()).map(escape_line).collect();
        let bases = if bases.is_empty() { String::new() } else { format!(" ({})", bases.join("; ")) };
        let list: Vec<String> = match held.len() {
            1..=MANY_SESSIONS => held.iter().map(|one| self.session_of(one, commission)).collect(),
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

    /// Lists commitments: who owes what until when, and how far it is. Those of the same bodies are in one sentence if
    /// each is an action, else below their names.
    pub(super) fn describe_commitments(&self, answer: &mut AnswerBuilder, depth: usize, commitments: &[&Commitment]) {
        for group in commitments.chunk_by(|one, other| obligors(one) == obligors(other)) {
            let Some(owing) = group.first().map(|one| obligors(one)) else { continue };
            let names = capital(&contracted(&self.institutions(&owing)));
            group.iter().for_each(|one| answer.cite_commitment(one));
            if group.iter().all(|one| self.is_action(one)) {
                let list: Vec<String> = group.iter().map(|one| self.continued(&self.commitment(one))).collect();
                let key = if owing.is_empty() { "draft-agreed" } else { "draft-undertook" };
                let args = [("names", names), ("list", self.enumerate(&list))];
                answer.bullet(depth, &sentence(&contracted(&self.count_with(key, owing.len(), &args))));
                continue;
            }
            let several = group.len() > 1 && !owing.is_empty();
            if several {
                answer.bullet(depth, &format!("{names}:"));
            }
            for commitment in group {
                let text = sentence(&self.commitment(commitment));
                match several || owing.is_empty() {
                    true => answer.bullet(depth + usize::from(several), &capital(&text)),
                    false => answer.bullet(depth, &format!("{names}: {}", self.continued(&text))),
                }
            }
        }
    }

    /// Returns true if a commitment is one action: `capacitar a las regiones`.
    fn is_action(&self, commitment: &Commitment) -> bool {
        let original = self.original.commitments.iter().find(|one| one.id == commitment.id).unwrap_or(commitment);
        begins_with_infinitive(&original.text, Lang::Es) && sentences(&commitment.text).len() == 1
    }

    /// Writes the text of a commitment with, in brackets, for whom it is, its term, and what was reported.
    fn commitment(&self, commitment: &Commitment) -> String {
        let obligors = obligors(commitment);
        let text = escape_line(&self.fresh(&sentence(&commitment.text)));
        let mut notes = Vec::new();
        let named = commitment.beneficiary_ids.iter().any(|id| self.is_named(*id, &commitment.text));
        let unnamed: Vec<_> =
            commitment.beneficiary_ids.iter().copied().filter(|id| !obligors.contains(id) && !named).collect();
        let counted = !unnamed.is_empty() && names(&commitment.text, &unnamed.len().to_string());
        if !unnamed.is_empty() && !counted {
            notes.push(self.say("draft-beneficiaries", &[("names", self.institutions(&unnamed))]));
        }
        if let Some(due) = &commitment.due {
            notes.push(self.say("draft-due", &[("date", self.words.date(due))]));
        }
        notes.extend(self.progress(commitment));
        let text = text.trim_end_matches('.');
        contracted(&match notes.is_empty() {
            true => text.to_owned(),
            false => format!("{text} ({})", notes.join("; ")),
        })
    }

    /// Writes what the institutions reported in the period: the quantity reached of the target, else the state.
    fn progress(&self, commitment: &Commitment) -> Option<String> {
        let reported = |one: &&Assignment| one.reported_in(self.from, self.to);
        let own: Vec<&Assignment> = commitment.live().filter(reported).collect();
        if commitment.live().count() == 1 {
            return own.first().map(|one| self.progress_of(one));
        }
        let mut told: Vec<(String, Vec<String>)> = Vec::new();
        for assignment in own {
            let territory = self.institution(assignment.institution_id).and_then(|one| one.territory.as_deref());
            let who = territory.map_or_else(|| self.institutions(&[assignment.institution_id]), escape_line);
            let state = self.progress_of(assignment);
            match told.last_mut().filter(|(last, _)| *last == state) {
                Some((_, names)) => names.push(who),
                None => told.push((state, vec![who])),
            }
        }
        let list: Vec<String> =
            told.iter().map(|(state, names)| format!("{}, {state}", self.words.list(names))).collect();
        (!list.is_empty()).then(|| list.join("; "))
    }

    fn progress_of(&self, assignment: &Assignment) -> String {
        let figure = |n: f64| self.number(n.max(0.0).round() as usize);
        let measured = assignment.target.as_ref().zip(assignment.quantity).map(|((target, unit), reached)| {
            let unit = unit.as_deref().map(escape_line).unwrap_or_default();
            let key = if reached > *target { "draft-reached-more" } else { "draft-reached" };
            self.say(key, &[("reached", figure(reached)), ("target", figure(*target)), ("unit", unit)])
        });
        let state = match (assignment.status, assignment.verification) {
            (Status::Completed, Verification::Accepted) => "draft-state-completed",
            (Status::Completed, _) => "draft-state-reported",
            _ => "draft-state-open",
        };
        measured.unwrap_or_else(|| self.say(state, &[]))
    }
}

/// Returns the bodies that owe a commitment.
fn obligors(commitment: &Commitment) -> Vec<InstitutionId> {
    unique(commitment.live().map(|one| one.institution_id))
}
