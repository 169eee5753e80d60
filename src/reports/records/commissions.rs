//! Institutions, commissions, memberships and meetings, as drafting reads them.

use chrono::NaiveDate;
use serde::Serialize;

use super::activities::Proof;

use crate::commissions::{CommissionKind, MemberRole, OperationalState};
use crate::db::{CommissionId, InstitutionId, MeetingId};
use crate::directory::{PartnerType, Sector};
use crate::i18n::Lang;
use crate::meetings::{MeetingKind, MeetingStatus};
use crate::minutes::MinutesStatus;
use crate::themes::Theme;
use crate::translations::Translations;

use super::translated::{put, put_some};

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Institution {
    pub name: String,
    pub acronym: Option<String>,
    pub territory: Option<String>,
    pub parent_id: Option<InstitutionId>,
    pub sector: Sector,
    pub country_code: Option<String>,
    pub partner_type: Option<PartnerType>,
    #[serde(skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations,
}

impl Institution {
    /// Replaces its texts by their translations.
    pub(crate) fn translate(&mut self, lang: Lang) {
        let own = std::mem::take(&mut self.translations);
        put(&mut self.name, &own, "name", lang);
        put_some(&mut self.acronym, &own, "acronym", lang);
        put_some(&mut self.territory, &own, "territory", lang);
        self.translations = own;
    }

    /// Returns true if it is an international body or belongs to another country.
    pub(crate) fn is_international(&self, country: &str) -> bool {
        self.partner_type.is_some()
            || matches!(self.sector, Sector::InternationalOrganization | Sector::ForeignGovernment)
            || self.country_code.as_deref().is_some_and(|code| code != country)
    }

    /// Returns true if it belongs to a state, the country's own or another, at any level.
    pub(crate) fn is_of_a_state(&self) -> bool {
        matches!(
            self.sector,
            Sector::Government
                | Sector::RegionalGovernment
                | Sector::LocalGovernment
                | Sector::AutonomousBody
                | Sector::Judiciary
                | Sector::ForeignGovernment
        )
    }
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Commission {
    pub id: CommissionId,
    pub name: String,
    pub acronym: Option<String>,
    pub kind: CommissionKind,
    pub parent_id: Option<CommissionId>,
    pub territory: Option<String>,
    pub function: Option<String>,
    /// The state where no dated one applies.
    pub state: OperationalState,
    /// Dated states with the first day of each, oldest first.
    pub states: Vec<(NaiveDate, OperationalState)>,
    pub declared_member_count: Option<i32>,
    pub legal_bases: Vec<LegalBasis>,
    pub themes: Vec<Theme>,
    #[serde(skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations,
}

/// A norm that a commission rests on.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LegalBasis {
    pub title: String,
    pub number: Option<String>,
}

impl Commission {
    /// Replaces its texts by their translations.
    pub(crate) fn translate(&mut self, lang: Lang) {
        let own = std::mem::take(&mut self.translations);
        put(&mut self.name, &own, "name", lang);
        put_some(&mut self.acronym, &own, "acronym", lang);
        put_some(&mut self.function, &own, "function", lang);
        put_some(&mut self.territory, &own, "territory", lang);
        for (n, basis) in self.legal_bases.iter_mut().enumerate() {
            put(&mut basis.title, &own, &format!("legal_basis/{n}/title"), lang);
        }
        self.translations = own;
    }

    /// Returns the acronym, else the name.
    pub(crate) fn label(&self) -> &str {
        self.acronym.as_deref().unwrap_or(&self.name)
    }

    /// Returns the latest dated state that had begun on that day, else the undated one.
    pub(crate) fn state_on(&self, day: NaiveDate) -> OperationalState {
        self.states.iter().rev().find(|(since, _)| *since <= day).map_or(self.state, |(_, state)| *state)
    }

