use crate::{paper, read, source, text, verify};
#[test]
fn probe() {
    let Ok(input) = std::fs::read_to_string("/tmp/faults/probe.txt") else { return };
    for line in input.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
        let (cmd, rest) = line.split_once('\t').unwrap_or((line, ""));
        let args: Vec<&str> = rest.split('\t').collect();
        let a = |i: usize| args.get(i).copied().unwrap_or("");
        let out = match cmd {
            "q" => text::quantities(a(0)).iter().map(|q| format!("{:?}={} {:?} {:?} {:?}", q.span.of(a(0)), q.value, q.measure, q.bound, q.role)).collect::<Vec<_>>().join(" ; "),
            "n" => format!("{:?} | {:?}", verify::signals(a(0), a(1)).iter().map(|s| format!("{}:{}", s.name, s.kind)).collect::<Vec<_>>(), verify::signals(a(1), a(0)).iter().map(|s| format!("{}:{}", s.name, s.kind)).collect::<Vec<_>>()),
            "s" => text::sentences(a(0)).iter().map(|s| s.of(a(0))).collect::<Vec<_>>().join(" ⏎ "),
            "norm" => text::normalize(a(0)),
            "m" => format!("{:?}", source::markup::plain(a(0))),
            "ma" => format!("{:?}", source::markup::abstract_text(a(0))),
            "tex" => text::without_tex(a(0)),
            "f" => text::formula::inline(a(0)),
            "t" => text::terms(a(0)).join(" "),
            "doi" => format!("{:?} {:?}", paper::identifier::doi(a(0)), paper::identifier::arxiv_id(a(0))),
            "nt" => format!("{:?}", paper::Notice::of_title(a(0))),
            "na" => format!("{:?}", paper::Notice::of_abstract(a(0))),
            "nk" => format!("{:?}", paper::Notice::of_kind(a(0))),
            "u" => text::unescape(a(0)).into_owned(),
            "html" => match read::arxiv_html::sections(a(0)) { Ok(s) => s.iter().map(|s| format!("[{}] {}", s.heading, s.passages.iter().map(|p| p.text.clone()).collect::<Vec<_>>().join(" ¶ "))).collect::<Vec<_>>().join(" || "), Err(e) => e.to_string() },
            "w" => {
                let p = |i: usize, id: &str| { let f: Vec<&str> = a(i).split('|').collect(); let g = |k: usize| f.get(k).copied().unwrap_or("");
                    let doi = if g(4).is_empty() { id.to_owned() } else { g(4).to_owned() };
                    paper::Paper { id: paper::PaperId(format!("doi:{doi}")), title: g(0).into(), authors: g(1).split(';').filter(|s| !s.is_empty()).map(str::to_owned).collect(), year: g(2).parse().ok(), abstract_text: (!g(3).is_empty()).then(|| g(3).to_owned()), doi: Some(doi), url: "https://e.org/".into(), sources: vec![paper::SourceId::Openalex], ..Default::default() } };
                let (x, y) = (p(0, "10.1/a"), p(1, "10.2/b"));
                format!("same_work={} merged={}", paper::same_work(&x, &y), paper::merge(vec![x.clone(), y.clone()]).iter().map(|p| format!("{} {:?} {:?} {:?}", p.id.0, p.title, p.authors, p.year)).collect::<Vec<_>>().join(" & "))
            }
            _ => "?".into(),
        };
        println!("{cmd}\t{}\n    → {out}", args.join(" ‖ "));
    }
}
