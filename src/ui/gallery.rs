//! `/ui`: every component once, with texts as they occur. The tests look at this page in both languages, both themes
//! and two widths.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::date::{date_in_words, day_in_words, due_in_words, short_day};
use super::evidence::{evidence_list, evidence_rows};
use super::fields::{Choice, Field};
use super::form::FormView;
use super::layout::{Frame, View, warnings};
use super::parts::{
    Event, Segment, actions, button_link, description, empty, facts, long, notice, panel, prose, segments, tabs, tag,
    timeline,
};
use super::table::{Column, chips, pager, table};
use super::tone::Tone;
use crate::dates::PartialDate;
use crate::evidence::Evidence;
use crate::http::{Fields, ProblemFault};

const COUNTRY: &str = "PE";
const PAGE: &str = "/ui";

/// Shows every component once.
pub(crate) fn gallery(frame: &Frame) -> View {
    let body = html! {
        (tabs(&frame.t("ui-tabs"), &pages(frame)))
        h2 { (frame.t("ui-list")) }
        (list(frame))
        h2 { (frame.t("ui-record")) }
        (record(frame))
        h2 { (frame.t("ui-session")) }
        (session(frame))
        h2 { (frame.t("ui-review")) }
        (review(frame))
        h2 { (frame.t("ui-december")) }
        (calendar(frame))
        h2 { (frame.t("ui-words")) }
        (words(frame))
        h2 { (frame.t("ui-form")) }
        p { (frame.t("ui-form-about")) }
        (errors_and_fields(frame))
    };
    View::new(frame.t("ui-title"), body)
        .lead(html! { (frame.t("ui-lead")) })
        .above("/", frame.t("web-nav-start"))
        .actions(html! {
            (button_link(PAGE, &frame.t("ui-report"), true))
            (button_link(PAGE, &frame.t("ui-edit"), false))
        })
}

fn pages(frame: &Frame) -> Vec<(String, String, bool)> {
    let page = |key: &str, is_current| (PAGE.to_owned(), frame.t(key), is_current);
    vec![page("ui-summary", true), page("ui-attendance", false), page("ui-minutes", false)]
}

/// A day of the examples.
fn day(text: &str) -> NaiveDate {
    crate::dates::parse_day(text).unwrap_or_default()
}

