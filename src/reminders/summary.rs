//! The summary of the week for one person: what waits, by reason, and the notices that waited for it.

use std::collections::BTreeMap;

use super::email::notice_blocks;
use crate::i18n::{Lang, day, text, text_with};
use crate::mail::{Block, Email, EmailBody, ListItem, Recipient};
use crate::pending::{PendingItem, PendingReason};

/// The number of items of one reason that the summary lists.
const LISTED: usize = 10;

/// Composes the summary of a person, in the person's language; `None` when there is nothing to report.
pub(super) fn summary(to: &Recipient, items: &[PendingItem], notices: &[EmailBody], url: &str) -> Option<Email> {
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

fn by_reason(items: &[PendingItem]) -> BTreeMap<PendingReason, Vec<&PendingItem>> {
    let mut reasons: BTreeMap<PendingReason, Vec<&PendingItem>> = BTreeMap::new();
    for item in items {
        reasons.entry(item.reason).or_default().push(item);
    }
    reasons
}

fn of_reason(lang: Lang, reason: PendingReason, items: &[&PendingItem]) -> Vec<Block> {
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
fn listed(lang: Lang, item: &PendingItem) -> ListItem {
    let date = item.due_to.unwrap_or_else(|| item.since.utc().date_naive());
    ListItem {
        code: item.code.clone().unwrap_or_else(|| item.title.clone()),
        state: text(lang, date_key(item), &[("date", day(lang, date))]),
        lines: item.code.iter().map(|_| item.title.clone()).collect(),
        path: item.link.clone(),
    }
}

/// Returns the locale key of the words for the date of an item.
const fn date_key(item: &PendingItem) -> &'static str {
    match (item.due_to, item.reason) {
        (None, _) => "pending-date-since",
        (Some(_), PendingReason::SessionUpcoming | PendingReason::SessionToConvene) => "pending-date-on",
        (Some(_), PendingReason::MinutesOpenForComments) => "pending-date-until",
        (Some(_), _) if item.overdue_days.is_some() => "pending-date-overdue",
        (Some(_), _) => "pending-date-due",
    }
}
