//! Sharing the work on a report: the coordinator assigns questions to commissions, whose secretariats answer, confirm and
//! comment on them.

use deserr::Deserr;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::answer::ReportPerson;
use super::content::report_title;
use super::model::{QuestionAsked, ReportStatus};
use super::reading::LoadedDraft;
use super::scope;
use crate::access::commission_refs;
use crate::audit::{self, Change};
use crate::clock::{Instant, new_id};
use crate::db::{CommissionId, ReportCommentId, ReportId, Tx};
use crate::error::{Code, Faults, Result};
use crate::http::Input;
use crate::i18n::{Lang, text};
use crate::identity::Actor;
use crate::mail::{Block, EmailBody};
use crate::notifications::{
    Addressee, Event, RecordKind, RecordRef, RecordScope, addressees_in_secretariat, addressees_of_report, notify,
};

/// The commission that answers a question.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(as = ReportAssigneeInput)]
pub(super) struct AssigneeInput {
    /// The commission whose secretariat answers the question, of the country of the report; null for the coordinator.
    #[deserr(default)]
    pub commission_id: Option<CommissionId>,
}

impl Input for AssigneeInput {
    const REFERS: bool = true;

    fn check(&self, _: &mut Faults) {}
}

/// A new comment.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(as = ReportCommentInput)]
pub(super) struct CommentInput {
    /// The text of the comment.
    #[schema(examples("Falta la cifra de la Región de Arica."), max_length = 4000)]
    pub text: String,
}

impl Input for CommentInput {
    fn check(&self, faults: &mut Faults) {
        faults.text("/text", &self.text, 4000);
    }
}

/// A comment on an answer, for those who prepare the report. It is in no document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportComment)]
pub(super) struct Comment {
    /// The comment's id.
    pub id: ReportCommentId,
    /// The report.
    pub report_id: ReportId,
    /// The key of the question.
    #[schema(examples("difficulties"))]
    pub key: String,
    /// The text of the comment.
    #[schema(examples("Falta la cifra de la Región de Arica."))]
    pub text: String,
    /// The person who wrote it.
    pub by: Option<ReportPerson>,
    /// Time of creation.
    pub created_at: Instant,
}

crate::nothing_restricted!(Comment);

/// Assigns a question to a commission, or takes it back; notifies the secretariat of a new one.
pub(super) fn assign(
    tx: &mut Tx<'_>,
    actor: &Actor,
    lang: Lang,
    (id, key): (ReportId, &str),
    input: &AssigneeInput,
) -> Result<QuestionAsked> {
    let head = scope::lock(tx, actor, id)?;
    if head.status == ReportStatus::Approved {
        return Err(Code::ReportApproved.into());
    }
    let mut draft = LoadedDraft::load(tx.conn, head)?;
    draft.form(lang).question(key).ok_or(Code::NotFound)?;
    let mut faults = tx.faults();
    check_commission(tx, &draft.head.country_code, input, &mut faults)?;
    faults.into_result()?;
    let before = draft.assignees.remove(key);
    draft.assignees.extend(input.commission_id.map(|commission| (key.to_owned(), commission)));
    store::put_assignee(tx.conn, id, key, input.commission_id, tx.now)?;
    let audited = |commission: Option<CommissionId>| json!({"key": key, "assignee_commission_id": commission});
    let (record, country) = (id.to_string(), draft.head.country_code.clone());
    let change = Change { action: "assigned", kind: "report", id: &record, country: Some(&country) };
    audit::record(tx, change, Some(&audited(before)), Some(&audited(input.commission_id)))?;
    if let Some(commission) = input.commission_id.filter(|new| before != Some(*new)) {
        notify_assigned(tx, &draft, key, commission)?;
    }
    draft.form(lang).question(key).cloned().ok_or_else(|| Code::NotFound.into())
}

fn check_commission(tx: &mut Tx<'_>, country: &str, input: &AssigneeInput, faults: &mut Faults) -> Result<()> {
    let Some(id) = input.commission_id else { return Ok(()) };
    match commission_refs(tx.conn, &[id])?.remove(&id) {
        None => faults.add("/commission_id", "unknown_reference"),
        Some(commission) if commission.country_code != country => {
            faults.add_comparison("/commission_id", "other_country", Vec::new());
        }
        Some(_) => {}
    }
    Ok(())
}

/// Returns the people of the secretariat of a commission who are notified of a question.
fn secretariat_of(tx: &mut Tx<'_>, country: &str, commission: CommissionId) -> Result<Vec<Addressee>> {
    let scope = RecordScope { country, commissions: &[commission], restricted: false };
    addressees_in_secretariat(tx, scope, &[])
}

/// Returns true if anybody of the secretariat of a commission is notified of a question.
pub(super) fn has_secretariat(tx: &mut Tx<'_>, country: &str, commission: CommissionId) -> Result<bool> {
    Ok(!secretariat_of(tx, country, commission)?.is_empty())
}

