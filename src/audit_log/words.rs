//! Entries of the log in words: the action, the record, and its values.

use chrono_tz::Tz;
use serde_json::Value;
use uuid::Uuid;

use super::model::AuditEntry;
use super::names::{Names, target_of};
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::i18n::{Lang, day, find, text, text_with};
use crate::text::shortened;
use crate::ui::moment;

/// The maximum length of a value, in characters.
const LONGEST: usize = 400;

/// The maximum number of pairs of list entries that are compared.
const MOST_COMPARED: usize = 250_000;

/// The prefixes of the translation keys in which a code is looked up.
const FAMILIES: &[&str] =
    &["audit-value", "report-sector", "theme", "commission-kind", "agreements-kind", "plans-kind", "plans-item-kind"];

/// The maximum length of a record's name, in characters.
const LONGEST_NAME: usize = 100;

/// The context of a value: the language, the names of records, the time zone of the country.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub lang: Lang,
    pub names: &'a Names,
    pub zone: Tz,
}

/// Returns the word for a code of the log; the code itself for one without a word.
pub(super) fn word_of(lang: Lang, family: &str, code: &str) -> String {
    let key = format!("audit-{family}-{}", code.replace('_', "-"));
    find(lang, &key, &[]).unwrap_or_else(|| code.replace('_', " "))
}

impl Words<'_> {
    /// Returns the values before and after in words. Of two lists, only the entries that are not in both.
    pub(super) fn sides(&self, before: Option<&Value>, after: Option<&Value>) -> (Option<String>, Option<String>) {
        if let (Some(Value::Array(old)), Some(Value::Array(new))) = (before, after)
            && old.len() * new.len() < MOST_COMPARED
        {
            let only = |these: &[Value], those: &[Value]| {
                let rest: Vec<Value> = these.iter().filter(|item| !those.contains(item)).cloned().collect();
                (!rest.is_empty()).then(|| self.value(&Value::Array(rest)))
            };
            return (only(old, new), only(new, old));
        }
        (before.map(|value| self.value(value)), after.map(|value| self.value(value)))
    }

    /// Returns a value in words.
    pub(super) fn value(&self, value: &Value) -> String {
        shortened(&self.whole(value), LONGEST)
    }

    fn whole(&self, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::Bool(is_so) => text(self.lang, if *is_so { "audit-yes" } else { "audit-no" }, &[]),
            Value::Number(number) => number.to_string(),
            Value::String(written) => self.written(written),
            Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
                items.iter().map(|item| self.whole(item)).collect::<Vec<_>>().join(", ")
            }
            Value::Array(items) if items.iter().all(|item| self.label(item).is_some()) => {
                items.iter().filter_map(|item| self.label(item)).collect::<Vec<_>>().join("; ")
            }
            Value::Array(items) => {
                let number = items.len();
                text_with(self.lang, "audit-entries", &[("n", number.into())])
            }
            Value::Object(fields) => {
                let stated = fields.iter().filter(|(_, value)| !value.is_null());
                let field = |(name, value): (&String, &Value)| {
                    format!("{}: {}", word_of(self.lang, "field", name), self.whole(value))
                };
                stated.map(field).collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// Returns the name of an entry of a list.
    fn label(&self, item: &Value) -> Option<String> {
        let mut fields = ["title", "name", "text", "label", "institution_id"].into_iter();
        let written = fields.find_map(|name| item.get(name).and_then(Value::as_str))?;
        Some(self.written(written))
    }

    /// Returns a text: the name of a record for its id, a date or a moment in words, a state by its word.
    fn written(&self, written: &str) -> String {
        if let Ok(id) = Uuid::parse_str(written) {
            return self.names.of(id).cloned().unwrap_or_else(|| text(self.lang, "audit-unnamed", &[]));
        }
        if let Some(at) = Instant::parse(written).filter(|_| written.len() > 10) {
            return moment(at, self.zone);
        }
        if let Some(date) = PartialDate::parse(written).filter(|_| written.len() > 4) {
            return match crate::dates::parse_day(written) {
                Some(one) => day(self.lang, one),
                None => crate::i18n::date(self.lang, &date),
            };
        }
        let is_code = !written.is_empty() && written.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let code = written.replace('_', "-");
        let mut words = FAMILIES.iter().filter_map(|family| find(self.lang, &format!("{family}-{code}"), &[]));
        is_code
            .then(|| words.next())
            .flatten()
            .unwrap_or_else(|| if is_code { written.replace('_', " ") } else { written.to_owned() })
    }

    /// Returns the name of the record of an entry, as the entry states it.
    pub(super) fn record(&self, entry: &AuditEntry) -> Option<String> {
        let known = Uuid::parse_str(&entry.record_id).ok().and_then(|id| self.names.of(id).cloned());
        if known.is_some() {
            return known;
        }
        let side = entry.after.as_ref().or(entry.before.as_ref());
        let field = |name: &str| side.and_then(|side| side.get(name)).and_then(Value::as_str);
        let named = ["code", "title", "name", "email", "text"].into_iter().filter_map(field);
        let words: Vec<String> = named.take(2).map(|part| shortened(part, LONGEST_NAME)).collect();
        if !words.is_empty() {
            return Some(words.join(": "));
        }
        let institution = field("institution_id").map(|id| self.written(id));
        institution.or_else(|| (entry.country_code.as_ref() == Some(&entry.record_id)).then(|| entry.record_id.clone()))
    }
}

/// Returns the page of the record of an entry, if it has one that the reader may open.
pub(super) fn page_of(entry: &AuditEntry, names: &Names) -> Option<String> {
    let (above, id) = target_of(entry)?;
    names.opens(id).then(|| format!("/{above}/{id}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_and_ways_of_signing_in_have_words() {
        assert_eq!(word_of(Lang::Es, "field", "on_time"), "En plazo");
        assert_eq!(word_of(Lang::Es, "field", "by"), "Forma de ingreso");
        assert_eq!(word_of(Lang::En, "value", "link"), "link in a mail");
    }

    #[test]
    fn values_are_written_in_words() {
        let id = Uuid::from_u128(7);
        let names = Names::test(id, "Minsal");
        let words = Words { lang: Lang::Es, names: &names, zone: chrono_tz::America::Santiago };
        for (value, written) in [
            (json!("2023-06-30"), "30 de junio de 2023"),
            (json!("2023-Q2"), "segundo trimestre de 2023"),
            (json!("2023-09-01T12:00:00Z"), "01/09/2023, 08:00"),
            (json!(id.to_string()), "Minsal"),
            (json!([id.to_string(), "Otra"]), "Minsal, Otra"),
            (json!("in_progress"), "en curso"),
            (json!(true), "sí"),
            (json!([{"title": "Uno"}, {"title": "Dos"}]), "Uno; Dos"),
            (json!([{"n": 1}, {"n": 2}]), "2 entradas"),
            (json!("Texto libre"), "Texto libre"),
        ] {
            assert_eq!(words.value(&value), written);
        }
        let (before, after) = (json!([{"name": "Uno"}, {"name": "Dos"}]), json!([{"name": "Dos"}, {"name": "Tres"}]));
        let sides = words.sides(Some(&before), Some(&after));
        assert_eq!((sides.0.as_deref(), sides.1.as_deref()), (Some("Uno"), Some("Tres")));
        assert_eq!(words.sides(Some(&json!([])), Some(&json!(["a"]))), (None, Some("a".to_owned())));
    }
}
