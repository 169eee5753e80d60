//! The registry of a period as a workbook and as CSV, written piece by piece.

use std::collections::BTreeMap;
use std::fs::File;

use super::{Listed, RegistryQuery, Total, Totals, list, piece};
use crate::access::Visibility;
use crate::activities::model::Activity;
use crate::activities::registry::model::RecordNames;
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::db::{ActivityId, Db};
use crate::error::Result;
use crate::i18n::{Lang, text, word};
use crate::rendering::{Book, Cell, CsvTable, Heading, Rows, Separator};

/// Called after each piece with the number of activities that are written, and of all.
pub(super) type Progressing<'p> = &'p dyn Fn(usize, usize);

/// The number of activities in memory at a time.
const PIECE: usize = 500;

/// The columns with their widths in characters; their headings are in `locales/*/activities.ftl`.
const COLUMNS: [(&str, u16); 28] = [
    ("commissions", 22),
    ("kind", 20),
    ("title", 50),
    ("description", 50),
    ("starts", 12),
    ("ends", 12),
    ("first-day", 12),
    ("last-day", 12),
    ("when-text", 24),
    ("period-from", 14),
    ("period-to", 14),
    ("territories", 30),
    ("organizers", 34),
    ("partners", 34),
    ("total", 14),
    ("women", 10),
    ("men", 10),
    ("audience", 24),
    ("occurrences", 10),
    ("themes", 24),
    ("plan-items", 30),
    ("result", 40),
    ("expected-result", 40),
    ("result-state", 18),
    ("evidence", 40),
    ("scope", 14),
    ("source", 24),
    ("id", 38),
];

/// The first columns: commissions, kind and title, which name an activity.
const NAMING: u16 = 3;

fn headings(lang: Lang) -> Vec<Heading> {
    let heading = |(name, width)| Heading { text: text(lang, &format!("registry-{name}"), &[]), width };
    COLUMNS.into_iter().map(heading).collect()
}

/// Returns the cells of an activity, one for each column.
fn cells(activity: &Activity, names: &RecordNames, lang: Lang) -> Vec<Cell> {
    let fields = &activity.fields;
    let participants = fields.participants.as_ref();
    let period = fields.period.as_ref();
    // The activity's own texts in the language of the registry, as far as they are translated.
    let own = |field: &str, text: &str| fields.translations.or_original(field, lang, text).to_owned();
    let stated = |field: &str, text: Option<&String>| text.map_or(Cell::Nothing, |text| Cell::text(own(field, text)));
    let evidence = fields.evidence.iter().enumerate().map(|(n, entry)| {
        let title = own(&format!("evidence/{n}/title"), &entry.title);
        entry.url.as_ref().map_or_else(|| title.clone(), |url| format!("{title} ({url})"))
    });
    let territories = fields.territories.iter().enumerate().map(|(n, one)| own(&format!("territories/{n}"), one));
    vec![
        Cell::joined(fields.commission_ids.iter().map(|id| names.of(*id))),
        Cell::text(word(lang, "activity-kind", fields.kind.as_str())),
        Cell::text(own("title", &fields.title)),
        stated("description", fields.description.as_ref()),
        Cell::shown(fields.starts.as_ref()),
        Cell::shown(fields.ends.as_ref()),
        Cell::day(activity.starts_from),
        Cell::day(activity.ends_to.or(activity.starts_to)),
        stated("when_text", fields.when_text.as_ref()),
        Cell::day(period.and_then(|period| period.from)),
        Cell::day(period.and_then(|period| period.to)),
        Cell::joined(territories),
        Cell::joined(fields.organizer_ids.iter().map(|id| names.of(*id))),
        Cell::joined(fields.partner_ids.iter().map(|id| names.of(*id))),
        Cell::count(participants.and_then(|counted| counted.total)),
        Cell::count(participants.and_then(|counted| counted.women)),
        Cell::count(participants.and_then(|counted| counted.men)),
        stated("participants/audience", participants.and_then(|counted| counted.audience.as_ref())),
        Cell::count(fields.occurrences),
        Cell::joined(fields.themes.iter().map(|theme| word(lang, "theme", theme.as_str()))),
        Cell::joined(fields.plan_item_ids.iter().map(|id| names.of(*id))),
        stated("result", fields.result.as_ref()),
        stated("expected_result", fields.expected_result.as_ref()),
        fields.result_state.map_or(Cell::Nothing, |state| Cell::text(word(lang, "result-state", state.as_str()))),
        Cell::joined(evidence),
        fields.scope.map_or(Cell::Nothing, |scope| Cell::text(word(lang, "scope", scope.as_str()))),
        Cell::shown(fields.source.as_ref()),
        Cell::text(activity.id.to_string()),
    ]
}

