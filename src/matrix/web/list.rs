//! `/imports` and `/imports/{id}`: the imports that were done.

use std::collections::HashMap;

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use crate::access::{CommissionRef, Visibility, may_write, may_write_anywhere, visible_commissions};
use crate::clock::Instant;
use crate::commitments::{Commitment, commitments_by_id};
use crate::db::{CommissionId, CommitmentId, Db, ImportId};
use crate::error::Result;
use crate::http::{Page, Paging};
use crate::identity::{Actor, Visitor};
use crate::matrix::api::ListQuery;
use crate::matrix::model::{CommitmentEffect, Effect, MatrixImport};
use crate::matrix::store;
use crate::text::shortened;
use crate::ui::{Column, Frame, Tone, View, button_link, description, empty, facts, moment, pager, table, tag};

/// The list as it is shown.
struct Shown {
    page: Page<MatrixImport>,
    commissions: HashMap<CommissionId, CommissionRef>,
    may_import: bool,
}

crate::nothing_restricted!(Shown);

fn commissions_by_id(conn: &mut Db, actor: &Actor) -> Result<HashMap<CommissionId, CommissionRef>> {
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
            html! { (moment_of(one, &shown.commissions)) },
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

fn moment_of(import: &MatrixImport, commissions: &HashMap<CommissionId, CommissionRef>) -> String {
    let of_country = || commissions.values().find(|one| one.country_code == import.country_code);
    let own = import.commission_id.and_then(|id| commissions.get(&id)).or_else(of_country);
    moment(import.created_at, own.map_or(chrono_tz::Tz::UTC, |one| one.zone))
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
    may_undo: bool,
}

/// A commitment that an import created or changed.
struct ImportedRecord {
    id: CommitmentId,
    code: String,
    /// The beginning of its text; `None` for a restricted one.
    text: Option<String>,
    is_created: bool,
    /// The number that the file gives it.
    number: Option<String>,
}

/// The maximum number of commitments that the page of an import lists, and the length of their texts.
const MOST_RECORDS: usize = 500;
const MOST_LETTERS: usize = 120;

fn imported_records(conn: &mut Db, actor: &Actor, id: ImportId, now: Instant) -> Result<Vec<ImportedRecord>> {
    let effects = store::effects(conn, id)?;
    let mut named: Vec<&CommitmentEffect> = effects.iter().filter_map(Effect::commitment).collect();
    named.truncate(MOST_RECORDS);
    let ids: Vec<CommitmentId> = named.iter().map(|one| one.id).collect();
    let known = commitments_by_id(conn, &Visibility::of(actor), &ids, now)?;
    let known: HashMap<CommitmentId, Commitment> = known.into_iter().map(|one| (one.id, one)).collect();
    let record = |one: &CommitmentEffect| {
        let fields = &known.get(&one.id)?.fields;
        let text = (!fields.restricted).then(|| shortened(&fields.text, MOST_LETTERS));
        Some(ImportedRecord {
            id: one.id,
            code: one.code.clone(),
            text,
            is_created: one.created,
            number: one.number.clone(),
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
        Ok(ShownImport { import, commissions: commissions_by_id(conn, actor)?, records, may_undo })
    };
    visitor.page(read, |frame, shown| show_view(frame, &shown)).await
}

fn records(frame: &Frame, records: &[ImportedRecord]) -> Markup {
    let columns = ["code", "text", "result"].map(|name| Column::new(frame.t(&format!("imports-record-{name}"))));
    let row = |one: &ImportedRecord| {
        let outcome = if one.is_created { "imports-record-created" } else { "imports-record-changed" };
        vec![
            html! { a class="code" href={ "/commitments/" (one.id) } { (one.code) } },
            html! {
                (one.text.as_deref().unwrap_or_default())
                @if let Some(number) = &one.number {
                    p class="small" { (frame.t_with("imports-number-in-file", &[("number", number.clone().into())])) }
                }
            },
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

fn show_view(frame: &Frame, shown: &ShownImport) -> View {
    let import = &shown.import;
    let commission = import.commission_id.and_then(|id| shown.commissions.get(&id));
    let rows = [
        description(frame.t("imports-column-commission"), place_of(import, commission)),
        description(frame.t("imports-column-moment"), moment_of(import, &shown.commissions)),
        description(frame.t("imports-column-result"), totals(frame, import)),
        (frame.t("imports-column-state"), state(frame, import)),
    ];
    let body = html! {
        (facts(&rows))
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
