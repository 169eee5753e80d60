//! Rules of a person's answer, as pure functions of the question and what was sent.

use super::model::{AnswerInput, AnswerRow, SourceKind};
use super::questionnaire::Question;
use crate::error::Faults;

/// The options of the question whose rows name parties and levels; the others name partners and kinds.
const STAKEHOLDERS: &str = "stakeholder_involvement";

/// What the question does not take. How many are chosen is a finding, never a fault: saving is not blocked.
pub fn check(question: &Question, input: &AnswerInput, faults: &mut Faults) {
    if question.is_choice() {
        for (n, choice) in input.choices.iter().enumerate() {
            offered(question, choice, &format!("/choices/{n}"), faults);
        }
    } else {
        faults.items("/choices", input.choices.len(), 0);
    }
    if !question.holds_rows() {
        faults.items("/rows", input.rows.len(), 0);
        return;
    }
    for (n, row) in input.rows.iter().enumerate() {
        check_row(question, row, &format!("/rows/{n}"), faults);
    }
}

fn check_row(question: &Question, row: &AnswerRow, at: &str, faults: &mut Faults) {
    let of_partners = [
        ("partner", row.partner.is_some()),
        ("partner_type", row.partner_type.is_some()),
        ("description", row.description.is_some()),
    ];
    let of_parties = [
        ("stakeholder", row.stakeholder.is_some()),
        ("involvement", row.involvement.is_some()),
        ("participation_level", !row.participation_level.is_empty()),
    ];
    let parties = question.key == STAKEHOLDERS;
    let (own, foreign) = if parties { (of_parties, of_partners) } else { (of_partners, of_parties) };
    let (name, named) = own[0];
    if !named {
        faults.add(format!("{at}/{name}"), "required");
    }
    for (field, _) in foreign.iter().filter(|(_, there)| *there) {
        faults.add_with(format!("{at}/{field}"), "not_together", vec![("field", name.to_owned())]);
    }
    if let Some(kind) = row.partner_type.as_ref().filter(|_| !parties) {
        offered(question, kind, &format!("{at}/partner_type"), faults);
    }
    for (n, level) in row.participation_level.iter().enumerate().filter(|_| parties) {
        offered(question, level, &format!("{at}/participation_level/{n}"), faults);
    }
}

fn offered(question: &Question, option: &str, at: &str, faults: &mut Faults) {
    if !question.offers(option) {
        faults.add_with(at, "not_a_choice", vec![("allowed", question.options.join(", "))]);
    }
}

/// What a person reads for a kind of record.
pub fn source_key(kind: SourceKind) -> String {
    format!("report-source-{}", kind.as_str().replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::questionnaire::QUESTIONS;

    fn faults(key: &str, input: &AnswerInput) -> Vec<(String, &'static str)> {
        let question = QUESTIONS.iter().find(|question| question.key == key).unwrap();
        let mut faults = Faults::default();
        check(question, input, &mut faults);
        faults.list.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    }

    #[test]
    fn a_narrative_takes_neither_choices_nor_rows() {
        let input =
            AnswerInput { choices: vec!["yes".into()], rows: vec![AnswerRow::default()], ..AnswerInput::default() };
        assert_eq!(faults("highlights", &input), [("/choices".into(), "too_many"), ("/rows".into(), "too_many")]);
    }

    #[test]
    fn a_choice_is_one_of_those_offered() {
        let input = AnswerInput { choices: vec!["great".into(), "superb".into()], ..AnswerInput::default() };
        assert_eq!(faults("overall_rating", &input), [("/choices/1".into(), "not_a_choice")]);
    }

    #[test]
    fn rows_name_what_their_question_is_about() {
        let row = AnswerRow { partner: Some("OIT".into()), partner_type: Some("ilo".into()), ..AnswerRow::default() };
        let input = AnswerInput { rows: vec![row], ..AnswerInput::default() };
        assert!(faults("intl_partner_detail", &input).is_empty());
        assert_eq!(faults("national_partner_detail", &input), [("/rows/0/partner_type".into(), "not_a_choice")]);
        let wrong = faults("stakeholder_involvement", &input);
        assert!(wrong.contains(&("/rows/0/stakeholder".into(), "required")), "{wrong:?}");
        assert!(wrong.contains(&("/rows/0/partner".into(), "not_together")), "{wrong:?}");
    }
}
