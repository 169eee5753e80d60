//! The agenda of a session: a whole list, replaced as one.

mod actions;
mod api;
mod model;
mod store;

pub use actions::put as put_agenda;
pub use api::routes;
pub use model::{AgendaItemInput, AgendaKind};
pub use store::of_meetings as agenda_of_meetings;
