//! Names of authors: one person as several sources write them. Letters that do not decompose, transliterations, names
//! turned round, initials, particles and suffixes are folded; groups are no persons.

use crate::text::{unaccented, without_tex};
use std::collections::BTreeSet;

/// Words in a family name that catalogues leave out or put elsewhere.
const PARTICLES: &[&str] = &[
    "af", "al", "av", "bin", "binti", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e",
    "el", "ibn", "la", "las", "le", "los", "mac", "mc", "of", "saint", "sankt", "st", "ou", "ter", "ten", "und", "van",
    "vande", "vander", "vom", "von", "y", "zu", "zum", "zur",
];
/// What follows a name and is none.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "md", "phd", "mph", "msc", "dr", "prof"];
/// Words that only names of groups have.
const GROUPS: &[&str] = &[
    "collaboration",
    "collaborative",
    "collaborators",
    "committee",
    "consortium",
    "group",
    "initiative",
    "investigators",
    "network",
    "panel",
    "study",
    "team",
    "trial",
    "trialists",
    "university",
    "institute",
    "department",
    "society",
    "association",
];
/// Spellings of one sound in Latin letters, longest first: umlauts ("ue"), Scandinavian and Slavic letters, and what the
/// ways of romanising Cyrillic and Greek differ in. Comparing is generous on purpose: titles and abstracts decide.
const SOUNDS: &[(&str, &str)] = &[
    ("shch", "s"),
    ("schtsch", "s"),
    ("tsch", "c"),
    ("tch", "c"),
    ("sch", "s"),
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("aa", "a"),
    ("dj", "d"),
    ("dh", "d"),
    ("kh", "h"),
    ("ts", "c"),
    ("tz", "c"),
    ("zh", "z"),
    ("sh", "s"),
    ("sz", "s"),
    ("ch", "c"),
    ("cz", "c"),
    ("ph", "f"),
    ("th", "t"),
    ("ks", "x"),
    ("ij", "i"),
    ("iy", "i"),
    ("yi", "i"),
    ("ii", "i"),
    ("ou", "u"),
    ("ck", "k"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
    ("q", "k"),
];

/// A person's name by its parts.
#[derive(Debug, PartialEq, Eq)]
struct Person {
    /// Names in full, by their sound.
    full: Vec<String>,
    /// First letters of the others.
    initials: Vec<char>,
    /// All that is in full, particles too, as one word: "El-Sayed" is also "Elsayed".
    joined: String,
    /// What is also written as one word, as its parts and as that word: "van der Berg" and "Vanderberg", "Min-jun" and "Minjun".
    compounds: Vec<(Vec<String>, String)>,
}

/// Persons among the authors whose names can be compared, and what their names share.
pub(super) fn parts(authors: &[String]) -> BTreeSet<String> {
    let persons = authors.iter().filter_map(|author| person(author));
    let parts = persons.flat_map(|person| match person.full.is_empty() {
        true => vec![person.initials.iter().collect()],
        false => person.full.into_iter().chain(person.compounds.into_iter().map(|(_, whole)| whole)).collect(),
    });
    parts.collect()
}

/// Whether all names are in the script that names are compared in: what is romanised can be written in many ways.
pub(super) fn in_latin(authors: &[String]) -> bool {
    let letters = authors.iter().flat_map(|author| author.chars()).filter(|c| c.is_alphabetic());
    letters.map(|c| unaccented(c.encode_utf8(&mut [0; 4]))).all(|letter| letter.is_ascii())
}

/// Whether two names may be one person's, in whatever order, script or length.
pub(crate) fn same_person(a: &str, b: &str) -> bool {
    let (Some(mut a), Some(mut b)) = (person(a), person(b)) else { return false };
    a.write_as(&b);
    b.write_as(&a);
    if a.joined == b.joined && !a.full.is_empty() {
        let has_all =
            |one: &Person, other: &Person| one.initials.iter().all(|initial| other.initials.contains(initial));
        return has_all(&a, &b) || has_all(&b, &a);
    }
    let shared = a.full.iter().any(|part| b.full.contains(part));
    let fits = |one: &Person, other: &Person| {
        let mut initials = other.initials.clone();
        let mut rest = one.full.iter().filter(|part| !other.full.contains(part));
        rest.all(|part| match initials.iter().position(|&initial| part.starts_with(initial)) {
            Some(at) => {
                initials.remove(at);
                true
            }
            // "Ada Example" and "Example": what one has more than the other contradicts nothing.
            None => other.full.iter().all(|known| one.full.contains(known)) && other.initials.is_empty(),
        })
    };
    shared && (fits(&a, &b) || fits(&b, &a)) && initials_agree(&a, &b)
}

impl Person {
    /// Writes in one word what the other writes so.
    fn write_as(&mut self, other: &Self) {
        for (parts, whole) in std::mem::take(&mut self.compounds) {
            if other.full.contains(&whole) && parts.iter().all(|part| self.full.contains(part)) {
                self.full.retain(|part| !parts.contains(part));
                self.full.push(whole);
            }
        }
    }
}

fn initials_agree(a: &Person, b: &Person) -> bool {
    let firsts = |one: &Person, other: &Person| -> Vec<char> {
        let names = one.full.iter().filter(|part| !other.full.contains(part)).filter_map(|part| part.chars().next());
        one.initials.iter().copied().chain(names).collect()
    };
    let (a, b) = (firsts(a, b), firsts(b, a));
    a.is_empty() || b.is_empty() || a.iter().any(|initial| b.contains(initial))
}

/// The parts of a name; `None` for a group, and for a script that is not compared.
fn person(name: &str) -> Option<Person> {
    let (mut full, mut initials, mut joined, mut compounds) = (Vec::new(), Vec::new(), String::new(), Vec::new());
    // Those since the last name, and all.
    let (mut particles, mut lone_particles): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let is_shouted = !name.chars().any(char::is_lowercase);
    let whole = without_tex(name).replace(['{', '}', '\'', '\u{2019}', '`', '´', '\u{2bb}', '\u{2bc}'], "");
    let mut words = 0;
    for word in whole.split(|c: char| !c.is_alphabetic() && c != '\u{301}').filter(|word| !word.is_empty()) {
        words += 1;
        let plain = unaccented(&latin(word));
        if GROUPS.contains(&plain.as_str()) {
            return None;
        }
        if !plain.is_ascii() || plain.is_empty() {
            return None;
        }
        if SUFFIXES.contains(&plain.as_str()) && words > 1 {
            continue;
        }
        if PARTICLES.contains(&plain.as_str()) {
            joined.push_str(&plain);
            lone_particles.push(plain.clone());
            particles.push(plain);
            continue;
        }
        // "JR Example": initials without their stops.
        let are_initials = plain.len() == 1 || plain.len() <= 3 && !is_shouted && word.chars().all(char::is_uppercase);
        if are_initials {
            initials.extend(plain.chars().map(|c| sound(&c.to_string()).chars().next().unwrap_or(c)));
        } else {
            joined.push_str(&plain);
            for from in 0..particles.len() {
                let whole = sound(&format!("{}{plain}", particles[from..].concat()));
                compounds.push((vec![sound(&plain)], whole));
            }
            particles.clear();
            full.push(sound(&plain));
        }
    }
    for written in whole.split_whitespace().filter(|written| written.contains(['-', '\u{2010}', '\u{2011}'])) {
        let parts: Vec<String> =
            written.split(|c: char| !c.is_alphabetic()).map(|part| unaccented(&latin(part))).collect();
        if parts.len() > 1 && parts.iter().all(|part| part.len() > 1 && !PARTICLES.contains(&part.as_str())) {
            compounds.push((parts.iter().map(|part| sound(part)).collect(), sound(&parts.concat())));
        }
    }
    // "Le" and "Do" are family names too.
    if full.is_empty() {
        full = lone_particles.iter().map(|particle| sound(particle)).collect();
    }
    let joined = sound(&joined);
    (!full.is_empty() || !initials.is_empty()).then_some(Person { full, initials, joined, compounds })
}

/// A name in Latin letters by its sound.
fn sound(name: &str) -> String {
    // "McDonald" is also written "MacDonald".
    let mut sound = match name.strip_prefix("mc") {
        Some(rest) if rest.len() > 2 => format!("mac{rest}"),
        _ => name.to_owned(),
    };
    for (spelling, plain) in SOUNDS {
        sound = sound.replace(spelling, plain);
    }
    let mut letters: Vec<char> = sound.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// Cyrillic and Greek letters in Latin ones (ISO 9 and ISO 843, without their marks); others as they are.
fn latin(word: &str) -> String {
    const CYRILLIC: [&str; 32] = [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh",
        "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
    ];
    const GREEK: [&str; 25] = [
        "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y", "f",
        "ch", "ps", "o",
    ];
    let mut latin = String::with_capacity(word.len());
    let composed = unicode_normalization::UnicodeNormalization::nfc(word);
    for c in composed.flat_map(char::to_lowercase) {
        let base = match c {
            'ё' => 'е',
            'і' | 'ї' => 'и',
            'є' => 'е',
            'ґ' => 'г',
            'ў' => 'у',
            'ј' => 'й',
            c => greek_base(c),
        };
        let at = |first: char| usize::try_from(u32::from(base) - u32::from(first)).unwrap_or(usize::MAX);
        match base {
            'а'..='я' => latin.push_str(CYRILLIC[at('а')]),
            'α'..='ω' => latin.push_str(GREEK[at('α')]),
            base => latin.push(base),
        }
    }
    // "ου" is one sound; "Oystein" is not in Greek.
    if word.chars().any(|c| ('\u{370}'..='\u{3ff}').contains(&greek_base(c))) {
        latin.replace("oy", "ou")
    } else {
        latin
    }
}

fn greek_base(c: char) -> char {
    if ('\u{370}'..='\u{3ff}').contains(&c) || ('\u{1f00}'..='\u{1fff}').contains(&c) {
        unicode_normalization::UnicodeNormalization::nfd(std::iter::once(c)).next().unwrap_or(c)
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_in_several_spellings() {
        for (a, b) in [
            ("Zoë Łąk", "Lak, Zoe"),
            ("Mikkel Sørgård", "M. Soergaard"),
            ("Jürgen Köhler", "Juergen Koehler"),
            ("Jürgen Köhler", "J. Kohler"),
            ("Đoàn Vệ", "Doan Ve"),
            ("Þóra Muster", "Thora Muster"),
            ("Groß, Eva", "Eva Gross"),
            ("Ayşe Yıldız", "Ayse Yildiz"),
            ("Sean O'Muster", "Sean O\u{2019}Muster"),
            ("Sean O'Muster", "S OMuster"),
            ("Omar El-Muster", "Omar Elmuster"),
            ("Jan van der Muster", "J. Muster"),
            ("Ana Muster-Lopez", "Ana Muster Lopez"),
            ("Борис Музыкин", "Boris Muzykin"),
            ("Сергей Жуков", "Sergey Zhukov"),
            ("Сергей Жуков", "Sergei Zukov"),
            ("Γιώργος Μουσταίρης", "Giorgos Moustairis"),
            ("Eva Muster Jr.", "E Muster"),
            ("Do, A.", "A. Do"),
            ("Ana de los Muster", "Ana Delosmuster"),
            ("JR Muster", "Jane R. Muster"),
            ("Jan van der Muster", "J. Vandermuster"),
            ("Jan van Muster", "Jan VanMuster"),
            ("Iain MacMuster", "Iain McMuster"),
            ("Iain Mac Muster", "I. MacMuster"),
            ("Kim Min-jun", "Minjun Kim"),
            ("Al-Muster, Omar", "Omar Almuster"),
            ("Øystein Ås", "Oystein Aas"),
            ("St. Muster, Mary", "Mary Saint Muster"),
            ("Ada Muster", "Muster"),
            ("MUSTER, ADA", "Ada Muster"),
        ] {
            assert!(same_person(a, b) && same_person(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("Ada Muster", "Bob Muster"),
            ("Ada Muster", "A. Other"),
            ("Muster Study Group", "Muster Trial Group"),
            ("王伟", "李娜"),
            ("A. Muster", "B. Muster"),
        ] {
            assert!(!same_person(a, b) && !same_person(b, a), "{a} {b}");
        }
    }

    #[test]
    fn groups_and_other_scripts_have_no_parts_to_compare() {
        assert!(parts(&["The Muster Collaboration".into(), "王伟".into()]).is_empty());
        assert_eq!(parts(&["A. Łoś".into()]), BTreeSet::from(["los".to_owned()]));
    }
}
