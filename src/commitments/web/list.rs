//! The follow-up list with its filters and the views that a person saved.

use std::collections::HashMap;

use actix_web::http::header;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use deserr::Deserr;
use maud::{Markup, html};
use serde::Serialize;

use super::filters::{self, UNKNOWN_INSTITUTION};
use super::list_filters::{chips_of, filter_form};
use super::parts::{ShownTerm, progress, state_tag, waiting_tags};
use crate::access::{CommissionRef, Visibility, may_write_anywhere, visible_commissions};
use crate::agreements::agreements_by_id;
use crate::audit::{self, Change, RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::commitments::model::{Assignment, Commitment, Sort, Status};
use crate::commitments::policy;
use crate::commitments::store::{self, Filter, MOST_VIEWS, SavedView};
use crate::db::{AssignmentId, CommitmentId, Db, InstitutionId, Tx};
use crate::directory::{CountryColumn, InstitutionNames, institution_names};
use crate::error::{Faults, Result};
use crate::http::{Input, Page, PageParameters, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::meetings::meetings_by_id;
use crate::plans::plan_items_by_id;
use crate::ui::{
    self, Column, Field, FormView, Frame, Tone, View, button_link, chips, empty, long, notice, pager_of, table, tabs,
};

pub(super) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(show).service(save_view);
}

/// The follow-up list
///
/// Permissions: anyone signed in; the list has the commitments that they may see.
#[get("/commitments")]
pub(crate) async fn show(visitor: Visitor) -> Result<HttpResponse> {
    let parameters = PageParameters::parse(&visitor.parameters().changed(&["original"], &[]));
    if filters::is_of_form(&parameters) {
        let now = visitor.state.now();
        let read = move |conn: &mut Db, actor: &Actor| filters::canonical(conn, actor, &parameters, now);
        let query = visitor.read_unshown(read).await?;
        let next = format!("/commitments?{query}");
        return Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, next)).finish());
    }
    visitor.form(ListPage { parameters }).await
}

/// Save or delete a view of the list
///
/// Permissions: anyone signed in, for the own views.
#[post("/commitments")]
pub(crate) async fn save_view(submission: Submission) -> Result<HttpResponse> {
    let query = submission.form.fields.get("query").map(PageParameters::parse);
    let parameters = query.unwrap_or_else(|| submission.parameters().clone());
    submission.handle(ListPage { parameters }).await
}

/// The list with the form that saves a view.
#[derive(Clone)]
pub(super) struct ListPage {
    parameters: PageParameters,
}

/// The list, and the names that it shows.
pub(super) struct Listed {
    pub parameters: PageParameters,
    pub page: Page<Commitment>,
    pub filter: Filter,
    pub sort: Sort,
    /// The commissions that the reader may know.
    pub commissions: Vec<CommissionRef>,
    country: CountryColumn,
    /// The institutions from which the filter lets choose.
    pub members: Vec<(InstitutionId, String)>,
    /// The institutions of the reader.
    pub own: Vec<InstitutionId>,
    pub names: InstitutionNames,
    /// The names of the agreement, the session and the plan item of the filters.
    pub sources: Vec<(&'static str, String)>,
    pub views: Vec<SavedView>,
    pub today: NaiveDate,
    pub now: Instant,
    pub may_write: bool,
    /// The open part of the reader's institution on which the reader may report, by commitment.
    reportable: HashMap<CommitmentId, AssignmentId>,
    restricted: RestrictedRecords,
}

crate::restricted_by!(Listed: page, restricted);

/// A view to save under a name, or the name of a view to delete.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct ViewInput {
    #[deserr(default)]
    view_name: Option<String>,
    #[deserr(default)]
    delete_view: Option<String>,
}

impl Input for ViewInput {
    fn check(&self, faults: &mut Faults) {
        match (&self.view_name, &self.delete_view) {
            (Some(name), _) => faults.line("/view_name", name, 60),
            (None, None) => faults.add("/view_name", "required"),
            (None, Some(_)) => {}
        }
    }
}

/// The number up to which the list counts its commitments: counting more of them takes longer than all else on the page.
const MOST_COUNTED: i64 = 1_000;

/// The number of institutions that the filter suggests.
const MOST_MEMBERS: i64 = 400;

impl FormPage for ListPage {
    type Record = Listed;
    type Input = ViewInput;

