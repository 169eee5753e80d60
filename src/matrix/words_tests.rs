//! Percentages, and the meaning of each.

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
        ("1", Err(PercentError::One)),
        ("1,0", Err(PercentError::One)),
        ("0,5", Err(PercentError::Fraction)),
        ("0.25", Err(PercentError::Fraction)),
        ("0,5 %", Err(PercentError::NotWhole)),
        ("33,3", Err(PercentError::NotWhole)),
        ("140 %", Err(PercentError::Range)),
        ("-5", Err(PercentError::Range)),
        ("NaN", Err(PercentError::Range)),
        ("%", Err(PercentError::Range)),
        ("la mitad", Err(PercentError::Range)),
    ] {
        assert_eq!(percent_of_text(text), meaning, "{text}");
    }
}

#[test]
fn a_number_is_a_percentage_as_the_cell_shows_it() {
    assert_eq!(percent_of_fraction(0.5), Ok(50));
    assert_eq!(percent_of_fraction(0.29), Ok(29));
    assert_eq!(percent_of_fraction(1.0 / 3.0), Ok(33));
    assert_eq!(percent_of_fraction(0.004), Err(PercentError::NotWhole));
    assert_eq!(percent_of_fraction(0.999), Err(PercentError::NotWhole));
    assert_eq!(percent_of_fraction(1.4), Err(PercentError::Range));
    assert_eq!(percent_of_number(0.25), Ok(25));
    assert_eq!(percent_of_number(1.0), Err(PercentError::One));
    assert_eq!(percent_of_number(40.0), Ok(40));
    assert_eq!(percent_of_number(40.5), Err(PercentError::NotWhole));
    assert_eq!(percent_of_number(f64::NAN), Err(PercentError::Range));
}
