//! Whether a question is in a language that is read at all: English. In another one the sources would be searched with
//! words that no list knows, and what comes back would be told as "nothing found".
//!
//! Two signs: most letters are of another script; or function words of another language are more than those of English.
//! Function words are a closed class, and no list here has a word that English papers use too ("die", "per", "MI").
//! Measured: none of the 522 English questions of `../shared/questions` is refused; of 3,056 titles of recorded answers 59 are,
//! one of which is half English. Short questions of other languages in Latin letters pass where none of their words is in a list.

/// Function words that an English question has.
const ENGLISH: &[&str] = &[
    "a", "about", "after", "among", "an", "and", "any", "are", "as", "at", "be", "been", "before", "between", "by",
    "can", "compared", "could", "did", "do", "does", "during", "for", "from", "had", "has", "have", "how", "if", "in",
    "into", "is", "it", "its", "less", "may", "more", "no", "not", "of", "on", "or", "over", "should", "than", "that",
    "the", "their", "there", "these", "they", "this", "to", "under", "versus", "was", "we", "were", "what", "when",
    "where", "whether", "which", "who", "why", "will", "with", "without", "would",
];

/// Those of them that other languages write too: they show nothing beside words that English has not.
const SHARED: &[&str] = &[
    "a", "an", "as", "at", "do", "for", "has", "in", "is", "it", "no", "on", "or", "over", "under", "was", "we", "will",
];

/// Function words of other languages, a list a language: German, French, Spanish, Portuguese, Italian, Dutch, Swedish with
/// Danish and Norwegian, Polish, Czech, Turkish, Indonesian, Finnish, Hungarian, Romanian, Croatian with Slovene.
#[rustfmt::skip]
const OTHERS: [&[&str]; 15] = [
    &[
        "auf", "aus", "bei", "beim", "das", "dass", "dem", "den", "der", "durch", "ein", "eine", "einem", "einen", "einer", "für", "gegen",
        "haben", "hilft", "ist", "kann", "können", "mit", "nach", "nicht", "ob", "oder", "sein", "sich", "sind", "und", "unter", "vom", "von",
        "vor", "welche", "welchen", "welcher", "welches", "wie", "wird", "werden", "wirkt", "zu", "zum", "zur", "zwischen", "über",
    ],
    &[
        "au", "aux", "avec", "cette", "chez", "combien", "dans", "des", "du", "elle", "entre", "est", "et", "faut", "il", "la", "le", "les", "leur",
        "ont", "ou", "pas", "peut", "pourquoi", "quel", "quelle", "quelles", "quels", "qui", "sont", "sur", "une",
    ],
    &[
        "cómo", "cuál", "cuáles", "de", "del", "el", "en", "entre", "es", "la", "las", "los", "más", "para", "por", "que", "qué", "sobre",
        "tiene", "una", "y",
    ],
    &[
        "ao", "aos", "com", "da", "das", "de", "dos", "em", "entre", "mais", "na", "nas", "nos", "os", "para", "pelo", "pela", "por", "qual",
        "quais", "que", "são", "uma", "é",
    ],
    &[
        "che", "dei", "del", "della", "delle", "di", "gli", "il", "la", "le", "nei", "nel", "nella", "perché", "più", "qual", "quale", "quali",
        "sono", "sulla", "tra", "una", "è",
    ],
    &[
        "aan", "bij", "de", "deze", "door", "een", "heeft", "het", "hoe", "met", "naar", "niet", "op", "te", "tegen", "tijdens", "tussen",
        "uit", "van", "voor", "wat", "welke", "wordt", "worden", "zijn",
    ],
    &[
        "att", "av", "blant", "det", "er", "ett", "från", "fra", "för", "hos", "hur", "hva", "hvad", "hvilke", "hvilken", "hvordan", "ikke", "inte",
        "med", "mellan", "mellem", "mellom", "mod", "mot", "och", "og", "på", "som", "til", "till", "vad", "ved", "vid", "vilka", "vilken", "är",
    ],
    &["czy", "dla", "jak", "jaki", "jakie", "jest", "między", "na", "nie", "od", "oraz", "przez", "przy", "się", "są", "u", "w", "z"],
    &["jak", "jaký", "jsou", "mezi", "má", "na", "při", "pro", "se", "u", "v", "zda"],
    &[
        "arasında", "arasındaki", "bir", "daha", "etkiler", "etkisi", "göre", "ile", "için", "midir", "mıdır", "mu", "mü", "mı", "nasıl",
        "neden", "nedir", "olan", "üzerindeki", "üzerinde", "ve",
    ],
    &["antara", "apakah", "bagaimana", "dan", "dari", "dengan", "di", "pada", "terhadap", "untuk", "yang"],
    &["että", "kuin", "miten", "mitä", "onko", "tai", "vaikutus", "voiko"],
    &["az", "egy", "hatása", "hogy", "hogyan", "milyen", "nem", "vagy", "és"],
    &["asupra", "care", "ce", "din", "este", "mai", "pentru", "sunt", "în", "și", "la"],
    &["između", "je", "kako", "li", "na", "pri", "se", "u", "utječe", "za"],
];

