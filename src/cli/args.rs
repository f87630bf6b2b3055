//! What may be written on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Rules of credit banks and qualifications frameworks: checked, tested, decided and drawn.
#[derive(Debug, Parser)]
#[command(name = "accredit", version, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// In which language a command speaks.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Speech {
    /// The language of what is printed; from the locale if not said
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) lang: Option<Language>,
}

/// A language that the program speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Language {
    /// English
    En,
    /// 中文
    Zh,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a package to start from: one rule, one example, a document
    New(New),
    /// Everything that is wrong, all at once
    Check(Check),
    /// Run the examples
    Test(Test),
    /// Answer what a record converts to, and why
    Decide(Decide),
    /// What an amount of one credit unit is in another, each way that a package knows
    Convert(Convert),
    /// What a mark of one scale is on another, by each map that a package knows
    Grade(Grade),
    /// Draw the graph, a neighbourhood or a path
    Graph(Graph),
    /// Prove that rules apply, never contradict each other and leave no one without an answer
    Prove(Prove),
    /// Check a proof against its package
    Verify(Verify),
    /// Set each clause of a document beside what encodes it, and name what nothing encodes
    Clauses(Clauses),
    /// Set frameworks side by side, level by level
    Levels(Levels),
    /// Write every source in one form, comments kept
    Fmt(Fmt),
    /// Explain the code of a message
    Explain(Explain),
}

/// Which package is asked, and in which language it is told.
#[derive(Debug, Args)]
pub(super) struct About {
    #[command(flatten)]
    pub(super) speech: Speech,
    /// The package
    #[arg(short, long, default_value = ".")]
    pub(super) package: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// The folder to make; its name is the package's name
    pub(super) name: PathBuf,
    /// The keyword language of the package; from the locale if not said
    #[command(flatten)]
    pub(super) speech: Speech,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) speech: Speech,
    /// Packages, or folders of packages; here if not said
    #[arg(default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// How it is printed
    #[arg(long, default_value = "text")]
    pub(super) format: CheckFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    Text,
    Json,
    Sarif,
}

