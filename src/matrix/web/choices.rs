//! The choices of a person in the form of an import: columns and answers.

use sha2::{Digest, Sha256};

use crate::http::Fields;
use crate::matrix::choices::{Choices, NONE};
use crate::text::hex;

/// Returns a digest of what a form imports: the file, its commission or country, and the choices, completed with those that
/// are remembered. A form is imported as it was tried if the digest is the same.
pub(super) fn digest_of(fields: &Fields, choices: &Choices) -> String {
    let of = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    let target = ["file_id", "commission_id", "country_code"].map(of);
    hex(&Sha256::digest(format!(
        "{target:?}{:?}",
        (&choices.mapping, &choices.answers, &choices.forgotten, choices.include_hidden)
    )))
}

/// Returns the choices that the fields of a form state. A column whose meaning was not changed is not a choice.
pub(super) fn choices_of(fields: &Fields) -> Choices {
    let mut choices = Choices { include_hidden: fields.get("include_hidden") == Some("true"), ..Choices::default() };
    for n in 0..fields.rows("mapping") {
        let of = |name: &str| fields.get(&format!("mapping/{n}/{name}")).unwrap_or_default();
        let (place, column) = (of("place"), of("column"));
        if place.is_empty() || column == of("was") {
            continue;
        }
        match (column, column.parse()) {
            ("", _) => choices.forgotten.extend(Some(of("remembered").to_owned()).filter(|name| !name.is_empty())),
            (_, Ok(known)) => choices.mapping.extend([(place.to_owned(), Some(known))]),
            (NONE, Err(())) => choices.mapping.extend([(place.to_owned(), None)]),
            (_, Err(())) => {}
        }
    }
    choices.forgotten.extend(fields.all("forgotten").map(str::to_owned));
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
    use std::collections::BTreeMap;

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

    #[test]
    fn a_remembered_column_is_forgotten_by_the_empty_choice() {
        let fields = Fields::default()
            .with("mapping/0/place", "Matriz!Nota")
            .with("mapping/0/was", "none")
            .with("mapping/0/remembered", "Matriz!Nota")
            .with("mapping/0/column", "")
            .with("forgotten", "D");
        let choices = choices_of(&fields);
        assert!(choices.mapping.is_empty());
        assert_eq!(choices.forgotten.into_iter().collect::<Vec<_>>(), ["D", "Matriz!Nota"]);
    }

    #[test]
    fn the_digest_changes_with_each_choice_and_not_with_the_button() {
        let tried = Fields::default()
            .with("file_id", "1")
            .with("mapping/0/place", "Matriz!Nota")
            .with("mapping/0/was", "notes");
        let of = |fields: &Fields| digest_of(fields, &choices_of(fields));
        let digest = |name: &str, value: &str| of(&tried.clone().with("mapping/0/column", "notes").with(name, value));
        let same = digest("action", "import");
        assert_eq!(digest("tried", "x"), same);
        for (name, value) in [
            ("mapping/0/column", "none"),
            ("include_hidden", "true"),
            ("file_id", "2"),
            ("commission_id", "3"),
            ("country_code", "PE"),
        ] {
            assert_ne!(digest(name, value), same, "{name}");
        }
        let answered = tried.with("answers/0/id", "status/x").with("answers/0/key", "cancelled");
        let answered = answered.with("mapping/0/column", "notes");
        assert_ne!(of(&answered), same);
        let remembered = BTreeMap::from([("Matriz!Plazo".to_owned(), Some(Column::Term))]);
        assert_ne!(digest_of(&answered, &choices_of(&answered).or_remembered(remembered)), of(&answered));
    }
}
