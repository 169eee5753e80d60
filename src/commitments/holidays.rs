//! Adds the holidays that the program ships to a country's calendar: it is in this slice because counted terms depend
//! on the calendar.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::actions;
use crate::db::Tx;
use crate::directory::{CalendarDay, with_shipped_holidays};
use crate::error::{Faults, Result};
use crate::http::Input;
use crate::identity::Actor;

pub(super) use api::routes;

/// The years whose holidays are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct HolidayYears {
    /// The first year.
    #[schema(examples(2026), minimum = 1900, maximum = 2200)]
    from_year: i32,
    /// The last year.
    #[schema(examples(2027), minimum = 1900, maximum = 2200)]
    to_year: i32,
}

impl Input for HolidayYears {
    fn check(&self, faults: &mut Faults) {
        faults.within("/from_year", self.from_year, 1900, 2200);
        faults.within("/to_year", self.to_year, 1900, 2200);
        faults.ordered("/to_year", Some(self.from_year), Some(self.to_year));
    }
}

/// Adds the holidays of these years that the calendar does not have yet, and recomputes the counted terms.
pub(super) fn add(tx: &mut Tx<'_>, actor: &Actor, code: &str, years: HolidayYears) -> Result<Vec<CalendarDay>> {
    let days = with_shipped_holidays(tx, actor, code, (years.from_year, years.to_year))?;
    actions::put_calendar(tx, actor, code, days)
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, post};

    use super::*;
    use crate::directory::{self, CountryCode};
    use crate::http::Body;
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(add_holidays);
    }

    /// Add a country's holidays to its calendar
    ///
    /// The program ships those of Chile and Peru from 2023 to 2027; another country or year is a fault. Days that the
    /// calendar has already stay as they are. Counted terms of open commitments are recomputed.
    ///
    /// Permissions: coordinator of the country; admin.
    #[utoipa::path(tag = "directory", request_body = HolidayYears, responses((status = 200, description = "The new calendar", body = Vec<CalendarDay>)))]
    #[post("/api/v1/countries/{code}/calendar/holidays")]
    pub(crate) async fn add_holidays(
        caller: Caller,
        code: Path<CountryCode>,
        body: Body<HolidayYears>,
    ) -> Result<HttpResponse> {
        let code = code.into_inner().0;
        let country = code.clone();
        let years = body.input();
        let load = move |tx: &mut Tx<'_>, _: &Actor| {
            directory::country(tx.conn, &country)?;
            directory::calendar(tx.conn, &country)
        };
        caller.act(load, move |tx, actor| add(tx, actor, &code, years)).await
    }
}
