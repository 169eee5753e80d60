//! Charts of a series over time, with its baseline and targets: the numbers beside their marks, and all in a table.

use chrono::{Datelike, NaiveDate};
use maud::{PreEscaped, html};

use super::chart::Chart;
use super::table::{Column, Table};

/// The meaning of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MarkKind {
    /// A value of the series; the line goes through it.
    Value,
    /// A value that may still change.
    Preliminary,
    Baseline,
    Target,
}

/// A number at a moment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    pub kind: MarkKind,
    /// The day of its place on the axis.
    pub day: NaiveDate,
    pub period: String,
    pub value: f64,
    /// The number as it is written.
    pub text: String,
}

/// The words of a chart: its title, the headings of the table, and the name of each kind of mark.
pub(crate) struct LineWords<'a> {
    pub title: String,
    pub period: String,
    pub number: String,
    pub kind: String,
    pub name_of: &'a dyn Fn(MarkKind) -> String,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 280.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 44.0;
const TOP: f64 = 64.0;
const BOTTOM: f64 = 40.0;

/// The number of marks up to which each has its number and its period written beside it.
const MOST_LABELLED: usize = 12;

impl Chart {
    /// Draws a series over time. The marks are in any order.
    pub(crate) fn line(words: &LineWords<'_>, mut marks: Vec<Mark>) -> Self {
        marks.sort_by_key(|one| (one.day, one.kind as u8));
        let columns =
            vec![Column::text(&words.period, 2), Column::text(&words.kind, 2), Column::figures(&words.number, 1)];
        let row = |mark: &Mark| vec![mark.period.clone(), (words.name_of)(mark.kind), mark.text.clone()];
        let table = Table::new(columns, marks.iter().map(row).collect());
        let sentence = |mark: &Mark| format!("{}, {}: {}", mark.period, (words.name_of)(mark.kind), mark.text);
        let alt = format!("{}. {}.", words.title, marks.iter().map(sentence).collect::<Vec<_>>().join("; "));
        let svg = svg(words, &alt, &marks);
        Self { title: words.title.clone(), alt, svg, table }
    }
}

/// A mark with its place in the picture.
struct Placed<'m> {
    mark: &'m Mark,
    x: f64,
    y: f64,
}

/// Places the marks: days from left to right, numbers upwards from the smaller of zero and the smallest.
fn placed(marks: &[Mark]) -> Vec<Placed<'_>> {
    let days = || marks.iter().map(|mark| f64::from(mark.day.num_days_from_ce()));
    let least = marks.iter().map(|mark| mark.value).fold(0.0, f64::min);
    let most = marks.iter().map(|mark| mark.value).fold(0.0, f64::max);
    let (first, last) = (days().fold(f64::INFINITY, f64::min), days().fold(f64::NEG_INFINITY, f64::max));
    let share = |value: f64, low: f64, high: f64| if high > low { (value - low) / (high - low) } else { 0.5 };
    let place = |(mark, day): (_, f64)| {
        let mark: &Mark = mark;
        let x = LEFT + share(day, first, last) * (WIDTH - LEFT - RIGHT);
        let y = HEIGHT - BOTTOM - share(mark.value, least, most) * (HEIGHT - TOP - BOTTOM);
        Placed { mark, x, y }
    };
    marks.iter().zip(days()).map(place).collect()
}

fn svg(words: &LineWords<'_>, alt: &str, marks: &[Mark]) -> String {
    let all = placed(marks);
    let is_value = |one: &&Placed<'_>| matches!(one.mark.kind, MarkKind::Value | MarkKind::Preliminary);
    let line: Vec<String> = all.iter().filter(is_value).map(|one| format!("{:.1},{:.1}", one.x, one.y)).collect();
    let all_labelled = all.len() <= MOST_LABELLED;
    let markup = html! {
        svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT)
            font-family="Libertinus Serif, Georgia, serif" font-size="14" {
            title { (words.title) }
            desc { (alt) }
            (legend(words, marks))
            line x1=(LEFT) y1=(HEIGHT - BOTTOM) x2=(WIDTH - RIGHT) y2=(HEIGHT - BOTTOM) stroke="#8a8a8a" {}
            @if line.len() > 1 { polyline points=(line.join(" ")) fill="none" stroke="#1f1f1f" stroke-width="2" {} }
            @for (n, one) in all.iter().enumerate() {
                (symbol(one.mark.kind, one.x, one.y))
                @if all_labelled || n == 0 || n + 1 == all.len() { (label(one)) }
            }
        }
    };
    markup.into_string()
}

