//! Query syntax by example, for the help.

/// Pairs of an example and its meaning.
pub const SYNTAX_EXAMPLES: &[(&str, &str)] = &[
    ("attention memory", "both words, fuzzy, in title, authors or abstract"),
    ("'exact  \"two words\"", "exact text, no fuzzy match"),
    ("^start  start:deep", "title or authors start with it"),
    ("end$  end:nets", "title or authors end with it"),
    ("!not  -not  NOT not", "papers without the word"),
    ("a | b  a OR b", "either word; AND binds first"),
    ("deep a|b", "without blanks | binds first"),
    ("(a | b) c  !(a b)", "groups"),
    ("title:(a b)", "groups within a field; also cat:(cs.LG OR cs.CL)"),
    ("/deep|wide/", "regular expression on title and authors"),
    ("author:hinton", "author (short: a:)"),
    ("author:\"Hinton, G.\"", "one author, however the name is written"),
    ("author=\"Bo Li\"", "author whose name is written exactly so"),
    ("title:memory  abs:memory", "title only, abstract only"),
    ("year:2020..2022", "year; also year:2021, year>2020, year<=2020, year:..1999"),
    ("date:2026-11", "date; also date:2026-11-05, date:>2026-10, before:2020"),
    ("since:7d  since:2026-01", "until today; also since:2w, since:3m, since:1y"),
    ("cat:cs.CL  venue:iclr", "category, venue"),
    ("keyword:map  type:thesis", "keyword, type of publication"),
    ("source:cs.CL", "followed source that listed the paper"),
    ("id:2501.02950", "arXiv id or DOI, also as a pasted URL; arxiv:, doi:"),
    ("key:gershman2025", "citation key or its prefix"),
    (
        "is:unread  is:starred",
        "also is:read, is:later, is:new, is:skipped, is:basket, is:retracted",
    ),
    ("tag:todo  has:note", "tag or its prefix; papers with a note"),
    ("has:code  has:doi", "also has:pdf, has:abstract, has:venue, has:link, has:key"),
    ("file:notes", "path of the local file"),
];
