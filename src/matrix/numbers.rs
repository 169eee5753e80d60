//! Recognises a commitment by the number of a list outside the program, when its text was corrected in the spreadsheet.
//! The person who imports decides whether it is the same commitment, because lists use numbers again.

use std::collections::{HashMap, HashSet};

use super::choices::Choices;
use super::columns::Column;
use super::questions::{Label, Question};
use super::resolve::{Ref, ResolvedMatrix, ResolvedRow};
use super::snapshot::Snapshot;
use super::words::fold;
use crate::commitments::Commitment;
use crate::db::CommitmentId;
use crate::spreadsheets::letters;
use crate::text::shortened;

/// The answers to the question.
const SAME: &str = "same";
const OTHER: &str = "other";
/// The maximum length of the text that the question shows.
const MOST_LETTERS: usize = 200;

/// The commitments that earlier imports created or changed, by the folded number of their rows.
pub(super) type Numbers = HashMap<String, Vec<CommitmentId>>;

/// Gives the rows whose commitment was not found by its text the one with their number, or asks.
pub(super) fn match_by_number(
    snapshot: &Snapshot,
    numbers: &Numbers,
    matrix: &mut ResolvedMatrix<'_>,
    choices: &Choices,
) {
    let taken: HashSet<CommitmentId> = matrix.rows.iter().filter_map(|row| row.known).collect();
    let ResolvedMatrix { rows, faults, questions, answered, .. } = matrix;
    for row in rows.iter_mut().filter(|row| row.known.is_none() && !row.rejected) {
        let Some((column, number)) = row.parsed.own_number.clone() else { continue };
        let named = numbers.get(&fold(&number)).into_iter().flatten().filter(|id| !taken.contains(id));
        let known: Vec<&Commitment> =
            named.filter_map(|id| snapshot.commitments.get(id)).filter(|one| is_of_row(snapshot, one, row)).collect();
        let [known] = known.as_slice() else { continue };
        let question = question(row, column, &number, known);
        let given = choices.answer(&question.id).map(str::to_owned);
        if matches!(given.as_deref(), Some(SAME | OTHER)) {
            answered.add(Question { given: given.clone(), ..question.clone() });
        }
        match given.as_deref() {
            Some(SAME) => {
                row.known = Some(known.id);
                row.agreement = known.fields.agreement_id.map(Ref::Known);
                row.meeting = snapshot.session_of(known).map(|session| Ref::Known(session.id));
                row.parsed.commissions.clone_from(&known.fields.commission_ids);
            }
            Some(OTHER) => {}
            _ => {
                let args = vec![("code", known.code.clone())];
                faults.push(row.reject(column, "known_number", args));
                questions.add(question);
            }
        }
    }
}

/// Checks whether a commitment is of the commission of a row, and of its session if it states one.
fn is_of_row(snapshot: &Snapshot, known: &Commitment, row: &ResolvedRow<'_>) -> bool {
    let of_commission = row.parsed.commissions.iter().any(|id| known.fields.commission_ids.contains(id));
    let of_session = match row.meeting {
        None => true,
        Some(Ref::New(_)) => false,
        Some(Ref::Known(id)) => snapshot.session_of(known).is_some_and(|session| session.id == id),
    };
    of_commission && of_session
}

fn question(row: &ResolvedRow<'_>, column: Column, number: &str, known: &Commitment) -> Question {
    let cell = row.cell_ref(column);
    Question {
        id: format!("known_number/{}", number.to_lowercase()),
        sheet: cell.sheet.to_string(),
        column: Some(letters(cell.column)),
        rows: vec![row.row.number],
        text_key: "question-known-number",
        args: vec![
            ("number", number.to_owned()),
            ("code", known.code.clone()),
            ("text", shortened(&known.fields.text, MOST_LETTERS)),
        ],
        options: vec![
            (SAME.to_owned(), Label::Key("answer-same-commitment")),
            (OTHER.to_owned(), Label::Key("answer-other-commitment")),
        ],
        given: None,
    }
}