/// Notifies the secretariat of the commission that it is to answer a question.
fn notify_assigned(tx: &mut Tx<'_>, draft: &LoadedDraft, key: &str, commission: CommissionId) -> Result<()> {
    let (country, commissions) = (&draft.head.country_code, [commission]);
    let scope = RecordScope { country, commissions: &commissions, restricted: false };
    let people = secretariat_of(tx, country, commission)?;
    if people.is_empty() {
        return Ok(());
    }
    let mail = QuestionMail { key, sentence: "report-question-assigned", facts: Vec::new() };
    mail.send(tx, Event::ReportQuestionAssigned, draft, scope, &people)
}

/// Notifies the coordinators that a commission answered its question.
pub(super) fn notify_answered(tx: &mut Tx<'_>, draft: &LoadedDraft, key: &str) -> Result<()> {
    let country = &draft.head.country_code;
    let Some(id) = draft.assignees.get(key).copied() else { return Ok(()) };
    let commission = commission_refs(tx.conn, &[id])?.remove(&id).map(|one| one.label().to_owned());
    let scope = RecordScope { country, commissions: &[], restricted: false };
    let coordinators = addressees_of_report(tx, scope)?;
    let facts = vec![("report-label-commission", commission)];
    let mail = QuestionMail { key, sentence: "report-question-answered", facts };
    mail.send(tx, Event::ReportQuestionAnswered, draft, scope, &coordinators)
}

/// Notifies the coordinators, and the secretariat to which the question is assigned, of a comment on its answer.
fn notify_commented(tx: &mut Tx<'_>, draft: &LoadedDraft, comment: &Comment) -> Result<()> {
    let commissions: Vec<CommissionId> = draft.assignees.get(&comment.key).copied().into_iter().collect();
    let scope = RecordScope { country: &draft.head.country_code, commissions: &commissions, restricted: false };
    let people = addressees_of_report(tx, scope)?;
    let author = comment.by.as_ref().map(|person| person.name.clone());
    let facts = vec![("report-label-comment", Some(comment.text.clone())), ("report-label-author", author)];
    let mail = QuestionMail { key: &comment.key, sentence: "report-question-commented", facts };
    mail.send(tx, Event::ReportQuestionCommented, draft, scope, &people)
}

/// A mail about a question of a report, with a link to its page.
struct QuestionMail<'a> {
    key: &'a str,
    /// The key of its sentence; that of the subject ends in `-subject`, that of the link in `-link`.
    sentence: &'static str,
    /// The facts besides report and question, each with the key of its label.
    facts: Vec<(&'static str, Option<String>)>,
}

impl QuestionMail<'_> {
    fn send(
        &self,
        tx: &mut Tx<'_>,
        event: Event,
        draft: &LoadedDraft,
        scope: RecordScope<'_>,
        people: &[Addressee],
    ) -> Result<()> {
        if people.is_empty() {
            return Ok(());
        }
        let name = super::store::country_name(tx.conn, scope.country)?;
        let record = RecordRef::new(RecordKind::Report, draft.head.id);
        notify(tx, event, record, scope, people, |one| self.body(draft, &name, one.contact.language))
    }

    fn body(&self, draft: &LoadedDraft, country: &str, lang: Lang) -> EmailBody {
        let title = report_title(&draft.head.fields(), country, lang);
        let args = [("title", title.clone())];
        let question = draft.form(lang).question(self.key).map(|asked| format!("{}. {}", asked.number, asked.title));
        let facts = [("report-label-report", Some(title)), ("report-label-question", question)];
        let facts = facts.into_iter().chain(self.facts.iter().cloned());
        let facts = facts.filter_map(|(label, value)| Some((text(lang, label, &[]), value?)));
        let path = format!("/reports/{}/questions/{}", draft.head.id, self.key);
        let say = |part: &str| text(lang, &format!("{}{part}", self.sentence), &args);
        let blocks = vec![Block::Text(say("")), Block::Facts(facts.collect()), Block::Link(say("-link"), path)];
        EmailBody::new(lang, say("-subject"), blocks)
    }
}

/// Enters a comment on the answer to a question; notifies those who prepare the answer.
pub(super) fn comment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, key): (ReportId, &str),
    input: CommentInput,
) -> Result<Comment> {
    let head = scope::lock_question(tx, actor, id, key)?;
    if head.status == ReportStatus::Approved {
        return Err(Code::ReportApproved.into());
    }
    let draft = LoadedDraft::load(tx.conn, head)?;
    draft.form(actor.language).question(key).ok_or(Code::NotFound)?;
    tx.faults().into_result()?;
    let comment = Comment {
        id: new_id(tx.now),
        report_id: id,
        key: key.to_owned(),
        text: input.text,
        by: tx.who.map(|id| ReportPerson { id, name: actor.name.clone() }),
        created_at: tx.now,
    };
    store::insert_comment(tx.conn, &comment)?;
    audit::created(tx, "report_comment", comment.id, Some(&draft.head.country_code), &comment)?;
    notify_commented(tx, &draft, &comment)?;
    Ok(comment)
}

