//! The public view in the database: the public commissions, and the names that texts may not contain.

use std::collections::HashSet;

use diesel::prelude::*;
use uuid::Uuid;

use super::model::{ClosedName, KnownNames, Origin, PublicCommission};
use crate::access::Visibility;
use crate::agreements::AgreementStatus;
use crate::commissions::CommissionKind;
use crate::db::schema::{
    agenda_items, attendances, commission_aliases, commissions, commitment_commissions, commitments, delegates,
    former_names, institution_aliases, institutions, meeting_replies, minutes, observation_commissions, reports, users,
};
use crate::db::{
    ActivityId, AgreementId, CommissionId, CommitmentId, Db, MeetingId, ObservationId, PlanId, PlanItemId, ReportId,
    grouped,
};
use crate::error::Result;
use crate::i18n::Lang;
use crate::minutes::MinutesStatus;
use crate::reports::{Source, SourceKind};
use crate::text::name_key;
use crate::translations::Translations;

#[derive(Queryable, Selectable)]
#[diesel(table_name = commissions)]
struct Row {
    id: CommissionId,
    country_code: String,
    name: String,
    kind: CommissionKind,
    acronym: Option<String>,
    official_name: Option<String>,
    public: bool,
    translations: Option<String>,
}

impl Row {
    /// Returns its names in every language.
    fn names(&self) -> impl Iterator<Item = String> {
        let other = [self.acronym.clone(), self.official_name.clone()];
        let translations = Translations::of_stored(self.translations.clone());
        let translated = Lang::ALL.iter().flat_map(|lang| {
            ["name", "acronym", "official_name"].map(|field| translations.translated(field, *lang).map(str::to_owned))
        });
        let translated: Vec<String> = translated.flatten().collect();
        std::iter::once(self.name.clone()).chain(other.into_iter().flatten()).chain(translated)
    }
}

/// The public commissions, and the names of the others, former names included.
pub(super) struct Commissions {
    /// In the order of their names.
    pub public: Vec<PublicCommission>,
    open_names: Vec<String>,
    closed_names: Vec<ClosedName>,
}

impl Commissions {
    /// Returns the public commission of an id.
    pub(super) fn find(&self, id: CommissionId) -> Option<&PublicCommission> {
        self.public.iter().find(|one| one.id == id)
    }

    /// Returns those of these commissions that are public.
    pub(super) fn among(&self, ids: &[CommissionId]) -> Vec<PublicCommission> {
        ids.iter().filter_map(|id| self.find(*id)).cloned().collect()
    }

    /// Returns the records that everybody may know: those that an observer of the public commissions may know.
    pub(super) fn visibility(&self) -> Visibility {
        Visibility { unrestricted_commissions: self.public.iter().map(|one| one.id).collect(), ..Visibility::default() }
    }
}

/// Loads the commissions. Three queries.
pub(super) fn load_commissions(conn: &mut Db) -> Result<Commissions> {
    let rows: Vec<Row> = commissions::table.order(commissions::id).select(Row::as_select()).load(conn)?;
    let aliases: Vec<(CommissionId, String)> =
        commission_aliases::table.select((commission_aliases::commission_id, commission_aliases::alias)).load(conn)?;
    let mut aliases_of = grouped(aliases);
    let mut found = Commissions { public: Vec::new(), open_names: Vec::new(), closed_names: Vec::new() };
    for row in rows {
        let names = row.names().chain(aliases_of.remove(&row.id).unwrap_or_default());
        if row.public {
            found.open_names.extend(names);
            let Row { id, country_code, name, acronym, kind, .. } = row;
            found.public.push(PublicCommission { id, country_code, name, acronym, kind });
        } else {
            let country = &row.country_code;
            found.closed_names.extend(names.map(|name| ClosedName { country_code: country.clone(), name }));
        }
    }
    let of_commissions = former_names::table.filter(former_names::commission_id.is_not_null());
    let columns = (
        former_names::commission_id.assume_not_null(),
        former_names::country_code.assume_not_null(),
        former_names::name,
    );
    let former: Vec<(CommissionId, String, String)> = of_commissions.select(columns).load(conn)?;
    for (id, country_code, name) in former {
        match found.find(id) {
            Some(_) => found.open_names.push(name),
            None => found.closed_names.push(ClosedName { country_code, name }),
        }
    }
    found.public.sort_by_cached_key(|one| name_key(&one.name));
    Ok(found)
}