/// Draws the kinds of marks that occur, with their names.
fn legend(words: &LineWords<'_>, marks: &[Mark]) -> PreEscaped<String> {
    let kinds = [MarkKind::Value, MarkKind::Preliminary, MarkKind::Baseline, MarkKind::Target];
    let used: Vec<MarkKind> = kinds.into_iter().filter(|kind| marks.iter().any(|mark| mark.kind == *kind)).collect();
    html! {
        @for (n, kind) in (0_u8..).zip(used) {
            @let x = 16.0 + f64::from(n) * 176.0;
            (symbol(kind, x, 16.0))
            text x=(x + 14.0) y="21" { ((words.name_of)(kind)) }
        }
    }
}

fn symbol(kind: MarkKind, x: f64, y: f64) -> PreEscaped<String> {
    let (x, y) = ((x * 10.0).round() / 10.0, (y * 10.0).round() / 10.0);
    html! {
        @match kind {
            MarkKind::Value => { circle cx=(x) cy=(y) r="5" fill="#1f1f1f" {} },
            MarkKind::Preliminary => { circle cx=(x) cy=(y) r="5" fill="#ffffff" stroke="#1f1f1f" stroke-width="2" {} },
            MarkKind::Baseline => { rect x=(x - 5.0) y=(y - 5.0) width="10" height="10" fill="#8a8a8a" stroke="#1f1f1f" {} },
            MarkKind::Target => {
                path d={ "M" (x) "," (y - 7.0) " l7,7 l-7,7 l-7,-7 z" } fill="#ffffff" stroke="#1f1f1f" stroke-width="2" {}
            },
        }
    }
}

/// Writes the number above a mark and the period below the axis.
fn label(one: &Placed<'_>) -> PreEscaped<String> {
    let (x, y) = (format!("{:.1}", one.x), format!("{:.1}", one.y - 12.0));
    html! {
        text x=(x) y=(y) text-anchor="middle" { (one.mark.text) }
        text x=(x) y=(HEIGHT - BOTTOM + 20.0) text-anchor="middle" font-size="12" { (one.mark.period) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(kind: MarkKind, year: i32, value: f64) -> Mark {
        let day = NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
        Mark { kind, day, period: year.to_string(), value, text: value.to_string() }
    }

    #[test]
    fn the_series_stands_in_picture_words_and_table() {
        let name = |kind| if kind == MarkKind::Target { "Meta".to_owned() } else { "Valor".to_owned() };
        let words = LineWords {
            title: "Distritos <%>".into(),
            period: "Período".into(),
            number: "Valor".into(),
            kind: "Dato".into(),
            name_of: &name,
        };
        let marks = vec![mark(MarkKind::Target, 2025, 60.0), mark(MarkKind::Value, 2022, 12.5)];
        let chart = Chart::line(&words, marks.clone());
        assert_eq!(chart.alt, "Distritos <%>. 2022, Valor: 12.5; 2025, Meta: 60.");
        assert_eq!(chart.table.rows, [["2022", "Valor", "12.5"], ["2025", "Meta", "60"]]);
        assert!(chart.svg.contains("Distritos &lt;%&gt;") && chart.svg.contains(">12.5</text>"), "{}", chart.svg);
        assert!(!chart.svg.contains("polyline"), "one value makes no line");
        assert_eq!(chart.svg, Chart::line(&words, marks).svg);
    }

    #[test]
    fn a_single_mark_and_negative_numbers_have_a_place() {
        let placed_at = |marks: &[Mark]| placed(marks).iter().map(|one| (one.x, one.y)).collect::<Vec<_>>();
        assert_eq!(placed_at(&[mark(MarkKind::Value, 2022, 0.0)]), [(360.0, 152.0)]);
        let marks = [mark(MarkKind::Value, 2022, -5.0), mark(MarkKind::Value, 2023, 5.0)];
        assert_eq!(placed_at(&marks), [(44.0, 240.0), (676.0, 64.0)]);
    }
}
