//! Charts of a series over time, with its baseline and targets: the numbers beside their marks, and all in a table.

use chrono::{Datelike, NaiveDate};
use maud::{PreEscaped, html};

use super::chart::Chart;
use super::table::{Column, Table};
use crate::text::shortened;

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
    /// The period in short words, for the axis.
    pub short_period: String,
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
    /// The unit, above the axis of the numbers.
    pub unit: String,
    /// Writes a number of the axis as the country does.
    pub written: &'a dyn Fn(&str) -> String,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 84.0;
const RIGHT: f64 = 44.0;
const TOP: f64 = 76.0;
const BOTTOM: f64 = 52.0;

/// The number of characters of the unit that the picture shows.
const LONGEST_UNIT: usize = 60;

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
        Self { title: words.title.clone(), alt, svg, table, has_table_below: false }
    }
}

/// A mark with its place in the picture.
struct Placed<'m> {
    mark: &'m Mark,
    x: f64,
    y: f64,
}

/// The axis of the numbers: its ends, and the distance of its lines.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    least: f64,
    most: f64,
    step: f64,
}

impl Scale {
    /// Returns an axis from the smaller of zero and the smallest number, with three to six lines at round numbers.
    fn of(marks: &[Mark]) -> Self {
        let least = marks.iter().map(|mark| mark.value).fold(0.0, f64::min);
        let most = marks.iter().map(|mark| mark.value).fold(0.0, f64::max);
        let extent = if most > least { most - least } else { 1.0 };
        let power = 10_f64.powf((extent / 5.0).log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|times| times * power).into_iter().find(|step| extent / step <= 5.0);
        let step = step.unwrap_or(extent);
        Self { least: (least / step).floor() * step, most: (most / step).ceil().max(1.0) * step, step }
    }

    /// Returns the height of a number in the picture.
    fn y(self, value: f64) -> f64 {
        HEIGHT - BOTTOM - (value - self.least) / (self.most - self.least) * (HEIGHT - TOP - BOTTOM)
    }

    /// Returns the numbers of the lines, each with the decimals that its distance needs.
    fn lines(self) -> Vec<(f64, String)> {
        let (mut lines, mut n) = (Vec::new(), 0.0);
        while self.least + n * self.step <= self.most + self.step / 2.0 {
            let value = self.least + n * self.step;
            let decimals = if self.step >= 1.0 {
                0
            } else if self.step >= 0.1 {
                1
            } else {
                6
            };
            let text = format!("{value:.decimals$}");
            let text = if decimals > 1 { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text };
            lines.push((
                self.y(value),
                if text.trim_matches(['-', '0', '.']).is_empty() { "0".to_owned() } else { text },
            ));
            n += 1.0;
        }
        lines
    }
}

/// Places the marks: days from left to right, numbers upwards.
fn placed(marks: &[Mark]) -> Vec<Placed<'_>> {
    let days = || marks.iter().map(|mark| f64::from(mark.day.num_days_from_ce()));
    let scale = Scale::of(marks);
    let (first, last) = (days().fold(f64::INFINITY, f64::min), days().fold(f64::NEG_INFINITY, f64::max));
    let share = |value: f64, low: f64, high: f64| if high > low { (value - low) / (high - low) } else { 0.5 };
    let place = |(mark, day): (_, f64)| {
        let mark: &Mark = mark;
        let x = LEFT + share(day, first, last) * (WIDTH - LEFT - RIGHT);
        let y = scale.y(mark.value);
        Placed { mark, x, y }
    };
    marks.iter().zip(days()).map(place).collect()
}

fn svg(words: &LineWords<'_>, alt: &str, marks: &[Mark]) -> String {
    let all = placed(marks);
    let is_value = |one: &&Placed<'_>| matches!(one.mark.kind, MarkKind::Value | MarkKind::Preliminary);
    let line: Vec<String> = all.iter().filter(is_value).map(|one| format!("{:.1},{:.1}", one.x, one.y)).collect();
    let is_labelled = |n: usize| all.len() <= MOST_LABELLED || n == 0 || n + 1 == all.len();
    let labelled: Vec<&Placed<'_>> =
        all.iter().enumerate().filter(|(n, _)| is_labelled(*n)).map(|(_, one)| one).collect();
    let markup = html! {
        svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT)
            font-family="Libertinus Serif, Georgia, serif" font-size="14" {
            title { (words.title) }
            desc { (alt) }
            (legend(words, marks))
            (axis(words, Scale::of(marks)))
            @if line.len() > 1 { polyline points=(line.join(" ")) fill="none" stroke="#1f1f1f" stroke-width="2" {} }
            @for one in &all { (symbol(one.mark.kind, one.x, one.y)) }
            @for (one, x, y) in numbers(&all, &labelled) {
                text x=(format!("{x:.1}")) y=(format!("{y:.1}")) text-anchor="middle" { (one.mark.text) }
            }
            @for one in periods(&labelled) { (period(one)) }
        }
    };
    markup.into_string()
}

