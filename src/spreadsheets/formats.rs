//! Number formats: the values that cells show.

use chrono::{Datelike, Days, NaiveDate};

use super::Value;

/// The kind of value that a number format shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Format {
    #[default]
    Number,
    Percent,
    Day,
    /// Month and year, or the month alone.
    Month,
    Year,
    Time,
    Duration,
}

impl Format {
    /// Returns the kind of a format that every workbook has.
    pub(super) fn built_in(id: u32) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=16 | 22 | 27..=36 | 50..=58 => Self::Day,
            17 => Self::Month,
            18..=21 | 45 | 47 => Self::Time,
            46 => Self::Duration,
            _ => Self::Number,
        }
    }

    /// Returns the kind of a format code, as `dd/mm/yyyy`; its first section counts.
    pub(super) fn of_code(code: &str) -> Self {
        let mut seen = FormatTokens::default();
        let mut rest = code.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                // The next character is shown, filled or skipped.
                '\\' | '_' | '*' => drop(rest.next()),
                '"' => drop(rest.by_ref().find(|c| *c == '"')),
                '[' => {
                    let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                    let unit = inside.to_ascii_lowercase();
                    if !unit.is_empty()
                        && ["h", "m", "s"].iter().any(|one| unit.trim_matches(|c| one.contains(c)).is_empty())
                    {
                        return Self::Duration;
                    }
                }
                ';' => break,
                '%' => seen.percent = true,
                c if c.is_ascii_alphabetic() => {
                    let same = c.to_ascii_lowercase();
                    while rest.next_if(|next| next.to_ascii_lowercase() == same).is_some() {}
                    // The m of `AM/PM` does not mean a month.
                    if same == 'a' {
                        let mut after = rest.clone();
                        let marks: String = after.by_ref().take(4).collect::<String>().to_ascii_lowercase();
                        let skipped = if marks == "m/pm" {
                            4
                        } else if marks.starts_with("/p") {
                            2
                        } else {
                            0
                        };
                        rest.by_ref().take(skipped).for_each(|_| ());
                        seen.time |= skipped > 0;
                    }
                    seen.letter(same);
                }
                _ => {}
            }
        }
        seen.format()
    }

    /// Returns the value that a number shows in this format.
    pub(super) fn value(self, number: f64, since_1904: bool) -> Value {
        let day = || serial_day(number, since_1904);
        match self {
            Self::Number | Self::Duration => Value::Number(number),
            Self::Percent => Value::Percent(number),
            Self::Day | Self::Month | Self::Year => day().map_or(Value::Number(number), |day| self.of_day(day)),
            Self::Time => time(number).map_or(Value::Number(number), |text| Value::Text(text.into())),
        }
    }

    /// Returns the value that a day shows in this format.
    pub(super) fn of_day(self, day: NaiveDate) -> Value {
        match (self, day.with_day(1)) {
            (Self::Month, Some(first)) => Value::Month(first),
            (Self::Year, _) => Value::Number(f64::from(day.year())),
            _ => Value::Day(day),
        }
    }
}

/// The kinds of values that a format code hides: `;;;` hides all of them, `0;-0;;@` only zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct HiddenKinds {
    /// The sections for positive numbers, negative numbers, zero and texts are empty.
    sections: [bool; 4],
}

impl HiddenKinds {
    /// Returns the kinds of values that a format code hides.
    pub(super) fn of_code(code: &str) -> Self {
        let sections = sections(code);
        let of = |n: usize| sections.get(n).is_some_and(|section| section.is_empty);
        let has_conditions = sections.iter().any(|section| section.has_condition);
        let sections = match sections.len() {
            _ if has_conditions && !sections.iter().all(|section| section.is_empty) => [false; 4],
            0 | 1 => [false; 4],
            2 => [of(0), of(1), of(0), false],
            _ => [of(0), of(1), of(2), of(3)],
        };
        Self { sections }
    }

    /// Checks whether the format hides a number.
    pub(super) fn hides_number(self, number: f64) -> bool {
        let [positive, negative, zero, _] = self.sections;
        match number {
            0.0 => zero,
            number if number < 0.0 => negative,
            _ => positive,
        }
    }

    /// Checks whether the format hides a text.
    pub(super) fn hides_text(self) -> bool {
        let [.., text] = self.sections;
        text
    }
}

/// A section of a format code.
struct Section {
    /// It shows nothing.
    is_empty: bool,
    has_condition: bool,
}

/// Returns the sections of a format code, between `;`.
fn sections(code: &str) -> Vec<Section> {
    let mut all = Vec::new();
    let mut present = Section { is_empty: true, has_condition: false };
    let mut rest = code.chars();
    while let Some(c) = rest.next() {
        match c {
            ';' => all.push(std::mem::replace(&mut present, Section { is_empty: true, has_condition: false })),
            '_' | '*' => drop(rest.next()),
            '\\' => present.is_empty &= rest.next().is_none_or(char::is_whitespace),
            '"' => {
                let quoted: Vec<char> = rest.by_ref().take_while(|c| *c != '"').collect();
                present.is_empty &= quoted.iter().all(|c| c.is_whitespace());
            }
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                present.has_condition |= inside.starts_with(['<', '>', '=']);
                present.is_empty = false;
            }
            c if c.is_whitespace() => {}
            _ => present.is_empty = false,
        }
    }
    all.push(present);
    all
}

/// The tokens of a format code.
#[derive(Default)]
struct FormatTokens {
    percent: bool,
    day: bool,
    month: bool,
    year: bool,
    time: bool,
    /// The last token was hours, so that the next m are minutes.
    after_hours: bool,
    /// An m before seconds is minutes.
    undecided: bool,
}

