//! `/agreements`: the list with its filters.

use std::collections::HashMap;

use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::words::{agreement_name, status_tag};
use crate::access::{CommissionRef, Visibility, may_write_anywhere, visible_commissions};
use crate::agreements::model::{Agreement, AgreementFilter, AgreementKind, AgreementStatus};
use crate::agreements::store;
use crate::db::{CommissionId, Db, MeetingId, unique};
use crate::directory::CountryColumn;
use crate::error::Result;
use crate::http::{Page, PageParameters, Paging};
use crate::identity::{Actor, Visitor};
use crate::meetings::{Meeting, meetings_by_id};
use crate::themes::Theme;
use crate::ui::{
    self, Choice, Column, Field, FormView, Frame, Tone, View, button_link, empty, filters_in_force, pager, short_date,
    table, tag, total,
};

/// The filters that the form has, and those that an address can have too.
const FILTERS: [&str; 7] = ["country_code", "commission_id", "meeting_id", "kind", "status", "theme", "q"];

/// The list as it is shown.
struct Shown {
    page: Page<Agreement>,
    meetings: HashMap<MeetingId, Meeting>,
    /// The commissions that the reader may know.
    commissions: Vec<CommissionRef>,
    country: CountryColumn,
    may_create: bool,
}

crate::restricted_by!(Shown: page, meetings);

/// The agreements
///
/// Permissions: everybody who is signed in; the list has the agreements that the reader may see.
#[get("/agreements")]
pub(crate) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let parameters = visitor.parameters().clone();
    let filter: AgreementFilter = parameters.read()?;
    let paging = Paging::read(filter.limit, filter.cursor.as_deref())?.counting(Some(true));
    let read = move |conn: &mut Db, actor: &Actor| {
        let visibility = Visibility::of(actor);
        let page = store::list(conn, &visibility, &filter, &paging)?;
        let mut ids: Vec<MeetingId> = page.items.iter().filter_map(|one| one.fields.meeting_id).collect();
        ids.extend(filter.meeting_id);
        let ids = unique(ids);
        let commissions = visible_commissions(conn, &visibility)?;
        Ok(Shown {
            country: CountryColumn::of(conn, &commissions)?,
            meetings: meetings_by_id(conn, &visibility, &ids)?,
            commissions,
            may_create: may_write_anywhere(actor),
            page,
        })
    };
    visitor.page(read, move |frame, shown| view(frame, &parameters, &shown)).await
}

fn view(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> View {
    let is_filtered = FILTERS.iter().any(|name| parameters.get(name).is_some());
    let new = shown.may_create.then_some("/agreements/new");
    let new_text = frame.t("agreements-new");
    let body = html! {
        (ui::filters(frame, is_filtered, filters(frame, parameters, shown)))
        (chosen(frame, parameters, shown))
        div id="results" {
            @if shown.page.items.is_empty() {
                @if is_filtered { (empty(&frame.t("agreements-none-filtered"), None)) }
                @else { (empty(&frame.t("agreements-none"), new.map(|path| (path, new_text.as_str())))) }
            } @else {
                (total(frame, "agreements-count", shown.page.total))
                (rows(frame, shown))
                (pager(frame, shown.page.next_cursor.as_deref()))
            }
        }
    };
    let view = View::new(frame.t("web-nav-agreements"), body);
    if shown.may_create { view.actions(button_link("/agreements/new", &new_text, true)) } else { view }
}

fn rows(frame: &Frame, shown: &Shown) -> Markup {
    let mut columns = ["agreement", "commissions", "session", "adopted", "status"]
        .map(|name| Column::new(frame.t(&format!("agreements-column-{name}"))))
        .to_vec();
    shown.country.add_to(frame, &mut columns);
    let rows: Vec<Vec<Markup>> = shown.page.items.iter().map(|one| row(frame, shown, one)).collect();
    table(&frame.t("web-nav-agreements"), &columns, &rows)
}

fn row(frame: &Frame, shown: &Shown, one: &Agreement) -> Vec<Markup> {
    let meeting = one.fields.meeting_id.and_then(|id| shown.meetings.get(&id));
    let label = |id: &CommissionId| shown.commissions.iter().find(|known| known.id == *id).map(CommissionRef::label);
    let labels: Vec<&str> = one.fields.commission_ids.iter().filter_map(label).collect();
    let day = one.fields.adopted.as_ref().or_else(|| meeting.and_then(|meeting| meeting.fields.held.as_ref()));
    let adopted = match (day, meeting) {
        (Some(day), _) => short_date(frame, &one.country_code, day),
        (None, Some(meeting)) => short_date(frame, &one.country_code, &meeting.held_on()),
        (None, None) => String::new(),
    };
    let mut cells = vec![
        html! {
            a href={ "/agreements/" (one.id) } { (agreement_name(frame, one)) }
            @if one.fields.restricted { " " (tag(Tone::Soon, &frame.t("agreements-restricted"))) }
            @if one.fields.kind != AgreementKind::MeetingAgreement {
                br; span class="small" { (frame.word("agreements-kind", one.fields.kind.as_str())) }
            }
        },
        html! { (labels.join(", ")) },
        html! { @if let Some(meeting) = meeting { a href={ "/meetings/" (meeting.id) } { (meeting.fields.title) } } },
        html! { (adopted) },
        status_tag(frame, one.fields.status),
    ];
    shown.country.add_cell(&one.country_code, &mut cells);
    cells
}

fn filters(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> Markup {
    let form = FormView::of_filters(parameters);
    let all = frame.t("agreements-all");
    let word = |family: &str, value: &str| Choice::new(value, frame.word(family, value));
    let commissions: Vec<Choice> = shown.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
    let kinds: Vec<Choice> = AgreementKind::ALL.iter().map(|one| word("agreements-kind", one.as_str())).collect();
    let states: Vec<Choice> = AgreementStatus::ALL.iter().map(|one| word("agreements-status", one.as_str())).collect();
    let themes: Vec<Choice> = Theme::ALL.iter().map(|one| word("theme", one.as_str())).collect();
    let field = |name: &'static str, key: &str| Field::new(frame, &form, name, frame.t(key));
    html! {
        form class="filters" method="get" action="/agreements" data-auto="true" {
            (field("q", "agreements-words").text())
            @if commissions.len() > 1 {
                (field("commission_id", "agreements-commission").select(Some(&all), &commissions))
            }
            (field("status", "agreements-status").select(Some(&all), &states))
            (field("kind", "agreements-kind").select(Some(&all), &kinds))
            (field("theme", "agreements-theme").select(Some(&all), &themes))
            @for name in ["meeting_id", "country_code"] {
                @if let Some(value) = parameters.get(name) { input type="hidden" name=(name) value=(value); }
            }
            button type="submit" { (frame.t("agreements-apply")) }
        }
    }
}

/// Draws the filters in force.
fn chosen(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> Markup {
    let text = |name: &str, value: &str| match name {
        "commission_id" => {
            shown.commissions.iter().find(|one| one.id.to_string() == value).map(|one| one.label().to_owned())
        }
        "meeting_id" => {
            let found = shown.meetings.values().find(|one| one.id.to_string() == value);
            found.map(|one| one.fields.title.clone())
        }
        "kind" => Some(frame.word("agreements-kind", value)),
        "status" => Some(frame.word("agreements-status", value)),
        "theme" => Some(frame.word("theme", value)),
        _ => Some(value.to_owned()),
    };
    filters_in_force(frame, parameters, &FILTERS, |name, value| {
        text(name, value).unwrap_or_else(|| frame.t("agreements-unknown"))
    })
}
