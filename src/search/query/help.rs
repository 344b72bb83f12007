//! Query syntax by example, for the help.

/// Pairs of an example and its meaning.
pub const SYNTAX_EXAMPLES: &[(&str, &str)] = &[
    ("attention memory", "both words, fuzzy, in title, authors or abstract"),
    ("'exact  \"two words\"", "exact text, no fuzzy match"),
    ("^start  start:deep", "title or authors start with it"),
    ("end$  end:nets", "title or authors end with it"),
    ("!not", "papers without the word"),
    ("a | b  a OR b", "either word"),
    ("/deep|wide/", "regular expression on title and authors"),
    ("author:hinton", "author (short: a:)"),
    ("title:memory  abs:memory", "title only, abstract only"),
    ("year:2020..2022", "year; also year:2021, year:>2020, year:..1999"),
    ("cat:cs.CL  venue:iclr", "category, venue"),
    ("id:2501.02950", "arXiv id or DOI, also as a pasted URL"),
    ("key:gershman2025", "citation key or its prefix"),
    ("is:unread  is:starred", "also is:read, is:later, is:new, is:skipped, is:basket"),
    ("tag:todo  has:note", "tag or its prefix; papers with a note"),
    ("has:code  has:doi", "also has:pdf, has:abstract, has:venue, has:link, has:key"),
];
