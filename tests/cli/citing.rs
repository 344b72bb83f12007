//! `offprint cite`, citation styles and custom templates.

use super::place;

const BEE: &str = "Memory in the brain of a bee";

#[test]
fn a_paper_is_cited_by_key_identifier_and_full_title() {
    let (place, papers) = place();
    let printed = |what: &str| place.run(&["cite", what, "--in", &papers]).printed();
    for what in ["muller2021brain", "2101.00001", "10.1000/b.m", "Brain Memory", "brain-memory."] {
        assert!(printed(what).starts_with("Müller, E., & Ito, E. (2021). Brain memory"), "{what}");
    }
    let ran = place.run(&["cite", BEE, "--in", &papers, "--style", "mla"]);
    assert_eq!(ran.output, "Roe, Kim. “Memory in the Brain of a Bee.” 2019.\n");
    let list = place.run(&["cite", "muller2021brain", BEE, "--in", &papers, "--style", "ieee"]);
    assert_eq!(list.output.lines().count(), 2);
    assert!(
        list.output.starts_with("[1] E. Müller and E. Ito, “Brain memory,”"),
        "{}",
        list.output
    );
}

#[test]
fn a_file_may_be_named_before_the_paper_as_well_as_by_in() {
    let (place, papers) = place();
    for arguments in [["cite", &papers, BEE, "--as=key"], ["cite", BEE, &papers, "--as=key"]] {
        assert_eq!(place.run(&arguments).printed(), "roe2019memory\n", "{arguments:?}");
    }
    let piped = place.run_with(&["cite", "-", BEE, "--as", "key"], super::PAPERS.as_bytes());
    assert_eq!(piped.printed(), "roe2019memory\n");
    let said = place.run(&["cite", &papers]).failed();
    assert!(said.contains("no paper named besides") && said.contains(&papers), "{said}");
    // With `--in`, an argument names a paper even if a file has that name.
    place.file("brain-memory", "");
    let ran = place.run(&["cite", "brain-memory", "--in", &papers, "--as", "key"]);
    assert_eq!(ran.printed(), "muller2021brain\n");
}

#[test]
fn the_bibliography_of_the_configuration_is_looked_in_and_its_keys_win() {
    let (place, papers) = place();
    place.file(
        "config/offprint/refs.bib",
        "@book{mine, title = {Weaving Rooms}, author = {Bo Lo}}
        @misc{bees, title = {Memory in the brain of a bee}, author = {Roe, Kim}, year = 2019}",
    );
    let names = "bibliography = [\"refs.bib\"]";
    place.file("config/offprint/config.toml", names);
    let cited = place.run(&["cite", "mine", "--as", "cite"]).printed();
    assert_eq!(cited, "\\cite{mine}\n");
    let cited = place.run(&["cite", &papers, "bees", "--as", "key"]).printed();
    assert_eq!(cited, "bees\n");
    // The built-in papers can be cited too.
    let cited = place.run(&["cite", "2501.02950", "--as", "key"]).printed();
    assert_eq!(cited, "gershman2025keyvalue\n");
}

#[test]
fn an_inexact_or_ambiguous_name_is_an_error_that_lists_candidates() {
    let (place, papers) = place();
    for (name, why) in [
        ("bee", "\"bee\" matches no paper exactly "),
        ("brain", "\"brain\" matches several papers "),
    ] {
        let ran = place.run(&["cite", name, "--in", &papers]);
        assert_eq!((ran.code, ran.output.as_str()), (2, ""), "{name}");
        assert!(ran.errors.starts_with(&format!("offprint: {why}")), "{}", ran.errors);
        assert!(ran.errors.contains("\n  roe2019memory  Memory in the brain of a bee (2019)\n"));
    }
    let ran = place.run(&["cite", "muller2021", "--in", &papers]);
    assert_eq!(ran.code, 2);
    assert!(ran.errors.contains("  muller2021brain  Brain memory (2021)\n"), "{}", ran.errors);
    let twins =
        place.file("twins.bib", "@book{twin, title = {On One}}\n@book{twin, title = {On Two}}");
    let ran = place.run(&["cite", "twin", "--in", &twins]);
    assert_eq!((ran.code, ran.output.as_str()), (2, ""));
    assert!(ran.errors.contains("On One") && ran.errors.contains("On Two"), "{}", ran.errors);
}

#[test]
fn what_is_not_found_is_named_and_the_rest_is_cited() {
    let (place, papers) = place();
    let ran = place.run(&["cite", "zzqxjk", BEE, "--in", &papers]);
    assert_eq!(ran.code, 1);
    assert!(ran.output.starts_with("Roe, K. (2019)."), "{}", ran.output);
    assert!(ran.errors.contains("\"zzqxjk\": no such citation key, identifier or title"));
}

