//! The registry of a period as a workbook, as CSV, and as a document with charts.

mod columns;
mod summary;

use std::fs::File;

use super::Document;
use super::sheets::{Book, Cell, CsvTable, Heading, Rows, Separator};
use crate::access::Visibility;
use crate::activities::{
    Activity, Listed, RecordNames, RegistryQuery, Total, Totals, registry, registry_list, registry_piece,
};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::db::{ActivityId, Db};
use crate::directory::country;
use crate::error::{Code, Error, Result};
use crate::i18n::{Lang, text};
use columns::{cells, headings};

/// Told after each piece: how many activities are written, of how many.
pub type Progressing<'p> = &'p dyn Fn(usize, usize);

/// How many activities are in memory at a time.
const PIECE: usize = 500;
/// A document holds no more activities than this; a spreadsheet holds them all.
const MOST_IN_A_DOCUMENT: usize = 2_000;

/// The registry as a document; 409 where it would be too long for one. Run it in one read.
pub fn document(
    conn: &mut Db,
    visibility: &Visibility,
    query: &RegistryQuery,
    lang: Lang,
) -> Result<(Document, RestrictedRecords)> {
    let listed = registry_list(conn, visibility, query)?;
    if listed.dated.len() + listed.undated.len() > MOST_IN_A_DOCUMENT {
        let reason = text(lang, "registry-too-long", &[("most", MOST_IN_A_DOCUMENT.to_string())]);
        return Err(Error::new(Code::NotAvailable).arg("reason", reason));
    }
    let name =
        country(conn, &query.country_code).map_or_else(|_| query.country_code.clone(), |country| country.fields.name);
    let registry = registry(conn, visibility, query)?;
    Ok((summary::summary(&registry, (&query.country_code, &name), lang), RestrictedRecords::of(&registry)))
}

/// The registry as a workbook: activities, those without dates, totals, explanations. Run it in one read.
pub fn workbook(
    conn: &mut Db,
    visibility: &Visibility,
    query: &RegistryQuery,
    lang: Lang,
    progressing: Progressing<'_>,
) -> Result<(File, RestrictedRecords)> {
    let listed = registry_list(conn, visibility, query)?;
    let say = |key: &str| text(lang, key, &[]);
    let title = text(
        lang,
        "registry-book-title",
        &[("country", query.country_code.clone()), ("from", query.from.to_string()), ("to", query.to.to_string())],
    );
    let mut book = Book::new(&title, lang, query.to);
    let mut reading = Reading::new((conn, visibility), &listed, lang, progressing);
    book.sheet(&say("registry-sheet-activities"), &headings(lang))?;
    reading.write(&listed.dated, &mut book)?;
    book.sheet(&say("registry-sheet-undated"), &headings(lang))?;
    reading.write(&listed.undated, &mut book)?;
    let Reading { totals, names, restricted, .. } = reading;
    write_totals(&mut book, &totals, &names, lang)?;
    write_explanations(&mut book, query, &listed, lang)?;
    Ok((book.finish()?, restricted))
}

/// The registry as one table: the dated activities, then those without dates. Run it in one read.
pub fn csv(
    conn: &mut Db,
    visibility: &Visibility,
    query: &RegistryQuery,
    (lang, separator): (Lang, Separator),
    progressing: Progressing<'_>,
) -> Result<(File, RestrictedRecords)> {
    let listed = registry_list(conn, visibility, query)?;
    let mut table = CsvTable::new(separator, &headings(lang))?;
    let mut reading = Reading::new((conn, visibility), &listed, lang, progressing);
    reading.write(&listed.dated, &mut table)?;
    reading.write(&listed.undated, &mut table)?;
    let restricted = reading.restricted;
    Ok((table.finish()?, restricted))
}

/// Reads the registry piece by piece and counts on the way.
struct Reading<'r> {
    conn: &'r mut Db,
    visibility: &'r Visibility,
    lang: Lang,
    progressing: Progressing<'r>,
    totals: Totals,
    /// What the ids in the totals are called.
    names: RecordNames,
    restricted: RestrictedRecords,
    listed: &'r Listed,
    done: usize,
}

