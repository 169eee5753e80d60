//! `/public/meetings/{id}`: a session that was held, and the agreements of its approved minutes.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use maud::{Markup, html};

use super::{Asked, day_of, session_name};
use crate::db::MeetingId;
use crate::error::Result;
use crate::http::State;
use crate::i18n::Lang;
use crate::public::model::PublicAgreement;
use crate::public::reading::{self, SessionPage};
use crate::ui::{Frame, View, empty, panel, prose};

/// A session of a public commission, and the agreements of its approved minutes
///
/// Permissions: anyone, while the public view is on and a commission of the session is public.
#[get("/public/meetings/{id}")]
pub(super) async fn show(
    request: HttpRequest,
    state: Data<State>,
    id: Path<MeetingId>,
    lang: Lang,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let read = move |conn: &mut _| reading::session(conn, id);
    Asked { request: &request, state: &state, lang }.page(read, |frame, page| view(frame, &page.screened())).await
}

fn view(frame: &Frame, page: &SessionPage) -> View {
    let session = &page.session;
    let body = html! {
        p {
            @for (n, one) in session.commissions.iter().enumerate() {
                @if n > 0 { " · " }
                a href={ "/public/commissions/" (one.id) } { (one.name) }
            }
        }
        (panel(&frame.t("public-agreements"), None, agreements(frame, page)))
    };
    let mut view = View::new(session_name(frame, session), body)
        .lead(html! { (day_of(frame, session)) })
        .above("/public", frame.t("public-page"));
    if let [only] = session.commissions.as_slice() {
        view = view.above(format!("/public/commissions/{}", only.id), only.label());
    }
    view
}

fn agreements(frame: &Frame, page: &SessionPage) -> Markup {
    if !page.session.has_approved_minutes {
        return empty(&frame.t("public-minutes-awaited"), None);
    }
    if page.agreements.is_empty() {
        return empty(&frame.t("public-no-agreements"), None);
    }
    html! { @for one in &page.agreements { (agreement(frame, one)) } }
}

fn agreement(frame: &Frame, agreement: &PublicAgreement) -> Markup {
    html! {
        h3 { (agreement.title) }
        @if let Some(text) = &agreement.text { (prose(text)) }
        @if let Some(method) = &agreement.method { p class="small" { (frame.word("acta-adoption", method)) } }
    }
}
