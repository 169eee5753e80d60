//! The codes of minutes: `ACTA-CETI+MITP-2026-3`.

use chrono::Datelike;

use super::store::code_is_taken;
use crate::access::{CommissionRef, commission_refs};
use crate::db::Tx;
use crate::db::dispatch::next_minutes_number;
use crate::error::Result;
use crate::meetings::Meeting;
use crate::text::fold;

/// The maximum number of characters of a commission without an acronym in a code.
const LONGEST_LABEL: usize = 24;

/// Returns a new code: the acronyms of the commissions, the year of the session, and its number. A session without a
/// number gets the next one. A code that was given once is not given again: the second session with the same number
/// gets a second part (`-2`).
pub(super) fn next_code(tx: &mut Tx<'_>, meeting: &Meeting) -> Result<String> {
    let ids = &meeting.fields.commission_ids;
    let commissions = commission_refs(tx.conn, ids)?;
    let labels: Vec<String> = ids.iter().filter_map(|id| commissions.get(id)).map(label).collect();
    let prefix = format!("ACTA-{}-{}", labels.join("+"), meeting.held_from.year());
    if let Some(ordinal) = meeting.fields.ordinal {
        return with_ordinal(tx, &format!("{prefix}-{ordinal}"));
    }
    loop {
        let code = format!("{prefix}-{}", next_minutes_number(tx.conn, &prefix)?);
        if next_minutes_number(tx.conn, &code)? == 1 {
            return Ok(code);
        }
    }
}

fn with_ordinal(tx: &mut Tx<'_>, first: &str) -> Result<String> {
    loop {
        let code = match next_minutes_number(tx.conn, first)? {
            1 => first.to_owned(),
            again => format!("{first}-{again}"),
        };
        // A dataset may have brought this code.
        if !code_is_taken(tx.conn, &code)? {
            return Ok(code);
        }
    }
}

/// Reserves a code that a dataset states; false if other minutes have it.
pub(super) fn reserve(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    if code_is_taken(tx.conn, code)? {
        return Ok(false);
    }
    next_minutes_number(tx.conn, code)?;
    Ok(true)
}

/// Returns the acronym of a commission, else its name, as capital letters and digits.
fn label(commission: &CommissionRef) -> String {
    let of = |text: &str| {
        let folded = fold([text]).to_uppercase();
        let words: Vec<&str> =
            folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        words.join("-").chars().take(LONGEST_LABEL).collect::<String>()
    };
    let acronym = commission.acronym.as_deref().map(of).filter(|label| !label.is_empty());
    acronym.unwrap_or_else(|| of(&commission.name)).trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commission(name: &str, acronym: Option<&str>) -> CommissionRef {
        CommissionRef {
            id: uuid::Uuid::nil().into(),
            country_code: "CL".into(),
            name: name.into(),
            acronym: acronym.map(str::to_owned),
            translations: crate::translations::Translations::default(),
            zone: chrono_tz::Tz::UTC,
        }
    }

    #[test]
    fn a_label_has_capital_letters_and_digits() {
        assert_eq!(label(&commission("Mesa", Some("CETI"))), "CETI");
        assert_eq!(label(&commission("Mesa", Some("Cód. 8.7"))), "COD-8-7");
        assert_eq!(label(&commission("Comisión Ñuble", None)), "COMISION-NUBLE");
        assert_eq!(label(&commission(&"larga ".repeat(9), None)), "LARGA-LARGA-LARGA-LARGA");
    }
}
