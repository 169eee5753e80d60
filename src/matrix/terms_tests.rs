//! Terms as they are written, and the meaning of each.

use proptest::prelude::*;

use super::*;

fn session() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2023, 8, 22)
}

/// A term in one line: `2023-Q2`, `10 business_days`, `open`, or the reason why not.
fn meaning_of(text: &str) -> String {
    match read_term(text, session()) {
        Ok(TermValue::Due(date)) => date.to_string(),
        Ok(TermValue::Counted(rule)) => format!("{} {}", rule.count, rule.unit),
        Ok(TermValue::Open) => "open".to_owned(),
        Err(why) => format!("{why:?}"),
    }
}

#[test]
fn terms_are_read_as_secretariats_write_them() {
    for (text, meaning) in [
        ("II trimestre 2023", "2023-Q2"),
        ("Segundo trimestre del año 2023", "2023-Q2"),
        ("2° trim. 2023", "2023-Q2"),
        ("2º trimestre de 2023", "2023-Q2"),
        ("T4-2023", "2023-Q4"),
        ("2023 Q1", "2023-Q1"),
        ("2023-Q2", "2023-Q2"),
        ("segundo semestre de 2023", "2023-H2"),
        ("I SEMESTRE 2024", "2024-H1"),
        ("1S 2024", "2024-H1"),
        ("III bimestre 2023", "2023-06"),
        ("30 de setiembre de 2023", "2023-09-30"),
        ("Hasta el viernes 29 de septiembre del 2023", "2023-09-29"),
        ("1° de mayo de 2023", "2023-05-01"),
        ("30/09/2023", "2023-09-30"),
        ("30-9-23", "2023-09-30"),
        ("30.09.2023", "2023-09-30"),
        ("2023-09-30", "2023-09-30"),
        ("30-set-23", "2023-09-30"),
        ("setiembre 2023", "2023-09"),
        ("a más tardar en el mes de dic. de 2023", "2023-12"),
        ("09/2023", "2023-09"),
        ("enero - marzo 2024", "2024-03"),
        ("fin de año 2023", "2023"),
        ("2024", "2024"),
        ("Antes del 30 de junio de 2023", "2023-06-29"),
        ("Antes de julio de 2023", "2023-06-30"),
        ("Antes de fin de año 2023", "2023"),
        ("antes de fines de junio de 2023", "2023-06"),
        ("antes del cierre del II semestre 2023", "2023-H2"),
        ("Antes de finales del 2023", "2023"),
        ("al final del año 2023", "2023"),
        ("10 días hábiles", "10 business_days"),
        ("diez (10) días hábiles", "10 business_days"),
        ("En un plazo de 30 días calendario", "30 calendar_days"),
        ("15 días corridos a partir de la sesión", "15 calendar_days"),
        ("2 semanas", "14 calendar_days"),
        ("tres meses", "3 months"),
        ("Permanente", "open"),
        ("POR DEFINIR", "open"),
        ("S/F", "open"),
        ("Próxima sesión", "open"),
        ("—", "open"),
        ("30 días", "WhichDays"),
        ("setiembre", "NoYear"),
        ("II trimestre", "NoYear"),
        ("31/02/2023", "Unknown"),
        ("09/30/2023", "Unknown"),
        ("V trimestre 2023", "Unknown"),
        ("segundo 2023", "Unknown"),
        ("desde enero 2023", "Unknown"),
        ("10 días hábiles desde la notificación", "Unknown"),
        ("cuando se pueda", "Unknown"),
    ] {
        assert_eq!(meaning_of(text), meaning, "{text}");
    }
    assert_eq!(read_term("10 días hábiles", None), Err(TermError::NoSession));
}

#[test]
fn a_number_in_a_column_of_dates_is_a_day() {
    assert_eq!(serial_day(45_199.0), NaiveDate::from_ymd_opt(2023, 9, 30));
    assert_eq!(serial_day(30.0), None);
    assert_eq!(serial_day(45_199.5), None);
}

proptest! {
    #[test]
    fn any_words_are_a_term_or_a_reason(text in "\\PC{0,60}") {
        let _ = read_term(&text, session());
    }

    #[test]
    fn a_day_is_the_same_in_every_form(days in 0u64..40_000) {
        let day = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + Days::new(days);
        let name = MONTHS[day.month0() as usize][0];
        let forms = [
            day.format("%d/%m/%Y").to_string(),
            day.format("%-d-%-m-%Y").to_string(),
            day.format("%Y-%m-%d").to_string(),
            format!("{} de {name} de {}", day.day(), day.year()),
            format!("{} {} {}", day.day(), name.to_uppercase(), day.year()),
        ];
        for form in forms {
            prop_assert_eq!(read_term(&form, None), Ok(TermValue::Due(PartialDate::day(day))), "{}", form);
        }
    }
}
