//! Places to sign.

use maud::{Markup, html};

use super::{Writer, plain, styled};
use crate::rendering::document::Signature;

impl Writer<'_> {
    /// Writes places to sign, two beside each other.
    pub(super) fn signatures(&self, items: &[Signature]) -> Markup {
        let (gap, half) = (self.width / 12, (self.width - self.width / 12) / 2);
        let place = |signature: Option<&Signature>| {
            html! {
                w:tc {
                    w:tcPr {
                        w:tcW w:w=(half) w:type="dxa" {}
                        @if signature.is_some() {
                            w:tcBorders { w:top w:val="single" w:sz="6" w:space="0" w:color="404040" {} }
                        }
                    }
                    @match signature {
                        Some(signature) => {
                            @match &signature.person {
                                Some(person) => {
                                    (styled("SignatureName", plain(person)))
                                    (styled("SignatureName", not_strong(&signature.institution)))
                                }
                                None => (styled("SignatureName", plain(&signature.institution))),
                            }
                            (styled("SignatureRole", plain(&signature.role)))
                        }
                        None => (styled("SignatureName", html! {})),
                    }
                }
            }
        };
        let empty =
            |width: usize| html! { w:tc { w:tcPr { w:tcW w:w=(width) w:type="dxa" {} } (styled("Cell", html! {})) } };
        // The room to sign stays on the page of the names below it.
        let room = |width: usize| {
            let blank = html! { w:p { w:pPr { w:pStyle w:val="Cell" {} w:keepNext {} } } };
            html! { w:tc { w:tcPr { w:tcW w:w=(width) w:type="dxa" {} } (blank) } }
        };
        html! {
            w:tbl {
                w:tblPr {
                    w:tblStyle w:val="Facts" {}
                    w:tblW w:w=(2 * half + gap) w:type="dxa" {}
                    w:tblLayout w:type="fixed" {}
                }
                w:tblGrid { w:gridCol w:w=(half) {} w:gridCol w:w=(gap) {} w:gridCol w:w=(half) {} }
                @for pair in items.chunks(2) {
                    w:tr {
                        w:trPr { w:cantSplit {} w:trHeight w:val="1000" w:hRule="exact" {} }
                        (room(half)) (room(gap)) (room(half))
                    }
                    w:tr { w:trPr { w:cantSplit {} } (place(pair.first())) (empty(gap)) (place(pair.get(1))) }
                }
            }
            w:p {}
        }
    }
}

/// Writes a text that is not strong in a style that is.
fn not_strong(text: &str) -> Markup {
    html! { w:r { w:rPr { w:b w:val="0" {} } w:t xml:space="preserve" { (text) } } }
}
