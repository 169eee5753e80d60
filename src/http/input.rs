//! The rules of a body that is sent to the API.

use deserr::Deserr;
use serde::Serialize;

use crate::error::Faults;

/// The body of a `POST` or `PUT`. `Serialize` returns the body as it was sent, so that a `PATCH` can be merged into it.
pub trait Input: Deserr<Faults> + Serialize + Send {
    /// Fields for which `null` does not mean the same as leaving them out.
    const KEEPS_NULL: &'static [&'static str] = &[];

    /// `true` if the use case finds faults too, for example in references. It then gets a faulty body with its faults
    /// (`Tx::faults`), adds its own, and refuses the body before it does anything else.
    const REFERS: bool = false;

    /// Checks rules between fields and lengths of texts; the action checks references later.
    fn check(&self, _faults: &mut Faults) {}
}

impl<T: Input> Input for Vec<T> {
    const REFERS: bool = T::REFERS;

    fn check(&self, faults: &mut Faults) {
        for (n, item) in self.iter().enumerate() {
            let mut own = Faults::default();
            item.check(&mut own);
            for fault in own.list {
                faults.add_with(format!("/{n}{}", fault.pointer), fault.code, fault.args);
            }
        }
    }
}
