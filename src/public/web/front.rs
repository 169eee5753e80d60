//! `/public`: the public commissions and the approved reports of each country.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use maud::{Markup, html};

use super::Asked;
use crate::error::Result;
use crate::http::State;
use crate::i18n::Lang;
use crate::public::reading::{self, PublicCountry};
use crate::ui::{Frame, View, empty, panel};

/// The public commissions and the approved reports of each country
///
/// Permissions: anyone, while the public view is on.
#[get("/public")]
pub(super) async fn show(request: HttpRequest, state: Data<State>, lang: Lang) -> Result<HttpResponse> {
    let asked = Asked { request: &request, state: &state, lang };
    asked.page(move |conn| reading::countries(conn, lang), |frame, countries| view(frame, &countries)).await
}

fn view(frame: &Frame, countries: &[PublicCountry]) -> View {
    let body = html! {
        @if countries.is_empty() { (empty(&frame.t("public-none"), None)) }
        div class="stack" { @for one in countries { (panel(&one.name, None, country(frame, one))) } }
    };
    View::new(frame.t("public-page"), body).lead(html! { (frame.t("public-lead")) })
}

fn country(frame: &Frame, country: &PublicCountry) -> Markup {
    html! {
        h3 { (frame.t("public-commissions")) }
        ul {
            @for one in &country.commissions {
                li {
                    a href={ "/public/commissions/" (one.id) } { (one.name) }
                    @if let Some(acronym) = &one.acronym { " (" (acronym) ")" }
                    span class="small" { " · " (frame.word("commission-kind", one.kind.as_str())) }
                }
            }
        }
        h3 { (frame.t("public-reports")) }
        @if country.reports.is_empty() { p class="small" { (frame.t("public-no-reports")) } }
        @else {
            ul { @for one in &country.reports { li { a href={ "/public/reports/" (one.id) } { (one.title) } } } }
        }
    }
}
