//! References as each style sets them, of papers of every kind, compared with what was checked
//! against the rules of the style.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::ops::ControlFlow;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use hayagriva::archive::ArchivedStyle;
use offprint::cite::{CiteStyle, Form, Press, Style, render};
use offprint::domain::{Corpus, PaperId, SegmentBuilder};
use offprint::formats::{detect, read};

fn papers() -> Corpus {
    let bytes = include_bytes!("references/papers.jsonl");
    let mut builder = SegmentBuilder::default();
    read(detect(bytes).unwrap(), &mut &bytes[..], &mut |it| {
        let draft = it.unwrap();
        builder.push(&draft);
        ControlFlow::Continue(())
    })
    .unwrap();
    let mut corpus = Corpus::default();
    corpus.push(builder.seal());
    corpus
}

/// Every paper for itself, in the order of the file, and then the HTML of one and a list of three.
fn set(name: &str, press: &Press) -> String {
    let corpus = papers();
    let style = CiteStyle {
        style: Style::named(name).unwrap(),
        press: press.clone(),
        ..CiteStyle::default()
    };
    let ids: Vec<PaperId> = corpus.papers().map(|(id, _)| id).collect();
    let mut text = String::new();
    for id in &ids {
        let reference = render(&corpus, &[*id], Form::Reference, &style);
        writeln!(text, "{}", reference.text).unwrap();
    }
    let list = render(&corpus, &[ids[29], ids[1], ids[0]], Form::Reference, &style);
    write!(text, "\nList:\n{}\n\nHTML:\n{}\n", list.text, list.html.unwrap()).unwrap();
    text
}

/// The styles and languages of the archive as they are packed: a line each.
fn archive() -> [(&'static str, String); 2] {
    let (mut styles, mut locales) = (String::new(), String::new());
    for style in ArchivedStyle::all() {
        writeln!(styles, "{}", serde_json::to_string(&style.get()).unwrap()).unwrap();
    }
    for locale in hayagriva::archive::locales() {
        let code = &locale.lang.as_ref().unwrap().0;
        writeln!(locales, "{code}\t{}", serde_json::to_string(&locale).unwrap()).unwrap();
    }
    [("styles", styles), ("locales", locales)]
}

/// `UPDATE_STYLES=1` packs them anew.
#[test]
fn what_is_packed_is_what_the_archive_has() {
    for (name, lines) in archive() {
        let path = format!("{}/src/cite/reference/{name}.jsonl.gz", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UPDATE_STYLES").is_some() {
            let mut packed = GzEncoder::new(File::create(&path).unwrap(), Compression::best());
            packed.write_all(lines.as_bytes()).unwrap();
            packed.finish().unwrap();
        }
        let mut packed = String::new();
        GzDecoder::new(File::open(path).unwrap()).read_to_string(&mut packed).unwrap();
        assert!(packed == lines, "{name}");
    }
}

#[test]
fn each_style_sets_papers_of_every_kind_as_its_rules_have_it() {
    let press = Press::default();
    for name in [
        "apa",
        "mla",
        "chicago",
        "chicago-notes",
        "ieee",
        "acm",
        "vancouver",
        "nature",
        "harvard",
        "acl",
    ] {
        insta::with_settings!({ snapshot_path => "references", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, set(name, &press));
        });
    }
}

#[test]
fn every_built_in_style_sets_every_paper() {
    let corpus = papers();
    let ids: Vec<PaperId> = corpus.papers().map(|(id, _)| id).collect();
    let press = Press::default();
    for style in Style::all() {
        let name = style.name().to_owned();
        let style = CiteStyle { style, press: press.clone(), ..CiteStyle::default() };
        let list = render(&corpus, &ids, Form::Reference, &style);
        assert_eq!((list.papers, list.lacking), (30, 0), "{name}");
        assert!(!list.text.contains("  "), "{name}");
        for id in &ids {
            let one = render(&corpus, &[*id], Form::Reference, &style);
            let title = corpus.get(*id).unwrap().title;
            assert_eq!(one.papers, 1, "{name}: {title}");
            assert!(!one.text.contains('\n'), "{name}: {title}");
        }
    }
}
