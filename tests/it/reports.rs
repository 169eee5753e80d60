//! The annual progress report.
