//! Records that stand below one another: commissions, institutions, items of plans.

use std::collections::HashMap;
use std::hash::Hash;

/// Whether `own` would stand above itself with this parent. `parents` are those of today; who is not among them has
/// none.
pub fn makes_a_cycle<Id: Copy + Eq + Hash>(own: Id, parent: Id, parents: &HashMap<Id, Id>) -> bool {
    let mut above = Some(parent);
    for _ in 0..=parents.len() {
        match above {
            Some(id) if id == own => return true,
            Some(id) => above = parents.get(&id).copied(),
            None => return false,
        }
    }
    above.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stands_above_itself() {
        let parents = HashMap::from([(2, 1), (3, 2)]);
        assert!(makes_a_cycle(1, 1, &parents));
        assert!(makes_a_cycle(1, 3, &parents));
        assert!(!makes_a_cycle(3, 1, &parents));
        assert!(!makes_a_cycle(2, 1, &parents));
        assert!(!makes_a_cycle(4, 3, &parents));
        assert!(makes_a_cycle(4, 5, &HashMap::from([(5, 6), (6, 5)])), "what is a cycle already has no end");
    }
}
