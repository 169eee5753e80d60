//! `/registry`: the registry of a period with its figures, charts and downloads.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get};
use chrono::{Datelike, NaiveDate};
use maud::{Markup, PreEscaped, html};
use serde::Deserialize;

use super::choices::countries_of;
use super::when;
use crate::access::{CommissionRef, Visibility, country_zone, visible_commissions};
use crate::activities::model::Activity;
use crate::activities::registry::{
    Registry, RegistryFormat, RegistryParameters, RegistryQuery, Total, charts_of, read, send_registry,
};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::db::{CommissionId, Db};
use crate::error::{Code, Result};
use crate::http::{Fields, PageParameters, Query, QueryPeriod};
use crate::i18n::Lang;
use crate::identity::{Actor, Visitor};
use crate::themes::Theme;
use crate::ui::{self, Choice, Column, Field, FormView, Frame, View, empty, panel, short_day, table};

/// The number of activities that the page lists; the downloads have all of them.
const MOST_LISTED: usize = 200;

/// The query of the page: as that of the API, with defaults.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PageQuery {
    country_code: Option<String>,
    #[serde(default, deserialize_with = "crate::dates::query_day")]
    from: Option<NaiveDate>,
    #[serde(default, deserialize_with = "crate::dates::query_day")]
    to: Option<NaiveDate>,
    commission_id: Option<CommissionId>,
    theme: Option<Theme>,
}

/// The data of the page; `registry` is None for a person without a country.
struct Shown {
    registry: Option<(RegistryQuery, Registry)>,
    commissions: Vec<CommissionRef>,
    /// Code and name of the countries.
    countries: Vec<(String, String)>,
}

impl RestrictedContent for Shown {
    fn restricted(&self, found: &mut RestrictedRecords) {
        self.registry.iter().for_each(|(_, registry)| registry.restricted(found));
    }
}

/// The registry of a period
///
/// Permissions: everybody who is signed in; the activities that the reader may know.
#[get("/registry")]
pub(crate) async fn show(visitor: Visitor) -> Result<HttpResponse> {
    let parameters = visitor.parameters().clone();
    let (sent, now) = (parameters.read::<PageQuery>()?, visitor.state.now());
    let read = move |conn: &mut Db, actor: &Actor| {
        let visibility = Visibility::of(actor);
        let commissions = visible_commissions(conn, &visibility)?;
        let countries = countries_of(conn, actor, &commissions, None)?;
        let first = countries.first().map(|(code, _)| code.clone());
        let Some(country_code) = sent.country_code.or(first) else {
            return Ok(Shown { registry: None, commissions, countries });
        };
        let zone = country_zone(conn, &country_code)?.ok_or(Code::NotFound)?;
        let year = now.day_in(zone).year();
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        let QueryPeriod { from, to } = QueryPeriod::read(sent.from.or(day(1, 1)), sent.to.or(day(12, 31)))?;
        let query = RegistryQuery { country_code, from, to, commission_id: sent.commission_id, theme: sent.theme };
        let registry = read(conn, &visibility, &query, actor.language)?;
        Ok(Shown { registry: Some((query, registry)), commissions, countries })
    };
    visitor.on_snapshot().page(read, move |frame, shown| view(frame, &parameters, &shown)).await
}

/// The registry of a period as a spreadsheet
///
/// Permissions: everybody who is signed in; the activities that the reader may know.
#[get("/registry.xlsx")]
pub(crate) async fn as_xlsx(visitor: Visitor, lang: Lang, query: Query<RegistryParameters>) -> Result<HttpResponse> {
    send_registry(visitor.into_caller(), lang, query.0.in_format(RegistryFormat::Xlsx)).await
}

/// The registry of a period as CSV
///
/// Permissions: everybody who is signed in; the activities that the reader may know.
#[get("/registry.csv")]
pub(crate) async fn as_csv(visitor: Visitor, lang: Lang, query: Query<RegistryParameters>) -> Result<HttpResponse> {
    send_registry(visitor.into_caller(), lang, query.0.in_format(RegistryFormat::Csv)).await
}

fn view(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> View {
    let title = frame.t("registry-page");
    let Some((query, registry)) = &shown.registry else {
        let body = empty(&frame.t("registry-page-none"), Some(("/activities", &frame.t("activities"))));
        return View::new(title, body).above("/activities", frame.t("activities"));
    };
    let body = html! {
        (ui::filters(frame, parameters.has_filters(), filters(frame, parameters, shown, query)))
        p { (period(frame, query)) }
        @let all = registry.activities.len() + registry.undated.len();
        @if all == 0 && registry.pending == 0 {
            (empty(&frame.t("registry-page-empty"), Some(("/activities", &frame.t("activities")))))
        } @else {
            p {
                strong { (frame.t_n("registry-page-count", all)) }
                @if registry.pending > 0 {
                    " · " a href={ "/activities?" (parts(query, &[("status", "submitted")])) } {
                        (frame.t_n("registry-page-pending", registry.pending))
                    }
                }
            }
            (downloads(frame, query))
            @for chart in charts_of(registry, &query.country_code, frame.lang) {
                (panel(&chart.title, None, html! { figure class="chart" { (PreEscaped(&chart.svg)) } }))
            }
            (figures(frame, query, registry))
            @if !registry.activities.is_empty() { (listing(frame, "registry-page-dated", &registry.activities)) }
            @if !registry.undated.is_empty() { (listing(frame, "registry-page-undated", &registry.undated)) }
        }
    };
    View::new(title, body).above("/activities", frame.t("activities"))
}

fn period(frame: &Frame, query: &RegistryQuery) -> String {
    let days = [("from", short_day(query.from).into()), ("to", short_day(query.to).into())];
    frame.t_with("registry-page-period", &days)
}

/// Returns the query of a registry with further parameters.
fn parts(query: &RegistryQuery, more: &[(&str, &str)]) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    out.append_pair("country_code", &query.country_code);
    out.append_pair("from", &query.from.to_string()).append_pair("to", &query.to.to_string());
    if let Some(id) = query.commission_id {
        out.append_pair("commission_id", &id.to_string());
    }
    if let Some(theme) = query.theme {
        out.append_pair("theme", theme.as_str());
    }
    out.extend_pairs(more);
    out.finish()
}

