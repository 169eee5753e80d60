//! Mail: messages, the outbox in which they wait, and the transports.
//!
//! A use case enqueues in its own transaction ([`enqueue`]), so a mail is never lost, and never sent for a change that
//! was rolled back. Sending leases a few deliveries in a short transaction, sends outside of any transaction, and marks
//! each: `queued -> sending -> sent | queued (put off) | failed | dropped`. A mail that was sent is marked before the
//! next one begins on the same connection. A killed worker therefore leaves at most one mail per connection that is
//! sent once more. The copy has the same `Message-ID`, and most mail programs show it once.

mod markup;
mod message;
mod outbox;
mod transport;

pub use message::{Attachment, Block, Email, EmailBody, Invitation, ListItem, Recipient};
pub use outbox::{
    Backlog, Composed, DeliveryOutcome, DeliveryStatus, LeasedDelivery, NewDelivery, RETRY_PERIOD, SendResult, SendRun,
    backlog, compose, count_since, drop_queued, enqueue, is_waiting, never, purge, send_due, sent_to, show_to,
};
pub use transport::{Mailer, MemoryBox, Refusal};

use crate::error::Faults;

/// Returns the reason for which mail cannot be sent to an address: `parts` (not name@domain), `name`, `domain` or
/// `length`.
pub fn address_fault(text: &str) -> Option<&'static str> {
    use lettre::address::AddressError;
    match text.parse::<lettre::Address>() {
        _ if text.len() > 254 => Some("length"),
        // The domain is an IP address.
        Ok(address) if address.domain().starts_with('[') => Some("domain"),
        Ok(_) => None,
        Err(AddressError::InvalidUser) => Some("name"),
        Err(AddressError::InvalidDomain) if text.contains('@') => Some("domain"),
        Err(_) => Some("parts"),
    }
}

impl Faults {
    /// Checks an optional mail address.
    pub fn email(&mut self, pointer: &str, email: Option<&String>) {
        if let Some(reason) = email.and_then(|email| address_fault(email)) {
            self.add_with(pointer, "invalid_email", vec![("reason", reason.to_owned())]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_refused_for_a_reason() {
        for (text, fault) in [
            ("ana.rojas@example.org", None),
            ("ana@localhost", None),
            ("peña@ministerio.cl", None),
            ("ana", Some("parts")),
            ("@example.org", Some("name")),
            ("ana rojas@example.org", Some("name")),
            ("ana@", Some("domain")),
            ("ana@exam ple.org", Some("domain")),
            ("Ana <ana@example.org>", Some("name")),
            ("ana@[127.0.0.1]", Some("domain")),
            ("ana@[IPv6:::1]", Some("domain")),
        ] {
            assert_eq!(address_fault(text), fault, "{text}");
        }
        assert_eq!(address_fault(&format!("{}@example.org", "a".repeat(300))), Some("length"));
    }
}
