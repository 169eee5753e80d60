//! The way back from a record to the question of a report that cites it.

use uuid::Uuid;

use crate::http::with_parameter;

/// The longest key of a question.
const LONGEST_KEY: usize = 100;

/// The page of a question, to which the pages of the records that its answer cites lead back (`?back=…`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Back {
    /// The address of the question, on this site.
    pub path: String,
    /// The number of the question.
    pub number: u32,
}

impl Back {
    /// Reads the parameter; None unless it names the page of a question of this site.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        let (path, number) = value.rsplit_once('~')?;
        let (report, key) = path.strip_prefix("/reports/")?.split_once("/questions/")?;
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_:-".contains(&byte);
        let is_key = (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(is_letter);
        let number = number.parse().ok().filter(|number| (1..1000).contains(number))?;
        (is_key && Uuid::parse_str(report).is_ok()).then(|| Self { path: path.to_owned(), number })
    }

    /// Returns the value of the parameter.
    pub(crate) fn value(&self) -> String {
        format!("{}~{}", self.path, self.number)
    }

    /// Returns an address of this site with the way back.
    pub(crate) fn added_to(&self, address: &str) -> String {
        with_parameter(address, "back", &self.value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_question_of_this_site_is_a_way_back() {
        let id = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
        let value = format!("/reports/{id}/questions/priority_progress:{id}~4");
        let back = Back::parse(&value).unwrap();
        assert_eq!((back.number, back.value()), (4, value));
        let address = back.added_to("/observations?country_code=CL#observation-1");
        assert!(address.starts_with("/observations?country_code=CL&back=%2Freports%2F"), "{address}");
        assert!(address.ends_with("%7E4#observation-1"), "{address}");
        for wrong in [
            "https://example.org/reports/1~4".to_owned(),
            format!("//example.org/reports/{id}/questions/highlights~4"),
            format!("/reports/{id}/questions/~4"),
            format!("/reports/{id}/questions/high lights~4"),
            format!("/reports/{id}/questions/../../x~4"),
            format!("/reports/{id}/questions/highlights"),
            format!("/reports/{id}/questions/highlights~0"),
            "/reports/7/questions/highlights~4".to_owned(),
            "/people~1".to_owned(),
        ] {
            assert_eq!(Back::parse(&wrong), None, "{wrong}");
        }
    }
}