    fn shape(&self) -> Shape {
        Shape { ignored: &["query"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Listed> {
        let visibility = Visibility::of(actor);
        let query = filters::read(&self.parameters)?;
        let (sort, paging) = query.paging()?;
        let paging = paging.counting_to(MOST_COUNTED);
        let filter = query.filter()?;
        let page = store::list_shown(conn, &visibility, &filter, (sort, &paging), now)?;
        let commissions = visible_commissions(conn, &visibility)?;
        let ids: Vec<_> = commissions.iter().map(|one| one.id).collect();
        let members = store::members_to_choose(conn, &ids, MOST_MEMBERS)?;
        let few = page.items.iter().filter(|one| one.assignments.len() <= NAMED);
        let named = few.flat_map(|one| one.assignments.iter().map(|part| part.fields.institution_id));
        let own = actor.own_institutions();
        let named = named.chain(filter.institution_id).chain(own.iter().copied());
        let names = institution_names(conn, named.collect::<Vec<_>>())?;
        let (sources, restricted) = sources(conn, &visibility, &filter)?;
        Ok(Listed {
            parameters: self.parameters.clone(),
            country: CountryColumn::of(conn, &commissions)?,
            today: filters::today_of(&commissions, now),
            views: store::views_of(conn, actor.id)?,
            may_write: may_write_anywhere(actor),
            reportable: page.items.iter().filter_map(|one| Some((one.id, reportable_part(actor, one)?))).collect(),
            now,
            page,
            filter,
            sort,
            commissions,
            members,
            own,
            names,
            sources,
            restricted,
        })
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, listed: Listed, input: ViewInput) -> Result<String> {
        if let Some(name) = input.delete_view {
            let Some(view) = listed.views.into_iter().find(|view| view.name == name) else {
                return Ok("/commitments".to_owned());
            };
            store::forget_view(tx, actor.id, &view.name)?;
            record(tx, "deleted", Some(&view), None)?;
            return Ok("/commitments?done=commitments-view-deleted".to_owned());
        }
        let name = input.view_name.unwrap_or_default().trim().to_owned();
        let before = listed.views.iter().find(|view| view.name == name);
        if before.is_none() && listed.views.len() >= MOST_VIEWS {
            let mut faults = Faults::default();
            faults.add_with("/view_name", "too_many", vec![("max", MOST_VIEWS.to_string())]);
            return Err(faults.into());
        }
        let view = SavedView { name, query: filters::relative(&self.parameters, listed.today) };
        store::keep_view(tx, actor.id, &view)?;
        record(tx, if before.is_some() { "updated" } else { "created" }, before, Some(&view))?;
        Ok(format!("/commitments?{}", self.parameters.changed(&["cursor"], &[("done", "commitments-view-saved")])))
    }

    fn view(&self, frame: &Frame, form: &FormView, listed: &Listed) -> View {
        let view = View::new(frame.t("commitments-title"), draw(frame, form, listed));
        if !listed.may_write {
            return view;
        }
        view.actions(html! {
            (button_link("/commitments/new", &frame.t("commitments-new"), true)) " "
            (button_link("/imports/new", &frame.t("imports-new"), false))
        })
    }
}

/// Returns the open part of an institution that the reader represents in a commitment.
fn reportable_part(actor: &Actor, commitment: &Commitment) -> Option<AssignmentId> {
    let is_open = |part: &&Assignment| part.progress.status.is_open();
    let is_own = |part: &&Assignment| policy::represents(actor, commitment, part.fields.institution_id);
    commitment.require_published().ok()?;
    commitment.assignments.iter().filter(is_open).find(is_own).map(|part| part.id)
}

/// Writes the entry of the audit log for a view.
fn record(tx: &mut Tx<'_>, action: &'static str, before: Option<&SavedView>, after: Option<&SavedView>) -> Result<()> {
    let id = before.or(after).map(|view| view.name.clone()).unwrap_or_default();
    audit::record(tx, Change { action, kind: "saved_view", id: &id, country: None }, before, after)
}

/// Loads the names of the agreement, the session and the plan item of the filters, as far as the reader may know them.
fn sources(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &Filter,
) -> Result<(Vec<(&'static str, String)>, RestrictedRecords)> {
    let (mut names, mut restricted) = (Vec::new(), RestrictedRecords::default());
    if let Some(id) = filter.agreement_id
        && let Some(found) = agreements_by_id(conn, visibility, &[id])?.remove(&id)
    {
        found.restricted(&mut restricted);
        names.push(("agreement_id", found.fields.title));
    }
    if let Some(id) = filter.meeting_id
        && let Some(found) = meetings_by_id(conn, visibility, &[id])?.remove(&id)
    {
        found.restricted(&mut restricted);
        names.push(("meeting_id", found.fields.title));
    }
    if let Some(id) = filter.plan_item_id
        && let Some(found) = plan_items_by_id(conn, &[id])?.remove(&id)
    {
        names.push(("plan_item_id", found.fields.title));
    }
    Ok((names, restricted))
}

/// The number of institutions up to which a row names them.
const NAMED: usize = 2;

fn draw(frame: &Frame, form: &FormView, listed: &Listed) -> Markup {
    html! {
        (saved_views(frame, listed))
        (ui::filters(frame, listed.parameters.has_filters(), filter_form(frame, listed)))
        div id="results" {
            (head(frame, form, listed))
            @if let Some(name) = listed.parameters.get(UNKNOWN_INSTITUTION) {
                (notice(Tone::Soon, html! {
                    p { (frame.t_with("commitments-unknown-institution", &[("name", name.to_owned().into())])) }
                }))
            }
            @if listed.page.items.is_empty() { (nothing(frame, listed)) } @else { (rows(frame, listed)) }
            (pager_of(frame, &listed.parameters, listed.page.next_cursor.as_deref()))
        }
    }
}

/// Returns the address of the list with a query.
pub(super) fn address(query: &str) -> String {
    if query.is_empty() { "/commitments".to_owned() } else { format!("/commitments?{query}") }
}

/// Returns the view that the list shows.
fn shown_view(listed: &Listed) -> Option<&SavedView> {
    let own = sorted(&filters::relative(&listed.parameters, listed.today));
    listed.views.iter().find(|view| sorted(&view.query) == own)
}

fn sorted(query: &str) -> Vec<String> {
    let mut parts: Vec<String> = query.split('&').map(str::to_owned).collect();
    parts.sort();
    parts
}

fn saved_views(frame: &Frame, listed: &Listed) -> Markup {
    if listed.views.is_empty() {
        return html! {};
    }
    let shown = shown_view(listed).map(|view| &view.name);
    let is_whole = listed.parameters.all().is_empty();
    let mut pages = vec![("/commitments".to_owned(), frame.t("commitments-all"), is_whole)];
    pages.extend(listed.views.iter().map(|view| (address(&view.query), view.name.clone(), Some(&view.name) == shown)));
    tabs(&frame.t("commitments-views"), &pages)
}

/// Draws the line above the list: the number, the filters in force, the form that saves them, and the downloads.
fn head(frame: &Frame, form: &FormView, listed: &Listed) -> Markup {
    let query = listed.parameters.changed(&["cursor", "limit", "count", UNKNOWN_INSTITUTION], &[]);
    let download = |name: &str| if query.is_empty() { name.to_owned() } else { format!("{name}?{query}") };
    html! {
        div class="list-head" {
            p class="total" data-announce="true" { (total(frame, listed)) }
            p class="downloads" {
                (frame.t("commitments-download")) " "
                a href=(download("/commitments.xlsx")) { (frame.t("commitments-xlsx")) } " · "
                a href=(download("/commitments.csv")) { (frame.t("commitments-csv")) } " · "
                a href=(download("/follow-up-matrix.xlsx")) { (frame.t("commitments-matrix")) }
            }
        }
        (only_own(frame, listed))
        (chips(frame, &chips_of(frame, listed), "/commitments"))
        @match shown_view(listed) {
            Some(view) => (delete_form(frame, view)),
            None if query.is_empty() && !form.has_faults() => {},
            None => (save_form(frame, form, &listed.parameters)),
        }
    }
}

/// Draws the links that limit the list to an institution of the reader, unless it is limited to one.
fn only_own(frame: &Frame, listed: &Listed) -> Markup {
    if listed.filter.institution_id.is_some_and(|id| listed.own.contains(&id)) {
        return html! {};
    }
    let link = |id: &InstitutionId| {
        let without = ["cursor", "limit", UNKNOWN_INSTITUTION];
        let path = address(&listed.parameters.changed(&without, &[("institution_id", &id.to_string())]));
        let name = listed.names.get(id).filter(|_| listed.own.len() > 1);
        let text = match name {
            Some(name) => frame.t_with("commitments-only-own-of", &[("name", name.clone().into())]),
            None => frame.t("commitments-only-own"),
        };
        button_link(&path, &text, false)
    };
    html! { @if !listed.own.is_empty() { div class="actions" { @for id in &listed.own { (link(id)) } } } }
}

fn total(frame: &Frame, listed: &Listed) -> String {
    let n = listed.page.total.unwrap_or_default();
    match listed.page.total_is_exact {
        Some(false) => frame.t_n("commitments-more-than", n),
        _ => frame.t_n("commitments-count", n),
    }
}

fn save_form(frame: &Frame, form: &FormView, parameters: &PageParameters) -> Markup {
    html! {
        details class="more" open[form.has_faults()] {
            summary { (frame.t("commitments-save-view")) }
            form method="post" action="/commitments" {
                (form.begin(frame))
                input type="hidden" name="query" value=(parameters.changed(&["cursor"], &[]));
                (Field::new(frame, form, "view_name", frame.t("commitments-view-name")).required().max(60).text())
                button type="submit" { (frame.t("commitments-save-view-button")) }
            }
        }
    }
}

fn delete_form(frame: &Frame, view: &SavedView) -> Markup {
    html! {
        form method="post" action="/commitments" {
            (FormView::default().begin(frame))
            button class="link" type="submit" name="delete_view" value=(view.name) {
                (frame.t_with("commitments-delete-view", &[("name", view.name.clone().into())]))
            }
        }
    }
}

fn nothing(frame: &Frame, listed: &Listed) -> Markup {
    let is_filtered = !listed.parameters.changed(&["sort", "cursor"], &[]).is_empty();
    if is_filtered {
        return empty(&frame.t("commitments-none-found"), Some(("/commitments", &frame.t("web-clear-filters"))));
    }
    let new = frame.t("commitments-new");
    empty(&frame.t("commitments-none"), listed.may_write.then_some(("/commitments/new", new.as_str())))
}

fn rows(frame: &Frame, listed: &Listed) -> Markup {
    let by = |sort: &str| address(&listed.parameters.changed(&["cursor"], &[("sort", sort)]));
    let (due, order) = match listed.sort {
        Sort::Due => (by("-due"), Some("ascending")),
        Sort::DueReversed => (by("due"), Some("descending")),
        _ => (by("due"), None),
    };
    let mut columns = vec![
        Column::new(frame.t("commitments-code")).sorted(by("code"), (listed.sort == Sort::Code).then_some("ascending")),
        Column::new(frame.t("commitments-text")),
        Column::new(frame.t("commitments-commission")),
        Column::new(frame.t("commitments-institutions")),
        Column::new(frame.t("commitments-due")).sorted(due, order),
        Column::new(frame.t("commitments-status")),
    ];
    listed.country.add_to(frame, &mut columns);
    let rows: Vec<Vec<Markup>> = listed.page.items.iter().map(|one| row(frame, listed, one)).collect();
    table(&frame.t("commitments-title"), &columns, &rows)
}

fn row(frame: &Frame, listed: &Listed, commitment: &Commitment) -> Vec<Markup> {
    let mut cells = vec![
        html! { a class="code" href={ "/commitments/" (commitment.id) } { (commitment.code) } },
        long(frame, &commitment.fields.text),
        html! { (commission_labels(&listed.commissions, commitment)) },
        html! { (progress(frame, commitment)) (few_names(listed, commitment)) },
        ShownTerm::of(commitment, commitment.today(listed.now)).draw(frame),
        html! {
            (state_tag(frame, commitment.status)) (waiting_tags(frame, commitment))
            @if let Some(part) = listed.reportable.get(&commitment.id) {
                p {
                    a href={ "/commitments/" (commitment.id) "/assignments/" (part) "/report" } {
                        (frame.t("commitments-report")) span class="unseen" { ": " (commitment.code) }
                    }
                }
            }
        },
    ];
    listed.country.add_cell(&commitment.country_code, &mut cells);
    cells
}

/// Returns the labels of the commissions that the reader may know.
pub(super) fn commission_labels(known: &[CommissionRef], commitment: &Commitment) -> String {
    let ids = commitment.fields.commission_ids.iter();
    let labels = ids.filter_map(|id| known.iter().find(|one| one.id == *id)).map(CommissionRef::label);
    labels.collect::<Vec<_>>().join(", ")
}

/// Names the institutions of a commitment that has one or two.
fn few_names(listed: &Listed, commitment: &Commitment) -> Markup {
    let live = commitment.assignments.iter().filter(|part| part.progress.status != Status::Cancelled);
    let names: Vec<&str> =
        live.filter_map(|part| listed.names.get(&part.fields.institution_id)).map(String::as_str).collect();
    let is_few = commitment.assignments.len() <= NAMED && !names.is_empty();
    html! { @if is_few { span class="small" { br; (names.join("; ")) } } }
}
