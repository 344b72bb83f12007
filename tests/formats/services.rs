//! The replies of services, as they are saved to files: each shape with the facts that it has.

use std::ops::ControlFlow;

use offprint::domain::{BibField, Draft, PaperKind};
use offprint::formats::{detect, read};

/// The papers of a reply, which must have no defect.
#[track_caller]
fn papers(text: &str) -> Vec<Draft> {
    let format = detect(text.as_bytes()).unwrap_or_else(|reason| panic!("{reason}: {text}"));
    let mut drafts = Vec::new();
    let sink = &mut |record: Result<Draft, offprint::formats::Defect>| {
        drafts.push(record.unwrap_or_else(|defect| panic!("{defect}: {text}")));
        ControlFlow::Continue(())
    };
    read(format, &mut text.as_bytes(), sink).unwrap();
    drafts
}

#[track_caller]
fn paper(text: &str) -> Draft {
    let mut papers = papers(text);
    assert_eq!(papers.len(), 1, "{papers:?}");
    papers.remove(0)
}

#[test]
fn recommendations_references_and_citations_are_lists_of_papers() {
    let titles = |text: &str| papers(text).into_iter().map(|it| it.title).collect::<Vec<_>>();
    assert_eq!(
        titles("{\"recommendedPapers\": [{\"paperId\": \"a\", \"title\": \"Fog\"}]}"),
        ["Fog"]
    );
    let references = "{\"offset\": 0, \"next\": 2, \"data\": [\n{\"isInfluential\": true, \
        \"contexts\": [\"as in\"], \"citedPaper\": {\"paperId\": \"a\", \"title\": \"Fog\"}},\n\
        {\"citedPaper\": {\"paperId\": null, \"title\": \"Dew\", \"year\": 1990}}]}";
    let read = papers(references);
    assert_eq!((&*read[0].title, &*read[1].title, read[1].year), ("Fog", "Dew", Some(1990)));
    let citations = "{\"offset\": 0, \"data\": [{\"citingPaper\": {\"title\": \"Fog\"}}]}";
    assert_eq!(titles(citations), ["Fog"]);
    assert_eq!(titles("[null, {\"paperId\": \"a\", \"title\": \"Fog\"}, null]"), ["Fog"]);
}

#[test]
fn inspire_has_lists_of_titles_abstracts_and_identifiers() {
    let text = "{\"hits\": {\"total\": 1, \"hits\": [{\"id\": \"1\", \"updated\": \
        \"2021-02-05T17:12:44+00:00\", \"metadata\": {\"citation_count\": 12, \"titles\": \
        [{\"source\": \"arXiv\", \"title\": \"Fog on Branes\"}], \"abstracts\": [{\"value\": \
        \"We look.\", \"source\": \"arXiv\"}], \"authors\": [{\"full_name\": \"Moss, Ada\"}], \
        \"arxiv_eprints\": [{\"value\": \"2501.02950\", \"categories\": [\"hep-th\", \"gr-qc\"]}], \
        \"dois\": [{\"value\": \"10.1000/182\"}], \"publication_info\": [{\"journal_title\": \
        \"Phys.Rev.D\", \"journal_volume\": \"7\", \"artid\": \"046001\", \"year\": 2025}], \
        \"earliest_date\": \"2025-01-06\", \"document_type\": [\"article\"]}}]}}";
    let paper = paper(text);
    assert_eq!((&*paper.title, &*paper.abstract_text), ("Fog on Branes", "We look."));
    assert_eq!(paper.authors, ["Moss, Ada"]);
    assert_eq!((&*paper.arxiv, &*paper.doi), ("2501.02950", "10.1000/182"));
    assert_eq!((&*paper.categories, &*paper.venue), ("hep-th gr-qc", "Phys.Rev.D"));
    assert_eq!((paper.kind, paper.year), (PaperKind::Article, Some(2025)));
    assert_eq!(paper.field(BibField::Citations), "12");
    assert_eq!(paper.field(BibField::Volume), "7");
    assert_eq!(paper.field(BibField::ArticleNumber), "046001");
    assert_eq!(paper.field(BibField::Date), "2025-01-06");
}

