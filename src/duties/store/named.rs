//! The named institutions of duties with their days: those that are asked now in their order, then those whose days have ended.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::schema::duty_institutions::dsl;
use crate::db::{Db, DutyId, InstitutionId, grouped};
use crate::duties::model::InstitutionDays;
use crate::error::Result;

pub(super) fn load(conn: &mut Db, duties: &[DutyId]) -> Result<HashMap<DutyId, Vec<InstitutionDays>>> {
    if duties.is_empty() {
        return Ok(HashMap::new());
    }
    type Row = (DutyId, InstitutionId, Option<NaiveDate>, Option<NaiveDate>);
    let rows = dsl::duty_institutions.order((dsl::duty_id, dsl::position)).select((
        dsl::duty_id,
        dsl::institution_id,
        dsl::from_date,
        dsl::to_date,
    ));
    let rows: Vec<Row> = crate::load_among!(conn, rows, dsl::duty_id, duties)?;
    Ok(grouped(rows.into_iter().map(|(duty, id, from, to)| (duty, InstitutionDays::new(id, (from, to))))))
}

pub(super) fn insert(conn: &mut Db, duty: DutyId, days: &[InstitutionDays]) -> Result<()> {
    let row = |(position, one): (i32, &InstitutionDays)| {
        (
            dsl::duty_id.eq(duty),
            dsl::position.eq(position),
            dsl::institution_id.eq(one.institution_id),
            dsl::from_date.eq(one.from),
            dsl::to_date.eq(one.to),
        )
    };
    let rows: Vec<_> = (0_i32..).zip(days).map(row).collect();
    crate::insert_all!(conn, dsl::duty_institutions, &rows)
}

pub(super) fn replace(conn: &mut Db, duty: DutyId, days: &[InstitutionDays]) -> Result<()> {
    diesel::delete(dsl::duty_institutions.filter(dsl::duty_id.eq(duty))).execute(conn)?;
    insert(conn, duty, days)
}