#[test]
fn a_style_of_ones_own_is_used_and_a_wrong_one_is_named() {
    let (place, papers) = place();
    let csl = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
        <info><title>Mine</title><id>mine</id><updated>2026-01-01T00:00:00+00:00</updated></info>
        <citation><layout><text variable="title"/></layout></citation>
        <bibliography><layout><text variable="title" prefix="* "/></layout></bibliography></style>"#;
    let mine = place.file("mine.csl", csl);
    let printed = place.run(&["cite", BEE, "--in", &papers, "--style", &mine]).output;
    assert_eq!(printed, "* Memory in the brain of a bee\n");
    let broken = place.file("broken.csl", "<style>");
    for (style, why) in [("pink", "unknown style"), (&broken, "broken.csl: ")] {
        let ran = place.run(&["cite", BEE, "--in", &papers, "--style", style]);
        assert_eq!(ran.code, 2);
        assert!(ran.errors.contains(why), "{}", ran.errors);
    }
}

#[test]
fn a_style_that_would_not_end_is_refused_in_one_line_and_by_its_name() {
    let (place, papers) = place();
    let style = |name: &str, macros: &str| {
        let csl = format!(
            r#"<style version="1.0" class="in-text"><info><title>T</title><id>t</id></info>{macros}
            <citation><layout><text macro="m0"/></layout></citation>
            <bibliography><layout><text macro="m0"/></layout></bibliography></style>"#
        );
        place.file(name, csl)
    };
    let calls = |at: usize, count: usize| format!(r#"<text macro="m{at}"/>"#).repeat(count);
    let body = |at: usize, body: &str| format!(r#"<macro name="m{at}">{body}</macro>"#);
    let doubling: String = (0..40).map(|at| body(at, &calls(at + 1, 2))).collect();
    let groups = "<group>".repeat(20_000) + &"</group>".repeat(20_000);
    let title = r#"<text variable="title"/>"#;
    for (name, macros, why) in [
        ("self.csl", body(0, &calls(0, 1)), "macro \"m0\" calls itself"),
        ("ring.csl", body(0, &calls(1, 1)) + &body(1, &calls(0, 1)), "calls itself"),
        ("deep.csl", body(0, &groups), "nested more than"),
        ("double.csl", doubling + &body(40, title), "too many nested macro calls"),
    ] {
        let style = style(name, &macros);
        let cite = place.run(&["cite", BEE, "--in", &papers, "--style", &style]).failed();
        assert!(cite.contains(name) && cite.contains(why), "{cite}");
        let keys = format!(":style {style}<Enter>:q<Enter>");
        let screen = place.run(&["--keys", &keys, "--screen", "--size", "200x20", &papers]);
        assert_eq!(screen.code, 0, "{}", screen.errors);
    }
    let usual = style("usual.csl", &body(0, title));
    let printed = place.run(&["cite", BEE, "--in", &papers, "--style", &usual]).printed();
    assert_eq!(printed, format!("{BEE}\n"));
}

#[test]
fn a_letter_a_stays_a_capital_and_titles_of_bibtex_are_lowered_where_a_style_wants_it() {
    let place = super::Place::new();
    let bib = place.file(
        "a.bib",
        "@article{v, author={Moss, Ada}, title={Stores Of Vitamin {A} In {Eels}: a Survey}, \
         journal={Marine Letters A}, volume={4}, pages={7--9}, year={2003}}\n\
         @article{h, author={Reed, Bo}, title={{Water Boards}}, journal={Acta Aquatica A}, year={2004}}\n",
    );
    let csl = place.file(
        "b.json",
        r#"[{"id": "t", "type": "article-journal", "title": "Of <span class=\"nocase\">eelNet</span> and type A locks",
        "author": [{"family": "Moss", "given": "Ada"}], "issued": {"date-parts": [[2005]]}}]"#,
    );
    for (file, key, style, expected) in [
        (
            &bib,
            "v",
            "apa",
            "Moss, A. (2003). Stores of vitamin A in Eels: A survey. Marine Letters A, 4, 7–9.\n",
        ),
        (
            &bib,
            "v",
            "chicago",
            "Moss, Ada. 2003. “Stores of Vitamin A in Eels: A Survey.” Marine Letters A 4: 7–9.\n",
        ),
        (
            &bib,
            "v",
            "mla",
            "Moss, Ada. “Stores of Vitamin A in Eels: A Survey.” Marine Letters A, vol. 4, 2003, pp. 7–9.\n",
        ),
        (&bib, "h", "apa", "Reed, B. (2004). Water Boards. Acta Aquatica A.\n"),
        (&csl, "t", "apa", "Moss, A. (2005). Of eelNet and type A locks.\n"),
        (&csl, "t", "mla", "Moss, Ada. Of eelNet and Type A Locks. 2005.\n"),
    ] {
        let printed = place.run(&["cite", key, "--in", file, "--style", style]).printed();
        assert_eq!(printed, expected);
    }
    let bibtex = place.run(&["convert", &csl, "--to", "bibtex"]).printed();
    assert!(bibtex.contains("{Of {eelNet} and type {A} locks}"), "{bibtex}");
}

