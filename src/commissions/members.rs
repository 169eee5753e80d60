//! The members of a commission on a day with their delegates: a list that can be printed.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::delegates::{Capacity, Delegate, shown_on};
use super::memberships::MemberRole;
use super::{memberships_on, scope};
use crate::access::CommissionRef;
use crate::audit::RestrictedRecords;
use crate::clock::Instant;
use crate::db::{CommissionId, Db, InstitutionId, MembershipId};
use crate::directory::{country_language, institutions_by_id};
use crate::error::Result;
use crate::http::Query;
use crate::i18n::{self, Lang, text, word};
use crate::identity::{Actor, Caller};
use crate::rendering::{
    Block, Column, Document, DocumentFormat, Fact, FileBytes, Frame, Table, file_stem, one_line, send_document,
};
use crate::text::fold;
use crate::translations::Translations;

pub(super) use api::{MembersDocumentQuery, routes, send_members};

/// The members of a commission on a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Members {
    /// The commission.
    pub commission_id: CommissionId,
    /// The day.
    #[schema(examples("2023-08-22"))]
    pub on: NaiveDate,
    /// The members of that day: lead, secretariat, members, guests and observers, each by name.
    pub members: Vec<MemberOfDay>,
    #[serde(skip)]
    commission: CommissionRef,
}

crate::nothing_restricted!(Members);

/// An institution that is a member on the day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MemberOfDay {
    /// The membership.
    pub membership_id: MembershipId,
    /// The institution.
    pub institution_id: InstitutionId,
    /// The institution's name.
    #[schema(examples("Ministerio de Salud"))]
    pub institution: String,
    /// Its role in the commission.
    pub role: MemberRole,
    /// True if it has a vote.
    #[schema(examples(true))]
    pub has_vote: bool,
    /// The first day of the membership.
    #[schema(example = json!("2023-05-01"))]
    pub from: Option<NaiveDate>,
    /// Its delegates on that day, principals first.
    pub delegates: Vec<DelegateOfDay>,
    /// Its name in other languages.
    #[serde(skip)]
    translations: Translations,
}

/// A delegate of a member on the day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DelegateOfDay {
    /// The capacity in which the person represents the institution.
    pub capacity: Capacity,
    /// The person's name.
    #[schema(example = json!("Ana Rojas"))]
    pub name: Option<String>,
    /// The person's position in the institution.
    #[schema(example = json!("Jefa de gabinete"))]
    pub position: Option<String>,
    /// Its position in other languages.
    #[serde(skip)]
    translations: Translations,
}

fn read(conn: &mut Db, actor: &Actor, id: CommissionId, (on, now): (Option<NaiveDate>, Instant)) -> Result<Members> {
    let commission: CommissionRef = scope::visible(conn, actor, id)?;
    let on = on.unwrap_or_else(|| commission.today(now));
    let found = memberships_on(conn, &[id], on)?;
    let ids: Vec<InstitutionId> = found.iter().map(|one| one.fields.institution_id).collect();
    let names = institutions_by_id(conn, &ids)?;
    let mut delegates: HashMap<InstitutionId, Vec<Delegate>> = HashMap::new();
    for delegate in shown_on(conn, actor, &commission, on)? {
        delegates.entry(delegate.fields.institution_id).or_default().push(delegate);
    }
    let mut members: Vec<MemberOfDay> = found
        .into_iter()
        .map(|one| {
            let institution_id = one.fields.institution_id;
            let own = delegates.remove(&institution_id).unwrap_or_default().into_iter();
            MemberOfDay {
                membership_id: one.id,
                institution_id,
                institution: names.get(&institution_id).map(|named| named.fields.name.clone()).unwrap_or_default(),
                role: one.fields.role,
                has_vote: one.fields.votes(),
                from: one.fields.from,
                delegates: own.map(|delegate| DelegateOfDay::of(delegate.fields)).collect(),
                translations: names
                    .get(&institution_id)
                    .map(|named| named.fields.translations.clone())
                    .unwrap_or_default(),
            }
        })
        .collect();
    members.sort_by_cached_key(|member| (member.role, fold([member.institution.as_str()])));
    Ok(Members { commission_id: id, on, members, commission })
}

impl DelegateOfDay {
    fn of(fields: super::DelegateInput) -> Self {
        Self {
            capacity: fields.capacity,
            name: fields.name,
            position: fields.position,
            translations: fields.translations,
        }
    }
}

