//! The queries of commitments.

mod citations;
mod extensions;
mod filter;
mod found;
mod history;
mod imports;
mod of_session;
mod order;
mod origin;
mod pages;
mod progress_lists;
mod read;
mod references;
mod rows;
mod saved_views;
mod updates;

pub(crate) use citations::is_cited_since;
pub(crate) use extensions::{extension, extensions_of, extensions_of_assignment, insert_extension, save_extension};
pub(crate) use filter::Filter;
pub(crate) use found::{search, search_count};
pub(crate) use history::{
    add_events, changes, history, history_of_part, latest_history, past_events, was_closed_before,
};
pub(crate) use imports::{ImportOfCommitment, imports_of};
pub(crate) use of_session::{drafts_of_meeting, of_agreement, of_meeting};
pub(crate) use origin::{Origin, origin};
pub(crate) use pages::{
    MOST_RECENT, codes_of, ids_of_codes, institution_of_name, members_to_choose, recent_agreements,
};
pub(crate) use progress_lists::{
    ProgressFilter, ProgressPage, list_extensions, list_updates, reviewed_since, waiting_institutions,
};
pub(crate) use read::{
    all_of_country, code_is_taken, commitments, commitments_of_commissions, count, find, known_countries, list,
    list_shown, open_with_rule, since, with_open_part,
};
pub(crate) use references::{
    SourceRecord, agreement, decided_days, depending_on, meeting, previous_sessions, territory,
};
pub(crate) use rows::{
    announce, delete, insert, insert_assignment, remove_assignment, save_assignment, save_assignment_terms, save_state,
    update,
};
pub(crate) use saved_views::{MOST_VIEWS, SavedView, forget_view, keep_view, views_of};
pub(crate) use updates::{
    find_update, insert_update, remove_review, remove_updates, review, standing_updates, updates_by_id, updates_of,
    updates_of_assignment,
};
