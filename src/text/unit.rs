//! Units: names and symbols with the prefixes of the SI, and what they come to in base units.

use super::quantity::Measure;

/// A unit, or a power of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unit {
    /// Name of the base unit.
    pub base: &'static str,
    /// Base units in one of it.
    pub factor: f64,
}

/// Names that are written in full or in one way only, in lower case and singular; base unit, and base units in one.
const NAMES: &[(&[&str], &str, f64)] = &[
    (&["sec"], "second", 1.0),
    (&["min", "minute"], "second", 60.0),
    (&["h", "hr", "hour"], "second", 3600.0),
    (&["d", "day"], "second", 86_400.0),
    (&["week", "wk"], "second", 604_800.0),
    (&["month", "mo"], "second", 2_629_800.0),
    (&["y", "year", "yr"], "second", 31_557_600.0),
    (&["decade"], "second", 315_576_000.0),
    (&["century"], "second", 3_155_760_000.0),
    (&["mile"], "metre", 1_609.344),
    (&["foot", "feet", "ft"], "metre", 0.3048),
    (&["inch", "inches"], "metre", 0.0254),
    (&["hectare", "ha"], "square metre", 1e4),
    (&["mcg"], "gram", 1e-6),
    (&["tonne", "ton", "t"], "gram", 1e6),
    (&["kilo"], "gram", 1e3),
    (&["cc"], "litre", 1e-3),
    (&["lb"], "gram", 453.592_37),
    (&["khz"], "hertz", 1e3),
    (&["mhz"], "hertz", 1e6),
    (&["ghz"], "hertz", 1e9),
    (&["kpa"], "pascal", 1e3),
    (&["gpa"], "pascal", 1e9),
    (&["mmhg"], "mmHg", 1.0),
    (&["db", "decibel"], "decibel", 1.0),
    (&["°c", "oc", "celsius", "centigrade", "degc"], "celsius", 1.0),
    (&["°f", "fahrenheit", "degf"], "fahrenheit", 1.0),
    (&["°", "degree", "deg"], "degree", 1.0),
    (&["iu", "i.u"], "international unit", 1.0),
    (&["ppm"], "part per million", 1.0),
    (&["ppb"], "part per million", 1e-3),
    (&["cmh2o"], "cmH2O", 1.0),
    (&["dbm"], "dBm", 1.0),
    (&["bpm"], "beat per minute", 1.0),
    (&["rpm"], "turn per minute", 1.0),
    (&["$", "dollar", "usd"], "dollar", 1.0),
    (&["€", "euro", "eur"], "euro", 1.0),
    (&["£", "gbp"], "pound sterling", 1.0),
    (&["¥", "yen", "jpy"], "yen", 1.0),
    (&["fold", "occasion"], "fold", 1.0),
    (&["bp"], "base pair", 1.0),
    (&["kb"], "base pair", 1e3),
];

/// Base units that take prefixes: symbol, names in full, base unit, and base units in one.
const PREFIXED: &[(&str, &[&str], &str, f64)] = &[
    ("m", &["metre", "meter"], "metre", 1.0),
    ("g", &["gram", "gramme"], "gram", 1.0),
    ("s", &["second"], "second", 1.0),
    ("L", &["litre", "liter"], "litre", 1.0),
    ("l", &[], "litre", 1.0),
    ("mol", &["mole", "mol"], "mole", 1.0),
    ("M", &["molar"], "molar", 1.0),
    ("Pa", &["pascal"], "pascal", 1.0),
    ("Hz", &["hertz"], "hertz", 1.0),
    ("W", &["watt"], "watt", 1.0),
    ("Wh", &[], "joule", 3600.0),
    ("J", &["joule"], "joule", 1.0),
    ("cal", &["calorie"], "joule", 4.184),
    ("V", &["volt"], "volt", 1.0),
    ("A", &["ampere", "amp"], "ampere", 1.0),
    ("eV", &["electronvolt"], "electronvolt", 1.0),
    ("N", &["newton"], "newton", 1.0),
    ("T", &["tesla"], "tesla", 1.0),
    ("K", &["kelvin"], "kelvin", 1.0),
    ("Da", &["dalton"], "dalton", 1.0),
    ("Bq", &["becquerel"], "becquerel", 1.0),
    ("Gy", &["gray"], "gray", 1.0),
    ("Sv", &["sievert"], "sievert", 1.0),
    ("Ω", &["ohm"], "ohm", 1.0),
    ("B", &["byte"], "byte", 1.0),
    ("bit", &["bit"], "bit", 1.0),
    ("bps", &[], "bit per second", 1.0),
    ("yr", &[], "second", 31_557_600.0),
];