fn document(members: &Members, lang: Lang) -> Document {
    let say = |key: &str| text(lang, key, &[]);
    let title = text(lang, "members-title", &[("commission", one_line(members.commission.name_in(lang)))]);
    let day = i18n::day(lang, members.on);
    let voting = members.members.iter().filter(|member| member.has_vote).count();
    let facts = vec![
        Fact::new(say("members-on"), &day),
        Fact::new(say("members-count"), members.members.len().to_string()),
        Fact::new(say("members-voting"), voting.to_string()),
    ];
    let foot = text(lang, "members-foot", &[("day", day)]);
    let columns = [("institution", 8), ("role", 3), ("vote", 2), ("from", 3), ("delegates", 6)];
    let column = |(name, share)| Column::text(say(&format!("members-column-{name}")), share);
    let row = |member: &MemberOfDay| {
        let delegates = member.delegates.iter().map(|one| {
            let position = one.position.as_ref().map(|own| one.translations.or_original("position", lang, own));
            let position = position.map(|position| format!(", {}", one_line(position)));
            let name = one.name.as_deref().map(one_line).unwrap_or_default();
            format!("{name}{} ({})", position.unwrap_or_default(), word(lang, "capacity", one.capacity.as_str()))
        });
        vec![
            one_line(member.translations.or_original("name", lang, &member.institution)),
            word(lang, "member-role", member.role.as_str()),
            say(if member.has_vote { "members-yes" } else { "members-no" }),
            member.from.map(|day| i18n::day(lang, day)).unwrap_or_default(),
            delegates.collect::<Vec<_>>().join("\n"),
        ]
    };
    let table = Table::new(columns.into_iter().map(column).collect(), members.members.iter().map(row).collect());
    let none = || Block::paragraph(say("members-none"));
    Document {
        lang,
        region: Some(members.commission.country_code.clone()),
        contents: None,
        landscape: false,
        frame: Frame { head: Some(title.clone()), foot: Some(foot), ..Frame::default() },
        title,
        blocks: vec![
            Block::Facts { items: facts },
            if members.members.is_empty() { none() } else { Block::Table(table.without_empty_columns()) },
        ],
    }
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, get};

    use super::*;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(show).service(show_document);
    }

    /// The day of a list of members.
    #[derive(Debug, Deserialize, IntoParams)]
    #[serde(deny_unknown_fields)]
    #[into_params(parameter_in = Query)]
    pub(crate) struct MembersQuery {
        /// The day; by default today.
        #[serde(default, deserialize_with = "crate::dates::query_day")]
        #[param(example = "2023-08-22")]
        on: Option<NaiveDate>,
    }

    /// The query of a list of members as a document.
    #[derive(Debug, Deserialize, IntoParams)]
    #[serde(deny_unknown_fields)]
    #[into_params(parameter_in = Query)]
    pub(crate) struct MembersDocumentQuery {
        /// The day; by default today.
        #[serde(default, deserialize_with = "crate::dates::query_day")]
        #[param(example = "2023-08-22")]
        on: Option<NaiveDate>,
        /// `md` (the default), `docx` or `pdf`.
        #[param(inline, example = "pdf")]
        format: Option<DocumentFormat>,
        /// The language: `es` or `en`; by default that of the country.
        #[param(inline, example = "es")]
        lang: Option<Lang>,
    }

    /// Show the members of a day
    ///
    /// The institutions that are members of the commission on a day, with their delegates of that day.
    ///
    /// Permissions: those who may see the commission.
    #[utoipa::path(tag = "commissions", params(("id" = CommissionId, Path, description = "The commission"), MembersQuery), responses((status = 200, description = "The members", body = Members)))]
    #[get("/api/v1/commissions/{id}/members")]
    pub(crate) async fn show(
        caller: Caller,
        id: Path<CommissionId>,
        query: Query<MembersQuery>,
    ) -> Result<HttpResponse> {
        let (id, now, on) = (id.into_inner(), caller.state.now(), query.0.on);
        caller.calculate(move |conn, actor| read(conn, actor, id, (on, now))).await
    }

    /// The members of a day as a document
    ///
    /// The institutions that are members of the commission on a day, with role, vote and delegates; as Markdown, DOCX or PDF
    /// (PDF/UA).
    ///
    /// Permissions: those who may see the commission.
    #[utoipa::path(tag = "commissions", params(("id" = CommissionId, Path, description = "The commission"), MembersDocumentQuery), responses((status = 200, description = "The list", content(
        (String = "text/markdown"), (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    )), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
    #[get("/api/v1/commissions/{id}/members/document")]
    pub(crate) async fn show_document(
        caller: Caller,
        id: Path<CommissionId>,
        query: Query<MembersDocumentQuery>,
    ) -> Result<HttpResponse> {
        send_members(caller, id.into_inner(), query.0).await
    }

    /// Sends the list of members to a caller.
    pub(crate) async fn send_members(
        caller: Caller,
        id: CommissionId,
        query: MembersDocumentQuery,
    ) -> Result<HttpResponse> {
        caller.count(&caller.state.limits.documents)?;
        let (now, MembersDocumentQuery { on, format, lang }) = (caller.state.now(), query);
        let read = caller.read(move |conn, actor| {
            let members = read(conn, actor, id, (on, now))?;
            let lang = lang.map_or_else(|| country_language(conn, &members.commission.country_code), Ok)?;
            Ok((document(&members, lang), RestrictedRecords::default()))
        });
        let (document, _) = read.await?;
        let stem = file_stem(&[&document.title]);
        send_document(document, format.unwrap_or(DocumentFormat::Markdown), &stem).await
    }
}
