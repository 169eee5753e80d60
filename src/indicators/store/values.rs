//! Values of indicators in the database. Rows are only added.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::schema::{indicator_value_evidence, indicator_values};
use crate::db::{Db, FileId, IndicatorId, IndicatorValueId, UserId, grouped};
use crate::error::{Code, Result};
use crate::evidence::Evidence;
use crate::http::{Page, Paging};
use crate::identity::{Importer, Person, UserNames, user_names};
use crate::indicators::model::{Decimal, IndicatorValue, IndicatorValueInput};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = indicator_values, treat_none_as_default_value = false)]
struct Row {
    id: IndicatorValueId,
    indicator_id: IndicatorId,
    period: PartialDate,
    period_from: NaiveDate,
    period_to: NaiveDate,
    territory: Option<String>,
    revision: i32,
    value_millionths: Option<i64>,
    preliminary: bool,
    source: Option<String>,
    author_id: Option<UserId>,
    from_file: bool,
    imported_by: Option<UserId>,
    recorded_at: Instant,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = indicator_value_evidence, treat_none_as_default_value = false)]
struct EvidenceRow {
    value_id: IndicatorValueId,
    position: i32,
    title: String,
    url: Option<String>,
    file_id: Option<FileId>,
    kind: Option<String>,
    dated: Option<PartialDate>,
    dated_from: Option<NaiveDate>,
    dated_to: Option<NaiveDate>,
}

impl EvidenceRow {
    fn of(value_id: IndicatorValueId, position: i32, evidence: Evidence) -> Self {
        let Evidence { title, url, file_id, kind, dated, dated_from, dated_to } = evidence.bounded();
        Self { value_id, position, title, url, file_id, kind, dated, dated_from, dated_to }
    }

    fn into_evidence(self) -> Evidence {
        let Self { title, url, file_id, kind, dated, dated_from, dated_to, .. } = self;
        Evidence { title, url, file_id, kind, dated, dated_from, dated_to }
    }
}

/// The indicator, the period and the territory of a value. Several values with the same key are revisions of each other.
type Key = (IndicatorId, PartialDate, Option<String>);

impl Row {
    fn key(&self) -> Key {
        (self.indicator_id, self.period.clone(), self.territory.clone())
    }

    fn into_value(self, newest: bool, evidence: Vec<Evidence>, names: &UserNames) -> IndicatorValue {
        IndicatorValue {
            id: self.id,
            indicator_id: self.indicator_id,
            fields: IndicatorValueInput {
                period: self.period,
                territory: self.territory,
                value: self.value_millionths.map(Decimal::of_millionths),
                preliminary: self.preliminary,
                source: self.source,
                evidence,
            },
            period_from: self.period_from,
            period_to: self.period_to,
            revision: self.revision,
            newest,
            author: Person::named(names, self.author_id),
            imported_by: self.from_file.then(|| Importer::from(Person::named(names, self.imported_by))),
            recorded_at: self.recorded_at,
        }
    }
}

/// Inserts a value with its evidence.
pub(in crate::indicators) fn insert_value(conn: &mut Db, value: &IndicatorValue) -> Result<()> {
    let fields = value.fields.clone();
    let row = Row {
        id: value.id,
        indicator_id: value.indicator_id,
        period: fields.period,
        period_from: value.period_from,
        period_to: value.period_to,
        territory: fields.territory,
        revision: value.revision,
        value_millionths: fields.value.map(Decimal::millionths),
        preliminary: fields.preliminary,
        source: fields.source,
        author_id: value.author.as_ref().map(|author| author.id),
        from_file: value.imported_by.is_some(),
        imported_by: value.imported_by.as_ref().and_then(|importer| importer.id),
        recorded_at: value.recorded_at,
    };
    diesel::insert_into(indicator_values::table).values(row).execute(conn)?;
    let evidence: Vec<_> = (0..).zip(fields.evidence).map(|(n, one)| EvidenceRow::of(value.id, n, one)).collect();
    crate::insert_all!(conn, indicator_value_evidence::table, &evidence)
}

/// Completes values. `revisions` holds the greatest revision of each key.
fn complete(conn: &mut Db, rows: Vec<Row>, revisions: &HashMap<Key, i32>) -> Result<Vec<IndicatorValue>> {
    let names = user_names(conn, rows.iter().flat_map(|row| [row.author_id, row.imported_by]).flatten())?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let evidence: Vec<EvidenceRow> = indicator_value_evidence::table
        .filter(indicator_value_evidence::value_id.eq_any(&ids))
        .order((indicator_value_evidence::value_id, indicator_value_evidence::position))
        .select(EvidenceRow::as_select())
        .load(conn)?;
    let mut evidence = grouped(evidence.into_iter().map(|row| (row.value_id, row.into_evidence())));
    let whole = rows.into_iter().map(|row| {
        let newest = revisions.get(&row.key()) == Some(&row.revision);
        let own = evidence.remove(&row.id).unwrap_or_default();
        row.into_value(newest, own, &names)
    });
    Ok(whole.collect())
}

