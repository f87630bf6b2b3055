//! The command-line program.

fn main() -> std::process::ExitCode {
    accredit::cli::run()
}
