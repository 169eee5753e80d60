//! `/imports` and `/imports/{id}`: the imports that were done.

use std::collections::HashMap;

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use chrono::NaiveDate;
use chrono_tz::Tz;
use maud::{Markup, html};

use crate::access::{CommissionRef, Visibility, may_write, may_write_anywhere, visible_commissions};
use crate::clock::Instant;
use crate::commitments::{Commitment, commitments_by_id};
use crate::db::{CommissionId, CommitmentId, Db, ImportId, UserId};
use crate::directory::institution_names;
use crate::error::Result;
use crate::http::{Page, Paging};
use crate::identity::{Actor, UserNames, Visitor, user_names};
use crate::matrix::api::ListQuery;
use crate::matrix::model::{CommitmentEffect, Effect, MatrixImport};
use crate::matrix::store;
use crate::text::shortened;
use crate::ui::{
    Column, Frame, Tone, View, button_link, description, empty, facts, moment, pager, short_day, table, tag,
};

/// The list as it is shown.
struct Shown {
    page: Page<MatrixImport>,
    commissions: HashMap<CommissionId, CommissionRef>,
    may_import: bool,
}

crate::nothing_restricted!(Shown);

pub(super) fn commissions_by_id(conn: &mut Db, actor: &Actor) -> Result<HashMap<CommissionId, CommissionRef>> {
    let all = visible_commissions(conn, &Visibility::of(actor))?;
    Ok(all.into_iter().map(|one| (one.id, one)).collect())
}

/// The imports of matrices
///
/// Permissions: everybody who is signed in; the list has those of the countries that the reader coordinates, and the
/// reader's own.
#[get("/imports")]
pub(crate) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let query: ListQuery = visitor.parameters().read()?;
    let paging: Paging<ImportId> = Paging::read(query.limit, query.cursor.as_deref())?.counting(Some(true));
    let read = move |conn: &mut Db, actor: &Actor| {
        Ok(Shown {
            page: store::list(conn, actor, query.country_code, &paging)?,
            commissions: commissions_by_id(conn, actor)?,
            may_import: may_write_anywhere(actor),
        })
    };
    visitor.page(read, |frame, shown| list_view(frame, &shown)).await
}

fn list_view(frame: &Frame, shown: &Shown) -> View {
    let new_text = frame.t("imports-new");
    let new = shown.may_import.then_some(("/imports/new", new_text.as_str()));
    let body = html! {
        div id="results" {
            @if shown.page.items.is_empty() {
                (empty(&frame.t("imports-none"), new))
            } @else {
                p class="total" { (frame.t_n("imports-count", shown.page.total.unwrap_or_default())) }
                (rows(frame, shown))
                (pager(frame, shown.page.next_cursor.as_deref()))
            }
        }
    };
    let view = View::new(frame.t("imports-page"), body);
    if shown.may_import { view.actions(button_link("/imports/new", &new_text, true)) } else { view }
}

fn rows(frame: &Frame, shown: &Shown) -> Markup {
    let columns = ["file", "commission", "moment", "result", "state"]
        .map(|name| Column::new(frame.t(&format!("imports-column-{name}"))));
    let row = |one: &MatrixImport| {
        vec![
            html! { a href={ "/imports/" (one.id) } { (one.file_name) } },
            html! { (place_of(one, one.commission_id.and_then(|id| shown.commissions.get(&id)))) },
            html! { (moment(one.created_at, zone_of(one, &shown.commissions))) },
            html! { (totals(frame, one)) },
            state(frame, one),
        ]
    };
    let rows: Vec<Vec<Markup>> = shown.page.items.iter().map(row).collect();
    table(&frame.t("imports-page"), &columns, &rows)
}

/// Returns the commission of an import, else its country.
fn place_of(import: &MatrixImport, commission: Option<&CommissionRef>) -> String {
    commission.map_or_else(|| import.country_code.clone(), |one| one.label().to_owned())
}

/// Returns the time zone of the commission of an import, else that of a commission of its country.
pub(super) fn zone_of(import: &MatrixImport, commissions: &HashMap<CommissionId, CommissionRef>) -> Tz {
    let of_country = || commissions.values().find(|one| one.country_code == import.country_code);
    let own = import.commission_id.and_then(|id| commissions.get(&id)).or_else(of_country);
    own.map_or(Tz::UTC, |one| one.zone)
}

fn totals(frame: &Frame, import: &MatrixImport) -> String {
    let totals = import.totals;
    let args = [
        ("created", totals.created.to_string().into()),
        ("changed", totals.changed.to_string().into()),
        ("unchanged", totals.unchanged.to_string().into()),
    ];
    frame.t_with("imports-totals", &args)
}

fn state(frame: &Frame, import: &MatrixImport) -> Markup {
    match import.undone_at {
        Some(_) => tag(Tone::Neutral, &frame.t("imports-undone")),
        None => tag(Tone::Done, &frame.t("imports-done")),
    }
}

/// One import as it is shown.
struct ShownImport {
    import: MatrixImport,
    commissions: HashMap<CommissionId, CommissionRef>,
    /// The commitments that it created or changed, as far as the reader may see them.
    records: Vec<ImportedRecord>,
    /// The names of those who imported and undid it.
    people: UserNames,
    may_undo: bool,
}

/// A commitment that an import created or changed.
pub(super) struct ImportedRecord {
    pub id: CommitmentId,
    pub code: String,
    /// `None` for a restricted one.
    shown: Option<RecordFacts>,
    is_created: bool,
    /// The number that the file gives it.
    number: Option<String>,
}

/// A commitment as the page of an import shows it.
struct RecordFacts {
    /// The beginning of its text.
    text: String,
    institutions: Vec<String>,
    /// The last day of its term.
    due: Option<NaiveDate>,
    status: &'static str,
}

