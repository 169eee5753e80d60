//! Puts together what each slice finds.

use std::collections::BTreeMap;

use super::model::{HitKind, Key, KindFound, SearchPage, SearchResult};
use super::snippet::snippet;
use crate::access::{Hit, HitPaging, MOST_COUNTED, Visibility};
use crate::activities::{count_activities_found, search_activities};
use crate::agreements::{count_agreements_found, search_agreements};
use crate::commissions::{count_commissions_found, search_commissions};
use crate::commitments::{count_commitments_found, search_commitments};
use crate::db::Db;
use crate::db::search::Words;
use crate::directory::{count_institutions_found, search_institutions};
use crate::duties::{count_duties_found, search_duties};
use crate::error::Result;
use crate::http::{Page, Paging};
use crate::indicators::{count_indicators_found, search_indicators};
use crate::meetings::{count_meetings_found, search_meetings};
use crate::plans::{count_observations_found, count_plan_items_found, search_observations, search_plan_items};
use crate::text::fold;

/// The longest title, in characters.
pub(super) const MOST_TITLE: usize = 200;

/// Returns one page of the visible records with all of these words, of every kind or of one. The number of statements
/// depends on the kinds alone.
pub(super) fn search(
    conn: &mut Db,
    visibility: &Visibility,
    q: &str,
    kind: Option<HitKind>,
    paging: &Paging<Key>,
) -> Result<SearchPage> {
    let folded = fold([q]);
    let words = Words::of(conn, &folded);
    let (mut counts, mut counts_exact) = (BTreeMap::new(), BTreeMap::new());
    let mut items = Vec::new();
    for one in HitKind::ALL.iter().copied() {
        let number = count(conn, visibility, &words, one)?;
        counts.insert(one, number.min(MOST_COUNTED));
        counts_exact.insert(one, number <= MOST_COUNTED);
        let after = paging.after.filter(|key| key.0 == one).map(|key| key.1);
        let is_past = paging.after.is_some_and(|key| one < key.0);
        if !is_past && kind.is_none_or(|asked| asked == one) {
            let paging = HitPaging { after, limit: paging.fetch(), of_many: number > MOST_COUNTED };
            let hits = hits(conn, visibility, &words, one, paging)?;
            items.extend(hits.into_iter().map(|hit| result(one, hit, &folded)));
        }
    }
    let Page { items, next_cursor, .. } = Page::cut(items, paging, |item: &SearchResult| Key(item.kind, item.id));
    Ok(SearchPage { items, next_cursor, counts, counts_exact })
}

/// Returns the newest visible records with all of these words, at most `most` of each kind, and their numbers. The number
/// of statements depends on the kinds alone.
pub(super) fn first_of_each(conn: &mut Db, visibility: &Visibility, q: &str, most: i64) -> Result<Vec<KindFound>> {
    let folded = fold([q]);
    let words = Words::of(conn, &folded);
    let mut found = Vec::new();
    for kind in HitKind::ALL.iter().copied() {
        let number = count(conn, visibility, &words, kind)?;
        if number > 0 {
            let paging = HitPaging { after: None, limit: most, of_many: number > MOST_COUNTED };
            let hits = hits(conn, visibility, &words, kind, paging)?;
            let items = hits.into_iter().map(|hit| result(kind, hit, &folded)).collect();
            found.push(KindFound { kind, number: number.min(MOST_COUNTED), is_exact: number <= MOST_COUNTED, items });
        }
    }
    Ok(found)
}

fn result(kind: HitKind, hit: Hit, folded: &str) -> SearchResult {
    SearchResult {
        link: kind.link(&hit),
        snippet: snippet(&hit.texts, folded),
        kind,
        id: hit.id,
        code: hit.code,
        title: hit.title.chars().take(MOST_TITLE).collect(),
        date: hit.date,
        dates: hit.dates,
        country_code: hit.country_code,
        restricted: hit.restricted,
    }
}

fn hits(conn: &mut Db, visibility: &Visibility, words: &Words, kind: HitKind, paging: HitPaging) -> Result<Vec<Hit>> {
    let search = match kind {
        HitKind::Commission => search_commissions,
        HitKind::Institution => search_institutions,
        HitKind::Meeting => search_meetings,
        HitKind::Agreement => search_agreements,
        HitKind::Commitment => search_commitments,
        HitKind::Activity => search_activities,
        HitKind::PlanItem => search_plan_items,
        HitKind::Duty => search_duties,
        HitKind::Indicator => search_indicators,
        HitKind::Observation => search_observations,
    };
    search(conn, visibility, words, paging)
}

fn count(conn: &mut Db, visibility: &Visibility, words: &Words, kind: HitKind) -> Result<usize> {
    let count = match kind {
        HitKind::Commission => count_commissions_found,
        HitKind::Institution => count_institutions_found,
        HitKind::Meeting => count_meetings_found,
        HitKind::Agreement => count_agreements_found,
        HitKind::Commitment => count_commitments_found,
        HitKind::Activity => count_activities_found,
        HitKind::PlanItem => count_plan_items_found,
        HitKind::Duty => count_duties_found,
        HitKind::Indicator => count_indicators_found,
        HitKind::Observation => count_observations_found,
    };
    count(conn, visibility, words)
}
