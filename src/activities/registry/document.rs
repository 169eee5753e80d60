//! The registry as a document: charts of the period, then one line for each activity.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};

use super::{Registry, RegistryQuery, Total, list, read};
use crate::access::Visibility;
use crate::activities::model::Activity;
use crate::audit::RestrictedRecords;
use crate::db::Db;
use crate::directory::country;
use crate::error::{Code, Error, Result};
use crate::i18n::{Lang, Words, text, word};
use crate::rendering::{Bar, Block, Chart, Column, Document, Frame, Table, longest, one_line};

/// The maximum number of activities in a document; a spreadsheet has no such limit.
const MOST_ACTIVITIES: usize = 2_000;

/// The number of territories that fit on one page of a chart: those with most activities. The table has all of them.
const MOST_BARS: usize = 22;

/// The number of territories from which their chart has two parts.
const BESIDE: usize = 11;

/// Reads the registry and builds its document; 409 when it has too many activities. Must run in one read.
pub(crate) fn document(
    conn: &mut Db,
    visibility: &Visibility,
    query: &RegistryQuery,
    lang: Lang,
) -> Result<(Document, RestrictedRecords)> {
    let listed = list(conn, visibility, query)?;
    if listed.dated.len() + listed.undated.len() > MOST_ACTIVITIES {
        let reason = text(lang, "registry-too-long", &[("most", MOST_ACTIVITIES.to_string())]);
        return Err(Error::new(Code::NotAvailable).arg("reason", reason));
    }
    let code = &query.country_code;
    let name = country(conn, code).map_or_else(
        |_| code.clone(),
        |found| found.fields.translations.or_original("name", lang, &found.fields.name).to_owned(),
    );
    let registry = read(conn, visibility, query, lang)?;
    Ok((build(&registry, code, &name, lang), RestrictedRecords::of(&registry)))
}

fn build(registry: &Registry, code: &str, country_name: &str, lang: Lang) -> Document {
    let words = Words { lang, country: code };
    let period = words.period(registry.from, registry.to);
    let mut blocks = vec![Block::bullets(figures(registry, words))];
    if registry.activities.is_empty() && registry.undated.is_empty() {
        blocks.push(Block::paragraph(words.say("registry-none", &[])));
    } else {
        blocks.push(Block::heading(1, words.say("registry-in-charts", &[])));
        blocks.push(Block::note(words.say("registry-several", &[])));
        blocks.extend(charts(registry, words, true).into_iter().map(Block::Chart));
    }
    for (heading, activities) in
        [("registry-sheet-activities", &registry.activities), ("registry-sheet-undated", &registry.undated)]
    {
        if !activities.is_empty() {
            blocks.push(Block::heading(1, words.say(heading, &[])));
            blocks.push(table(activities, registry, words));
        }
    }
    let title = words.say("registry-document-title", &[("country", one_line(country_name)), ("period", period)]);
    Document {
        lang,
        region: Some(code.to_owned()),
        contents: None,
        landscape: true,
        frame: Frame { head: Some(title.clone()), ..Frame::default() },
        title,
        blocks,
    }
}

fn figures(registry: &Registry, words: Words<'_>) -> Vec<String> {
    let all = registry.activities.iter().chain(&registry.undated);
    let (mut participants, mut without) = (0_u64, 0);
    for activity in all {
        match activity.fields.headcount() {
            Some(count) => participants += u64::try_from(count).unwrap_or_default(),
            None => without += 1,
        }
    }
    let number = |n: usize| words.number(n as u64);
    let pending = usize::try_from(registry.pending).unwrap_or_default();
    // Participants that nobody counted are not zero.
    let counted = match registry.activities.len() + registry.undated.len() {
        all if all == without => words.count("registry-figure-no-participants", all),
        _ => words
            .say("registry-figure-participants", &[("n", words.number(participants)), ("without", number(without))]),
    };
    vec![
        words.say(
            "registry-figure-activities",
            &[("n", number(registry.activities.len())), ("undated", number(registry.undated.len()))],
        ),
        counted,
        words.say("registry-figure-pending", &[("n", number(pending))]),
    ]
}

/// Draws the charts of a registry, for a page.
pub(crate) fn charts_of(registry: &Registry, country: &str, lang: Lang) -> Vec<Chart> {
    charts(registry, Words { lang, country }, false)
}

/// Draws the charts; those of many territories in two parts, which stand beside each other on paper.
fn charts(registry: &Registry, words: Words<'_>, in_parts: bool) -> Vec<Chart> {
    let say = |key: &str| words.say(key, &[]);
    let series = [say("registry-total-activities")];
    let chart = |name: &str, bars: Vec<Bar>| {
        let title = say(&format!("registry-chart-{name}"));
        (!bars.is_empty()).then(|| Chart::bars(title, &say(&format!("registry-by-{name}")), &series, &bars))
    };
    let coded = |family: &'static str| move |code: &str| word(words.lang, family, code);
    let totals = &registry.totals;
    let translated = territories_in(registry, words);
    let territory = |own: &str| translated.get(own).map_or(own, |one| one).to_owned();
    let mut territories = largest_first(&totals.by_territory, &territory);
    territories.truncate(MOST_BARS);
    let most = longest(&territories);
    let half = territories.len().div_ceil(2);
    let rest = if in_parts && territories.len() > BESIDE { territories.split_off(half) } else { Vec::new() };
    let part = |title: &str, bars: &[Bar]| {
        let by = (say("registry-by-territory"), &series[..]);
        (!bars.is_empty()).then(|| Chart::bars_up_to(most, say(title), (&by.0, by.1), bars))
    };
    let charts = [
        chart("month", by_month(registry, words)),
        chart("theme", largest_first(&totals.by_theme, &coded("theme"))),
        chart("kind", largest_first(&totals.by_kind, &coded("activity-kind"))),
        chart("commission", largest_first(&totals.by_commission, &|id| registry.names.of_text(id))),
        part("registry-chart-territory", &territories),
        part("registry-chart-territory-rest", &rest),
    ];
    charts.into_iter().flatten().collect()
}