pub(super) mod store;

pub(super) mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, get, post, put};

    use super::super::{reading, scope};
    use super::*;
    use crate::access::Visibility;
    use crate::http::{Body, Page, PageQuery, Query};
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(put_assignee).service(list_comments).service(create_comment).service(show_comment);
    }

    /// Assign a question to a commission
    ///
    /// The secretariat of the commission answers, confirms and comments on the question from then on, and reads the
    /// title and the period of the report, and this question, alone. It is notified. With `null` the question is the
    /// coordinator's again. 409 `report_approved` for an approved report.
    ///
    /// Permissions: admin; coordinator of the country.
    #[utoipa::path(tag = "reports", request_body = AssigneeInput, responses(
        (status = 200, description = "Assigned", body = QuestionAsked),
        (status = 409, description = "The report is approved", body = crate::http::Problem, content_type = "application/problem+json")
    ))]
    #[put("/api/v1/reports/{id}/answers/{key}/assignee")]
    pub(crate) async fn put_assignee(
        caller: Caller,
        lang: Lang,
        path: Path<(ReportId, String)>,
        body: Body<AssigneeInput>,
    ) -> Result<HttpResponse> {
        let (id, key) = path.into_inner();
        let assigned = key.clone();
        let load = move |tx: &mut Tx<'_>, actor: &_| reading::question(tx.conn, &Visibility::of(actor), lang, id, &key);
        let save = move |tx: &mut Tx<'_>, actor: &_, input| assign(tx, actor, lang, (id, &assigned), &input);
        caller.put(body, load, save).await
    }

    /// List the comments on an answer
    ///
    /// In the order of entry. Comments are for those who prepare the report; they are in no document.
    ///
    /// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
    #[utoipa::path(tag = "reports", params(("id" = ReportId, Path, description = "The report"), ("key" = String, Path, description = "The key of the question"), PageQuery), responses((status = 200, description = "One page", body = Page<Comment>)))]
    #[get("/api/v1/reports/{id}/answers/{key}/comments")]
    pub(crate) async fn list_comments(
        caller: Caller,
        lang: Lang,
        path: Path<(ReportId, String)>,
        query: Query<PageQuery>,
    ) -> Result<HttpResponse> {
        let ((id, key), paging) = (path.into_inner(), query.0.paging()?);
        caller
            .list(move |conn, actor| {
                reading::question(conn, &Visibility::of(actor), lang, id, &key)?;
                store::comments(conn, id, &key, &paging)
            })
            .await
    }

    /// Comment on an answer
    ///
    /// The coordinators of the country and the secretariat to which the question is assigned are notified, without the
    /// author. 409 `report_approved` for an approved report.
    ///
    /// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
    #[utoipa::path(tag = "reports", request_body = CommentInput, responses(
        (status = 201, description = "Entered", body = Comment),
        (status = 409, description = "The report is approved", body = crate::http::Problem, content_type = "application/problem+json")
    ))]
    #[post("/api/v1/reports/{id}/answers/{key}/comments")]
    pub(crate) async fn create_comment(
        caller: Caller,
        path: Path<(ReportId, String)>,
        body: Body<CommentInput>,
    ) -> Result<HttpResponse> {
        let (id, key) = path.into_inner();
        let location = |comment: &Comment| {
            format!("/api/v1/reports/{}/answers/{}/comments/{}", comment.report_id, comment.key, comment.id)
        };
        caller.create(body, location, move |tx, actor, input| comment(tx, actor, (id, &key), input)).await
    }

    /// Show a comment on an answer
    ///
    /// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
    #[utoipa::path(tag = "reports", params(("id" = ReportId, Path, description = "The report"), ("key" = String, Path, description = "The key of the question"), ("comment_id" = ReportCommentId, Path, description = "The comment")), responses((status = 200, description = "The comment", body = Comment, headers(("ETag" = String, description = "The tag of the comment")))))]
    #[get("/api/v1/reports/{id}/answers/{key}/comments/{comment_id}")]
    pub(crate) async fn show_comment(
        caller: Caller,
        path: Path<(ReportId, String, ReportCommentId)>,
    ) -> Result<HttpResponse> {
        let (id, key, comment) = path.into_inner();
        caller
            .show(move |conn, actor| {
                let (_, scope) = scope::scope_of(conn, &Visibility::of(actor), id)?;
                if !scope.knows(&key) {
                    return Err(Code::NotFound.into());
                }
                store::find_comment(conn, id, &key, comment)
            })
            .await
    }
}
