//! Read models that every slice needs: names, countries and time zones of commissions; existence of institutions and
//! files.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::conditions::CurrentDays;
use super::visibility::Visibility;
use crate::clock::Instant;
use crate::db::raw::{self, Dialect};
use crate::db::schema::{commissions, countries, files, institutions};
use crate::db::{CommissionId, Db, FileId, InstitutionId, UserId};
use crate::error::Result;
use crate::i18n::Lang;
use crate::text::fold;
use crate::translations::Translations;

/// The data of a commission that other slices need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CommissionRef {
    pub id: CommissionId,
    pub country_code: String,
    pub name: String,
    pub acronym: Option<String>,
    pub translations: Translations,
    /// The time zone of the commission, else that of its country.
    pub zone: Tz,
}

impl CommissionRef {
    /// Returns the calendar day in the time zone of the commission.
    pub(crate) fn today(&self, now: Instant) -> NaiveDate {
        now.day_in(self.zone)
    }

    /// Returns the acronym, else the name.
    pub(crate) fn label(&self) -> &str {
        self.acronym.as_deref().unwrap_or(&self.name)
    }

    /// Returns the name in a language.
    pub(crate) fn name_in(&self, lang: Lang) -> &str {
        self.translations.or_original("name", lang, &self.name)
    }

    /// Returns the label in a language. An acronym stays as it is, unless it has a translation.
    pub(crate) fn label_in(&self, lang: Lang) -> &str {
        match &self.acronym {
            Some(acronym) => self.translations.or_original("acronym", lang, acronym),
            None => self.name_in(lang),
        }
    }
}

/// Loads those of these commissions that may be known, in their order, with one query.
pub(crate) fn known_commissions(
    conn: &mut Db,
    visibility: &Visibility,
    ids: &[CommissionId],
) -> Result<Vec<CommissionRef>> {
    let mut found = commission_refs(conn, ids)?;
    let known = ids.iter().filter_map(|id| found.remove(id));
    Ok(known.filter(|one| visibility.knows_commission(one.id, &one.country_code)).collect())
}

/// Loads the commissions that may be known, in the order of their labels: the choices of a filter or of a form.
pub(crate) fn visible_commissions(conn: &mut Db, visibility: &Visibility) -> Result<Vec<CommissionRef>> {
    let mut query = commissions::table.inner_join(countries::table).select(COLUMNS).into_boxed();
    if !visibility.all {
        let in_country = commissions::country_code.eq_any(visibility.countries.clone());
        query = query.filter(in_country.or(commissions::id.eq_any(visibility.commissions())));
    }
    let mut all: Vec<CommissionRef> = query.load::<Row>(conn)?.into_iter().map(of_row).collect();
    all.sort_by_cached_key(|one| (fold([one.label()]), one.id));
    Ok(all)
}

/// The columns of a [`CommissionRef`].
const COLUMNS: (
    commissions::id,
    commissions::country_code,
    commissions::name,
    commissions::acronym,
    commissions::translations,
    commissions::time_zone,
    countries::time_zone,
) = (
    commissions::id,
    commissions::country_code,
    commissions::name,
    commissions::acronym,
    commissions::translations,
    commissions::time_zone,
    countries::time_zone,
);

type Row = (CommissionId, String, String, Option<String>, Option<String>, Option<String>, String);

fn of_row((id, country_code, name, acronym, translations, own, zone): Row) -> CommissionRef {
    let zone = own.as_deref().unwrap_or(&zone).parse().unwrap_or(Tz::UTC);
    CommissionRef { id, country_code, name, acronym, translations: Translations::of_stored(translations), zone }
}

/// Loads commissions by id, with one query.
pub(crate) fn commission_refs(conn: &mut Db, ids: &[CommissionId]) -> Result<HashMap<CommissionId, CommissionRef>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = commissions::table.inner_join(countries::table).filter(commissions::id.eq_any(ids)).select(COLUMNS);
    let rows: Vec<Row> = found.load(conn)?;
    Ok(rows.into_iter().map(|row| (row.0, of_row(row))).collect())
}

/// Returns the time zone of a country; None when the country does not exist.
pub(crate) fn country_zone(conn: &mut Db, code: &str) -> Result<Option<Tz>> {
    let zone: Option<String> = countries::table.find(code).select(countries::time_zone).first(conn).optional()?;
    Ok(zone.map(|zone| zone.parse().unwrap_or(Tz::UTC)))
}

/// Returns the day of a moment in the time zone of a country; in UTC for an unknown one.
pub(crate) fn country_day(conn: &mut Db, code: &str, at: Instant) -> Result<NaiveDate> {
    Ok(at.day_in(country_zone(conn, code)?.unwrap_or(Tz::UTC)))
}

#[derive(QueryableByName)]
struct Zone {
    #[diesel(sql_type = Text)]
    zone: String,
}

/// Returns the current days in the time zones of commissions and sessions. One statement.
pub(crate) fn current_days(conn: &mut Db, now: Instant) -> Result<CurrentDays> {
    let statement = "SELECT coalesce(z.time_zone, y.time_zone) AS zone FROM commissions z \
                     JOIN countries y ON y.code = z.country_code \
                     UNION SELECT m.time_zone AS zone FROM meetings m WHERE m.time_zone IS NOT NULL";
    let zones: Vec<Zone> = raw::load(conn, statement.to_owned())?;
    let mut days: BTreeMap<NaiveDate, Vec<String>> = BTreeMap::new();
    for Zone { zone } in zones {
        let day = now.day_in(zone.parse().unwrap_or(Tz::UTC));
        days.entry(day).or_default().push(zone);
    }
    Ok(CurrentDays { sql: Dialect::of(conn), utc: now.utc().date_naive(), days })
}

/// Returns those of these institutions that exist.
pub(super) fn existing_institutions(conn: &mut Db, ids: &[InstitutionId]) -> Result<Vec<InstitutionId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(institutions::table.filter(institutions::id.eq_any(ids)).select(institutions::id).load(conn)?)
}

/// Returns those of these files that exist; with an `uploader`, only those that this person uploaded.
pub(super) fn existing_files(conn: &mut Db, uploader: Option<UserId>, ids: &[FileId]) -> Result<Vec<FileId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = files::table.filter(files::id.eq_any(ids)).select(files::id).into_boxed();
    if let Some(person) = uploader {
        query = query.filter(files::uploaded_by.eq(person));
    }
    Ok(query.load(conn)?)
}
