//! HTML components of the web pages. They know no slice: a page of a slice passes them texts and addresses.
//!
//! [`Frame`] is what surrounds every page of a reader: language, name, navigation. [`View`] is the content of one page.
//! [`FormView`] is a form with what was typed and its faults; [`Field`] draws one field of it. Every component is shown
//! once on `/ui`, the page that the tests look at.

mod assets;
mod back;
mod date;
mod evidence;
mod fields;
mod form;
mod gallery;
mod layout;
mod parts;
mod problem;
mod table;
mod tone;

pub(crate) use assets::{asset, brand_asset, favicon, hashed_path, lasting_asset};
pub(crate) use back::Back;
pub(crate) use date::{
    ago, beginning, date_in_figures, date_in_words, day_in_words, due_in_words, elapsed, moment, month_in_words,
    short_date, short_day, short_period, weekday_in_words, with_months_of,
};
pub(crate) use evidence::{evidence_list, evidence_rows};
pub(crate) use fields::{Choice, Field};
pub(crate) use form::FormView;
pub(crate) use gallery::gallery;
pub(crate) use layout::{Entry, Frame, View, document, send};
pub(crate) use parts::{
    Event, Segment, actions, button_link, confirmation, contact, danger_link, description, empty, facts, long, notice,
    panel, prose, rendered, segments, tabs, tag, text_preview, timeline,
};
pub(crate) use problem::error_page;
pub(crate) use table::{
    Column, chips, country_field, filters, filters_in_force, pager, pager_of, table, table_with_total, total,
};
pub(crate) use tone::Tone;
