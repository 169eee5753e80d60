//! Texts of forms that were not sent yet, one for each person and page. The query of a page belongs to its address: a
//! form for one agreement is another page than the same form for another one.
//!
//! A text is kept while it is written, and when a form arrives after the end of its session. It never changes the
//! record and is not in the audit log. Only its author sees it. It is deleted when the form is sent, and after 30 days.

use chrono::TimeDelta;

use crate::clock::Instant;
use crate::db::{Db, Tx, UserId};
use crate::error::{Code, Error, Result};
use crate::http::Fields;
use crate::identity::actor::Actor;

/// The maximum size of a text, in bytes.
const MOST_BYTES: usize = 64 * 1024;

/// The maximum size of a form whose text is kept, in bytes as it is sent: `ñ` is sent as `%C3%B1`, three bytes for each
/// of the text.
pub(super) const LONGEST_FORM: usize = 3 * MOST_BYTES;

/// The maximum number of texts of one person; the oldest are deleted.
const MOST_OF_ONE: i64 = 20;

/// The time that a text is kept.
const KEPT: TimeDelta = TimeDelta::days(30);

/// The maximum length of a page's address: enough for a list with all its filters, and short enough for an index.
const LONGEST_PAGE: usize = 2000;

/// Returns the address of a page under which its text is kept: without its query when it is too long.
pub(super) fn page_of(path: &str, query: &str) -> String {
    let whole = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    if whole.len() <= LONGEST_PAGE { whole } else { path.to_owned() }
}

/// Returns the address of the page that a form names as its own, else that to which it was sent.
pub(super) fn page_of_form(fields: &Fields, path: &str) -> String {
    let is_own = |page: &&str| page.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('?'));
    fields
        .get("page")
        .filter(is_own)
        .filter(|page| page.len() <= LONGEST_PAGE && !page.contains(char::is_control))
        .unwrap_or(path)
        .to_owned()
}

/// A text that was kept.
#[derive(Debug, Clone)]
pub(super) struct SavedDraft {
    pub fields: Fields,
    /// The hash of the record that its author saw. When the record was changed since, both versions are shown.
    pub etag: Option<String>,
    pub saved_at: Instant,
}

/// Keeps the fields of a form for a person; 413 when they are too long. Passwords are never kept.
pub(super) fn save(tx: &mut Tx<'_>, user: UserId, page: &str, fields: &Fields) -> Result<()> {
    let etag = fields.get("etag").map(str::to_owned);
    let mut fields = fields.of_record();
    fields.retain(|name| !name.contains("password") && name != "token" && name != "code");
    if let Some(etag) = etag {
        fields.push("etag", etag);
    }
    let text = serde_json::to_string(&fields).map_err(Error::internal)?;
    if text.len() > MOST_BYTES || page.len() > LONGEST_PAGE || !page.starts_with('/') || text.contains("\\u0000") {
        return Err(Code::TooLarge.into());
    }
    store::replace(tx.conn, user, page, &text, tx.now)?;
    store::delete_beyond(tx.conn, user, MOST_OF_ONE)
}

/// Deletes the text that a person wrote on a page and gave up.
pub(crate) fn forget_unsent(tx: &mut Tx<'_>, actor: &Actor, page: &str) -> Result<()> {
    forget(tx.conn, actor.id, page)
}

/// Returns the fields that a person filled in on a page and did not send.
pub(crate) fn unsent(conn: &mut Db, actor: &Actor, page: &str, now: Instant) -> Result<Option<Fields>> {
    Ok(find(conn, actor.id, page, now)?.map(|kept| kept.fields))
}

/// Keeps fields of a person under the address of a page, which shows them as not sent; returns false if they are too long.
pub(crate) fn keep_unsent(tx: &mut Tx<'_>, actor: &Actor, page: &str, fields: &Fields) -> Result<bool> {
    match save(tx, actor.id, page, fields) {
        Err(error) if error.code == Code::TooLarge => Ok(false),
        kept => kept.map(|()| true),
    }
}

/// Returns the text that a person wrote on a page and did not send.
pub(super) fn find(conn: &mut Db, user: UserId, page: &str, now: Instant) -> Result<Option<SavedDraft>> {
    let found = store::find(conn, user, page, now.plus(-KEPT))?;
    found
        .map(|(text, saved_at)| {
            let fields: Fields = serde_json::from_str(&text).map_err(Error::internal)?;
            let etag = fields.get("etag").filter(|etag| !etag.is_empty()).map(str::to_owned);
            Ok(SavedDraft { fields: fields.of_record(), etag, saved_at })
        })
        .transpose()
}

/// Deletes the text of a page, once its form was sent.
pub(super) fn forget(conn: &mut Db, user: UserId, page: &str) -> Result<()> {
    store::delete(conn, user, page)
}

/// Deletes up to 500 texts that are too old; returns whether there may be more.
pub(crate) fn purge_saved_drafts(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(store::purge(tx.conn, tx.now.plus(-KEPT), 500)? == 500)
}

mod store {
    use diesel::prelude::*;

    use crate::clock::Instant;
    use crate::db::schema::saved_drafts::dsl;
    use crate::db::{Db, UserId};
    use crate::error::Result;

    pub(super) fn replace(conn: &mut Db, user: UserId, page: &str, fields: &str, now: Instant) -> Result<()> {
        delete(conn, user, page)?;
        diesel::insert_into(dsl::saved_drafts)
            .values((dsl::user_id.eq(user), dsl::page.eq(page), dsl::fields.eq(fields), dsl::saved_at.eq(now)))
            .execute(conn)?;
        Ok(())
    }

    pub(super) fn find(conn: &mut Db, user: UserId, page: &str, since: Instant) -> Result<Option<(String, Instant)>> {
        Ok(dsl::saved_drafts
            .find((user, page))
            .filter(dsl::saved_at.ge(since))
            .select((dsl::fields, dsl::saved_at))
            .first(conn)
            .optional()?)
    }

    pub(super) fn delete(conn: &mut Db, user: UserId, page: &str) -> Result<()> {
        diesel::delete(dsl::saved_drafts.find((user, page))).execute(conn)?;
        Ok(())
    }

    /// Deletes all texts of a person but the newest `most`.
    pub(super) fn delete_beyond(conn: &mut Db, user: UserId, most: i64) -> Result<()> {
        let old: Vec<String> = dsl::saved_drafts
            .filter(dsl::user_id.eq(user))
            .order((dsl::saved_at.desc(), dsl::page))
            .select(dsl::page)
            .limit(1000)
            .offset(most)
            .load(conn)?;
        for page in old {
            delete(conn, user, &page)?;
        }
        Ok(())
    }

    /// Deletes up to `limit` texts that were kept before a moment; returns how many.
    pub(super) fn purge(conn: &mut Db, before: Instant, limit: i64) -> Result<usize> {
        let old: Vec<(UserId, String)> = dsl::saved_drafts
            .filter(dsl::saved_at.lt(before))
            .select((dsl::user_id, dsl::page))
            .limit(limit)
            .load(conn)?;
        for (user, page) in &old {
            delete(conn, *user, page)?;
        }
        Ok(old.len())
    }
}
