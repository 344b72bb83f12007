//! Each service once from its address to the titles, with its pages, its batches and its errors.

use super::place_with;
use crate::support::server::{PlayedReply, ReceivedRequest, Server};

/// An address, the host that answers it, the beginning of each path with its reply, and the titles.
type Case = (
    &'static str,
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

const ENTRY: &str = "<feed xmlns=\"http://www.w3.org/2005/Atom\" \
    xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\"><title>arXiv Query</title>\
    <opensearch:totalResults>1</opensearch:totalResults><entry>\
    <id>http://arxiv.org/abs/2501.02950v1</id><title>Snow on Slopes</title>\
    <summary>It falls.</summary><author><name>Ada Moss</name></author></entry></feed>";

const NEWS: &str = "<rss xmlns:arxiv=\"http://arxiv.org/schemas/atom\" version=\"2.0\"><channel>\
    <title>cs.CL</title><item><title>Snow on Slopes</title>\
    <link>https://arxiv.org/abs/2611.00001</link><description>arXiv:2611.00001v1 Announce Type: \
    cross \nAbstract: It falls.</description><guid>oai:arXiv.org:2611.00001v1</guid>\
    <arxiv:announce_type>cross</arxiv:announce_type>\
    <pubDate>Mon, 30 Nov 2026 00:00:00 -0500</pubDate></item></channel></rss>";

const CASES: [Case; 16] = [
    (
        "hf:2026-11-27",
        &["hugging-face"],
        &[(
            "/api/daily_papers?date=2026-11-27&limit=100&p=0",
            "[{\"paper\": {\"id\": \"2611.00001\", \"title\": \"Snow on Slopes\", \"upvotes\": 7, \
             \"submittedOnDailyAt\": \"2026-11-27T00:00:00.000Z\"}, \"title\": \"Snow on Slopes\"}]",
        )],
        &["Snow on Slopes"],
    ),
    ("arxiv:cs.CL", &["arxiv-feed"], &[("/rss/cs.CL", NEWS)], &["Snow on Slopes"]),
    (
        "arxiv:title:snow",
        &["arxiv-api"],
        &[("/api/query?search_query=ti:snow&", ENTRY)],
        &["Snow on Slopes"],
    ),
    (
        "s2:snow",
        &["semantic-scholar"],
        &[(
            "/graph/v1/paper/search?query=snow&",
            "{\"total\": 1, \"offset\": 0, \"data\": [{\"title\": \"Snow on Slopes\"}]}",
        )],
        &["Snow on Slopes"],
    ),
    (
        "refs:10.1000/182",
        &["semantic-scholar"],
        &[(
            "/graph/v1/paper/DOI:10.1000/182/references?",
            "{\"offset\": 0, \"data\": [{\"citedPaper\": {\"paperId\": \"a\", \"title\": \
             \"Snow on Slopes\"}}, {\"citedPaper\": {\"paperId\": null, \"title\": \"Fog\", \
             \"year\": 1990}}]}",
        )],
        &["Snow on Slopes", "Fog"],
    ),
    (
        "similar:2501.02950",
        &["semantic-scholar"],
        &[(
            "/recommendations/v1/papers/forpaper/ARXIV:2501.02950?",
            "{\"recommendedPapers\": [{\"paperId\": \"a\", \"title\": \"Snow on Slopes\"}]}",
        )],
        &["Snow on Slopes"],
    ),
    (
        "openalex:snow",
        &["openalex"],
        &[(
            "/works?search=snow&",
            "{\"meta\": {\"count\": 1}, \"results\": [{\"id\": \"https://openalex.org/W1\", \
             \"title\": \"Snow on Slopes\"}]}",
        )],
        &["Snow on Slopes"],
    ),
    (
        "crossref:snow",
        &["crossref"],
        &[(
            "/works?query.bibliographic=snow&",
            "{\"status\": \"ok\", \"message\": {\"total-results\": 1, \"items\": [{\"DOI\": \
             \"10.1000/182\", \"title\": [\"Snow on Slopes\"], \"type\": \"journal-article\"}]}}",
        )],
        &["Snow on Slopes"],
    ),
    (
        "pubmed:snow",
        &["pubmed"],
        &[
            (
                "/entrez/eutils/esearch.fcgi?",
                "{\"esearchresult\": {\"count\": \"1\", \"idlist\": [\"11\"]}}",
            ),
            (
                "/entrez/eutils/efetch.fcgi?db=pubmed&retmode=xml&id=11",
                "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>11</PMID><Article>\
                 <ArticleTitle>Snow on Slopes</ArticleTitle></Article></MedlineCitation>\
                 </PubmedArticle></PubmedArticleSet>",
            ),
        ],
        &["Snow on Slopes"],
    ),
    (
        "europepmc:snow",
        &["europe-pmc"],
        &[(
            "/europepmc/webservices/rest/search?query=%22snow%22&",
            "{\"hitCount\": 1, \"resultList\": {\"result\": [{\"id\": \"11\", \"source\": \"MED\", \
             \"title\": \"Snow on Slopes\"}]}}",
        )],
        &["Snow on Slopes"],
    ),
    (
        "biorxiv:2026-11-27",
        &["biorxiv"],
        &[(
            "/details/biorxiv/2026-11-27/2026-11-27/0/json",
            "{\"messages\": [{\"status\": \"ok\", \"total\": \"1\"}], \"collection\": [{\"title\": \
             \"Snow on Slopes\", \"authors\": \"Moss, A.; Fen, I.\", \"server\": \"bioRxiv\"}]}",
        )],
        &["Snow on Slopes"],
    ),
    (
        "dblp:snow",
        &["dblp"],
        &[(
            "/search/publ/api?q=snow&format=json&h=500&f=0",
            "{\"result\": {\"hits\": {\"@total\": \"1\", \"hit\": [{\"info\": {\"title\": \
             \"Snow on Slopes.\", \"url\": \"https://dblp.org/rec/a\"}}]}}}",
        )],
        &["Snow on Slopes"],
    ),
    (
        "inspire:title:snow",
        &["inspire"],
        &[(
            "/api/literature?q=t%20%22snow%22&",
            "{\"hits\": {\"total\": 1, \"hits\": [{\"id\": \"1\", \"metadata\": {\"titles\": \
             [{\"source\": \"arXiv\", \"title\": \"Snow on Slopes\"}]}}]}}",
        )],
        &["Snow on Slopes"],
    ),
    (
        "acl:2024.acl-long",
        &["acl-anthology"],
        &[("/volumes/2024.acl-long.bib", "@inproceedings{a, title = \"Snow on Slopes\"}")],
        &["Snow on Slopes"],
    ),
    (
        "pwc:snow",
        &["papers-with-code"],
        &[(
            "/api/v1/papers/?q=snow&",
            "{\"count\": 1, \"next\": null, \"results\": [{\"id\": \"snow\", \"title\": \
             \"Snow on Slopes\", \"url_pdf\": \"https://example.org/a.pdf\"}]}",
        )],
        &["Snow on Slopes"],
    ),
    (
        "opencitations:10.1000/182",
        &["opencitations"],
        &[
            (
                "/index/v2/citations/doi:10.1000/182",
                "[{\"citing\": \"omid:br/1 doi:10.1000/c\", \"cited\": \"doi:10.1000/182\"}]",
            ),
            (
                "/meta/v1/metadata/doi:10.1000/c",
                "[{\"id\": \"doi:10.1000/c omid:br/1\", \"title\": \"Snow on Slopes\", \
                 \"author\": \"Moss, Ada [omid:ra/1]\"}]",
            ),
        ],
        &["Snow on Slopes"],
    ),
];

#[test]
fn each_service_is_asked_and_its_papers_are_printed() {
    for (address, hosts, replies, titles) in CASES {
        let play = move |request: &ReceivedRequest| {
            let reply = replies.iter().find(|(path, _)| request.path.starts_with(path));
            reply.map_or_else(|| PlayedReply::new(404, ""), |(_, body)| PlayedReply::ok(*body))
        };
        let server = Server::start(play);
        let place = place_with(&server, hosts);
        let printed = place.run(&[address, "--as", "title"]).printed();
        assert_eq!(printed.lines().collect::<Vec<_>>(), titles, "{address}");
        assert_eq!(server.paths().len(), replies.len(), "{address}: {:?}", server.paths());
    }
}

#[test]
fn the_open_copy_of_a_paper_is_found_by_its_doi() {
    let body = "{\"doi\": \"10.1000/182\", \"title\": \"Snow on Slopes\", \"genre\": \
                \"journal-article\", \"best_oa_location\": {\"url\": \"https://example.org/a\", \
                \"url_for_pdf\": \"https://example.org/a.pdf\"}, \"z_authors\": [{\"given\": \
                \"Ada\", \"family\": \"Moss\"}]}";
    let server = Server::start(move |_| PlayedReply::ok(body));
    let place = place_with(&server, &["unpaywall"]);
    let line = place.run(&["fetch", "unpaywall:10.1000/182"]).printed();
    assert!(line.contains("https://example.org/a.pdf") && line.contains("Moss"), "{line}");
    assert_eq!(server.paths(), ["/v2/10.1000/182?email=me%40example.org"]);
}

#[test]
fn pages_follow_one_another_to_the_end() {
    let server = Server::start(|request| {
        let (offset, next) =
            if request.path.contains("&offset=0") { (0, ", \"next\": 2") } else { (2, "") };
        let title = |it: i32| format!("{{\"title\": \"Paper {it}\"}}");
        let papers = [title(offset + 1), title(offset + 2)].join(",");
        PlayedReply::ok(format!(
            "{{\"total\": 4, \"offset\": {offset}{next}, \"data\": [{papers}]}}"
        ))
    });
    let place = place_with(&server, &["semantic-scholar"]);
    let titles = place.run(&["fetch", "s2:paper", "--as", "title"]).printed();
    assert_eq!(titles, "Paper 1\nPaper 2\nPaper 3\nPaper 4\n");
    assert_eq!(server.paths().len(), 2);
    let titles = place.run(&["fetch", "s2:paper", "--as", "title", "--limit", "1"]).printed();
    assert_eq!(titles, "Paper 1\n");
}

#[test]
fn identifiers_are_asked_for_in_batches_and_the_missing_ones_are_named() {
    let server = Server::start(|request| {
        if request.path.starts_with("/api/query?id_list=2501.02950,2501.99999&") {
            PlayedReply::ok(ENTRY)
        } else {
            PlayedReply::ok(
                "{\"message\": {\"items\": [{\"DOI\": \"10.1000/182\", \"title\": [\"Fog\"]}]}}",
            )
        }
    });
    let place = place_with(&server, &["arxiv-api", "crossref"]);
    let ran = place.run(&["2501.02950", "2501.99999", "10.1000/182", "--as", "title"]);
    assert_eq!((ran.code, &*ran.output), (0, "Snow on Slopes\nFog\n"));
    assert_eq!(ran.errors, "offprint: Not found at arXiv: 2501.99999\n");
    assert_eq!(server.paths().len(), 2);
}

#[test]
fn errors_are_told_and_what_came_before_them_is_printed() {
    let server = Server::start(|request| {
        if request.path.contains("&offset=0") {
            let body =
                "{\"total\": 9, \"offset\": 0, \"next\": 1, \"data\": [{\"title\": \"Fog\"}]}";
            PlayedReply::ok(body)
        } else {
            PlayedReply::ok("{\"error\": \"offset too large\"}")
        }
    });
    let place = place_with(&server, &["semantic-scholar"]);
    let ran = place.run(&["fetch", "s2:fog", "--as", "title"]);
    assert_eq!((ran.code, &*ran.output), (2, "Fog\n"));
    assert_eq!(ran.errors, "offprint: Semantic Scholar: offset too large\n");
}

#[test]
fn messages_of_services_are_no_papers() {
    let error_feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>\
                      <id>http://arxiv.org/api/errors#x</id><title>Error</title>\
                      <summary>bad query</summary></entry></feed>";
    for (address, host, status, body, message) in [
        ("arxiv:snow", "arxiv-api", 200, error_feed, "arXiv: bad query"),
        ("arxiv:snow", "arxiv-api", 400, error_feed, "not accepted (status 400): bad query"),
        ("s2:snow", "semantic-scholar", 404, "{\"error\": \"Paper not found\"}", "Paper not found"),
        ("dblp:snow", "dblp", 200, "<html><title>Busy</title>", "a web page: busy"),
        ("crossref:snow", "crossref", 200, "{\"message\": {\"items\": [", "incomplete JSON"),
        ("arxiv:snow", "arxiv-api", 200, "Rate exceeded.", "not a feed"),
    ] {
        let server = Server::start(move |_| PlayedReply::new(status, body));
        let place = place_with(&server, &[host]);
        let failed = place.run(&["fetch", address]).errors;
        assert!(failed.contains(message), "{address}: {failed}");
    }
}

#[test]
fn nothing_found_is_no_failure() {
    let none = "<feed xmlns=\"http://www.w3.org/2005/Atom\" \
                xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\"><title>arXiv Query: \
                search_query=all:snow&amp;start=0</title>\
                <opensearch:totalResults>0</opensearch:totalResults></feed>";
    let server = Server::start(move |_| PlayedReply::ok(none));
    let place = place_with(&server, &["arxiv-api"]);
    let ran = place.run(&["fetch", "arxiv:snow"]);
    assert_eq!((ran.code, &*ran.output, &*ran.errors), (1, "", ""));
}

#[test]
fn without_an_announcement_the_newest_submissions_are_listed() {
    let server = Server::start(|request| {
        if request.path.starts_with("/rss/") {
            PlayedReply::ok("<rss version=\"2.0\"><channel><title>cs.CL</title></channel></rss>")
        } else {
            PlayedReply::ok(ENTRY)
        }
    });
    let place = place_with(&server, &["arxiv-feed", "arxiv-api"]);
    let ran = place.run(&["fetch", "arxiv:cs.CL", "--as", "title"]);
    assert_eq!((ran.code, &*ran.output), (0, "Snow on Slopes\n"));
    assert!(ran.errors.contains("arXiv announces nothing in cs.CL today"), "{}", ran.errors);
}