/// Loads the names that the texts of a country's pages may not contain: of users, delegates, people on attendance lists, in
/// replies and on agendas, with their former names, and of the commissions that are not public. Eight queries.
pub(super) fn load_names(conn: &mut Db, all: &Commissions, country: &str) -> Result<KnownNames> {
    let mut people: Vec<String> = users::table.select(users::name).load(conn)?;
    let named = delegates::table.filter(delegates::name.is_not_null());
    people.extend(named.select(delegates::name.assume_not_null()).distinct().load::<String>(conn)?);
    let present = attendances::table.filter(attendances::person.is_not_null());
    people.extend(present.select(attendances::person.assume_not_null()).distinct().load::<String>(conn)?);
    let replied = meeting_replies::table.filter(meeting_replies::person.is_not_null());
    people.extend(replied.select(meeting_replies::person.assume_not_null()).distinct().load::<String>(conn)?);
    let presenting = agenda_items::table.filter(agenda_items::presenter.is_not_null());
    let mut presenters: Vec<String> =
        presenting.select(agenda_items::presenter.assume_not_null()).distinct().load(conn)?;
    let of_persons = former_names::table.filter(former_names::commission_id.is_null());
    let former: Vec<(Origin, String)> = of_persons.select((former_names::origin, former_names::name)).load(conn)?;
    for (origin, name) in former {
        if origin == Origin::Presenter { presenters.push(name) } else { people.push(name) }
    }
    let (open, closed) = (all.open_names.clone(), all.closed_names.clone());
    Ok(KnownNames { country_code: country.to_owned(), open, closed, people, presenters, bodies: bodies(conn)? })
}

/// Returns every name of every institution. Two queries.
fn bodies(conn: &mut Db) -> Result<Vec<String>> {
    let names: Vec<(String, Option<String>)> =
        institutions::table.select((institutions::name, institutions::official_name)).load(conn)?;
    let aliases: Vec<String> = institution_aliases::table.select(institution_aliases::alias).load(conn)?;
    let names = names.into_iter().flat_map(|(name, official)| std::iter::once(name).chain(official));
    Ok(names.chain(aliases).collect())
}

/// Returns those of these sessions whose minutes are approved.
pub(super) fn with_approved_minutes(conn: &mut Db, ids: &[MeetingId]) -> Result<HashSet<MeetingId>> {
    let approved = minutes::table
        .filter(minutes::meeting_id.eq_any(ids))
        .filter(minutes::status.eq(MinutesStatus::Approved))
        .filter(minutes::version.gt(0));
    Ok(approved.select(minutes::meeting_id).load(conn)?.into_iter().collect())
}

/// The records among the sources of a report that are public.
pub(super) struct PublicSources(HashSet<(SourceKind, Uuid)>);

impl PublicSources {
    /// Returns true if a source may be known. Institutions belong to no commission.
    pub(super) fn has(&self, source: &Source) -> bool {
        source.kind == SourceKind::Institution || source.id.parse().is_ok_and(|id| self.0.contains(&(source.kind, id)))
    }
}

