//! Parts that several pages draw: states, progress, terms, documents.

use chrono::{Days, NaiveDate};
use maud::{Markup, html};

use crate::commitments::model::{
    Assignment, AssignmentRole, Commitment, CommitmentStatus, CompletionRule, Status, Target, Verification,
};
use crate::dates::PartialDate;
use crate::db::FileId;
use crate::ui::{Frame, Segment, Tone, due_in_words, segments, short_date, short_day, tag};

/// The number of days before its end from which a term is marked.
pub(super) const SOON: u64 = 30;

/// Returns the word for a status.
pub(super) fn status_word(frame: &Frame, status: CommitmentStatus) -> String {
    match status {
        CommitmentStatus::Draft => frame.t("commitments-draft"),
        other => frame.word("status", other.as_str()),
    }
}

const fn tone_of(status: CommitmentStatus) -> Tone {
    match status {
        CommitmentStatus::Draft => Tone::Soon,
        CommitmentStatus::Planned | CommitmentStatus::Cancelled => Tone::Neutral,
        CommitmentStatus::InProgress => Tone::Open,
        CommitmentStatus::Completed => Tone::Done,
        CommitmentStatus::NotAchieved => Tone::Overdue,
    }
}

/// Draws the status of a commitment.
pub(super) fn state_tag(frame: &Frame, status: CommitmentStatus) -> Markup {
    tag(tone_of(status), &status_word(frame, status))
}

/// Returns the tone of the part of an institution: the review of its completion and an overdue term come first.
pub(super) fn part_tone(part: &Assignment) -> Tone {
    match part.progress.verification {
        Verification::Pending => Tone::Review,
        Verification::Accepted => Tone::Done,
        _ if part.overdue => Tone::Overdue,
        _ => tone_of(part.progress.status.into()),
    }
}

/// Draws the state of the part of an institution.
pub(super) fn part_tag(frame: &Frame, part: &Assignment) -> Markup {
    match part.progress.verification {
        Verification::Pending => tag(Tone::Review, &frame.t("commitments-to-review")),
        Verification::Returned => tag(Tone::Overdue, &frame.t("commitments-returned")),
        _ => tag(tone_of(part.progress.status.into()), &frame.word("status", part.progress.status.as_str())),
    }
}

/// Draws the progress of a commitment: a segment for each institution whose part is not cancelled, and their number.
pub(super) fn progress(frame: &Frame, commitment: &Commitment) -> Markup {
    let live = commitment.assignments.iter().filter(|part| part.progress.status != Status::Cancelled);
    let parts: Vec<Segment> = live.map(|part| Segment(part_tone(part))).collect();
    if parts.is_empty() {
        return html! { span class="small" { (frame.t("commitments-no-parts")) } };
    }
    segments(&parts, &fulfilled_words(frame, commitment))
}

/// Returns the number of institutions that have done their part: "3 de 5 instituciones".
pub(super) fn fulfilled_words(frame: &Frame, commitment: &Commitment) -> String {
    let fulfilled = commitment.fulfilled;
    frame.t_with("commitments-fulfilled", &[("done", fulfilled.done.into()), ("n", fulfilled.of.into())])
}

/// Returns the completion rule in words.
pub(super) fn rule_words(frame: &Frame, rule: CompletionRule) -> String {
    match rule {
        CompletionRule::All => frame.t("commitments-rule-all"),
        CompletionRule::Any => frame.t("commitments-rule-any"),
        CompletionRule::AtLeast(count) => frame.t_n("commitments-rule-at-least", count),
    }
}

/// Returns the number of parts that wait for a review.
pub(super) fn to_review(commitment: &Commitment) -> usize {
    let waits = |part: &&Assignment| part.progress.verification == Verification::Pending;
    commitment.assignments.iter().filter(waits).count()
}

/// Returns the number of requests for more time that wait for a decision.
pub(super) fn extensions_asked(commitment: &Commitment) -> usize {
    commitment.assignments.iter().filter(|part| part.pending_extension_id.is_some()).count()
}

