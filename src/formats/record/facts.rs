//! What a record knows of a paper beside what every paper has.

use super::{Field, Loose, Record, marked_id, people};
use crate::domain::{AUTHOR_SEPARATOR, Draft, Fact, arxiv_id};

/// What conferences decide on papers.
const DECISIONS: [&str; 7] =
    ["accept", "desk reject", "oral", "poster", "reject", "spotlight", "withdraw"];

impl Record<'_> {
    pub(super) fn add_facts(&self, draft: &mut Draft) {
        for fact in Fact::ALL {
            let field = Field::Fact(fact);
            match fact {
                Fact::Keywords => draft.add_fact(fact, self.keywords()),
                Fact::Note => self.add_notes(draft),
                Fact::File => draft.add_fact(fact, self.file()),
                // It publishes, but that is said by the identifier.
                Fact::Publisher => {
                    let publisher = self.texts(field).find(|it| !it.eq_ignore_ascii_case("arxiv"));
                    draft.add_fact(fact, publisher.unwrap_or_default());
                }
                _ => draft.add_fact(fact, self.text(field).unwrap_or_default()),
            }
        }
        self.add_journal(draft);
        self.add_numbers(draft);
        let editors: Vec<String> = self.all(Field::Editors).flat_map(people::names).collect();
        let among = || self.all(Field::Authors).flat_map(people::editors).collect();
        let editors = if editors.is_empty() { among() } else { editors };
        draft.add_fact(Fact::Editors, editors.join(AUTHOR_SEPARATOR));
        draft.add_fact(Fact::Key, self.key().unwrap_or_default());
        let decision = self.texts(Field::Decision).find(|it| is_decision(it));
        draft.add_fact(Fact::Comment, decision.unwrap_or_default());
    }

    fn keywords(&self) -> String {
        let texts: Vec<String> = self.texts(Field::Fact(Fact::Keywords)).collect();
        match texts.as_slice() {
            [text] if text.contains(';') => joined(text.split(';')),
            [text] => joined(text.split(',')),
            texts => joined(texts.iter().map(String::as_str)),
        }
    }

    /// Notes hold what has no field of its own: `Citation Key: …`, `arXiv:2501.02950 [cs.CL]`.
    fn add_notes(&self, draft: &mut Draft) {
        let texts = self.all(Field::Fact(Fact::Note)).flat_map(|it| it.texts(&[]));
        let mut notes: Vec<String> = Vec::new();
        for line in texts.flat_map(|it| it.lines().map(str::to_owned).collect::<Vec<_>>()) {
            let line = line.trim();
            if let Some(key) = line.strip_prefix("Citation Key:") {
                draft.add_fact(Fact::Key, key.trim());
            } else if let Some(comment) = line.strip_prefix("Comment:") {
                draft.add_fact(Fact::Comment, comment.trim());
            } else if marked_id(line).is_some_and(|it| it == draft.arxiv) {
                let class = line.split_once('[').and_then(|(_, it)| it.split_once(']'));
                if let Some((class, _)) = class.filter(|_| draft.categories.is_empty()) {
                    class.clone_into(&mut draft.categories);
                }
            } else if !line.is_empty() {
                notes.push(line.to_owned());
            }
        }
        draft.add_fact(Fact::Note, notes.join(" "));
    }

    /// The first PDF among what is attached.
    fn file(&self) -> String {
        let texts = self.all(Field::Fact(Fact::File)).flat_map(|it| it.texts(&["path"]));
        let mut files =
            texts.flat_map(|it| it.split(';').map(|it| it.trim().to_owned()).collect::<Vec<_>>());
        let is_pdf = |it: &String| it.to_ascii_lowercase().ends_with(".pdf") && !it.contains("://");
        files.find(is_pdf).unwrap_or_default()
    }

    /// What is said of the journal where its name should be.
    fn add_journal(&self, draft: &mut Draft) {
        for journal in self.all(Field::Journal) {
            let source = journal.get("source").unwrap_or(journal);
            for (fact, name) in
                [(Fact::Volume, "volume"), (Fact::Pages, "pages"), (Fact::Issn, "issn_l")]
            {
                let text = source.get(name).and_then(Loose::as_text).unwrap_or_default();
                draft.add_fact(fact, text.trim());
            }
        }
    }

    fn add_numbers(&self, draft: &mut Draft) {
        let first = self.text(Field::FirstPage).unwrap_or_default();
        let pages = match self.text(Field::LastPage) {
            Some(last) if !first.is_empty() && last != first => format!("{first}–{last}"),
            _ => first,
        };
        draft.add_fact(Fact::Pages, pages);
        let is_own = |it: &String| marked_id(it).is_none() && arxiv_id(it).is_none();
        draft.add_fact(Fact::Number, self.texts(Field::Number).find(is_own).unwrap_or_default());
        let report = self.text(Field::Report).unwrap_or_default();
        draft.add_fact(if draft.venue.is_empty() { Fact::Number } else { Fact::Note }, report);
        draft.facts.retain(|(fact, it)| *fact != Fact::Volume || marked_id(it).is_none());
    }

    /// In CSL the identifier of an item is its citation key, unless a program made it up.
    fn key(&self) -> Option<String> {
        self.all(Field::Issued).next()?;
        let id = self.text(Field::Id)?;
        let is_key = id.starts_with(char::is_alphabetic)
            && !id.contains(|c: char| c.is_whitespace() || c == '/')
            && arxiv_id(&id).is_none();
        is_key.then_some(id)
    }
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words = words.map(str::trim).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join("; ")
}

fn is_decision(text: &str) -> bool {
    let lower = text.to_lowercase();
    DECISIONS.iter().any(|it| lower.starts_with(it))
}