#[test]
fn keys_follow_the_pattern_of_the_configuration_or_of_the_command_line() {
    let (place, papers) = place();
    let config = place.file("config.toml", "citation-key = \"{auth}:{shortyear}\"");
    let run = |arguments: &[&str]| place.run(&[&["--config", &config], arguments].concat());
    assert_eq!(run(&["--filter", "bee", "--as", "key", &papers]).output, "Roe:19\n");
    assert_eq!(run(&["--filter", "key:roe:1", "--as", "title", &papers]).output.lines().count(), 1);
    let screen = run(&["--keys", "/bee<Enter>", "--screen", "--size", "120x20", &papers]).output;
    assert!(screen.contains("Roe:19"), "{screen}");
    let basket = run(&["--keys", "/bee<Enter>aByk", "--copied", &papers]).output;
    assert_eq!(basket, "Roe:19\n");
    let pattern = ["--key-pattern", "{title:2:abbr}{year}"];
    let filtered = run(&[&pattern[..], &["--filter", "bee", "--as", "key", &papers]].concat());
    assert_eq!(filtered.output, "Mb2019\n");
    let converted = run(&[&["convert", &papers, "--to", "bibtex"], &pattern[..]].concat());
    assert!(converted.output.contains("{Mb2019,"), "{}", converted.output);
    let cited = run(&[&["cite", "Mb2019", "--in", &papers, "--as", "key"], &pattern[..]].concat());
    assert_eq!(cited.output, "Mb2019\n");
    let wrong = run(&["--key-pattern", "{autor}", "--filter", "bee", &papers]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.errors.contains("--key-pattern: unknown field {autor} (fields of keys: "));
}

#[test]
fn a_template_prints_papers_and_a_wrong_field_is_named() {
    let (place, papers) = place();
    let run = |template: &str| place.run(&["--filter", "bee", "--template", template, &papers]);
    assert_eq!(
        run("{first-author}, {year}: {{{title}}}").output,
        "Roe, 2019: {Memory in the brain of a bee}\n"
    );
    let wrong = run("{titel}");
    assert_eq!(wrong.code, 2);
    assert!(wrong.errors.contains("unknown field {titel}: use title, authors"));
}

#[test]
fn a_key_that_was_given_out_is_printed_from_then_on() {
    let place = super::place().0;
    let paper = |year| {
        let fields = r#""title": "Deep quartz", "authors": ["Li Chen"], "doi": "10.1234/q""#;
        format!("{{{fields}, \"year\": {year}}}\n")
    };
    let before = place.file("before.jsonl", paper(2014));
    let after = place.file("after.jsonl", paper(2016));
    let library = place.path("state/library.db");
    let key = |arguments: &[&str]| place.run(&[arguments, &["--as", "key"]].concat()).printed();
    assert_eq!(key(&["--filter", "", &after]), "chen2016deep\n");
    assert!(!library.exists(), "printing makes no library");
    let named = library.to_str().unwrap();
    place.run(&["--library", named, "--keys", "yk", "--screen", &before]).printed();
    let kept = std::fs::read(&library).unwrap();
    assert_eq!(key(&["--filter", "", &after]), "chen2014deep\n");
    assert_eq!(key(&["--filter", "key:chen2014", &after]), "chen2014deep\n");
    assert_eq!(key(&["convert", &after]), "chen2014deep\n");
    for name in ["chen2014deep", "chen2016deep"] {
        assert_eq!(key(&["cite", name, "--in", &after]), "chen2014deep\n", "{name}");
    }
    let entry = place.run(&["convert", "--to", "biblatex", &after]).printed();
    assert!(entry.starts_with("@misc{chen2014deep,"), "{entry}");
    let tagged = place.run(&["convert", "--to", "ris", &after]).printed();
    assert!(tagged.contains("ID  - chen2014deep\n"), "{tagged}");
    // A pattern on the command line applies to this run only; a key from a file takes precedence.
    let pattern = ["--key-pattern", "{auth}:{year}"];
    assert_eq!(key(&[&["--filter", "", &after], &pattern[..]].concat()), "Chen:2016\n");
    let entry = "@article{mine, title={Deep quartz}, author={Chen, Li}, doi={10.1234/q}}";
    assert_eq!(key(&["--filter", "", &place.file("mine.bib", entry)]), "mine\n");
    assert_eq!(std::fs::read(&library).unwrap(), kept, "printing writes to no library");
    // Copying a citation does not mark the paper.
    let marked = place.run(&["marked"]);
    assert_eq!((marked.code, marked.output.as_str()), (0, ""), "{marked:?}");
}
