//! The attendance list of a session, to sign; and the attendance of a commission in a period, by institution.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::attendance::{AttendanceStatus, ProposedAttendance, shown_sheet};
use super::{AttendanceCapacity, AttendanceInput, Meeting, attendance_of_meetings, scope, store};
use crate::access::{CommissionRef, Visibility, commission_refs, require_writer};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::commissions::{Membership, OTHER_RANK, memberships_of_country, memberships_on, ranks};
use crate::db::{CommissionId, Db, InstitutionId, MeetingId};
use crate::directory::{InstitutionInput, country_language, institutions_by_id};
use crate::error::{Code, Result};
use crate::http::{Query, QueryPeriod};
use crate::i18n::{self, Lang, text, word};
use crate::identity::{Actor, Caller};
use crate::rendering::{
    Block, Column, Document, DocumentFormat, DocumentQuery, Fact, FileBytes, Frame, Table, file_stem, one_line,
    send_document,
};
use crate::text::fold;
use crate::translations::Translations;

pub(super) use api::{PeriodDocumentQuery, routes, send_list, send_period};

/// The empty rows at the end of a list to sign, for guests.
const EMPTY_ROWS: usize = 6;

fn list_to_sign(conn: &mut Db, actor: &Actor, meeting: &Meeting, lang: Lang) -> Result<Document> {
    let sheet = shown_sheet(conn, actor, meeting)?;
    let entry = |item: &AttendanceInput| (item.institution_id, item.person.clone(), item.capacity);
    let proposal = |item: &ProposedAttendance| (item.institution_id, item.person.clone(), item.capacity);
    let expected: Vec<(InstitutionId, Option<String>, Option<AttendanceCapacity>)> =
        sheet.items.iter().map(entry).chain(sheet.proposed.iter().map(proposal)).collect();
    let ids: Vec<InstitutionId> = expected.iter().map(|(id, ..)| *id).collect();
    let names = institutions_by_id(conn, &ids)?;
    let name = |id: &InstitutionId| names.get(id).map(|one| one_line(one.name_in(lang))).unwrap_or_default();
    let ranks = ranks(&memberships_on(conn, &meeting.fields.commission_ids, meeting.held_to)?);
    let mut rows: Vec<(u8, [String; 3])> = expected
        .iter()
        .map(|(id, person, capacity)| {
            let capacity = capacity.map(|capacity| word(lang, "capacity", capacity.as_str()));
            let person = person.as_deref().map(one_line).unwrap_or_default();
            (ranks.get(id).copied().unwrap_or(OTHER_RANK), [name(id), person, capacity.unwrap_or_default()])
        })
        .collect();
    rows.sort_by_cached_key(|(rank, [name, person, _])| (*rank, fold([name.as_str()]), person.clone()));
    let refs = commission_refs(conn, &meeting.fields.commission_ids)?;
    let commissions = meeting.fields.commission_ids.iter().filter_map(|id| refs.get(id));
    let commissions: Vec<String> = commissions.map(|one| one_line(one.name_in(lang))).collect();
    let say = |key: &str| text(lang, key, &[]);
    let mut facts = vec![Fact::new(say("convocation-when"), super::convocation::when(meeting, lang))];
    let place = meeting.fields.place.as_ref().map(|own| meeting.fields.translations.or_original("place", lang, own));
    facts.extend(place.map(|place| Fact::new(say("convocation-place"), place)));
    let columns = [("number", 1), ("institution", 6), ("person", 4), ("capacity", 2), ("signature", 4)];
    let column = |(name, share)| Column::text(say(&format!("attendance-column-{name}")), share);
    let row = |(n, (_, [name, person, capacity])): (usize, (u8, [String; 3]))| {
        vec![n.to_string(), name, person, capacity, String::new()]
    };
    let table = |rows| Block::Form(Table::new(columns.iter().copied().map(column).collect(), rows));
    let listed: Vec<Vec<String>> = (1..).zip(rows).map(row).collect();
    let empty: Vec<Vec<String>> = (0..EMPTY_ROWS).map(|_| vec![String::new(); columns.len()]).collect();
    let mut blocks = vec![Block::Facts { items: facts }];
    if !listed.is_empty() {
        // Under a heading of their own, the empty rows are understood on a page without the others too.
        blocks.extend([table(listed), Block::heading(1, say("attendance-others"))]);
    }
    blocks.push(table(empty));
    let title = text(lang, "attendance-title", &[("title", one_line(meeting.title_in(lang)))]);
    Ok(Document {
        lang,
        region: Some(meeting.country_code.clone()),
        contents: None,
        landscape: false,
        frame: Frame {
            above: Some(commissions.join(" · ")).filter(|names| !names.is_empty()),
            head: Some(title.clone()),
            ..Frame::default()
        },
        title,
        blocks,
    })
}

