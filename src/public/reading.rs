//! Loads the pages of the public view, each in a constant number of statements. The texts are screened afterwards, without a
//! connection to the database: that takes time, and the connections are few.

use chrono::NaiveDate;

use super::model::{
    KnownNames, PublicAgreement, PublicCommission, PublicQuestion, PublicReport, PublicSession, PublicState,
    PublicTitle, Screen,
};
use super::store::{self, Commissions, PublicSources};
use crate::agreements::AgreementStatus;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{CommissionId, Db, MeetingId, PlanId, ReportId};
use crate::directory::{country_names, institutions_by_id};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::i18n::Lang;
use crate::meetings::{Meeting, MeetingKey, MeetingStatus, held_meetings, meeting};
use crate::minutes::{ApprovedAgreement, approved_agreements};
use crate::overview::institution_states;
use crate::plans::known_plans;
use crate::reports::{
    ApprovedQuestion, ApprovedReport, KeptDocument, Source, approved_report, approved_titles, kept_document,
};
use crate::text::name_key;

/// The number of sessions of a page.
const SESSIONS: i64 = 20;

/// The largest number of commissions of a country that are listed.
const MOST_COMMISSIONS: usize = 500;

/// A country with its public commissions and its approved reports.
pub(super) struct PublicCountry {
    pub name: String,
    pub commissions: Vec<PublicCommission>,
    pub reports: Vec<PublicTitle>,
}

/// Returns the countries that have a public commission.
pub(super) fn countries(conn: &mut Db, lang: Lang) -> Result<Vec<PublicCountry>> {
    let all = store::load_commissions(conn)?;
    let mut names = country_names(conn)?;
    names.retain(|(code, _)| all.public.iter().any(|one| one.country_code == *code));
    let codes: Vec<&str> = names.iter().map(|(code, _)| code.as_str()).collect();
    let mut reports = approved_titles(conn, &codes, lang)?;
    let plans: Vec<PlanId> = reports.iter().map(|one| one.roadmap_id).collect();
    let known = known_plans(conn, &all.visibility(), &plans)?;
    reports.retain(|one| known.contains(&one.roadmap_id));
    let country = |(code, name): &(String, String)| PublicCountry {
        name: name.clone(),
        commissions: all
            .public
            .iter()
            .filter(|one| one.country_code == *code)
            .take(MOST_COMMISSIONS)
            .cloned()
            .collect(),
        reports: reports
            .iter()
            .filter(|report| report.country_code == *code)
            .map(|report| PublicTitle { id: report.id, title: report.title.clone() })
            .collect(),
    };
    Ok(names.iter().map(country).collect())
}

/// A public commission with its sessions and the state of its commitments.
pub(super) struct CommissionPage {
    pub commission: PublicCommission,
    pub sessions: Page<PublicSession>,
    pub states: Vec<PublicState>,
    /// The current day of the country, with which terms are compared.
    pub as_of: NaiveDate,
}

/// A public commission before the names of institutions are screened.
pub(super) struct LoadedCommission {
    page: CommissionPage,
    names: KnownNames,
}

impl LoadedCommission {
    /// Leaves out the institutions whose names may not be shown.
    pub(super) fn screened(self) -> CommissionPage {
        let (screen, mut page) = (Screen::new(&self.names), self.page);
        page.states.retain(|one| screen.admits_institution(&one.institution));
        page
    }
}

/// Returns a public commission; 404 for any other.
pub(super) fn commission(
    conn: &mut Db,
    id: CommissionId,
    cursor: Option<&str>,
    now: Instant,
) -> Result<LoadedCommission> {
    let all = store::load_commissions(conn)?;
    let commission = all.find(id).ok_or(Code::NotFound)?.clone();
    let paging = Paging::<MeetingKey>::read(Some(SESSIONS), cursor)?;
    let page = held_meetings(conn, &all.visibility(), id, &paging)?;
    let ids: Vec<MeetingId> = page.items.iter().map(|one| one.id).collect();
    let approved = store::with_approved_minutes(conn, &ids)?;
    let sessions = page.map(|one| session_of(&one, &all, approved.contains(&one.id)));
    let (as_of, states) = states(conn, &all, &commission, now)?;
    let names = store::load_names(conn, &all, &commission.country_code)?;
    Ok(LoadedCommission { page: CommissionPage { commission, sessions, states, as_of }, names })
}

/// Returns the current day of the country, and the state of the commitments of a commission by institution, in the order
/// of their names.
fn states(
    conn: &mut Db,
    all: &Commissions,
    own: &PublicCommission,
    now: Instant,
) -> Result<(NaiveDate, Vec<PublicState>)> {
    let (as_of, numbers) = institution_states(conn, &all.visibility(), (&own.country_code, own.id), now)?;
    let ids: Vec<_> = numbers.iter().map(|one| one.institution_id).collect();
    let institutions = institutions_by_id(conn, &ids)?;
    let state = |one: crate::overview::InstitutionState| PublicState {
        institution: institutions.get(&one.institution_id).map(|own| own.fields.name.clone()).unwrap_or_default(),
        open: one.open,
        overdue: one.overdue,
        fulfilled: one.fulfilled,
    };
    let mut states: Vec<PublicState> = numbers.into_iter().map(state).collect();
    states.sort_by_cached_key(|one| name_key(&one.institution));
    Ok((as_of, states))
}

