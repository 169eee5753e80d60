//! Answers that must agree with one another.

use super::{Found, ReportFindingCode as Code, wording};
use crate::reports::form::option_label;
use crate::reports::model::QuestionAsked;

/// The question that marks kinds of partners, and the one that names the partners.
const PARTNERS: &[(&str, &str)] =
    &[("intl_partner_types", "intl_partner_detail"), ("national_partner_types", "national_partner_detail")];

pub fn judge(found: &mut Found<'_>, asked: &QuestionAsked, all: &[QuestionAsked]) {
    let answered = |key: &str| all.iter().find(|other| other.key == key);
    if let Some((_, detail)) = PARTNERS.iter().find(|(types, _)| *types == asked.key)
        && let Some(detail) = answered(detail)
    {
        partner_types(found, asked, detail);
    }
    if asked.key == "evaluation_tools_detail"
        && let Some(tools) = answered("evaluation_tools")
    {
        proof_of_tools(found, asked, tools);
    }
}

/// Every kind that is marked has a partner that is named, and the other way round; where partners are told in words
/// alone, nothing can be compared.
fn partner_types(found: &mut Found<'_>, types: &QuestionAsked, detail: &QuestionAsked) {
    let marked = &types.answer.choices;
    let named: Vec<&String> = detail.answer.rows.iter().filter_map(|row| row.partner_type.as_ref()).collect();
    if detail.answer.rows.is_empty() {
        return;
    }
    let labels = |keys: Vec<&String>| {
        let labels: Vec<String> = keys.iter().map(|key| option_label(&types.key, key, found.words.lang)).collect();
        found.words.list(&labels)
    };
    let unnamed = labels(marked.iter().filter(|kind| !named.contains(kind)).collect());
    let mut missing: Vec<&String> = named.iter().copied().filter(|kind| !marked.contains(kind)).collect();
    missing.sort_unstable();
    missing.dedup();
    let unmarked = labels(missing);
    for (kinds, name) in [(unnamed, "partner_type_unnamed"), (unmarked, "partner_type_unmarked")] {
        if !kinds.is_empty() {
            found.add_with(Code::PartnerTypeMismatch, "/choices", name, &[("kinds", kinds)]);
        }
    }
}

/// Whoever marks a tool shows what it gave: a link, a paper, a register.
fn proof_of_tools(found: &mut Found<'_>, detail: &QuestionAsked, tools: &QuestionAsked) {
    let used = tools.answer.choices.iter().any(|tool| tool != "not_applicable");
    let text = detail.answer.text.as_deref().unwrap_or_default();
    if used && (wording::is_blank(text) || !wording::cites_a_paper(text)) {
        found.add(Code::EvidenceMissing, "/text");
    }
}