/// Prefixes of the SI: symbol, name, factor (BIPM, SI brochure, table 7). The micro sign is folded to the Greek letter.
const PREFIXES: &[(&str, &str, f64)] = &[
    ("f", "femto", 1e-15),
    ("p", "pico", 1e-12),
    ("n", "nano", 1e-9),
    ("μ", "micro", 1e-6),
    ("u", "micro", 1e-6),
    ("m", "milli", 1e-3),
    ("c", "centi", 1e-2),
    ("d", "deci", 1e-1),
    ("h", "hecto", 1e2),
    ("k", "kilo", 1e3),
    ("M", "mega", 1e6),
    ("G", "giga", 1e9),
    ("T", "tera", 1e12),
];

/// The unit of a word; case counts in symbols ("mPa" is not "MPa") and not in names.
pub(super) fn unit(raw: &str) -> Option<Unit> {
    symbol(raw).or_else(|| {
        // "7 D" are no days.
        let lower = if raw.len() == 1 { raw.to_owned() } else { raw.to_lowercase() };
        // "2 kgs"
        let is_plural = || raw.strip_suffix('s').filter(|one| one.len() > 1).and_then(symbol);
        name(&lower).or_else(|| name(singular(&lower))).or_else(is_plural)
    })
}

/// Units of several words, in lower case, with a mark for what divides; base unit, and base units in one.
const PHRASES: &[(&[&str], &str, f64)] = &[
    (&["mm", "hg"], "mmHg", 1.0),
    (&["mm", "of", "mercury"], "mmHg", 1.0),
    (&["millimetre", "of", "mercury"], "mmHg", 1.0),
    (&["millimeter", "of", "mercury"], "mmHg", 1.0),
    (&["cm", "h2o"], "cmH2O", 1.0),
    (&["cm", "of", "water"], "cmH2O", 1.0),
    (&["degree", "c"], "celsius", 1.0),
    (&["degree", "celsius"], "celsius", 1.0),
    (&["degree", "centigrade"], "celsius", 1.0),
    (&["degree", "f"], "fahrenheit", 1.0),
    (&["degree", "fahrenheit"], "fahrenheit", 1.0),
    (&["international", "unit"], "international unit", 1.0),
    (&["part", "per", "million"], "part per million", 1.0),
    (&["part", "per", "billion"], "part per million", 1e-3),
    (&["beat", "per", "minute"], "beat per minute", 1.0),
    (&["beat", "per", "min"], "beat per minute", 1.0),
    (&["beat", "/", "min"], "beat per minute", 1.0),
    (&["beat", "/", "minute"], "beat per minute", 1.0),
    (&["turn", "per", "minute"], "turn per minute", 1.0),
    (&["revolution", "per", "minute"], "turn per minute", 1.0),
];

/// The unit of several words whose words are `word(0)`, `word(1)`, …, and how many they are.
pub(super) fn phrase<'a>(word: impl Fn(usize) -> Option<&'a str>) -> Option<(Unit, usize)> {
    let is_here = |words: &[&str]| {
        words
            .iter()
            .enumerate()
            .all(|(at, known)| word(at).is_some_and(|word| word == *known || singular(word) == *known))
    };
    let &(words, base, factor) = PHRASES.iter().find(|(words, ..)| is_here(words))?;
    Some((Unit { base, factor }, words.len()))
}

/// A symbol with its prefix. A lone "B", "M", "A", "N", "K" or "T" is a letter first: its context decides, not this.
fn symbol(raw: &str) -> Option<Unit> {
    PREFIXED.iter().find_map(|&(symbol, _, base, factor)| {
        let prefix = raw.strip_suffix(symbol)?;
        if prefix.is_empty() {
            return (!matches!(symbol, "B" | "M" | "A" | "N" | "K" | "T")).then_some(Unit { base, factor });
        }
        let &(_, _, prefix) = PREFIXES.iter().find(|(known, ..)| *known == prefix && is_written(known, symbol))?;
        Some(Unit { base, factor: factor * prefix })
    })
}