/// Words of other languages that are English ones too, or stand in English names and phrases: "door", "de novo", "van der Waals".
#[rustfmt::skip]
const IN_ENGLISH: &[&str] = &[
    "che", "com", "dan", "dei", "door", "entre", "fra", "hoe", "ile", "jest", "mai", "met", "para", "pas", "sono", "tai", "tra", "wat", "yang",
    "au", "care", "da", "das", "de", "del", "den", "der", "des", "di", "do", "dos", "du", "el", "em", "en", "er", "es", "et", "la", "las", "le", "les", "los",
    "med", "mod", "mu", "na", "nos", "ob", "op", "os", "pro", "se", "te", "till", "u", "v", "van", "ve", "von", "w", "y", "z", "za", "zu",
];

/// Words that open a question in other languages and are no English word or name: German, French, Italian, Dutch, Swedish,
/// Danish, Norwegian, Polish, Czech, Turkish, Indonesian, Finnish, Hungarian, Croatian, Estonian. The verbs are those of effects, with
/// which yes-no questions open in most of them.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "warum", "wieso", "weshalb", "wann", "ist", "sind", "kann", "können", "senkt", "erhöht", "steigert", "verringert", "verbessert",
    "verursacht", "beeinflusst", "wirkt", "hilft", "helfen", "schützt", "schadet", "macht", "führt", "reduziert", "verhindert",
    "pourquoi", "combien", "perché", "waarom", "vermindert", "verlaagt", "verhoogt", "verbetert", "veroorzaakt", "voorkomt", "beïnvloedt", "helpt", "zijn",
    "varför", "minskar", "ökar", "förbättrar", "påverkar", "orsakar", "hjälper", "hvorfor", "reducerer", "reduserer", "øger", "øker",
    "forbedrer", "forårsager", "forårsaker", "påvirker", "hjælper", "hjelper", "er", "är",
    "czy", "dlaczego", "proč", "snižuje", "zvyšuje", "zlepšuje", "pomáhá", "neden", "apakah", "mengapa",
    "miksi", "onko", "voiko", "vähentääkö", "lisääkö", "parantaako", "auttaako", "miért", "csökkenti", "növeli", "javítja",
    "smanjuje", "povećava", "poboljšava", "zašto", "kas",
    "cuánto", "cuánta", "cuándo", "dónde", "quanto", "quanti", "quante", "wat", "hoeveel", "moet", "moeten", "fungerar", "fungerer", "virker",
    "förebygger", "forebygger", "hvor", "předchází", "ehkäiseekö",
];

/// Italian articles that open a question where a noun follows: "Il sonno".
const ARTICLES: &[&str] = &["gli", "il", "lo"];

/// English words that keep the marks of the language they came from.
#[rustfmt::skip]
const LOANS: &[&str] = &[
    "attaché", "brûlée", "café", "cafés", "cinéma", "cliché", "clichés", "communiqué", "crème", "crêpe", "crêpes", "décor", "déjà", "doppelgänger",
    "éclair", "élite", "émigré", "émigrés", "entrée", "exposé", "façade", "façades", "fiancé", "fiancée", "fête", "flâneur", "grâce", "jalapeño", "ménage", "naïve", "naïveté",
    "passé", "piñata", "première", "protégé", "purée", "résumé", "résumés", "rôle", "rosé", "sauté", "sautéed", "séance", "señor", "siècle", "soufflé",
    "touché", "tête", "vérité", "à", "über",
];

