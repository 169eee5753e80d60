//! A form as a page shows it: what was typed or what the record has, with the faults of what was sent.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use maud::{Markup, html};

use super::layout::Frame;
use crate::dates::{PartialDate, date_of_words};
use crate::http::{DayFields, Fields, PageParameters, ProblemFault, understood_name, with_parameter};

/// A form as a page shows it.
#[derive(Debug, Clone, Default)]
pub(crate) struct FormView {
    pub fields: Fields,
    /// The faults of the fields, by JSON Pointer.
    pub faults: Vec<ProblemFault>,
    /// The sentence of an error that belongs to no field.
    pub problem: Option<String>,
    /// Makes a second click harmless.
    pub form_id: String,
    /// The address of the page with its query, under which its text is kept.
    pub page: String,
    /// The hash of the fields as the record has them.
    pub etag: String,
    /// The fields of the record that somebody else has changed meanwhile, as they are now.
    pub changed: Option<Fields>,
    /// The moment since which a text that was not sent is kept, in words.
    pub kept_since: Option<String>,
    /// The same moment, when the form shows the record instead of the text.
    pub kept_aside: Option<String>,
    /// The dates in words, as they were understood: the name of the field and the date.
    pub understood: Vec<(String, PartialDate)>,
    /// Dates in words whose meaning was shown before: they are sent with it, and it is not drawn.
    pub confirmed: Vec<(String, PartialDate)>,
    /// The dates that were understood and not shown yet.
    pub is_to_confirm: bool,
    /// The dates that take a day and no month or year.
    pub days: DayFields,
    /// True for the form that the page of all components shows: it takes no focus.
    pub is_example: bool,
    /// The labels of the fields that were drawn, for the summary of the errors. Clones share them.
    pub labels: Rc<RefCell<HashMap<String, String>>>,
}

impl FormView {
    /// Returns a form that was not sent yet.
    pub(crate) fn opened(fields: Fields, form_id: String) -> Self {
        Self { fields, form_id, ..Self::default() }
    }

    /// Returns the form of the filters of a list, filled with the parameters of its page.
    pub(crate) fn of_filters(parameters: &PageParameters) -> Self {
        Self::opened(Fields(parameters.all().to_vec()), String::new())
    }

    /// Notes the label of a field that is drawn.
    pub(super) fn note_label(&self, name: &str, label: &str) {
        self.labels.borrow_mut().insert(name.to_owned(), label.to_owned());
    }

    /// Returns a fault with the label of its field, once the field was drawn: "Plazo: este dato es obligatorio".
    fn named(&self, fault: &ProblemFault) -> String {
        match self.labels.borrow().get(fault.pointer.trim_start_matches('/')) {
            Some(label) => format!("{label}: {}", fault.detail),
            None => fault.detail.clone(),
        }
    }

