//! Countries.

use chrono_tz::Tz;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::require;
use crate::audit;
use crate::clock::Instant;
use crate::db::Tx;
use crate::error::{Code, Faults, Permitted, Result};
use crate::http::{Input, is_country_code};
use crate::identity::Actor;
use crate::translations::{Translations, check_remarks};

pub(crate) use store::{find as country, names as country_names};

/// A country's code in a path; any other text is a 404.
#[derive(Debug, Clone, ToSchema)]
#[schema(value_type = String, examples("CL"))]
pub(crate) struct CountryCode(pub String);

impl<'de> serde::Deserialize<'de> for CountryCode {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = String::deserialize(from)?;
        if is_country_code(&code) { Ok(Self(code)) } else { Err(serde::de::Error::custom("not a country code")) }
    }
}

/// The fields of a country. Its code is its key.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct CountryInput {
    /// Two capital letters; any pair is accepted. Never changes.
    #[schema(examples("CL"), min_length = 2, max_length = 2)]
    pub code: String,
    /// The name that people use.
    #[schema(examples("Chile"), max_length = 300)]
    pub name: String,
    /// The IANA time zone that decides the calendar day.
    #[schema(examples("America/Santiago"), max_length = 60)]
    pub time_zone: String,
    /// A BCP 47 language tag; texts fall back to Spanish.
    #[schema(examples("es-CL"), max_length = 35)]
    pub locale: String,
    /// A remark for those who may change the record; nobody else reads it, and no document prints it.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("La fuente no da la fecha exacta."), max_length = 4000)]
    pub note: Option<String>,
    /// The texts of the record in other languages.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Translations::is_empty")]
    #[schema(required = false)]
    pub translations: Translations,
}

/// The free texts that can be translated.
const TRANSLATED: &[&str] = &["name"];

impl Input for CountryInput {
    fn check(&self, faults: &mut Faults) {
        if !is_country_code(&self.code) {
            faults.add("/code", "invalid_country_code");
        }
        faults.line("/name", &self.name, 300);
        if self.time_zone.parse::<Tz>().is_err() {
            faults.add("/time_zone", "invalid_time_zone");
        }
        if !is_language_tag(&self.locale) {
            faults.add("/locale", "invalid_locale");
        }
        check_remarks(self.note.as_ref(), &self.translations, TRANSLATED, faults);
    }
}

/// Returns true if a text has the form of a language tag (BCP 47, RFC 5646 section 2.1); the registry is not consulted.
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let private = first.eq_ignore_ascii_case("x");
    let language = (2..=8).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let mut rest = parts.peekable();
    tag.len() <= 35
        && (language || (private && rest.peek().is_some()))
        && rest.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// A country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Country {
    #[serde(flatten)]
    pub fields: CountryInput,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Country {
    pub(crate) fn input(&self) -> CountryInput {
        self.fields.clone()
    }

    /// Returns the country as the actor may read it: only admins, who may change it, read its note.
    fn for_reader(mut self, actor: &Actor) -> Self {
        self.fields.note = self.fields.note.filter(|_| actor.is_admin());
        self
    }
}

crate::nothing_restricted!(Country);

pub(crate) fn create(tx: &mut Tx<'_>, actor: &Actor, input: CountryInput) -> Result<Country> {
    require(actor.is_admin(), Permitted::Admins)?;
    if store::exists(tx.conn, &input.code)? {
        return Err(Code::Duplicate.into());
    }
    let country = Country { fields: input, created_at: tx.now, updated_at: tx.now };
    store::insert(tx.conn, &country)?;
    let code = country.fields.code.as_str();
    audit::created(tx, "country", code, Some(code), &country)?;
    Ok(country)
}

