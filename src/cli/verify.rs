//! `accredit verify`: whether a proof holds of a package, by the checker that shares nothing with the prover.

use std::fs;

use crate::compile::compile;
use crate::diagnostic::MessageLanguage;
use crate::project;
use crate::wire::proof::{ProofRefused, verify};

use super::Ended;
use super::args::Verify;
use super::output::{complain, language, print};

pub(super) fn run(command: &Verify) -> Ended {
    let chinese = language(command.speech) == MessageLanguage::Chinese;
    let text = match fs::read_to_string(&command.proof) {
        Ok(text) => text,
        Err(error) => {
            complain(&format!("{}: {error}", command.proof.display()));
            return Ended::Unusable;
        }
    };
    let read = match project::read(&command.package) {
        Ok(read) => read,
        Err(error) => {
            complain(&error.to_string());
            return Ended::Unusable;
        }
    };
    let compiled = compile(read.sources);
    let Some(graph) = &compiled.graph else {
        complain(if chinese { "规则包有错误" } else { "the package has errors" });
        return Ended::Unusable;
    };
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
