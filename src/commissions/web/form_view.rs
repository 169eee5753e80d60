//! The fields of a commission.

use maud::{Markup, html};

use crate::access::{CommissionRef, Visibility, visible_commissions};
use crate::commissions::model::CommissionKind;
use crate::db::{CommissionId, Db};
use crate::directory::country_names;
use crate::error::Result;
use crate::identity::Actor;
use crate::themes::Theme;
use crate::ui::{Choice, Field, FormView, Frame, actions};

/// The choices that the form offers.
pub(super) struct Offered {
    pub countries: Vec<(String, String)>,
    /// The commissions that can be its parent.
    parents: Vec<CommissionRef>,
    /// True for a new commission, whose country is chosen.
    is_new: bool,
}

impl Offered {
    /// Loads the countries that satisfy a condition, and their commissions except this one.
    pub(super) fn load(
        conn: &mut Db,
        actor: &Actor,
        is_offered: impl Fn(&str) -> bool,
        own: Option<CommissionId>,
    ) -> Result<Self> {
        let mut countries = country_names(conn)?;
        countries.retain(|(code, _)| is_offered(code));
        let mut parents = visible_commissions(conn, &Visibility::of(actor))?;
        parents.retain(|one| Some(one.id) != own && is_offered(&one.country_code));
        Ok(Self { countries, parents, is_new: own.is_none() })
    }

    /// Returns the country whose month names are used in dates.
    fn country(&self) -> &str {
        self.countries.first().map_or("", |(code, _)| code.as_str())
    }
}

fn field<'a>(frame: &'a Frame, form: &'a FormView, name: impl Into<String>, key: &str) -> Field<'a> {
    Field::new(frame, form, name, frame.t(key))
}

/// Draws the form.
pub(super) fn draw(frame: &Frame, form: &FormView, offered: &Offered, back: &str) -> Markup {
    html! {
        form method="post" action=(frame.path) {
            (form.begin(frame))
            (names(frame, form, offered))
            (work(frame, form, offered))
            (quorum(frame, form))
            (bases(frame, form, offered))
            (field(frame, form, "public", "admin-public").hint(frame.t("admin-public-hint")).check())
            (field(frame, form, "note", "web-note").hint(frame.t("web-note-hint")).max(4000).area(2))
            (actions(&frame.t("admin-save"), Some((back, &frame.t("ui-leave")))))
        }
    }
}

fn names(frame: &Frame, form: &FormView, offered: &Offered) -> Markup {
    let countries: Vec<Choice> = offered.countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let kinds: Vec<Choice> = CommissionKind::ALL
        .iter()
        .map(|kind| Choice::new(kind, frame.word("commission-kind", kind.as_str())))
        .collect();
    html! {
        @if offered.is_new {
            (field(frame, form, "country_code", "directory-country").required()
                .select(Some(&frame.t("admin-choose")), &countries))
        }
        (field(frame, form, "name", "directory-name").hint(frame.t("admin-name-hint")).required().max(300).text())
        (field(frame, form, "acronym", "directory-acronym").hint(frame.t("admin-acronym-hint")).max(60).text())
        (field(frame, form, "kind", "commission-kind").required().select(Some(&frame.t("admin-choose")), &kinds))
        (field(frame, form, "official_name", "directory-official-name").max(500).text())
        (field(frame, form, "aliases", "directory-aliases").hint(frame.t("admin-aliases-hint")).area(2))
    }
}

fn work(frame: &Frame, form: &FormView, offered: &Offered) -> Markup {
    let parents: Vec<Choice> = offered.parents.iter().map(|one| Choice::new(one.id, one.label())).collect();
    let themes: Vec<Choice> =
        Theme::ALL.iter().map(|theme| Choice::new(theme, frame.word("theme", theme.as_str()))).collect();
    html! {
        (field(frame, form, "function", "admin-function").max(10_000).area(3))
        (field(frame, form, "themes", "commission-themes").checks(&themes))
        (field(frame, form, "territory", "directory-territory").hint(frame.t("admin-commission-territory-hint")).max(200)
            .text())
        (field(frame, form, "parent_id", "commission-parent").select(Some(&frame.t("admin-no-parent")), &parents))
        (field(frame, form, "declared_member_count", "admin-declared").hint(frame.t("admin-declared-hint")).number())
    }
}

fn quorum(frame: &Frame, form: &FormView) -> Markup {
    html! {
        fieldset class="row" id="quorum" {
            legend { (frame.t("commission-quorum")) }
            (field(frame, form, "quorum/fraction", "admin-quorum-share").hint(frame.t("admin-quorum-share-hint")).max(9)
                .text())
            (field(frame, form, "quorum/strict", "admin-quorum-strict").check())
            (field(frame, form, "quorum/second_call/fraction", "admin-quorum-second")
                .hint(frame.t("admin-quorum-second-hint")).max(9).text())
            (field(frame, form, "quorum/second_call/minimum", "admin-quorum-minimum").number())
        }
    }
}

fn bases(frame: &Frame, form: &FormView, offered: &Offered) -> Markup {
    html! {
        h2 { (frame.t("commission-basis")) }
        @for n in 0..form.rows("legal_basis", 1) {
            @let number = n + 1;
            fieldset class="row" id={ "legal_basis-" (n) } {
                legend { (frame.t_n("admin-basis-n", number)) }
                (field(frame, form, format!("legal_basis/{n}/title"), "admin-basis-title").max(500).text())
                (field(frame, form, format!("legal_basis/{n}/number"), "admin-basis-number").max(100).text())
                (field(frame, form, format!("legal_basis/{n}/issued"), "admin-basis-issued").date(offered.country()))
                (field(frame, form, format!("legal_basis/{n}/url"), "admin-basis-url").max(2000).text())
                @if form.rows("legal_basis", 0) > 1 {
                    button type="submit" name="remove" value={ "legal_basis/" (n) } formnovalidate {
                        (frame.t("admin-row-remove")) span class="unseen" { " " (number) }
                    }
                }
            }
        }
        p {
            button type="submit" name="add" value="legal_basis" formnovalidate { (frame.t("admin-basis-add")) }
        }
    }
}
