//! `accredit verify`: whether a proof holds of a package, by the checker that shares nothing with the prover.

use std::fs;

use crate::diagnostic::MessageLanguage;
use crate::wire::proof::{ProofRefused, verify};

use super::Ended;
use super::args::Verify;
use super::asked::opened;
use super::output::{complain, language, print, refused};

pub(super) fn run(command: &Verify) -> Ended {
    let language = language(command.about.speech);
    let chinese = language == MessageLanguage::Chinese;
    let text = match fs::read_to_string(&command.proof) {
        Ok(text) => text,
        Err(error) => {
            complain(&format!("{}: {}", command.proof.display(), refused(&error, language)));
            return Ended::Unusable;
        }
    };
    // A proof says nothing of a package that has errors.
    let Ok(compiled) = opened(&command.about.package, language) else { return Ended::Unusable };
    let Some(graph) = &compiled.graph else { return Ended::Unusable };
    match verify(graph, &text) {
        Ok(statements) => {
            print(&if chinese {
                format!("证明成立：{statements}项陈述逐一核对\n")
            } else {
                format!("the proof holds: {statements} statements checked\n")
            });
            Ended::Well
        }
        Err(why) => {
            complain(&if chinese { format!("不予采信：{why}") } else { format!("refused: {why}") });
            match why {
                ProofRefused::Malformed(_) => Ended::Unusable,
                _ => Ended::Short,
            }
        }
    }
}
