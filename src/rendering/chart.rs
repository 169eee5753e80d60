//! Bar charts as SVG, for paper and screens: black on white, with each number beside its bar and all numbers in a table.

use maud::{PreEscaped, html};
use serde::{Deserialize, Serialize};

use super::table::{Column, Table};
use crate::text::shortened;

/// A chart: the picture, its description, and its numbers as a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Chart {
    pub title: String,
    /// The description of the picture, for readers who cannot see it.
    pub alt: String,
    pub svg: String,
    pub table: Table,
    /// The table stands below the picture too, not only in its place where pictures are not shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_table_below: bool,
}

/// A bar: its label and its number in each series.
pub(crate) type Bar = (String, Vec<u64>);

const WIDTH: usize = 720;
const LABEL: usize = 290;
const ROOM: usize = WIDTH - LABEL - 60;
const HEIGHT: usize = 20;
const GAP: usize = 6;
const TOP: usize = 34;

/// The fills of the series of a stacked bar: patterns that differ in black and white too.
const FILLS: [&str; 5] = ["#4a4a4a", "url(#stripes)", "#c8c8c8", "url(#dots)", "#ffffff"];

impl Chart {
    /// Draws horizontal bars. `label` is the heading of the bars' labels; several `series` are stacked.
    pub(crate) fn bars(title: String, label: &str, series: &[String], bars: &[Bar]) -> Self {
        Self::bars_up_to(longest(bars), title, (label, series), bars)
    }

    /// Draws bars of which the longest would have the length `most`: parts of one chart with the same scale.
    pub(crate) fn bars_up_to(most: u64, title: String, (label, series): (&str, &[String]), bars: &[Bar]) -> Self {
        let share = |n: usize| if n == 0 { 4 } else { 1 };
        let mut columns = vec![Column::text(label, share(0))];
        columns.extend(series.iter().map(|name| Column::figures(name, share(1))));
        let row = |(name, figures): &Bar| {
            std::iter::once(name.clone()).chain(figures.iter().map(u64::to_string)).collect::<Vec<_>>()
        };
        let table = Table::new(columns, bars.iter().map(row).collect());
        let sentences = bars.iter().map(|(name, figures)| {
            let each: Vec<_> = figures.iter().zip(series).map(|(n, name)| format!("{name} {n}")).collect();
            format!("{name}: {}", each.join(", "))
        });
        let alt = format!("{title}. {}.", sentences.collect::<Vec<_>>().join("; "));
        let svg = svg((&title, &alt), series, bars, most);
        // The table has the labels that the picture cuts.
        let has_table_below = bars.iter().any(|(name, _)| is_cut(name));
        Self { title, alt, svg, table, has_table_below }
    }
}

/// Returns the length of the longest bar.
pub(crate) fn longest(bars: &[Bar]) -> u64 {
    bars.iter().map(|(_, figures)| figures.iter().sum()).max().unwrap_or_default()
}

fn svg((title, alt): (&str, &str), series: &[String], bars: &[Bar], most: u64) -> String {
    let has_legend = series.len() > 1;
    let top = if has_legend { TOP } else { GAP };
    let height = top + bars.len() * (HEIGHT + GAP) + GAP;
    let most = most.max(1);
    let markup = html! {
        svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox={"0 0 " (WIDTH) " " (height)} width=(WIDTH) height=(height)
            font-family="Libertinus Serif, Georgia, serif" font-size="14" {
            title { (title) }
            desc { (alt) }
            @if has_legend { (patterns()) }
            @if has_legend { (legend(series)) }
            @for (n, bar) in bars.iter().enumerate() { (draw_bar(bar, top + n * (HEIGHT + GAP), most)) }
        }
    };
    markup.into_string()
}

/// Draws the patterns that distinguish the series of stacked bars.
fn patterns() -> PreEscaped<String> {
    html! {
        defs {
            pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" {
                rect width="6" height="6" fill="#ffffff" {}
                path d="M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2" stroke="#1f1f1f" stroke-width="1.6" {}
            }
            pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse" {
                rect width="5" height="5" fill="#ffffff" {}
                circle cx="2.5" cy="2.5" r="1.2" fill="#1f1f1f" {}
            }
        }
    }
}

