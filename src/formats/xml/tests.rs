//! Tests of the XML readers with damaged, endless and malicious input.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::reader::root_element;
use super::testing::{self, read_all};
use super::{acl, atom, dblp, oai_pmh, pubmed, rss};
use crate::formats::input::lines::MAX_LINE;

fn titles(text: &str) -> (Vec<String>, Vec<String>) {
    let (drafts, reasons) = read_all(atom::read, text.as_bytes());
    (drafts.into_iter().map(|it| it.title).collect(), reasons)
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&it| it.to_owned()).collect()
}

#[test]
fn a_malformed_element_costs_its_record() {
    let feed = "<feed>\n<entry><title>A</title></entry>\n<entry><title>B<i></title></entry>
<entry><title>C</title></b></entry>\n<entry><title>D</title>\n<entry><title>E &no; & R&D</title></entry>
<entry><title>if x < y</title></entry></feed>";
    let reasons = [
        "3: <i> not closed", "4: unexpected </b>", "5: record not closed",
        "7: unescaped `<` in text",
    ];
    assert_eq!(titles(feed), (owned(&["A", "E &no; & R&D"]), owned(&reasons)));
}

#[test]
fn where_the_xml_breaks_off_one_defect_says_so() {
    for (end, reason) in [
        ("", "3: XML ends early: <feed> not closed"),
        (
            "<entry>\n<title>B",
            "4: XML ends early: <title> not closed; the record in line 3 is lost",
        ),
        ("<!X>", "3: XML ends early: syntax error: unknown or missed symbol in markup"),
    ] {
        let feed = format!("<feed>\n<entry><title>A</title></entry>\n{end}");
        assert_eq!(titles(&feed), (owned(&["A"]), owned(&[reason])));
    }
    assert!(titles("<feed></feed>").1.is_empty());
}

#[test]
fn no_record_before_a_cut_is_lost() {
    let feed = "<?xml version=\"1.0\"?><!DOCTYPE feed [<!ENTITY a \"b\">]><feed xmlns:x='y'><!-- c -->
        <entry><title type='html'>A &amp; b&#233;</title></entry><entry><title><![CDATA[B]]></title></entry></feed>";
    let ends: Vec<usize> = feed.match_indices("</entry>").map(|(at, it)| at + it.len()).collect();
    for cut in 0..=feed.len() {
        let whole = ends.iter().filter(|&&end| end <= cut).count();
        let (drafts, reasons) = read_all(atom::read, &feed.as_bytes()[..cut]);
        assert_eq!(drafts.len(), whole, "{cut}");
        assert_eq!(reasons.len(), usize::from(cut < feed.len()), "{cut}");
    }
}

#[test]
fn a_file_cut_anywhere_gives_the_papers_that_it_still_has() {
    for (read, file) in [
        (
            acl::read as testing::ReadFn,
            &include_bytes!("../../../tests/formats/samples/acl.xml")[..],
        ),
        (atom::read, include_bytes!("../../../tests/formats/samples/atom.xml")),
        (dblp::read, include_bytes!("../../../tests/formats/samples/dblp.xml")),
        (oai_pmh::read, include_bytes!("../../../tests/formats/samples/oai.xml")),
        (pubmed::read, include_bytes!("../../../tests/formats/samples/pubmed.xml")),
        (rss::read, include_bytes!("../../../tests/formats/samples/rss.xml")),
    ] {
        let whole = read_all(read, file).0;
        let mut papers_before = 0;
        for cut in 0..=file.len() {
            let papers = read_all(read, &file[..cut]).0;
            assert!(papers.len() >= papers_before && whole.starts_with(&papers), "{cut}");
            papers_before = papers.len();
        }
        assert_eq!(papers_before, whole.len());
    }
}

#[test]
fn entities_that_are_declared_are_not_expanded() {
    let mut feed = String::from("<!DOCTYPE lolz [<!ENTITY lol \"lol\">");
    for at in 1..30 {
        let _ = write!(feed, "<!ENTITY lol{at} \"{}\">", format!("&lol{};", at - 1).repeat(10));
    }
    feed += "]><feed><entry><title>&lol29;</title></entry></feed>";
    assert_eq!(titles(&feed), (owned(&["&lol29;"]), vec![]));
}

#[test]
fn what_nests_without_end_costs_its_record_and_no_stack() {
    for piece in ["<entry>", "<a>", "<a xmlns:b='c'><b:a>", "<![CDATA[", "<!--", "&", "<", "</a>"] {
        let feed = format!("<feed><entry><title>A</title></entry><entry>{}", piece.repeat(100_000));
        let (titles, reasons) = titles(&feed);
        assert_eq!(titles, ["A"], "{piece}");
        assert!(!reasons.is_empty(), "{piece}");
    }
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let feed = format!("<feed><entry>{deep}</entry><entry><title>A</title></entry></feed>");
    assert_eq!(titles(&feed), (owned(&["A"]), owned(&["1: elements nested too deeply"])));
}

