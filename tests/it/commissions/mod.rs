//! Commissions and what hangs on them: states, members, delegates, quorum rules, reminder policies.

mod access;
mod delegates;
mod lists;
mod memberships;
mod policies;
mod record;
mod states;
