//! The main question of each record: the one that describes it. Other questions only name it.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::grammar::head_noun;
use super::overlap::share;
use crate::activities::ActivityKind;
use crate::agreements::{AgreementStatus, Scope};
use crate::db::{ActivityId, AgreementId, InstitutionId};
use crate::reports::questionnaire::Asked;
use crate::reports::records::{Activity, Agreement, Records};
use crate::text::fold_words;

#[derive(Debug, Default)]
pub(super) struct MainQuestions {
    activities: HashMap<ActivityId, usize>,
    agreements: HashMap<AgreementId, usize>,
    /// The agreement that an activity brought about.
    adopted: HashMap<ActivityId, AgreementId>,
}

impl MainQuestions {
    /// Finds the main question of each activity of the period and of each agreement of it or followed up in it.
    pub(super) fn of(records: &Records, period: (NaiveDate, NaiveDate), asked: &[Asked<'_>]) -> Self {
        let finder = Finder { records, period, asked };
        let mut main_questions = Self::default();
        for activity in records.activities.iter().filter(|one| one.counts() && one.meets(period.0, period.1)) {
            if let Some(question) = finder.activity(activity) {
                main_questions.activities.insert(activity.id, question);
            }
        }
        for agreement in records.agreements.iter().filter(|one| !one.restricted) {
            let source = finder.source_of(agreement);
            let question = source
                .and_then(|activity| main_questions.activity(activity.id))
                .or_else(|| finder.agreement(agreement));
            if let Some(question) = question {
                main_questions.agreements.insert(agreement.id, question);
            }
            if let Some(activity) = source {
                main_questions.adopted.insert(activity.id, agreement.id);
            }
        }
        main_questions
    }

    pub(super) fn activity(&self, id: ActivityId) -> Option<usize> {
        self.activities.get(&id).copied()
    }

    pub(super) fn agreement(&self, id: AgreementId) -> Option<usize> {
        self.agreements.get(&id).copied()
    }

    /// Returns the agreement that an activity brought about.
    pub(super) fn adopted_by(&self, id: ActivityId) -> Option<AgreementId> {
        self.adopted.get(&id).copied()
    }

    /// Returns true if an activity is the adoption of the agreement.
    pub(super) fn has_source(&self, id: AgreementId) -> bool {
        self.adopted.values().any(|adopted| *adopted == id)
    }
}

struct Finder<'a> {
    records: &'a Records,
    period: (NaiveDate, NaiveDate),
    asked: &'a [Asked<'a>],
}

