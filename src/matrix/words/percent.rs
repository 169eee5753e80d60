//! How much is done, as a cell says it: a whole number of hundredths. What can be read in two ways is asked, not guessed.

/// Why a cell is no percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unclear {
    /// 1 without a sign: 1 % or 100 %.
    One,
    /// A written fraction without a sign: "0,5" is 0.5 % or 50 %.
    Fraction,
    /// Hundredths are not divided.
    NotWhole,
    /// No number from 0 to 100.
    Range,
}

impl Unclear {
    pub fn reason(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Fraction => "fraction",
            Self::NotWhole => "whole",
            Self::Range => "range",
        }
    }
}

/// A part that is shown as a percentage, in whole hundredths as the cell shows them: 0.333 is 33 %. What is begun is
/// never nothing, and what lacks something never all.
pub fn of_part(part: f64) -> Result<i32, Unclear> {
    let (exact, rounded) = (part * 100.0, (part * 100.0).round());
    let is_rounded = (exact - rounded).abs() > 1e-6;
    if is_rounded && (rounded == 0.0 || rounded == 100.0) {
        return Err(Unclear::NotWhole);
    }
    whole(rounded)
}

/// A plain number: 50, or 0.5, which can be nothing but a half.
pub fn of_number(number: f64) -> Result<i32, Unclear> {
    match number {
        1.0 => Err(Unclear::One),
        part if part > 0.0 && part < 1.0 => of_part(part),
        _ => whole(number),
    }
}

/// "50 %", "50".
pub fn of_text(text: &str) -> Result<i32, Unclear> {
    let (bare, signed) = match text.trim().strip_suffix('%') {
        Some(bare) => (bare.trim_end(), true),
        None => (text.trim(), false),
    };
    let plain = bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
    let number = plain.then(|| bare.replace(',', ".").parse::<f64>().ok()).flatten().ok_or(Unclear::Range)?;
    match number {
        1.0 if !signed => Err(Unclear::One),
        part if !signed && part > 0.0 && part < 1.0 => Err(Unclear::Fraction),
        _ => whole(number),
    }
}

fn whole(number: f64) -> Result<i32, Unclear> {
    if !(0.0..=100.0).contains(&number) {
        return Err(Unclear::Range);
    }
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 100, as checked")]
    if number.fract() == 0.0 { Ok(number as i32) } else { Err(Unclear::NotWhole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read_in_two_ways_is_asked() {
        for (text, meaning) in [
            ("50 %", Ok(50)),
            ("50", Ok(50)),
            ("100%", Ok(100)),
            ("1 %", Ok(1)),
            ("50,0", Ok(50)),
            ("0", Ok(0)),
            ("1", Err(Unclear::One)),
            ("1,0", Err(Unclear::One)),
            ("0,5", Err(Unclear::Fraction)),
            ("0.25", Err(Unclear::Fraction)),
            ("0,5 %", Err(Unclear::NotWhole)),
            ("33,3", Err(Unclear::NotWhole)),
            ("140 %", Err(Unclear::Range)),
            ("-5", Err(Unclear::Range)),
            ("NaN", Err(Unclear::Range)),
            ("%", Err(Unclear::Range)),
            ("la mitad", Err(Unclear::Range)),
        ] {
            assert_eq!(of_text(text), meaning, "{text}");
        }
    }

    #[test]
    fn a_number_is_a_percentage_as_the_cell_shows_it() {
        assert_eq!(of_part(0.5), Ok(50));
        assert_eq!(of_part(0.29), Ok(29));
        assert_eq!(of_part(1.0 / 3.0), Ok(33));
        assert_eq!(of_part(0.004), Err(Unclear::NotWhole));
        assert_eq!(of_part(0.999), Err(Unclear::NotWhole));
        assert_eq!(of_part(1.4), Err(Unclear::Range));
        assert_eq!(of_number(0.25), Ok(25));
        assert_eq!(of_number(1.0), Err(Unclear::One));
        assert_eq!(of_number(40.0), Ok(40));
        assert_eq!(of_number(40.5), Err(Unclear::NotWhole));
        assert_eq!(of_number(f64::NAN), Err(Unclear::Range));
    }
}
