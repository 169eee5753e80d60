//! The pictures of the real pages, one of each step in each language. They are part of the program.

use crate::i18n::Lang;

/// The width and height of every picture, in pixels.
pub(super) const SIZE: (u32, u32) = (1080, 680);

/// A picture of a page.
pub(super) struct Picture {
    /// The name of its step.
    pub step: &'static str,
    pub lang: Lang,
    /// The picture, as WebP.
    pub bytes: &'static [u8],
}

/// Declares the pictures of steps in both languages.
macro_rules! pictures {
    ($($step:literal)+) => {
        &[$(
            Picture {
                step: $step,
                lang: Lang::Es,
                bytes: include_bytes!(concat!("../../docs/pictures/help/es/", $step, ".webp")),
            },
            Picture {
                step: $step,
                lang: Lang::En,
                bytes: include_bytes!(concat!("../../docs/pictures/help/en/", $step, ".webp")),
            },
        )+]
    };
}

pub(super) const PICTURES: &[Picture] = pictures! {
    "secretariat-start" "secretariat-convocation" "secretariat-attendance" "secretariat-agreements"
    "secretariat-minutes" "secretariat-review" "secretariat-list" "institution-start" "institution-report"
    "institution-extension" "institution-reply" "institution-activity" "institution-mails" "coordinator-overview"
    "coordinator-activities" "coordinator-report" "coordinator-question" "coordinator-approval" "coordinator-people"
    "observer-sessions" "observer-commitments" "observer-search" "observer-calendar" "administrator-people"
    "administrator-holidays" "administrator-mails" "administrator-changes" "administrator-settings"
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Lang, PICTURES, SIZE};
    use crate::help::ROLES;
    use crate::i18n::find;

    /// Returns the width and height of a lossy WebP picture.
    fn size_of(bytes: &[u8]) -> (u32, u32) {
        let at = bytes.windows(4).position(|four| four == b"VP8 ").expect("a lossy WebP picture") + 14;
        let number = |n: usize| u32::from(u16::from_le_bytes([bytes[n], bytes[n + 1]]) & 0x3fff);
        (number(at), number(at + 2))
    }

    #[test]
    fn every_step_has_a_picture_of_the_same_size_and_texts_in_both_languages() {
        let steps: BTreeSet<&str> = ROLES.iter().flat_map(|role| role.steps).map(|step| step.name).collect();
        let pictured: BTreeSet<&str> = PICTURES.iter().map(|picture| picture.step).collect();
        assert_eq!(steps, pictured);
        for picture in PICTURES {
            assert_eq!(size_of(picture.bytes), SIZE, "{}", picture.step);
        }
        for role in ROLES {
            assert!((4..=8).contains(&role.steps.len()), "{}: {} steps", role.name, role.steps.len());
            for (step, lang) in role.steps.iter().flat_map(|step| [(step, Lang::Es), (step, Lang::En)]) {
                assert!(step.name.starts_with(role.name), "{}", step.name);
                let heading = format!("help-{}", step.name);
                let keys = [heading.clone(), format!("{heading}-text"), step.title.to_owned()];
                for key in keys.iter().map(String::as_str).chain(step.words.iter().copied()) {
                    assert!(find(lang, key, &[]).is_some(), "no text {key}");
                }
            }
        }
    }

    #[test]
    fn the_pictures_weigh_at_most_two_megabytes() {
        let total: usize = PICTURES.iter().map(|picture| picture.bytes.len()).sum();
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
        let others = std::fs::read_dir(folder).unwrap().flatten().filter_map(|file| file.metadata().ok());
        let others: u64 = others.filter(std::fs::Metadata::is_file).map(|file| file.len()).sum();
        assert!(total as u64 + others <= 2_000_000, "{total} + {others}");
    }
}
