//! `/public/commissions/{id}`: the sessions that a commission held, and the state of its commitments by institution.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use maud::{Markup, html};

use super::{Asked, session_name};
use crate::db::CommissionId;
use crate::error::Result;
use crate::http::{PageParameters, State};
use crate::i18n::Lang;
use crate::public::model::{PublicSession, PublicState};
use crate::public::reading::{self, CommissionPage};
use crate::ui::{Column, Frame, Tone, View, day_in_words, empty, pager, panel, short_date, table, tag};

/// The sessions and the state of the commitments of a public commission
///
/// Permissions: anyone, while the public view is on and the commission is public.
#[get("/public/commissions/{id}")]
pub(super) async fn show(
    request: HttpRequest,
    state: Data<State>,
    id: Path<CommissionId>,
    query: PageParameters,
    lang: Lang,
) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), state.now());
    let cursor = query.get("cursor").map(str::to_owned);
    let read = move |conn: &mut _| reading::commission(conn, id, cursor.as_deref(), now);
    Asked { request: &request, state: &state, lang }.page(read, |frame, page| view(frame, &page.screened())).await
}

fn view(frame: &Frame, page: &CommissionPage) -> View {
    let own = &page.commission;
    let body = html! {
        div class="stack" {
            (panel(&frame.t("public-states"), None, states(frame, page)))
            (panel(&frame.t("public-sessions"), None, sessions(frame, page)))
        }
    };
    let lead = html! {
        @if let Some(acronym) = &own.acronym { span class="code" { (acronym) } " · " }
        (frame.word("commission-kind", own.kind.as_str()))
    };
    View::new(own.name.clone(), body).lead(lead).above("/public", frame.t("public-page"))
}

fn states(frame: &Frame, page: &CommissionPage) -> Markup {
    if page.states.is_empty() {
        return empty(&frame.t("public-no-states"), None);
    }
    let mut columns = vec![Column::new(frame.t("overview-column-institution"))];
    let numbers = ["public-state-open", "public-state-overdue", "public-state-fulfilled"];
    columns.extend(numbers.map(|key| Column::new(frame.t(key)).number()));
    let row = |one: &PublicState| {
        let numbers = [one.open, one.overdue, one.fulfilled];
        let mut cells = vec![html! { (one.institution) }];
        cells.extend(numbers.map(|number| html! { (number) }));
        cells
    };
    let rows: Vec<Vec<Markup>> = page.states.iter().map(row).collect();
    let day = day_in_words(frame, &page.commission.country_code, page.as_of);
    html! {
        (table(&frame.t("public-states"), &columns, &rows))
        p class="small" { (frame.t_with("public-states-about", &[("day", day.into())])) }
    }
}

fn sessions(frame: &Frame, page: &CommissionPage) -> Markup {
    if page.sessions.items.is_empty() {
        return empty(&frame.t("public-no-sessions"), None);
    }
    let columns = ["public-column-session", "public-column-day", "public-column-minutes"];
    let columns: Vec<Column> = columns.iter().map(|key| Column::new(frame.t(key))).collect();
    let rows: Vec<Vec<Markup>> = page.sessions.items.iter().map(|one| session_row(frame, one)).collect();
    html! {
        (table(&frame.t("public-sessions"), &columns, &rows))
        (pager(frame, page.sessions.next_cursor.as_deref()))
    }
}

fn session_row(frame: &Frame, session: &PublicSession) -> Vec<Markup> {
    vec![
        html! { a href={ "/public/meetings/" (session.id) } { (session_name(frame, session)) } },
        html! { (short_date(frame, &session.country_code, &session.held)) },
        html! {
            @if session.has_approved_minutes { (tag(Tone::Done, &frame.t("public-minutes-approved"))) }
            @else { (tag(Tone::Neutral, &frame.t("public-minutes-none"))) }
        },
    ]
}
