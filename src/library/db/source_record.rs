//! Source records, and their grouping into papers by identity keys.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::paper_json;
use crate::domain::{Corpus, Draft, IdentityKeys, KeyPattern, Paper, SegmentBuilder};
use crate::text::{fnv, fold, tex_to_unicode};

/// The metadata and keys of a paper as one source gave them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRecord {
    /// Tying keys: papers that share one are the same. The strong keys of the paper, or its weak
    /// key if there are none; also a key of the library paper that was matched by the weak key
    /// alone.
    pub keys: Vec<String>,
    pub weak_key: String,
    pub paper_json: String,
    pub title_fingerprint: i64,
}

/// The result of looking up a paper of a corpus in the library.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct IdentityMatch {
    /// The matching papers of the library, sorted. Several are shown to be one by this match.
    pub papers: Vec<i64>,
    /// The key that ties the record to its paper, if only the weak key matched.
    pub tying_key: Option<String>,
    /// Set if a strong key is not known in the library yet.
    pub has_new_strong_key: bool,
    pub has_new_weak_key: bool,
}

impl SourceRecord {
    pub fn new(paper: &Paper<'_>, keys: &IdentityKeys, tie: Option<String>) -> Self {
        Self::from_json(paper_json::to_json(paper), title_fingerprint(paper.title), keys, tie)
    }

    /// Creates a record of a paper that is already serialised.
    pub fn from_json(
        paper_json: String,
        title_fingerprint: i64,
        keys: &IdentityKeys,
        tie: Option<String>,
    ) -> Self {
        let mut ties = keys.strong.clone();
        if ties.is_empty() {
            ties.push(keys.weak.clone());
        }
        ties.extend(tie);
        Self { keys: ties, weak_key: keys.weak.clone(), paper_json, title_fingerprint }
    }
}

/// Title fingerprint: FNV-1a of the first 16 folded alphanumeric characters. Cheap to compute, and
/// rejects most papers that the library does not have.
pub fn title_fingerprint(title: &str) -> i64 {
    const FINGERPRINT_LEN: usize = 16;
    let mut chars = [0; FINGERPRINT_LEN];
    let mut count = 0;
    for byte in title.bytes() {
        match byte {
            _ if count == FINGERPRINT_LEN => break,
            // Markup and non-ASCII letters take the slow path.
            b'\\' | b'$' | b'{' | b'}' | b'^' | b'_' | b'&' | b'<' | b'~' | 0x80.. => {
                let folded = fold(&tex_to_unicode(title));
                let chars = folded.chars().filter(|c| c.is_alphanumeric());
                return fnv(&chars.take(FINGERPRINT_LEN).collect::<String>()).cast_signed();
            }
            _ if byte.is_ascii_alphanumeric() => {
                chars[count] = byte.to_ascii_lowercase();
                count += 1;
            }
            _ => {}
        }
    }
    fnv(str::from_utf8(&chars[..count]).unwrap_or_default()).cast_signed()
}

/// Looks up the papers of the library with these keys.
pub fn match_identity(
    connection: &Connection,
    keys: &IdentityKeys,
) -> rusqlite::Result<IdentityMatch> {
    let mut identity = IdentityMatch::default();
    for key in &keys.strong {
        let papers = papers_with_key(connection, key)?;
        identity.has_new_strong_key |= papers.is_empty();
        for (paper, ties) in papers {
            if ties && !identity.papers.contains(&paper) {
                identity.papers.push(paper);
            }
        }
    }
    let named_alike = papers_with_key(connection, &keys.weak)?;
    identity.has_new_weak_key =
        named_alike.iter().all(|(paper, _)| !identity.papers.contains(paper));
    // A weak key matches only if one paper has it, and no identifier contradicts the match.
    if let (true, [(paper, _)]) = (identity.papers.is_empty(), &named_alike[..])
        && !contradicts(connection, *paper, keys)?
    {
        identity.tying_key = tying_keys(connection, *paper)?.into_iter().min();
        identity.papers.push(*paper);
        identity.has_new_weak_key = false;
    }
    identity.papers.sort_unstable();
    Ok(identity)
}

