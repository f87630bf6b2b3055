//! `accredit explain`: the page of a message's code.

use crate::diagnostic::{Code, catalogue};

use super::Ended;
use super::args::Explain;
use super::output::{complain, language, print};

pub(super) fn run(command: &Explain) -> Ended {
    let language = language(command.speech);
    let Some(wanted) = &command.code else {
        let mut list = String::new();
        for code in Code::ALL {
            list.push_str(&format!("{:28} {}\n", code.id(), catalogue::headline(*code, language)));
        }
        print(&list);
        return Ended::Well;
    };
    match Code::ALL.iter().find(|code| code.id() == wanted) {
        Some(code) => {
            print(&catalogue::page(*code, language));
            Ended::Well
        }
        None => {
            complain(&catalogue::no_such_code(wanted, language));
            Ended::Unusable
        }
    }
}
