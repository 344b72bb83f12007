//! A small file of each format.

use offprint::formats::Format;

pub(crate) const SAMPLES: [(Format, &[u8]); 19] = [
    (Format::Acl, include_bytes!("../formats/samples/acl.xml")),
    (Format::Atom, include_bytes!("../formats/samples/atom.xml")),
    (Format::Bibtex, include_bytes!("../formats/samples/bibliography.bib")),
    (Format::Csv, include_bytes!("../formats/samples/scopus.csv")),
    (Format::DblpXml, include_bytes!("../formats/samples/dblp.xml")),
    (Format::EndNote, include_bytes!("../formats/samples/refer.enw")),
    (Format::Hayagriva, include_bytes!("../formats/samples/typst.yml")),
    (Format::Jats, include_bytes!("../formats/samples/jats.xml")),
    (Format::Json, include_bytes!("../formats/samples/csl.json")),
    (Format::Jsonl, include_bytes!("../formats/samples/lines.jsonl")),
    (Format::Listing, include_bytes!("../formats/samples/page-with-votes.txt")),
    (Format::Mail, include_bytes!("../formats/samples/alerts.mbox")),
    (Format::Nbib, include_bytes!("../formats/samples/pubmed.nbib")),
    (Format::Oai, include_bytes!("../formats/samples/oai.xml")),
    (Format::Pubmed, include_bytes!("../formats/samples/pubmed.xml")),
    (Format::Ris, include_bytes!("../formats/samples/dialects.ris")),
    (Format::Rss, include_bytes!("../formats/samples/rss.xml")),
    (Format::WebPage, include_bytes!("../formats/samples/web-page.html")),
    (Format::Wos, include_bytes!("../formats/samples/science.wos")),
];
