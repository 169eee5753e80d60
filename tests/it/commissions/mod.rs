//! Commissions with their states, memberships, delegates, quorum rules and reminder policies.

mod access;
mod delegates;
mod lists;
mod memberships;
mod record;
mod reminder_policy;
mod states;
