//! The inbox: what is followed, what has come, and what it costs.

use std::fs;
use std::sync::Mutex;

use super::BIBTEX;
use crate::support::program::Place;
use crate::support::server::{PlayedReply, ReceivedRequest, Server};

/// The first paper of [`BIBTEX`] as a preprint of arXiv, and two others, as arXiv announces them.
const FEED: &str = "<rss xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
    xmlns:arxiv=\"http://arxiv.org/schemas/atom\"><channel><title>cs.CL updates</title>\
    <item><title>Snow on Slopes</title><link>https://arxiv.org/abs/2101.00001</link>\
    <description>arXiv:2101.00001v1 Announce Type: new \nAbstract: It falls.</description>\
    <guid isPermaLink=\"false\">oai:arXiv.org:2101.00001v1</guid><category>cs.CL</category>\
    <arxiv:announce_type>new</arxiv:announce_type><dc:creator>Ada Moss</dc:creator></item>\
    <item><title>Rain on Roofs</title><link>https://arxiv.org/abs/2611.00002</link>\
    <description>arXiv:2611.00002v1 Announce Type: cross \nAbstract: It drums.</description>\
    <guid isPermaLink=\"false\">oai:arXiv.org:2611.00002v1</guid><category>cs.LG</category>\
    <arxiv:announce_type>cross</arxiv:announce_type><dc:creator>Bo Reed</dc:creator></item>\
    <item><title>Ice in Caves</title><link>https://arxiv.org/abs/2511.00003</link>\
    <description>arXiv:2511.00003v2 Announce Type: replace \nAbstract: It stays.</description>\
    <guid isPermaLink=\"false\">oai:arXiv.org:2511.00003v2</guid><category>cs.CL</category>\
    <arxiv:announce_type>replace</arxiv:announce_type><dc:creator>Cy Holt</dc:creator></item>\
    </channel></rss>";

/// The reply of arXiv to a question about papers that it does not have.
const NO_ENTRY: &str = "<feed xmlns=\"http://www.w3.org/2005/Atom\" \
    xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\"><title>arXiv Query</title>\
    <opensearch:totalResults>0</opensearch:totalResults></feed>";

/// Plays the file, the feed, and a page that is down.
fn play(request: &ReceivedRequest) -> PlayedReply {
    match request.path.as_str() {
        "/refs.bib" => PlayedReply::ok(BIBTEX),
        "/feed.xml" => PlayedReply::ok(FEED),
        _ => PlayedReply::new(404, "no such page"),
    }
}

/// A home in which these pages of the server are followed, a line each.
fn following(server: &Server, lines: &[&str]) -> Place {
    let place = Place::new();
    let url = server.url();
    let lines: Vec<String> = lines.iter().map(|it| format!("{url}{it}\n")).collect();
    place.file("config/offprint/follow", lines.concat());
    place
}

