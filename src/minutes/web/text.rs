//! `/meetings/{id}/minutes`: the text, for writers as a form with its preview, for readers as it was circulated or
//! approved.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::parts::{self, comments_panel, documents, markdown, minutes_path};
use crate::access::Visibility;
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::db::{Db, MeetingId, Tx};
use crate::error::{Code, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::meetings::{Meeting, MeetingTab, meeting, meeting_view};
use crate::minutes::actions;
use crate::minutes::model::{Minutes, MinutesInput};
use crate::minutes::shown::{self, ShownMinutes};
use crate::ui::{Field, FormView, Frame, Tone, View, button_link, day_in_words, empty, notice, text_preview};

/// The minutes of a session
///
/// Permissions: for a draft, secretariat of any of its commissions, coordinator, admin; later, those who may see the
/// session.
#[get("/meetings/{id}/minutes")]
pub(crate) async fn show(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    if visitor.read_unshown(move |conn, actor| shown::is_open_for(conn, actor, id)).await? {
        return visitor.form(TextForm { id, is_preview: false }).await;
    }
    let read = move |conn: &mut Db, actor: &Actor| {
        let meeting = meeting(conn, &Visibility::of(actor), id)?;
        match shown::of_reader(conn, actor, id, now) {
            Ok(shown) => Ok(Readable { meeting, shown: Some(shown) }),
            Err(error) if error.code == Code::NotFound => Ok(Readable { meeting, shown: None }),
            Err(error) => Err(error),
        }
    };
    let draw = |frame: &Frame, found: Readable| match &found.shown {
        Some(shown) => reading(frame, shown),
        None => {
            let content = empty(&frame.t("minutes-not-yet"), None);
            meeting_view(frame, &found.meeting, MeetingTab::Minutes, content)
        }
    };
    visitor.page(read, draw).await
}

/// A session, with its minutes when the reader may know them. Without them the page is the same with and without a
/// draft.
struct Readable {
    meeting: Meeting,
    shown: Option<ShownMinutes>,
}

impl RestrictedContent for Readable {
    fn restricted(&self, found: &mut RestrictedRecords) {
        match &self.shown {
            Some(shown) => shown.restricted(found),
            None => self.meeting.restricted(found),
        }
    }
}

/// Write the minutes, or show a preview
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/meetings/{id}/minutes")]
pub(crate) async fn write(submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    let is_preview = submission.form.fields.get("preview") == Some("true");
    let page = TextForm { id: id.into_inner(), is_preview };
    if is_preview { submission.show_typed(page).await } else { submission.handle(page).await }
}

/// The form of the text.
#[derive(Clone)]
struct TextForm {
    id: MeetingId,
    is_preview: bool,
}

impl FormPage for TextForm {
    type Record = ShownMinutes;
    type Input = MinutesInput;

    fn shape(&self) -> Shape {
        Shape::default()
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<ShownMinutes> {
        shown::of_writer(conn, actor, self.id, now)
    }

    fn fields(&self, shown: &ShownMinutes) -> Fields {
        Fields::default().with("body", shown.text())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, shown: ShownMinutes, input: MinutesInput) -> Result<String> {
        actions::put(tx, actor, self.id, input)?;
        Ok(format!("{}?done=minutes-saved", minutes_path(&shown.meeting)))
    }

    fn view(&self, frame: &Frame, form: &FormView, shown: &ShownMinutes) -> View {
        let form = started(form, shown);
        let body = html! {
            (state_messages(frame, shown))
            @if self.is_preview { (text_preview(frame, markdown(form.value("body")))) }
            div class="columns" {
                div { (text_form(frame, &form, shown)) }
                aside { (comments_panel(frame, shown)) (documents_of(frame, shown)) }
            }
        };
        parts::page(frame, shown, body).actions(next_steps(frame, shown))
    }
}

/// Puts the template into a form that is still empty.
fn started(form: &FormView, shown: &ShownMinutes) -> FormView {
    let is_new = form.value("body").is_empty() && !form.has_faults();
    match shown.template.as_ref().filter(|_| is_new) {
        Some(template) => FormView { fields: form.fields.clone().with("body", template), ..form.clone() },
        None => form.clone(),
    }
}

fn text_form(frame: &Frame, form: &FormView, shown: &ShownMinutes) -> Markup {
    html! {
        form method="post" action=(minutes_path(&shown.meeting)) {
            (form.begin(frame))
            (Field::new(frame, form, "body", frame.t("minutes-text")).required().hint(frame.t("minutes-text-hint"))
                .max(200_000).kept_area(28))
            div class="form-actions" {
                button class="main" type="submit" { (frame.t("minutes-save")) }
                button type="submit" name="preview" value="true" { (frame.t("ui-preview")) }
            }
        }
        p class="small" {
            (frame.t("minutes-template-about")) " "
            a href={ (minutes_path(&shown.meeting)) "/template" } { (frame.t("minutes-template")) }
        }
    }
}

fn state_messages(frame: &Frame, shown: &ShownMinutes) -> Markup {
    html! {
        @if shown.minutes.is_none() { (notice(Tone::Neutral, html! { p { (frame.t("minutes-from-template")) } })) }
        @else if let Some(error) = shown.obstacle.as_ref().filter(|error| error.code != Code::MinutesApproved) {
            (parts::obstacle(frame, shown, error))
        }
        @if shown.circulated_text.is_some() { (notice(Tone::Soon, html! { p { (frame.t("minutes-new-text")) } })) }
        @if parts::is_approved(shown) { (notice(Tone::Done, html! { p { (frame.t("minutes-is-approved")) } })) }
    }
}

/// Draws what a writer can do next: circulate, then approve. Both are offered when they would succeed.
fn next_steps(frame: &Frame, shown: &ShownMinutes) -> Markup {
    let path = minutes_path(&shown.meeting);
    let is_circulated = shown.minutes.as_ref().is_some_and(Minutes::is_circulated_text);
    html! {
        @if shown.obstacle.is_none() {
            @if !is_circulated {
                (button_link(&format!("{path}/circulation"), &frame.t("minutes-do-circulate"), false))
            }
            (button_link(&format!("{path}/approval"), &frame.t("minutes-do-approve"), false))
        }
    }
}

/// Draws the documents, once there is a text.
fn documents_of(frame: &Frame, shown: &ShownMinutes) -> Markup {
    html! { @if shown.minutes.is_some() { (documents(frame, shown)) } }
}

/// Draws the minutes for those who do not write them, and after approval for all.
fn reading(frame: &Frame, shown: &ShownMinutes) -> View {
    let body = html! {
        div class="columns" {
            div {
                section class="panel" { h2 { (frame.t("minutes-text")) } (markdown(shown.text())) }
                (rectifications(frame, shown))
            }
            aside { (documents(frame, shown)) (comments_panel(frame, shown)) }
        }
    };
    let view = parts::page(frame, shown, body);
    let path = minutes_path(&shown.meeting);
    if shown.is_writer && parts::is_approved(shown) {
        let rectify = button_link(&format!("{path}/rectification"), &frame.t("minutes-do-rectify"), false);
        return view.actions(rectify);
    }
    if shown.may_comment() {
        return view.actions(button_link(&format!("{path}/comments"), &frame.t("minutes-do-comment"), true));
    }
    view
}

fn rectifications(frame: &Frame, shown: &ShownMinutes) -> Markup {
    let (country, zone) = (shown.meeting.country_code.as_str(), shown.meeting.zone());
    html! {
        @for (n, one) in (1_i64..).zip(&shown.rectifications) {
            section class="panel" {
                h2 {
                    (frame.t_with("minutes-rectification-n",
                        &[("n", n.into()), ("day", day_in_words(frame, country, one.at.day_in(zone)).into())]))
                }
                @if let Some(session) = &one.approved_in {
                    @let title = session.title.as_str();
                    p class="small" { (frame.t_with("minutes-approved-in", &[("title", title.into())])) }
                }
                (markdown(&one.text))
                ul {
                    @for agreement in &one.agreements {
                        li { a href={ "/agreements/" (agreement.id) } { (agreement.title) } }
                    }
                    @for added in &one.commitments {
                        li { a class="code" href={ "/commitments/" (added.id) } { (added.code) } " " (added.text) }
                    }
                }
            }
        }
    }
}
