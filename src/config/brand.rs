//! The brand of an installation: its name, its logo, its colour and its contact, on the pages and in the mails.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{InvalidSetting, Result};
use crate::text::hex;

/// The maximum number of characters of a name.
const LONGEST_NAME: usize = 60;

/// The maximum number of characters of a contact.
const LONGEST_CONTACT: usize = 200;

/// The maximum size of a logo, in bytes.
const LARGEST_LOGO: usize = 200 * 1024;

/// The minimum width of a logo, in pixels: it is shown smaller, and stays sharp on screens with small pixels.
const NARROWEST_LOGO: u32 = 400;

/// The minimum contrast of the colour against white (WCAG 2.2, 1.4.3): buttons have white text on it.
const CONTRAST: f64 = 4.5;

/// The first bytes of every PNG file.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The name, the logo, the colour and the contact of an installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    pub name: String,
    pub logo: Option<Logo>,
    pub color: Option<Color>,
    pub contact: Option<Contact>,
}

/// The office or person that runs the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    /// The mail address, if the contact has one.
    pub address: Option<String>,
}

/// A picture in PNG format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    pub bytes: Arc<Vec<u8>>,
    /// The beginning of the SHA-256 of the bytes, for the address of the file.
    pub hash: String,
    pub width: u32,
    pub height: u32,
}

/// A colour: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color([u8; 3]);

impl Default for Brand {
    fn default() -> Self {
        Self { name: "Articula".to_owned(), logo: None, color: None, contact: None }
    }
}

impl Brand {
    /// Reads the settings: a name, the path of a PNG file, a colour such as `#0b5a78`, a contact such as
    /// `Technical secretariat <contact@example.org>`.
    pub(super) fn read(
        name: Option<String>,
        logo: Option<String>,
        color: Option<String>,
        contact: Option<String>,
    ) -> Result<Self> {
        let default = Self::default();
        Ok(Self {
            name: name.map_or(Ok(default.name), |name| name_of(&name))?,
            logo: logo.map(|path| Logo::read(Path::new(&path))).transpose()?,
            color: color.map(|text| Color::read(&text)).transpose()?,
            contact: contact.map(|text| Contact::read(&text)).transpose()?,
        })
    }
}

fn name_of(text: &str) -> Result<String> {
    let name = text.trim();
    let is_usable = !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control);
    let expected = format!("one line of at most {LONGEST_NAME} characters");
    is_usable.then(|| name.to_owned()).ok_or_else(|| refused("BRAND_NAME", &expected, text))
}

impl Contact {
    /// Reads `Name <address>`, an address, or a text without one, such as a telephone number.
    fn read(text: &str) -> Result<Self> {
        let expected = format!("a name, with or without a mail address in <>, of at most {LONGEST_CONTACT} characters");
        let refuse = || refused("CONTACT", &expected, text);
        let trimmed = text.trim();
        let (name, address) = match trimmed.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
            Some((name, address)) => (name.trim().trim_matches('"').trim(), Some(address.trim())),
            None if is_address(trimmed) => (trimmed, Some(trimmed)),
            None => (trimmed, None),
        };
        let is_line = !trimmed.is_empty() && trimmed.chars().count() <= LONGEST_CONTACT;
        if !is_line || !address.is_none_or(is_address) || trimmed.chars().any(char::is_control) {
            return Err(refuse());
        }
        let name = if name.is_empty() { address.unwrap_or_default() } else { name };
        Ok(Self { name: name.to_owned(), address: address.map(str::to_owned) })
    }
}

/// Returns true if a text can be a mail address: `name@domain` without spaces.
fn is_address(text: &str) -> bool {
    let is_refused = |c: char| c.is_whitespace() || "@<>,;\"".contains(c);
    let is_part = |part: &str| !part.is_empty() && !part.contains(is_refused);
    text.split_once('@').is_some_and(|(name, domain)| is_part(name) && is_part(domain))
}

impl Logo {
    fn read(path: &Path) -> Result<Self> {
        let shown = path.display().to_string();
        let refuse = |why: &str| refused("BRAND_LOGO", why, &shown);
        let bytes = fs::read(path).map_err(|error| refuse(&format!("a file that can be read ({error})")))?;
        Self::of(bytes).map_err(refuse)
    }

