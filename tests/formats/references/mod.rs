//! References in each built-in style, of papers of every kind. The snapshots were checked against
//! the rules of the style.

mod pandoc;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use hayagriva::archive::ArchivedStyle;
use offprint::cite::{CiteOptions, OutputFormat, Style, StyleCache, render};
use offprint::domain::Corpus;
use offprint::formats::Format;
use proptest::prelude::*;

use crate::support::corpus::{corpus, drafts, ids};

fn papers() -> Corpus {
    corpus(&drafts(Format::Jsonl, include_bytes!("papers.jsonl")))
}

/// Each paper by itself in file order, then the HTML of one and a list of three.
fn set(name: &str, press: &StyleCache) -> String {
    let corpus = papers();
    let style = CiteOptions {
        style: Style::find(name).unwrap(),
        style_cache: press.clone(),
        ..CiteOptions::default()
    };
    let ids = ids(&corpus);
    let mut text = String::new();
    for id in &ids {
        let reference = render(&corpus, &[*id], OutputFormat::Reference, &style);
        writeln!(text, "{}", reference.text).unwrap();
    }
    let list = render(&corpus, &[ids[29], ids[1], ids[0]], OutputFormat::Reference, &style);
    write!(text, "\nList:\n{}\n\nHTML:\n{}\n", list.text, list.html.unwrap()).unwrap();
    text
}

/// The styles and locales of the archive in the packed form: one JSON line each.
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

/// `UPDATE_STYLES=1` packs the archive again.
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
    let press = StyleCache::default();
    for name in [
        "apa", "mla", "chicago", "chicago-notes", "ieee", "acm", "vancouver", "nature", "harvard",
        "acl",
    ] {
        insta::with_settings!({ snapshot_path => ".", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, set(name, &press));
        });
    }
}

#[test]
fn every_built_in_style_sets_every_paper() {
    let corpus = papers();
    let ids = ids(&corpus);
    let press = StyleCache::default();
    for style in Style::all() {
        let name = style.name().to_owned();
        let style = CiteOptions { style, style_cache: press.clone(), ..CiteOptions::default() };
        let list = render(&corpus, &ids, OutputFormat::Reference, &style);
        assert_eq!((list.papers, list.omitted), (30, 0), "{name}");
        assert!(!list.text.contains("  "), "{name}");
        for id in &ids {
            let one = render(&corpus, &[*id], OutputFormat::Reference, &style);
            let title = corpus.get(*id).unwrap().title;
            assert_eq!(one.papers, 1, "{name}: {title}");
            assert!(!one.text.contains('\n'), "{name}: {title}");
        }
    }
}

/// The body of a macro: nested elements with calls of any macro, including itself.
fn elements() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (0..12_u8).prop_map(|at| format!(r#"<text macro="m{at}"/>"#)),
        Just(r#"<text variable="title" text-case="title" quotes="true"/>"#.to_owned()),
        Just(r#"<text term="edition" form="symbol"/>"#.to_owned()),
        Just(r#"<date variable="issued" form="text"/>"#.to_owned()),
        Just(r#"<number variable="volume" form="ordinal"/><label variable="page"/>"#.to_owned()),
        Just(
            r#"<names variable="author editor"><name et-al-min="4294967295"/></names>"#.to_owned()
        ),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let some = proptest::collection::vec(inner, 1..4).prop_map(|it| it.concat());
        prop_oneof![
            some.clone().prop_map(|it| format!(r#"<group delimiter=", ">{it}</group>"#)),
            some.clone().prop_map(|it| format!(
                r#"<choose><if variable="title" type="book" match="any">{it}</if>
                <else-if is-numeric="volume">{it}</else-if><else>{it}</else></choose>"#
            )),
            some.prop_map(|it| format!(
                r#"<names variable="editor"><name/><substitute>{it}</substitute></names>"#
            )),
        ]
    })
}

/// Fragments of a style file that replace others.
fn piece() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "", "<group>", "</group>", "<choose>", "\"", ">", "&amp;", "&x;", "<!DOCTYPE a>",
        "<![CDATA[", "<locale><terms/></locale>", "<else/>", " macro=\"book\"", "-1",
        "99999999999999999999", "\u{e9}",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn macros_that_call_each_other_in_any_way_are_rendered_or_refused(
        bodies in proptest::collection::vec(elements(), 1..12),
    ) {
        let macros: Vec<String> = bodies
            .iter()
            .enumerate()
            .map(|(at, body)| format!(r#"<macro name="m{at}">{body}</macro>"#))
            .collect();
        let macros = macros.concat();
        let xml = format!(
            r#"<style version="1.0" class="in-text"><info><title>T</title><id>t</id></info>{macros}
            <citation><layout><text macro="m0"/></layout></citation><bibliography>
            <sort><key macro="m0"/></sort><layout><text macro="m0"/></layout></bibliography></style>"#
        );
        tried(&xml);
    }

    #[test]
    fn a_style_with_something_wrong_in_it_is_rendered_or_refused(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0..80_usize, piece()), 1..5),
    ) {
        let mut xml = include_str!("../../../src/cite/reference/acl.csl").to_owned();
        for (at, length, piece) in changes {
            let at = at.index(xml.len());
            let start = xml.floor_char_boundary(at);
            let end = xml.floor_char_boundary((at + length).min(xml.len()));
            xml.replace_range(start..end.max(start), piece);
        }
        tried(&xml);
    }
}

/// A style is either rejected with a reason on one line, or formats papers.
fn tried(xml: &str) {
    match Style::from_xml("mine.csl", xml) {
        Err(why) => assert!(why.starts_with("mine.csl: ") && !why.contains('\n'), "{why}"),
        Ok(style) => {
            let corpus = papers();
            let ids = &ids(&corpus)[..6];
            let style = CiteOptions { style, ..CiteOptions::default() };
            let set = render(&corpus, ids, OutputFormat::Reference, &style);
            assert_eq!(set.papers + set.omitted, ids.len());
        }
    }
}
