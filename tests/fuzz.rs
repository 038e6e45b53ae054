//! Every reader on real documents that were changed at random: each is read or refused, without a panic, within
//! [`LONGEST`] of the processor's time and [`MOST_MEMORY`]. The changes are the same at every run: a few of each document here, and
//! `npm run fuzz -- --minutes 30` goes on for so long. Documents from `../shared` are read by path; runs of PDFs are those that
//! `npm run fuzz` had pdf.js find.

#[path = "formats/packed.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod packed;
#[path = "support/shared.rs"]
mod shared;

use packed::{gzip, tar, zip};
use probatum::{
    check::draft::{DraftCheck, GivenDraft, GivenList},
    draft::{self, bibliography::ListFormat},
    paper::Format,
    read::{self, Page, pdf::PdfRuns},
    verify::Params,
};
use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

/// Of the processor's time, for one document.
const LONGEST: Duration = Duration::from_secs(5);
/// Of the clock's: one that takes so long has no end.
const ENDLESS: Duration = Duration::from_secs(120);
/// Bytes that the process may hold at once.
const MOST_MEMORY: u64 = 512 << 20;
/// Changed copies of each document in a run of the tests.
const COPIES: u64 = 6;
/// Bytes up to which a document is always changed as a whole.
const SMALL: usize = 40_000;
/// Bytes that something repeated may come to.
const MOST_REPEATED: usize = 300_000;
/// What markup, lists and drafts are made of.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "<", ">", "</", "<sec>", "</p>", "<sup>", "<table>", "<math>", "<![CDATA[", "<!--", "&amp;", "&#x110000;", "&x;", "<?", "\"",
    "\\", "\\begin{abstract}", "\\end{document}", "\\def\\x{\\x}", "\\newcommand{\\y}[9]{#9}", "\\input{main}", "\\cite{", "\\verb|", "$", "$$", "{", "}",
    "%", "~", "^", "_", "#", "##### ", "```", "[^1]", "[@a; @b]", "](", "> ", "- ", "|", "*", "\n\n", "\r", "\t", "@article{a,", "title = {", "@string{",
    "TY  - JOUR\n", "ER  - \n", "{\"title\":", "[", "]", "null", "1e999", "(2019)", "et al.", "[1-999999]", "[12,", "10.1000/", "\u{0}", "\u{feff}", "\u{202e}",
    "é", "e\u{301}", "𝛼", "ﬁ", "\u{ad}", "\u{fffd}", "İ", "ß", "1.", "p < .05", "“", "’",
];

/// A document, and who reads it.
struct Seed {
    name: String,
    what: What,
}

enum What {
    Bytes(Vec<u8>, fn(&[u8])),
    Runs(PdfRuns),
}

impl What {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Bytes(bytes, _) => bytes.clone(),
            Self::Runs(runs) => format!("{runs:?}").into_bytes(),
        }
    }

    fn read(&self) {
        match self {
            Self::Bytes(bytes, read) => read(bytes),
            Self::Runs(runs) => {
                if let Ok(page) = read::pdf::sections(runs) {
                    assert_sound(&page);
                }
                let _ = read::given_pdf(runs);
            }
        }
    }
}

