//! The queries of commitments.

mod citations;
mod extensions;
mod filter;
mod found;
mod history;
mod order;
mod origin;
mod progress_lists;
mod read;
mod references;
mod rows;
mod updates;

pub(crate) use citations::is_cited_since;
pub(crate) use extensions::{extension, extensions_of, extensions_of_assignment, insert_extension, save_extension};
pub(crate) use filter::Filter;
pub(crate) use found::{search, search_count};
pub(crate) use history::{add_events, changes, history, past_events, was_closed_before};
pub(crate) use origin::{Origin, origin};
pub(crate) use progress_lists::{ProgressFilter, list_extensions, list_updates};
pub(crate) use read::{
    all_of_country, code_is_taken, commitments, commitments_of_commissions, drafts_of_meeting, find, known_countries,
    list, open_with_rule, since, with_open_part,
};
pub(crate) use references::{
    SourceRecord, agreement, decided_days, depending_on, meeting, previous_sessions, territory,
};
pub(crate) use rows::{
    announce, delete, insert, insert_assignment, remove_assignment, save_assignment, save_assignment_terms, save_state,
    update,
};
pub(crate) use updates::{
    find_update, insert_update, remove_review, remove_updates, review, standing_updates, updates_by_id, updates_of,
    updates_of_assignment,
};
