//! The second step of a sign-in: the page that asks for the code of the second factor.

use actix_web::{HttpRequest, HttpResponse};
use maud::html;

use super::opening::{frame, opening, see_other, signed_in};
use super::refusal::{refused_form, send_refused};
use crate::error::{Code, Error, Result};
use crate::http::{Fields, State, note_sender};
use crate::i18n::Lang;
use crate::identity::api::client_of;
use crate::identity::sign_in as actions;
use crate::ui::{Field, FormView, Frame, View, actions as form_actions, contact, send};

/// Asks for the code. `proof` is the hidden field with the proof that the person has given: a ticket, or the token of a link.
pub(super) fn ask(state: &State, lang: Lang, proof: (&str, &str), (next, error): (&str, &Error)) -> HttpResponse {
    let frame = frame(state, lang);
    if error.code == Code::SecondFactorRequired {
        return send(&frame, &page(&frame, &FormView::default(), proof, next));
    }
    send_refused(&frame, page(&frame, &refused_form(error, Fields::default(), lang), proof, next), error)
}

/// Signs in a person who has given the password before, with the code. A ticket that has expired leads to the sign-in page.
pub(super) async fn sign_in(
    request: &HttpRequest,
    state: &State,
    lang: Lang,
    (ticket, code, next): (String, Option<String>, String),
) -> Result<HttpResponse> {
    let (client, open, sent) = (client_of(request), opening(state, "password"), ticket.clone());
    let opened = state.call(move |state| actions::sign_in_by_ticket(state, &client, (&sent, code), open)).await;
    match opened {
        Ok((user, token)) => {
            note_sender(request, user);
            signed_in(state, &next, token)
        }
        Err(error) if [Code::InvalidToken, Code::InvalidCredentials].contains(&error.code) => {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", &next).finish();
            Ok(see_other(&format!("/sign-in?{query}")))
        }
        Err(error)
            if [Code::SecondFactorRequired, Code::SecondFactorInvalid, Code::TooManyAttempts].contains(&error.code) =>
        {
            Ok(ask(state, lang, ("ticket", &ticket), (&next, &error)))
        }
        Err(error) => Err(error),
    }
}

fn page(frame: &Frame, form: &FormView, (name, value): (&str, &str), next: &str) -> View {
    let body = html! {
        div class="signed-out" {
            p { (frame.t("second-step-about")) }
            form method="post" action="/sign-in" {
                (form.begin(frame))
                input type="hidden" name=(name) value=(value);
                input type="hidden" name="next" value=(next);
                (Field::new(frame, form, "code", frame.t("second-factor-code")).required()
                    .hint(frame.t("second-factor-any-code-hint")).completed("text", "one-time-code"))
                (form_actions(&frame.t("sign-in-submit"), Some(("/sign-in", &frame.t("account-to-sign-in")))))
            }
            p class="small" { (frame.t("second-step-lost")) }
            (contact(frame))
        }
    };
    View::new(frame.t("second-step-title"), body)
}