/// Numbers that look random and are the same at every run (Steele, Lea and Flood 2014, "`SplitMix`").
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below a number; 0 below 0.
    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 1).unwrap() % limit.max(1)
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// A copy with up to a dozen changes; of a large document mostly of a part.
fn changed(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    if copy.len() > SMALL && random.below(4) > 0 {
        let head = random.below(4_000);
        let from = head + random.below(copy.len() - SMALL);
        copy = [&copy[..head], &copy[from..(from + SMALL).min(copy.len())]].concat();
    }
    for _ in 0..=random.below(12) {
        let at = random.below(copy.len() + 1);
        let end = (at + 1 + random.below(200)).min(copy.len());
        match random.below(9) {
            0 => _ = copy.drain(at..end),
            1 => {
                let piece = copy[at..end].to_vec();
                let to = random.below(copy.len() + 1);
                _ = copy.splice(to..to, piece);
            }
            2 => {
                let byte = u8::try_from(random.below(256)).unwrap();
                if let Some(place) = copy.get_mut(at) {
                    *place = byte;
                }
            }
            3 if random.below(4) == 0 => copy.truncate(at),
            4 if random.below(4) == 0 => {
                let piece = copy[at..end].to_vec();
                let times = random.below(MOST_REPEATED) / piece.len().max(1);
                _ = copy.splice(at..at, piece.repeat(times));
            }
            5 if random.below(4) == 0 => {
                let piece = random.one_of(PIECES).as_bytes();
                let times = random.below(MOST_REPEATED) / piece.len();
                _ = copy.splice(at..at, piece.repeat(times));
            }
            _ => _ = copy.splice(at..at, random.one_of(PIECES).bytes()),
        }
    }
    copy
}

/// Runs of a few pages with some of them moved, resized, turned, rewritten, doubled or lost.
fn changed_runs(document: &PdfRuns, random: &mut Random) -> PdfRuns {
    let first = random.below(document.pages.len());
    let last = (first + 1 + random.below(3)).min(document.pages.len());
    let pages = document.pages[first..last].to_vec();
    let mut copy = PdfRuns { title: document.title.clone(), fonts: document.fonts.clone(), pages };
    for page in &mut copy.pages {
        for _ in 0..random.below(40) {
            let at = random.below(page.runs.len());
            let Some(run) = page.runs.get(at).cloned() else { break };
            let number = random.one_of(&[
                f32::NAN,
                f32::INFINITY,
                f32::MIN,
                1e30,
                -1.0,
                0.0,
                1e-30,
                run.x,
                run.y,
                run.width,
                run.size,
                90.0,
                300.0,
                700.0,
            ]);
            match random.below(11) {
                0 => page.runs[at].x = number,
                1 => page.runs[at].y = number,
                2 => page.runs[at].width = number,
                3 => page.runs[at].size = number,
                4 => page.runs[at].angle = number,
                5 => page.runs[at].font = random.below(document.fonts.len() + 3),
                6 => page.runs[at].text.push_str(random.one_of(PIECES)),
                7 => page.runs[at].text = random.one_of(PIECES).repeat(1 + random.below(50)),
                8 => _ = page.runs.remove(at),
                9 => {
                    let to = random.below(page.runs.len());
                    page.runs.swap(at, to);
                }
                _ => {
                    let times = if random.below(8) == 0 { random.below(20_000) } else { random.below(5) };
                    page.runs.extend(vec![run; times]);
                }
            }
        }
    }
    copy
}

/// Every sentence is a slice of its passage, and every place one of a sentence.
fn assert_sound(page: &Page) {
    for passage in page.sections.iter().flat_map(|section| &section.passages) {
        assert!(passage.text.contains(char::is_alphanumeric));
        let mut past = 0;
        for span in &passage.sentences {
            assert!(span.start >= past && !span.of(&passage.text).is_empty(), "{span:?} of {:?}", passage.text);
            past = span.end;
        }
        for place in &passage.places {
            assert!(!place.span.of(&passage.text).is_empty() && place.x.is_finite(), "{place:?} of {:?}", passage.text);
        }
    }
}

fn read_as(format: Format, bytes: &[u8]) {
    if let Ok(page) = read::sections(format, bytes) {
        assert_sound(&page);
    }
}

fn check_draft(format: draft::Format, bytes: &[u8], list: ListFormat) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let lists = vec![GivenList { format: list, text: text.clone() }];
    let check = DraftCheck::of(GivenDraft { format, text, lists }, Vec::new(), Params::default());
    assert!(check.works().iter().all(|work| work.text.is_none()));
    for sentence in 0..check.sentences() {
        assert!(check.pairs(sentence).is_empty());
    }
}

