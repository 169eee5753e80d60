//! Adds users.

use std::io::BufRead;

use crate::clock::new_id;
use crate::error::{Code, Error};
use crate::http::{State, describe};
use crate::i18n::Lang;
use crate::identity::{Grant, NewUser, Role, add_user};

use super::{Sentence, sentence};

/// Adds a user with the password on the first line of standard input; prints the id.
pub(super) fn add(state: &State, new: super::NewUser) -> Result<(), Sentence> {
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password).map_err(|e| format!("cannot read the password: {e}"))?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() {
        return Err("give the password as the first line of standard input".to_owned());
    }
    let now = state.now();
    let admin =
        Grant { id: new_id(now), role: Role::Admin, country_code: None, commission_id: None, institution_id: None };
    let user = NewUser {
        email: new.email.clone(),
        name: new.name,
        language: Lang::Es,
        institution_id: None,
        password: Some(password),
        grants: if new.admin { vec![admin] } else { Vec::new() },
    };
    let id = state.db.write(None, now, |tx| add_user(tx, user)).map_err(|error| refused(error, &new.email))?;
    println!("{id}");
    Ok(())
}

fn refused(error: Error, email: &str) -> Sentence {
    match error.code {
        Code::Duplicate => format!("there is a user with the address {email} already"),
        Code::Invalid => {
            let line = |fault| {
                let fault = describe(fault, Lang::En);
                format!("{}: {}", fault.pointer.trim_start_matches('/'), fault.detail.trim_end_matches('.'))
            };
            error.faults.iter().map(line).collect::<Vec<_>>().join("; ")
        }
        _ => sentence(error),
    }
}