#[test]
fn biorxiv_has_a_server_and_categories_with_blanks() {
    let text = "{\"messages\": [{\"status\": \"ok\", \"category\": \"all\", \"total\": \"1\"}], \
        \"collection\": [{\"title\": \"Fog in Cells\", \"authors\": \"Moss, A. B.; Fen, I.\", \
        \"doi\": \"10.64898/2026.07.13.738145\", \"date\": \"2026-07-15\", \"version\": \"2\", \
        \"type\": \"new results\", \"category\": \"cell biology\", \"abstract\": \"We look.\", \
        \"published\": \"NA\", \"server\": \"bioRxiv\"}]}";
    let paper = paper(text);
    assert_eq!(paper.authors, ["Moss, A. B.", "Fen, I."]);
    assert_eq!((&*paper.doi, &*paper.venue), ("10.64898/2026.07.13.738145", "bioRxiv"));
    assert_eq!((paper.kind, paper.year), (PaperKind::Preprint, Some(2026)));
    assert_eq!(paper.field(BibField::Keywords), "cell biology");
    assert_eq!(paper.field(BibField::Version), "2");
    assert_eq!(paper.categories, "");
}

#[test]
fn europe_pmc_has_its_facts_in_objects() {
    let text = "{\"version\": \"6.9\", \"hitCount\": 1, \"resultList\": {\"result\": [{\"id\": \
        \"31452104\", \"source\": \"MED\", \"pmid\": \"31452104\", \"pmcid\": \"PMC6710000\", \
        \"doi\": \"10.1000/182\", \"title\": \"Fog in Lungs\", \"authorString\": \"Moss A.\", \
        \"authorList\": {\"author\": [{\"fullName\": \"Moss A\", \"firstName\": \"Ada\", \
        \"lastName\": \"Moss\", \"initials\": \"A\"}, {\"collectiveName\": \"Fog Group\"}]}, \
        \"journalInfo\": {\"issue\": \"3\", \"volume\": \"12\", \"journal\": {\"title\": \
        \"Journal of Fog\", \"issn\": \"1234-5679\"}}, \"pubYear\": \"2019\", \"pageInfo\": \
        \"45-51\", \"abstractText\": \"We look.\", \"pubTypeList\": {\"pubType\": [\"Retracted \
        Publication\", \"Journal Article\"]}, \"keywordList\": {\"keyword\": [\"fog\", \"lung\"]}, \
        \"citedByCount\": 8, \"firstPublicationDate\": \"2019-08-26\"}]}}";
    let paper = paper(text);
    assert_eq!(paper.authors, ["Moss, Ada", "{Fog Group}"]);
    assert_eq!((&*paper.venue, paper.year), ("Journal of Fog", Some(2019)));
    assert_eq!((&*paper.abstract_text, paper.kind), ("We look.", PaperKind::Article));
    for (field, value) in [
        (BibField::Pmid, "31452104"),
        (BibField::Pmcid, "PMC6710000"),
        (BibField::Volume, "12"),
        (BibField::Number, "3"),
        (BibField::Pages, "45-51"),
        (BibField::Issn, "1234-5679"),
        (BibField::Keywords, "fog; lung"),
        (BibField::Citations, "8"),
        (BibField::Date, "2019-08-26"),
        (BibField::Status, "retracted"),
    ] {
        assert_eq!(paper.field(field), value, "{field:?}");
    }
}

#[test]
fn opencitations_puts_identifiers_behind_names() {
    let text = "[{\"id\": \"doi:10.1000/182 openalex:W1 omid:br/06\", \"title\": \"Fog\", \
        \"author\": \"Moss, Ada [orcid:0000-0001 omid:ra/1]; Fen, Iris [omid:ra/2]\", \
        \"pub_date\": \"2020-02\", \"issue\": \"1\", \"volume\": \"7\", \"venue\": \"Journal of Fog \
        [issn:1234-5679 omid:br/9]\", \"type\": \"journal article\", \"page\": \"4-9\", \
        \"publisher\": \"Fog Press [crossref:1 omid:ra/3]\"}]";
    let paper = paper(text);
    assert_eq!(paper.authors, ["Moss, Ada", "Fen, Iris"]);
    assert_eq!((&*paper.doi, &*paper.venue), ("10.1000/182", "Journal of Fog"));
    assert_eq!(paper.field(BibField::Publisher), "Fog Press");
    assert_eq!(paper.kind, PaperKind::Article);
}

#[test]
fn unpaywall_leads_to_the_open_copy() {
    let text = "{\"doi\": \"10.1000/182\", \"title\": \"Fog\", \"genre\": \"journal-article\", \
        \"is_oa\": true, \"year\": 1998, \"journal_name\": \"Journal of Fog\", \"journal_issn_l\": \
        \"1234-5679\", \"published_date\": \"1998-05-04\", \"best_oa_location\": {\"url\": \
        \"https://example.org/a\", \"url_for_pdf\": \"https://example.org/a.pdf\"}, \
        \"z_authors\": [{\"given\": \"Ada\", \"family\": \"Moss\", \"sequence\": \"first\"}]}";
    let paper = paper(text);
    assert_eq!(
        (paper.authors, paper.urls),
        (vec!["Moss, Ada".to_owned()], vec!["https://example.org/a.pdf".to_owned()])
    );
    assert_eq!((paper.kind, paper.year), (PaperKind::Article, Some(1998)));
    let genre = paper.fields.iter().find(|(field, _)| *field == BibField::Genre);
    assert_eq!(genre, None);
}

