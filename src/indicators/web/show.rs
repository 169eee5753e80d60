//! `/indicators/{id}`: an indicator with its series as a chart and a table, its targets, and all recorded values.

use std::collections::HashMap;

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use chrono_tz::Tz;
use maud::{Markup, PreEscaped, html};

use crate::access::{Visibility, country_zone, may_coordinate};
use crate::db::{Db, IndicatorId, InstitutionId};
use crate::directory::institution_names;
use crate::error::Result;
use crate::i18n::Words;
use crate::identity::{Actor, Visitor};
use crate::indicators::model::{Indicator, IndicatorValue, MeasuredIndicator, TargetState};
use crate::indicators::wording::{chart, number_of, state_of, with_unit};
use crate::indicators::{actions, store};
use crate::plans::{Plan, PlanItem, find_plan, plan_items_by_id};
use crate::ui::{
    Column, Frame, Tone, View, button_link, danger_link, description, empty, evidence_list, facts, moment, panel,
    prose, short_date, table, tag,
};

/// An indicator as it is shown.
struct Shown {
    found: MeasuredIndicator,
    /// All recorded values, the newest first.
    values: Vec<IndicatorValue>,
    /// The plan; None for a responsible institution that may not see it.
    plan: Option<Plan>,
    item: Option<PlanItem>,
    institutions: HashMap<InstitutionId, String>,
    zone: Tz,
    /// True if the reader may change the indicator.
    may_change: bool,
    /// True if the reader may record values.
    may_record: bool,
}

crate::nothing_restricted!(Shown);

/// An indicator with its series and targets
///
/// Permissions: those who may see the plan; responsible institutions.
#[get("/indicators/{id}")]
pub(super) async fn show(visitor: Visitor, id: Path<IndicatorId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    visitor.on_snapshot().page(move |conn, actor| load(conn, actor, id), |frame, shown| view(frame, &shown)).await
}

fn load(conn: &mut Db, actor: &Actor, id: IndicatorId) -> Result<Shown> {
    let visibility = Visibility::of(actor);
    let found = store::find_measured(conn, &visibility, id)?;
    let Indicator { plan_id, country_code, fields, .. } = &found.indicator;
    let mut values = store::values_of(conn, &[id])?.remove(&id).unwrap_or_default();
    values.reverse();
    let item = fields.plan_item_id;
    Ok(Shown {
        values,
        plan: find_plan(conn, &visibility, *plan_id).ok(),
        item: plan_items_by_id(conn, &[item])?.remove(&item),
        institutions: institution_names(conn, fields.responsible_ids.iter().copied())?,
        zone: country_zone(conn, country_code)?.unwrap_or(Tz::UTC),
        may_change: may_coordinate(actor, country_code),
        may_record: actions::require_recorder(conn, actor, &found.indicator).is_ok(),
        found,
    })
}

fn words<'a>(frame: &Frame, shown: &'a Shown) -> Words<'a> {
    Words { lang: frame.lang, country: &shown.found.indicator.country_code }
}

fn view(frame: &Frame, shown: &Shown) -> View {
    let indicator = &shown.found.indicator;
    let path = format!("/indicators/{}", indicator.id);
    let new = format!("{path}/values/new");
    let body = html! {
        div class="columns" {
            div class="stack" {
                (series(frame, shown, &new))
                @if !shown.found.progress.is_empty() { (targets(frame, shown)) }
                @if !shown.values.is_empty() { (recorded(frame, shown)) }
            }
            aside { (about(frame, shown)) }
        }
    };
    let view = View::new(indicator.fields.name.as_str(), body).above("/plans", frame.t("plans-page"));
    let view = match &shown.plan {
        Some(plan) => view.above(format!("/plans/{}", plan.id), plan.fields.title.as_str()),
        None => view,
    };
    view.actions(html! {
        @if shown.may_record { (button_link(&new, &frame.t("indicators-value-new"), true)) }
        @if shown.may_change {
            (button_link(&format!("{path}/edit"), &frame.t("indicators-edit"), false))
            (danger_link(&format!("{path}/removal"), &frame.t("indicators-do-remove")))
        }
    })
}

fn about(frame: &Frame, shown: &Shown) -> Markup {
    let (fields, words) = (&shown.found.indicator.fields, words(frame, shown));
    let mut rows = vec![description(frame.t("indicators-field-unit"), fields.unit.as_str())];
    if let Some(item) = &shown.item {
        rows.push(description(frame.t("indicators-field-item"), item.name()));
    }
    if let Some(baseline) = fields.baseline {
        let year = [
            ("value", with_unit(words, baseline.value, &fields.unit).into()),
            ("year", baseline.year.to_string().into()),
        ];
        rows.push(description(frame.t("indicators-baseline"), frame.t_with("indicators-value-of-year", &year)));
    }
    let direction = fields.direction.map(|one| frame.word("indicators-direction", one.as_str()));
    rows.push(description(
        frame.t("indicators-field-direction"),
        direction.unwrap_or_else(|| frame.t("indicators-not-stated")),
    ));
    rows.push(description(
        frame.t("indicators-field-aggregation"),
        frame.word("indicators-aggregation", fields.aggregation.as_str()),
    ));
    for (key, text) in [
        ("indicators-field-territory", &fields.territory),
        ("indicators-field-source", &fields.source),
        ("plans-field-note", &fields.note.clone().filter(|_| shown.may_change)),
    ] {
        rows.extend(text.as_ref().map(|text| description(frame.t(key), text.as_str())));
    }
    let names: Vec<&str> =
        fields.responsible_ids.iter().filter_map(|id| shown.institutions.get(id)).map(String::as_str).collect();
    if !names.is_empty() {
        rows.push(description(frame.t("indicators-responsible"), names.join(", ")));
    }
    let content = html! { @if let Some(text) = &fields.definition { (prose(text)) } (facts(&rows)) };
    panel(&frame.t("indicators-about"), None, content)
}