fn session_of(meeting: &Meeting, all: &Commissions, has_approved_minutes: bool) -> PublicSession {
    let day = |at: Instant| PartialDate::day(at.day_in(meeting.zone()));
    let fields = &meeting.fields;
    let held = fields.held.clone().or_else(|| fields.starts_at.map(day));
    PublicSession {
        id: meeting.id,
        country_code: meeting.country_code.clone(),
        kind: fields.kind,
        ordinal: fields.ordinal,
        held: held.unwrap_or_else(|| PartialDate::day(meeting.held_to)),
        commissions: all.among(&fields.commission_ids),
        has_approved_minutes,
    }
}

/// A held session with the agreements of its approved minutes.
pub(super) struct SessionPage {
    pub session: PublicSession,
    pub agreements: Vec<PublicAgreement>,
}

/// A session before its texts are screened.
pub(super) struct LoadedSession {
    session: PublicSession,
    stated: Vec<ApprovedAgreement>,
    names: KnownNames,
}

impl LoadedSession {
    /// Leaves out the agreements whose texts may not be shown.
    pub(super) fn screened(self) -> SessionPage {
        let screen = Screen::new(&self.names);
        let agreements = self.stated.into_iter().filter_map(|one| PublicAgreement::of(one, &screen)).collect();
        SessionPage { session: self.session, agreements }
    }
}

/// Returns a held session of a public commission; 404 for any other.
pub(super) fn session(conn: &mut Db, id: MeetingId) -> Result<LoadedSession> {
    let all = store::load_commissions(conn)?;
    let visibility = all.visibility();
    let meeting = meeting(conn, &visibility, id)?;
    if meeting.fields.status != MeetingStatus::Held {
        return Err(Code::NotFound.into());
    }
    let stated = approved_agreements(conn, id)?;
    let session = session_of(&meeting, &all, stated.is_some());
    let mut stated = stated.unwrap_or_default();
    let ids: Vec<_> = stated.iter().map(|one| one.id).collect();
    let known = crate::agreements::agreements_by_id(conn, &visibility, &ids)?;
    stated.retain(|one| known.get(&one.id).is_some_and(|own| own.fields.status != AgreementStatus::Draft));
    let names = store::load_names(conn, &all, &session.country_code)?;
    Ok(LoadedSession { session, stated, names })
}

/// A report before its texts are screened.
pub(super) struct LoadedReport {
    report: ApprovedReport,
    sources: PublicSources,
    names: KnownNames,
}

impl LoadedReport {
    /// Leaves out the answers whose texts or sources may not be shown, and then the documents, which have every answer. The
    /// documents are also left out if a text on their cover may not be shown.
    pub(super) fn screened(self) -> PublicReport {
        let Self { report, sources, names } = self;
        let screen = Screen::new(&names);
        let question = |asked: ApprovedQuestion| {
            let has_public_sources = asked.sources.iter().all(|one| sources.has(one));
            PublicQuestion::of(asked, &screen, has_public_sources)
        };
        let section = |(title, questions): (String, Vec<_>)| (title, questions.into_iter().map(question).collect());
        let mut shown = PublicReport {
            id: report.id,
            country_code: report.country_code,
            title: report.title,
            version: report.version,
            approved_on: report.approved_on,
            sections: report.sections.into_iter().map(section).collect(),
            formats: report.formats,
        };
        let has_public_cover = report.cover.iter().all(|text| screen.admits([text.as_str()]));
        if shown.is_cut() || !has_public_cover {
            shown.formats.clear();
        }
        shown
    }
}

/// Returns an approved report on a public plan of a country with a public commission; 404 for any other.
pub(super) fn report(conn: &mut Db, id: ReportId, lang: Lang) -> Result<LoadedReport> {
    let all = store::load_commissions(conn)?;
    let report = approved_report(conn, id, lang)?;
    let is_public = all.public.iter().any(|one| one.country_code == report.country_code);
    if !is_public || known_plans(conn, &all.visibility(), &[report.roadmap_id])?.is_empty() {
        return Err(Code::NotFound.into());
    }
    let cited = report.sections.iter().flat_map(|(_, questions)| questions).flat_map(|one| one.sources.clone());
    let cited: Vec<Source> = cited.collect();
    let sources = store::load_public_sources(conn, &all, &cited)?;
    let names = store::load_names(conn, &all, &report.country_code)?;
    Ok(LoadedReport { report, sources, names })
}

/// A kept document with its report, before the texts are screened.
pub(super) struct LoadedDocument {
    report: LoadedReport,
    format: String,
    kept: KeptDocument,
}

impl LoadedDocument {
    /// Returns the document of a report all of whose answers are shown; 404 for any other.
    pub(super) fn screened(self) -> Result<KeptDocument> {
        let is_offered = self.report.screened().formats.contains(&self.format.as_str());
        if is_offered { Ok(self.kept) } else { Err(Code::NotFound.into()) }
    }
}

/// Returns the kept document of a report that may be public.
pub(super) fn document(conn: &mut Db, id: ReportId, format: String, lang: Lang) -> Result<LoadedDocument> {
    let report = report(conn, id, lang)?;
    let kept = kept_document(conn, id, &format, lang)?;
    Ok(LoadedDocument { report, format, kept })
}
