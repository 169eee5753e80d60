//! Mail: messages, the outbox they wait in, and the ways out.

/// Whether a text is a mail address that can be sent to.
pub fn is_address(text: &str) -> bool {
    text.parse::<lettre::Address>().is_ok() && text.rsplit_once('@').is_some_and(|(_, domain)| !domain.is_empty())
}