    /// Returns the declared number of members.
    pub(crate) fn declared_members(&self) -> Option<usize> {
        self.declared_member_count.and_then(|count| usize::try_from(count).ok())
    }
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Membership {
    pub commission_id: CommissionId,
    pub institution_id: InstitutionId,
    pub role: MemberRole,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Membership {
    pub(crate) fn holds_on(&self, day: NaiveDate) -> bool {
        self.meets(day, day)
    }

    pub(crate) fn meets(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.from.is_none_or(|start| start <= to) && self.to.is_none_or(|end| end >= from)
    }

    /// Returns true if the institution is a member without a special role.
    pub(crate) fn is_plain_member(&self) -> bool {
        self.role == MemberRole::Member
    }
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Meeting {
    pub id: MeetingId,
    pub title: String,
    pub kind: MeetingKind,
    pub held_from: NaiveDate,
    pub held_to: NaiveDate,
    pub status: MeetingStatus,
    pub restricted: bool,
    pub commission_ids: Vec<CommissionId>,
    /// The institutions present, each with whether it attended as a guest.
    pub present: Vec<(InstitutionId, bool)>,
    pub minutes: Option<MinutesStatus>,
    pub documents: Vec<Proof>,
    #[serde(skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations,
}

impl Meeting {
    /// Replaces its texts by their translations.
    pub(crate) fn translate(&mut self, lang: Lang) {
        let own = std::mem::take(&mut self.translations);
        put(&mut self.title, &own, "title", lang);
        for (n, document) in self.documents.iter_mut().enumerate() {
            put(&mut document.title, &own, &format!("documents/{n}/title"), lang);
        }
        self.translations = own;
    }

    pub(crate) fn was_held_in(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.status == MeetingStatus::Held && self.held_from <= to && self.held_to >= from
    }
}

pub(super) mod store {
    use diesel::prelude::*;

    use super::*;
    use crate::dates::PartialDate;
    use crate::db::schema::{
        attendances, commission_legal_bases, commissions, institutions, meeting_documents, meetings, memberships,
        minutes, operational_states,
    };
    use crate::db::{Db, grouped};
    use crate::error::Result;
    use crate::meetings::{AttendanceCapacity, AttendanceStatus};
    use crate::reports::records::link_tables::{links, take};

    /// Title, address and date of a document of a session.
    type Filed = (String, Option<String>, Option<PartialDate>);

    pub(crate) fn institutions_of(conn: &mut Db, ids: &[InstitutionId]) -> Result<Vec<(InstitutionId, Institution)>> {
        #[derive(Queryable, Selectable)]
        #[diesel(table_name = institutions)]
        struct Row {
            id: InstitutionId,
            name: String,
            acronym: Option<String>,
            territory: Option<String>,
            parent_id: Option<InstitutionId>,
            sector: Sector,
            country_code: Option<String>,
            partner_type: Option<PartnerType>,
            translations: Option<String>,
        }
        let rows: Vec<Row> =
            institutions::table.filter(institutions::id.eq_any(ids)).select(Row::as_select()).load(conn)?;
        let institution = |row: Row| {
            let institution = Institution {
                name: row.name,
                acronym: row.acronym,
                territory: row.territory,
                parent_id: row.parent_id,
                sector: row.sector,
                country_code: row.country_code,
                partner_type: row.partner_type,
                translations: Translations::of_stored(row.translations),
            };
            (row.id, institution)
        };
        Ok(rows.into_iter().map(institution).collect())
    }

    pub(crate) fn commissions_of(conn: &mut Db, country: &str) -> Result<Vec<Commission>> {
        let dated: Vec<(CommissionId, (NaiveDate, OperationalState))> = operational_states::table
            .inner_join(commissions::table)
            .filter(commissions::country_code.eq(country))
            .order((operational_states::since_from, operational_states::id))
            .select((operational_states::commission_id, (operational_states::since_from, operational_states::state)))
            .load(conn)?;
        let mut states = grouped(dated);
        let bases: Vec<(CommissionId, (String, Option<String>))> = commission_legal_bases::table
            .inner_join(commissions::table)
            .filter(commissions::country_code.eq(country))
            .order((commission_legal_bases::commission_id, commission_legal_bases::position))
            .select((
                commission_legal_bases::commission_id,
                (commission_legal_bases::title, commission_legal_bases::number),
            ))
            .load(conn)?;
        let mut bases = grouped(bases);
        let mut themes = links!(conn, country, themes commission_themes(commission_id) of commissions);
        let basis = |(title, number)| LegalBasis { title, number };
        #[derive(Queryable, Selectable)]
        #[diesel(table_name = commissions)]
        struct Row {
            id: CommissionId,
            name: String,
            acronym: Option<String>,
            kind: CommissionKind,
            parent_id: Option<CommissionId>,
            territory: Option<String>,
            function: Option<String>,
            operational_state: OperationalState,
            declared_member_count: Option<i32>,
            translations: Option<String>,
        }
        let rows: Vec<Row> = commissions::table
            .filter(commissions::country_code.eq(country))
            .order(commissions::id)
            .select(Row::as_select())
            .load(conn)?;
        let commission = |row: Row| Commission {
            states: take(&mut states, &row.id),
            legal_bases: take(&mut bases, &row.id).into_iter().map(basis).collect(),
            themes: take(&mut themes, &row.id),
            translations: Translations::of_stored(row.translations),
            id: row.id,
            name: row.name,
            acronym: row.acronym,
            kind: row.kind,
            parent_id: row.parent_id,
            territory: row.territory,
            function: row.function,
            state: row.operational_state,
            declared_member_count: row.declared_member_count,
        };
        Ok(rows.into_iter().map(commission).collect())
    }

    pub(crate) fn memberships_of(conn: &mut Db, country: &str) -> Result<Vec<Membership>> {
        type Row = (CommissionId, InstitutionId, MemberRole, Option<NaiveDate>, Option<NaiveDate>);
        let rows: Vec<Row> = memberships::table
            .inner_join(commissions::table)
            .filter(commissions::country_code.eq(country))
            .order(memberships::id)
            .select((
                memberships::commission_id,
                memberships::institution_id,
                memberships::role,
                memberships::from_date,
                memberships::to_date,
            ))
            .load(conn)?;
        let membership = |(commission_id, institution_id, role, from, to)| Membership {
            commission_id,
            institution_id,
            role,
            from,
            to,
        };
        Ok(rows.into_iter().map(membership).collect())
    }

    pub(crate) fn meetings_of(conn: &mut Db, country: &str) -> Result<Vec<Meeting>> {
        type Fields = (MeetingId, String, MeetingKind, NaiveDate, NaiveDate, MeetingStatus, bool, Option<String>);
        let rows: Vec<(Fields, Option<MinutesStatus>)> = meetings::table
            .left_join(minutes::table)
            .filter(meetings::country_code.eq(country))
            .order((meetings::held_from, meetings::id))
            .select((
                (
                    meetings::id,
                    meetings::title,
                    meetings::kind,
                    meetings::held_from,
                    meetings::held_to,
                    meetings::status,
                    meetings::restricted,
                    meetings::translations,
                ),
                minutes::status.nullable(),
            ))
            .load(conn)?;
        let filed: Vec<(MeetingId, Filed)> = meeting_documents::table
            .inner_join(meetings::table)
            .filter(meetings::country_code.eq(country))
            .order((meeting_documents::meeting_id, meeting_documents::created_at, meeting_documents::id))
            .select((
                meeting_documents::meeting_id,
                (meeting_documents::title, meeting_documents::url, meeting_documents::dated),
            ))
            .load(conn)?;
        let mut filed = grouped(filed);
        let proof = |(title, url, dated)| Proof { title, url, dated };
        let attended: Vec<(MeetingId, (InstitutionId, Option<AttendanceCapacity>))> = attendances::table
            .inner_join(meetings::table)
            .filter(meetings::country_code.eq(country).and(attendances::status.eq(AttendanceStatus::Present)))
            .order((attendances::meeting_id, attendances::position))
            .select((attendances::meeting_id, (attendances::institution_id, attendances::capacity)))
            .load(conn)?;
        let mut attended = grouped(attended);
        let mut joint = links!(conn, country, meeting_commissions(meeting_id, commission_id) of meetings);
        let as_guest = |(institution, capacity): (InstitutionId, Option<AttendanceCapacity>)| {
            (institution, capacity == Some(AttendanceCapacity::Guest))
        };
        let meeting =
            |((id, title, kind, held_from, held_to, status, restricted, translations), minutes): (Fields, _)| Meeting {
                documents: take(&mut filed, &id).into_iter().map(proof).collect(),
                translations: Translations::of_stored(translations),
                commission_ids: take(&mut joint, &id),
                present: take(&mut attended, &id).into_iter().map(as_guest).collect(),
                id,
                title,
                kind,
                held_from,
                held_to,
                status,
                restricted,
                minutes,
            };
        Ok(rows.into_iter().map(meeting).collect())
    }
}
