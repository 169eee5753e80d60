//! Periodic reports: those that the institutions of a person owe, those that await the person's review, and the number of
//! institutions of the person's commissions that did not report on a period.

use chrono::{NaiveDate, NaiveTime};

use super::model::{PendingActor, PendingFilter, PendingItem, PendingReason};
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{Db, InstitutionId};
use crate::duties::{
    Duty, MissingReports, OwedReason, OwedReport, ReportToReview, missing_reports, owed_reports, reports_to_review,
};
use crate::error::Result;
use crate::i18n;
use crate::identity::{Actor, Person};

/// The longest title of a duty, in characters.
const MOST_TITLE: usize = 150;

/// Returns the periodic reports that wait for a person. The number of statements is constant.
pub(super) fn duty_items(
    conn: &mut Db,
    actor: &Actor,
    now: Instant,
    filter: &PendingFilter,
) -> Result<Vec<PendingItem>> {
    let owed = owed_reports(conn, actor, now)?.into_iter().map(|owed| owed_item(actor, owed));
    let mut items: Vec<PendingItem> = owed.collect();
    items.extend(reports_to_review(conn, actor)?.into_iter().map(|report| review_item(actor, report)));
    items.extend(missing_reports(conn, actor, now)?.into_iter().map(|missing| missing_item(actor, missing)));
    items.retain(|item| {
        filter.country_code.as_ref().is_none_or(|asked| *asked == item.country_code)
            && filter.commission_id.is_none_or(|asked| item.commission_ids.contains(&asked))
    });
    Ok(items)
}

fn owed_item(actor: &Actor, owed: OwedReport) -> PendingItem {
    let OwedReport { duty, institution, period, reason, due_to, today } = owed;
    let (reason, since) = match reason {
        OwedReason::Due => (PendingReason::DutyDue, period.to()),
        OwedReason::Missing => (PendingReason::DutyMissing, due_to),
        OwedReason::Returned => (PendingReason::DutyReturned, due_to),
    };
    let overdue = (today > due_to && reason != PendingReason::DutyReturned).then(|| (today - due_to).num_days());
    PendingItem {
        due_to: Some(due_to),
        overdue_days: overdue,
        ..report_item(actor, (&duty, institution, &period), reason, (start_of(since), None))
    }
}

fn review_item(actor: &Actor, report: ReportToReview) -> PendingItem {
    let ReportToReview { duty, institution, period, received_at, author } = report;
    report_item(actor, (&duty, institution, &period), PendingReason::DutyReview, (received_at, author))
}

/// Makes the item of a period whose reports are missing, with the number of institutions; it leads to the matrix.
fn missing_item(actor: &Actor, missing: MissingReports) -> PendingItem {
    let MissingReports { duty, period, due_to, today, institutions } = missing;
    let number = i18n::text_with(actor.language, "pending-missing-reports", &[("count", institutions.into())]);
    let item = item(actor, (&duty, &period), PendingReason::DutyMissing, start_of(due_to));
    PendingItem {
        title: format!("{} · {number}", item.title),
        due_to: Some(due_to),
        overdue_days: Some((today - due_to).num_days()),
        link: format!("/duties/{}?from={period}&to={period}", duty.id),
        ..item
    }
}

/// Makes the item of the report of one institution; it leads to the report.
fn report_item(
    actor: &Actor,
    (duty, institution, period): (&Duty, InstitutionId, &PartialDate),
    reason: PendingReason,
    (since, author): (Instant, Option<Person>),
) -> PendingItem {
    PendingItem {
        institution_id: Some(institution),
        actor: author.map(|Person { id, name }| PendingActor { id, name }),
        link: format!("/duties/{}/reports/{institution}/{period}", duty.id),
        detail: format!("{period} {institution}"),
        ..item(actor, (duty, period), reason, since)
    }
}

fn item(actor: &Actor, (duty, period): (&Duty, &PartialDate), reason: PendingReason, since: Instant) -> PendingItem {
    let title: String = duty.fields.title.chars().take(MOST_TITLE).collect();
    PendingItem {
        reason,
        kind: reason.kind(),
        id: duty.id.into(),
        code: None,
        title: format!("{title} · {}", i18n::date(actor.language, period)),
        country_code: duty.country_code.clone(),
        commission_ids: duty.fields.commission_ids.clone(),
        institution_id: None,
        due_to: None,
        overdue_days: None,
        since,
        actor: None,
        link: format!("/duties/{}", duty.id),
        report: None,
        restricted: duty.fields.restricted.then(|| ("duty", duty.id.into())),
        detail: period.to_string(),
        record: Some(duty.id.into()),
    }
}

/// Returns the beginning of a day, in UTC.
fn start_of(day: NaiveDate) -> Instant {
    day.and_time(NaiveTime::MIN).into()
}
