//! One part of a commitment as the pages of progress show it: promised, reported, evidence, history.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::parts::{ShownTerm, document, part_tag, state_tag, target_words};
use super::timeline;
use crate::access::{Visibility, known_commissions};
use crate::clock::Instant;
use crate::commitments::model::{Assignment, Commitment, HistoryEvent, Quantity, Status, Target, Update};
use crate::commitments::store;
use crate::db::{AssignmentId, CommitmentId, Db, InstitutionId};
use crate::directory::{InstitutionNames, institution_names};
use crate::error::Result;
use crate::evidence::Evidence;
use crate::identity::Actor;
use crate::ui::{Frame, date_in_words, description, facts, long, moment, prose, short_day};

/// The largest number of events in the history of a part.
const MOST_EVENTS: i64 = 200;

/// One part of a commitment, for a person who may see the commitment.
pub(super) struct Part {
    pub commitment: Commitment,
    pub assignment: Assignment,
    /// The name of its institution.
    pub institution: String,
    /// The commissions of the commitment that the person may know.
    pub commissions: Vec<String>,
    /// Its reports, in the order of receipt.
    pub reports: Vec<Update>,
    pub now: Instant,
}

crate::restricted_by!(Part: commitment);

impl Part {
    /// Loads a part; 404 when the actor may not see the commitment.
    pub(super) fn load(
        conn: &mut Db,
        actor: &Actor,
        (id, part): (CommitmentId, AssignmentId),
        now: Instant,
    ) -> Result<Self> {
        let visibility = Visibility::of(actor);
        let commitment = store::find(conn, &visibility, id, now)?;
        let assignment = commitment.assignment(part)?.clone();
        let institution = assignment.fields.institution_id;
        let institution = name_of(&institution_names(conn, [institution])?, institution);
        let known = known_commissions(conn, &visibility, &commitment.fields.commission_ids)?;
        let commissions = known.iter().map(|one| one.label().to_owned()).collect();
        let reports = store::updates_of(conn, &[part])?.remove(&part).unwrap_or_default();
        Ok(Self { commitment, assignment, institution, commissions, reports, now })
    }

    /// Loads the history of the part, newest first.
    pub(super) fn history(&self, conn: &mut Db) -> Result<Vec<HistoryEvent>> {
        store::history_of_part(conn, (self.commitment.id, self.assignment.id), MOST_EVENTS)
    }

    /// Draws the history of the part.
    pub(super) fn draw_history(&self, frame: &Frame, events: &[HistoryEvent]) -> Markup {
        html! {
            section class="stack" {
                h2 { (frame.t("progress-history")) }
                (timeline::draw(frame, (&self.commitment, &[]), &InstitutionNames::new(), events))
            }
        }
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.commitment.today(self.now)
    }

    /// Returns the address of the commitment.
    pub(super) fn path(&self) -> String {
        format!("/commitments/{}", self.commitment.id)
    }

    /// Returns the line under the heading of a page: code and institution.
    pub(super) fn lead(&self) -> Markup {
        html! { (self.commitment.code) " · " (self.institution) }
    }

    /// Draws the promise: the commitment, its term, the target.
    pub(super) fn promised(&self, frame: &Frame) -> Markup {
        html! { (self.text(frame)) (self.terms(frame)) }
    }

    /// Draws the text of the commitment with the link to it.
    pub(super) fn text(&self, frame: &Frame) -> Markup {
        let code = self.commitment.code.as_str();
        html! {
            div { (long(frame, &self.commitment.fields.text)) }
            p { a href=(self.path()) { (frame.t_with("progress-open", &[("code", code.into())])) } }
        }
    }

    /// Draws term, target, state and commissions.
    pub(super) fn terms(&self, frame: &Frame) -> Markup {
        let mut rows = vec![(frame.t("progress-term"), self.term(frame))];
        if let Some(target) = &self.assignment.fields.target {
            rows.push(description(frame.t("progress-target"), target_words(frame, target)));
        }
        rows.push((frame.t("progress-state"), part_tag(frame, &self.assignment)));
        if !self.commissions.is_empty() {
            rows.push(description(frame.t("progress-commission"), self.commissions.join(", ")));
        }
        facts(&rows)
    }

