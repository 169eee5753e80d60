//! What commissions decide.