/// Returns the names of territories in the language of the document, by their own names.
fn territories_in<'r>(registry: &'r Registry, words: Words<'_>) -> HashMap<&'r str, &'r str> {
    let activities = registry.activities.iter().chain(&registry.undated);
    let names = activities.flat_map(|one| {
        let all = one.fields.territories.iter().enumerate();
        all.map(|(n, own)| {
            let field = format!("territories/{n}");
            (own.as_str(), one.fields.translations.or_original(&field, words.lang, own))
        })
    });
    names.filter(|(own, translated)| own != translated).collect()
}

fn largest_first(totals: &BTreeMap<String, Total>, called: &dyn Fn(&str) -> String) -> Vec<Bar> {
    let bar =
        |(key, total): (&String, &Total)| (called(key), vec![u64::try_from(total.activities).unwrap_or_default()]);
    let mut bars: Vec<Bar> = totals.iter().map(bar).collect();
    bars.sort_by(|(a, n), (b, m)| (m, a).cmp(&(n, b)));
    bars
}

/// Counts activities by the month in which they began; those with a less precise date together, last.
fn by_month(registry: &Registry, words: Words<'_>) -> Vec<Bar> {
    let mut months: BTreeMap<Option<NaiveDate>, u64> = BTreeMap::new();
    for activity in registry.activities.iter().chain(&registry.undated) {
        let within_a_month = |(from, to): (NaiveDate, NaiveDate)| {
            ((from.year(), from.month()) == (to.year(), to.month())).then(|| from.with_day(1)).flatten()
        };
        let month = activity.starts_from.zip(activity.starts_to).and_then(within_a_month);
        *months.entry(month).or_default() += 1;
    }
    let vague = months.remove(&None);
    let mut bars: Vec<Bar> =
        months.into_iter().filter_map(|(month, count)| Some((words.month_of(month?), vec![count]))).collect();
    bars.extend(vague.map(|count| (words.say("registry-no-month", &[]), vec![count])));
    bars
}

fn table(activities: &[Activity], registry: &Registry, words: Words<'_>) -> Block {
    let say = |key: &str| words.say(&format!("registry-{key}"), &[]);
    let table = Table::new(
        vec![
            Column::text(say("when"), 4),
            Column::text(say("title"), 10),
            Column::text(say("kind"), 4),
            Column::text(say("commissions"), 4),
            Column::text(say("organizers"), 5),
            Column::text(say("territories"), 4),
            Column::figures(say("women"), 3),
            Column::figures(say("men"), 3),
            Column::figures(say("total"), 4),
        ],
        activities.iter().map(|activity| row(activity, registry, words)).collect(),
    );
    Block::Table(table.without_empty_columns())
}

fn row(activity: &Activity, registry: &Registry, words: Words<'_>) -> Vec<String> {
    let fields = &activity.fields;
    let when = fields.starts.as_ref().map(|starts| words.dates(starts, fields.ends.as_ref()));
    let named = |names: Vec<String>| names.iter().map(|name| one_line(name)).collect::<Vec<_>>().join("; ");
    let number = |count: Option<u64>| count.map(|count| words.number(count)).unwrap_or_default();
    let counted = fields.participants.as_ref();
    let text = |field: &str, own: &str| fields.translations.or_original(field, words.lang, own).to_owned();
    let territories = fields.territories.iter().enumerate().map(|(n, one)| text(&format!("territories/{n}"), one));
    let figure = |count: Option<i32>| number(count.and_then(|count| u64::try_from(count).ok()));
    vec![
        when.or_else(|| fields.when_text.as_ref().map(|own| text("when_text", own))).unwrap_or_default(),
        details(activity, words),
        word(words.lang, "activity-kind", fields.kind.as_str()),
        named(fields.commission_ids.iter().map(|id| registry.names.of(*id)).collect()),
        named(fields.organizer_ids.iter().map(|id| registry.names.of(*id)).collect()),
        territories.collect::<Vec<_>>().join("; "),
        figure(counted.and_then(|counted| counted.women)),
        figure(counted.and_then(|counted| counted.men)),
        number(fields.headcount().and_then(|count| u64::try_from(count).ok())),
    ]
}

/// Returns the title of an activity, and below it its result and its evidence.
fn details(activity: &Activity, words: Words<'_>) -> String {
    let fields = &activity.fields;
    let text = |field: &str, own: &str| one_line(fields.translations.or_original(field, words.lang, own));
    let mut lines = vec![text("title", &fields.title)];
    let result = fields.result.as_ref().map(|result| text("result", result));
    lines.extend(result.map(|result| words.say("registry-told-result", &[("result", result)])));
    let titles: Vec<String> =
        fields.evidence.iter().enumerate().map(|(n, one)| text(&format!("evidence/{n}/title"), &one.title)).collect();
    if !titles.is_empty() {
        lines.push(words.say("registry-told-evidence", &[("titles", titles.join("; "))]));
    }
    lines.join("\n")
}