/// Writes the registry as a workbook: activities, those without dates, totals, explanations. Must run in one read.
pub(crate) fn workbook(
    conn: &mut Db,
    visibility: &Visibility,
    query: &RegistryQuery,
    lang: Lang,
    progressing: Progressing<'_>,
) -> Result<(File, RestrictedRecords)> {
    let listed = list(conn, visibility, query)?;
    let say = |key: &str| text(lang, key, &[]);
    let title = text(
        lang,
        "registry-book-title",
        &[("country", query.country_code.clone()), ("from", query.from.to_string()), ("to", query.to.to_string())],
    );
    let mut book = Book::new(&title, lang, query.to);
    let mut reading = Reading::new(conn, visibility, &listed, lang, progressing);
    book.sheet_of_records(&say("registry-sheet-activities"), &headings(lang), NAMING)?;
    reading.write(&listed.dated, &mut book)?;
    book.sheet_of_records(&say("registry-sheet-undated"), &headings(lang), NAMING)?;
    reading.write(&listed.undated, &mut book)?;
    let Reading { totals, names, restricted, .. } = reading;
    write_totals(&mut book, &totals, &names, lang)?;
    write_explanations(&mut book, query, &listed, lang)?;
    Ok((book.finish()?, restricted))
}

/// Writes the registry as one table: the dated activities, then those without dates. Must run in one read.
pub(crate) fn csv(
    conn: &mut Db,
    visibility: &Visibility,
    query: &RegistryQuery,
    lang: Lang,
    separator: Separator,
    progressing: Progressing<'_>,
) -> Result<(File, RestrictedRecords)> {
    let listed = list(conn, visibility, query)?;
    let mut table = CsvTable::new(separator, &headings(lang))?;
    let mut reading = Reading::new(conn, visibility, &listed, lang, progressing);
    reading.write(&listed.dated, &mut table)?;
    reading.write(&listed.undated, &mut table)?;
    let restricted = reading.restricted;
    Ok((table.finish()?, restricted))
}

/// Reads the registry piece by piece, and counts what it reads.
struct Reading<'r> {
    conn: &'r mut Db,
    visibility: &'r Visibility,
    lang: Lang,
    progressing: Progressing<'r>,
    totals: Totals,
    /// The names of the ids in the totals.
    names: RecordNames,
    restricted: RestrictedRecords,
    listed: &'r Listed,
    done: usize,
}

impl<'r> Reading<'r> {
    fn new(
        conn: &'r mut Db,
        visibility: &'r Visibility,
        listed: &'r Listed,
        lang: Lang,
        progressing: Progressing<'r>,
    ) -> Self {
        let (totals, names, restricted) = (Totals::default(), RecordNames::default(), RestrictedRecords::default());
        Self { conn, visibility, lang, progressing, totals, names, restricted, listed, done: 0 }
    }

    fn write(&mut self, ids: &[ActivityId], rows: &mut impl Rows) -> Result<()> {
        for ids in ids.chunks(PIECE) {
            let (activities, names) = piece(self.conn, self.visibility, ids, self.lang)?;
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
    let coded = |family: &'static str| move |code: &str| word(lang, family, code);
    let mut group = |by: &str, group: &BTreeMap<String, Total>, called: &dyn Fn(&str) -> String| {
        group.iter().try_for_each(|(key, total)| {
            let participants = total.known_participants().map_or(Cell::Nothing, Cell::Count);
            let row = [
                Cell::text(say(&format!("registry-by-{by}"))),
                Cell::text(called(key)),
                Cell::Count(total.activities),
                Cell::Count(total.occurrences),
                participants,
                Cell::Count(total.without_participants),
            ];
            book.row(&row)
        })
    };
    group("commission", &totals.by_commission, &named)?;
    group("theme", &totals.by_theme, &coded("theme"))?;
    group("kind", &totals.by_kind, &coded("activity-kind"))?;
    group("territory", &totals.by_territory, &str::to_owned)?;
    group("plan-item", &totals.by_plan_item, &named)
}

/// Writes the notes that a reader needs to use the figures.
fn write_explanations(book: &mut Book, query: &RegistryQuery, listed: &Listed, lang: Lang) -> Result<()> {
    let say = |key: &str| text(lang, key, &[]);
    let heading = |name: &str, width| Heading { text: say(&format!("registry-explained-{name}")), width };
    book.sheet(&say("registry-sheet-explanations"), &[heading("what", 30), heading("how", 110)])?;
    for (what, value) in [("from", query.from), ("to", query.to)] {
        book.row(&[Cell::text(say(&format!("registry-explained-{what}"))), Cell::Day(value)])?;
    }
    for name in ["scope", "dates", "undated", "occurrences", "participants", "several", "pending"] {
        let args = [("pending", listed.pending.to_string()), ("undated", listed.undated.len().to_string())];
        let text = text(lang, &format!("registry-explained-{name}-text"), &args);
        book.row(&[Cell::text(say(&format!("registry-explained-{name}"))), Cell::text(text)])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_heading() {
        for lang in Lang::ALL {
            for (column, _) in COLUMNS {
                assert!(crate::i18n::find(*lang, &format!("registry-{column}"), &[]).is_some(), "{column} in {lang}");
            }
        }
    }
}