/// Whether a prefix is met before a symbol: "cM" is a centimorgan, "dB" a decibel, "pm" an hour, "us" a pronoun.
fn is_written(prefix: &str, symbol: &str) -> bool {
    match prefix {
        "c" | "d" | "h" => matches!(symbol, "m" | "g" | "L" | "l") || prefix == "h" && symbol == "Pa",
        "u" => symbol != "s",
        "p" => symbol != "m",
        prefix => !matches!(symbol, "B" | "bit" | "bps" | "yr") || matches!(prefix, "k" | "M" | "G" | "T"),
    }
}

fn name(lower: &str) -> Option<Unit> {
    let plain = NAMES.iter().find(|(names, ..)| names.contains(&lower)).map(|&(_, base, factor)| Unit { base, factor });
    plain.or_else(|| {
        PREFIXED.iter().find_map(|&(_, names, base, factor)| {
            let prefix = names.iter().find_map(|name| lower.strip_suffix(name))?;
            let prefix = match prefix {
                "" => 1.0,
                prefix => PREFIXES.iter().find(|(_, name, _)| *name == prefix)?.2,
            };
            Some(Unit { base, factor: factor * prefix })
        })
    })
}

pub(super) fn singular(word: &str) -> &str {
    match word {
        "halves" => "half",
        "centuries" => "century",
        "degs" | "deg" => "degree",
        word => word.strip_suffix('s').filter(|stem| stem.len() > 1).unwrap_or(word),
    }
}

/// Units multiplied and divided: "mg/kg", "m s⁻¹".
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Product {
    parts: [(&'static str, i8); 3],
    /// Base units in one of it.
    pub factor: f64,
}

impl Product {
    pub(super) fn of(unit: Unit, power: i8) -> Option<Self> {
        Self { factor: 1.0, ..Self::default() }.times(unit, power)
    }

    /// Multiplied by a power of a unit; `None` where that makes more than three base units.
    pub(super) fn times(mut self, unit: Unit, power: i8) -> Option<Self> {
        let free = self.parts.iter().position(|part| part.0 == unit.base || part.1 == 0)?;
        self.parts[free] = (unit.base, self.parts[free].1 + power);
        self.factor *= unit.factor.powi(power.into());
        Some(self)
    }

    /// What it measures, and base units in one of it: a litre is a cubic decimetre, a molar solution a mole a litre.
    pub(super) fn measure(self) -> (Measure, f64) {
        let mut parts = self.parts.map(|(base, power)| if power == 0 { ("", 0) } else { (base, power) });
        parts.sort_unstable_by_key(|&(base, power)| (power == 0, base));
        match parts {
            [("metre", 3), (_, 0), _] => (Measure::Of("litre"), self.factor * 1e3),
            [("metre", 2), (_, 0), _] => (Measure::Of("square metre"), self.factor),
            [("second", -1), (_, 0), _] => (Measure::Of("hertz"), self.factor),
            [("litre", -1), ("mole", 1), (_, 0)] => (Measure::Of("molar"), self.factor),
            [(base, 1), (_, 0), _] => (Measure::Of(base), self.factor),
            parts => (Measure::Product(parts), self.factor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_and_case_tell_units_apart() {
        let of = |raw: &str| unit(raw).map(|unit| (unit.base, unit.factor));
        for (raw, base, factor) in [
            ("mmol", "mole", 1e-3),
            ("μmol", "mole", 1e-6),
            ("nM", "molar", 1e-9),
            ("MPa", "pascal", 1e6),
            ("mPa", "pascal", 1e-3),
            ("kpa", "pascal", 1e3),
            ("mL", "litre", 1e-3),
            ("kg", "gram", 1e3),
            ("micrograms", "gram", 1e-6),
            ("kilometers", "metre", 1e3),
            ("ms", "second", 1e-3),
            ("minutes", "second", 60.0),
            ("Hours", "second", 3600.0),
            ("MeV", "electronvolt", 1e6),
            ("kcal", "joule", 4184.0),
            ("GB", "byte", 1e9),
            ("kgs", "gram", 1e3),
            ("kilos", "gram", 1e3),
            ("t", "gram", 1e6),
            ("cc", "litre", 1e-3),
        ] {
            let (found, by) = of(raw).unwrap();
            assert!(found == base && (by / factor - 1.0).abs() < 1e-9, "{raw}");
        }
        for raw in ["M", "B", "patients", "x", "mice", "us", "as", "", "s1"] {
            assert_eq!(of(raw), None, "{raw}");
        }
    }
}
