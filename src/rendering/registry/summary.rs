//! The registry as a document: what a period holds in charts, then each activity in a line.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::activities::{Activity, Registry, Total};
use crate::i18n::{Lang, text};
use crate::rendering::chart::{Bar, Chart};
use crate::rendering::document::{Block, Column, Document, Table, one_line};
use crate::reports::Words;

/// As many territories as one page shows, the ones with most activities; the lines tell all of them.
const MOST_BARS: usize = 22;

/// The registry of a country, whose name stands in the title.
pub fn summary(registry: &Registry, country: (&str, &str), lang: Lang) -> Document {
    let (code, name) = country;
    let words = Words { lang, country: code };
    let period = words.period(registry.from, registry.to);
    let mut blocks = vec![Block::bullets(figures(registry, words))];
    blocks.push(Block::heading(1, words.say("registry-in-charts", &[])));
    blocks.extend(charts(registry, words).into_iter().map(Block::Chart));
    blocks.push(Block::heading(1, words.say("registry-sheet-activities", &[])));
    blocks.push(list(&registry.activities, registry, words));
    if !registry.undated.is_empty() {
        blocks.push(Block::heading(1, words.say("registry-sheet-undated", &[])));
        blocks.push(list(&registry.undated, registry, words));
    }
    Document {
        title: words.say("registry-document-title", &[("country", one_line(name)), ("period", period)]),
        lang,
        region: Some(code.to_owned()),
        contents: None,
        landscape: true,
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
    vec![
        words.say(
            "registry-figure-activities",
            &[("n", number(registry.activities.len())), ("undated", number(registry.undated.len()))],
        ),
        words.say("registry-figure-participants", &[("n", words.number(participants)), ("without", number(without))]),
        words.say("registry-figure-pending", &[("n", number(pending))]),
    ]
}

fn charts(registry: &Registry, words: Words<'_>) -> Vec<Chart> {
    let say = |key: &str| words.say(key, &[]);
    let series = [say("registry-total-activities")];
    let chart = |name: &str, bars: Vec<Bar>| {
        let title = say(&format!("registry-chart-{name}"));
        (!bars.is_empty()).then(|| Chart::bars(title, &say(&format!("registry-by-{name}")), &series, &bars))
    };
    let coded =
        |family: &'static str| move |code: &str| text(words.lang, &format!("{family}-{}", code.replace('_', "-")), &[]);
    let totals = &registry.totals;
    let territories = largest_first(&totals.by_territory, &str::to_owned);
    let charts = [
        chart("month", by_month(registry, words)),
        chart("theme", largest_first(&totals.by_theme, &coded("theme"))),
        chart("kind", largest_first(&totals.by_kind, &coded("activity-kind"))),
        chart("commission", largest_first(&totals.by_commission, &|id| registry.names.of_text(id))),
        chart("territory", territories.into_iter().take(MOST_BARS).collect()),
    ];
    charts.into_iter().flatten().collect()
}

fn largest_first(totals: &BTreeMap<String, Total>, called: &dyn Fn(&str) -> String) -> Vec<Bar> {
    let bar =
        |(key, total): (&String, &Total)| (called(key), vec![u64::try_from(total.activities).unwrap_or_default()]);
    let mut bars: Vec<Bar> = totals.iter().map(bar).collect();
    bars.sort_by(|(a, n), (b, m)| (m, a).cmp(&(n, b)));
    bars
}

/// By the month in which they began; those known only by a longer stretch together.
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

fn list(activities: &[Activity], registry: &Registry, words: Words<'_>) -> Block {
    let say = |key: &str| words.say(&format!("registry-{key}"), &[]);
    let row = |activity: &Activity| {
        let fields = &activity.fields;
        let when = fields.starts.as_ref().map(|starts| words.dates(starts, fields.ends.as_ref()));
        let commissions: Vec<_> = fields.commission_ids.iter().map(|id| registry.names.of(*id)).collect();
        let count = fields.headcount().and_then(|count| u64::try_from(count).ok());
        let kind = format!("activity-kind-{}", fields.kind.as_str().replace('_', "-"));
        vec![
            when.or_else(|| fields.when_text.clone()).unwrap_or_default(),
            one_line(&fields.title),
            words.say(&kind, &[]),
            commissions.join("; "),
            fields.territories.join("; "),
            count.map(|count| words.number(count)).unwrap_or_default(),
        ]
    };
    Block::Table(Table {
        columns: vec![
            Column::text(say("when"), 4),
            Column::text(say("title"), 9),
            Column::text(say("kind"), 3),
            Column::text(say("commissions"), 3),
            Column::text(say("territories"), 4),
            Column::figures(say("total"), 3),
        ],
        rows: activities.iter().map(row).collect(),
    })
}
