//! Imports a dataset record by record, through the actions of the slices and with the rights of the importer.
//!
//! Two things that the actor may not do are skipped and noted, and are not faults: changing an institution without a
//! country or of another country, and reviewing reports (`replay.rs`). Everything else that the API refuses is a fault.

mod assignments;
mod commitments;
mod directory;
mod duties;
mod history;
mod meetings;
mod reader;
mod record;
mod records;
mod replay;

pub(crate) use assignments::plain;
pub(crate) use record::DatasetRecord;
use serde_json::Value;

use super::keys::Keys;
use super::model::{ImportReport, Kind};
use crate::activities::Activity;
use crate::agreements::Agreement;
use crate::commissions::{DatedState, Delegate, Membership};
use crate::db::Tx;
use crate::duties::{DatasetReport, DatasetWaiver};
use crate::error::{Faults, Result};
use crate::i18n::text;
use crate::identity::{Actor, Importer};
use crate::indicators::{Indicator, IndicatorValue};
use crate::minutes::freeze_imported;
use crate::plans::{Observation, Plan};

/// The text for the reason of a changed term if the file states none.
const CORRECTED: &str = "import-corrected-by-dataset";
/// The text for the reason of a cancellation or reopening if the file states none.
const STATED: &str = "import-stated-by-dataset";

/// A running import.
struct Import {
    country: String,
    /// The importer's rights, without the person, so that no record of the file becomes the importer's own.
    actor: Actor,
    /// The person who imports the reports of the file.
    importer: Importer,
    /// The country was rejected; the records are only checked for faults.
    halted: bool,
    keys: Keys,
    faults: Faults,
    report: ImportReport,
}

/// Returns the country that a dataset states.
pub(super) fn country_of(document: &Value) -> Option<&str> {
    document.get("country")?.get("code")?.as_str().filter(|code| !code.contains('\0'))
}

/// Imports the document. If the report has faults, the caller must undo the writes.
pub(super) fn import(tx: &mut Tx<'_>, caller: &Actor, document: &Value) -> Result<ImportReport> {
    let mut faults = Faults::default();
    let mut sections = reader::read(document, &mut faults);
    let country = country_of(document).unwrap_or_default().to_owned();
    let mut import = Import {
        keys: Keys::open(tx.conn, &country)?,
        country,
        actor: caller.unnamed(),
        importer: Importer::of(caller),
        halted: false,
        faults,
        report: ImportReport::default(),
    };
    import.add_keys(&mut sections);
    tx.note_contradictions();
    import.run(tx, sections)?;
    let Import { faults, mut report, .. } = import;
    report.faults = with_values(faults, document).list;
    report.skipped.sort_by(|a, b| in_document(&a.pointer).cmp(&in_document(&b.pointer)));
    report.skipped.dedup();
    Ok(report)
}

impl Import {
    /// Returns a text in the language of the importer.
    fn text(&self, key: &str) -> String {
        text(self.actor.language, key, &[])
    }

    /// Adds the keys of the file; the second of two equal ones is a fault.
    fn add_keys(&mut self, sections: &mut reader::Sections) {
        for (kind, entry) in sections.records_mut() {
            if !self.keys.add_expected(kind, &entry.key) {
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
        self.simple::<Indicator>(tx, sections.take(Kind::Indicator))?;
        self.simple::<IndicatorValue>(tx, sections.take(Kind::IndicatorValue))?;
        self.duties(tx, sections.take(Kind::Duty))?;
        self.simple::<DatasetReport>(tx, sections.take(Kind::DutyReport))?;
        self.simple::<DatasetWaiver>(tx, sections.take(Kind::DutyWaiver))?;
        self.meetings(tx, sections.take(Kind::Meeting))?;
        self.simple::<Agreement>(tx, sections.take(Kind::Agreement))?;
        self.commitments(tx, sections.take(Kind::Commitment))?;
        self.simple::<Activity>(tx, sections.take(Kind::Activity))?;
        self.simple::<Observation>(tx, sections.take(Kind::Observation))?;
        // The acta states the agreements and commitments of its session, which come after the minutes.
        if self.faults.is_empty() { freeze_imported(tx, &self.country) } else { Ok(()) }
    }
}

/// Adds to each fault the value at its place, and sorts the faults.
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

/// Returns a sort key in which numbers sort as numbers.
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