    /// Returns the value of a field; empty without one.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.fields.get(name).unwrap_or_default()
    }

    /// Returns true if a check box or a choice has this value.
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.fields.all(name).any(|own| own == value)
    }

    /// Returns the number of rows of a group to show, at least `least`.
    pub(crate) fn rows(&self, group: &str, least: usize) -> usize {
        self.fields.rows(group).max(least)
    }

    /// Returns the sentences about the faults of a field.
    pub(crate) fn faults_of(&self, name: &str) -> Vec<&str> {
        let of_field = |fault: &&ProblemFault| fault.pointer.trim_start_matches('/') == name;
        self.faults.iter().filter(of_field).map(|fault| fault.detail.as_str()).collect()
    }

    /// Returns the value that somebody else has stored meanwhile, if it differs from what was typed. The same date in other
    /// words does not differ.
    pub(crate) fn stored_by_others(&self, name: &str) -> Option<String> {
        let stored: Vec<&str> = self.changed.as_ref()?.all(name).filter(|value| !value.is_empty()).collect();
        let typed: Vec<&str> = self.fields.all(name).filter(|value| !value.is_empty()).collect();
        let is_same_date = match (stored.as_slice(), typed.as_slice()) {
            ([stored], [typed]) => date_of_words(stored).ok().is_some_and(|date| Ok(date) == date_of_words(typed)),
            _ => false,
        };
        (stored != typed && !is_same_date).then(|| stored.join(", "))
    }

    /// Returns true if something is wrong with what was sent.
    pub(crate) fn has_faults(&self) -> bool {
        !self.faults.is_empty() || self.problem.is_some() || self.changed.is_some()
    }

    /// Draws the parts that every form has: the summary of the errors, the notices, the hidden fields.
    ///
    /// The Enter key presses the first button of a form. That is a button without a name, which sends the form as its
    /// main button does, and not one that adds or removes a row.
    pub(crate) fn begin(&self, frame: &Frame) -> Markup {
        html! {
            button type="submit" hidden { (frame.t("web-send")) }
            (self.summary(frame))
            (self.messages(frame))
            input type="hidden" name="form_id" value=(self.form_id);
            input type="hidden" name="etag" value=(self.etag);
            @if !self.page.is_empty() { input type="hidden" name="page" value=(self.page); }
            @if let Some(back) = &frame.back { input type="hidden" name="back" value=(back.value()); }
            @for (name, date) in self.understood.iter().chain(&self.confirmed) {
                input type="hidden" name=(understood_name(name)) value=(date.as_str());
            }
        }
    }

    /// Draws the list of errors, each a link to its field. It takes the focus.
    fn summary(&self, frame: &Frame) -> Markup {
        html! {
            @if !self.faults.is_empty() || self.problem.is_some() {
                div class="errors" role="alert" tabindex="-1" data-focus=[self.focus()] {
                    h2 { (frame.t("web-errors")) }
                    @if let Some(problem) = &self.problem { p { (problem) } }
                    @if !self.faults.is_empty() {
                        ul { @for fault in &self.faults { li { a href={ "#" (id_of(&fault.pointer)) } { (self.named(fault)) } } } }
                    }
                }
            }
        }
    }

    /// Returns the mark of what takes the focus when the page opens.
    fn focus(&self) -> Option<&'static str> {
        (!self.is_example).then_some("true")
    }

    /// Draws the button that deletes what was typed and shows the record again.
    pub(crate) fn discard(&self, frame: &Frame) -> Markup {
        html! { button type="submit" name="discard" value="true" formnovalidate { (frame.t("web-discard")) } }
    }

    fn messages(&self, frame: &Frame) -> Markup {
        html! {
            @if self.changed.is_some() {
                div class="notice soon" role="alert" tabindex="-1" data-focus=[self.focus()] {
                    p { strong { (frame.t("web-changed-by-others")) } }
                    p { (frame.t("web-changed-by-others-next")) }
                    p { (self.discard(frame)) }
                }
            }
            @if let Some(since) = &self.kept_since {
                div class="notice" {
                    p { (frame.t_with("web-kept-since", &[("since", since.as_str().into())])) }
                    p { a href=(with_parameter(&self.page, "original", "true")) { (frame.t("web-show-stored")) } " " (self.discard(frame)) }
                }
            }
            @if let Some(since) = &self.kept_aside {
                div class="notice" {
                    p { (frame.t_with("web-kept-aside", &[("since", since.as_str().into())])) }
                    p { a href=(self.page) { (frame.t("web-show-kept")) } " " (self.discard(frame)) }
                }
            }
            @if self.is_to_confirm {
                @let key = if self.faults.is_empty() { "web-dates-understood" } else { "web-dates-understood-with-faults" };
                div class="notice soon" role="status" tabindex="-1" data-focus=[self.focus()] { p { (frame.t(key)) } }
            }
        }
    }
}

/// Returns the id of the element of a field: its name or pointer with `-`.
pub(super) fn id_of(name: &str) -> String {
    let id = name.trim_start_matches('/').replace('/', "-");
    if id.starts_with(|first: char| first.is_ascii_digit()) { format!("row-{id}") } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_date_in_other_words_is_no_change_of_somebody_else() {
        let with = |value: &str| {
            let mut fields = Fields::default();
            fields.push("due".to_owned(), value);
            fields
        };
        for (typed, stored, shown) in [
            ("30/06/2025", "2025-06-30", None),
            ("segundo trimestre de 2025", "2025-Q2", None),
            ("30/06/2025", "2025-07-01", Some("2025-07-01")),
            ("Otro texto", "Un texto", Some("Un texto")),
        ] {
            let form = FormView { changed: Some(with(stored)), ..FormView::opened(with(typed), String::new()) };
            assert_eq!(form.stored_by_others("due").as_deref(), shown, "{typed}");
        }
    }
}
