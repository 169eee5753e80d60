//! `/me/notifications`: when the own notifications arrive.

mod delegates;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::events::Event;
use super::preferences::{self, NotificationPreferences, Timing};
use crate::clock::Instant;
use crate::db::{Db, Tx};
use crate::error::Result;
use crate::http::Fields;
use crate::identity::{Actor, FormPage, Submission, Visitor, account_tabs};
use crate::ui::{Choice, Field, FormView, Frame, View, actions, panel};

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(show).service(save);
    cfg.service(delegates::open).service(delegates::create).service(delegates::edit).service(delegates::update);
}

/// The events under each heading. Events that no heading names are under the last one.
const GROUPS: &[(&str, &[Event])] = &[
    (
        "progress",
        &[
            Event::CompletionReview,
            Event::NotAchieved,
            Event::UpdateReturned,
            Event::UpdateAccepted,
            Event::ReviewWithdrawn,
        ],
    ),
    ("terms", &[Event::ExtensionRequested, Event::ExtensionWithdrawn, Event::ExtensionDecided, Event::TermCorrected]),
    (
        "commitments",
        &[Event::NewCommitment, Event::AssignmentCancelled, Event::AssignmentReopened, Event::MatrixImported],
    ),
    (
        "sessions",
        &[
            Event::MeetingReminder,
            Event::MeetingReply,
            Event::AgendaProposed,
            Event::AgendaProposalDecided,
            Event::JointSession,
        ],
    ),
    ("minutes", &[Event::MinutesCirculated, Event::MinutesCommented, Event::MinutesApproved, Event::MinutesRectified]),
    ("activities", &[Event::ActivitySubmitted, Event::ActivityValidated, Event::ActivitySentBack]),
    ("duties", &[Event::DutyAsked, Event::DutyReported, Event::DutyReturned, Event::DutyWaived]),
    (
        "others",
        &[
            Event::ReportQuestionAssigned,
            Event::ReportQuestionAnswered,
            Event::ReportQuestionCommented,
            Event::ContactChanged,
        ],
    ),
];

/// The form of the own preferences.
#[derive(Clone)]
struct PreferencesPage;

impl FormPage for PreferencesPage {
    type Record = NotificationPreferences;
    type Input = NotificationPreferences;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<NotificationPreferences> {
        preferences::of_person(conn, actor.id)
    }

    fn fields(&self, record: &NotificationPreferences) -> Fields {
        Fields::of(record)
    }

    fn save(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        _: NotificationPreferences,
        input: NotificationPreferences,
    ) -> Result<String> {
        preferences::set(tx, actor, &input)?;
        Ok("/me/notifications?done=notifications-saved".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, _: &NotificationPreferences) -> View {
        let body = html! {
            (account_tabs(frame))
            p class="prose" { (frame.t("account-notifications-about")) }
            form class="stack" method="post" action="/me/notifications" {
                (form.begin(frame))
                (faults(form))
                @for (n, (key, events)) in GROUPS.iter().enumerate() {
                    (group(frame, form, key, &all_of(events, n + 1 == GROUPS.len())))
                }
                p class="prose small" { (frame.t("account-notifications-always")) }
                (actions(&frame.t("account-save"), None))
            }
        };
        View::new(frame.t("account-notifications-title"), body).above("/me", frame.t("account-title"))
    }
}

/// Draws the faults of the events together, which the summary of the errors leads to.
fn faults(form: &FormView) -> Markup {
    let own = form.faults_of("events");
    html! { @if !own.is_empty() { div id="events" tabindex="-1" { @for fault in &own { p class="fault" { (fault) } } } } }
}

/// Returns the events of a group; the last one also has those that no group names.
fn all_of(events: &[Event], is_last: bool) -> Vec<Event> {
    let is_named = |event: &Event| GROUPS.iter().any(|(_, named)| named.contains(event));
    let unnamed = Event::ALL.iter().filter(|event| is_last && event.is_optional() && !is_named(event));
    events.iter().chain(unnamed).copied().collect()
}

fn group(frame: &Frame, form: &FormView, key: &str, events: &[Event]) -> Markup {
    let items = html! {
        ul class="items" { @for event in events { li { (item(frame, form, *event)) } } }
    };
    panel(&frame.t(&format!("account-events-{key}")), None, items)
}

fn item(frame: &Frame, form: &FormView, event: Event) -> Markup {
    let timings: Vec<Choice> =
        Timing::ALL.iter().map(|timing| Choice::new(timing, frame.word("account-timing", timing.as_str()))).collect();
    let sentence = frame.word("account-event", event.as_str());
    let choice = Field::new(frame, form, format!("events/{event}"), sentence.as_str()).required().label_unseen();
    html! {
        div { (sentence) }
        (choice.select(None, &timings))
    }
}

/// The own preferences
///
/// Permissions: anyone signed in.
#[get("/me/notifications")]
pub(crate) async fn show(visitor: Visitor) -> Result<HttpResponse> {
    visitor.form(PreferencesPage).await
}

/// Set the own preferences
///
/// Permissions: anyone signed in.
#[post("/me/notifications")]
pub(crate) async fn save(submission: Submission) -> Result<HttpResponse> {
    submission.handle(PreferencesPage).await
}
