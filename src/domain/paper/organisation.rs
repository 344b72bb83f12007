//! Recognises authors that are organisations, whose names have no family part.

/// The last words of organisations' names.
const ORGANISATION_SUFFIXES: [&str; 24] = [
    "agency", "association", "bureau", "collaboration", "collaborations", "commission",
    "committee", "community", "consortium", "council", "department", "foundation", "group",
    "institute", "laboratory", "ministry", "network", "office", "organisation", "organization",
    "project", "society", "team", "university",
];

/// Returns true if a name is that of a collaboration or company: `The ATLAS Collaboration`,
/// `Smith and Sons`.
pub fn is_organisation(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let has_and = words.clone().any(|it| it.eq_ignore_ascii_case("and"));
    let is_end = |word: &str| ORGANISATION_SUFFIXES.iter().any(|it| it.eq_ignore_ascii_case(word));
    let ends = words.next_back().is_some_and(is_end);
    has_and || ends && words.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collaboration_is_no_person() {
        for name in ["The ATLAS Collaboration", "Gemini Team", "Smith and Sons"] {
            assert!(is_organisation(name), "{name}");
        }
        for name in ["Ada Lovelace", "Group", "Anderson", ""] {
            assert!(!is_organisation(name), "{name}");
        }
    }
}
