//! The fields of an agreement.

use maud::{Markup, html};

use crate::access::CommissionRef;
use crate::agreements::model::{AdoptionMethod, AgreementKind, AgreementStatus, Scope};
use crate::dates::PartialDate;
use crate::db::{InstitutionId, MeetingId};
use crate::http::Shape;
use crate::meetings::AgendaItemInput;
use crate::text::fold;
use crate::themes::Theme;
use crate::ui::{Choice, Field, FormView, Frame, actions, date_in_figures};

pub(super) const SHAPE: Shape = Shape {
    lists: &["commission_ids", "themes"],
    numbers: &["adoption/for", "adoption/against", "adoption/abstained"],
    flags: &["restricted"],
    dates: &["adopted", "in_force_from", "in_force_to"],
    rows: &[("parties", &["name", "institution_id", "side"]), ("attachments", &["title", "url", "file_id"])],
    ignored: &["attachments/*/file", "attachments/*/file_name", "attachments/*/new", "parties/*/new"],
};

/// The choices that the form offers.
pub(super) struct Offered {
    pub commissions: Vec<CommissionRef>,
    pub sessions: Vec<(MeetingId, String, PartialDate)>,
    /// The agenda of the session.
    pub items: Vec<AgendaItemInput>,
    pub institutions: Vec<(InstitutionId, String)>,
}

impl Offered {
    pub(super) fn name_of(&self, id: InstitutionId) -> Option<&str> {
        self.institutions.iter().find(|(own, _)| *own == id).map(|(_, name)| name.as_str())
    }

    /// Returns the only institution with a name, which is folded.
    pub(super) fn institution_named(&self, folded: &str) -> Option<InstitutionId> {
        let mut named = self.institutions.iter().filter(|(_, name)| fold([name.as_str()]) == folded);
        let first = named.next()?;
        named.next().is_none().then_some(first.0)
    }

    fn country(&self) -> &str {
        self.commissions.first().map_or("", |one| one.country_code.as_str())
    }
}

/// Draws the form.
pub(super) fn draw(frame: &Frame, form: &FormView, offered: &Offered, action: &str, leave: &str) -> Markup {
    html! {
        form method="post" action=(action) enctype="multipart/form-data" {
            (form.begin(frame))
            (what(frame, form, offered))
            (adoption(frame, form, offered))
            (more(frame, form, offered))
            (attachments(frame, form))
            (actions(&frame.t("agreements-save"), Some((leave, &frame.t("ui-leave")))))
        }
    }
}

fn field<'a>(frame: &'a Frame, form: &'a FormView, name: impl Into<String>, key: &str) -> Field<'a> {
    Field::new(frame, form, name, frame.t(key))
}

fn words<'v>(frame: &Frame, list: &str, values: impl IntoIterator<Item = &'v str>) -> Vec<Choice> {
    values.into_iter().map(|value| Choice::new(value, frame.word(list, value))).collect()
}

fn what(frame: &Frame, form: &FormView, offered: &Offered) -> Markup {
    let commissions: Vec<Choice> = offered
        .commissions
        .iter()
        .map(|one| match &one.acronym {
            Some(acronym) => Choice::new(one.id, format!("{acronym}: {}", one.name)),
            None => Choice::new(one.id, &one.name),
        })
        .collect();
    let session = |(id, title, on): &(MeetingId, String, PartialDate)| {
        Choice::new(id, format!("{title} ({})", date_in_figures(on)))
    };
    let sessions: Vec<Choice> = offered.sessions.iter().map(session).collect();
    let items = offered.items.iter().enumerate();
    let items: Vec<Choice> =
        items.filter_map(|(n, item)| Some(Choice::new(item.id?, format!("{}. {}", n + 1, item.title)))).collect();
    let kinds = words(frame, "agreements-kind", AgreementKind::ALL.iter().map(|kind| kind.as_str()));
    html! {
        (field(frame, form, "commission_ids", "agreements-commissions").required().checks(&commissions))
        (field(frame, form, "kind", "agreements-kind").required().select(Some(&frame.t("agreements-choose")), &kinds))
        div class="fields" {
            (field(frame, form, "number", "agreements-number").hint(frame.t("agreements-number-hint")).max(60).text())
        }
        (field(frame, form, "title", "agreements-title").required().max(500).area(2))
        (field(frame, form, "text", "agreements-text").hint(frame.t("agreements-text-hint")).max(10_000).kept_area(6))
        (field(frame, form, "meeting_id", "agreements-session")
            .select(Some(&frame.t("agreements-no-session")), &sessions))
        @if !items.is_empty() {
            (field(frame, form, "agenda_item_id", "agreements-item")
                .select(Some(&frame.t("agreements-no-item")), &items))
        }
    }
}

