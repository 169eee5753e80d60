//! The people who may do what was refused: the sentence of a 403 names them.

use super::{Code, Error};

crate::text_enum! {
    /// The people who may do what the caller may not; the sentences of `forbidden` in `locales/*/errors.ftl` name them.
    Permitted {
        /// Admins alone.
        Admins = "admins",
        /// Admins, but not for themselves: the second factor of a person who lost it.
        OtherAdmins = "other_admins",
        /// The coordinators of the country, and admins.
        Coordinators = "coordinators",
        /// The coordinators of any country, and admins: imports of a dataset.
        AnyCoordinator = "any_coordinator",
        /// The secretariat of one of the record's commissions, the coordinators of the country, and admins.
        Writers = "writers",
        /// The secretariat of the commission that leaves a joint session, the coordinators of the country, and admins. The
        /// error names the commission.
        LeavingSecretariat = "leaving_secretariat",
        /// Any secretariat, any coordinator, and admins: imports of a matrix.
        AnyWriter = "any_writer",
        /// Those who may write every record of an import.
        WritersOfAll = "writers_of_all",
        /// Everybody with a role that writes records.
        Uploaders = "uploaders",
        /// The person who uploaded the file, and admins.
        Uploader = "uploader",
        /// Those who invite: admins, coordinators and secretariats.
        Inviters = "inviters",
        /// The coordinator, where a secretariat may not give the grant.
        InvitersElsewhere = "inviters_elsewhere",
        /// The person alone, and admins: name, address, language, institution.
        Oneself = "oneself",
        /// Secretariats and coordinators of the institution's country; admins for one without a country.
        InstitutionWriters = "institution_writers",
        /// Admins, because records of others name the institution.
        InstitutionMovers = "institution_movers",
        /// The writers, and until validation the representatives of an organiser.
        ActivityWriters = "activity_writers",
        /// The writers, and the representatives of organisers of the country.
        ActivityPlace = "activity_place",
        /// The writers, and the representatives of the institution.
        InstitutionOrWriters = "institution_or_writers",
        /// The coordinators of the country, admins, and the representatives of an institution responsible for the indicator.
        IndicatorRecorders = "indicator_recorders",
        /// The representatives of an institution that the session convenes.
        Convened = "convened",
        /// The writers, and the representatives of an institution that the session convenes.
        ConvenedOrWriters = "convened_or_writers",
    }
}

impl Error {
    /// Makes the error for something that only others may do.
    pub fn forbidden(to: Permitted) -> Self {
        Self::new(Code::Forbidden).arg("who", to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Lang, text};

    #[test]
    fn every_refusal_names_a_role() {
        for (lang, roles) in [
            (Lang::Es, ["administración", "coordinación", "secretaría", "representa"]),
            (Lang::En, ["admins", "coordinator", "secretariat", "representatives"]),
        ] {
            let general = text(lang, "detail-forbidden", &[]);
            for who in Permitted::ALL {
                let args = [("who", who.to_string()), ("commission", "CETI".to_owned())];
                let sentence = text(lang, "detail-forbidden", &args);
                assert!(roles.iter().any(|role| sentence.contains(role)), "{who} in {lang}: {sentence}");
                assert_ne!(sentence, general, "{who} in {lang}");
            }
            assert!(roles.iter().any(|role| general.contains(role)), "{general}");
        }
    }
}
