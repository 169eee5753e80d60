//! Long lists of names.

/// The minimum number of names that are joined, so that their common beginning is written once.
const MANY: usize = 5;

/// The maximum number of words after the beginning: longer ones may contain lists themselves.
const SHORT: usize = 3;

/// Joins names that begin alike, such as those of regional governments: `Gobierno Regional de Amazonas, Áncash, Apurímac`.
/// Other names stay as they are. Five or more that begin with two words and `de` (in English `of`), and end alike, become
/// one.
pub(crate) fn grouped_names(names: &[String]) -> Vec<String> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for name in names {
        let parts = parts(name);
        let around = parts.map(|parts| (parts.beginning, parts.link, parts.end));
        let own = parts.map_or("", |parts| parts.own);
        match groups.iter_mut().find(|group| around.is_some() && group.around == around) {
            Some(group) => group.names.push((name, own)),
            None => groups.push(Group { around, names: vec![(name, own)] }),
        }
    }
    groups.iter().flat_map(Group::names).collect()
}

/// Names that begin and end alike.
struct Group<'n> {
    /// The beginning, the word after it and the end; None for a single name.
    around: Option<(&'n str, &'n str, &'n str)>,
    /// The names, each with its own part.
    names: Vec<(&'n str, &'n str)>,
}

impl Group<'_> {
    fn names(&self) -> Vec<String> {
        match self.around {
            Some((beginning, link, end)) if self.names.len() >= MANY => {
                let own: Vec<&str> = self.names.iter().map(|(_, own)| *own).collect();
                vec![format!("{beginning} {link} {}{end}", own.join(", "))]
            }
            _ => self.names.iter().map(|(name, _)| (*name).to_owned()).collect(),
        }
    }
}

/// The parts of a name: `Gobierno Regional`, `de`, `Ica`, ` (GORE)`.
#[derive(Clone, Copy)]
struct Parts<'n> {
    beginning: &'n str,
    link: &'static str,
    own: &'n str,
    /// A bracket, or nothing.
    end: &'n str,
}

/// Splits a name that begins with two words and `de`, `del` or `of`.
fn parts(name: &str) -> Option<Parts<'_>> {
    let (rest, end) = match name.find(" (") {
        Some(at) => name.split_at(at),
        None => (name, ""),
    };
    let links = [(" de ", "de"), (" del ", "de"), (" of ", "of")];
    let mut split = links.into_iter().filter_map(|(mark, link)| Some((rest.split_once(mark)?, link)));
    let ((beginning, own), link) = split.next()?;
    let words = own.split(' ').count();
    let is_list = own.contains(',') || [" y ", " e ", " and "].iter().any(|word| own.contains(word));
    let is_short = beginning.split(' ').count() == 2 && words <= SHORT && !is_list;
    is_short.then_some(Parts { beginning, link, own, end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_that_begin_alike_become_one() {
        let regions =
            ["Amazonas", "Áncash", "Ica", "La Libertad"].map(|one| format!("Gobierno Regional de {one} (GORE)"));
        let mut names = vec!["Ministerio de Salud".to_owned()];
        names.extend(regions);
        assert_eq!(grouped_names(&names), names, "four stay as they are");
        names.push("Gobierno Regional del Callao (GORE)".to_owned());
        let joined = "Gobierno Regional de Amazonas, Áncash, Ica, La Libertad, Callao (GORE)";
        assert_eq!(grouped_names(&names), ["Ministerio de Salud", joined]);
        let names = ["Áncash", "Callao", "Ica", "Lima", "Puno"].map(|one| format!("Regional Government of {one}"));
        assert_eq!(grouped_names(&names), ["Regional Government of Áncash, Callao, Ica, Lima, Puno"]);
    }

    #[test]
    fn names_of_one_word_before_de_stay_apart() {
        let names = ["Salud", "Trabajo", "Justicia", "Economía", "Minería"].map(|one| format!("Ministerio de {one}"));
        assert_eq!(grouped_names(&names), names);
    }
}