/// Whether a question seems to be in another language than English.
pub fn is_foreign(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let english = |word: &&String| ENGLISH.contains(&word.as_str());
    let in_english = lower.iter().filter(english).count();
    // Lone Greek letters stand in English names: "β-carotene", "TNF-α".
    let is_name = |word: &&&str| word.chars().filter(|c| ('\u{370}'..='\u{3ff}').contains(c)).count() < 3;
    let is_other = |c: &char| !is_latin(*c) && !('\u{370}'..='\u{3ff}').contains(c);
    let in_greek: usize = words.iter().filter(|word| !is_name(word)).map(|word| word.chars().count()).sum();
    let other_script = in_greek + text.chars().filter(|c| c.is_alphabetic()).filter(is_other).count();
    let is_mixed = other_script >= 2 && in_english == 0;
    if is_mixed || 2 * other_script > text.chars().filter(|c| c.is_alphabetic()).count() || text.contains('¿') {
        return true;
    }
    // Capitals within a text are a name's or an acronym's: "São Paulo", "DES", "IL-6".
    let is_written = |(at, word): &(usize, &str)| {
        let is_acronym = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
        word.starts_with(char::is_lowercase) || *at == 0 && !is_acronym && !is_numbered(text)
    };
    let written: Vec<String> =
        words.iter().copied().enumerate().filter(is_written).map(|(_, word)| word.to_lowercase()).collect();
    let has = |list: &[&str], word: &str| list.contains(&word);
    let most = OTHERS.iter().map(|list| written.iter().filter(|word| has(list, word)).count()).max().unwrap_or(0);
    // An accented word that is no function word is a second sign.
    let is_accented = |word: &&String| {
        let has_mark = word.chars().any(|c| !c.is_ascii() && c != 'µ' && is_latin(c));
        has_mark && !has(LOANS, word) && !OTHERS.iter().any(|list| has(list, word))
    };
    let of_text = |word: &&str| word.starts_with(char::is_lowercase);
    // What hyphens join is one: "tête-à-tête".
    let has_accent = |joined: &str| {
        let mut small = joined.split(|c: char| !c.is_alphabetic()).filter(of_text).map(str::to_lowercase);
        small.any(|word| is_accented(&&word))
    };
    let accented = text.split(|c: char| !c.is_alphabetic() && c != '-').filter(|joined| has_accent(joined)).count();
    if most + usize::from(accented > 0) >= 2 && most > in_english || accented >= 2 && accented > in_english {
        return true;
    }
    if lower.iter().any(|word| has(ENGLISH, word) && !has(SHARED, word)) {
        return false;
    }
    // Without a word that only English has, a whole question needs one sign, and words without a name among them too.
    let first = words.first().copied().filter(|word| is_written(&(0, word))).map(str::to_lowercase).unwrap_or_default();
    let opens = has(OPENERS, &first) || has(ARTICLES, &first) && words.get(1).is_some_and(of_text);
    // A plain word of two letters is as often an acronym: "av", "mu".
    let is_sign = |word: &&String| {
        (word.chars().count() > 2 || !word.is_ascii())
            && !has(IN_ENGLISH, word)
            && !has(LOANS, word)
            && OTHERS.iter().any(|list| has(list, word))
    };
    let is_question = text.trim_end().ends_with('?') && words.len() > 2;
    let is_plain = words.len() > 2 && in_english == 0 && words[1..].iter().all(of_text);
    opens || (is_question || is_plain) && written.iter().any(|word| is_sign(&word)) || is_question && accented > 0
}

/// Whether a text begins with a name that has a number: "Il-10".
fn is_numbered(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(|first| first.contains(|c: char| c.is_ascii_digit()))
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
            "Senkt Metformin die Sterblichkeit?",
            "Kann Vitamin D Stürze verhindern?",
            "Combien de sommeil faut-il ?",
            "Il digiuno intermittente fa dimagrire?",
            "Vacinas protegem crianças?",
            "Vermindert vitamine D vallen?",
            "Hjälper meditation mot stress?",
            "Er kaffe sundt?",
            "Snižuje vitamin D pády?",
            "Kediler neden mırlar?",
            "Vähentääkö D-vitamiini kaatumisia?",
            "Csökkenti a D-vitamin az eséseket?",
            "Efectul somnului asupra memoriei",
            "Smanjuje li vitamin D padove?",
            "As crianças devem ser vacinadas contra a gripe?",
            "Hoeveel slaap hebben tieners nodig?",
            "pengaruh tidur terhadap memori",
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
            "café-au-lait spots",
            "à la carte menus",
            "fin de siècle Vienna",
            "Universidade de São Paulo",
            "über-rich taxation",
            "av nodal reentry",
            "IL-6 blockade sepsis?",
            "DES vs BMS",
            "LES and DEM",
            "Is DEM simulation valid in Los Angeles?",
            "Was Neanderthal interbreeding common?",
            "Das Kapital reception",
            "Sturm und Drang",
            "Il-10 knockout colitis?",
            "tai chi falls",
            "tête-à-tête learning",
            "hoe cultivation yields?",
        ];
        for text in english {
            assert!(!is_foreign(text), "{text}");
        }
    }
}