impl FormatTokens {
    fn letter(&mut self, letter: char) {
        match letter {
            'd' => self.day = true,
            'y' => self.year = true,
            'h' => self.time = true,
            's' => {
                self.time = true;
                self.undecided = false;
            }
            'm' if self.after_hours => {}
            'm' => {
                self.month |= self.undecided;
                self.undecided = true;
                return;
            }
            _ => return,
        }
        self.month |= self.undecided;
        self.undecided = false;
        self.after_hours = letter == 'h';
    }

    fn format(mut self) -> Format {
        self.month |= self.undecided;
        match self {
            Self { day: true, .. } => Format::Day,
            Self { month: true, .. } => Format::Month,
            Self { time: true, .. } => Format::Time,
            Self { percent: true, .. } => Format::Percent,
            Self { year: true, .. } => Format::Year,
            _ => Format::Number,
        }
    }
}

/// Returns the day with this number: 1 is the first of January 1900, in a calendar with a 29 February 1900; from 1904 on
/// days are counted from 0.
pub(super) fn serial_day(number: f64, since_1904: bool) -> Option<NaiveDate> {
    const MILLISECOND: f64 = 1.0 / 86_400_000.0;
    if !(1.0..200_000.0).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 200,000")]
    let days = (number + MILLISECOND / 2.0) as u64;
    let first = if since_1904 { NaiveDate::from_ymd_opt(1904, 1, 1)? } else { NaiveDate::from_ymd_opt(1899, 12, 30)? };
    let days = if !since_1904 && days < 60 { days + 1 } else { days };
    first.checked_add_days(Days::new(days))
}

/// Returns the hours and minutes of a day.
fn time(number: f64) -> Option<String> {
    if !(0.0..200_000.0).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1,440")]
    let minutes = ((number - number.floor()) * 1_440.0).round() as u32 % 1_440;
    Some(format!("{:02}:{:02}", minutes / 60, minutes % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_show_days_months_years_times_and_percentages() {
        for (code, expected) in [
            ("General", Format::Number),
            ("#,##0.00\\ [$\\u20bd-46D]", Format::Number),
            ("0.00E+00", Format::Number),
            ("\"$\"#,##0_);[Red](\"$\"#,##0)", Format::Number),
            ("#,##0.0####\" YMD\"", Format::Number),
            ("#,##0*y", Format::Number),
            ("0.0%", Format::Percent),
            ("0\" % de avance\"", Format::Number),
            ("dd/mm/yyyy", Format::Day),
            ("[$-es-PE]d \"de\" mmmm \"de\" yyyy;@", Format::Day),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Format::Day),
            ("m/d/yy h:mm", Format::Day),
            ("d-mmm", Format::Day),
            ("d.m", Format::Day),
            ("mmm-yy", Format::Month),
            ("mmmm\\ yyyy", Format::Month),
            ("[$-280A]mmmm \"de\" yyyy;@", Format::Month),
            ("yyyy-mm", Format::Month),
            ("MM/YYYY", Format::Month),
            ("yyyy", Format::Year),
            ("h:mm AM/PM", Format::Time),
            ("mm:ss", Format::Time),
            ("hh:mm:ss;@", Format::Time),
            ("[h]:mm:ss", Format::Duration),
            ("[Red]0", Format::Number),
            ("@", Format::Number),
            ("\"sin cerrar", Format::Number),
        ] {
            assert_eq!(Format::of_code(code), expected, "{code}");
        }
    }

    #[test]
    fn a_format_without_sections_hides_values() {
        // Hidden: a positive number, a negative one, zero, a text.
        for (code, hidden) in [
            (";;;", [true, true, true, true]),
            (";;", [true, true, true, false]),
            ("\"\";\"\";\"\";\"\"", [true, true, true, true]),
            ("0;[Red]-0;", [false, false, true, false]),
            (";;;@", [true, true, true, false]),
            ("0;-0;;@", [false, false, true, false]),
            ("dd/mm/yyyy;;", [false, true, true, false]),
            ("General", [false; 4]),
            ("", [false; 4]),
            ("[h]:mm;@", [false; 4]),
            ("0;(0)", [false; 4]),
            ("[>100]0;", [false; 4]),
            ("\"n/a\";\\-;0", [false; 4]),
        ] {
            let unseen = HiddenKinds::of_code(code);
            let found =
                [unseen.hides_number(5.0), unseen.hides_number(-5.0), unseen.hides_number(0.0), unseen.hides_text()];
            assert_eq!(found, hidden, "{code}");
        }
    }

    #[test]
    fn numbers_are_days_of_both_calendars() {
        let day = |number, since_1904| serial_day(number, since_1904).map(|day| day.to_string());
        assert_eq!(day(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(day(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(day(46_660.999_999_999_9, false).as_deref(), Some("2027-10-01"));
        assert_eq!(day(45_198.0, true).as_deref(), Some("2027-09-30"));
        assert_eq!([day(0.5, false), day(f64::NAN, false), day(-4.0, true), day(1e9, false)], [None, None, None, None]);
        let june = NaiveDate::from_ymd_opt(2027, 6, 1).unwrap();
        assert_eq!(Format::Month.value(46_568.0, false), Value::Month(june), "30 June 2027 shown as a month");
        assert_eq!(Format::Year.value(46_568.0, false), Value::Number(2027.0));
        assert_eq!(Format::Time.value(0.604_166_67, false), Value::Text("14:30".into()));
    }
}
