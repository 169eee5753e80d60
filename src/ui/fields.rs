//! Fields of forms: label, hint, input, and the fault of what was sent.

use maud::{Markup, html};

use super::date::{date_in_words, short_date};
use super::form::{FormView, id_of};
use super::layout::Frame;
use super::parts::prose;
use crate::dates::PartialDate;
use crate::http::{DayOf, day_of, understood_name};

/// A value that can be chosen, with its text.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub value: String,
    pub text: String,
    /// A second line under the text.
    pub hint: Option<String>,
}

impl Choice {
    pub(crate) fn new(value: impl ToString, text: impl Into<String>) -> Self {
        Self { value: value.to_string(), text: text.into(), hint: None }
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// One field of a form. `name` is the JSON Pointer of the value without its first slash.
pub(crate) struct Field<'a> {
    frame: &'a Frame,
    form: &'a FormView,
    name: String,
    label: String,
    hint: Option<String>,
    is_required: bool,
    is_unmarked: bool,
    is_label_hidden: bool,
    max: Option<usize>,
    country: Option<&'a str>,
}

impl<'a> Field<'a> {
    pub(crate) fn new(frame: &'a Frame, form: &'a FormView, name: impl Into<String>, label: impl Into<String>) -> Self {
        let (name, label) = (name.into(), label.into());
        form.note_label(&name, &label);
        Self {
            frame,
            form,
            name,
            label,
            hint: None,
            is_required: false,
            is_unmarked: false,
            is_label_hidden: false,
            max: None,
            country: None,
        }
    }

    /// Adds a line of help under the label.
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Marks the field as required. All other fields show "(opcional)", except those that are unmarked.
    pub(crate) fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    /// Omits "(opcional)" for a field that may be empty now, and must be filled in before a later step.
    pub(crate) fn unmarked(self, is_unmarked: bool) -> Self {
        Self { is_unmarked, ..self }
    }

    /// Hides the label from view, for a field in a table whose heading is the same.
    pub(crate) fn label_unseen(self) -> Self {
        Self { is_label_hidden: true, ..self }
    }

    /// Limits the number of characters.
    pub(crate) fn max(self, max: usize) -> Self {
        Self { max: Some(max), ..self }
    }

    fn id(&self) -> String {
        id_of(&self.name)
    }