/// Returns the papers that have the key, each with whether the key ties.
fn papers_with_key(connection: &Connection, key: &str) -> rusqlite::Result<Vec<(i64, bool)>> {
    connection
        .prepare_cached(
            "SELECT paper, max(ties) FROM key JOIN card USING (card) WHERE key = ?1 GROUP BY paper",
        )?
        .query_map([key], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Returns true if the paper has a tying key of a kind, such as DOI, of which `keys` has another.
fn contradicts(connection: &Connection, paper: i64, keys: &IdentityKeys) -> rusqlite::Result<bool> {
    let kind = |key: &str| key.split(':').next().unwrap_or_default().to_owned();
    let kinds: Vec<String> = keys.strong.iter().map(|key| kind(key)).collect();
    Ok(tying_keys(connection, paper)?.iter().any(|known_key| kinds.contains(&kind(known_key))))
}

/// Returns the tying keys of all records of the paper.
fn tying_keys(connection: &Connection, paper: i64) -> rusqlite::Result<Vec<String>> {
    Ok(known_keys(connection, paper)?.into_iter().flat_map(|it| it.keys).collect())
}

/// The keys and the title fingerprint of one source record.
#[derive(Debug)]
pub struct KnownKeys {
    pub keys: Vec<String>,
    pub weak: String,
    pub title_fingerprint: i64,
}

/// Queries `card`, not `key`: only `card` is indexed by paper.
const SELECT_KNOWN_KEYS: &str = "SELECT keys, weak, sign FROM card WHERE paper = ?1 AND card <> 0";

/// Returns the keys of each record of the paper.
pub fn known_keys(connection: &Connection, paper: i64) -> rusqlite::Result<Vec<KnownKeys>> {
    let read_keys = |row: &rusqlite::Row<'_>| {
        let keys = serde_json::from_str(row.get_ref(0)?.as_str()?).unwrap_or_default();
        Ok(KnownKeys { keys, weak: row.get(1)?, title_fingerprint: row.get(2)? })
    };
    connection.prepare_cached(SELECT_KNOWN_KEYS)?.query_map([paper], read_keys)?.collect()
}

/// An inserted record, and the paper that it belongs to.
#[derive(Debug, PartialEq, Eq)]
pub struct InsertedRecord {
    pub record: i64,
    pub paper: i64,
    /// Papers that the record has merged into `paper`.
    pub merged_papers: Vec<i64>,
}

/// Inserts a record under a number of this process, and merges the papers that share its tying keys
/// into the one with the lowest number.
pub fn insert_record(
    connection: &Connection,
    (process, number): (i64, i64),
    record: &SourceRecord,
) -> rusqlite::Result<InsertedRecord> {
    let mut papers: Vec<i64> = Vec::new();
    for key in &record.keys {
        let papers_of_key = papers_with_key(connection, key)?.into_iter().filter(|(_, ties)| *ties);
        papers.extend(papers_of_key.map(|(paper, _)| paper));
    }
    papers.sort_unstable();
    papers.dedup();
    let mut insert = connection.prepare_cached(
        "INSERT INTO card (process, number, keys, weak, record, paper, sign)
         VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)",
    )?;
    let keys = serde_json::to_string(&record.keys).unwrap_or_default();
    insert.execute(params![
        process, number, keys, record.weak_key, record.paper_json, record.title_fingerprint
    ])?;
    let added = connection.last_insert_rowid();
    let paper = papers.first().copied().unwrap_or(added);
    let merged_papers = papers.split_off(papers.len().min(1));
    let mut update = connection.prepare_cached("UPDATE card SET paper = ?2 WHERE paper = ?1")?;
    for other in &merged_papers {
        update.execute([*other, paper])?;
    }
    connection
        .prepare_cached("UPDATE card SET paper = ?2 WHERE card = ?1")?
        .execute([added, paper])?;
    insert_keys(connection, added, &record.keys, &record.weak_key)?;
    Ok(InsertedRecord { record: added, paper, merged_papers })
}

/// Inserts the tying keys of a record, and its weak key as one that does not tie.
pub fn insert_keys(
    connection: &Connection,
    record: i64,
    keys: &[String],
    weak: &str,
) -> rusqlite::Result<()> {
    let mut insert = connection
        .prepare_cached("INSERT OR IGNORE INTO key (key, card, ties) VALUES (?1, ?2, ?3)")?;
    for key in keys {
        insert.execute(params![key, record, true])?;
    }
    if !weak.is_empty() {
        insert.execute(params![weak, record, false])?;
    }
    Ok(())
}

/// Returns the first record of the paper, for an entry to refer to.
pub fn first_record_of(connection: &Connection, paper: i64) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT min(card) FROM card WHERE paper = ?1")?
        .query_row([paper], |row| row.get(0))
}

/// Returns the paper from its longest record, or an empty draft.
pub fn read_draft(connection: &Connection, paper: i64) -> rusqlite::Result<Draft> {
    let record: Option<String> = connection
        .prepare_cached(
            "SELECT record FROM card WHERE paper = ?1
             ORDER BY length(record) DESC, process, number LIMIT 1",
        )?
        .query_row([paper], |row| row.get(0))
        .optional()?;
    Ok(record.and_then(|it| paper_json::from_json(&it)).unwrap_or_default())
}

/// Builds a corpus of these papers, in this order.
pub fn build_corpus(drafts: impl IntoIterator<Item = Draft>, keys: &KeyPattern) -> Corpus {
    let mut corpus = Corpus::default();
    let empty = || SegmentBuilder::default().with_key_pattern(keys.clone());
    let mut builder = empty();
    for draft in drafts {
        if builder.len() == SegmentBuilder::CAPACITY {
            corpus.push(std::mem::replace(&mut builder, empty()).seal());
        }
        builder.push(&draft);
    }
    if !builder.is_empty() {
        corpus.push(builder.seal());
    }
    corpus
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::library::db::store::Store;

    #[test]
    fn titles_that_are_written_alike_have_one_fingerprint() {
        assert_eq!(
            title_fingerprint("On the {G}\\\"odel Problem"),
            title_fingerprint("On the Gödel problem!")
        );
        assert_eq!(
            title_fingerprint("Key-value memory in the brain"),
            title_fingerprint("key value Memory in a body")
        );
        assert_ne!(title_fingerprint("A"), title_fingerprint("B"));
    }

    #[test]
    fn what_a_paper_is_known_by_is_found_without_looking_at_all_others() {
        let store = Store::in_memory().unwrap();
        let plan = store.read(|connection| {
            let mut explain =
                connection.prepare(&format!("EXPLAIN QUERY PLAN {SELECT_KNOWN_KEYS}"))?;
            explain.query_map([1], |row| row.get(3))?.collect::<rusqlite::Result<Vec<String>>>()
        });
        let plan = plan.unwrap();
        assert!(plan.iter().all(|step| step.starts_with("SEARCH")), "{plan:?}");
    }

    proptest! {
        #[test]
        fn the_fast_fingerprint_is_the_slow_one(title in "[ -~]{0,40}") {
            let expected: String = fold(&tex_to_unicode(&title))
                .chars()
                .filter(|c| c.is_alphanumeric())
                .take(16)
                .collect();
            prop_assert_eq!(title_fingerprint(&title), fnv(&expected).cast_signed());
        }
    }
}