/// The attendance of a commission in a period.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PeriodAttendance {
    /// The commission.
    pub commission_id: CommissionId,
    /// The first day.
    #[schema(examples("2023-01-01"))]
    pub from: NaiveDate,
    /// The last day.
    #[schema(examples("2023-12-31"))]
    pub to: NaiveDate,
    /// The sessions that were held and have an attendance list, the earliest first.
    pub sessions: Vec<AttendedSession>,
    /// The institutions that were members at any of these sessions, by name.
    pub institutions: Vec<InstitutionAttendance>,
    /// The number of sessions that were held and have no attendance list; they are not counted.
    #[schema(examples(1))]
    pub without_list: i32,
    #[serde(skip)]
    commission: CommissionRef,
    #[serde(skip)]
    restricted: RestrictedRecords,
}

crate::restricted_by!(PeriodAttendance: restricted);

/// A session with the number of its members that were present.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AttendedSession {
    /// The session.
    pub meeting_id: MeetingId,
    /// Its title.
    #[schema(examples("Tercera sesión ordinaria"))]
    pub title: String,
    /// Its last day.
    #[schema(examples("2023-06-15"))]
    pub on: NaiveDate,
    /// Its title in other languages.
    #[serde(skip)]
    translations: Translations,
    /// The number of members of that day.
    #[schema(examples(21))]
    pub members: i32,
    /// The number of them that were present.
    #[schema(examples(13))]
    pub present: i32,
}

/// The attendance of an institution.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct InstitutionAttendance {
    /// The institution.
    pub institution_id: InstitutionId,
    /// The institution's name.
    #[schema(examples("Ministerio de Salud"))]
    pub institution: String,
    /// The number of sessions at which it was a member.
    #[schema(examples(4))]
    pub sessions: i32,
    /// The number of them at which it was present.
    #[schema(examples(3))]
    pub present: i32,
    /// The number of them for which it was excused.
    #[schema(examples(1))]
    pub excused: i32,
    /// The number of the others.
    #[schema(examples(0))]
    pub absent: i32,
    /// Its name in other languages.
    #[serde(skip)]
    translations: Translations,
}

fn of_period(
    conn: &mut Db,
    actor: &Actor,
    id: CommissionId,
    QueryPeriod { from, to }: QueryPeriod,
) -> Result<PeriodAttendance> {
    let visibility = Visibility::of(actor);
    let commission = commission_refs(conn, &[id])?.remove(&id).ok_or(Code::NotFound)?;
    if !visibility.knows_commission(id, &commission.country_code) {
        return Err(Code::NotFound.into());
    }
    let held = store::held_between(conn, &visibility, id, (from, to))?;
    let ids: Vec<MeetingId> = held.iter().map(|meeting| meeting.id).collect();
    let lists = attendance_of_meetings(conn, &ids)?;
    let mut members = memberships_of_country(conn, &commission.country_code)?;
    members.retain(|one| one.commission_id == id && one.fields.role.is_listed());
    let (mut sessions, mut counted) = (Vec::new(), BTreeMap::new());
    let mut restricted = RestrictedRecords::default();
    for meeting in &held {
        let Some(list) = lists.get(&meeting.id).filter(|list| !list.is_empty()) else { continue };
        meeting.restricted(&mut restricted);
        sessions.push(count(meeting, list, &members, &mut counted));
    }
    let ids: Vec<InstitutionId> = counted.keys().copied().collect();
    let names = institutions_by_id(conn, &ids)?;
    let mut institutions: Vec<InstitutionAttendance> =
        counted.into_iter().map(|(id, tally)| tally.of(id, names.get(&id).map(|one| &one.fields))).collect();
    institutions.sort_by_cached_key(|one| fold([one.institution.as_str()]));
    let without_list = held.len() - sessions.len();
    Ok(PeriodAttendance {
        commission_id: id,
        from,
        to,
        sessions,
        institutions,
        without_list: number(without_list),
        commission,
        restricted,
    })
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// The figures of an institution.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    sessions: i32,
    present: i32,
    excused: i32,
}

impl Tally {
    fn of(self, institution_id: InstitutionId, named: Option<&InstitutionInput>) -> InstitutionAttendance {
        let Self { sessions, present, excused } = self;
        InstitutionAttendance {
            institution_id,
            institution: named.map(|one| one.name.clone()).unwrap_or_default(),
            translations: named.map(|one| one.translations.clone()).unwrap_or_default(),
            sessions,
            present,
            excused,
            absent: sessions - present - excused,
        }
    }
}

