//! Times rsigma over JSON lines: text in, matches out, one thread. Prints one line of JSON.
//! usage: plantwatch-sigma-peer RULES.yml EVENTS.ndjson
use std::path::Path;

/// Seconds of CPU that this process has used.
fn cpu() -> f64 {
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut usage) };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let started = cpu();
    let rules = rsigma_parser::parse_sigma_file(Path::new(&arguments[1])).expect("rules");
    let mut engine = rsigma_eval::Engine::new();
    let refused = engine.add_rules(&rules.rules).len() + rules.errors.len();
    let load = cpu() - started;

    let text = std::fs::read_to_string(&arguments[2]).expect("events");
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let started = cpu();
    let mut matches = 0usize;
    for line in &lines {
        let value: serde_json::Value = serde_json::from_str(line).expect("an event");
        matches += engine.evaluate(&rsigma_eval::JsonEvent::borrow(&value)).len();
    }
    let spent = cpu() - started;
    let figures = serde_json::json!({
        "rules": engine.rule_count(), "refused": refused, "events": lines.len(), "matches": matches,
        "loadSeconds": load, "microsecondsPerEvent": spent * 1e6 / lines.len() as f64,
    });
    println!("{figures}");
}
