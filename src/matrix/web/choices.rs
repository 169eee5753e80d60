//! The choices of a person in the form of an import: columns and answers.

use crate::http::Fields;
use crate::matrix::choices::{Choices, NONE};

/// Returns the choices that the fields of a form state. A column whose meaning was not changed is not a choice.
pub(super) fn choices_of(fields: &Fields) -> Choices {
    let mut choices = Choices { include_hidden: fields.get("include_hidden") == Some("true"), ..Choices::default() };
    for n in 0..fields.rows("mapping") {
        let of = |name: &str| fields.get(&format!("mapping/{n}/{name}")).unwrap_or_default();
        let (place, column) = (of("place"), of("column"));
        if place.is_empty() || column.is_empty() || column == of("was") {
            continue;
        }
        match column.parse() {
            Ok(known) => choices.mapping.insert(place.to_owned(), Some(known)),
            Err(()) if column == NONE => choices.mapping.insert(place.to_owned(), None),
            Err(()) => None,
        };
    }
    for n in 0..fields.rows("answers") {
        let of = |name: &str| fields.get(&format!("answers/{n}/{name}")).unwrap_or_default().trim();
        let (id, key, other) = (of("id"), of("key"), of("other"));
        let key = if other.is_empty() { key } else { other };
        if !id.is_empty() && !key.is_empty() {
            choices.answer_with(id, key);
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::columns::Column;

    #[test]
    fn only_changed_columns_and_given_answers_are_choices() {
        let fields = Fields::default()
            .with("mapping/0/place", "Matriz!Plazo")
            .with("mapping/0/was", "due_text")
            .with("mapping/0/column", "due_text")
            .with("mapping/1/place", "Matriz!F. Cumplimiento")
            .with("mapping/1/was", "")
            .with("mapping/1/column", "due")
            .with("mapping/2/place", "Matriz!Nota")
            .with("mapping/2/was", "notes")
            .with("mapping/2/column", "none")
            .with("answers/0/id", "due_text/junio 30")
            .with("answers/0/key", "open")
            .with("answers/0/other", "2027-06-30")
            .with("answers/1/id", "status/suspendido")
            .with("answers/1/key", "");
        let choices = choices_of(&fields);
        let mapped = [("Matriz!F. Cumplimiento".to_owned(), Some(Column::DueDate)), ("Matriz!Nota".to_owned(), None)];
        assert_eq!(choices.mapping.into_iter().collect::<Vec<_>>(), mapped);
        assert_eq!(
            choices.answers.into_iter().collect::<Vec<_>>(),
            [("due_text/junio 30".to_owned(), "2027-06-30".to_owned())]
        );
    }
}