    /// Draws the term of the part with its distance from today.
    pub(super) fn term(&self, frame: &Frame) -> Markup {
        ShownTerm::of_part(&self.commitment, &self.assignment, self.today()).draw(frame)
    }

    /// Draws a report without its evidence.
    pub(super) fn reported(&self, frame: &Frame, update: &Update) -> Markup {
        let fields = &update.fields;
        let mut rows = vec![
            (frame.t("progress-status"), state_tag(frame, Status::from(fields.status).into())),
            description(frame.t("progress-day"), short_day(fields.reported_on)),
        ];
        let target = self.assignment.fields.target.as_ref();
        if let Some(words) = quantity_words(frame, target, fields.quantity) {
            rows.push(description(frame.t("progress-quantity"), words));
        }
        if let Some(percent) = fields.percent {
            rows.push(description(frame.t("progress-percent"), format!("{percent} %")));
        }
        html! { (prose(&fields.narrative)) (facts(&rows)) p class="small" { (self.author(frame, update)) } }
    }

    /// Returns the author of a report and the moment of its receipt.
    fn author(&self, frame: &Frame, update: &Update) -> String {
        let at = moment(update.received_at, self.commitment.zone);
        let name = update.author.as_ref().map(|author| author.name.clone());
        let name = name.or_else(|| update.imported_by.as_ref().map(|importer| importer.name.clone()));
        let key = match (update.imported_by.is_some(), update.fields.on_behalf) {
            (true, _) => "progress-imported-by",
            (false, true) => "progress-sent-on-behalf",
            (false, false) => "progress-sent-by",
        };
        let name = name.unwrap_or_else(|| frame.t("progress-nobody"));
        frame.t_with(key, &[("at", at.into()), ("name", name.into())])
    }
}

/// Returns what was done of a target in words: "1 de 2 gobiernos locales"; None without target and quantity.
pub(super) fn quantity_words(frame: &Frame, target: Option<&Target>, done: Option<Quantity>) -> Option<String> {
    match (target, done) {
        (Some(target), Some(done)) => {
            let (done, of) = (done.to_string(), target.quantity.to_string());
            let unit = target.unit.as_str();
            Some(
                frame
                    .t_with("progress-quantity-of", &[("done", done.into()), ("of", of.into()), ("unit", unit.into())]),
            )
        }
        (Some(_), None) => Some(frame.t("progress-not-stated")),
        (None, done) => done.map(|done| done.to_string()),
    }
}

/// Returns the name of an institution.
pub(super) fn name_of(names: &InstitutionNames, id: InstitutionId) -> String {
    names.get(&id).cloned().unwrap_or_default()
}

/// Draws evidence: titles that lead to the file or the address.
pub(super) fn evidence(frame: &Frame, country: &str, list: &[Evidence]) -> Markup {
    html! {
        @if list.is_empty() { p { (frame.t("progress-no-evidence")) } } @else {
            ul class="stack" {
                @for entry in list {
                    li {
                        (document(&entry.title, entry.file_id, entry.url.as_deref()))
                        @if let Some(about) = about(frame, country, entry) { p class="small" { (about) } }
                    }
                }
            }
        }
    }
}

/// Returns the kind, the date and the place of a document.
fn about(frame: &Frame, country: &str, entry: &Evidence) -> Option<String> {
    let place = match (&entry.file_id, &entry.url) {
        (Some(_), _) => Some(frame.t("progress-evidence-file")),
        (None, Some(url)) => Some(host_of(url)),
        (None, None) => Some(frame.t("progress-evidence-title-only")),
    };
    let dated = entry.dated.as_ref().map(|date| date_in_words(frame, country, date));
    let parts: Vec<String> = [entry.kind.clone(), dated, place].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// Returns the name of the site of an address.
fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default().to_owned()
}
