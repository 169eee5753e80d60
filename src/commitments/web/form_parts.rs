//! Parts that the forms of progress share: the button that withdraws, the button of the Enter key, errors
//! without a form.

use deserr::Deserr;
use maud::{Markup, html};
use serde::Serialize;

use crate::clock::Instant;
use crate::db::{Db, Tx};
use crate::error::{Faults, Result};
use crate::http::{Fields, Input, Shape};
use crate::identity::{Actor, FormPage};
use crate::ui::{FormView, Frame, View};

/// The body of the button that withdraws.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize)]
#[deserr(error = Faults)]
pub(super) struct WithdrawInput {
    pub withdraw: bool,
}

impl Input for WithdrawInput {}

/// The kinds of the fields of the button that withdraws.
const WITHDRAW_SHAPE: Shape = Shape {
    lists: &[],
    numbers: &[],
    flags: &["withdraw"],
    dates: &[],
    rows: &[],
    ignored: &["requested_due", "reason"],
};

/// A page of progress with a button that withdraws what the form has sent before.
pub(super) trait Withdrawable: FormPage {
    /// Withdraws it; returns the address of the next page.
    fn withdraw(&self, tx: &mut Tx<'_>, actor: &Actor, record: Self::Record) -> Result<String>;
}

/// The same page, sent with the button that withdraws.
#[derive(Clone)]
pub(super) struct WithdrawalPage<P>(pub P);

impl<P: Withdrawable> FormPage for WithdrawalPage<P> {
    type Record = P::Record;
    type Input = WithdrawInput;

    fn shape(&self) -> Shape {
        WITHDRAW_SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<P::Record> {
        self.0.load(conn, actor, now)
    }

    fn fields(&self, record: &P::Record) -> Fields {
        self.0.fields(record)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: P::Record, _: WithdrawInput) -> Result<String> {
        self.0.withdraw(tx, actor, record)
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &P::Record) -> View {
        self.0.view(frame, form, record)
    }
}

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
