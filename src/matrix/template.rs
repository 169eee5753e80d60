//! The matrix to start from: empty, with lists to choose from, and an explained example.

use std::fs::File;

use super::columns::{COLUMNS, Column};
use super::writer::{exported, headings, state_words};
use crate::access::{Visibility, commission_refs};
use crate::clock::Instant;
use crate::commissions::{commission, memberships_on};
use crate::db::{CommissionId, Db, unique};
use crate::directory::institutions_by_id;
use crate::error::{Error, Result};
use crate::i18n::{Lang, text};
use crate::identity::Actor;
use crate::rendering::{Book, Cell, Heading, Rows, one_line};

/// Writes the template for a commission: the empty sheet, the lists of its choices, and the explanation of each column
/// with an example. The import reads only the first sheet, because the others have no headings of a matrix.
pub(super) fn template(conn: &mut Db, actor: &Actor, id: CommissionId, now: Instant, lang: Lang) -> Result<File> {
    let commission = commission(conn, &Visibility::of(actor), id, now)?;
    let today = commission_refs(conn, &[id])?.get(&id).map_or(now.utc().date_naive(), |one| one.today(now));
    let members = memberships_on(conn, &[id], today)?;
    let ids = unique(members.iter().map(|one| one.fields.institution_id));
    let mut institutions: Vec<String> =
        institutions_by_id(conn, &ids)?.into_values().map(|one| one_line(&one.fields.name)).collect();
    institutions.sort_by_key(|name| crate::text::name_key(name));
    let fields = &commission.fields;
    let label = fields.acronym.clone().unwrap_or_else(|| fields.name.clone());
    let say = |key: &str| text(lang, key, &[]);
    let mut book = Book::new(&say("template-title"), lang, now.utc().date_naive());
    book.sheet(&say("matrix-sheet"), &headings(lang))?;
    let place = |column: Column| exported().position(|one| one.column == column).map(u16::try_from);
    if let Some(place) = place(Column::State) {
        book.offer(place.map_err(Error::internal)?, &state_words(lang))?;
    }
    if let Some(place) = place(Column::Commission).filter(|_| !label.contains(',') && label.len() < 200) {
        book.offer(place.map_err(Error::internal)?, &[label])?;
    }
    let lists = say("template-sheet-lists");
    if !institutions.is_empty() {
        let range = format!("'{lists}'!$A$2:$A${}", institutions.len() + 1);
        for column in [Column::Responsible, Column::CoResponsible] {
            if let Some(place) = place(column) {
                book.offer_range(place.map_err(Error::internal)?, &range)?;
            }
        }
    }
    let heading = |(key, width): (&str, u16)| Heading { text: say(key), width };
    book.sheet(&lists, &[heading(("template-list-members", 60))])?;
    for name in institutions {
        book.row(&[Cell::text(name)])?;
    }
    let explained = [("template-column", 26), ("template-content", 80), ("template-example", 40)].map(heading);
    book.sheet(&say("registry-sheet-explanations"), &explained)?;
    for one in COLUMNS.iter().filter(|one| one.width > 0) {
        let key = one.column.as_str().replace('_', "-");
        let content = say(&format!("template-{key}-text"));
        let example = say(&format!("template-{key}-example"));
        book.row(&[Cell::text(one.in_language(lang)), Cell::text(content), Cell::text(example)])?;
    }
    book.finish()
}
