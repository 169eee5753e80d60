//! Imports a dataset, record by record, through the actions of the slices and with the rights of the importer.
//!
//! Two things that a caller may not do are left aside and noted, and are not faults: changing an institution without a
//! country or of another country, and reviewing reports (`reviews.rs`). Everything else that the API refuses is a
//! fault.

mod commissions;
mod commitments;
mod directory;
mod entered;
mod history;
mod meetings;
mod parts;
mod plans;
mod reader;
mod record;
mod registry;
mod resolve;
mod reviews;
mod steps;

pub use parts::plain;
pub use record::Entered;
use serde_json::Value;

use super::book::Book;
use super::model::{ImportReport, Kind};
use crate::activities::Activity;
use crate::agreements::Agreement;
use crate::commissions::{DatedState, Delegate, Membership};
use crate::commitments::Importer;
use crate::db::Tx;
use crate::error::{Faults, Result};
use crate::identity::Actor;
use crate::plans::{Observation, Plan};

/// An import under way.
struct Import {
    country: String,
    /// The caller's rights, without the person: no record of the file becomes the caller's own.
    actor: Actor,
    /// The caller, as the person who imported the reports of the file.
    importer: Importer,
    /// The country could not be taken: the records are read for their faults alone.
    halted: bool,
    book: Book,
    faults: Faults,
    report: ImportReport,
}

/// The country that a dataset says it is of.
pub fn country_of(document: &Value) -> Option<&str> {
    document.get("country")?.get("code")?.as_str().filter(|code| !code.contains('\0'))
}

/// Takes the document in; what it answers with faults must be rolled back.
pub fn import(tx: &mut Tx<'_>, caller: &Actor, document: &Value) -> Result<ImportReport> {
    let mut faults = Faults::default();
    let mut sections = reader::read(document, &mut faults);
    let country = country_of(document).unwrap_or_default().to_owned();
    let mut import = Import {
        book: Book::open(tx.conn, &country)?,
        country,
        actor: caller.unnamed(),
        importer: Importer::of(caller),
        halted: false,
        faults,
        report: ImportReport::default(),
    };
    import.expect(&mut sections);
    import.run(tx, sections)?;
    let Import { faults, mut report, .. } = import;
    report.faults = with_values(faults, document).list;
    report.left_aside.sort_by(|a, b| in_document(&a.pointer).cmp(&in_document(&b.pointer)));
    report.left_aside.dedup();
    Ok(report)
}

impl Import {
    /// Tells the book which keys the file brings; the second of two equal ones is a fault.
    fn expect(&mut self, sections: &mut reader::Sections) {
        for (kind, entry) in sections.entries_mut() {
            if !self.book.expect(kind, &entry.key) {
                entry.broken = true;
                self.faults.add(format!("{}/key", entry.at), "duplicate");
            }
        }
    }

    fn run(&mut self, tx: &mut Tx<'_>, mut sections: reader::Sections) -> Result<()> {
        let country = std::mem::take(&mut sections.country);
        self.halted = !self.country(tx, country)?;
        self.institutions(tx, sections.take(Kind::Institution))?;
        self.commissions(tx, sections.take(Kind::Commission))?;
        self.simple::<DatedState>(tx, sections.take(Kind::OperationalState))?;
        self.simple::<Membership>(tx, sections.take(Kind::Membership))?;
        self.simple::<Delegate>(tx, sections.take(Kind::Delegate))?;
        self.simple::<Plan>(tx, sections.take(Kind::Plan))?;
        self.plan_items(tx, sections.take(Kind::PlanItem))?;
        self.meetings(tx, sections.take(Kind::Meeting))?;
        self.simple::<Agreement>(tx, sections.take(Kind::Agreement))?;
        self.commitments(tx, sections.take(Kind::Commitment))?;
        self.simple::<Activity>(tx, sections.take(Kind::Activity))?;
        self.simple::<Observation>(tx, sections.take(Kind::Observation))?;
        Ok(())
    }
}

/// Each fault with what stands at its place.
fn with_values(mut faults: Faults, document: &Value) -> Faults {
    for fault in &mut faults.list {
        if let Some(value) = document.pointer(&fault.pointer).filter(|value| !value.is_null()) {
            fault.args.push(("value", shortened(value)));
        }
    }
    faults.list.sort_by(|a, b| in_document(&a.pointer).cmp(&in_document(&b.pointer)));
    faults.list.dedup();
    faults
}

/// Numbers in a pointer sort as numbers.
fn in_document(pointer: &str) -> Vec<(usize, &str)> {
    pointer.split('/').map(|segment| (segment.parse().unwrap_or(usize::MAX), segment)).collect()
}

fn shortened(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
