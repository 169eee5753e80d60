//! The summary of the week for one person: what waits, by reason, and the notices that waited for it.

use std::collections::BTreeMap;

use super::email::{WaitingItem, notice_blocks};
use crate::i18n::{Lang, day, text, text_with};
use crate::mail::{Block, Email, EmailBody, ListItem, Recipient};
use crate::pending::PendingReason;

/// The number of items of one reason that the summary lists.
const LISTED: usize = 10;

/// Composes the summary of a person, in the person's language; `None` when there is nothing to report.
pub(super) fn summary(to: &Recipient, items: &[WaitingItem], notices: &[EmailBody], url: &str) -> Option<Email> {
    if items.is_empty() && notices.is_empty() {
        return None;
    }
    let lang = to.language;
    let mut blocks = Vec::new();
    if !items.is_empty() {
        blocks.push(Block::Text(text(lang, "summary-intro", &[])));
        blocks.push(Block::Link(text(lang, "reminder-link", &[]), "/".to_owned()));
    }
    for (reason, items) in by_reason(items) {
        blocks.extend(of_reason(lang, reason, &items));
    }
    blocks.extend(notice_blocks(lang, notices));
    let key = if items.is_empty() { "summary-subject-notices" } else { "summary-subject" };
    let count = if items.is_empty() { notices.len() } else { items.len() };
    let mut body = EmailBody::new(lang, text_with(lang, key, &[("count", count.into())]), blocks);
    body.greeting = match &to.name {
        Some(name) => text(lang, "mail-greeting", &[("name", name.clone())]),
        None => text(lang, "mail-greeting-all", &[]),
    };
    body.footer = text(lang, "summary-footer", &[]);
    Some(body.render(url))
}

fn by_reason(items: &[WaitingItem]) -> BTreeMap<PendingReason, Vec<&WaitingItem>> {
    let mut reasons: BTreeMap<PendingReason, Vec<&WaitingItem>> = BTreeMap::new();
    for one in items {
        reasons.entry(one.item.reason).or_default().push(one);
    }
    reasons
}

fn of_reason(lang: Lang, reason: PendingReason, items: &[&WaitingItem]) -> Vec<Block> {
    let name = format!("start-reason-{}", reason.as_str().replace('_', "-"));
    let args = [("reason", text(lang, &name, &[])), ("count", items.len().to_string())];
    let listed: Vec<ListItem> = items.iter().take(LISTED).map(|item| listed(lang, item)).collect();
    let mut blocks = vec![Block::Heading(text(lang, "summary-heading", &args)), Block::List(listed)];
    if items.len() > LISTED {
        blocks.push(Block::Text(text(lang, "summary-more", &[("count", (items.len() - LISTED).to_string())])));
    }
    blocks
}

/// Returns the line of an item: its code or title, and its date. The heading above it states the reason.
fn listed(lang: Lang, WaitingItem { item, since }: &WaitingItem) -> ListItem {
    let (key, date) = match item.due_to {
        None => ("pending-date-since", *since),
        Some(due) => (date_key(item.reason, item.overdue_days.is_some()), due),
    };
    ListItem {
        code: item.code.clone().unwrap_or_else(|| item.title.clone()),
        state: text(lang, key, &[("date", day(lang, date))]),
        lines: item.code.iter().map(|_| item.title.clone()).collect(),
        path: item.link.clone(),
    }
}

/// Returns the locale key of the words for the term of an item.
const fn date_key(reason: PendingReason, is_overdue: bool) -> &'static str {
    use PendingReason as R;
    match reason {
        R::SessionUpcoming | R::SessionToConvene => "pending-date-on",
        R::MinutesOpenForComments => "pending-date-until",
        // The term is that of the comments, and may be past.
        R::MinutesToApprove => "pending-date-comments-until",
        // The part may be completed, so that its term does not pass any more.
        R::ReviewPending | R::ExtensionPending | R::ExtensionDecided => "pending-date-term",
        _ if is_overdue => "pending-date-overdue",
        _ => "pending-date-due",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_for_a_term_hold_for_past_and_coming_days() {
        use PendingReason as R;
        for (reason, coming, past) in [
            (R::ReviewPending, "plazo: X", "plazo: X"),
            (R::ExtensionPending, "plazo: X", "plazo: X"),
            (R::ExtensionDecided, "plazo: X", "plazo: X"),
            (R::MinutesToApprove, "observaciones hasta el X", "observaciones hasta el X"),
            (R::MinutesOpenForComments, "hasta el X", "hasta el X"),
            (R::SessionToConvene, "el X", "el X"),
            (R::DueSoon, "vence el X", "venció el X"),
            (R::InstitutionOverdue, "vence el X", "venció el X"),
        ] {
            let words = |is_overdue| text(Lang::Es, date_key(reason, is_overdue), &[("date", "X".to_owned())]);
            assert_eq!((words(false).as_str(), words(true).as_str()), (coming, past), "{reason}");
        }
    }
}
