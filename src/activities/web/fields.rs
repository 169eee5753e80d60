//! The fields of an activity, each with the advice of its findings beside it.

use maud::{Markup, html};

use super::choices::Record;
use crate::activities::model::{ActivityKind, ActivityStatus, FindingCode, ResultState};
use crate::agreements::Scope;
use crate::directory::commission_choices;
use crate::http::Shape;
use crate::themes::Theme;
use crate::ui::{Choice, Field, FormView, Frame, Tone, actions, notice};

pub(super) const SHAPE: Shape = Shape {
    lists: &["commission_ids", "themes", "plan_item_ids", "territories", "organizer_ids", "partner_ids"],
    numbers: &["participants/total", "participants/women", "participants/men"],
    flags: &["restricted", "highlight"],
    dates: &["starts", "ends", "evidence/*/dated"],
    rows: &[("organizers", &["name"]), ("partners", &["name"]), ("evidence", &["title", "url", "file_id"])],
    ignored: &[
        "evidence/*/file",
        "evidence/*/file_name",
        "evidence/*/new",
        "organizers/*/new",
        "partners/*/new",
        "places",
    ],
};

/// Draws the form.
pub(super) fn draw(frame: &Frame, form: &FormView, record: &Record, action: &str, leave: &str) -> Markup {
    let draw = Draw { frame, form, record };
    html! {
        form method="post" action=(action) enctype="multipart/form-data" {
            (form.begin(frame))
            (draw.duplicates())
            h2 { (frame.t("activities-part-what")) }
            (draw.what())
            h2 { (frame.t("activities-part-time")) }
            (draw.time_and_place())
            h2 { (frame.t("activities-part-people")) }
            (draw.parties("organizers"))
            (draw.parties("partners"))
            (draw.people())
            h2 { (frame.t("activities-part-results")) }
            (draw.results())
            (draw.evidence())
            h2 { (frame.t("activities-part-report")) }
            (draw.for_the_report())
            (draw.other())
            (draw.status())
            (actions(&frame.t("activities-save"), Some((leave, &frame.t("ui-leave")))))
        }
    }
}

struct Draw<'a> {
    frame: &'a Frame,
    form: &'a FormView,
    record: &'a Record,
}