#[derive(Debug, Args)]
pub(super) struct Test {
    #[command(flatten)]
    pub(super) speech: Speech,
    /// Packages, or folders of packages; here if not said
    #[arg(default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// List the rules that no example fires
    #[arg(long)]
    pub(super) coverage: bool,
    /// Fail below this share of rules with an example, in per cent
    #[arg(long, value_name = "PERCENT", requires = "coverage")]
    pub(super) fail_under: Option<u8>,
    /// How it is printed
    #[arg(long, default_value = "text")]
    pub(super) format: TestFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TestFormat {
    Text,
    Json,
    Junit,
}

#[derive(Debug, Args)]
pub(super) struct Decide {
    #[command(flatten)]
    pub(super) about: About,
    /// The record, YAML or JSON; - reads standard input
    pub(super) record: PathBuf,
    /// The day as of which it is asked, YYYY-MM-DD, or `today`
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<String>,
    /// The target: its id, code or title
    #[arg(long, value_name = "TARGET")]
    pub(super) to: Option<String>,
    /// How it is printed
    #[arg(long, default_value = "text")]
    pub(super) format: DecideFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DecideFormat {
    Text,
    Json,
    /// The letter that an office sends, as a draft to sign
    Letter,
}

#[derive(Debug, Args)]
pub(super) struct Convert {
    #[command(flatten)]
    pub(super) about: About,
    /// How much
    pub(super) amount: String,
    /// Of which unit
    pub(super) from: String,
    /// The word `to`, as it is said
    #[arg(value_parser = ["to", "in", "折为"], value_name = "to")]
    pub(super) word: String,
    /// In which unit
    pub(super) to: String,
    /// The day for which ways in force are told apart, YYYY-MM-DD, or `today`
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<String>,
    /// How it is printed
    #[arg(long, default_value = "text")]
    pub(super) format: AnswerFormat,
}

#[derive(Debug, Args)]
pub(super) struct Grade {
    #[command(flatten)]
    pub(super) about: About,
    /// The mark
    pub(super) mark: String,
    /// The word `from`, as it is said
    #[arg(value_parser = ["from", "of", "自"], value_name = "from")]
    pub(super) before: String,
    /// Its scale
    pub(super) from: String,
    /// The word `to`, as it is said
    #[arg(value_parser = ["to", "on", "至"], value_name = "to")]
    pub(super) word: String,
    /// The scale asked for
    pub(super) to: String,
    /// The map; each that leads there if not said
    #[arg(long, value_name = "MAP")]
    pub(super) by: Option<String>,
    /// The day for which maps in force are told apart, YYYY-MM-DD, or `today`
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<String>,
    /// How it is printed
    #[arg(long, default_value = "text")]
    pub(super) format: AnswerFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AnswerFormat {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Graph {
    #[command(flatten)]
    pub(super) speech: Speech,
    /// The package
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Only what this outcome earns, directly or through others
    #[arg(long, value_name = "OUTCOME")]
    pub(super) from: Option<String>,
    /// Only what earns this outcome
    #[arg(long, value_name = "OUTCOME")]
    pub(super) to: Option<String>,
    /// The ways from one outcome to another
    #[arg(long, num_args = 2, value_names = ["OUTCOME", "TARGET"], conflicts_with_all = ["from", "to"])]
    pub(super) path_between: Option<Vec<String>>,
    /// List components and cycles in place of a picture
    #[arg(long)]
    pub(super) components: bool,
    /// How it is drawn
    #[arg(long, default_value = "mermaid")]
    pub(super) format: GraphFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum GraphFormat {
    Dot,
    Svg,
    Mermaid,
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Prove {
    #[command(flatten)]
    pub(super) speech: Speech,
    /// A package, or a folder of packages; here if not said
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Only these analyses
    #[arg(long, value_delimiter = ',')]
    pub(super) only: Vec<ProveOnly>,
    /// For applications on this day, YYYY-MM-DD; today if not said
    #[arg(long, value_name = "DATE", conflicts_with = "all_dates")]
    pub(super) on: Option<String>,
    /// For applications on any day
    #[arg(long)]
    pub(super) all_dates: bool,
    /// Write proofs, and requests that refute, into this folder
    #[arg(long, value_name = "FOLDER")]
    pub(super) out: Option<PathBuf>,
    /// How it is printed
    #[arg(long, default_value = "text")]
    pub(super) format: ProveFormat,
}

/// What is analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ProveOnly {
    /// Rules that never apply
    Never,
    /// Rules that answer one learner differently
    Overlap,
    /// Learners without an answer
    Gap,
    /// Learners whom a member favours over its frame
    Stricter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ProveFormat {
    Text,
    Json,
    Sarif,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    #[command(flatten)]
    pub(super) about: About,
    /// The proof, as `prove --out` writes it
    pub(super) proof: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Clauses {
    #[command(flatten)]
    pub(super) about: About,
    /// The documents, by name, title or number; all if not said
    pub(super) documents: Vec<String>,
    /// How they are printed
    #[arg(long, default_value = "text")]
    pub(super) format: ClausesFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ClausesFormat {
    Text,
    Markdown,
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Levels {
    #[command(flatten)]
    pub(super) about: About,
    /// The frameworks, by name or title: the first, and those that are set beside it
    #[arg(required = true)]
    pub(super) frameworks: Vec<String>,
    /// How they are printed
    #[arg(long, default_value = "text")]
    pub(super) format: LevelsFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LevelsFormat {
    Text,
    Markdown,
    Svg,
}

#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// Files, packages or folders of packages; here if not said
    #[arg(default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// Change nothing; fail where a file is not in the one form
    #[arg(long)]
    pub(super) check: bool,
    /// Write the keywords in this language
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) lang: Option<KeywordLanguage>,
    /// Print in place of writing
    #[arg(long, conflicts_with = "check")]
    pub(super) print: bool,
}

/// A language that keywords may be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum KeywordLanguage {
    /// English
    #[value(name = "en")]
    En,
    /// 简体中文
    #[value(name = "zh")]
    Zh,
    /// 繁體中文
    #[value(name = "zh-Hant")]
    ZhHant,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    #[command(flatten)]
    pub(super) speech: Speech,
    /// The code, such as `amount/rounding`; all codes if not said
    pub(super) code: Option<String>,
}
