//! The command-line program: arguments, and one file a command. It prints what the library answers and decides nothing.
//!
//! Exit codes: 0 answered and all well; 1 the package, a test or a proof falls short; 2 unusable input or arguments.

mod args;
mod asked;
mod check;
mod clauses;
mod convert;
mod decide;
mod explain;
mod format;
mod grade;
mod graph;
mod levels;
mod new;
mod output;
mod prove;
mod test;
mod verify;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Arguments, Command};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Answered, all well.
    Well,
    /// The package or a test falls short.
    Short,
    /// The input or the arguments are unusable.
    Unusable,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let ended = match &arguments.command {
        Command::New(command) => new::run(command),
        Command::Check(command) => check::run(command),
        Command::Test(command) => test::run(command),
        Command::Decide(command) => decide::run(command),
        Command::Convert(command) => convert::run(command),
        Command::Grade(command) => grade::run(command),
        Command::Graph(command) => graph::run(command),
        Command::Prove(command) => prove::run(command),
        Command::Verify(command) => verify::run(command),
        Command::Clauses(command) => clauses::run(command),
        Command::Levels(command) => levels::run(command),
        Command::Fmt(command) => format::run(command),
        Command::Explain(command) => explain::run(command),
    };
    match ended {
        Ended::Well => ExitCode::SUCCESS,
        Ended::Short => ExitCode::from(1),
        Ended::Unusable => ExitCode::from(2),
    }
}