/// Counts a session for each of its members.
fn count(
    meeting: &Meeting,
    list: &[AttendanceInput],
    members: &[Membership],
    counted: &mut BTreeMap<InstitutionId, Tally>,
) -> AttendedSession {
    let mut marks: HashMap<InstitutionId, AttendanceStatus> = HashMap::new();
    for entry in list.iter().filter(|entry| entry.capacity != Some(AttendanceCapacity::Guest)) {
        let mark = marks.entry(entry.institution_id).or_insert(entry.status);
        // Several people of one institution: one present is enough.
        if entry.status == AttendanceStatus::Present {
            *mark = entry.status;
        }
    }
    let of_day = members.iter().filter(|one| one.fields.holds_on(meeting.held_to));
    let of_day: HashSet<InstitutionId> = of_day.map(|one| one.fields.institution_id).collect();
    let mut present = 0;
    for id in &of_day {
        let tally = counted.entry(*id).or_default();
        tally.sessions += 1;
        match marks.get(id) {
            Some(AttendanceStatus::Present) => {
                tally.present += 1;
                present += 1;
            }
            Some(AttendanceStatus::Excused) => tally.excused += 1,
            Some(AttendanceStatus::Absent) | None => {}
        }
    }
    AttendedSession {
        meeting_id: meeting.id,
        title: meeting.fields.title.clone(),
        translations: meeting.fields.translations.clone(),
        on: meeting.held_to,
        members: number(of_day.len()),
        present,
    }
}

