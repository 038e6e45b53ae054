//! Whether a question is in a language that is read at all: English. In another one the sources would be searched with
//! words that no list knows, and what comes back would be told as "nothing found".
//!
//! Two signs: most letters are of another script; or function words of another language are more than those of English.
//! Function words are a closed class, and no list here has a word that English papers use too ("die", "per", "MI").
//! Measured: none of the 522 English questions of `../shared/questions` is refused; of 4,194 titles of recorded answers 76 are,
//! one of which is half English. A question of a language without a list here passes where it is written in Latin letters.

/// Function words that an English question has.
const ENGLISH: &[&str] = &[
    "a", "about", "after", "among", "an", "and", "any", "are", "as", "at", "be", "been", "before", "between", "by",
    "can", "compared", "could", "did", "do", "does", "during", "for", "from", "had", "has", "have", "how", "if", "in",
    "into", "is", "it", "its", "less", "may", "more", "no", "not", "of", "on", "or", "over", "should", "than", "that",
    "the", "their", "there", "these", "they", "this", "to", "under", "versus", "was", "we", "were", "what", "when",
    "where", "whether", "which", "who", "why", "will", "with", "without", "would",
];

/// Function words of other languages, a line a language: German, French, Spanish, Portuguese, Italian, Dutch, Swedish with
/// Danish and Norwegian, Polish, Czech, Turkish, Indonesian.
const OTHERS: [&[&str]; 11] = [
    &[
        "auf", "bei", "beim", "das", "dem", "der", "durch", "ein", "eine", "einem", "einen", "einer", "für", "gegen",
        "hilft", "ist", "kann", "mit", "nach", "nicht", "oder", "sich", "sind", "und", "unter", "vom", "von", "welche",
        "welchen", "welcher", "wie", "wird", "werden", "wirkt", "zu", "zum", "zur", "zwischen", "über",
    ],
    &[
        "au", "aux", "avec", "cette", "chez", "dans", "des", "du", "elle", "entre", "est", "et", "il", "la", "le",
        "les", "ou", "pas", "pourquoi", "quel", "quelle", "quelles", "quels", "qui", "sont", "sur", "une",
    ],
    &[
        "cómo", "cuál", "cuáles", "de", "del", "el", "en", "entre", "es", "la", "las", "los", "más", "para", "por",
        "que", "qué", "sobre", "tiene", "una", "y",
    ],
    &[
        "ao", "aos", "com", "da", "das", "de", "dos", "em", "entre", "mais", "na", "nas", "nos", "os", "para", "pelo",
        "por", "qual", "quais", "que", "são", "uma", "é",
    ],
    &[
        "che", "dei", "del", "della", "delle", "di", "gli", "il", "la", "le", "nei", "nel", "nella", "più", "qual",
        "quale", "quali", "sono", "sulla", "tra", "una", "è",
    ],
    &[
        "bij", "de", "door", "een", "het", "hoe", "met", "naar", "niet", "op", "te", "tussen", "van", "voor", "welke",
        "wordt", "worden", "zijn",
    ],
    &[
        "att", "av", "blant", "det", "ett", "för", "hos", "hur", "hvad", "hvilke", "hvordan", "mellan", "mellem",
        "mellom", "och", "og", "på", "som", "til", "till", "vilka", "vilken", "är",
    ],
    &["czy", "dla", "jak", "jaki", "jakie", "jest", "między", "na", "od", "oraz", "przez", "się", "są", "u", "w", "z"],
    &["jak", "jaký", "jsou", "mezi", "má", "na", "při", "pro", "se", "u", "v", "zda"],
    &[
        "arasında",
        "bir",
        "daha",
        "etkiler",
        "göre",
        "ile",
        "için",
        "midir",
        "mıdır",
        "mu",
        "mü",
        "mı",
        "nasıl",
        "nedir",
        "olan",
        "ve",
    ],
    &["antara", "apakah", "bagaimana", "dan", "dari", "dengan", "di", "pada", "terhadap", "untuk", "yang"],
];

/// Words that open a question in other languages and are no English word or name: German, French, Italian, Dutch, Swedish,
/// Polish, Czech, Turkish, Indonesian, Finnish, Hungarian.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "warum", "wieso", "weshalb", "wann", "ist", "sind", "pourquoi", "perché", "waarom", "varför", "hvorfor", "czy", "dlaczego", "proč",
    "neden", "apakah", "mengapa", "miksi", "miért",
];

