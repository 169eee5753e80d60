//! Remembered answers to questions that an import of many records asks again and again: whether an institution exists,
//! which session an id means.

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
    /// Returns the remembered answer to this question.
    pub fn remembered<K: Any + Hash + Eq, V: Any + Clone>(&self, question: &K) -> Option<V> {
        self.later.remembered.get(question)
    }

    /// Remembers the answer to a question while rows are collected ([`Tx::collecting`]); otherwise does nothing. The
    /// answer must stay true during that time: nothing that is done meanwhile may change it, and the question must be
    /// asked for one person only.
    pub fn remember<K: Any + Hash + Eq, V: Any>(&mut self, question: K, answer: V) {
        if self.later.is_collecting() {
            self.later.remembered.insert(question, answer);
        }
    }
}
