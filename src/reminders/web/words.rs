//! Kinds, states and reasons of deliveries in words.

use crate::i18n::find;
use crate::mail::DeliveryStatus;
use crate::reminders::store::Delivery;
use crate::ui::{Frame, Tone};

/// The kinds of mail that are not events of the preferences, or that nobody may turn off.
pub(super) const OTHER_KINDS: &[&str] = &[
    "reminder",
    "summary",
    "convocation",
    "session_changed",
    "session_cancelled",
    "notice_withdrawn",
    "invitation",
    "grant_added",
    "password_reset",
    "sign_in_link",
    "password_changed",
    "address_changed",
    "second_factor_changed",
    "token_made",
];

/// Returns the kind of a mail in words; its code for an unknown one.
pub(super) fn kind_of(frame: &Frame, kind: &str) -> String {
    let code = kind.replace('_', "-");
    let word = |family: &str| find(frame.lang, &format!("{family}-{code}"), &[]);
    word("deliveries-kind").or_else(|| word("account-event")).unwrap_or_else(|| kind.to_owned())
}

/// Returns the state of a delivery in words, with its colour.
pub(super) fn state_of(frame: &Frame, status: DeliveryStatus) -> (Tone, String) {
    let tone = match status {
        DeliveryStatus::Sent => Tone::Done,
        DeliveryStatus::Failed => Tone::Overdue,
        DeliveryStatus::Queued | DeliveryStatus::Sending => Tone::Open,
        DeliveryStatus::Dropped => Tone::Neutral,
    };
    (tone, frame.word("deliveries-status", status.as_str()))
}

/// Returns the reason for which a mail did not arrive or is late; none for one that was sent at once.
pub(super) fn reason_of(frame: &Frame, delivery: &Delivery) -> Option<String> {
    match (delivery.status, &delivery.last_error) {
        (DeliveryStatus::Dropped, _) => Some(frame.t("deliveries-reason-dropped")),
        (DeliveryStatus::Sent, _) | (_, None) => None,
        (_, Some(error)) => Some(frame.t(&format!("deliveries-reason-{}", cause_of(error)))),
    }
}

/// Returns the cause that the answer of a mail server states: its code of three digits (RFC 5321), else its words.
fn cause_of(error: &str) -> &'static str {
    let parts = error.split(|c: char| !c.is_ascii_digit());
    let code = parts.filter(|part| part.len() == 3).find(|part| part.starts_with(['4', '5']));
    match code {
        Some("550" | "551" | "553" | "556") => "unknown-address",
        Some("452" | "552") => "mailbox-full",
        Some("541" | "554" | "571") => "refused",
        Some("530" | "534" | "535" | "538") => "sign-in",
        Some(code) if code.starts_with('4') => "temporary",
        Some(_) => "refused",
        None => {
            let folded = error.to_lowercase();
            let is_unreachable = ["connect", "timed out", "timeout", "lookup", "network", "resolve", "refused"];
            if is_unreachable.iter().any(|word| folded.contains(word)) { "unreachable" } else { "other" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cause_of_a_failure_is_read_from_the_answer_of_the_server() {
        for (error, cause) in [
            ("permanent error (550): no such mailbox", "unknown-address"),
            ("permanent error (552): 5.2.2 mailbox full", "mailbox-full"),
            ("permanent error (554): rejected as spam", "refused"),
            ("transient error (451): greylisted, try later", "temporary"),
            ("permanent error (535): authentication failed", "sign-in"),
            ("Connection error: Connection refused (os error 111)", "unreachable"),
            ("the payload cannot be read", "other"),
        ] {
            assert_eq!(cause_of(error), cause, "{error}");
        }
    }
}