/// Returns the greatest revision of each key of an indicator.
fn revisions(conn: &mut Db, id: IndicatorId) -> Result<HashMap<Key, i32>> {
    let rows: Vec<(PartialDate, Option<String>, i32)> = indicator_values::table
        .filter(indicator_values::indicator_id.eq(id))
        .order(indicator_values::revision)
        .select((indicator_values::period, indicator_values::territory, indicator_values::revision))
        .load(conn)?;
    Ok(rows.into_iter().map(|(period, territory, revision)| ((id, period, territory), revision)).collect())
}

/// Returns the names of the territories that have values of an indicator.
pub(in crate::indicators) fn territories(conn: &mut Db, id: IndicatorId) -> Result<Vec<String>> {
    let names: Vec<Option<String>> = indicator_values::table
        .filter(indicator_values::indicator_id.eq(id))
        .filter(indicator_values::territory.is_not_null())
        .select(indicator_values::territory)
        .distinct()
        .load(conn)?;
    Ok(names.into_iter().flatten().collect())
}

/// Returns the files that the values of an indicator cite.
pub(in crate::indicators) fn cited_files(conn: &mut Db, id: IndicatorId) -> Result<HashSet<FileId>> {
    let files: Vec<Option<FileId>> = indicator_value_evidence::table
        .inner_join(indicator_values::table)
        .filter(indicator_values::indicator_id.eq(id))
        .filter(indicator_value_evidence::file_id.is_not_null())
        .select(indicator_value_evidence::file_id)
        .load(conn)?;
    Ok(files.into_iter().flatten().collect())
}

/// Returns the greatest revision of the period and territory of a new value; None for their first value.
pub(in crate::indicators) fn last_revision(
    conn: &mut Db,
    id: IndicatorId,
    value: &IndicatorValueInput,
) -> Result<Option<i32>> {
    let all = revisions(conn, id)?;
    Ok(all.get(&(id, value.period.clone(), value.territory.clone())).copied())
}

/// Returns one page of the values of an indicator with all revisions, in the order of recording.
pub(in crate::indicators) fn list_values(
    conn: &mut Db,
    id: IndicatorId,
    paging: &Paging<IndicatorValueId>,
) -> Result<Page<IndicatorValue>> {
    let mut query = indicator_values::table
        .filter(indicator_values::indicator_id.eq(id))
        .order(indicator_values::id)
        .select(Row::as_select())
        .into_boxed();
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(indicator_values::id.gt(after));
    }
    let page = Page::cut(query.limit(paging.fetch()).load(conn)?, paging, |row: &Row| row.id).counted(total);
    let revisions = revisions(conn, id)?;
    page.complete(|rows| complete(conn, rows, &revisions))
}

/// Returns one value of an indicator; 404 if the indicator has no such value.
pub(in crate::indicators) fn find_value(
    conn: &mut Db,
    id: IndicatorId,
    value: IndicatorValueId,
) -> Result<IndicatorValue> {
    let rows = indicator_values::table
        .filter(indicator_values::indicator_id.eq(id))
        .filter(indicator_values::id.eq(value))
        .select(Row::as_select())
        .load(conn)?;
    let revisions = revisions(conn, id)?;
    complete(conn, rows, &revisions)?.pop().ok_or_else(|| Code::NotFound.into())
}

/// Returns every value of these indicators with all revisions, in the order of recording.
pub(in crate::indicators) fn values_of(
    conn: &mut Db,
    ids: &[IndicatorId],
) -> Result<HashMap<IndicatorId, Vec<IndicatorValue>>> {
    let rows: Vec<Row> = indicator_values::table
        .filter(indicator_values::indicator_id.eq_any(ids))
        .order(indicator_values::id)
        .select(Row::as_select())
        .load(conn)?;
    let mut revisions: HashMap<Key, i32> = HashMap::new();
    for row in &rows {
        let greatest = revisions.entry(row.key()).or_default();
        *greatest = (*greatest).max(row.revision);
    }
    let whole = complete(conn, rows, &revisions)?;
    Ok(grouped(whole.into_iter().map(|value| (value.indicator_id, value))))
}

/// Returns the newest revisions of the values of these indicators.
pub(in crate::indicators) fn newest_of(
    conn: &mut Db,
    ids: &[IndicatorId],
) -> Result<HashMap<IndicatorId, Vec<IndicatorValue>>> {
    let mut all = values_of(conn, ids)?;
    all.values_mut().for_each(|own| own.retain(|value| value.newest));
    Ok(all)
}
