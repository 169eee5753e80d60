//! Mail: messages, the outbox they wait in, and the ways out.
//!
//! A use case enqueues in its own transaction ([`enqueue`]); a mail that was promised is neither lost nor sent for
//! a change that was rolled back. Sending leases a few deliveries in a short transaction, sends outside of any,
//! and marks each: `queued -> sending -> sent | queued (put off) | failed | dropped`. A crash between sending and
//! marking sends once more with the same `Message-ID`, which mail programs show once.

mod message;
mod outbox;
mod transport;

pub use message::{Attachment, Letter, page};
pub use outbox::{
    Backlog, Composed, DeliveryStatus, LIFE, Leased, NewDelivery, Outcome, Posting, Recipient, Round, backlog, enqueue,
    never, recipient_key, send_due, show_to,
};
pub use transport::{Mailer, MemoryBox, Refusal};

/// Whether a text is a mail address that can be sent to.
pub fn is_address(text: &str) -> bool {
    text.parse::<lettre::Address>().is_ok() && text.rsplit_once('@').is_some_and(|(_, domain)| !domain.is_empty())
}