impl<'a> Draw<'a> {
    fn field(&self, name: impl Into<String>, key: &str) -> Field<'a> {
        Field::new(self.frame, self.form, name, self.frame.t(key))
    }

    fn words<'v>(&self, list: &str, values: impl IntoIterator<Item = &'v str>) -> Vec<Choice> {
        values.into_iter().map(|value| Choice::new(value, self.frame.word(list, value))).collect()
    }

    /// Draws the findings of a field: data that the annual report will ask for.
    fn advice(&self, pointer: &str) -> Markup {
        let findings = self.record.activity.iter().flat_map(|own| &own.findings);
        let here = findings.filter(|one| one.pointer == pointer && one.code != FindingCode::PossibleDuplicate);
        html! { @for finding in here { p class="hint advice" { (self.frame.t("activities-advice")) " " (finding.message) } } }
    }

    /// Draws fields that are seldom needed, folded away while none has a value, a fault or an advice.
    fn folded(&self, key: &str, names: &[&str], content: &Markup) -> Markup {
        let findings = || self.record.activity.iter().flat_map(|own| &own.findings);
        let is_used = |name: &&str| {
            !matches!(self.form.value(name), "" | "false")
                || !self.form.faults_of(name).is_empty()
                || findings().any(|one| one.pointer.trim_start_matches('/') == *name)
                || self.form.stored_by_others(name).is_some()
        };
        html! {
            details class="more" open[names.iter().any(is_used)] {
                summary { (self.frame.t(key)) }
                div class="stack" { (content) }
            }
        }
    }

    /// Draws links to possible duplicates of the activity.
    fn duplicates(&self) -> Markup {
        let findings = self.record.activity.iter().flat_map(|own| &own.findings);
        let likely: Vec<_> = findings.filter_map(|one| Some((one.activity_id?, &one.message))).collect();
        if likely.is_empty() {
            return html! {};
        }
        let list = html! {
            ul { @for (id, message) in likely { li { a href={ "/activities/" (id) } { (message) } } } }
        };
        notice(Tone::Soon, list)
    }

    fn what(&self) -> Markup {
        let (frame, choices) = (self.frame, &self.record.choices);
        let kinds = self.words("activity-kind", ActivityKind::ALL.iter().map(|kind| kind.as_str()));
        let countries: Vec<Choice> = choices.countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
        let commissions = commission_choices(&choices.countries, &choices.commissions);
        html! {
            (self.field("title", "activities-title").required().max(500).area(2))
            (self.advice("/title"))
            (self.field("kind", "activities-kind").required().select(Some(&frame.t("activities-choose")), &kinds))
            @if let [(only, _)] = choices.countries.as_slice() {
                input type="hidden" id="country_code" name="country_code" value=(only);
            } @else {
                (self.field("country_code", "activities-country").required()
                    .select(Some(&frame.t("activities-choose")), &countries))
            }
            @if !commissions.is_empty() {
                (self.field("commission_ids", "activities-commissions").checks(&commissions))
            }
            (self.field("description", "activities-description").max(10_000).kept_area(4))
        }
    }

    fn time_and_place(&self) -> Markup {
        let (frame, country) = (self.frame, self.record.choices.country());
        let scopes = self.words("scope", Scope::ALL.iter().map(|one| one.as_str()));
        html! {
            div class="fields" {
                (self.field("starts", "activities-starts").date(country))
                (self.field("ends", "activities-ends").hint(frame.t("activities-ends-hint")).date(country))
            }
            (self.advice("/starts"))
            (self.field("places", "activities-territories").hint(frame.t("activities-one-a-line")).area(2))
            (self.folded("activities-more-time", &["when_text", "scope"], &html! {
                (self.field("when_text", "activities-when-text").hint(frame.t("activities-when-text-hint")).max(500).text())
                (self.advice("/when_text"))
                (self.field("scope", "activities-scope").select(Some(&frame.t("activities-not-stated")), &scopes))
            }))
        }
    }

    fn parties(&self, group: &'static str) -> Markup {
        let frame = self.frame;
        let names = self.record.choices.institutions.names();
        html! {
            fieldset class="stack" id=(group) {
                legend { strong { (frame.word("activities-parties", group)) } }
                @for n in 0..self.form.rows(group, 1) {
                    div class="row" {
                        (self.field(format!("{group}/{n}/name"), "activities-institution").max(300).suggested(&names))
                        @if self.form.rows(group, 0) > 1 { (self.remove(&format!("{group}/{n}"), n)) }
                    }
                }
                p { (self.add(group, &format!("activities-add-{group}"))) }
            }
        }
    }

    fn people(&self) -> Markup {
        let frame = self.frame;
        html! {
            fieldset class="stack" id="participants" {
                legend { strong { (frame.t("activities-participants")) } }
                div class="fields" {
                    (self.field("participants/total", "activities-total").number())
                    (self.field("participants/women", "activities-women").number())
                    (self.field("participants/men", "activities-men").number())
                }
                (self.field("participants/audience", "activities-audience").max(1000).text())
                (self.advice("/participants"))
            }
        }
    }

    fn results(&self) -> Markup {
        let frame = self.frame;
        let states = self.words("activities-result-state", ResultState::ALL.iter().map(|one| one.as_str()));
        html! {
            (self.field("result", "activities-result").hint(frame.t("activities-result-hint")).max(10_000).kept_area(3))
            (self.advice("/result"))
            (self.folded("activities-more-results", &["result_state", "expected_result"], &html! {
                (self.field("result_state", "activities-result-state")
                    .select(Some(&frame.t("activities-not-stated")), &states))
                (self.field("expected_result", "activities-expected-result").max(10_000).area(2))
                (self.advice("/expected_result"))
            }))
        }
    }

    fn evidence(&self) -> Markup {
        let frame = self.frame;
        html! {
            fieldset class="stack" id="evidence" {
                legend { strong { (frame.t("activities-evidence")) } }
                (self.advice("/evidence"))
                @for n in 0..self.form.rows("evidence", 1) {
                    @let dated = format!("evidence/{n}/dated");
                    fieldset class="row" id={ "evidence-" (n) } {
                        legend { (frame.t_n("activities-evidence-n", number(n))) }
                        (self.field(format!("evidence/{n}/title"), "activities-evidence-title").max(500).text())
                        (self.field(format!("evidence/{n}/kind"), "activities-evidence-kind").max(100).text())
                        (self.field(format!("evidence/{n}/url"), "activities-evidence-url").max(2000).text())
                        (self.field(format!("evidence/{n}/file"), "activities-evidence-file")
                            .hint(frame.t("activities-evidence-hint")).file())
                        @if !self.form.value(&dated).is_empty() {
                            input type="hidden" name=(dated) value=(self.form.value(&dated));
                        }
                        @if self.form.rows("evidence", 0) > 1 { (self.remove(&format!("evidence/{n}"), n)) }
                    }
                }
                p { (self.add("evidence", "activities-add-evidence")) }
            }
        }
    }

    fn for_the_report(&self) -> Markup {
        let frame = self.frame;
        let themes = self.words("theme", Theme::ALL.iter().map(|one| one.as_str()));
        let items: Vec<Choice> =
            self.record.choices.plan_items.iter().map(|(id, name)| Choice::new(id, name.as_str())).collect();
        html! {
            (self.field("themes", "activities-themes").checks(&themes))
            @if !items.is_empty() {
                details class="more" open[self.form.has_faults() || !self.form.value("plan_item_ids").is_empty()] {
                    summary { (frame.t("activities-plan-items")) }
                    (self.field("plan_item_ids", "activities-plan-items").checks(&items))
                }
            }
            (self.advice("/plan_item_ids"))
            (self.field("highlight", "activities-highlight").check())
        }
    }

    fn other(&self) -> Markup {
        let frame = self.frame;
        self.folded(
            "activities-other",
            &["source", "restricted", "note"],
            &html! {
                (self.field("source", "activities-source").max(1000).text())
                (self.field("restricted", "activities-restricted").hint(frame.t("activities-restricted-hint")).check())
                (self.field("note", "web-note").hint(frame.t("web-note-hint")).max(4000).area(2))
            },
        )
    }

    fn status(&self) -> Markup {
        let present = self.record.activity.as_ref().map(|own| own.fields.status);
        let is_open = |status: &ActivityStatus| match status {
            // Those who validate send an activity back with a reason instead.
            ActivityStatus::Draft => !self.record.validates || present.is_none_or(|own| own == ActivityStatus::Draft),
            ActivityStatus::Submitted => present != Some(ActivityStatus::Validated),
            ActivityStatus::Validated => self.record.validates,
        };
        let states = ActivityStatus::ALL.iter().filter(|status| is_open(status)).map(|status| status.as_str());
        let states = self.words("activities-save-as", states);
        html! { (self.field("status", "activities-status").required().radios(&states)) }
    }

    fn add(&self, group: &str, key: &str) -> Markup {
        html! { button type="submit" name="add" value=(group) formnovalidate { (self.frame.t(key)) } }
    }

    fn remove(&self, place: &str, n: usize) -> Markup {
        html! {
            button type="submit" name="remove" value=(place) formnovalidate {
                (self.frame.t("activities-remove")) span class="unseen" { " " (number(n)) }
            }
        }
    }
}

/// Returns the number of a row, counted from 1.
fn number(n: usize) -> usize {
    n + 1
}