/// Everything that is fuzzed.
fn seeds() -> Vec<Seed> {
    let mut seeds = Vec::new();
    let mut add = |path: &Path, bytes: &[u8], how: &str, read: fn(&[u8])| {
        let name = format!("{} as {how}", path.file_name().unwrap().display());
        seeds.push(Seed { name, what: What::Bytes(bytes.to_vec(), read) });
    };
    for path in files(Path::new("tests/data/drafts")).into_iter().chain(files(Path::new("www/example"))) {
        let bytes = fs::read(&path).unwrap();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("tex") => {
                add(&path, &bytes, "a draft", |bytes| check_draft(draft::Format::Tex, bytes, ListFormat::Bibtex));
                add(&path, &bytes, "TeX", |bytes| read_as(Format::Tex, bytes));
                add(&path, &bytes, "a package", |bytes| read_as(Format::Tex, &gzip(&tar(&[("main.tex", bytes)]))));
            }
            Some("md") => {
                add(&path, &bytes, "a draft", |bytes| check_draft(draft::Format::Markdown, bytes, ListFormat::Printed));
                add(&path, &bytes, "Markdown", |bytes| read_as(Format::Markdown, bytes));
            }
            Some("txt") => {
                add(&path, &bytes, "a draft", |bytes| check_draft(draft::Format::Plain, bytes, ListFormat::Printed));
                add(&path, &bytes, "plain text", |bytes| read_as(Format::Plain, bytes));
                add(&path, &document_of(&bytes), "DOCX", |xml| {
                    let file = zip(&[("word/document.xml", xml)]);
                    read_as(Format::Docx, &file);
                    let _ = read::draft_text(&file);
                });
            }
            Some("bib") => {
                add(&path, &bytes, "BibTeX", |bytes| check_draft(draft::Format::Tex, bytes, ListFormat::Bibtex));
            }
            Some("ris") => add(&path, &bytes, "RIS", |bytes| check_draft(draft::Format::Plain, bytes, ListFormat::Ris)),
            Some("json") => {
                add(&path, &bytes, "CSL", |bytes| check_draft(draft::Format::Plain, bytes, ListFormat::CslJson));
            }
            _ => {}
        }
        add(&path, &bytes, "a file", |bytes| _ = read::given("file", bytes));
    }
    if let Some(folder) = shared::shared("fixtures") {
        for path in files(&folder.join("arxiv_html")) {
            add(&path, &fs::read(&path).unwrap(), "HTML", |bytes| read_as(Format::Html, bytes));
        }
        for path in files(&folder.join("jats_fulltext")) {
            add(&path, &fs::read(&path).unwrap(), "JATS", |bytes| read_as(Format::Jats, bytes));
        }
        for path in files(&folder.join("arxiv_src")) {
            let bytes = fs::read(&path).unwrap();
            add(&path, &bytes, "a package", |bytes| read_as(Format::Tex, bytes));
            add(&path, &unpacked(&bytes), "a tar archive", |bytes| read_as(Format::Tex, bytes));
        }
    }
    for path in files(&runs_folder()) {
        let runs = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        seeds.push(Seed { name: format!("{}", path.file_name().unwrap().display()), what: What::Runs(runs) });
    }
    seeds
}

/// Files of a folder by name; none where there is no such folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// Where `npm run fuzz` puts what pdf.js finds in PDFs.
fn runs_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("pdf-runs")
}

/// The main part of a word processor's document with a text's lines as paragraphs.
fn document_of(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text).replace('&', "&amp;").replace('<', "&lt;");
    let paragraph =
        |line: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>{line}</w:t></w:r></w:p>");
    let body: String = text.lines().map(paragraph).collect();
    format!(
        "<w:document xmlns:w=\"w\"><w:body>{body}<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>"
    )
    .into_bytes()
}