impl<'r> Reading<'r> {
    fn new(
        (conn, visibility): (&'r mut Db, &'r Visibility),
        listed: &'r Listed,
        lang: Lang,
        progressing: Progressing<'r>,
    ) -> Self {
        let (totals, names, restricted) = (Totals::default(), RecordNames::default(), RestrictedRecords::default());
        Self { conn, visibility, lang, progressing, totals, names, restricted, listed, done: 0 }
    }

    fn write(&mut self, ids: &[ActivityId], rows: &mut impl Rows) -> Result<()> {
        for ids in ids.chunks(PIECE) {
            let (activities, names) = registry_piece(self.conn, self.visibility, ids)?;
            for activity in &activities {
                rows.row(&cells(activity, &names, self.lang))?;
                self.count(activity, &names);
            }
            self.done += ids.len();
            (self.progressing)(self.done, self.listed.dated.len() + self.listed.undated.len());
        }
        Ok(())
    }

    fn count(&mut self, activity: &Activity, names: &RecordNames) {
        self.totals.add(activity);
        activity.restricted(&mut self.restricted);
        let fields = &activity.fields;
        self.names.take(names, fields.commission_ids.iter().copied());
        self.names.take(names, fields.plan_item_ids.iter().copied());
    }
}

fn write_totals(book: &mut Book, totals: &Totals, names: &RecordNames, lang: Lang) -> Result<()> {
    let say = |key: &str| text(lang, key, &[]);
    let columns = [
        ("by", 24),
        ("value", 44),
        ("activities", 14),
        ("occurrences", 14),
        ("participants", 16),
        ("without-participants", 22),
    ];
    let heading = |(name, width)| Heading { text: say(&format!("registry-total-{name}")), width };
    book.sheet(&say("registry-sheet-totals"), &columns.map(heading))?;
    let named = |id: &str| names.of_text(id);
    let coded =
        |family: &'static str| move |code: &str| text(lang, &format!("{family}-{}", code.replace('_', "-")), &[]);
    let mut group = |by: &str, group: &std::collections::BTreeMap<String, Total>, called: &dyn Fn(&str) -> String| {
        group.iter().try_for_each(|(key, total)| {
            let figures = [total.activities, total.occurrences, total.participants, total.without_participants];
            let mut row = vec![Cell::text(say(&format!("registry-by-{by}"))), Cell::text(called(key))];
            row.extend(figures.map(Cell::Count));
            book.row(&row)
        })
    };
    group("commission", &totals.by_commission, &named)?;
    group("theme", &totals.by_theme, &coded("theme"))?;
    group("kind", &totals.by_kind, &coded("activity-kind"))?;
    group("territory", &totals.by_territory, &str::to_owned)?;
    group("plan-item", &totals.by_plan_item, &named)
}

/// What a reader must know to use the figures.
fn write_explanations(book: &mut Book, query: &RegistryQuery, listed: &Listed, lang: Lang) -> Result<()> {
    let say = |key: &str| text(lang, key, &[]);
    let heading = |name: &str, width| Heading { text: say(&format!("registry-explained-{name}")), width };
    book.sheet(&say("registry-sheet-explanations"), &[heading("what", 30), heading("how", 110)])?;
    for (what, value) in [("from", query.from), ("to", query.to)] {
        book.row(&[Cell::text(say(&format!("registry-explained-{what}"))), Cell::Day(value)])?;
    }
    for name in ["scope", "dates", "undated", "occurrences", "participants", "several", "pending"] {
        let args = [("pending", listed.pending.to_string()), ("undated", listed.undated.len().to_string())];
        let told = text(lang, &format!("registry-explained-{name}-told"), &args);
        book.row(&[Cell::text(say(&format!("registry-explained-{name}"))), Cell::text(told)])?;
    }
    Ok(())
}