/// Draws the legend: the fill of each series.
fn legend(series: &[String]) -> PreEscaped<String> {
    let step = WIDTH / series.len().max(1);
    html! {
        @for ((n, name), fill) in series.iter().enumerate().zip(FILLS.iter().cycle()) {
            rect x=(n * step) y="6" width="16" height="16" fill=(fill) stroke="#1f1f1f" {}
            text x=(n * step + 22) y="19" { (name) }
        }
    }
}

fn draw_bar((name, figures): &Bar, y: usize, most: u64) -> PreEscaped<String> {
    let length = |figure: u64| usize::try_from(figure * ROOM as u64 / most).unwrap_or_default();
    let mut x = LABEL;
    let parts = figures.iter().zip(FILLS.iter().cycle()).map(|(figure, fill)| {
        let part = (x, length(*figure), *fill);
        x += part.1;
        part
    });
    let parts: Vec<_> = parts.filter(|(_, width, _)| *width > 0).collect();
    let sum: u64 = figures.iter().sum();
    html! {
        (label(name, y))
        @for (x, width, fill) in parts {
            rect x=(x) y=(y) width=(width) height=(HEIGHT) fill=(fill) stroke="#1f1f1f" {}
        }
        text x=(x + 6) y=(y + 15) { (sum) }
    }
}

/// The number of characters of a label that fit beside its bar on one line, and on each of two lines in small letters. The
/// table has the whole label.
const LABEL_LENGTH: usize = 42;
const SMALL_LENGTH: usize = 54;

/// Writes the label of a bar; a long one on two lines.
fn label(name: &str, y: usize) -> PreEscaped<String> {
    let lines = |lines: Vec<String>, top: usize, size: Option<&str>| {
        html! {
            @for (n, line) in lines.iter().enumerate() {
                text x=(LABEL - 8) y=(top + n * 11) text-anchor="end" font-size=[size] { (line) }
            }
        }
    };
    if name.chars().count() <= LABEL_LENGTH {
        return lines(vec![name.to_owned()], y + 15, None);
    }
    lines(in_two_lines(name), y + 9, Some("11"))
}

/// Returns true for a label that has no room on two lines.
fn is_cut(name: &str) -> bool {
    name.chars().count() > LABEL_LENGTH && in_two_lines(name).join(" ") != name
}

/// Divides a label after a word; what has no room on the second line is cut.
fn in_two_lines(name: &str) -> Vec<String> {
    let (mut first, mut rest) = (String::new(), name);
    while let Some((word, others)) = rest.split_once(' ') {
        if !first.is_empty() && first.chars().count() + word.chars().count() >= SMALL_LENGTH {
            break;
        }
        first = if first.is_empty() { word.to_owned() } else { format!("{first} {word}") };
        rest = others;
    }
    match first.is_empty() {
        true => vec![shortened(rest, SMALL_LENGTH)],
        false => vec![first, shortened(rest, SMALL_LENGTH)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_label_has_two_lines() {
        let name = "Comisiones, redes y mesas contra la trata de personas de los gobiernos regionales";
        let lines = ["Comisiones, redes y mesas contra la trata de personas", "de los gobiernos regionales"];
        assert_eq!(in_two_lines(name), lines);
        assert!(!is_cut(name), "it has room on two lines");
        assert_eq!(in_two_lines(&"a".repeat(60)), [format!("{}…", "a".repeat(53))]);
        assert!(is_cut(&"a".repeat(60)));
    }

    #[test]
    fn the_figures_stand_in_picture_words_and_table() {
        let series = ["Pendiente".to_owned(), "Cumplido".to_owned()];
        let chart = Chart::bars("Compromisos".into(), "Comisión", &series, &[("CETI <1>".into(), vec![3, 1])]);
        assert_eq!(chart.alt, "Compromisos. CETI <1>: Pendiente 3, Cumplido 1.");
        assert_eq!(chart.table.rows, [["CETI <1>", "3", "1"]]);
        assert!(chart.svg.contains("CETI &lt;1&gt;</text>") && chart.svg.contains(">4</text>"), "{}", chart.svg);
        assert_eq!(
            chart.svg,
            Chart::bars("Compromisos".into(), "Comisión", &series, &[("CETI <1>".into(), vec![3, 1])]).svg
        );
    }
}
