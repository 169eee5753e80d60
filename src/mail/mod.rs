//! Mail: messages, the outbox in which they wait, and the transports.
//!
//! A use case enqueues in its own transaction ([`enqueue`]), so a mail is never lost, and never sent for a change that
//! was rolled back. Sending leases a few deliveries in a short transaction, sends outside of any transaction, and marks
//! each: `queued -> sending -> sent | queued (put off) | failed | dropped`. A mail that was sent is marked before the
//! next one begins on the same connection. A killed worker therefore leaves at most one mail per connection that is
//! sent once more. The copy has the same `Message-ID`, and most mail programs show it once.

mod address;
mod markup;
mod message;
mod outbox;
mod transport;

pub use address::address_fault;
pub(crate) use message::LARGEST_ATTACHMENT;
pub use message::{Attachment, Block, Email, EmailBody, Invitation, ListItem, Recipient};
pub use outbox::{
    Backlog, Composed, DeliveryOutcome, DeliveryStatus, LeasedDelivery, NewDelivery, RETRY_PERIOD, SendResult, SendRun,
    backlog, compose, count_since, drop_queued, enqueue, is_waiting, never, purge, send_due, sent_to, show_to,
};
pub use transport::{Mailer, MemoryBox, Refusal};
