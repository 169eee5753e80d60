//! The names and texts of an acta in other languages.

use super::store::{StatedAgreement, StatedCommitment, institutions_of};
use crate::access::CommissionRef;
use crate::db::Db;
use crate::directory::translated_names;
use crate::error::Result;
use crate::meetings::Meeting;
use crate::translations::{TranslatedTexts, Translations};

/// Adds the texts of a session, except its documents.
pub(super) fn add_meeting(texts: &mut TranslatedTexts, meeting: &Meeting) {
    let (fields, others) = (&meeting.fields, &meeting.fields.translations);
    texts.add(others, "title", &fields.title);
    fields.place.iter().for_each(|place| texts.add(others, "place", place));
}

/// Adds the names of commissions.
pub(super) fn add_commissions<'c>(texts: &mut TranslatedTexts, commissions: impl Iterator<Item = &'c CommissionRef>) {
    commissions.for_each(|one| texts.add(&one.translations, "name", &one.name));
}

/// Adds the texts of the items of a list of the session: `agenda/0/title`.
pub(super) fn add_items<'t>(
    texts: &mut TranslatedTexts,
    meeting: &Meeting,
    list: &str,
    items: impl Iterator<Item = Vec<(&'t str, Option<&'t str>)>>,
) {
    for (n, fields) in items.enumerate() {
        for (field, own) in fields {
            own.iter().for_each(|own| texts.add(&meeting.fields.translations, &format!("{list}/{n}/{field}"), own));
        }
    }
}

/// Returns the texts of agreements and commitments, and the names of their institutions, in other languages.
pub(super) fn of_records(
    conn: &mut Db,
    agreements: &[StatedAgreement],
    commitments: &[StatedCommitment],
) -> Result<TranslatedTexts> {
    let mut texts = translated_names(conn, institutions_of(agreements, commitments))?;
    for StatedAgreement { row, parties } in agreements {
        let others = Translations::of_stored(row.translations.clone());
        texts.add(&others, "title", &row.title);
        row.text.iter().for_each(|own| texts.add(&others, "text", own));
        row.number.iter().for_each(|own| texts.add(&others, "number", own));
        for (n, (_, name, side)) in parties.iter().enumerate() {
            name.iter().for_each(|own| texts.add(&others, &format!("parties/{n}/name"), own));
            side.iter().for_each(|own| texts.add(&others, &format!("parties/{n}/side"), own));
        }
    }
    for StatedCommitment { row, assignments } in commitments {
        let others = Translations::of_stored(row.translations.clone());
        texts.add(&others, "text", &row.text);
        row.due_text.iter().for_each(|own| texts.add(&others, "due_text", own));
        for (n, part) in assignments {
            part.target_unit.iter().for_each(|own| texts.add(&others, &format!("assignments/{n}/target/unit"), own));
        }
    }
    Ok(texts)
}
