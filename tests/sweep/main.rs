//! Packages and requests by the thousand, answered twice: by the engine and by the plain reference.
//!
//! `cargo test --test sweep` asks a few. The whole sweep is
//! `ACCREDIT_SEED=7 ACCREDIT_PACKAGES=20000 cargo test --release --test sweep -- --ignored --nocapture`; left out, the seed is 1, the
//! packages are 2,000 and each is asked 50 requests. `ACCREDIT_SHOW` says how many differences are cut down and printed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it stands")]
#![allow(unreachable_pub, reason = "modules of one test")]

#[path = "../generate/mod.rs"]
mod generate;
#[path = "../reference/mod.rs"]
mod reference;

mod compare;
mod damage;
mod engine;
mod hostile;
mod promises;
mod properties;
mod smallest;