/// Draws the axes: a line for each round number, with the number beside it and the unit above all.
fn axis(words: &LineWords<'_>, scale: Scale) -> PreEscaped<String> {
    let (left, right) = (LEFT - 12.0, WIDTH - RIGHT + 12.0);
    html! {
        text x="0" y=(TOP - 26.0) font-size="12" fill="#4a4a4a" { (shortened(&words.unit, LONGEST_UNIT)) }
        @for (y, text) in scale.lines() {
            line x1=(left) y1=(format!("{y:.1}")) x2=(right) y2=(format!("{y:.1}")) stroke="#d5d5d5" {}
            text x=(left - 6.0) y=(format!("{:.1}", y + 4.0)) text-anchor="end" font-size="12" fill="#4a4a4a" {
                ((words.written)(&text))
            }
        }
        line x1=(left) y1=(TOP - 8.0) x2=(left) y2=(HEIGHT - BOTTOM) stroke="#8a8a8a" {}
        line x1=(left) y1=(HEIGHT - BOTTOM) x2=(right) y2=(HEIGHT - BOTTOM) stroke="#8a8a8a" {}
    }
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

/// The place of a text or symbol: its left, top, right and bottom edges.
type Edges = [f64; 4];

fn overlap([left, top, right, bottom]: Edges, [other_left, other_top, other_right, other_bottom]: Edges) -> bool {
    left < other_right && other_left < right && top < other_bottom && other_top < bottom
}

/// Returns about the half of the width of a text.
#[expect(clippy::cast_precision_loss, reason = "no label comes near 2^53 characters")]
fn half_width(text: &str, letter: f64) -> f64 {
    text.chars().count() as f64 * letter / 2.0
}

/// Places the numbers of marks above them, else below, farther where others are in the way. A number without room is left
/// to the table; marks of one day and number share it.
fn numbers<'p, 'm>(all: &[Placed<'m>], labelled: &[&'p Placed<'m>]) -> Vec<(&'p Placed<'m>, f64, f64)> {
    let around = |one: &Placed<'_>| [one.x - 7.0, one.y - 7.0, one.x + 7.0, one.y + 7.0];
    let mut taken: Vec<Edges> = all.iter().map(around).collect();
    let mut placed: Vec<(&Placed<'m>, f64, f64)> = Vec::new();
    for one in labelled {
        if placed.iter().any(|(other, ..)| (other.mark.day, &other.mark.text) == (one.mark.day, &one.mark.text)) {
            continue;
        }
        let half = half_width(&one.mark.text, 7.0);
        let edges = |y: f64| [one.x - half, y - 11.0, one.x + half, y + 1.0];
        let is_free = |y: &f64| *y < HEIGHT - BOTTOM - 2.0 && !taken.iter().any(|other| overlap(edges(*y), *other));
        let found = [-12.0, 21.0, -26.0, 35.0, -40.0].into_iter().map(|by| one.y + by).find(is_free);
        if let Some(y) = found {
            taken.push(edges(y));
            placed.push((*one, one.x, y));
        }
    }
    placed
}

/// Returns the marks whose periods are written below the axis: each period once, and none over its neighbour.
fn periods<'p, 'm>(labelled: &[&'p Placed<'m>]) -> Vec<&'p Placed<'m>> {
    let mut end = f64::NEG_INFINITY;
    let has_room = |one: &&&Placed<'_>| {
        let half = lines_of_period(one.mark).iter().map(|line| half_width(line, 6.0)).fold(0.0, f64::max);
        let has_room = one.x - half > end;
        end = if has_room { one.x + half + 2.0 } else { end };
        has_room
    };
    labelled.iter().filter(has_room).copied().collect()
}

/// Divides a period before its year.
fn lines_of_period(mark: &Mark) -> Vec<&str> {
    match mark.short_period.rsplit_once(' ') {
        Some((part, year)) => vec![part, year],
        None => vec![&mark.short_period],
    }
}

/// Writes a period below the axis.
fn period(one: &Placed<'_>) -> PreEscaped<String> {
    html! {
        @for (line, y) in lines_of_period(one.mark).into_iter().zip([20.0, 34.0]) {
            text x=(format!("{:.1}", one.x)) y=(HEIGHT - BOTTOM + y) text-anchor="middle" font-size="12" { (line) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(kind: MarkKind, year: i32, value: f64) -> Mark {
        let day = NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
        let period = year.to_string();
        Mark { kind, day, short_period: period.clone(), period, value, text: value.to_string() }
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
            unit: "% de distritos".into(),
            written: &|number| number.replace('.', ","),
        };
        let marks = vec![mark(MarkKind::Target, 2025, 60.0), mark(MarkKind::Value, 2022, 12.5)];
        let chart = Chart::line(&words, marks.clone());
        assert_eq!(chart.alt, "Distritos <%>. 2022, Valor: 12.5; 2025, Meta: 60.");
        assert_eq!(chart.table.rows, [["2022", "Valor", "12.5"], ["2025", "Meta", "60"]]);
        assert!(chart.svg.contains("Distritos &lt;%&gt;") && chart.svg.contains(">12.5</text>"), "{}", chart.svg);
        assert!(chart.svg.contains(">% de distritos</text>") && chart.svg.contains(">60</text>"), "{}", chart.svg);
        assert!(!chart.svg.contains("polyline"), "one value makes no line");
        assert_eq!(chart.svg, Chart::line(&words, marks).svg);
    }

    #[test]
    fn numbers_do_not_lie_over_each_other_and_a_period_is_written_once() {
        let marks = [
            mark(MarkKind::Value, 2024, 14.3),
            mark(MarkKind::Preliminary, 2025, 13.05),
            mark(MarkKind::Target, 2025, 12.0),
            mark(MarkKind::Target, 2030, 8.5),
        ];
        let all = placed(&marks);
        let labelled: Vec<&Placed<'_>> = all.iter().collect();
        let numbers = numbers(&all, &labelled);
        let texts: Vec<&str> = numbers.iter().map(|(one, ..)| one.mark.text.as_str()).collect();
        assert_eq!(texts, ["14.3", "13.05", "12", "8.5"]);
        let rows: Vec<f64> = numbers.iter().map(|(_, _, y)| *y).collect();
        assert!(rows[1] < all[1].y && rows[2] > all[2].y, "above the value, below the target: {rows:?}");
        let axis: Vec<&str> = periods(&labelled).into_iter().map(|one| one.mark.period.as_str()).collect();
        assert_eq!(axis, ["2024", "2025", "2030"]);
        let quarter = Mark { short_period: "II trim. 2024".into(), ..mark(MarkKind::Value, 2024, 1.0) };
        assert_eq!(lines_of_period(&quarter), ["II trim.", "2024"]);
    }

    #[test]
    fn a_single_mark_and_negative_numbers_have_a_place() {
        let placed_at = |marks: &[Mark]| placed(marks).iter().map(|one| (one.x, one.y)).collect::<Vec<_>>();
        assert_eq!(placed_at(&[mark(MarkKind::Value, 2022, 0.0)]), [(380.0, 268.0)]);
        let marks = [mark(MarkKind::Value, 2022, -5.0), mark(MarkKind::Value, 2023, 5.0)];
        assert_eq!(placed_at(&marks), [(84.0, 252.0), (676.0, 92.0)]);
    }

    #[test]
    fn the_lines_of_the_axis_are_at_round_numbers() {
        let texts = |values: &[f64]| {
            let marks: Vec<Mark> = values.iter().map(|value| mark(MarkKind::Value, 2022, *value)).collect();
            Scale::of(&marks).lines().into_iter().map(|(_, text)| text).collect::<Vec<_>>()
        };
        assert_eq!(texts(&[12.5, 60.0]), ["0", "20", "40", "60"]);
        assert_eq!(texts(&[0.3]), ["0", "0.1", "0.2", "0.3"]);
        assert_eq!(texts(&[-5.0, 5.0]), ["-6", "-4", "-2", "0", "2", "4", "6"]);
        assert_eq!(texts(&[0.0]).first().map(String::as_str), Some("0"));
        assert_eq!(texts(&[21_000.0]), ["0", "5000", "10000", "15000", "20000", "25000"]);
    }
}
