//! The rows of a form: buttons that add, remove and move them, and the row that a fault belongs to.

use crate::http::Fields;

/// The rows of a group that are kept, each with its number in the form. The group of a body that is a list has no name.
pub(super) type TypedRows = (&'static str, Vec<usize>);

/// Adds, removes or moves a row, when the button of the form asks for it.
pub(super) fn change_rows(fields: &mut Fields) -> bool {
    if let Some(group) = fields.get("add").map(str::to_owned) {
        fields.add_row(&group);
        fields.remove("add");
        return true;
    }
    if let Some((group, row)) = take_row(fields, "remove") {
        fields.remove_row(&group, row);
        return true;
    }
    if let Some((group, row)) = take_row(fields, "up") {
        fields.swap_rows(&group, row, row.saturating_sub(1));
        return true;
    }
    if let Some((group, row)) = take_row(fields, "down") {
        if row + 1 < fields.rows(&group) {
            fields.swap_rows(&group, row, row + 1);
        }
        return true;
    }
    false
}

/// Takes the group and the row that a button names: `evidence/2`, or `2` for a body that is a list.
fn take_row(fields: &mut Fields, button: &str) -> Option<(String, usize)> {
    let place = fields.get(button)?.to_owned();
    let (group, row) = place.rsplit_once('/').unwrap_or(("", &place));
    let found = (group.to_owned(), row.parse().ok()?);
    fields.remove(button);
    Some(found)
}

/// Returns the pointer of a fault, or the name of a field, with the number that its row had in the form.
pub(super) fn at_typed_row(pointer: &str, rows: &[TypedRows]) -> String {
    let slash = if pointer.starts_with('/') { "/" } else { "" };
    let found = |(group, kept): &TypedRows| {
        let start = if group.is_empty() { slash.to_owned() } else { format!("{slash}{group}/") };
        let place = pointer.strip_prefix(&start)?;
        let (row, rest) = place.split_at(place.find('/').unwrap_or(place.len()));
        let typed = kept.get(row.parse::<usize>().ok()?)?;
        Some(format!("{start}{typed}{rest}"))
    };
    rows.iter().find_map(found).unwrap_or_else(|| pointer.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_shown_at_the_row_that_was_typed() {
        let rows: Vec<TypedRows> = vec![("evidence", vec![1, 3]), ("", vec![2])];
        assert_eq!(at_typed_row("/evidence/1/title", &rows), "/evidence/3/title");
        assert_eq!(at_typed_row("/0/person", &rows), "/2/person");
        assert_eq!(at_typed_row("evidence/0/dated", &rows), "evidence/1/dated");
        assert_eq!(at_typed_row("0/from", &rows), "2/from");
        for other in ["/evidence/7/title", "/evidence", "/narrative"] {
            assert_eq!(at_typed_row(other, &rows), other);
        }
    }
}
