//! `/imports/{id}/undo`: the page that asks before an import is undone, or states what prevents it.

use std::collections::HashMap;

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::list::{ImportedRecord, commissions_by_id, imported_records, zone_of};
use crate::access::{CommissionRef, require_writer};
use crate::clock::Instant;
use crate::db::{CommissionId, Db, ImportId, Tx};
use crate::error::{Code, Result};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::matrix::model::MatrixImport;
use crate::matrix::undo::{LaterChange, later_changes};
use crate::matrix::{store, undo};
use crate::ui::{FormView, Frame, Tone, View, confirmation, moment, notice};

pub(super) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(show).service(send);
}

/// The page that asks for confirmation before an import is undone
///
/// Permissions: admins; the country's coordinator; the person who imported it, as long as that person may write for its
/// commission.
#[get("/imports/{id}/undo")]
pub(crate) async fn show(visitor: Visitor, id: Path<ImportId>) -> Result<HttpResponse> {
    visitor.form(Undo(id.into_inner())).await
}

/// Undo an import
///
/// Permissions: admins; the country's coordinator; the person who imported it, as long as that person may write the
/// records.
#[post("/imports/{id}/undo")]
pub(crate) async fn send(submission: Submission, id: Path<ImportId>) -> Result<HttpResponse> {
    submission.handle(Undo(id.into_inner())).await
}

#[derive(Debug, Clone)]
struct Undo(ImportId);

/// An import with what the page shows beside it.
struct Undoable {
    import: MatrixImport,
    /// The records that were changed since.
    changes: Vec<LaterChange>,
    /// The commitments that it created or changed.
    records: Vec<ImportedRecord>,
    commissions: HashMap<CommissionId, CommissionRef>,
}

crate::nothing_restricted!(Undoable);

impl Undoable {
    /// Returns the commitments that the sentence of a refused undo names and that were not changed themselves.
    fn named_by(&self, sentence: &str) -> Vec<&ImportedRecord> {
        let is_changed = |code: &String| self.changes.iter().any(|change| change.name.as_ref() == Some(code));
        let is_named = |one: &&ImportedRecord| has_code(sentence, &one.code) && !is_changed(&one.code);
        self.records.iter().filter(is_named).collect()
    }
}

/// Returns true if a sentence has a code as a whole word: `CETI-2026-100` is not in "CETI-2026-1000".
fn has_code(sentence: &str, code: &str) -> bool {
    sentence.split([' ', ',', ':', '.']).any(|word| word == code)
}

impl FormPage for Undo {
    type Record = Undoable;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Undoable> {
        let import = store::find(conn, actor, self.0)?;
        require_writer(actor, &import.country_code, import.commission_id.as_slice())?;
        if import.undone_at.is_some() {
            return Err(Code::ImportUndone.into());
        }
        Ok(Undoable {
            import,
            changes: later_changes(conn, actor, self.0, now)?,
            records: imported_records(conn, actor, self.0, now)?,
            commissions: commissions_by_id(conn, actor)?,
        })
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Undoable, _: NoFields) -> Result<String> {
        undo::undo(tx, actor, self.0)?;
        Ok(format!("/imports/{}?done=import-undone", self.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Undoable) -> View {
        let import = &record.import;
        let path = format!("/imports/{}", import.id);
        let named = record.named_by(form.problem.as_deref().unwrap_or_default());
        let body = if record.changes.is_empty() && named.is_empty() {
            let leave = (path.as_str(), "imports-undo-leave");
            confirmation(frame, form, consequences(frame, import), ("imports-undo-button", true), leave)
        } else {
            refusal(frame, form, record, &named)
        };
        View::new(frame.t("imports-undo"), body)
            .lead(html! { (import.file_name) })
            .above("/imports", frame.t("imports-page"))
            .above(&path, &import.file_name)
    }
}

fn consequences(frame: &Frame, import: &MatrixImport) -> Markup {
    let args =
        [("created", import.totals.created.to_string().into()), ("changed", import.totals.changed.to_string().into())];
    html! {
        div class="prose" {
            p { (frame.t_with("imports-undo-what", &args)) }
            @if import.totals.created > 0 { p { (frame.t("imports-undo-codes")) } }
            p { (frame.t("imports-undo-limits")) }
            p { (frame.t("imports-undo-mails")) }
            p { (frame.t("imports-undo-mapping")) }
        }
    }
}

/// Draws the records that prevent the undo, with links, and the next step. There is no button, because it could not work.
fn refusal(frame: &Frame, form: &FormView, record: &Undoable, named: &[&ImportedRecord]) -> Markup {
    let problem = form.problem.as_deref().unwrap_or_default();
    let restricted = frame.t("start-restricted");
    let zone = zone_of(&record.import, &record.commissions);
    html! {
        (notice(Tone::Overdue, html! { p { strong { (frame.t("imports-undo-refused")) } } }))
        ul {
            @for change in &record.changes {
                @let at = [("moment", moment(change.at, zone).into())];
                li { a href=(change.path) { (change.name.as_ref().unwrap_or(&restricted)) } " " (frame.t_with("imports-undo-changed", &at)) }
            }
            @for one in named {
                li { a href={ "/commitments/" (one.id) } { (one.code) } " " (frame.t("imports-undo-named")) }
            }
        }
        @if !problem.is_empty() { p { (problem) } }
        p class="prose" { (frame.t("imports-undo-next")) }
        p { a href={ "/imports/" (record.import.id) } { (frame.t("imports-undo-leave")) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_named_as_a_whole_word() {
        for (sentence, is_named) in [
            ("Otros registros citan CETI-2026-100.", true),
            ("Se cambió: CETI-2026-100, CETI-2026-7", true),
            ("Otros registros citan CETI-2026-1000.", false),
            ("Otros registros citan SUBCETI-2026-100.", false),
            ("", false),
        ] {
            assert_eq!(has_code(sentence, "CETI-2026-100"), is_named, "{sentence}");
        }
    }
}
