//! Who is told of what happens: the people of an institution, or a secretariat.
//!
//! **An institution** is told through its delegates in the commission today, principals and alternates; else its
//! representatives; else its own address; else the secretariat, which is also told why. A delegate or representative
//! who signs in must be able to see the record, and a delegate speaks only while the institution sits. Nothing
//! **restricted** goes to the address of an institution, since whoever edits the institution chooses it: the
//! secretariat is told instead. **A secretariat** is the holders of that grant, else the coordinators of the country,
//! else the address of the institution with that role. A disabled person is not written to, whoever names the address.
//! [`Contacts`] holds these rules; [`contacts`] loads the data for them.
//!
//! A **notice** is a mail for each person told, put into the outbox in the transaction of the change ([`tell`]): once,
//! in the reader's language, never to the person who made the change (save to say that nobody else can be told), and never in
//! a silent transaction (an import).

mod actions;
mod model;
mod store;

pub use actions::{Addressee, addressees_in_secretariat, addressees_of_institutions, notify};
pub use model::{Contact, Contacts, Reason, RecordScope, why};
pub use store::contacts;
