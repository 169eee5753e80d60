//! Parts that the forms of progress share: the button that withdraws, the button of the Enter key, errors
//! without a form.

use deserr::Deserr;
use maud::{Markup, html};
use serde::Serialize;

use crate::error::Faults;
use crate::http::{Input, Shape};
use crate::ui::FormView;

/// The body of the button that withdraws.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize)]
#[deserr(error = Faults)]
pub(super) struct WithdrawInput {
    pub withdraw: bool,
}

impl Input for WithdrawInput {}

/// The kinds of the fields of the button that withdraws.
pub(super) const WITHDRAW_SHAPE: Shape = Shape {
    lists: &[],
    numbers: &[],
    flags: &["withdraw"],
    dates: &[],
    rows: &[],
    ignored: &["requested_due", "reason"],
};

/// Draws the first part of a form after the button that the Enter key presses, so that it presses no button of a row
/// and takes no decision.
pub(super) fn after_default_button(text: &str, first: &Markup) -> Markup {
    html! {
        div {
            button class="unseen" type="submit" tabindex="-1" aria-hidden="true" { (text) }
            (first)
        }
    }
}

/// Draws the sentence of an error where there is no form to draw it.
pub(super) fn refused(form: &FormView) -> Markup {
    html! {
        @if let Some(problem) = &form.problem {
            div class="errors" role="alert" tabindex="-1" data-focus="true" { p { (problem) } }
        }
    }
}
