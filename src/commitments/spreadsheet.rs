//! The list of commitments as a workbook and as CSV: a row for each commitment, written page by page.

use std::collections::HashMap;
use std::fs::File;

use super::model::{Assignment, Commitment, CommitmentStatus, Key, Sort, Status, Verification};
use super::store::{self, Filter};
use crate::access::{CommissionRef, Visibility, visible_commissions};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::db::{CommissionId, Db};
use crate::directory::{InstitutionNames, institution_names};
use crate::error::Result;
use crate::http::Paging;
use crate::i18n::{self, Lang, text, text_with, word};
use crate::rendering::{Book, Cell, CsvTable, Heading, Rows, Separator, one_line};

/// The columns with their widths in characters.
const COLUMNS: [(&str, u16); 13] = [
    ("commitments-code", 20),
    ("commitments-text", 70),
    ("commitments-commission", 22),
    ("commitments-institutions", 60),
    ("commitments-done-parts", 14),
    ("commitments-all-parts", 14),
    ("commitments-due", 26),
    ("commitments-last-day", 14),
    ("commitments-is-overdue", 12),
    ("commitments-status", 24),
    ("commitments-parts-to-review", 14),
    ("commitments-extensions-asked", 14),
    ("commitments-last-change", 14),
];

/// The commitments to write, the reader and the language.
pub(crate) struct ListedCommitments {
    pub filter: Filter,
    pub sort: Sort,
    pub visibility: Visibility,
    pub lang: Lang,
    pub now: Instant,
}

/// Writes the list as a workbook; returns it with its restricted records. Must run in one read.
pub(crate) fn list_workbook(conn: &mut Db, listed: &ListedCommitments) -> Result<(File, RestrictedRecords)> {
    let title = text(listed.lang, "commitments-sheet", &[]);
    let mut book = Book::new(&title, listed.lang, listed.now.utc().date_naive());
    book.sheet(&title, &headings(listed.lang))?;
    let restricted = listed.write(conn, &mut book)?;
    Ok((book.finish()?, restricted))
}

/// Writes the list as CSV; returns it with its restricted records. Must run in one read.
pub(crate) fn list_csv(conn: &mut Db, listed: &ListedCommitments) -> Result<(File, RestrictedRecords)> {
    let mut table = CsvTable::new(Separator::Comma, &headings(listed.lang))?;
    let restricted = listed.write(conn, &mut table)?;
    Ok((table.finish()?, restricted))
}

fn headings(lang: Lang) -> Vec<Heading> {
    COLUMNS.iter().map(|(key, width)| Heading { text: text(lang, key, &[]), width: *width }).collect()
}

/// The names that the rows of a page need.
struct Names {
    commissions: HashMap<CommissionId, CommissionRef>,
    institutions: InstitutionNames,
}

impl ListedCommitments {
    fn write(&self, conn: &mut Db, rows: &mut impl Rows) -> Result<RestrictedRecords> {
        let known = visible_commissions(conn, &self.visibility)?;
        let commissions = known.into_iter().map(|one| (one.id, one)).collect();
        let mut names = Names { commissions, institutions: InstitutionNames::new() };
        let (mut restricted, mut cursor) = (RestrictedRecords::default(), None);
        loop {
            let paging = Paging::<Key>::read(Some(200), cursor.as_deref())?;
            let page = store::list(conn, &self.visibility, &self.filter, (self.sort, &paging), self.now)?;
            let parts = page.items.iter().flat_map(|one| &one.assignments);
            names.institutions = institution_names(conn, parts.map(|part| part.fields.institution_id))?;
            page.restricted(&mut restricted);
            for commitment in &page.items {
                rows.row(&self.cells(commitment, &names))?;
            }
            cursor = page.next_cursor;
            if cursor.is_none() {
                return Ok(restricted);
            }
        }
    }

    fn cells(&self, commitment: &Commitment, names: &Names) -> Vec<Cell> {
        let fields = &commitment.fields;
        let labels = fields.commission_ids.iter().filter_map(|id| names.commissions.get(id));
        let parts = commitment.assignments.iter().map(|part| self.part(part, names));
        let number = |n: usize| Cell::Count(i64::try_from(n).unwrap_or(i64::MAX));
        let counted = |is: fn(&Assignment) -> bool| number(commitment.assignments.iter().filter(|one| is(one)).count());
        vec![
            Cell::text(&commitment.code),
            Cell::text(&fields.text),
            Cell::joined(labels.map(|one| one.label().to_owned())),
            Cell::joined(parts),
            number(commitment.fulfilled.done),
            number(commitment.fulfilled.of),
            Cell::text(self.term(commitment)),
            Cell::day(commitment.due_to),
            Cell::text(if commitment.overdue { text(self.lang, "commitments-yes", &[]) } else { String::new() }),
            Cell::text(self.status(commitment.status)),
            counted(|part| part.progress.verification == Verification::Pending),
            counted(|part| part.pending_extension_id.is_some()),
            Cell::Day(commitment.updated_at.day_in(commitment.zone)),
        ]
    }

    /// Names an institution with the state of its part: `Ministerio de Salud (En proceso)`.
    fn part(&self, part: &Assignment, names: &Names) -> String {
        let name = names.institutions.get(&part.fields.institution_id).map(|name| one_line(name)).unwrap_or_default();
        let state = match part.progress.verification {
            Verification::Pending => text(self.lang, "commitments-to-review", &[]),
            _ => self.status(part.progress.status.into()),
        };
        text_with(self.lang, "commitments-part-in-words", &[("name", name.into()), ("state", state.into())])
    }

    fn status(&self, status: CommitmentStatus) -> String {
        match Status::ALL.iter().find(|one| CommitmentStatus::from(**one) == status) {
            Some(derived) => word(self.lang, "status", derived.as_str()),
            None => text(self.lang, "commitments-draft", &[]),
        }
    }

    fn term(&self, commitment: &Commitment) -> String {
        let fields = &commitment.fields;
        let date = fields.due.as_ref().map(|due| i18n::date(self.lang, due));
        date.or_else(|| commitment.due_to.map(|day| i18n::day(self.lang, day)))
            .or_else(|| fields.due_text.clone())
            .unwrap_or_default()
    }
}
