//! Stylesheet, script and icon. They are part of the program, named by their hash, and kept by browsers for a year.

use std::io::Write;
use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::{self, CacheControl, CacheDirective};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::config::{Brand, Color, Logo};
use crate::text::hex;

/// A file of the pages.
struct Asset {
    name: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
}

const ASSETS: &[Asset] = &[
    Asset {
        name: "articula.css",
        media_type: "text/css; charset=utf-8",
        bytes: include_bytes!("../../assets/articula.css"),
    },
    Asset {
        name: "articula.js",
        media_type: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../assets/articula.js"),
    },
    Asset { name: "icon.svg", media_type: "image/svg+xml", bytes: include_bytes!("../../assets/icon.svg") },
];

/// An asset as it is sent.
struct Prepared {
    name: &'static str,
    media_type: &'static str,
    /// The path with the hash of the content: `/assets/articula.1f2e3d4c.css`.
    path: String,
    gzip: Vec<u8>,
    bytes: &'static [u8],
}

static PREPARED: LazyLock<Vec<Prepared>> = LazyLock::new(|| ASSETS.iter().map(prepare).collect());

fn prepare(asset: &Asset) -> Prepared {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let gzip = encoder.write_all(asset.bytes).and_then(|()| encoder.finish()).unwrap_or_default();
    let path = hashed_path(asset.name, asset.bytes);
    Prepared { name: asset.name, media_type: asset.media_type, path, gzip, bytes: asset.bytes }
}

/// Returns the address of a file of the program, with the hash of its content: `/assets/articula.1f2e3d4c.css`.
pub(crate) fn hashed_path(name: &str, bytes: &[u8]) -> String {
    let hash = hex(Sha256::digest(bytes).iter().take(4));
    let (stem, kind) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("/assets/{stem}.{hash}.{kind}")
}

/// Answers with a file of the program, which browsers keep for a year.
pub(crate) fn lasting_asset(media_type: &'static str, bytes: &'static [u8]) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CONTENT_TYPE, media_type)).insert_header(forever()).body(bytes)
}

/// Returns the address of an asset.
pub(crate) fn asset_path(name: &str) -> &'static str {
    PREPARED.iter().find(|asset| asset.name == name).map_or("", |asset| asset.path.as_str())
}

/// Answers the request for an asset; None when there is none at the path. Debug builds read the file from the
/// repository, so that a change is seen without a build.
pub(crate) fn asset(path: &str, accepts_gzip: bool) -> Option<HttpResponse> {
    let asset = PREPARED.iter().find(|asset| asset.path == path)?;
    if cfg!(debug_assertions)
        && let Ok(bytes) = std::fs::read(format!("{}/assets/{}", env!("CARGO_MANIFEST_DIR"), asset.name))
    {
        let mut response = HttpResponse::Ok();
        response.insert_header((header::CONTENT_TYPE, asset.media_type));
        return Some(response.insert_header((header::CACHE_CONTROL, "no-cache")).body(bytes));
    }
    Some(built_in(asset, accepts_gzip))
}

/// Answers with an asset as it is in the program.
fn built_in(asset: &'static Prepared, accepts_gzip: bool) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_TYPE, asset.media_type));
    response.insert_header(forever()).insert_header((header::VARY, "Accept-Encoding"));
    if accepts_gzip && !asset.gzip.is_empty() {
        return response.insert_header((header::CONTENT_ENCODING, "gzip")).body(asset.gzip.as_slice());
    }
    response.body(asset.bytes)
}

/// Makes browsers keep an asset, because its content never changes at its address.
fn forever() -> CacheControl {
    CacheControl(vec![
        CacheDirective::Public,
        CacheDirective::MaxAge(31_536_000),
        CacheDirective::Extension("immutable".to_owned(), None),
    ])
}

/// Returns the address of the logo of the installation.
pub(super) fn logo_path(logo: &Logo) -> String {
    format!("/assets/logo.{}.png", logo.hash)
}

/// Returns the address of the stylesheet with the colour of the installation.
pub(super) fn colors_path(color: Color) -> String {
    format!("/assets/colors.{}.css", color.digits())
}

/// Answers the request for the logo or for the colour of the installation; None when there is none at the path.
pub(crate) fn brand_asset(path: &str, brand: &Brand) -> Option<HttpResponse> {
    let mut response = HttpResponse::Ok();
    response.insert_header(forever());
    if let Some(logo) = brand.logo.as_ref().filter(|logo| logo_path(logo) == path) {
        return Some(response.content_type("image/png").body(logo.bytes.to_vec()));
    }
    let color = brand.color.filter(|color| colors_path(*color) == path)?;
    let rule = format!(":root {{ --brand: #{} }}\n", color.digits());
    Some(response.content_type("text/css; charset=utf-8").body(rule))
}

/// Answers `/favicon.ico` with the icon.
pub(crate) fn favicon() -> HttpResponse {
    let icon = PREPARED.iter().find(|asset| asset.name == "icon.svg");
    match icon {
        Some(icon) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, icon.media_type))
            .insert_header((header::CACHE_CONTROL, "public, max-age=86400"))
            .body(icon.bytes),
        None => HttpResponse::NotFound().finish(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stylesheet_and_script_are_small() {
        let size = |name: &str| PREPARED.iter().find(|asset| asset.name == name).map_or(0, |asset| asset.gzip.len());
        let (style, script) = (size("articula.css"), size("articula.js"));
        assert!(style > 0 && script > 0 && style + script < 25 * 1024, "{style} + {script}");
        let script = ASSETS.iter().find(|asset| asset.name == "articula.js").unwrap();
        assert!(script.bytes.len() <= 12 * 1024);
    }

    /// Returns the type, the time in a cache, the coding and the size of an answer.
    fn facts(response: HttpResponse) -> (String, String, Option<String>, u64) {
        use actix_web::body::MessageBody;
        let header = |name: header::HeaderName| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let (media, cache) = (header(header::CONTENT_TYPE), header(header::CACHE_CONTROL));
        let coding = header(header::CONTENT_ENCODING);
        assert_eq!(header(header::VARY).as_deref(), Some("Accept-Encoding"));
        let size = match response.into_body().size() {
            actix_web::body::BodySize::Sized(size) => size,
            other => panic!("{other:?}"),
        };
        (media.unwrap(), cache.unwrap(), coding, size)
    }

    #[test]
    fn a_built_in_asset_is_kept_for_a_year_and_compressed_for_those_who_can_read_it() {
        let size = |bytes: &[u8]| u64::try_from(bytes.len()).unwrap();
        for asset in PREPARED.iter() {
            let cache = "public, max-age=31536000, immutable".to_owned();
            let media = asset.media_type.to_owned();
            let plain = facts(built_in(asset, false));
            assert_eq!(plain, (media.clone(), cache.clone(), None, size(asset.bytes)), "{}", asset.name);
            let small = facts(built_in(asset, true));
            assert_eq!(small, (media, cache, Some("gzip".to_owned()), size(&asset.gzip)), "{}", asset.name);
            let mut read = Vec::new();
            std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(asset.gzip.as_slice()), &mut read).unwrap();
            assert_eq!(read, asset.bytes, "{}", asset.name);
        }
        assert!(asset("/assets/articula.00000000.css", true).is_none());
    }
}
