//! Commissions, memberships, delegates, operational states, reminder policies.