/// Whether a question seems to be in another language than English.
pub fn is_foreign(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let of = |list: &[&str]| lower.iter().filter(|word| list.contains(&word.as_str())).count();
    // Lone Greek letters stand in English names: "β-carotene", "TNF-α".
    let is_name = |word: &&&str| word.chars().filter(|c| ('\u{370}'..='\u{3ff}').contains(c)).count() < 3;
    let is_other = |c: &char| !is_latin(*c) && !('\u{370}'..='\u{3ff}').contains(c);
    let in_greek: usize = words.iter().filter(|word| !is_name(word)).map(|word| word.chars().count()).sum();
    let other_script = in_greek + text.chars().filter(|c| c.is_alphabetic()).filter(is_other).count();
    let is_mixed = other_script >= 2 && of(ENGLISH) == 0;
    if is_mixed || 2 * other_script > text.chars().filter(|c| c.is_alphabetic()).count() || text.contains('¿') {
        return true;
    }
    if lower.first().is_some_and(|first| OPENERS.contains(&first.as_str())) && of(ENGLISH) == 0 {
        return true;
    }
    let most = OTHERS.iter().map(|list| of(list)).max().unwrap_or(0);
    // One function word may stand in a name, "de novo", "El Niño"; an accented word that is none is a second sign.
    let has_mark = |word: &str| word.chars().any(|c| !c.is_ascii() && c != 'µ' && is_latin(c));
    let is_accented = |word: &&&str| has_mark(word) && word.starts_with(char::is_lowercase) && **word != "naïve";
    let accented = words.iter().filter(is_accented).count();
    most + usize::from(accented > 0) >= 2 && most > of(ENGLISH) || accented >= 2 && accented > of(ENGLISH)
}

/// Latin letters with all their marks (Unicode blocks Basic Latin to Latin Extended-B, and Latin Extended Additional).
fn is_latin(c: char) -> bool {
    c <= '\u{24f}' || ('\u{1e00}'..='\u{1eff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_told_from_english() {
        let foreign = [
            "Verringert Kaffee bei älteren Menschen das Risiko einer Demenz?",
            "Wie wirkt sich Schlafmangel auf das Gedächtnis aus?",
            "Hilft Zink gegen Erkältungen?",
            "Warum schlafen Kinder?",
            "Ist Zink gesund?",
            "Czy kawa pomaga?",
            "Ο καφές μειώνει την άνοια;",
            "锌 zinc 能减少 colds 吗？",
            "Cà phê có giảm sa sút trí tuệ không?",
            "O café reduz a demência?",
            "Le café améliore-t-il la mémoire des adultes ?",
            "Quel est l'effet du sommeil sur l'apprentissage ?",
            "¿El café mejora la memoria de los adultos?",
            "¿Cuál es el efecto del sueño en el aprendizaje?",
            "O café melhora a memória de adultos mais velhos?",
            "Qual é o efeito do sono na aprendizagem?",
            "Il caffè migliora la memoria negli anziani?",
            "Qual è l'effetto del sonno sull'apprendimento?",
            "Verbetert koffie het geheugen van ouderen?",
            "Wat is het effect van slaap op leren?",
            "Förbättrar kaffe minnet hos äldre?",
            "Hvordan påvirker søvn hukommelsen hos voksne?",
            "Czy kawa poprawia pamięć u osób starszych?",
            "Jaki jest wpływ snu na uczenie się?",
            "Jak spánek ovlivňuje paměť u dospělých?",
            "Uyku ile öğrenme arasında nasıl bir ilişki var?",
            "Apakah kopi meningkatkan daya ingat pada lansia?",
            "咖啡能改善老年人的记忆力吗？",
            "هل تحسن القهوة ذاكرة كبار السن؟",
            "Улучшает ли кофе память у пожилых людей?",
            "コーヒーは高齢者の記憶力を改善するか。",
        ];
        for text in foreign {
            assert!(is_foreign(text), "{text}");
        }
        let english = [
            "Does coffee improve memory in adults?",
            "de novo mutations autism",
            "de novo mutations in autism",
            "la Niña rainfall",
            "Sjögren syndrome Ménière disease",
            "β-carotene TNF-α",
            "MI after PCI with DES",
            "van der Waals heterostructures",
            "El Niño drought",
            "Is aspirin effective in stroke?",
            "GPT-4",
            "Does en bloc resection of the tumour improve survival?",
            "Escherichia coli K-12 et al",
        ];
        for text in english {
            assert!(!is_foreign(text), "{text}");
        }
    }
}
