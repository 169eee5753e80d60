//! Which agreement a row means.

use super::scene::Scene;
use super::words::fold;
use crate::agreements::Agreement;
use crate::db::{CommissionId, MeetingId};

/// What an agreement on record is called, folded.
pub struct Called {
    number: String,
    /// Its title, and its text.
    bodies: Vec<String>,
}

impl Called {
    pub fn of(agreement: &Agreement) -> Self {
        let fields = &agreement.fields;
        let bodies = [Some(fields.title.as_str()), fields.text.as_deref()];
        Self {
            number: fields.number.as_deref().map(fold).unwrap_or_default(),
            bodies: bodies.into_iter().flatten().map(fold).collect(),
        }
    }
}

/// A cell that tells of an agreement.
pub struct Stated {
    folded: String,
    number: Option<String>,
}

impl Stated {
    pub fn of(cell: &str) -> Self {
        Self { folded: fold(cell), number: number(cell) }
    }

    /// Whether it tells of this agreement: by number, by title, by text, or by several of them ("Acuerdo N° 6: Elaborar").
    pub fn tells_of(&self, called: &Called) -> bool {
        if let Some(stated) = self.number.as_ref().filter(|_| !called.number.is_empty()) {
            return *stated == called.number;
        }
        called.bodies.iter().any(|body| {
            let Some(before) = self.folded.strip_suffix(body.as_str()) else { return false };
            let words: Vec<&str> = before.split_whitespace().collect();
            let number = match words.as_slice() {
                ["acuerdo", "n", rest @ ..] | ["acuerdo", rest @ ..] => rest,
                all => all,
            };
            (before.is_empty() || before.ends_with(' ')) && (words.is_empty() || number.join(" ") == called.number)
        })
    }
}

/// The number of an agreement where a cell says no more: "6", "Acuerdo N° 6".
pub fn number(cell: &str) -> Option<String> {
    let folded = fold(cell);
    let words: Vec<&str> =
        folded.split(' ').filter(|word| !["acuerdo", "n", "no", "nro", "numero"].contains(word)).collect();
    match words.as_slice() {
        [number] if number.len() <= 6 && number.bytes().any(|byte| byte.is_ascii_digit()) => Some((*number).to_owned()),
        _ => None,
    }
}

/// The agreements on record that a row may mean: of its session where it states one.
pub fn among<'s>(
    scene: &'s Scene,
    commissions: &[CommissionId],
    meeting: Option<MeetingId>,
    stated: &Stated,
) -> Vec<&'s Agreement> {
    let own = |one: &&Agreement| {
        let of_commission = one.fields.commission_ids.iter().any(|id| commissions.contains(id));
        let of_session = meeting.is_none() || one.fields.meeting_id == meeting;
        of_commission && of_session && scene.called_agreements.get(&one.id).is_some_and(|one| stated.tells_of(one))
    };
    scene.agreements.values().filter(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agreement_has_a_number() {
        assert_eq!(number("Acuerdo N.º 6"), Some("6".to_owned()));
        assert_eq!(number("6"), Some("6".to_owned()));
        assert_eq!(number("Aprobar el plan 2023"), None);
    }

    #[test]
    fn a_cell_tells_of_an_agreement_by_number_or_words() {
        let called = Called { number: "6".to_owned(), bodies: vec!["elaborar el protocolo".to_owned()] };
        for cell in [
            "6",
            "Acuerdo N° 6",
            "Elaborar el protocolo",
            "6. Elaborar el protocolo",
            "Acuerdo N.º 6: elaborar el protocolo",
        ] {
            assert!(Stated::of(cell).tells_of(&called), "{cell}");
        }
        for cell in
            ["7", "7. Elaborar el protocolo", "Reelaborar el protocolo", "Elaborar", "Acuerdo elaborar el protocolo"]
        {
            assert!(!Stated::of(cell).tells_of(&called), "{cell}");
        }
        let called = Called { number: String::new(), bodies: vec!["elaborar el protocolo".to_owned()] };
        assert!(Stated::of("Acuerdo: elaborar el protocolo").tells_of(&called));
    }
}