fn tones() -> [(Tone, &'static str); 6] {
    [
        (Tone::Done, "ui-done"),
        (Tone::Review, "ui-to-review"),
        (Tone::Open, "ui-open"),
        (Tone::Soon, "ui-soon"),
        (Tone::Overdue, "ui-overdue"),
        (Tone::Neutral, "ui-cancelled"),
    ]
}

fn parts(runs: &[(Tone, usize)]) -> Vec<Segment> {
    runs.iter().flat_map(|(tone, n)| std::iter::repeat_n(Segment(*tone), *n)).collect()
}

/// A term with its distance from the day of the examples; overdue terms and near ones have a bar.
fn term(frame: &Frame, due: &str) -> Markup {
    let (due, today) = (day(due), day("2026-11-26"));
    let class = match (due - today).num_days() {
        days if days < 0 => Some("overdue-date"),
        days if days <= 30 => Some("soon-date"),
        _ => None,
    };
    html! { span class=[class] { (short_day(due)) br; (due_in_words(frame, due, today)) } }
}

fn form_view(frame: &Frame) -> FormView {
    let fields = Fields::default()
        .with("status", "in_progress")
        .with("text", frame.t("ui-text-value"))
        .with("term", "2027-Q2")
        .with("places", "2")
        .with("institution_id", "2")
        .with("commission_ids", "1")
        .with("restricted", "true")
        .with("evidence/0/title", frame.t("ui-evidence-value"))
        .with("evidence/0/file_id", "0198")
        .with("evidence/0/file_name", "acta.pdf")
        .with("date", frame.t("ui-date-value"));
    let fault = |pointer: &str, key: &str| ProblemFault::new(pointer, "required", frame.t(key));
    let changed = fields.clone().with("places", "3");
    FormView {
        faults: vec![fault("/summary", "ui-fault-summary"), fault("/date", "ui-fault-date")],
        changed: Some(changed),
        is_example: true,
        kept_since: Some(frame.t_n("web-days-ago", 1)),
        understood: PartialDate::parse("2027-Q2").map(|date| ("term".to_owned(), date)).into_iter().collect(),
        ..FormView::opened(fields, "ui".to_owned())
    }
}

fn evidence(frame: &Frame) -> Evidence {
    Evidence {
        title: frame.t("ui-evidence-value"),
        url: Some("https://example.org/acta.pdf".to_owned()),
        file_id: None,
        kind: Some(frame.t("progress-kind-document")),
        dated: PartialDate::parse("2026-06-30"),
        dated_from: None,
        dated_to: None,
    }
}

fn errors_and_fields(frame: &Frame) -> Markup {
    let form = form_view(frame);
    let field = |name: &str, key: &str| Field::new(frame, &form, name, frame.t(key));
    let statuses = [
        Choice::new("fulfilled", frame.t("ui-done")),
        Choice::new("in_progress", frame.t("ui-open")).hint(frame.t("ui-open-about")),
    ];
    html! {
        form class="form" method="get" action=(PAGE) {
            (form.begin(frame))
            (field("status", "ui-status").required().radios(&statuses))
            (field("summary", "ui-field-summary").required().text())
            (field("text", "ui-field-text").required().hint(frame.t("ui-field-text-hint")).max(4000).kept_area(4))
            p {
                button type="button" hidden data-into="text" data-insert=(frame.t("ui-source-text")) {
                    (frame.t("ui-insert"))
                }
            }
            (field("date", "ui-field-date").required().date(COUNTRY))
            (field("term", "ui-field-term").date(COUNTRY))
            (field("starts_at", "ui-field-start").hint(frame.t("ui-field-start-hint")).day_and_time())
            (field("places", "ui-field-places").number())
            (field("institution_id", "ui-institution").required().select(Some(&frame.t("ui-choose")), &institutions(frame)))
            (field("place", "ui-field-place").suggested(&[frame.t("ui-place-one"), frame.t("ui-place-two")]))
            (field("email", "ui-field-email").completed("email", "email"))
            (field("commission_ids", "ui-commissions").checks(&commissions()))
            (field("restricted", "ui-field-restricted").check())
            (evidence_rows(frame, &form, &[frame.t("progress-kind-document")]))
            (actions(&frame.t("ui-send"), Some((PAGE, &frame.t("ui-leave")))))
        }
    }
}

fn institutions(frame: &Frame) -> [Choice; 2] {
    [Choice::new(1, frame.t("ui-institution-one")), Choice::new(2, frame.t("ui-institution-two"))]
}

fn commissions() -> [Choice; 3] {
    [Choice::new(1, "CETI"), Choice::new(2, "CAMTRAFOR"), Choice::new(3, "MITP")]
}

fn list(frame: &Frame) -> Markup {
    let form = FormView::opened(Fields::default().with("commission", "2"), String::new());
    let field = |name: &str, key: &str| Field::new(frame, &form, name, frame.t(key));
    let all = frame.t("ui-all");
    let filters = [("CAMTRAFOR".to_owned(), PAGE.to_owned()), (frame.t("ui-open"), PAGE.to_owned())];
    html! {
        form class="filters" method="get" action=(PAGE) data-auto="true" {
            (field("commission", "ui-commission").select(Some(&all), &commissions()))
            (field("institution", "ui-institution").select(Some(&all), &institutions(frame)))
            (field("q", "ui-field-text").text())
            button class="main" type="submit" { (frame.t("ui-apply")) }
        }
        div id="results" class="stack" {
            div class="list-head" {
                p class="total" data-announce="true" { (frame.t_n("ui-commitments", 3)) }
                p class="actions" { (frame.t("ui-download")) " " a href=(PAGE) { "Excel" } a href=(PAGE) { "CSV" } }
            }
            (chips(frame, &filters, PAGE))
            (commitments(frame))
            (pager(frame, Some(PAGE)))
            (empty(&frame.t("ui-no-commitments"), Some((PAGE, &frame.t("web-clear-filters")))))
        }
    }
}

fn commitments(frame: &Frame) -> Markup {
    let columns = [
        Column::new(frame.t("ui-code")),
        Column::new(frame.t("ui-commitment")),
        Column::new(frame.t("ui-institutions")),
        Column::new(frame.t("ui-reports")).number(),
        Column::new(frame.t("ui-field-term")).sorted(PAGE.to_owned(), Some("ascending")),
        Column::new(frame.t("ui-state")).sorted(PAGE.to_owned(), None),
    ];
    let progress = |done: i64, runs: &[(Tone, usize)]| {
        let of: usize = runs.iter().map(|(_, n)| n).sum();
        segments(&parts(runs), &frame.t_with("ui-done-of", &[("n", done.into()), ("of", of.into())]))
    };
    let code = |code: &str| html! { a class="code" href=(PAGE) { (code) } };
    let text = |key: &str| html! { (long(frame, &frame.t(key))) };
    let many = [(Tone::Done, 8), (Tone::Review, 2), (Tone::Open, 12), (Tone::Soon, 1), (Tone::Overdue, 3)];
    let quarter = PartialDate::parse("2027-Q1").map(|date| date_in_words(frame, COUNTRY, &date)).unwrap_or_default();
    let rows = vec![
        vec![
            code("CIGTPE-2026-001"),
            text("ui-commitment-one"),
            progress(1, &[(Tone::Done, 1)]),
            html! { a href=(PAGE) { "4" } },
            term(frame, "2026-10-16"),
            html! { (frame.t("ui-open")) },
        ],
        vec![
            code("CIGTPE-2026-003"),
            text("ui-commitment-two"),
            progress(8, &many),
            html! { a href=(PAGE) { "12" } },
            term(frame, "2026-11-30"),
            html! { (frame.t("ui-open")) " " (tag(Tone::Review, &frame.t_n("ui-n-to-review", 2))) },
        ],
        vec![
            code("CIGTPE-2026-005"),
            text("ui-commitment-three"),
            progress(0, &[(Tone::Open, 12)]),
            html! { "0" },
            html! { (quarter) },
            html! { (frame.t("ui-pending")) },
        ],
    ];
    table(&frame.t("ui-list"), &columns, &rows)
}

fn record(frame: &Frame) -> Markup {
    let progress = segments(
        &parts(&[(Tone::Done, 4), (Tone::Review, 2), (Tone::Open, 18), (Tone::Overdue, 2)]),
        &frame.t_with("ui-done-of", &[("n", 4.into()), ("of", 26.into())]),
    );
    let item = |key: &str, about: &str, button: Option<&str>| {
        html! {
            li {
                div { p class="what" { (frame.t(key)) } p class="small" { (frame.t(about)) } }
                @if let Some(button) = button { (button_link(PAGE, &frame.t(button), false)) }
            }
        }
    };
    let event = |key: &str, on: &str, detail: Option<Markup>| Event {
        title: html! { (frame.t(key)) },
        when: format!("{} · A. Quispe", short_day(day(on))),
        detail,
    };
    let events = [
        event("ui-event-one", "2026-11-24", None),
        event("ui-event-two", "2026-09-02", Some(html! { (frame.t("ui-event-two-before")) })),
        event("ui-event-three", "2026-03-12", None),
    ];
    let parts_of_year = frame.t_with("ui-figure-parts", &[("n", 61.into()), ("of", 104.into())]);
    html! {
        div class="columns" {
            div {
                (facts(&[
                    (frame.t("ui-fulfilment"), progress),
                    description(frame.t("ui-field-term"), day_in_words(frame, COUNTRY, day("2026-09-30"))),
                    description(frame.t("ui-target"), frame.t("ui-target-value")),
                ]))
                (panel(&frame.t("ui-reports-to-review"), Some((PAGE, &frame.t_n("ui-see-all", 2))), html! {
                    ul class="items" {
                        (item("ui-item-one", "ui-item-one-about", Some("ui-do-review")))
                        (item("ui-item-two", "ui-item-two-about", Some("ui-do-review")))
                    }
                }))
                (panel(&frame.t("ui-minutes"), None, empty(&frame.t("ui-nothing-waits"), None)))
            }
            aside aria-label=(frame.t("ui-history")) {
                (panel(&frame.t("ui-history"), None, timeline(&events)))
                (panel(&frame.t("ui-this-year"), None, html! {
                    div class="figures" {
                        p { a href=(PAGE) { (parts_of_year) } br; (frame.t("ui-figure-parts-about")) }
                        p { a href=(PAGE) { "9" } br; (frame.t("ui-figure-overdue-about")) }
                    }
                }))
            }
        }
    }
}

/// Attendance of three institutions in two commissions.
fn session(frame: &Frame) -> Markup {
    let (people, titles) = (frame.t("ui-person"), frame.t("ui-capacity"));
    let columns = [
        Column::new(frame.t("ui-institution")),
        Column::new(frame.t("ui-attendance")),
        Column::new(titles.clone()),
        Column::new(people.clone()),
    ];
    let rows: Vec<Vec<Markup>> = [
        ("ui-institution-one", "present", "1 2", "Carla Rojas"),
        ("ui-institution-two", "excused", "1 2", ""),
        ("ui-institution-three", "", "2", ""),
    ]
    .iter()
    .enumerate()
    .map(|(n, (key, status, commissions, person))| {
        vec![
            html! { (frame.t(key)) },
            marks(frame, n, &frame.t(key), status, commissions),
            html! {
                label class="unseen" for={ "row-" (n) "-capacity" } { (titles) }
                select id={ "row-" (n) "-capacity" } name={ (n) "/capacity" } {
                    option { (frame.t("ui-full-member")) } option { (frame.t("ui-substitute")) }
                }
            },
            html! {
                label class="unseen" for={ "row-" (n) "-person" } { (people) }
                input type="text" id={ "row-" (n) "-person" } name={ (n) "/person" } value=(person);
            },
        ]
    })
    .collect();
    html! {
        form method="get" action=(PAGE) {
            div class="grid-3" { (quorum(frame, 1, "CETI", 1, 2)) (quorum(frame, 2, "CAMTRAFOR", 2, 3)) }
            p { button type="button" hidden data-mark-all="present" { (frame.t("ui-mark-all")) } }
            div class="attendance" { (table(&frame.t("ui-attendance"), &columns, &rows)) }
            (actions(&frame.t("ui-save-attendance"), Some((PAGE, &frame.t("ui-leave")))))
        }
    }
}

/// Draws the box of a commission's quorum, of which one institution is present.
fn quorum(frame: &Frame, id: usize, name: &str, required: i64, members: i64) -> Markup {
    let missing = required - 1;
    let count = |present: i64| {
        let present = if present < 0 { "{present}".into() } else { present.into() };
        let args = [("present", present), ("members", members.into()), ("required", required.into())];
        frame.t_with("ui-quorum-count", &args)
    };
    html! {
        div class={ "box " (if missing <= 0 { "done" } else { "overdue" }) } data-quorum=(id) data-required=(required)
            data-members=(members) data-text-count=(count(-1)) data-text-yes=(frame.t("ui-quorum-yes"))
            data-text-no=(frame.t_with("ui-quorum-no", &[("n", "{n}".into())]))
            data-text-no-one=(frame.t_n("ui-quorum-no", 1)) {
            h3 { (name) }
            p data-count="true" { (count(1)) }
            p class="verdict" data-verdict="true" {
                @if missing <= 0 { (frame.t("ui-quorum-yes")) } @else { (frame.t_n("ui-quorum-no", missing)) }
            }
        }
    }
}

/// Draws the choice of one institution's attendance.
fn marks(frame: &Frame, row: usize, institution: &str, status: &str, commissions: &str) -> Markup {
    html! {
        fieldset class="radios" data-commissions=(commissions) {
            legend class="unseen" { (institution) }
            @for (value, key) in [("present", "ui-present"), ("absent", "ui-absent"), ("excused", "ui-excused")] {
                div class="choice" {
                    input type="radio" id={ "row-" (row) "-" (value) } name={ (row) "/status" } value=(value)
                        checked[status == value] data-counts=[(value == "present").then_some("true")];
                    label for={ "row-" (row) "-" (value) } { (frame.t(key)) }
                }
            }
        }
    }
}

fn review(frame: &Frame) -> Markup {
    html! {
        div class="side-by-side" {
            section {
                h3 { (frame.t("ui-promised")) }
                p { (frame.t("ui-commitment-three")) }
                (facts(&[description(frame.t("ui-target"), frame.t("ui-target-value"))]))
            }
            section {
                h3 { (frame.t("ui-reported")) }
                p { (tag(Tone::Review, &frame.t("ui-to-review"))) }
                (prose(&frame.t("ui-text-value")))
            }
            section {
                h3 { (frame.t("ui-evidence")) }
                (evidence_list(frame, COUNTRY, &[evidence(frame)]))
            }
        }
        div class="form-actions" {
            button class="main" type="button" { (frame.t("ui-accept")) }
            button type="button" { (frame.t("ui-return")) }
            button class="danger" type="button" { (frame.t("ui-cancel")) }
            button class="link" type="button" { (frame.t("ui-edit")) }
            button type="button" disabled { (frame.t("ui-send")) }
        }
    }
}

fn calendar(frame: &Frame) -> Markup {
    html! {
        ol class="calendar" {
            li {
                p class="day" { "10" span { (frame.t("ui-thursday")) } }
                div {
                    p class="what" { a href=(PAGE) { (frame.t("ui-session-name")) } }
                    p class="small" { (frame.t_with("web-time", &[("time", "10:00".into())])) }
                }
                (tag(Tone::Soon, &frame.t("ui-not-convened")))
            }
            li {
                p class="day" { "31" span { (frame.t("ui-thursday")) } }
                div {
                    p class="what" { a class="code" href=(PAGE) { "CIGTPE-2026-004" } }
                    p class="small" { (frame.t("ui-commitment")) }
                }
            }
        }
        details class="more" {
            summary { (frame.t("ui-subscribe")) }
            (prose(&frame.t("ui-subscribe-how")))
        }
    }
}

fn words(frame: &Frame) -> Markup {
    html! {
        p { @for (tone, key) in tones() { (tag(tone, &frame.t(key))) " " } span class="count" { "7" } }
        @for (tone, key) in tones() { (notice(tone, html! { p { (frame.t(key)) } })) }
        (warnings(frame, &[frame.t("personal-data-rut"), frame.t("personal-data-minor-age")]))
        div {
            section class="demo-people signed-out" {
                h3 { (frame.t("ui-examples")) }
                button type="button" { "Ana Quispe" span class="small" { (frame.t("web-role-secretariat")) } }
                button type="button" { "Luis Santos" span class="small" { (frame.t("web-role-representative")) } }
            }
        }
    }
}
