//! The work of the people, from beginning to end, each once in Spanish with scripts, in English without scripts, and by
//! keyboard alone. The fields are found by their names, so that one text serves both languages; the sentences that matter
//! are stated in both.

mod activity;
mod annual_report;
mod changed_term;
mod ended_session;
mod extension;
mod forgotten_password;
mod invitation;
mod joint_session;
mod matrix_import;
mod missing_mail;
mod new_country;
mod periodic_report;
mod reporting;
mod review;
mod second_factor;
mod two_editors;
