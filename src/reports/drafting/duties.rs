//! Periodic reports of institutions: received ones are a tool of evaluation, missing ones a difficulty in collecting
//! evidence. Only reports that were asked for and are due count, with the numbers of the matrix.

use super::answer_builder::AnswerBuilder;
use super::context::Context;
use crate::duties::{DutyCounts, DutyFigures, DutyRecord};
use crate::rendering::escape_line;
use crate::reports::words::sentence;

/// Returns a sentence for each duty with the reports on its periods of the report.
pub(super) fn tools(context: &Context<'_>, answer: &mut AnswerBuilder) -> Vec<String> {
    let mut sentences = Vec::new();
    for (record, figures) in due(context) {
        let counts = &figures.counts;
        if counts.answered() == 0 {
            continue;
        }
        cite(context, answer, record);
        let args = [
            ("title", title(context, record)),
            ("due", number(context, number_due(counts))),
            ("institutions", context.number(figures.institutions)),
        ];
        let received = context.count_with("draft-duty", count(counts.answered()), &args);
        let kinds = [
            ("draft-duty-zero", counts.zero),
            ("draft-duty-nothing", counts.nothing),
            ("draft-duty-late", counts.late),
        ];
        let kinds: Vec<String> =
            kinds.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| context.count_with(key, count(n), &[])).collect();
        sentences.push(match kinds.is_empty() {
            true => sentence(&received),
            false => sentence(&format!("{received}: {}", context.words.list(&kinds))),
        });
    }
    sentences
}

/// Lists the reports that were asked for and are missing, by duty.
pub(super) fn gaps(context: &Context<'_>, answer: &mut AnswerBuilder) {
    for (record, figures) in due(context) {
        let counts = &figures.counts;
        if counts.missing > 0 {
            cite(context, answer, record);
            let args = [("title", title(context, record)), ("due", number(context, number_due(counts)))];
            answer.bullet(0, &sentence(&context.count_with("draft-duty-missing", count(counts.missing), &args)));
        }
    }
}

/// Returns the duties with reports that are due, and their figures.
fn due<'a>(context: &Context<'a>) -> Vec<(&'a DutyRecord, DutyFigures)> {
    let today = context.records.today.unwrap_or(context.to);
    let all = context.records.duties.iter().map(|one| (one, one.figures((context.from, context.to), today)));
    all.filter(|(_, figures)| number_due(&figures.counts) > 0).collect()
}

/// Returns the number of reports that were asked for and are there or due. Those that were waived are not asked for.
fn number_due(counts: &DutyCounts) -> u32 {
    counts.answered() + counts.missing
}

fn title(context: &Context<'_>, record: &DutyRecord) -> String {
    let fields = &record.duty.fields;
    escape_line(fields.translations.or_original("title", context.lang(), &fields.title))
}

fn count(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn number(context: &Context<'_>, n: u32) -> String {
    context.number(count(n))
}

/// Cites the commissions to which the institutions report.
fn cite(context: &Context<'_>, answer: &mut AnswerBuilder, record: &DutyRecord) {
    for commission in record.duty.fields.commission_ids.iter().filter_map(|id| context.records.commission(*id)) {
        answer.cite_commission(commission);
    }
}