fn downloads(frame: &Frame, query: &RegistryQuery) -> Markup {
    let lang = frame.lang.to_string();
    let sent = parts(query, &[("lang", &lang)]);
    html! {
        p {
            a href={ "/registry.xlsx?" (sent) } { (frame.t("registry-page-xlsx")) } " · "
            a href={ "/registry.csv?" (sent) } { (frame.t("registry-page-csv")) }
        }
    }
}

fn filters(frame: &Frame, parameters: &PageParameters, shown: &Shown, query: &RegistryQuery) -> Markup {
    let mut fields = Fields(parameters.all().to_vec());
    fields.set("country_code", &query.country_code);
    fields.set("from", query.from);
    fields.set("to", query.to);
    let form = FormView::opened(fields, String::new());
    let all = frame.t("activities-all");
    let countries: Vec<Choice> = shown.countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let own = shown.commissions.iter().filter(|one| one.country_code == query.country_code);
    let commissions: Vec<Choice> = own.map(|one| Choice::new(one.id, one.label())).collect();
    let themes: Vec<Choice> =
        Theme::ALL.iter().map(|one| Choice::new(one.as_str(), frame.word("theme", one.as_str()))).collect();
    let field = |name: &'static str, key: &str| Field::new(frame, &form, name, frame.t(key));
    html! {
        form class="filters" method="get" action="/registry" data-auto="true" {
            @if countries.len() > 1 { (field("country_code", "activities-country").select(None, &countries)) }
            @else { input type="hidden" name="country_code" value=(query.country_code); }
            (field("from", "activities-from").completed("date", "off"))
            (field("to", "activities-to").completed("date", "off"))
            @if commissions.len() > 1 {
                (field("commission_id", "activities-commission").select(Some(&all), &commissions))
            }
            (field("theme", "activities-theme").select(Some(&all), &themes))
            button type="submit" { (frame.t("activities-apply")) }
        }
    }
}

fn figures(frame: &Frame, query: &RegistryQuery, registry: &Registry) -> Markup {
    let totals = &registry.totals;
    let link = |name: &'static str| {
        move |key: &str| format!("/activities?{}", parts(query, &[("status", "validated"), (name, key)]))
    };
    let commission = |id: &str| registry.names.of_text(id);
    html! {
        (total(frame, "registry-by-theme", &totals.by_theme, &|key| frame.word("theme", key), &link("theme")))
        (total(frame, "registry-by-kind", &totals.by_kind, &|key| frame.word("activity-kind", key), &link("kind")))
        (total(frame, "registry-by-commission", &totals.by_commission, &commission, &link("commission_id")))
    }
}

/// Draws one group of figures, each with a link to its activities.
fn total(
    frame: &Frame,
    key: &str,
    totals: &BTreeMap<String, Total>,
    called: &dyn Fn(&str) -> String,
    link: &dyn Fn(&str) -> String,
) -> Markup {
    if totals.is_empty() {
        return html! {};
    }
    let name = frame.t(key);
    let figures = ["activities", "participants", "without"].map(|one| frame.t(&format!("registry-page-{one}")));
    let mut columns = vec![Column::new(name.clone())];
    columns.extend(figures.into_iter().map(|title| Column::new(title).number()));
    let row = |(key, one): (&String, &Total)| {
        vec![
            html! { (called(key)) },
            html! { a href=(link(key)) { (one.activities) } },
            html! { @match one.known_participants() { Some(number) => (number), None => "—" } },
            html! { (one.without_participants) },
        ]
    };
    let rows: Vec<Vec<Markup>> = totals.iter().map(row).collect();
    panel(&name, None, table(&name, &columns, &rows))
}

fn listing(frame: &Frame, key: &str, activities: &[Activity]) -> Markup {
    let title = frame.t(key);
    let columns = ["title", "when", "people"].map(|name| Column::new(frame.t(&format!("activities-column-{name}"))));
    let row = |one: &Activity| {
        vec![
            html! { a href={ "/activities/" (one.id) } { (one.fields.title) } },
            html! { (when(frame, one)) },
            html! { @if let Some(count) = one.fields.headcount() { (count) } @else { "—" } },
        ]
    };
    let rows: Vec<Vec<Markup>> = activities.iter().take(MOST_LISTED).map(row).collect();
    html! {
        (panel(&title, None, table(&title, &columns, &rows)))
        @if activities.len() > MOST_LISTED { p { (frame.t("registry-page-more")) } }
    }
}
