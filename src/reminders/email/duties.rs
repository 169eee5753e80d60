//! The periodic reports in the mail of the day: one item for each report that an institution owes, with the link to its
//! form.

use super::state;
use crate::i18n::{self, Lang, text, text_with};
use crate::mail::{Block, ListItem};
use crate::notifications::why;
use crate::reminders::model::DutyReminder;

/// The longest title of a report in a mail, in characters.
const MOST_TITLE: usize = 150;

/// Returns the list of reports: those that are missing, then those that are due; with their own reasons if `with_reasons`.
pub(super) fn report_blocks(lang: Lang, reminders: &[DutyReminder], with_reasons: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    if reminders.is_empty() {
        return blocks;
    }
    blocks.push(Block::Text(text_with(lang, "reminder-reports-intro", &[("count", reminders.len().into())])));
    let (missing, due): (Vec<_>, Vec<_>) = reminders.iter().partition(|one| one.step.today > one.step.due);
    for (key, part) in [("reminder-heading-reports-missing", missing), ("reminder-heading-reports-due", due)] {
        if !part.is_empty() {
            blocks.push(Block::Heading(text(lang, key, &[("count", part.len().to_string())])));
            blocks.push(Block::List(part.into_iter().map(|one| item(lang, one, with_reasons)).collect()));
        }
    }
    blocks
}

fn item(lang: Lang, one: &DutyReminder, with_reasons: bool) -> ListItem {
    let step = &one.step;
    let period = [("period", i18n::date(lang, &step.period))];
    let mut lines = vec![
        text(lang, "reminder-period", &period),
        text(lang, "reminder-institution", &[("institution", one.institution.clone())]),
    ];
    if with_reasons {
        lines.push(reason(lang, one));
    }
    ListItem { code: title(one), state: state(lang, step.due, step.today), lines, path: step.link() }
}

/// Returns the reason for which the reader gets a reminder.
pub(super) fn reason(lang: Lang, one: &DutyReminder) -> String {
    why(lang, one.reason, &one.institution)
}

/// Returns the title of a report, shortened.
pub(super) fn title(one: &DutyReminder) -> String {
    one.step.duty.fields.title.chars().take(MOST_TITLE).collect()
}
