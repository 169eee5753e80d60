//! Addresses: one function reads them at entry and for sending, so that mail can be sent to every address that is
//! accepted.

use std::net::IpAddr;

use lettre::Address;
use lettre::address::AddressError;
use url::Host;

use crate::error::Faults;

/// The maximum number of octets of an address (RFC 5321, 4.5.3.1.3).
const MOST_OCTETS: usize = 254;

/// Returns the address as it is sent: an internationalised domain becomes its `xn--` form. The error is the reason for
/// which mail cannot be sent to it: `parts` (not name@domain), `name`, `domain` or `length`.
pub(super) fn read(text: &str) -> Result<Address, &'static str> {
    if text.len() > MOST_OCTETS {
        return Err("length");
    }
    let address: Address = text.parse().map_err(|error| match error {
        AddressError::InvalidUser => "name",
        AddressError::InvalidDomain if text.contains('@') => "domain",
        _ => "parts",
    })?;
    // The standard allows a quoted name; the mail library cannot write it into a message.
    if address.user().contains('"') {
        return Err("name");
    }
    let domain = ascii_domain(address.domain()).ok_or("domain")?;
    let ascii = Address::new(address.user(), domain).map_err(|_| "domain")?;
    if AsRef::<str>::as_ref(&ascii).len() > MOST_OCTETS { Err("length") } else { Ok(ascii) }
}

/// Returns the domain in ASCII; `None` for an IP address, which mail servers do not accept, and for a name with other
/// characters than letters, digits and hyphens (RFC 5321, 4.1.2).
fn ascii_domain(domain: &str) -> Option<String> {
    if domain.starts_with('[') || domain.parse::<IpAddr>().is_ok() {
        return None;
    }
    let ascii = match domain.is_ascii() {
        true => domain.to_owned(),
        false => match Host::parse(domain) {
            Ok(Host::Domain(ascii)) => ascii,
            _ => return None,
        },
    };
    let is_host_name = ascii.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    is_host_name.then_some(ascii)
}

/// Returns the address as it is sent, or as it is when no mail can be sent to it.
pub(super) fn as_sent(text: &str) -> String {
    read(text).map_or_else(|_| text.to_owned(), |address| address.to_string())
}

/// Returns the reason for which mail cannot be sent to an address.
pub fn address_fault(text: &str) -> Option<&'static str> {
    read(text).err()
}

impl Faults {
    /// Checks an optional mail address.
    pub fn email(&mut self, pointer: &str, email: Option<&String>) {
        if let Some(reason) = email.and_then(|email| address_fault(email)) {
            self.add_with(pointer, "invalid_email", vec![("reason", reason.to_owned())]);
        }
    }
}

#[cfg(test)]
mod tests {
    use lettre::message::Mailbox;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_refused_for_a_reason() {
        for (text, fault) in [
            ("ana.rojas@example.org", None),
            ("ana@localhost", None),
            ("peña@ministerio.cl", None),
            ("jose@ñandú.example", None),
            ("ana", Some("parts")),
            ("@example.org", Some("name")),
            ("ana rojas@example.org", Some("name")),
            ("\"raro nombre\"@min.example", Some("name")),
            ("\"ana\"@min.example", Some("name")),
            ("ana@", Some("domain")),
            ("ana@exam ple.org", Some("domain")),
            ("Ana <ana@example.org>", Some("name")),
            ("x@[127.0.0.1]", Some("domain")),
            ("ana@[IPv6:::1]", Some("domain")),
            ("ana@10.0.0.7", Some("domain")),
            ("ana@ñandú..example", Some("domain")),
            ("ana@min_salud.example", Some("domain")),
            ("ana@ñandú_sur.example", Some("domain")),
        ] {
            assert_eq!(address_fault(text), fault, "{text}");
        }
        assert_eq!(address_fault(&format!("{}@example.org", "a".repeat(300))), Some("length"));
    }

    #[test]
    fn an_internationalised_domain_is_sent_in_ascii() {
        for (text, sent) in [
            ("jose@ñandú.example", "jose@xn--and-6ma2c.example"),
            ("mesa@ministerio.peña.pe", "mesa@ministerio.xn--pea-8ma.pe"),
            ("josé@min.example", "josé@min.example"),
            ("Ana@Example.org", "Ana@Example.org"),
            ("nadie", "nadie"),
        ] {
            assert_eq!(as_sent(text), sent, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_message_can_be_made_to_every_address_that_is_accepted(
            text in "[a-zA-Zñé\"\\\\. !#'*+/=?^_`{|}~<>()-]{0,12}@[a-zA-Zñéß0-9.\\[\\]:_-]{0,16}",
        ) {
            if let Ok(address) = read(&text) {
                prop_assert!(address.domain().is_ascii());
                let made = lettre::Message::builder()
                    .from("articula@localhost".parse().unwrap())
                    .to(Mailbox::new(Some("Ana Rojas".into()), address))
                    .body(String::new());
                prop_assert!(made.is_ok(), "{} {:?}", text, made);
            }
        }
    }
}
