//! The frame of the page of an error: the navigation of the person who reads it, as far as the person is known.

use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest};

use super::frame::{frame_of, frame_of_name};
use super::visitor::{SignedIn, Visitor};
use crate::http::{State, language};
use crate::identity::reader::Reader;
use crate::ui::Frame;

/// Returns the frame of the page of an error.
///
/// The work that failed has loaded the person. When it failed before that, the person is loaded here, but not after a
/// failure of the program or of the database. Without a person, the page has the frame of those who are not signed in.
pub(crate) async fn frame_of_error(request: &HttpRequest, is_failure: bool) -> Frame {
    let known = request.extensions().get::<Reader>().cloned();
    let reader = match known {
        Some(reader) if reader.actor().is_some() || is_failure => Some(reader),
        None if is_failure => None,
        _ => load(request).await,
    };
    let frame = match reader.as_ref().and_then(Reader::actor) {
        Some(actor) => frame_of(actor, request.path(), None),
        None => without_roles(request),
    };
    match request.app_data::<Data<State>>() {
        Some(state) => frame.branded(&state.config.brand),
        None => frame,
    }
}

/// Loads the person of the cookie; None without one, and when that fails.
async fn load(request: &HttpRequest) -> Option<Reader> {
    let visitor = Visitor::identify(request).await.ok()?.ok()?;
    visitor.read_unshown(|_, _| Ok(())).await.ok()?;
    request.extensions().get::<Reader>().cloned()
}

/// Returns the frame of a person whose session alone was read, or of somebody who is not signed in.
fn without_roles(request: &HttpRequest) -> Frame {
    match request.extensions().get::<SignedIn>() {
        Some(person) => frame_of_name(person.name.clone(), person.language, request.path()),
        None => Frame::signed_out(language(request.headers()), request.path()),
    }
}