    /// Returns the ids of the elements that describe the field.
    fn described_by(&self) -> Option<String> {
        let id = self.id();
        let mut ids = Vec::new();
        if self.hint.is_some() {
            ids.push(format!("{id}-hint"));
        }
        if !self.form.faults_of(&self.name).is_empty() {
            ids.push(format!("{id}-fault"));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn is_invalid(&self) -> Option<&'static str> {
        (!self.form.faults_of(&self.name).is_empty()).then_some("true")
    }

    fn label_text(&self) -> Markup {
        html! { (self.label) @if !self.is_required && !self.is_unmarked { " " span class="optional" { (self.frame.t("web-optional")) } } }
    }

    /// Draws hint, faults and the value that somebody else has stored, between the label and the input.
    fn notes(&self) -> Markup {
        self.notes_of(&[])
    }

    /// Draws the same for a field with choices: the stored value is shown by its text.
    fn notes_of(&self, choices: &[Choice]) -> Markup {
        let text_of = |value: &str| {
            choices.iter().find(|choice| choice.value == value).map_or_else(|| value.to_owned(), |one| one.text.clone())
        };
        let date_of = |value: String| match (self.country, PartialDate::parse(&value)) {
            (Some(country), Some(date)) => short_date(self.frame, country, &date),
            _ => value,
        };
        let id = self.id();
        let faults = self.form.faults_of(&self.name);
        html! {
            @if let Some(hint) = &self.hint { p class="hint" id={ (id) "-hint" } { (hint) } }
            @if !faults.is_empty() {
                p class="fault" id={ (id) "-fault" } {
                    span class="unseen" { (self.frame.t("web-error-prefix")) }
                    @for fault in faults { (fault) " " }
                }
            }
            @if let Some(stored) = self.form.stored_by_others(&self.name) {
                @let stored = match choices.is_empty() {
                    true => date_of(stored),
                    false => stored.split(", ").map(text_of).collect::<Vec<_>>().join(", "),
                };
                @if stored.contains('\n') || stored.chars().count() > 300 {
                    div class="stored" { p { (self.frame.t("web-stored-now")) } (prose(&stored)) }
                } @else {
                    p class="stored" { (self.frame.t("web-stored-now")) " " q { (stored) } }
                }
            }
        }
    }

    /// Wraps an input with its label.
    fn labelled(&self, class: &str, input: Markup) -> Markup {
        self.labelled_with(class, input, self.notes())
    }

    fn labelled_with(&self, class: &str, input: Markup, notes: Markup) -> Markup {
        let fault = if self.is_invalid().is_some() { " faulty" } else { "" };
        html! {
            div class={ "field " (class) (fault) } {
                label for=(self.id()) class=[self.is_label_hidden.then_some("unseen")] { (self.label_text()) }
                (notes)
                (input)
            }
        }
    }

    fn input(&self, kind: &str, autocomplete: Option<&str>, mode: Option<&str>) -> Markup {
        let value = if kind == "password" { "" } else { self.form.value(&self.name) };
        self.input_with(value, kind, autocomplete, mode)
    }

    fn input_with(&self, value: &str, kind: &str, autocomplete: Option<&str>, mode: Option<&str>) -> Markup {
        html! {
            input type=(kind) id=(self.id()) name=(self.name) value=(value) maxlength=[self.max]
                aria-required=[self.is_required.then_some("true")] aria-invalid=[self.is_invalid()]
                aria-describedby=[self.described_by()] autocomplete=[autocomplete] inputmode=[mode];
        }
    }

    /// Draws a text of one line.
    pub(crate) fn text(self) -> Markup {
        self.labelled("line", self.input("text", None, None))
    }

    /// Draws a text of one line that a browser completes, such as `email`.
    pub(crate) fn completed(self, kind: &str, autocomplete: &str) -> Markup {
        self.labelled("line", self.input(kind, Some(autocomplete), None))
    }

    /// Draws a password, with a button of the script that shows it. The script takes it for secret by `autocomplete`.
    pub(crate) fn password(self, autocomplete: &str) -> Markup {
        let show = self.frame.t("web-password-show");
        let input = html! {
            (self.input("password", Some(autocomplete), None))
            button type="button" class="link" hidden data-show=(show) data-hide=(self.frame.t("web-password-hide"))
                aria-controls=(self.id()) { (show) }
        };
        self.labelled("line", input)
    }

    /// Draws a text of one line with suggestions of a list.
    pub(crate) fn suggested(self, suggestions: &[String]) -> Markup {
        let id = self.id();
        let input = html! {
            input type="text" id=(id) name=(self.name) value=(self.form.value(&self.name)) maxlength=[self.max]
                list={ (id) "-list" } aria-required=[self.is_required.then_some("true")]
                aria-invalid=[self.is_invalid()] aria-describedby=[self.described_by()];
            datalist id={ (id) "-list" } { @for text in suggestions { option value=(text) {} } }
        };
        self.labelled("line", input)
    }

    /// Draws a number.
    pub(crate) fn number(self) -> Markup {
        self.labelled("short", self.input("text", None, Some("decimal")))
    }

    /// Draws a date in people's words, with its meaning once it was understood. A stored date is shown in words too, and
    /// needs no confirmation when it comes back unchanged. A form with faults keeps what was typed.
    pub(crate) fn date(mut self, country: &'a str) -> Markup {
        if self.hint.is_none() {
            let is_day = day_of(self.form.days, &self.name) == Some(DayOf::Only);
            self.hint = Some(self.frame.t(if is_day { "web-day-hint" } else { "web-date-hint" }));
        }
        self.country = Some(country);
        let understood = self.form.understood.iter().find(|(name, _)| *name == self.name).map(|(_, date)| date);
        let stored = PartialDate::parse(self.form.value(&self.name)).filter(|_| !self.form.has_faults());
        let input = html! {
            @if let Some(date) = &stored {
                (self.input_with(&short_date(self.frame, country, date), "text", None, None))
                @if understood.is_none() {
                    input type="hidden" name=(understood_name(&self.name)) value=(date.as_str());
                }
            } @else {
                (self.input("text", None, None))
            }
            @if let Some(date) = understood {
                p class="understood" {
                    (self.frame.t_with("web-understood-as", &[("date", date_in_words(self.frame, country, date).into())]))
                }
            }
        };
        self.labelled("date", input)
    }

    /// Draws a day with a time, read in the time zone that the hint names.
    pub(crate) fn day_and_time(self) -> Markup {
        self.labelled("date", self.input("text", None, None))
    }

    /// Draws a text of several lines.
    pub(crate) fn area(self, rows: usize) -> Markup {
        self.long_text(rows, false)
    }

    /// Draws a long text whose draft the script keeps while it is written.
    pub(crate) fn kept_area(self, rows: usize) -> Markup {
        self.long_text(rows, true)
    }

    fn long_text(self, rows: usize, is_kept: bool) -> Markup {
        // The script puts the time of the browser into the text.
        let saved = is_kept.then(|| self.frame.t_with("web-draft-saved", &[("time", "{time}".into())]));
        let failed = is_kept.then(|| self.frame.t("web-draft-not-saved"));
        let input = html! {
            textarea id=(self.id()) name=(self.name) rows=(rows) maxlength=[self.max]
                aria-required=[self.is_required.then_some("true")] aria-invalid=[self.is_invalid()]
                aria-describedby=[self.described_by()] data-keep=[is_kept.then_some("true")]
                data-saved=[saved] data-save-failed=[failed] {
                // A browser drops the first line break of a text area.
                "\n" (self.form.value(&self.name))
            }
        };
        self.labelled("area", input)
    }

    /// Draws a choice of one value from a list.
    pub(crate) fn select(self, empty: Option<&str>, choices: &[Choice]) -> Markup {
        let input = html! {
            select id=(self.id()) name=(self.name) aria-required=[self.is_required.then_some("true")]
                aria-invalid=[self.is_invalid()] aria-describedby=[self.described_by()] {
                @if let Some(empty) = empty { option value="" { (empty) } }
                @for choice in choices {
                    option value=(choice.value) selected[self.form.has(&self.name, &choice.value)] { (choice.text) }
                }
            }
        };
        self.labelled_with("select", input, self.notes_of(choices))
    }

    /// Draws a choice of one value with all values in view.
    pub(crate) fn radios(self, choices: &[Choice]) -> Markup {
        self.group("radio", choices)
    }

    /// Draws a choice of several values: check boxes of one name.
    pub(crate) fn checks(self, choices: &[Choice]) -> Markup {
        self.group("checkbox", choices)
    }

    fn group(self, kind: &str, choices: &[Choice]) -> Markup {
        let id = self.id();
        let fault = if self.is_invalid().is_some() { " faulty" } else { "" };
        html! {
            fieldset class={ "field group" (fault) } aria-describedby=[self.described_by()] {
                legend class=[self.is_label_hidden.then_some("unseen")] { (self.label_text()) }
                (self.notes_of(choices))
                @for (n, choice) in choices.iter().enumerate() {
                    @let own = if n == 0 { id.clone() } else { format!("{id}-{n}") };
                    div class="choice" {
                        input type=(kind) id=(own) name=(self.name) value=(choice.value)
                            checked[self.form.has(&self.name, &choice.value)]
                            aria-describedby=[choice.hint.is_some().then(|| format!("{own}-about"))];
                        label for=(own) { (choice.text) }
                        @if let Some(hint) = &choice.hint { p class="hint" id={ (own) "-about" } { (hint) } }
                    }
                }
            }
        }
    }

    /// Draws a check box with the value `true`.
    pub(crate) fn check(self) -> Markup {
        let id = self.id();
        html! {
            div class="field choice" {
                input type="checkbox" id=(id) name=(self.name) value="true" checked[self.form.has(&self.name, "true")]
                    aria-invalid=[self.is_invalid()] aria-describedby=[self.described_by()];
                label for=(id) { (self.label) }
                (self.notes())
            }
        }
    }

    /// Draws a file. A file that was sent before is kept: its name is shown and its id goes on in `…_id`.
    pub(crate) fn file(self) -> Markup {
        let (kept, kept_name) = (format!("{}_id", self.name), format!("{}_name", self.name));
        let input = html! {
            @if !self.form.value(&kept).is_empty() {
                p class="kept-file" {
                    (self.frame.t_with("web-file-kept", &[("name", self.form.value(&kept_name).into())]))
                    input type="hidden" name=(kept) value=(self.form.value(&kept));
                    input type="hidden" name=(kept_name) value=(self.form.value(&kept_name));
                }
            }
            input type="file" id=(self.id()) name=(self.name) aria-invalid=[self.is_invalid()]
                aria-describedby=[self.described_by()];
        };
        self.labelled("file", input)
    }
}
