//! `/help`: what the program is and whom to ask; below it the pages of the roles and the guides.

mod guide;
mod role;

use std::sync::LazyLock;

use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::guides::GUIDES;
use super::pictures::{PICTURES, Picture};
use super::steps::ROLES;
use crate::db::Db;
use crate::error::Result;
use crate::http::State;
use crate::i18n::Lang;
use crate::identity::{Actor, Role, Visitor};
use crate::ui::{Frame, View, button_link, contact, hashed_path, lasting_asset, panel, send};

/// Mounts the pages.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(index).service(guide::show).service(role::show);
}

/// The sections about the program: the key of a heading, with the keys of its paragraphs.
const SECTIONS: &[(&str, &[&str])] = &[
    ("help-what", &["help-what-1", "help-what-2"]),
    ("help-access", &["help-access-1", "help-access-2", "help-access-3"]),
    ("help-whom", &["help-whom-representative", "help-whom-secretariat", "help-whom-admin"]),
    ("help-how", &["help-how-report", "help-how-time", "help-how-search", "help-how-calendar", "help-how-lost"]),
];

/// The person who reads a page of the help.
pub(super) struct Reader {
    is_signed_in: bool,
    /// The role with the most rights; None without an account, and without a role.
    role: Option<Role>,
}

impl Reader {
    /// Returns true if the links to the pages of a role lead somewhere: those who are not signed in sign in first.
    pub(super) fn may_follow_links_of(&self, role: Role) -> bool {
        !self.is_signed_in || self.role.is_some_and(|own| own <= role)
    }
}

crate::nothing_restricted!(Reader);

/// A request for a page of the help.
pub(super) struct Asked {
    pub(super) visitor: Option<Visitor>,
    pub(super) state: Data<State>,
    pub(super) lang: Lang,
}

impl Asked {
    /// Sends a page of the help, to anybody.
    pub(super) async fn page(self, path: &str, view: impl FnOnce(&Frame, &Reader) -> View) -> Result<HttpResponse> {
        if let Some(visitor) = self.visitor {
            let role = |actor: &Actor| actor.grants.iter().map(|grant| grant.role).min();
            let read = move |_: &mut Db, actor: &Actor| Ok(Reader { is_signed_in: true, role: role(actor) });
            return visitor.page(read, |frame, reader| view(frame, &reader)).await;
        }
        let frame = Frame::signed_out(self.lang, path).branded(&self.state.config.brand);
        let view = view(&frame, &Reader { is_signed_in: false, role: None });
        Ok(send(&frame, &view.actions(button_link("/sign-in", &frame.t("sign-in-title"), false))))
    }
}

/// Help: the pages of the roles, the guides, the program in a few words, and whom to ask
///
/// Permissions: anyone.
#[get("/help")]
pub(crate) async fn index(visitor: Option<Visitor>, state: Data<State>, lang: Lang) -> Result<HttpResponse> {
    let (idle, longest) = (state.config.session_idle.num_minutes(), state.config.session_longest.num_hours());
    let numbers =
        move |frame: &Frame, key: &str| frame.t_with(key, &[("idle", idle.into()), ("longest", longest.into())]);
    Asked { visitor, state, lang }.page("/help", |frame, _| index_view(frame, numbers)).await
}

fn index_view(frame: &Frame, text: impl Fn(&Frame, &str) -> String) -> View {
    let body = html! {
        div class="grid-2" {
            (panel(&frame.t("help-roles"), None, html! { (roles(frame)) }))
            (panel(&frame.t("help-guides"), None, guides(frame, GUIDES.iter().map(|guide| guide.name))))
        }
        div class="prose" {
            @for (heading, paragraphs) in SECTIONS {
                h2 { (frame.t(heading)) }
                @for key in *paragraphs { p { (text(frame, key)) } }
            }
            @if frame.contact.is_some() { h2 { (frame.t("help-contact")) } (contact(frame)) }
        }
    };
    View::new(frame.t("help-title"), body).lead(html! { (frame.t("help-lead")) })
}

fn roles(frame: &Frame) -> Markup {
    html! {
        ul class="items" {
            @for role in ROLES {
                li {
                    div {
                        a class="what" href={ "/help/" (role.name) } { (frame.t(&format!("help-role-{}", role.name))) }
                        p class="small" { (frame.t(&format!("help-role-{}-about", role.name))) }
                    }
                }
            }
        }
    }
}

/// Draws links to guides.
fn guides(frame: &Frame, names: impl Iterator<Item = &'static str>) -> Markup {
    let listed: Vec<_> = names.filter_map(super::guides::Guide::named).collect();
    html! {
        ul class="items" {
            @for guide in listed {
                li { a href={ "/help/guides/" (guide.name) } { (guide.text(frame.lang).0) } }
            }
        }
    }
}

/// The pictures with their addresses.
static PATHS: LazyLock<Vec<(String, &Picture)>> = LazyLock::new(|| {
    let path = |picture: &Picture| format!("help-{}-{}.webp", picture.step, picture.lang);
    PICTURES.iter().map(|picture| (hashed_path(&path(picture), picture.bytes), picture)).collect()
});

/// Returns the address of the picture of a step.
fn picture_path(step: &str, lang: Lang) -> &'static str {
    let found = PATHS.iter().find(|(_, picture)| picture.step == step && picture.lang == lang);
    found.map_or("", |(path, _)| path.as_str())
}

/// Answers the request for a picture; None when there is none at the path.
pub(crate) fn picture(path: &str) -> Option<HttpResponse> {
    let (_, picture) = PATHS.iter().find(|(own, _)| own == path)?;
    Some(lasting_asset("image/webp", picture.bytes))
}
