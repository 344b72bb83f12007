//! A small file of each format.

use offprint::formats::Format;

pub(crate) const SAMPLES: [(Format, &[u8]); 16] = [
    (Format::Acl, include_bytes!("../formats/acl.xml")),
    (Format::Atom, include_bytes!("../formats/atom.xml")),
    (Format::Bibtex, include_bytes!("../formats/bibliography.bib")),
    (Format::Csv, include_bytes!("../formats/scopus.csv")),
    (Format::DblpXml, include_bytes!("../formats/dblp.xml")),
    (Format::EndNote, include_bytes!("../formats/refer.enw")),
    (Format::Hayagriva, include_bytes!("../formats/typst.yml")),
    (Format::Json, include_bytes!("../formats/csl.json")),
    (Format::Jsonl, include_bytes!("../formats/lines.jsonl")),
    (Format::Listing, include_bytes!("../formats/page-with-votes.txt")),
    (Format::Nbib, include_bytes!("../formats/pubmed.nbib")),
    (Format::Oai, include_bytes!("../formats/oai.xml")),
    (Format::Pubmed, include_bytes!("../formats/pubmed.xml")),
    (Format::Ris, include_bytes!("../formats/dialects.ris")),
    (Format::Rss, include_bytes!("../formats/rss.xml")),
    (Format::Wos, include_bytes!("../formats/science.wos")),
];