/// The maximum number of commitments that the page of an import lists, and the length of their texts.
const MOST_RECORDS: usize = 500;
const MOST_LETTERS: usize = 120;

pub(super) fn imported_records(
    conn: &mut Db,
    actor: &Actor,
    id: ImportId,
    now: Instant,
) -> Result<Vec<ImportedRecord>> {
    let effects = store::effects(conn, id)?;
    let mut named: Vec<&CommitmentEffect> = effects.iter().filter_map(Effect::commitment).collect();
    named.truncate(MOST_RECORDS);
    let ids: Vec<CommitmentId> = named.iter().map(|one| one.id).collect();
    let known = commitments_by_id(conn, &Visibility::of(actor), &ids, now)?;
    let known: HashMap<CommitmentId, Commitment> = known.into_iter().map(|one| (one.id, one)).collect();
    let parties = known.values().flat_map(|one| &one.assignments).map(|part| part.fields.institution_id);
    let names = institution_names(conn, parties)?;
    let record = |one: &CommitmentEffect| {
        let commitment = known.get(&one.id)?;
        let fields = &commitment.fields;
        let shown = (!fields.restricted).then(|| RecordFacts {
            text: shortened(&fields.text, MOST_LETTERS),
            institutions: commitment
                .assignments
                .iter()
                .filter_map(|part| names.get(&part.fields.institution_id).cloned())
                .collect(),
            due: commitment.due_to,
            status: commitment.status.as_str(),
        });
        Some(ImportedRecord {
            id: one.id,
            code: one.code.clone(),
            shown,
            is_created: one.created,
            number: one.number.clone().or_else(|| one.number_in_file.clone()),
        })
    };
    Ok(named.into_iter().filter_map(record).collect())
}

crate::nothing_restricted!(ShownImport);

/// An import of a matrix
///
/// Permissions: admins; the country's coordinator; the person who imported it.
#[get("/imports/{id}")]
pub(crate) async fn show(visitor: Visitor, id: Path<ImportId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    let read = move |conn: &mut Db, actor: &Actor| {
        let import = store::find(conn, actor, id)?;
        let records = imported_records(conn, actor, id, now)?;
        let may_undo =
            import.undone_at.is_none() && may_write(actor, &import.country_code, import.commission_id.as_slice());
        let people = user_names(conn, import.imported_by.into_iter().chain(import.undone_by))?;
        Ok(ShownImport { import, commissions: commissions_by_id(conn, actor)?, records, people, may_undo })
    };
    visitor.page(read, |frame, shown| show_view(frame, &shown)).await
}

fn records(frame: &Frame, records: &[ImportedRecord]) -> Markup {
    let columns = ["code", "text", "institutions", "due", "status", "result"]
        .map(|name| Column::new(frame.t(&format!("imports-record-{name}"))));
    let row = |one: &ImportedRecord| {
        let outcome = if one.is_created { "imports-record-created" } else { "imports-record-changed" };
        let shown = |text: &dyn Fn(&RecordFacts) -> String| one.shown.as_ref().map(text).unwrap_or_default();
        vec![
            html! { a class="code" href={ "/commitments/" (one.id) } { (one.code) } },
            html! {
                (shown(&|facts| facts.text.clone()))
                @if let Some(number) = &one.number {
                    p class="small" { (frame.t_with("imports-number-in-file", &[("number", number.clone().into())])) }
                }
            },
            html! { (shown(&|facts| facts.institutions.join("; "))) },
            html! { (shown(&|facts| facts.due.map_or_else(|| frame.t("imports-no-due"), short_day))) },
            html! { (shown(&|facts| status_word(frame, facts.status))) },
            html! { (frame.t(outcome)) },
        ]
    };
    let shown: Vec<Vec<Markup>> = records.iter().map(row).collect();
    html! {
        @if !records.is_empty() {
            h2 { (frame.t("imports-records")) }
            (table(&frame.t("imports-records"), &columns, &shown))
        }
    }
}

fn status_word(frame: &Frame, status: &str) -> String {
    if status == "draft" { frame.t("commitments-draft") } else { frame.word("status", status) }
}

fn show_view(frame: &Frame, shown: &ShownImport) -> View {
    let import = &shown.import;
    let commission = import.commission_id.and_then(|id| shown.commissions.get(&id));
    let zone = zone_of(import, &shown.commissions);
    let moment_and_name = |at: Instant, who: Option<UserId>| {
        let name = who.and_then(|id| shown.people.get(&id)).cloned();
        [Some(moment(at, zone)), name].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let state = html! {
        (state(frame, import))
        @if let Some(at) = import.undone_at { " " (moment_and_name(at, import.undone_by)) }
    };
    let rows = [
        description(frame.t("imports-column-commission"), place_of(import, commission)),
        description(frame.t("imports-column-moment"), moment_and_name(import.created_at, import.imported_by)),
        description(frame.t("imports-column-result"), totals(frame, import)),
        (frame.t("imports-column-state"), state),
    ];
    let body = html! {
        (facts(&rows))
        @if import.undone_at.is_some() { p class="prose" { (frame.t("imports-undone-what")) } }
        @if let Some(id) = import.commission_id {
            p { a href={ "/commitments?commission_id=" (id) } { (frame.t("imports-to-commitments")) } }
        }
        p { a href="/reviews" { (frame.t("imports-to-reviews")) } }
        (records(frame, &shown.records))
    };
    let undo = format!("/imports/{}/undo", import.id);
    let view = View::new(&import.file_name, body).above("/imports", frame.t("imports-page"));
    if shown.may_undo { view.actions(button_link(&undo, &frame.t("imports-undo"), false)) } else { view }
}
