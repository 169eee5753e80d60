//! Faults of the same kind, which are reported once with all their rows.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::error::Fault;

/// The maximum number of rows that a sentence lists.
const MOST_LISTED: usize = 12;

/// The maximum number of rows of a fault.
const MOST_ROWS: usize = 1_000;

/// Counts the kinds among a growing list of faults.
#[derive(Default)]
pub(super) struct FaultKinds {
    seen: HashSet<u64>,
    counted: usize,
}

impl FaultKinds {
    /// Returns the number of kinds; `faults` is the list of the previous call, with more faults at its end.
    pub(super) fn count(&mut self, faults: &[Fault]) -> usize {
        self.seen.extend(faults.get(self.counted..).unwrap_or_default().iter().map(kind_of));
        self.counted = faults.len();
        self.seen.len()
    }
}

/// Returns a hash that is the same for faults that differ only in their rows.
fn kind_of(fault: &Fault) -> u64 {
    let mut hasher = DefaultHasher::new();
    fault.code.hash(&mut hasher);
    fault.args.iter().filter(|(name, _)| *name != "row").for_each(|arg| arg.hash(&mut hasher));
    if fault.arg("row").is_none() {
        fault.pointer.hash(&mut hasher);
    }
    hasher.finish()
}

/// Joins the faults of each kind into the first of them, with the numbers of all rows.
pub(super) fn join_kinds(faults: Vec<Fault>) -> Vec<Fault> {
    let mut places: HashMap<u64, usize> = HashMap::new();
    let mut joined: Vec<(Fault, Vec<String>)> = Vec::new();
    for fault in faults {
        let row = fault.arg("row").map(str::to_owned);
        let kind = kind_of(&fault);
        match places.get(&kind).and_then(|at| joined.get_mut(*at)) {
            Some((_, rows)) => rows.extend(row.filter(|row| rows.last() != Some(row))),
            None => {
                places.insert(kind, joined.len());
                joined.push((fault, row.into_iter().collect()));
            }
        }
    }
    joined.into_iter().map(|(fault, rows)| with_rows(fault, &rows)).collect()
}

fn with_rows(mut fault: Fault, rows: &[String]) -> Fault {
    if rows.len() < 2 {
        return fault;
    }
    let more = rows.len().saturating_sub(MOST_LISTED);
    let listed: Vec<&str> = rows.iter().take(MOST_LISTED).map(String::as_str).collect();
    fault.args.push(("rows", listed.join(", ")));
    fault.args.push(("many", if more > 0 { "some" } else { "none" }.to_owned()));
    fault.args.push(("more", more.to_string()));
    fault.args.push(("row_list", rows.iter().take(MOST_ROWS).map(String::as_str).collect::<Vec<_>>().join(",")));
    fault
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(row: u32, value: &str) -> Fault {
        let (row_arg, value) = (("row", row.to_string()), ("value", value.to_owned()));
        let args = vec![("sheet", "Matriz".to_owned()), row_arg, ("column", "F".to_owned()), value];
        Fault::new(format!("/Matriz/F{row}"), "unknown_state", args)
    }

    #[test]
    fn faults_of_one_kind_are_one_with_all_rows() {
        let all = vec![fault(2, "Suspendido"), fault(3, "Otro"), fault(4, "Suspendido"), fault(4, "Suspendido")];
        let mut kinds = FaultKinds::default();
        assert_eq!((kinds.count(&all[..1]), kinds.count(&all)), (1, 2));
        let joined = join_kinds(all);
        let shown: Vec<_> = joined.iter().map(|one| (one.pointer.as_str(), one.arg("rows"), one.arg("more"))).collect();
        assert_eq!(shown, [("/Matriz/F2", Some("2, 4"), Some("0")), ("/Matriz/F3", None, None)]);
        let many = join_kinds((2..=30).map(|row| fault(row, "X")).collect());
        assert_eq!(many[0].arg("more"), Some("17"));
    }
}
