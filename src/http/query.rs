//! Query strings: unknown parameters and malformed values are a 400.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

/// A query string read into `T`, which denies unknown fields.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.query_string()).map(Self))
    }
}

/// The query of a page. Forms of filters send every field, so empty values are left out.
#[derive(Debug, Clone, Default)]
pub struct PageParameters {
    sent: Vec<(String, String)>,
    /// The code of the action that led to the page (`done`).
    done: Option<String>,
    /// The kinds of personal data in what the action saved (`warned`).
    warned: Option<String>,
    /// The page to which this one leads back (`back`).
    back: Option<String>,
}

impl FromRequest for PageParameters {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::parse(request.query_string())))
    }
}

impl PageParameters {
    /// Reads a query string.
    pub fn parse(text: &str) -> Self {
        let (of_action, mut sent): (Vec<_>, Vec<_>) =
            pairs(text).into_iter().partition(|(name, _)| ["done", "warned", "back"].contains(&name.as_str()));
        let value = |wanted: &str| of_action.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        sent.retain(|(_, value)| !value.trim().is_empty());
        Self { sent, done: value("done"), warned: value("warned"), back: value("back") }
    }

    /// Returns the code of the action that led to the page.
    pub fn done(&self) -> Option<&str> {
        self.done.as_deref()
    }

    /// Returns the kinds of personal data in what the action before the page saved, separated by points.
    pub fn warned(&self) -> Option<&str> {
        self.warned.as_deref()
    }

    /// Returns the page to which this one leads back, as it was sent.
    pub fn back(&self) -> Option<&str> {
        self.back.as_deref()
    }

    /// Returns the value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.sent.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Returns the parameters with their values.
    pub fn all(&self) -> &[(String, String)] {
        &self.sent
    }

    /// Returns true if a filter is in force: a parameter other than those for paging and sorting.
    pub fn has_filters(&self) -> bool {
        self.sent.iter().any(|(name, _)| !["limit", "cursor", "count", "sort"].contains(&name.as_str()))
    }

    /// Reads the parameters into the query type of the API; 400 for unknown names and malformed values.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        read(&self.to_query())
    }

    /// Returns the query string without the parameters of these names, with other values for some.
    pub fn changed(&self, without: &[&str], with: &[(&str, &str)]) -> String {
        let kept = self.sent.iter().filter(|(name, _)| !without.contains(&name.as_str()));
        let kept = kept.filter(|(name, _)| !with.iter().any(|(new, _)| new == name));
        let mut all = Self { sent: kept.cloned().collect(), ..Self::default() };
        all.sent.extend(with.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        all.to_query()
    }

    fn to_query(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.sent).finish()
    }
}

/// Returns an address with one more parameter, before the place in the page that it names.
pub fn with_parameter(address: &str, name: &str, value: &str) -> String {
    let (page, place) = address.split_once('#').map_or((address, None), |(page, place)| (page, Some(place)));
    let joint = if page.contains('?') { '&' } else { '?' };
    let parameter = form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish();
    let place = place.map(|place| format!("#{place}")).unwrap_or_default();
    format!("{page}{joint}{parameter}{place}")
}

/// Returns the decoded parameters with their values, in the order in which they were sent.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

/// Returns true if a text is the code of a country: two capital letters.
pub fn is_country_code(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase())
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    let sent = pairs(text);
    let malformed = |(name, value): &&(String, String)| {
        value.contains('\0') || name.contains('\0') || (name == "country_code" && !is_country_code(value))
    };
    if let Some((name, value)) = sent.iter().find(malformed) {
        return Err(Error::bad_value(name, value));
    }
    let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let place = error.path().to_string();
        match sent.iter().find(|(name, _)| *name == place) {
            Some((name, value)) => Error::bad_value(name, value),
            None => Error::bad_query("unknown", place),
        }
        .because(error.into_inner())
    })
}