    /// Reads a PNG file; the error states what is expected.
    fn of(bytes: Vec<u8>) -> std::result::Result<Self, &'static str> {
        let number = |at: usize| {
            let four = bytes.get(at..at + 4)?;
            four.try_into().ok().map(u32::from_be_bytes)
        };
        let is_png = bytes.starts_with(PNG) && bytes.get(12..16) == Some(b"IHDR".as_slice());
        let (Some(width), Some(height), true) = (number(16), number(20), is_png) else { return Err("a PNG file") };
        if bytes.len() > LARGEST_LOGO {
            return Err("a file of at most 200 KB");
        }
        if width < NARROWEST_LOGO || height == 0 {
            return Err("a picture at least 400 pixels wide");
        }
        let hash = hex(Sha256::digest(&bytes).iter().take(4));
        Ok(Self { bytes: Arc::new(bytes), hash, width, height })
    }
}

impl Color {
    fn read(text: &str) -> Result<Self> {
        let expected = "a colour #rrggbb with a contrast of at least 4.5:1 against white";
        let legible = Self::parse(text).filter(|color| color.contrast_with_white() >= CONTRAST);
        legible.ok_or_else(|| refused("BRAND_COLOR", expected, text))
    }

    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// Returns the contrast as WCAG defines it, from 1 to 21.
    fn contrast_with_white(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    }

    /// Returns the same colour on a dark ground: mixed with white until text in it can be read there.
    pub fn lightened(self) -> Self {
        Self(self.0.map(|part| u8::try_from((u16::from(part) * 42 + 255 * 58) / 100).unwrap_or(u8::MAX)))
    }

    /// Returns the six hexadecimal digits, without `#`.
    pub fn digits(self) -> String {
        hex(self.0.iter())
    }
}

fn refused(what: &str, expected: &str, sent: &str) -> InvalidSetting {
    InvalidSetting(format!("ARTICULA_{what} must be {expected}, not {sent:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32, length: usize) -> Vec<u8> {
        let mut bytes = PNG.to_vec();
        bytes.extend_from_slice(b"\0\0\0\rIHDR");
        bytes.extend_from_slice(&width.to_be_bytes());
        bytes.extend_from_slice(&height.to_be_bytes());
        bytes.resize(length.max(bytes.len()), 0);
        bytes
    }

    #[test]
    fn a_colour_is_legible_on_white() {
        for text in ["#0b5a78", "#9B1C1F", "#000000", "#767676"] {
            assert_eq!(format!("#{}", Color::read(text).unwrap().digits()), text.to_lowercase());
        }
        for text in ["#777777", "#ffffff", "#ffd100", "0b5a78", "#0b5a7", "#0b5a7g", "red", "#+b5a78", ""] {
            assert!(Color::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_logo_is_a_png_file_that_is_wide_and_small() {
        let logo = Logo::of(png(400, 120, 100)).unwrap();
        assert_eq!((logo.width, logo.height, logo.hash.len()), (400, 120, 8));
        for (bytes, why) in [
            (b"GIF89a".to_vec(), "a PNG file"),
            (Vec::new(), "a PNG file"),
            (png(399, 120, 100), "a picture at least 400 pixels wide"),
            (png(400, 120, LARGEST_LOGO + 1), "a file of at most 200 KB"),
        ] {
            assert_eq!(Logo::of(bytes).unwrap_err(), why);
        }
        assert!(Brand::read(None, Some("/no/such/file.png".to_owned()), None, None).is_err());
    }

    #[test]
    fn a_name_is_one_line() {
        let read = |name: &str| Brand::read(Some(name.to_owned()), None, None, None).map(|brand| brand.name);
        assert_eq!(read(" Comisiones del Perú ").unwrap(), "Comisiones del Perú");
        assert!(read("dos\nlíneas").is_err() && read(&"x".repeat(61)).is_err());
        assert_eq!(Brand::read(None, None, None, None).unwrap(), Brand::default());
    }

    #[test]
    fn a_contact_is_a_name_with_or_without_an_address() {
        let read = |text: &str| Contact::read(text).map(|contact| (contact.name, contact.address));
        let address = Some("contacto@example.org".to_owned());
        assert_eq!(
            read(" Secretaría técnica (DPDT) <contacto@example.org> ").unwrap(),
            ("Secretaría técnica (DPDT)".to_owned(), address.clone())
        );
        assert_eq!(read("contacto@example.org").unwrap(), ("contacto@example.org".to_owned(), address.clone()));
        assert_eq!(read("<contacto@example.org>").unwrap(), ("contacto@example.org".to_owned(), address));
        assert_eq!(read("Anexo 2041").unwrap(), ("Anexo 2041".to_owned(), None));
        for refused in ["", "dos\nlíneas", "Oficina <no es una dirección>", &"x".repeat(201)] {
            assert!(read(refused).is_err(), "{refused}");
        }
    }
}