fn period_document(attendance: &PeriodAttendance, lang: Lang) -> Document {
    let say = |key: &str| text(lang, key, &[]);
    let days = [("from", i18n::day(lang, attendance.from)), ("to", i18n::day(lang, attendance.to))];
    let period = text(lang, "attendance-period", &days);
    let title = text(lang, "attendance-period-title", &[("commission", one_line(attendance.commission.name_in(lang)))]);
    let mut blocks = vec![Block::paragraph(period.clone())];
    if attendance.without_list > 0 {
        let n = attendance.without_list.to_string();
        blocks.push(Block::paragraph(text(lang, "attendance-without-list", &[("n", n)])));
    }
    if attendance.sessions.is_empty() {
        blocks.push(Block::paragraph(say("attendance-no-sessions")));
    } else {
        let column = |name: &str, share| Column::figures(say(&format!("attendance-column-{name}")), share);
        let percent =
            |part: i32, of: i32| if of > 0 { format!("{} %", (part * 100 + of / 2) / of) } else { String::new() };
        let institution = |one: &InstitutionAttendance| {
            vec![
                one_line(one.translations.or_original("name", lang, &one.institution)),
                one.sessions.to_string(),
                one.present.to_string(),
                one.excused.to_string(),
                one.absent.to_string(),
                percent(one.present, one.sessions),
            ]
        };
        blocks.push(Block::heading(1, say("attendance-by-institution")));
        let columns = vec![
            Column::text(say("attendance-column-institution"), 10),
            column("sessions", 3),
            column("present", 3),
            column("excused", 3),
            column("absent", 3),
            column("share", 3),
        ];
        blocks.push(Block::Table(Table::new(columns, attendance.institutions.iter().map(institution).collect())));
        let session = |one: &AttendedSession| {
            vec![
                i18n::day(lang, one.on),
                one_line(one.translations.or_original("title", lang, &one.title)),
                one.members.to_string(),
                one.present.to_string(),
                percent(one.present, one.members),
            ]
        };
        blocks.push(Block::heading(1, say("attendance-by-session")));
        let columns = vec![
            Column::text(say("attendance-column-day"), 4),
            Column::text(say("attendance-column-session"), 9),
            column("members", 3),
            column("present", 3),
            column("share", 3),
        ];
        blocks.push(Block::Table(Table::new(columns, attendance.sessions.iter().map(session).collect())));
    }
    Document {
        lang,
        region: Some(attendance.commission.country_code.clone()),
        contents: None,
        landscape: false,
        frame: Frame { head: Some(title.clone()), foot: Some(period), ..Frame::default() },
        title,
        blocks,
    }
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, get};

    use super::*;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(show_list).service(show_period).service(show_period_document);
    }

    /// The attendance list to sign
    ///
    /// One row for each entry of the attendance list and for each member of the day without an entry, the lead and the
    /// secretariat first, with the person and room for a signature, and empty rows for guests; as Markdown, DOCX or PDF
    /// (PDF/UA).
    ///
    /// Permissions: secretariat of any of its commissions; coordinator; admin.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting"), DocumentQuery), responses((status = 200, description = "The list", content(
        (String = "text/markdown"), (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    )), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
    #[get("/api/v1/meetings/{id}/attendance/document")]
    pub(crate) async fn show_list(
        caller: Caller,
        id: Path<MeetingId>,
        query: Query<DocumentQuery>,
    ) -> Result<HttpResponse> {
        send_list(caller, id.into_inner(), query.0).await
    }

    /// Sends the list to sign to a caller.
    pub(crate) async fn send_list(caller: Caller, id: MeetingId, query: DocumentQuery) -> Result<HttpResponse> {
        caller.count(&caller.state.limits.documents)?;
        let DocumentQuery { format, lang } = query;
        let read = caller.read(move |conn, actor| {
            let meeting = scope::visible(conn, actor, id)?;
            require_writer(actor, &meeting.country_code, &meeting.fields.commission_ids)?;
            let lang = lang.map_or_else(|| country_language(conn, &meeting.country_code), Ok)?;
            let document = list_to_sign(conn, actor, &meeting, lang)?;
            let stem = file_stem(&[&document.title, &meeting.held_to.to_string()]);
            Ok(((document, stem), RestrictedRecords::of(&meeting)))
        });
        let ((document, stem), _) = read.await?;
        send_document(document, format.unwrap_or(DocumentFormat::Markdown), &stem).await
    }

    /// A period.
    #[derive(Debug, Deserialize, IntoParams)]
    #[serde(deny_unknown_fields)]
    #[into_params(parameter_in = Query)]
    pub(crate) struct PeriodQuery {
        /// The first day.
        #[serde(default, deserialize_with = "crate::dates::query_day")]
        #[param(required, example = "2023-01-01")]
        from: Option<NaiveDate>,
        /// The last day.
        #[serde(default, deserialize_with = "crate::dates::query_day")]
        #[param(required, example = "2023-12-31")]
        to: Option<NaiveDate>,
    }

    /// The query of the attendance of a period as a document.
    #[derive(Debug, Deserialize, IntoParams)]
    #[serde(deny_unknown_fields)]
    #[into_params(parameter_in = Query)]
    pub(crate) struct PeriodDocumentQuery {
        /// The first day.
        #[serde(default, deserialize_with = "crate::dates::query_day")]
        #[param(required, example = "2023-01-01")]
        from: Option<NaiveDate>,
        /// The last day.
        #[serde(default, deserialize_with = "crate::dates::query_day")]
        #[param(required, example = "2023-12-31")]
        to: Option<NaiveDate>,
        /// `md` (the default), `docx` or `pdf`.
        #[param(inline, example = "pdf")]
        format: Option<DocumentFormat>,
        /// The language: `es` or `en`; by default that of the country.
        #[param(inline, example = "es")]
        lang: Option<Lang>,
    }

    /// Show the attendance of a period
    ///
    /// The held sessions of the commission that the caller may see and that have an attendance list, and the attendance of
    /// each institution at those at which it was a member. An institution without an entry counts as absent.
    ///
    /// Permissions: those who may see the commission.
    #[utoipa::path(tag = "commissions", params(("id" = CommissionId, Path, description = "The commission"), PeriodQuery), responses((status = 200, description = "The attendance", body = PeriodAttendance)))]
    #[get("/api/v1/commissions/{id}/attendance")]
    pub(crate) async fn show_period(
        caller: Caller,
        id: Path<CommissionId>,
        query: Query<PeriodQuery>,
    ) -> Result<HttpResponse> {
        let (id, days) = (id.into_inner(), QueryPeriod::read(query.0.from, query.0.to)?);
        caller.on_snapshot().calculate(move |conn, actor| of_period(conn, actor, id, days)).await
    }

    /// The attendance of a period as a document
    ///
    /// By institution and by session; as Markdown, DOCX or PDF (PDF/UA).
    ///
    /// Permissions: those who may see the commission.
    #[utoipa::path(tag = "commissions", params(("id" = CommissionId, Path, description = "The commission"), PeriodDocumentQuery), responses((status = 200, description = "The attendance", content(
        (String = "text/markdown"), (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    )), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
    #[get("/api/v1/commissions/{id}/attendance/document")]
    pub(crate) async fn show_period_document(
        caller: Caller,
        id: Path<CommissionId>,
        query: Query<PeriodDocumentQuery>,
    ) -> Result<HttpResponse> {
        send_period(caller, id.into_inner(), query.0).await
    }

    /// Sends the attendance of a period to a caller.
    pub(crate) async fn send_period(
        caller: Caller,
        id: CommissionId,
        query: PeriodDocumentQuery,
    ) -> Result<HttpResponse> {
        caller.count(&caller.state.limits.documents)?;
        let PeriodDocumentQuery { from, to, format, lang } = query;
        let days = QueryPeriod::read(from, to)?;
        let caller = caller.on_snapshot();
        let read = caller.read(move |conn, actor| {
            let attendance = of_period(conn, actor, id, days)?;
            let lang = lang.map_or_else(|| country_language(conn, &attendance.commission.country_code), Ok)?;
            let restricted = attendance.restricted.clone();
            Ok((period_document(&attendance, lang), restricted))
        });
        let (document, _) = read.await?;
        let stem = file_stem(&[&document.title, &days.from.to_string(), &days.to.to_string()]);
        send_document(document, format.unwrap_or(DocumentFormat::Markdown), &stem).await
    }
}
