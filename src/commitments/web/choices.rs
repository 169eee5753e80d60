//! The records from which a form of a commitment lets choose, and names that are typed.

use std::fmt::Write as _;

use maud::Markup;
use uuid::Uuid;

use crate::access::{CommissionRef, Visibility, may_write, visible_commissions};
use crate::commitments::store;
use crate::db::{AgreementId, CommissionId, Db, InstitutionId, MeetingId, PlanItemId};
use crate::directory::institutions_to_choose;
use crate::error::Result;
use crate::http::Fields;
use crate::identity::Actor;
use crate::meetings::recent_sessions;
use crate::plans::plan_item_choices;
use crate::text::fold;
pub(super) use crate::text::lines;
use crate::ui::{Choice, Field, Frame, date_in_figures};

/// The number of institutions up to which a form lists them; more are typed.
const LISTED: usize = 15;

/// The number of institutions that a form suggests.
const MOST_SUGGESTED: i64 = 800;

/// The number of plan items up to which a form lists them.
const MOST_PLAN_ITEMS: usize = 60;

/// The records from which a form lets choose.
#[derive(Debug, Clone, Default)]
pub(super) struct Choices {
    /// The commissions for which the person may write, then others of the same countries.
    pub commissions: Vec<CommissionRef>,
    /// The commissions for which the person may write.
    pub own: Vec<CommissionId>,
    pub countries: Vec<String>,
    pub institutions: Vec<(InstitutionId, String)>,
    pub sessions: Vec<(MeetingId, String)>,
    pub agreements: Vec<(AgreementId, String)>,
    pub plan_items: Vec<(PlanItemId, String)>,
}

impl Choices {
    /// Loads the choices of a person; without own commissions, everything is empty.
    pub(super) fn load(conn: &mut Db, actor: &Actor) -> Result<Self> {
        let known = visible_commissions(conn, &Visibility::of(actor))?;
        let (mut commissions, others): (Vec<_>, Vec<_>) =
            known.into_iter().partition(|one| may_write(actor, &one.country_code, &[one.id]));
        let own: Vec<CommissionId> = commissions.iter().map(|one| one.id).collect();
        let mut countries: Vec<String> = commissions.iter().map(|one| one.country_code.clone()).collect();
        countries.sort();
        countries.dedup();
        commissions.extend(others.into_iter().filter(|one| countries.contains(&one.country_code)));
        Ok(Self {
            institutions: institutions_to_choose(conn, &countries, MOST_SUGGESTED)?
                .into_iter()
                .map(|one| (one.id, one.name))
                .collect(),
            commissions,
            own,
            countries,
            ..Self::default()
        })
    }

    /// Loads the sessions, agreements and plan items too.
    pub(super) fn with_sources(mut self, conn: &mut Db, visibility: &Visibility) -> Result<Self> {
        let sessions = recent_sessions(conn, &self.own, false, store::MOST_RECENT)?;
        self.sessions =
            sessions.into_iter().map(|(id, title, on)| (id, format!("{}, {title}", date_in_figures(&on)))).collect();
        let agreements = store::recent_agreements(conn, &self.own)?;
        self.agreements = agreements.into_iter().map(|(id, number, title)| (id, numbered(number, &title))).collect();
        let countries: Vec<String> = self.countries.iter().take(2).cloned().collect();
        let items = plan_item_choices(conn, visibility, &countries)?;
        if items.len() <= MOST_PLAN_ITEMS {
            self.plan_items = items;
        }
        Ok(self)
    }

    /// Returns the country whose names of months dates have.
    pub(super) fn country(&self) -> &str {
        self.countries.first().map_or("", String::as_str)
    }

    /// Returns true if institutions are typed, because a list of them would be too long.
    pub(super) fn are_typed(&self) -> bool {
        self.institutions.len() > LISTED
    }

    /// Returns what the field of an institution shows: the name where it is typed, else the id.
    pub(super) fn shown(&self, id: InstitutionId, name: Option<&String>) -> String {
        let known = || self.institutions.iter().find(|(own, _)| *own == id).map(|(_, name)| name);
        match name.or_else(known).filter(|_| self.are_typed()) {
            Some(name) => name.clone(),
            None => id.to_string(),
        }
    }

    /// Draws the field of an institution: a list, or a text with suggestions.
    pub(super) fn institution(&self, frame: &Frame, field: Field<'_>) -> Markup {
        if self.are_typed() {
            let names: Vec<String> = self.institutions.iter().map(|(_, name)| name.clone()).collect();
            return field.max(300).suggested(&names);
        }
        let choices: Vec<Choice> = self.institutions.iter().map(|(id, name)| Choice::new(id, name)).collect();
        field.select(Some(&frame.t("commitments-choose")), &choices)
    }

    /// Returns the institution that a typed name means.
    pub(super) fn named(&self, conn: &mut Db, typed: &str) -> Result<Option<InstitutionId>> {
        let folded = fold([typed.trim()]);
        match self.institutions.iter().find(|(_, name)| fold([name.as_str()]) == folded) {
            Some((id, _)) => Ok(Some(*id)),
            None => store::institution_of_name(conn, Some(&self.countries), typed),
        }
    }

    /// Replaces typed names of institutions by their ids. A name that nobody has becomes an id that nobody has, whose
    /// fault the action finds.
    pub(super) fn resolve(&self, conn: &mut Db, fields: &mut Fields, is_institution: fn(&str) -> bool) -> Result<()> {
        for (_, value) in fields.0.iter_mut().filter(|(name, value)| is_institution(name) && !value.trim().is_empty()) {
            if Uuid::parse_str(value.trim()).is_ok() {
                continue;
            }
            let found = self.named(conn, value)?;
            value.clear();
            let id = found.unwrap_or_else(|| Uuid::nil().into());
            let _ = write!(value, "{id}");
        }
        Ok(())
    }
}

/// Returns the sentence of the fault of a name that nobody has.
pub(super) fn unknown(name: &str) -> Vec<(&'static str, String)> {
    vec![("reason", "none".to_owned()), ("name", name.to_owned())]
}

fn numbered(number: Option<String>, title: &str) -> String {
    number.map_or_else(|| title.to_owned(), |number| format!("{number}. {title}"))
}