fn adoption(frame: &Frame, form: &FormView, offered: &Offered) -> Markup {
    let methods = words(frame, "agreements-method", AdoptionMethod::ALL.iter().map(|one| one.as_str()));
    let states = words(frame, "agreements-status", AgreementStatus::ALL.iter().map(|one| one.as_str()));
    html! {
        (field(frame, form, "adoption/method", "agreements-method")
            .select(Some(&frame.t("agreements-not-stated")), &methods))
        div class="fields" id="adoption" {
            (field(frame, form, "adoption/for", "agreements-for").number())
            (field(frame, form, "adoption/against", "agreements-against").number())
            (field(frame, form, "adoption/abstained", "agreements-abstained").number())
        }
        (field(frame, form, "adopted", "agreements-adopted").hint(frame.t("agreements-adopted-hint"))
            .date(offered.country()))
        (field(frame, form, "status", "agreements-status").required().select(None, &states))
        (field(frame, form, "restricted", "agreements-restricted-field").hint(frame.t("agreements-restricted-hint"))
            .check())
        (field(frame, form, "note", "web-note").hint(frame.t("web-note-hint")).max(4000).area(2))
    }
}

fn more(frame: &Frame, form: &FormView, offered: &Offered) -> Markup {
    let names = ["in_force_from", "in_force_to", "scope", "document_url", "when_text", "themes"];
    let has_content = names.iter().any(|name| !form.value(name).is_empty()) || form.rows("parties", 0) > 0;
    let themes = words(frame, "theme", Theme::ALL.iter().map(|one| one.as_str()));
    let scopes = words(frame, "scope", Scope::ALL.iter().map(|one| one.as_str()));
    html! {
        details class="more" open[has_content || form.has_faults()] {
            summary { (frame.t("agreements-more")) }
            div class="stack" {
                (field(frame, form, "themes", "agreements-themes").checks(&themes))
                (field(frame, form, "scope", "agreements-scope")
                    .select(Some(&frame.t("agreements-not-stated")), &scopes))
                div class="fields" {
                    (field(frame, form, "in_force_from", "agreements-in-force-from").date(offered.country()))
                    (field(frame, form, "in_force_to", "agreements-in-force-to").date(offered.country()))
                }
                (field(frame, form, "when_text", "agreements-when-text").max(300).text())
                (field(frame, form, "document_url", "agreements-document-url").max(2000).text())
                (parties(frame, form, offered))
            }
        }
    }
}

fn parties(frame: &Frame, form: &FormView, offered: &Offered) -> Markup {
    let names: Vec<String> = offered.institutions.iter().map(|(_, name)| name.clone()).collect();
    html! {
        @for n in 0..form.rows("parties", 1) {
            @let number = n + 1;
            fieldset class="row" id={ "parties-" (n) } {
                legend { (frame.t_n("agreements-party-n", number)) }
                (field(frame, form, format!("parties/{n}/name"), "agreements-party-name")
                    .hint(frame.t("agreements-party-hint")).max(300).suggested(if n == 0 { &names } else { &[] }))
                (field(frame, form, format!("parties/{n}/side"), "agreements-party-side").max(200).text())
                @if form.rows("parties", 0) > 1 { (remove(frame, &format!("parties/{n}"), number)) }
            }
        }
        p { (add(frame, "parties", "agreements-add-party")) }
    }
}

fn attachments(frame: &Frame, form: &FormView) -> Markup {
    html! {
        h2 { (frame.t("agreements-attachments")) }
        @for n in 0..form.rows("attachments", 1) {
            @let number = n + 1;
            fieldset class="row" id={ "attachments-" (n) } {
                legend { (frame.t_n("agreements-attachment-n", number)) }
                (field(frame, form, format!("attachments/{n}/title"), "agreements-attachment-title").max(500).text())
                (field(frame, form, format!("attachments/{n}/url"), "agreements-attachment-url").max(2000).text())
                (field(frame, form, format!("attachments/{n}/file"), "agreements-attachment-file")
                    .hint(frame.t("agreements-attachment-hint")).file())
                @if form.rows("attachments", 0) > 1 { (remove(frame, &format!("attachments/{n}"), number)) }
            }
        }
        p { (add(frame, "attachments", "agreements-add-attachment")) }
    }
}

fn add(frame: &Frame, group: &str, key: &str) -> Markup {
    html! { button type="submit" name="add" value=(group) formnovalidate { (frame.t(key)) } }
}

fn remove(frame: &Frame, place: &str, number: usize) -> Markup {
    html! {
        button type="submit" name="remove" value=(place) formnovalidate {
            (frame.t("agreements-remove")) span class="unseen" { " " (number) }
        }
    }
}
