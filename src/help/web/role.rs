//! `/help/{role}`: what a role does in a week, step by step, each with a picture of the real page.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::{Asked, Reader, guides, picture_path};
use crate::error::{Code, Result};
use crate::help::pictures::SIZE;
use crate::help::steps::{ROLES, RoleHelp, Step};
use crate::http::State;
use crate::i18n::Lang;
use crate::identity::Visitor;
use crate::ui::{Frame, View, panel};

/// The help of a role
///
/// Permissions: anyone.
#[get("/help/{role}")]
pub(crate) async fn show(
    name: Path<String>,
    visitor: Option<Visitor>,
    state: Data<State>,
    lang: Lang,
) -> Result<HttpResponse> {
    let role = ROLES.iter().find(|role| role.name == *name).ok_or(Code::NotFound)?;
    let asked = Asked { visitor, state, lang };
    asked.page(&format!("/help/{name}"), |frame, reader| view(frame, role, reader)).await
}

fn view(frame: &Frame, role: &RoleHelp, reader: &Reader) -> View {
    let has_links = reader.may_follow_links_of(role.role);
    let body = html! {
        @for (n, step) in role.steps.iter().enumerate() { (section(frame, n + 1, step, has_links)) }
        @if !role.guides.is_empty() {
            (panel(&frame.t("help-more"), None, guides(frame, role.guides.iter().copied())))
        }
    };
    View::new(frame.t(&format!("help-role-{}", role.name)), body)
        .above("/help", frame.t("help-title"))
        .lead(html! { (frame.t(&format!("help-role-{}-about", role.name))) })
}

fn section(frame: &Frame, number: usize, step: &Step, has_links: bool) -> Markup {
    let heading = frame.t(&format!("help-{}", step.name));
    let (title, picture) = (frame.t(step.title), picture_path(step.name, frame.lang));
    let names: Vec<String> = step.words.iter().map(|key| frame.quoted(&frame.t(key))).collect();
    let of_page = |key: &str| frame.t_with(key, &[("page", title.as_str().into())]);
    html! {
        section class="step" id=(step.name) {
            div {
                h2 { (number) ". " (heading) }
                p { (frame.t(&format!("help-{}-text", step.name))) }
                @if has_links { p { a href=(step.link()) { (frame.t_with("help-open", &[("page", opened(frame, step).into())])) } } }
            }
            figure {
                a href=(picture) aria-label=(of_page("help-enlarge")) {
                    img src=(picture) width=(SIZE.0) height=(SIZE.1) loading="lazy" alt=(of_page("help-picture"));
                }
                figcaption class="small" {
                    (frame.t_with("help-on-page", &[("page", title.as_str().into()), ("names", names.join(", ").into())]))
                }
            }
        }
    }
}

/// Returns the name of the page to which the link of a step leads: its page, or the list of its records.
fn opened(frame: &Frame, step: &Step) -> String {
    let link = step.link();
    let lists = [
        ("/meetings", "meetings-title"),
        ("/reviews", "progress-queue-title"),
        ("/commitments", "commitments-title"),
        ("/reports", "reports-page"),
        ("/countries", "countries-page"),
    ];
    let key = lists.iter().find(|(path, _)| *path == link).map_or(step.title, |(_, key)| key);
    frame.t(key)
}
