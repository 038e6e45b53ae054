//! What lies beside the checkout, in `../shared`: read by path, never committed. A test that needs it and finds it missing is
//! *skipped*: it says so in a line that `scripts/tally.mjs` counts, for a test that could not run has not passed.

use std::path::{Path, PathBuf};

/// The folder or file, where it is there; else the test is noted as skipped.
pub fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if !path.exists() {
        skip(&format!("../shared/{name} is not here"));
        return None;
    }
    Some(path)
}

/// Notes that the test on this thread is skipped, and why.
pub fn skip(why: &str) {
    let thread = std::thread::current();
    println!("skipped: {}: {why}", thread.name().unwrap_or("a test"));
}
