//! `/accessibility` and `/privacy`: short statements that anybody may read.

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::visitor::Visitor;
use crate::error::Result;
use crate::http::State;
use crate::i18n::Lang;
use crate::ui::{Frame, View, button_link, contact, send};

/// A statement: the key of its title, and its sections: the key of a heading with the keys of its paragraphs.
struct Statement {
    path: &'static str,
    title: &'static str,
    lead: &'static str,
    sections: &'static [(&'static str, &'static [&'static str])],
}

const ACCESSIBILITY: Statement = Statement {
    path: "/accessibility",
    title: "accessibility-title",
    lead: "accessibility-lead",
    sections: &[
        ("accessibility-how", &["accessibility-how-1", "accessibility-how-2", "accessibility-how-3"]),
        ("accessibility-limits", &["accessibility-limits-1", "accessibility-limits-2"]),
        ("accessibility-problem", &["accessibility-problem-1", "accessibility-problem-2"]),
    ],
};

const PRIVACY: Statement = Statement {
    path: "/privacy",
    title: "privacy-title",
    lead: "privacy-lead",
    sections: &[
        ("privacy-never", &["privacy-never-1", "privacy-never-2"]),
        ("privacy-people", &["privacy-people-1", "privacy-people-2"]),
        ("privacy-cookie", &["privacy-cookie-1", "privacy-cookie-2"]),
        ("privacy-logs", &["privacy-logs-1", "privacy-logs-2"]),
        (
            "privacy-kept",
            &[
                "privacy-kept-sessions",
                "privacy-kept-drafts",
                "privacy-kept-files",
                "privacy-kept-mails",
                "privacy-kept-records",
            ],
        ),
        ("privacy-rights", &["privacy-rights-1"]),
    ],
};

/// The accessibility statement
///
/// Permissions: anyone.
#[get("/accessibility")]
pub(crate) async fn accessibility(visitor: Option<Visitor>, state: Data<State>, lang: Lang) -> Result<HttpResponse> {
    statement(&ACCESSIBILITY, visitor, &state, lang).await
}

/// The privacy statement
///
/// Permissions: anyone.
#[get("/privacy")]
pub(crate) async fn privacy(visitor: Option<Visitor>, state: Data<State>, lang: Lang) -> Result<HttpResponse> {
    statement(&PRIVACY, visitor, &state, lang).await
}

async fn statement(
    statement: &'static Statement,
    visitor: Option<Visitor>,
    state: &State,
    lang: Lang,
) -> Result<HttpResponse> {
    let days = state.config.keep_deliveries.num_days();
    let idle = state.config.session_idle.num_minutes();
    let longest = state.config.session_longest.num_hours();
    let numbers = move |frame: &Frame, key: &str| {
        frame.t_with(key, &[("days", days.into()), ("idle", idle.into()), ("longest", longest.into())])
    };
    match visitor {
        Some(visitor) => visitor.page(|_, _| Ok(()), move |frame, ()| view(frame, statement, numbers)).await,
        None => {
            let frame = Frame::signed_out(lang, statement.path).branded(&state.config.brand);
            let mut view = view(&frame, statement, numbers);
            view.actions = Some(button_link("/sign-in", &frame.t("sign-in-title"), false));
            Ok(send(&frame, &view))
        }
    }
}

fn view(frame: &Frame, statement: &Statement, text: impl Fn(&Frame, &str) -> String) -> View {
    let section = |(heading, paragraphs): &(&str, &[&str])| -> Markup {
        html! {
            h2 { (frame.t(heading)) }
            @for key in *paragraphs { p { (text(frame, key)) } }
        }
    };
    let body = html! {
        div class="prose" {
            @for one in statement.sections { (section(one)) }
            @if frame.contact.is_some() { h2 { (frame.t("help-contact")) } (contact(frame)) }
        }
    };
    View::new(frame.t(statement.title), body).lead(html! { (frame.t(statement.lead)) })
}
