//! Notifications: who is notified of a change, and the mail for each person.
//!
//! **An institution** is notified through its delegates in the commission today, principals and alternates; else its
//! representatives; else its own address; else the secretariat, with the reason. A delegate or representative who signs
//! in must be able to see the record, and delegates count only while the institution is a member. Nothing
//! **restricted** is sent to the address of an institution, because anybody who may edit the institution chooses it:
//! the secretariat is notified instead. **A secretariat** is the holders of that grant, else the coordinators of the
//! country, else the address of the institution with that role. A disabled person gets no mail, even at an address that
//! an institution or a delegate names. [`Contacts`] holds these rules; [`contacts`] loads the data for them.
//!
//! [`Event`] lists the events; [`Reason`] is why a person gets a mail, and a new event rarely needs a new one.
//! [`addressees_of_institutions`] finds the readers of parties or members, [`addressees_of_convened`] those of a session,
//! [`addressees_in_secretariat`] the secretariat's, [`addressees_of_report`] a report's. [`notify`] queues one mail for each person, in the person's language, in the
//! transaction of the change; or a [`WaitingNotice`], for people who chose the mail of the day or of the week
//! (`preferences.rs`). The person who made the change gets none, unless an institution cannot be notified. A silent
//! transaction (an import) queues nothing. [`withdraw`] withdraws the notices about a record that was deleted,
//! cancelled or made a draft. Answers to these mails go to the secretariat.

mod actions;
mod contact_changes;
mod delegates;
mod events;
mod joint;
mod model;
mod preferences;
mod store;
mod waiting;
mod web;
mod withdraw;

pub(crate) use actions::{
    Addressee, ExpectedMails, addressees_in_secretariat, addressees_of_convened, addressees_of_institutions,
    addressees_of_people, addressees_of_report, expected_convocation, expected_mails, notify, notify_from, parties,
};
pub(crate) use contact_changes::mail_contact_changes;
pub(crate) use delegates::routes as delegate_routes;
pub(crate) use events::{Event, RecordKind, RecordRef};
pub(crate) use joint::{JointRecord, notify_joint};
pub(crate) use model::{Contacts, Reason, RecordScope, why};
#[cfg(test)]
pub(crate) use model::{Delegate, Period, Representative};
pub(crate) use preferences::{Timing, chosen_timings, routes};
pub(crate) use store::contacts;
pub(crate) use waiting::{
    AttachedNotice, WaitingNotice, attach as attach_notices, of_mails as notices_of, purge as purge_notices,
    remove as remove_notices, waiting as waiting_notices,
};
pub(crate) use web::pages;
pub(crate) use withdraw::{drop_waiting, drop_waiting_on, withdraw, withdraw_from};
