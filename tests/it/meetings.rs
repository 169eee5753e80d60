//! Sessions: agenda, attendance, quorum, minutes.