/// The lines of a file of the inbox.
fn lines(place: &Place, name: &str) -> Vec<serde_json::Value> {
    let path = place.path(&format!("home/data/offprint/inbox/{name}"));
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

/// The titles in a file of the inbox.
fn titles(place: &Place, name: &str) -> Vec<String> {
    lines(place, name).iter().map(|it| it["title"].as_str().unwrap().to_owned()).collect()
}

fn paths(server: &Server) -> Vec<String> {
    let mut paths = server.paths();
    paths.sort();
    paths
}

#[test]
fn a_source_is_followed_after_one_request_and_unfollowed_with_all_other_bytes_kept() {
    let server = Server::start(play);
    let place = Place::new();
    let (file, feed) = (format!("{}/refs.bib", server.url()), format!("{}/feed.xml", server.url()));
    let before = "# mine\n\nwhat is this\n";
    place.file("config/offprint/follow", before);
    let ran =
        place.run(&["follow", &file, "--as", "weather", "--where", "snow | fog", "--keep", "2w"]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert!(ran.output.contains("as weather: 2 papers"), "{}", ran.output);
    assert!(ran.errors.contains("follow: line 3: what is this: no address"), "{}", ran.errors);
    let followed = || fs::read_to_string(place.path("config/offprint/follow")).unwrap();
    let line = format!("{file} as weather where 'snow | fog' keep 14d\n");
    assert_eq!(followed(), format!("{before}{line}"));
    assert_eq!(server.paths(), ["/refs.bib"]);
    let ran = place.run(&["follow", &feed]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    let list = place.run(&["follow"]).output;
    assert!(list.contains("weather") && list.contains("not fetched yet"), "{list}");
    assert_eq!(place.run(&["unfollow", "weathre"]).code, 2);
    assert_eq!(place.run(&["unfollow", "weather"]).code, 0);
    assert_eq!(followed(), format!("{before}{feed}\n"));
}

#[test]
fn what_cannot_be_followed_is_refused_with_the_reason() {
    let server = Server::start(play);
    let place = Place::new();
    let gone = format!("{}/gone", server.url());
    let file = format!("{}/refs.bib", server.url());
    for (arguments, reason) in [
        (&["follow", "2501.02950"][..], "a single paper cannot be followed"),
        (&["follow", "refs.bib"], "files are not followed"),
        (&["follow", "arxv:cs.CL"], "did you mean `arxiv:cs.CL`?"),
        (&["follow", &gone], "; not followed"),
        (&["follow", &file, "--as", "a/b"], "--as a/b: no name"),
        (&["follow", &file, "--keep", "long"], "--keep long: no time"),
        (&["update"], "nothing is followed"),
        (&["unfollow", "x"], "x: not followed"),
        (&["inbox"], "the inbox is empty"),
    ] {
        let message = place.run(arguments).failed();
        assert!(message.contains(reason), "{arguments:?}: {message}");
    }
    assert!(!place.path("config/offprint/follow").exists());
    place.run(&["follow", &file, "--as", "bib"]).printed();
    let message = place.run(&["follow", &file]).failed();
    assert!(message.contains("already followed as bib"), "{message}");
    let message = place.run(&["follow", &format!("{}/feed.xml", server.url()), "--as", "BIB"]);
    assert!(message.failed().contains("the name of"));
}

#[test]
fn a_paper_comes_once_over_all_sources_and_has_the_names_of_all() {
    let server = Server::start(play);
    let place = following(&server, &["/refs.bib as bib", "/feed.xml as feed"]);
    let ran = place.run(&["update", "bib"]);
    let url = server.url().replace("http://", "");
    assert_eq!(ran.printed(), format!("{url}/refs.bib: 2 new\n"));
    assert_eq!(place.run(&["update"]).printed().lines().count(), 2);
    assert_eq!(titles(&place, "bib.jsonl"), ["Snow on Slopes", "Fog in Valleys"]);
    let feed = lines(&place, "feed.jsonl");
    let facts = |at: usize| {
        (feed[at]["announcement"].as_str().unwrap(), feed[at]["origin"].as_str().unwrap())
    };
    assert_eq!(facts(0), ("new", "feed"));
    assert_eq!(facts(1), ("cross-listed", "feed"));
    assert_eq!(facts(2), ("replaced", "feed"));
    assert_eq!(feed[2]["version"], "2");
    let all = place.run(&["inbox", "--as", "jsonl"]).printed();
    assert_eq!(all.lines().count(), 4, "{all}");
    let snow = all.lines().find(|it| it.contains("Snow on Slopes")).unwrap();
    let snow: serde_json::Value = serde_json::from_str(snow).unwrap();
    assert_eq!(snow["origin"], "bib; feed");
    assert_eq!((&snow["arxiv_id"], &snow["year"]), (&"2101.00001".into(), &2021.into()));
    let of_feed = place.run(&["inbox", "feed", "--as", "title"]).printed();
    assert_eq!(of_feed.lines().count(), 3, "{of_feed}");
    let by_source = place.run(&["inbox", "--filter", "source:bib", "--as", "title"]).printed();
    assert_eq!(by_source.lines().count(), 2, "{by_source}");
    let list = place.run(&["follow"]).printed();
    assert!(list.contains("2 unread of 2, fetched ") && list.contains("3 unread of 3"), "{list}");
}

#[test]
fn nothing_new_costs_a_request_for_each_source_and_has_an_exit_code() {
    let server = Server::start(play);
    let place = following(&server, &["/refs.bib as bib", "/feed.xml as feed"]);
    let first = place.run(&["update"]).printed();
    assert!(
        first.contains("1 new, 1 cross-listed, 1 replaced") || first.contains("2 new"),
        "{first}"
    );
    let before = fs::read(place.path("home/data/offprint/inbox/bib.jsonl")).unwrap();
    let again = place.run(&["update"]);
    assert_eq!((again.code, again.errors.as_str()), (1, ""));
    assert_eq!(again.output.matches("nothing new").count(), 2, "{}", again.output);
    assert_eq!(paths(&server), ["/feed.xml", "/feed.xml", "/refs.bib", "/refs.bib"]);
    assert_eq!(fs::read(place.path("home/data/offprint/inbox/bib.jsonl")).unwrap(), before);
    let quiet = place.run(&["update", "--quiet", "bib"]);
    assert_eq!((quiet.code, quiet.output.as_str(), quiet.errors.as_str()), (1, "", ""));
    assert_eq!(place.run(&["update", "bob"]).code, 2);
}

#[test]
fn twenty_sources_without_news_cost_one_conditional_request_each() {
    let server = Server::start(|request| {
        let tag = format!("\"{}\"", request.path);
        if request.header("if-none-match") == Some(&tag) {
            return PlayedReply::new(304, "");
        }
        let title = request.path.split("q=word").nth(1).unwrap_or_default();
        let title = title.split('&').next().unwrap_or_default();
        let id = format!("2611.{:05}", title.parse::<u32>().unwrap_or_default());
        let body = format!("[{{\"paper\": {{\"id\": \"{id}\", \"title\": \"Paper {title}\"}}}}]");
        PlayedReply::ok(body).with_header("etag", &tag)
    });
    let place = super::place_with(&server, &["hugging-face"]);
    let lines: Vec<String> = (0..20).map(|it| format!("hf:word{it}\n")).collect();
    place.file("config/offprint/follow", lines.concat());
    let ran = place.run(&["update"]);
    assert_eq!((ran.code, server.paths().len()), (0, 20), "{ran:?}");
    let ran = place.run(&["update"]);
    assert_eq!((ran.code, server.paths().len()), (1, 40), "{ran:?}");
    let mut conditional: Vec<String> = server
        .received()
        .split_off(20)
        .into_iter()
        .map(|it| {
            assert!(it.header("if-none-match").is_some(), "{it:?}");
            it.path
        })
        .collect();
    conditional.sort();
    conditional.dedup();
    assert_eq!(conditional.len(), 20);
}

#[test]
fn a_source_that_is_down_leaves_the_others_working() {
    let server = Server::start(play);
    let place = following(&server, &["/gone as gone", "/refs.bib as bib"]);
    let ran = place.run(&["update"]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert!(ran.output.contains("/refs.bib: 2 new"), "{}", ran.output);
    assert!(ran.errors.contains("/gone: "), "{}", ran.errors);
    assert_eq!(titles(&place, "bib.jsonl").len(), 2);
    assert_eq!(place.run(&["update", "gone"]).code, 2);
    let quiet = place.run(&["update", "--quiet"]);
    assert_eq!((quiet.code, quiet.output.as_str()), (0, ""));
    assert!(quiet.errors.contains("/gone: "), "{}", quiet.errors);
}

#[test]
fn only_papers_that_match_the_filter_are_kept() {
    let server = Server::start(play);
    let place = following(&server, &["/refs.bib as bib where 'author:fen | title:sun'"]);
    place.run(&["update"]).printed();
    assert_eq!(titles(&place, "bib.jsonl"), ["Fog in Valleys"]);
    let typo = following(&server, &["/refs.bib as bib where snov"]);
    assert_eq!(typo.run(&["update"]).code, 1);
    assert_eq!(titles(&typo, "bib.jsonl"), Vec::<String>::new());
}

#[test]
fn old_papers_go_unless_they_are_marked_and_never_come_again() {
    let server = Server::start(play);
    let place = following(&server, &["/refs.bib as bib keep 90d"]);
    let old = |title: &str, author: &str, year: u16, day: &str| {
        let paper = serde_json::json!({
            "title": title, "authors": [author], "year": year, "listed": day, "origin": "bib",
        });
        format!("{paper}\n")
    };
    let line = [
        old("Snow on Slopes", "Moss, Ada", 2021, "2020-01-01"),
        old("Sun on Sand", "Lake, Di", 2020, "2020-01-01"),
        old("Wind", "Lake, Di", 2020, "2999-01-01"),
    ];
    let file = place.file("home/data/offprint/inbox/bib.jsonl", line.concat());
    let library = ["--library", "library.db"];
    let star = [&library[..], &["--keys", "/Sun<Enter>*", &file]].concat();
    let ran = place.run(&star);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    fs::create_dir_all(place.path("state")).unwrap();
    fs::copy(place.path("library.db"), place.path("state/library.db")).unwrap();
    let ran = place.run(&["update"]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert_eq!(titles(&place, "bib.jsonl"), ["Sun on Sand", "Wind", "Fog in Valleys"]);
    assert_eq!(place.run(&["update"]).code, 1);
    assert_eq!(titles(&place, "bib.jsonl").len(), 3);
}

#[test]
fn a_new_version_of_a_starred_paper_and_a_retraction_are_news_once() {
    let version = |version: u32, title: &str| {
        FEED.replace("2101.00001v1", &format!("2101.00001v{version}"))
            .replace("Snow on Slopes", title)
            .replacen(">new<", ">replace<", 1)
    };
    let feed = std::sync::Arc::new(Mutex::new(FEED.to_owned()));
    let played = std::sync::Arc::clone(&feed);
    let server = Server::start(move |request| match request.path.as_str() {
        "/feed.xml" => PlayedReply::ok(played.lock().unwrap().clone()),
        _ => PlayedReply::ok(NO_ENTRY),
    });
    let place = following(&server, &["/feed.xml as feed"]);
    place.file("config/offprint/config.toml", super::configuration(&server, &["arxiv-api"]));
    place.run(&["update"]).printed();
    let mark = ["--library", "state/library.db", "--keys", "/Snow<Enter>*", "inbox"];
    fs::create_dir_all(place.path("state")).unwrap();
    let ran = place.run(&mark);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    *feed.lock().unwrap() = version(3, "Snow on Slopes");
    let ran = place.run(&["update"]).printed();
    assert!(ran.contains("News: new version: Snow on Slopes"), "{ran}");
    assert!(ran.contains(": 1 replaced"), "{ran}");
    assert_eq!(place.run(&["update"]).code, 1);
    *feed.lock().unwrap() = version(3, "RETRACTED: Snow on Slopes");
    let ran = place.run(&["update"]).printed();
    assert!(ran.contains("News: retracted: RETRACTED: Snow on Slopes"), "{ran}");
    assert_eq!(place.run(&["update"]).code, 1);
    let news = lines(&place, "News.jsonl");
    let reasons: Vec<&str> = news.iter().map(|it| it["announcement"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["new version", "retracted"]);
    assert!(news.iter().all(|it| it["origin"] == "News"));
    let all = place.run(&["inbox", "--as", "jsonl"]).printed();
    assert_eq!(all.lines().count(), 3, "{all}");
    assert!(all.lines().any(|it| it.contains("\"origin\":\"News; feed\"")), "{all}");
}

#[test]
fn marked_papers_are_asked_for_once_a_day_where_no_source_lists_them() {
    let entry = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>arXiv Query</title><entry>\
                 <id>http://arxiv.org/abs/2101.00009v3</id><title>Hail on Tin</title>\
                 <summary>Loud.</summary><author><name>Ada Moss</name></author></entry></feed>";
    let work = "{\"message\": {\"items\": [{\"DOI\": \"10.1000/dew\", \"title\": [\"Dew on Leaves\"], \
                \"updated-by\": [{\"type\": \"retraction\", \"DOI\": \"10.1000/no\"}]}]}}";
    let server = Server::start(move |request| match request.path.as_str() {
        path if path.starts_with("/api/query?id_list=2101.00009&") => PlayedReply::ok(entry),
        path if path.starts_with("/works?filter=doi:10.1000/dew&") => PlayedReply::ok(work),
        _ => play(request),
    });
    let place = following(&server, &["/refs.bib as bib"]);
    let hosts = ["arxiv-api", "crossref"];
    place.file("config/offprint/config.toml", super::configuration(&server, &hosts));
    let papers = "{\"title\": \"Hail on Tin\", \"arxiv_id\": \"2101.00009\"}\n\
                  {\"title\": \"Dew on Leaves\", \"doi\": \"10.1000/dew\"}\n";
    let papers = place.file("papers.jsonl", papers);
    fs::create_dir_all(place.path("state")).unwrap();
    let mark =
        ["--library", "state/library.db", "--keys", "/hail<Enter>*<C-g>/dew<Enter>w", &papers];
    assert_eq!(place.run(&mark).code, 0);
    let ran = place.run(&["update"]).printed();
    assert!(ran.contains("News: new version: Hail on Tin"), "{ran}");
    assert!(ran.contains("News: retracted: Dew on Leaves"), "{ran}");
    assert_eq!(server.paths().len(), 3, "{:?}", server.paths());
    assert_eq!(place.run(&["update"]).code, 1);
    assert_eq!(server.paths().len(), 4, "{:?}", server.paths());
    assert_eq!(titles(&place, "News.jsonl"), ["Hail on Tin", "Dew on Leaves"]);
}

#[test]
fn the_inbox_opens_without_a_corpus_and_the_newest_day_comes_first() {
    let server = Server::start(play);
    let place = following(&server, &["/refs.bib as bib", "/feed.xml as feed"]);
    let titles = || place.run(&["--as", "title"]).printed();
    assert_eq!(titles().lines().count(), 198);
    let old = "{\"title\":\"Old Dust\",\"listed\":\"2020-01-01\",\"origin\":\"bib\"}\n\
               {\"title\":\"New Dust\",\"listed\":\"2999-01-01\",\"origin\":\"bib\"}\n";
    place.file("home/data/offprint/inbox/bib.jsonl", old);
    place.run(&["update"]).printed();
    let all = titles();
    let all: Vec<&str> = all.lines().collect();
    assert_eq!((all.len(), all[0], all[5]), (6, "New Dust", "Old Dust"));
    let screen = place.run(&["--screen", "--size", "110x30"]).printed();
    assert!(screen.contains("Inbox") && screen.contains("by date listed"), "{screen}");
    assert!(screen.contains("Source") && screen.contains("feed"), "{screen}");
    let screen = place.run(&["inbox", "bib", "--screen"]).printed();
    assert!(screen.contains("Inbox: bib"), "{screen}");
    let piped = place.run_with(&["--as", "title"], BIBTEX.as_bytes()).printed();
    assert_eq!(piped, "Snow on Slopes\nFog in Valleys\n");
    place.run(&["unfollow", "bib"]).printed();
    assert_eq!(titles().lines().count(), 3);
    let message = place.run(&["inbox", "bob", "--as", "title"]).failed();
    assert!(message.contains("inbox:bob: no papers of this source"), "{message}");
}

#[test]
fn a_timer_and_a_line_for_cron_are_printed() {
    let place = Place::new();
    let timer = place.run(&["--generate", "timer"]).printed();
    for part in [
        "ExecStart=offprint update --quiet",
        "OnCalendar=",
        "Persistent=true",
        "RandomizedDelaySec=",
    ] {
        assert!(timer.contains(part), "{timer}");
    }
    let cron = place.run(&["--generate", "cron"]).printed();
    assert!(cron.starts_with("17 6 * * * offprint update --quiet\n"), "{cron}");
    assert!(cron.contains("\n# 17 6 * * * offprint digest --send\n"), "{cron}");
}
