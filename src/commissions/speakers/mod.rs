//! Who speaks for an institution in a commission today.

mod store;

pub use store::{Speaker, speakers};
