//! Time on a core and memory, as Linux counts them: what others on the machine take does not count.

#![allow(dead_code, clippy::float_arithmetic, reason = "each bench uses a part")]

use std::time::Duration;

/// The time that this thread was on a core.
pub(crate) fn core_time() -> Duration {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(spent.split(' ').next().unwrap().parse().unwrap())
}

/// What a stage makes, and its time on a core.
pub(crate) fn timed<T>(stage: impl FnOnce() -> T) -> (T, Duration) {
    let start = core_time();
    let made = stage();
    (made, core_time().saturating_sub(start))
}

/// The median time of a stage run so many times.
pub(crate) fn median<T>(times: usize, mut stage: impl FnMut() -> T) -> Duration {
    let mut all: Vec<Duration> = (0..times).map(|_| timed(&mut stage).1).collect();
    all.sort_unstable();
    all[times / 2]
}

/// Megabytes a second.
pub(crate) fn speed(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64()
}

/// Memory in MB: `VmRSS` what the process holds, `VmHWM` the most since the mark was last reset.
pub(crate) fn memory(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(what)).unwrap();
    line.trim_matches([':', ' ', '\t', 'k', 'B']).parse::<u64>().unwrap() / 1_000
}

/// Forgets the most memory held so far.
pub(crate) fn reset_peak() {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
}