/// Changes everything but the code.
pub(crate) fn update(tx: &mut Tx<'_>, actor: &Actor, code: &str, input: CountryInput) -> Result<Country> {
    let before = store::find(tx.conn, code)?;
    require(actor.is_admin(), Permitted::Admins)?;
    let mut faults = tx.faults();
    if input.code != code {
        faults.add("/code", "fixed");
    }
    faults.into_result()?;
    let after = Country { fields: input, updated_at: tx.now, ..before.clone() };
    store::update(tx.conn, &after)?;
    audit::updated(tx, "country", code, Some(code), &before, &after)?;
    Ok(after)
}

/// 409 `in_use` when anything but its calendar depends on it.
pub(super) fn delete(tx: &mut Tx<'_>, actor: &Actor, country: Country) -> Result<()> {
    require(actor.is_admin(), Permitted::Admins)?;
    let code = country.fields.code.as_str();
    store::delete(tx.conn, code)?;
    audit::deleted(tx, "country", code, Some(code), &country)
}

pub(super) mod web;

mod store {
    use diesel::prelude::*;

    use super::{Country, CountryInput};
    use crate::clock::Instant;
    use crate::db::Db;
    use crate::db::schema::{calendar_days, countries};
    use crate::error::{Code, Result};
    use crate::http::{Page, Paging};
    use crate::translations::Translations;

    #[derive(Queryable, Selectable, Insertable, AsChangeset)]
    #[diesel(table_name = countries, primary_key(code), treat_none_as_null = true)]
    struct Row {
        code: String,
        name: String,
        time_zone: String,
        locale: String,
        created_at: Instant,
        updated_at: Instant,
        note: Option<String>,
        translations: Option<String>,
    }

    impl Row {
        fn of(country: &Country) -> Self {
            let CountryInput { code, name, time_zone, locale, note, translations } = country.fields.clone();
            let (created_at, updated_at) = (country.created_at, country.updated_at);
            let translations = translations.stored();
            Self { code, name, time_zone, locale, created_at, updated_at, note, translations }
        }

        fn country(self) -> Country {
            let Self { code, name, time_zone, locale, created_at, updated_at, note, translations } = self;
            let translations = Translations::of_stored(translations);
            Country {
                fields: CountryInput { code, name, time_zone, locale, note, translations },
                created_at,
                updated_at,
            }
        }
    }

    /// Loads one page, in the order of codes.
    pub(super) fn list(conn: &mut Db, paging: &Paging<String>) -> Result<Page<Country>> {
        let mut query = countries::table.select(Row::as_select()).order(countries::code).into_boxed();
        let total = paging.count(conn, &query)?;
        if let Some(after) = &paging.after {
            query = query.filter(countries::code.gt(after));
        }
        let rows: Vec<Row> = query.limit(paging.fetch()).load(conn)?;
        Ok(Page::cut(rows, paging, |row| row.code.clone()).counted(total).map(Row::country))
    }

    /// Returns the code and the name of every country, in the order of names.
    pub(crate) fn names(conn: &mut Db) -> Result<Vec<(String, String)>> {
        Ok(countries::table.order(countries::name).select((countries::code, countries::name)).load(conn)?)
    }

    pub(super) fn exists(conn: &mut Db, code: &str) -> Result<bool> {
        Ok(diesel::select(diesel::dsl::exists(countries::table.find(code))).get_result(conn)?)
    }

    /// Loads a country by its code; 404 when there is none.
    pub(crate) fn find(conn: &mut Db, code: &str) -> Result<Country> {
        let row: Option<Row> = countries::table.find(code).select(Row::as_select()).first(conn).optional()?;
        row.map(Row::country).ok_or_else(|| Code::NotFound.into())
    }

    pub(super) fn insert(conn: &mut Db, country: &Country) -> Result<()> {
        diesel::insert_into(countries::table).values(Row::of(country)).execute(conn)?;
        Ok(())
    }

    pub(super) fn update(conn: &mut Db, country: &Country) -> Result<()> {
        diesel::update(countries::table.find(&country.fields.code)).set(Row::of(country)).execute(conn)?;
        Ok(())
    }

