//! Query syntax by example, for the help.

/// Pairs of an example and its meaning.
pub const SYNTAX_EXAMPLES: &[(&str, &str)] = &[
    ("attention memory", "both words, fuzzy, in title, authors or abstract"),
    ("'exact  \"two words\"", "just so, without scattered letters"),
    ("^start  start:deep", "the title or the authors begin so"),
    ("end$  end:nets", "they end so"),
    ("!not", "papers without it"),
    ("a | b  a OR b", "one or the other"),
    ("/deep|wide/", "a regular expression on title and authors"),
    ("author:hinton", "an author; a: is enough"),
    ("title:memory  abs:memory", "in the title, in the abstract"),
    ("year:2020..2022", "also year:2021, year:>2020, year:..1999"),
    ("cat:cs.CL  venue:iclr", "a category, a venue"),
    ("id:2501.02950", "an arXiv id or a DOI; an address pasted does it too"),
    ("key:gershman2025", "a citation key, or its beginning"),
    ("is:unread  is:starred", "also is:read, is:later, is:new, is:skipped, is:basket"),
    ("tag:todo  has:note", "a tag or its beginning; papers with a note"),
    ("has:code  has:doi", "also has:pdf, has:abstract, has:venue, has:link, has:key"),
];
