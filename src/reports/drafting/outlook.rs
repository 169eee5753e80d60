//! What only people can answer: the last report's words are offered, and facts that bear on the choice are named.

use super::frame::Frame;
use super::sheet::Sheet;
use crate::plans::PlanItemKind;
use crate::reports::model::SourceKind;
use crate::reports::words::plain;

/// What a person wrote in the country's last report, to be confirmed or changed.
pub fn as_before(frame: &Frame<'_>, key: &str) -> Sheet {
    let mut sheet = Sheet::default();
    let Some(previous) = &frame.records.previous else { return sheet };
    let period = frame.words.period(previous.period_from, previous.period_to);
    let choices = previous.choices.get(key).map(Vec::as_slice).unwrap_or_default();
    let text = previous.texts.get(key);
    if choices.is_empty() && text.is_none() {
        return sheet;
    }
    choices.iter().for_each(|choice| sheet.choose(choice));
    sheet.paragraph(&frame.say("draft-as-before", &[("period", period.clone())]));
    if let Some(text) = text {
        sheet.paragraph(text);
    }
    sheet.cite(SourceKind::Report, previous.id, &period);
    sheet
}

/// `roadmap_review_needed`: priorities whose own period is over before the report's begins. No verdict.
pub fn review(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let over = |end: &chrono::NaiveDate| *end < frame.from;
    let past: Vec<_> = frame
        .records
        .roadmap
        .items
        .iter()
        .filter(|item| item.kind == PlanItemKind::Priority && item.step.period_to.as_ref().is_some_and(over))
        .collect();
    if past.is_empty() {
        return sheet;
    }
    sheet.paragraph(&frame.count("draft-priorities-over", past.len()));
    for item in past {
        let end = item.step.period_to.map(|day| frame.words.end(day)).unwrap_or_default();
        sheet.bullet(0, &format!("{} ({end}).", plain(&item.step.title)));
        sheet.cite(SourceKind::PlanItem, item.step.id, &item.step.title);
    }
    sheet
}