    /// Deletes a country with its calendar; 409 `in_use` when anything else depends on it.
    pub(super) fn delete(conn: &mut Db, code: &str) -> Result<()> {
        diesel::delete(calendar_days::table.filter(calendar_days::country_code.eq(code))).execute(conn)?;
        diesel::delete(countries::table.find(code)).execute(conn)?;
        Ok(())
    }
}

pub(super) mod api {
    //! `/countries`.

    use actix_web::web::Path;
    use actix_web::{HttpResponse, delete, get, patch, post};

    use super::{Country, CountryCode, CountryInput, store};
    use crate::db::Tx;
    use crate::error::Result;
    use crate::http::{Body, Page, PageQuery, Patch, Query};
    use crate::identity::Caller;

    /// List countries
    ///
    /// In order of code.
    ///
    /// Permissions: anyone signed in.
    #[utoipa::path(tag = "directory", params(PageQuery), responses((status = 200, description = "One page", body = Page<Country>)))]
    #[get("/api/v1/countries")]
    pub(crate) async fn list(caller: Caller, query: Query<PageQuery>) -> Result<HttpResponse> {
        let paging = query.0.paging()?;
        caller.list(move |conn, actor| Ok(store::list(conn, &paging)?.map(|one| one.for_reader(actor)))).await
    }

    /// Enter a country
    ///
    /// 409 `duplicate` when the code is taken.
    ///
    /// Permissions: admin.
    #[utoipa::path(tag = "directory", request_body = CountryInput, responses((status = 201, description = "Entered", body = Country)))]
    #[post("/api/v1/countries")]
    pub(crate) async fn create(caller: Caller, body: Body<CountryInput>) -> Result<HttpResponse> {
        caller.create(body, location, super::create).await
    }

    /// Show a country
    ///
    /// Permissions: anyone signed in.
    #[utoipa::path(tag = "directory", responses((status = 200, description = "The country", body = Country)))]
    #[get("/api/v1/countries/{code}")]
    pub(crate) async fn show(caller: Caller, code: Path<CountryCode>) -> Result<HttpResponse> {
        caller.show(move |conn, actor| Ok(store::find(conn, &code.0)?.for_reader(actor))).await
    }

    /// Change a country
    ///
    /// The code never changes.
    ///
    /// Permissions: admin.
    #[utoipa::path(tag = "directory", request_body = CountryInput, responses((status = 200, description = "Changed", body = Country)))]
    #[patch("/api/v1/countries/{code}")]
    pub(crate) async fn update(caller: Caller, code: Path<CountryCode>, patch: Patch) -> Result<HttpResponse> {
        let CountryCode(code) = code.into_inner();
        let own = code.clone();
        let load = move |tx: &mut Tx<'_>, _: &_| store::find(tx.conn, &own);
        caller.patch(patch, load, Country::input, move |tx, actor, input| super::update(tx, actor, &code, input)).await
    }

    /// Remove a country that nothing depends on
    ///
    /// Its calendar is removed with it.
    ///
    /// Permissions: admin.
    #[utoipa::path(tag = "directory", responses((status = 204, description = "Removed")))]
    #[delete("/api/v1/countries/{code}")]
    pub(crate) async fn remove(caller: Caller, code: Path<CountryCode>) -> Result<HttpResponse> {
        caller.delete(move |tx, _| store::find(tx.conn, &code.0), super::delete).await
    }

    fn location(country: &Country) -> String {
        format!("/api/v1/countries/{}", country.fields.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_any_language_tag() {
        for tag in ["es", "es-CL", "qu-PE", "zh-Hant-TW", "es-419", "x-andino", "de-CH-1901"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for tag in ["", "e", "es_CL", "es-", "-CL", "español", "x", "es-abcdefghi", "12"] {
            assert!(!is_language_tag(tag), "{tag}");
        }
    }
}
