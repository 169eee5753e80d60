//! The documents of a commission: the list of its members, and links to the attendance of the year.

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

use super::super::members::{MembersDocumentQuery, send_members};
use crate::access::CommissionRef;
use crate::db::CommissionId;
use crate::error::Result;
use crate::http::Query;
use crate::identity::Visitor;
use crate::ui::Frame;

/// The members of a day as a document
///
/// Permissions: those who may see the commission.
#[get("/commissions/{id}/members/document")]
pub(super) async fn members_document(
    visitor: Visitor,
    id: Path<CommissionId>,
    query: Query<MembersDocumentQuery>,
) -> Result<HttpResponse> {
    send_members(visitor.into_caller(), id.into_inner(), query.0).await
}

/// Draws the links to the documents of a commission on a day, and of its country in that year.
pub(super) fn downloads(frame: &Frame, commission: &CommissionRef, day: NaiveDate) -> Markup {
    let (id, year) = (commission.id, day.year());
    let days = format!("from={year}-01-01&to={year}-12-31&format=pdf");
    let attendance = format!("/commissions/{id}/attendance/document?{days}");
    let compliance = format!("/compliance/document?country_code={}&{days}", commission.country_code);
    html! {
        p {
            a href={ "/commissions/" (id) "/members/document?format=pdf&on=" (day) } { (frame.t("commission-members-document")) }
            " · "
            a href=(attendance) { (frame.t_with("commission-attendance-document", &[("year", year.to_string().into())])) }
            " · "
            a href=(compliance) { (frame.t_with("commission-compliance-document", &[("year", year.to_string().into())])) }
        }
    }
}