#[test]
fn a_megabyte_on_a_line_is_read_and_what_is_too_long_is_not() {
    let entry = |len: usize| format!("<entry><title>{}</title></entry>", "x".repeat(len));
    let feed = format!("<feed>{}</feed>", entry(1 << 20));
    assert_eq!(titles(&feed).0[0].len(), 1 << 20);
    let feed = format!("<feed>{}{}", entry(1), entry(MAX_LINE));
    let reason = "1: XML ends early: text too long; the record in line 1 is lost";
    assert_eq!(titles(&feed), (owned(&["x"]), owned(&[reason])));
    let text = "<a>x</a>".repeat(MAX_LINE / 100);
    let feed = format!("<feed><entry>{text}</entry>{}</feed>", entry(1));
    assert_eq!(titles(&feed), (owned(&["x"]), owned(&["1: record too long"])));
}

#[test]
fn an_unknown_encoding_is_told() {
    let feed =
        "<?xml version='1.0' encoding='KOI8-R'?><feed><entry><title>A</title></entry></feed>";
    let reason = "1: unknown encoding KOI8-R; some characters may be lost";
    assert_eq!(titles(feed), (owned(&["A"]), owned(&[reason])));
}

#[test]
fn formulas_are_read_out() {
    for (math, text) in [
        ("<tex-math>$x$</tex-math>", "$x$"),
        ("<tex-math>x^2</tex-math>", "$x^2$"),
        (
            "<m:math xmlns:m='http://www.w3.org/1998/Math/MathML'><m:msup><m:mi>x</m:mi><m:mn>2</m:mn></m:msup></m:math>",
            "x²",
        ),
        ("<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>", "a/b"),
        (
            "<math><semantics><mi>q</mi><annotation encoding='application/x-tex'>\\alpha</annotation></semantics></math>",
            "$\\alpha$",
        ),
        ("10<sup>-3</sup> x<sub>max</sub> y<sub>♥</sub>", "10⁻³ xₘₐₓ y♥"),
        ("one<br/>two", "one two"),
    ] {
        let feed = format!("<feed><entry><title>{math}</title></entry></feed>");
        assert_eq!(titles(&feed), (owned(&[text]), vec![]));
    }
}

#[test]
fn the_root_tells_the_format() {
    assert_eq!(
        root_element("<?xml version='1.0'?><!-- a --><!DOCTYPE a [<!ENTITY b 'c'>]>\n<x:y z="),
        None
    );
    assert_eq!(root_element("<!-- a --><x:y z='1'><b>").as_deref(), Some("y"));
    assert_eq!(root_element("text <a>"), None);
    assert!(acl::matches_head("<collection id='1'><volume id='1'>"));
    assert!(!acl::matches_head("<collection><record>"));
    assert!(atom::matches_head("<feed xmlns='http://www.w3.org/2005/Atom'>"));
    assert!(dblp::matches_head("<dblp>"));
    assert!(oai_pmh::matches_head("<OAI-PMH>"));
    assert!(pubmed::matches_head("<PubmedArticleSet>"));
    assert!(rss::matches_head("<rss version='2.0'>") && !rss::matches_head("<rdf:RDF>"));
}

proptest! {
    #[test]
    fn any_tags_are_papers_or_defects(pieces in proptest::collection::vec(proptest::sample::select(vec![
        "<feed>", "<entry>", "</entry>", "<item>", "</item>", "<record>", "</record>", "<title>", "A", "</title>", "<i>",
        "</i>", "<metadata>", "<dc>", "<paper id='1'>", "</paper>", "<meta>", "</meta>", "<article key='a'>", "</article>",
        "<PubmedArticle>", "<MedlineCitation>", "<Article>", "<sub>2", "</sub>", "<math>", "<msup>", "&", "&amp;", "&#0;",
        "&#xD800;", "<", ">", "\"", "'", "=", "<a b='c' d", "]]>", "<![CDATA[", "-->", "<?xml encoding='latin1'?>", "\u{e9}", "\n",
        "<year>2020", "<br/>", "<x:title xmlns:x='y'>", "<author><name>", "&lt;p&gt;", "&lt;sub&gt;", "&lt;/sup&gt;", "arXiv:",
    ]), 0..40)) {
        let text = pieces.concat();
        for read in [acl::read, atom::read, dblp::read, oai_pmh::read, pubmed::read, rss::read] {
            let (drafts, reasons) = read_all(read, text.as_bytes());
            let is_whole = text.contains("</") || text.contains("/>");
            prop_assert!(!drafts.is_empty() || !reasons.is_empty() || is_whole);
        }
    }
}