#[test]
fn a_daily_paper_has_votes_code_and_the_day_of_its_list() {
    let text = "[{\"paper\": {\"id\": \"2611.00001\", \"authors\": [{\"name\": \"Ada Moss\"}], \
        \"publishedAt\": \"2026-11-25T00:00:00.000Z\", \"submittedOnDailyAt\": \
        \"2026-11-27T00:00:00.000Z\", \"title\": \"Fog\", \"summary\": \"We look.\", \"upvotes\": \
        31, \"ai_keywords\": [\"fog\", \"dew\"], \"githubRepo\": \"https://github.com/a/fog\"}, \
        \"publishedAt\": \"2026-11-27T00:00:00.000Z\", \"title\": \"Fog\"}]";
    let paper = paper(text);
    assert_eq!((&*paper.arxiv, paper.year), ("2611.00001", Some(2026)));
    assert_eq!(paper.urls, ["https://github.com/a/fog"]);
    for (field, value) in [
        (BibField::Upvotes, "31"),
        (BibField::Keywords, "fog; dew"),
        (BibField::Listed, "2026-11-27"),
        (BibField::Date, "2026-11-25"),
    ] {
        assert_eq!(paper.field(field), value, "{field:?}");
    }
}

#[test]
fn a_retraction_is_a_status() {
    for (text, status) in [
        ("{\"title\": \"Fog\", \"is_retracted\": true}", "retracted"),
        ("{\"title\": \"Fog\", \"is_retracted\": false}", ""),
        (
            "{\"title\": [\"Fog\"], \"updated-by\": [{\"type\": \"retraction\", \"DOI\": \"10.1/a\"}]}",
            "retracted",
        ),
        ("{\"title\": [\"Fog\"], \"updated-by\": [{\"type\": \"withdrawal\"}]}", "withdrawn"),
        (
            "{\"title\": [\"Fog\"], \"DOI\": \"10.1000/a\", \"update-to\": [{\"type\": \
             \"retraction\", \"DOI\": \"10.1000/A\"}]}",
            "retracted",
        ),
        (
            "{\"title\": [\"Retraction of Fog\"], \"DOI\": \"10.1000/b\", \"update-to\": [{\"type\": \
             \"retraction\", \"DOI\": \"10.1000/a\"}]}",
            "",
        ),
        ("{\"title\": [\"Fog\"], \"updated-by\": [{\"type\": \"correction\"}]}", ""),
    ] {
        assert_eq!(paper(text).field(BibField::Status), status, "{text}");
    }
    let pubmed = "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>\
        <ArticleTitle>Fog</ArticleTitle><PublicationTypeList><PublicationType>Retracted \
        Publication</PublicationType></PublicationTypeList></Article></MedlineCitation>\
        </PubmedArticle></PubmedArticleSet>";
    assert_eq!(paper(pubmed).field(BibField::Status), "retracted");
}

#[test]
fn an_announcement_has_its_day_and_its_way() {
    for (way, told) in [("new", "new"), ("cross", "cross-listed"), ("replace-cross", "replaced")] {
        let text = format!(
            "<rss xmlns:arxiv=\"http://arxiv.org/schemas/atom\"><channel><item><title>Fog</title>\
             <link>https://arxiv.org/abs/2611.00001</link><arxiv:announce_type>{way}\
             </arxiv:announce_type><pubDate>Mon, 30 Nov 2026 00:00:00 -0500</pubDate></item>\
             </channel></rss>"
        );
        let paper = paper(&text);
        assert_eq!(paper.field(BibField::Announcement), told);
        assert_eq!(paper.field(BibField::Listed), "2026-11-30");
    }
}

#[test]
fn nothing_found_and_collections_are_no_papers() {
    for text in [
        "{\"hits\": {\"total\": 0, \"hits\": []}}",
        "{\"recommendedPapers\": []}",
        "{\"hitCount\": 0, \"resultList\": {\"result\": []}}",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>arXiv Query</title></feed>",
        "[{\"key\": \"A\", \"data\": {\"key\": \"A\", \"name\": \"Fog\", \"parentCollection\": false}}]",
    ] {
        assert_eq!(papers(text), Vec::new(), "{text}");
    }
}