/// Loads which of these sources are public, in one query for each kind.
pub(super) fn load_public_sources(conn: &mut Db, all: &Commissions, sources: &[Source]) -> Result<PublicSources> {
    let visibility = all.visibility();
    let ids = |kind: SourceKind| -> Vec<Uuid> {
        sources.iter().filter(|one| one.kind == kind).filter_map(|one| one.id.parse().ok()).collect()
    };
    let mut known = HashSet::new();
    let mut add = |kind: SourceKind, found: Vec<Uuid>| known.extend(found.into_iter().map(|id| (kind, id)));
    add(SourceKind::Commission, all.public.iter().map(|one| one.id.into()).collect());
    let meetings: Vec<MeetingId> = typed(ids(SourceKind::Meeting));
    add(SourceKind::Meeting, plain(crate::meetings::known_meetings(conn, &visibility, &meetings)?));
    let activities: Vec<ActivityId> = typed(ids(SourceKind::Activity));
    add(SourceKind::Activity, plain(crate::activities::known_activities(conn, &visibility, &activities)?));
    let agreements: Vec<AgreementId> = typed(ids(SourceKind::Agreement));
    let found = crate::agreements::agreements_by_id(conn, &visibility, &agreements)?;
    let stated = found.into_iter().filter(|(_, one)| one.fields.status != AgreementStatus::Draft);
    add(SourceKind::Agreement, plain(stated.map(|(id, _)| id).collect()));
    let plans: Vec<PlanId> = typed(ids(SourceKind::Plan));
    add(SourceKind::Plan, plain(crate::plans::known_plans(conn, &visibility, &plans)?));
    let items: Vec<PlanItemId> = typed(ids(SourceKind::PlanItem));
    let found = crate::plans::known_item_countries(conn, &visibility, &items)?;
    add(SourceKind::PlanItem, plain(found.into_keys().collect()));
    let reports: Vec<ReportId> = typed(ids(SourceKind::Report));
    add(SourceKind::Report, plain(public_reports(conn, &visibility, &reports)?));
    add(SourceKind::Commitment, plain(open_commitments(conn, &visibility, &typed(ids(SourceKind::Commitment)))?));
    add(SourceKind::Observation, plain(observations(conn, &visibility, &typed(ids(SourceKind::Observation)))?));
    Ok(PublicSources(known))
}

fn typed<T: From<Uuid>>(ids: Vec<Uuid>) -> Vec<T> {
    ids.into_iter().map(T::from).collect()
}

fn plain<T: Into<Uuid>>(ids: Vec<T>) -> Vec<Uuid> {
    ids.into_iter().map(Into::into).collect()
}

/// Returns those of these commitments that are no drafts, not restricted, and of a public commission.
fn open_commitments(conn: &mut Db, visibility: &Visibility, ids: &[CommitmentId]) -> Result<Vec<CommitmentId>> {
    let public = commitment_commissions::table
        .filter(commitment_commissions::commission_id.eq_any(&visibility.unrestricted_commissions))
        .select(commitment_commissions::commitment_id);
    Ok(commitments::table
        .filter(commitments::id.eq_any(ids))
        .filter(commitments::restricted.eq(false).and(commitments::draft.eq(false)))
        .filter(commitments::id.eq_any(public))
        .select(commitments::id)
        .load(conn)?)
}

/// Returns those of these reports that are approved and report on a public plan.
fn public_reports(conn: &mut Db, visibility: &Visibility, ids: &[ReportId]) -> Result<Vec<ReportId>> {
    let approved = reports::table.filter(reports::id.eq_any(ids)).filter(reports::snapshot.is_not_null());
    let found: Vec<(ReportId, PlanId)> = approved.select((reports::id, reports::roadmap_id)).load(conn)?;
    let plans: Vec<PlanId> = found.iter().map(|(_, plan)| *plan).collect();
    let known = crate::plans::known_plans(conn, visibility, &plans)?;
    Ok(found.into_iter().filter(|(_, plan)| known.contains(plan)).map(|(id, _)| id).collect())
}

/// Returns those of these observations that a public commission noted.
fn observations(conn: &mut Db, visibility: &Visibility, ids: &[ObservationId]) -> Result<Vec<ObservationId>> {
    Ok(observation_commissions::table
        .filter(observation_commissions::observation_id.eq_any(ids))
        .filter(observation_commissions::commission_id.eq_any(&visibility.unrestricted_commissions))
        .select(observation_commissions::observation_id)
        .load(conn)?)
}
