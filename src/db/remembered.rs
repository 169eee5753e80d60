//! Answers that an import of many records needs again and again: whether an institution exists, what a session is.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::hash::Hash;

use super::conn::Tx;

/// A map of answers for each kind of question.
#[derive(Default)]
pub struct Remembered(HashMap<TypeId, Box<dyn Any>>);

impl Remembered {
    fn get<K: Any + Hash + Eq, V: Any + Clone>(&self, question: &K) -> Option<V> {
        let answers = self.0.get(&TypeId::of::<(K, V)>())?.downcast_ref::<HashMap<K, V>>()?;
        answers.get(question).cloned()
    }

    fn insert<K: Any + Hash + Eq, V: Any>(&mut self, question: K, answer: V) {
        let answers = self.0.entry(TypeId::of::<(K, V)>()).or_insert_with(|| Box::new(HashMap::<K, V>::new()));
        if let Some(answers) = answers.downcast_mut::<HashMap<K, V>>() {
            answers.insert(question, answer);
        }
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl Tx<'_> {
    /// The answer that was kept for this question.
    pub fn remembered<K: Any + Hash + Eq, V: Any + Clone>(&self, question: &K) -> Option<V> {
        self.later.remembered.get(question)
    }

    /// Keeps the answer to a question while rows are collected ([`Tx::collecting`]); otherwise does nothing. The answer
    /// must hold for as long: nothing that is done meanwhile changes it, and it is asked for one person.
    pub fn remember<K: Any + Hash + Eq, V: Any>(&mut self, question: K, answer: V) {
        if self.later.is_collecting() {
            self.later.remembered.insert(question, answer);
        }
    }
}