/// What a gzip file packs, whose header has a name or nothing beyond its ten bytes.
fn unpacked(file: &[u8]) -> Vec<u8> {
    let name = if file[3] & 8 == 0 { 0 } else { file[10..].iter().position(|&byte| byte == 0).unwrap() + 1 };
    miniz_oxide::inflate::decompress_to_vec(&file[10 + name..]).unwrap()
}

/// Time that this thread has had the processor; the clock's where the system does not tell.
fn busy(started: Instant) -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| started.elapsed(), Duration::from_nanos)
}

/// The most that the process has held, in bytes, where the system tells.
fn most_held() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

/// Which copy is being read, its bytes, and since when: for whoever watches.
static CURRENT: Mutex<Option<(String, Vec<u8>, Instant)>> = Mutex::new(None);

/// Ends the process with the name of a copy that has no end.
fn watch() {
    thread::spawn(|| {
        loop {
            thread::sleep(Duration::from_secs(1));
            let current = CURRENT.lock().unwrap();
            if let Some((name, bytes, since)) = &*current
                && since.elapsed() > ENDLESS
            {
                eprintln!("{name} has no end: {}", kept(bytes).display());
                std::process::exit(1);
            }
        }
    });
}

/// Writes down a copy that was in trouble, and says where.
fn kept(bytes: &[u8]) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{}", bytes.len()));
    fs::write(&file, bytes).unwrap();
    file
}

/// Reads one copy; what is wrong with how it was read.
fn trouble(seed: &Seed, number: u64) -> Option<String> {
    let mut random = Random(number);
    let copy = match &seed.what {
        What::Bytes(bytes, read) => What::Bytes(changed(bytes, &mut random), *read),
        What::Runs(document) => What::Runs(changed_runs(document, &mut random)),
    };
    let name = format!("{}, copy {number}", seed.name);
    let started = Instant::now();
    *CURRENT.lock().unwrap() = Some((name.clone(), copy.bytes(), started));
    let held = most_held();
    let before = busy(started);
    let read = catch_unwind(AssertUnwindSafe(|| copy.read()));
    let took = busy(started).saturating_sub(before);
    let bytes = CURRENT.lock().unwrap().take().map_or_else(Vec::new, |(_, bytes, _)| bytes);
    let is_large = held.is_some_and(|held| held < MOST_MEMORY) && most_held().is_some_and(|held| held >= MOST_MEMORY);
    let trouble = match read {
        Err(_) => "panics".to_owned(),
        Ok(()) if took > LONGEST => format!("takes {:.1} s", took.as_secs_f32()),
        Ok(()) if is_large => format!("takes the process beyond {MOST_MEMORY} bytes"),
        Ok(()) => return None,
    };
    Some(format!("{name} {trouble}: {}", kept(&bytes).display()))
}

#[test]
fn no_changed_document_breaks_a_reader() {
    let minutes: Option<u64> = env::var("PROBATUM_FUZZ_MINUTES").ok().map(|given| given.parse().unwrap());
    let seeds = seeds();
    watch();
    let (started, mut copies, mut troubles) = (Instant::now(), 0, Vec::new());
    let begun = busy(started);
    let goes_on = |number: u64| match minutes {
        None => number < COPIES,
        Some(minutes) => busy(started).saturating_sub(begun) < Duration::from_secs(60 * minutes),
    };
    for number in (0..).take_while(|&number| goes_on(number)) {
        for seed in &seeds {
            troubles.extend(trouble(seed, number).inspect(|trouble| println!("{trouble}")));
            copies += 1;
        }
        if number % 100 == 99 {
            println!("{copies} copies in {:.0} s", (busy(started) - begun).as_secs_f32());
        }
    }
    let held = most_held().map_or_else(String::new, |held| format!(", at most {} MB held", held >> 20));
    println!(
        "{copies} copies of {} documents in {:.0} s of the processor{held}",
        seeds.len(),
        (busy(started) - begun).as_secs_f32()
    );
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
}