/// Draws what waits for the secretariat: parts to review, requests for more time.
pub(super) fn waiting_tags(frame: &Frame, commitment: &Commitment) -> Markup {
    let (reviews, extensions) = (to_review(commitment), extensions_asked(commitment));
    html! {
        @if reviews > 0 { " " (tag(Tone::Review, &frame.t_n("commitments-n-to-review", reviews))) }
        @if extensions > 0 { " " (tag(Tone::Review, &frame.t_n("commitments-n-extensions", extensions))) }
    }
}

/// A term: as it was written, its last day, and its state on a day.
pub(super) struct ShownTerm<'a> {
    pub country: &'a str,
    pub due: Option<&'a PartialDate>,
    pub to: Option<NaiveDate>,
    /// The words of the source.
    pub text: Option<&'a str>,
    /// True when something is still to be done.
    pub is_open: bool,
    pub today: NaiveDate,
}

impl<'a> ShownTerm<'a> {
    /// Returns the term of a commitment.
    pub(super) fn of(commitment: &'a Commitment, today: NaiveDate) -> Self {
        Self {
            country: &commitment.country_code,
            due: commitment.fields.due.as_ref(),
            to: commitment.due_to,
            text: commitment.fields.due_text.as_deref(),
            is_open: commitment.derived_status().is_open(),
            today,
        }
    }

    /// Returns the term of a part.
    pub(super) fn of_part(commitment: &'a Commitment, part: &'a Assignment, today: NaiveDate) -> Self {
        Self {
            due: part.fields.due.as_ref().or(commitment.fields.due.as_ref()),
            to: part.due_to,
            text: part.fields.due.is_none().then_some(commitment.fields.due_text.as_deref()).flatten(),
            is_open: part.progress.status.is_open(),
            ..Self::of(commitment, today)
        }
    }

    /// Returns the date with the precision of its source; "sin plazo" without one.
    pub(super) fn words(&self, frame: &Frame) -> String {
        match (self.due, self.to) {
            (Some(due), _) => short_date(frame, self.country, due),
            (None, Some(day)) => short_day(day),
            (None, None) => frame.t("commitments-no-term"),
        }
    }

    /// Draws the term, with the distance from today while something is to be done.
    pub(super) fn draw(&self, frame: &Frame) -> Markup {
        let words = self.words(frame);
        match self.to {
            Some(to) if self.is_open => {
                let distance = due_in_words(frame, to, self.today);
                let soon = self.today.checked_add_days(Days::new(SOON)).is_some_and(|last| to <= last);
                let class = if to < self.today { Some("overdue-date") } else { soon.then_some("soon-date") };
                html! { span class=[class] { (words) br; (distance) } }
            }
            Some(_) => html! { (words) },
            None => {
                html! { (words) @if let Some(text) = self.text { br; span class="small" { (frame.quoted(text)) } } }
            }
        }
    }
}

/// Returns the target in words: "2 gobiernos locales".
pub(super) fn target_words(frame: &Frame, target: &Target) -> String {
    let (quantity, unit) = (target.quantity.to_string(), target.unit.clone());
    frame.t_with("commitments-target", &[("quantity", quantity.into()), ("unit", unit.into())])
}

/// Returns the word for a role.
pub(super) fn role_word(frame: &Frame, role: AssignmentRole) -> String {
    match role {
        AssignmentRole::Responsible => frame.t("commitments-role-responsible"),
        AssignmentRole::CoResponsible => frame.t("commitments-role-co-responsible"),
    }
}

/// Draws the title of a document as a link to its file or address.
pub(super) fn document(title: &str, file: Option<FileId>, url: Option<&str>) -> Markup {
    html! {
        @if let Some(file) = file { a href={ "/files/" (file) } { (title) } }
        @else if let Some(url) = url { a href=(url) rel="noreferrer" { (title) } }
        @else { (title) }
    }
}