impl Finder<'_> {
    fn question(&self, key: &str) -> Option<usize> {
        self.asked.iter().position(|asked| asked.question.key == key)
    }

    /// Returns the first repetition of a question whose item, or an item below it, is served.
    fn item(&self, key: &str, serves: impl Fn(&[crate::db::PlanItemId]) -> bool) -> Option<usize> {
        let is_served = |asked: &Asked<'_>| {
            let step = asked.step.filter(|_| asked.question.key == key);
            step.is_some_and(|step| serves(&self.records.roadmap.branch(step.id)))
        };
        self.asked.iter().position(is_served)
    }

    /// Returns the main question of an activity: reports about progress belong to the evaluation, the work for a priority to that
    /// priority or next step, the work with partners to the partners, what is left to the other successes.
    fn activity(&self, activity: &Activity) -> Option<usize> {
        let priority = self.item("priority_progress", |items| activity.serves(items));
        let step = self.item("next_step_status", |items| activity.serves(items));
        let is_in_roadmap = self.records.roadmap.contains_any(&activity.plan_item_ids);
        let evaluation = evaluation(activity, priority.is_some(), is_in_roadmap);
        let international = self.is_international(activity);
        let beyond = matches!(activity.scope, Some(Scope::Regional | Scope::Global));
        let national = (!is_in_roadmap).then(|| self.national(activity)).flatten();
        evaluation
            .and_then(|key| self.question(key))
            .or(priority)
            .or_else(|| self.question("regional_initiatives_detail").filter(|_| beyond))
            .or_else(|| self.question("intl_partner_detail").filter(|_| international))
            .or_else(|| national.and_then(|key| self.question(key)))
            .or(step)
            .or_else(|| self.question("highlights").filter(|_| activity.highlight))
            .or_else(|| self.question("other_success_detail"))
    }

    fn is_foreign(&self, id: InstitutionId) -> bool {
        self.records.institutions.get(&id).is_some_and(|one| one.is_international(&self.records.country_code))
    }

    fn parent(&self, id: InstitutionId) -> Option<InstitutionId> {
        self.records.institutions.get(&id).and_then(|one| one.parent_id)
    }

    fn is_international(&self, activity: &Activity) -> bool {
        activity.parties().any(|id| self.is_foreign(id))
    }

    /// Returns the question on national partners for work with one of them.
    fn national(&self, activity: &Activity) -> Option<&'static str> {
        let with_partner = activity.partner_ids.iter().any(|id| !self.is_foreign(*id));
        match activity.kind {
            _ if !with_partner => None,
            ActivityKind::Coordination | ActivityKind::Meeting | ActivityKind::Exchange => {
                Some("national_partner_detail")
            }
            kind if kind.is_training() => Some("national_collab_improvement"),
            _ => None,
        }
    }

    /// Returns the activity of the period that brought an agreement about: with all its parties, at its time, and with
    /// words of its title.
    fn source_of(&self, agreement: &Agreement) -> Option<&Activity> {
        if agreement.status == AgreementStatus::Draft || agreement.party_ids.is_empty() {
            return None;
        }
        let (from, to) = agreement.span()?;
        let (first, last) = self.period;
        let fits = |one: &&Activity| {
            let parties: Vec<InstitutionId> = one.parties().collect();
            let has =
                |id: &InstitutionId| parties.contains(id) || self.parent(*id).is_some_and(|one| parties.contains(&one));
            let has_all = agreement.party_ids.iter().all(has);
            one.counts() && one.meets(first, last) && one.meets(from, to) && has_all
        };
        let described = |one: &Activity| {
            let parts = [Some(&one.title), one.description.as_ref(), one.result.as_ref()];
            parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
        };
        let likeness = |one: &&Activity| (share(&agreement.title, &described(one)) * 100.0).round() as u32;
        let candidates = self.records.activities.iter().filter(fits);
        candidates.max_by_key(likeness).filter(|one| likeness(one) >= 25)
    }

    /// Returns the main question of an agreement: the priority that most of its commitments serve, else the question on its
    /// parties. One adopted before the period counts when it was followed up in it.
    fn agreement(&self, agreement: &Agreement) -> Option<usize> {
        let (from, to) = self.period;
        let own =
            || self.records.commitments.iter().filter(|one| one.counts() && one.agreement_id == Some(agreement.id));
        let is_active = |one: &Activity| one.counts() && one.meets(from, to);
        let is_followed = own().any(|one| {
            let acts = self.records.activities.iter().any(|act| is_active(act) && act.commitment_ids.contains(&one.id));
            acts || one.reported_in(from, to)
        });
        let is_of_period = agreement.span().is_some_and(|(start, end)| start <= to && end >= from);
        if agreement.status == AgreementStatus::Draft || !is_followed && !is_of_period {
            return None;
        }
        let mut votes: HashMap<usize, usize> = HashMap::new();
        for (place, asked) in self.asked.iter().enumerate() {
            let Some(step) = asked.step.filter(|_| asked.question.key == "priority_progress") else { continue };
            let branch = self.records.roadmap.branch(step.id);
            votes.insert(place, own().filter(|one| one.serves(&branch)).count());
        }
        let best = votes.into_iter().filter(|(_, n)| *n > 0).max_by_key(|(place, n)| (*n, std::cmp::Reverse(*place)));
        let key = match agreement.scope {
            Some(Scope::Regional | Scope::Global) => "regional_initiatives_detail",
            _ if agreement.party_ids.iter().any(|id| self.is_foreign(*id)) => "intl_partner_detail",
            _ => "national_partner_detail",
        };
        best.map(|(place, _)| place).or_else(|| self.question(key))
    }
}

/// Returns the question on the evaluation for a report or study about the progress itself.
pub(super) fn evaluation(activity: &Activity, is_priority: bool, is_in_roadmap: bool) -> Option<&'static str> {
    let head = head_noun(&activity.title);
    let is = |list: &[&str]| list.contains(&head.as_str());
    match activity.kind {
        ActivityKind::Publication | ActivityKind::Other | ActivityKind::Study
            if is(&["informe", "informes", "reporte", "reportes", "monitoreo", "evaluacion", "evaluaciones"]) =>
        {
            Some("evaluation_tools")
        }
        ActivityKind::Other if is(&["sistema"]) && tells_of_monitoring(&activity.title) => {
            Some("evaluation_tools_detail")
        }
        ActivityKind::Study if !is_priority => Some("evaluation_tools_detail"),
        ActivityKind::Coordination | ActivityKind::Other if !is_in_roadmap && is(&["seguimiento"]) => {
            Some("evaluation_tools_detail")
        }
        _ => None,
    }
}

/// Returns true if a title is about following up or evaluating.
pub(super) fn tells_of_monitoring(title: &str) -> bool {
    let words = fold_words(title);
    words.split(' ').any(|word| ["monitoreo", "seguimiento", "evaluacion", "registro"].contains(&word))
}