/// Draws the series as a chart and a table, with the downloads.
fn series(frame: &Frame, shown: &Shown, new: &str) -> Markup {
    let (found, words) = (&shown.found, words(frame, shown));
    let country = found.indicator.country_code.as_str();
    let columns = [
        Column::new(frame.t("indicators-period")),
        Column::new(frame.t("indicators-value")).number(),
        Column::new(frame.t("indicators-state")),
    ];
    let rows: Vec<Vec<Markup>> = found
        .series
        .iter()
        .map(|point| {
            vec![
                html! { (short_date(frame, country, &point.period)) },
                html! { (number_of(words, point)) },
                html! { @if point.preliminary { (tag(Tone::Soon, &frame.t("indicators-preliminary-value"))) } },
            ]
        })
        .collect();
    let record = frame.t("indicators-value-new");
    let content = html! {
        @if let Some(chart) = chart(found, words) { figure class="chart" { (PreEscaped(&chart.svg)) } }
        @if rows.is_empty() { (empty(&frame.t("indicators-no-values"), shown.may_record.then_some((new, record.as_str())))) }
        @else { (table(&frame.t("indicators-series"), &columns, &rows)) }
        @let lang = frame.lang.to_string();
        p class="small" {
            @for (n, format) in ["xlsx", "docx", "pdf"].into_iter().enumerate() {
                @if n > 0 { " · " }
                a href={ "/indicators/" (found.indicator.id) "/document?format=" (format) "&lang=" (lang) } { (frame.t(&format!("indicators-{format}"))) }
            }
        }
    };
    panel(&frame.t("indicators-series"), None, content)
}

fn targets(frame: &Frame, shown: &Shown) -> Markup {
    let words = words(frame, shown);
    let columns =
        ["year", "target", "value", "way", "state"].map(|name| Column::new(frame.t(&format!("indicators-{name}"))));
    let unknown = frame.t("indicators-unknown");
    let rows: Vec<Vec<Markup>> = shown
        .found
        .progress
        .iter()
        .map(|one| {
            let value = one.value.map(|value| words.decimal(&value.to_string()));
            let tone = match one.state {
                TargetState::Met => Tone::Done,
                TargetState::NotMet => Tone::Open,
                TargetState::Unknown => Tone::Neutral,
            };
            vec![
                html! { (one.year) },
                html! { (words.decimal(&one.target.to_string())) },
                html! { (value.as_deref().unwrap_or(&unknown)) },
                html! { @match one.percent { Some(percent) => { (percent) " %" }, None => { (unknown) } } },
                html! { (tag(tone, &state_of(words, one))) },
            ]
        })
        .collect();
    panel(&frame.t("indicators-targets"), None, table(&frame.t("indicators-targets"), &columns, &rows))
}

/// Draws the table of all recorded values, also of those that were corrected.
fn recorded(frame: &Frame, shown: &Shown) -> Markup {
    let names = ["period", "territory", "value", "source", "recorded"];
    let columns = names.map(|name| Column::new(frame.t(&format!("indicators-{name}"))));
    let rows: Vec<Vec<Markup>> = shown.values.iter().map(|value| value_row(frame, shown, value)).collect();
    panel(&frame.t("indicators-history"), None, table(&frame.t("indicators-history"), &columns, &rows))
}

fn value_row(frame: &Frame, shown: &Shown, value: &IndicatorValue) -> Vec<Markup> {
    let (fields, words) = (&value.fields, words(frame, shown));
    let country = shown.found.indicator.country_code.as_str();
    let number = fields.value.map(|number| words.decimal(&number.to_string()));
    let by = match (&value.author, &value.imported_by) {
        (Some(author), _) => author.name.clone(),
        (None, Some(importer)) => importer.name.clone(),
        (None, None) => String::new(),
    };
    vec![
        html! {
            (short_date(frame, country, &fields.period))
            @if value.newest && shown.may_record { (correction_link(frame, shown, value)) }
        },
        html! { (fields.territory.clone().unwrap_or_else(|| frame.t("indicators-whole"))) },
        html! {
            (number.unwrap_or_else(|| frame.t("indicators-taken-back-word"))) " "
            @if fields.preliminary { (tag(Tone::Soon, &frame.t("indicators-preliminary-value"))) " " }
            @if !value.newest { (tag(Tone::Neutral, &frame.t("indicators-corrected"))) }
        },
        html! {
            @if let Some(source) = &fields.source { (source) }
            @if !fields.evidence.is_empty() { (evidence_list(frame, country, &fields.evidence)) }
        },
        html! { (moment(value.recorded_at, shown.zone)) @if !by.is_empty() { br; (by) } },
    ]
}

/// Draws the link to the form that corrects a value.
fn correction_link(frame: &Frame, shown: &Shown, value: &IndicatorValue) -> Markup {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("period", value.fields.period.as_str());
    query.extend_pairs(value.fields.territory.iter().map(|territory| ("territory", territory)));
    let path = format!("/indicators/{}/values/new?{}", shown.found.indicator.id, query.finish());
    let territory = value.fields.territory.as_deref().unwrap_or_default();
    html! {
        p class="small" {
            a href=(path) { (frame.t("indicators-correct")) span class="unseen" { " " (value.fields.period) " " (territory) } }
        }
    }
}
