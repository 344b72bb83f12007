//! Decides which capitals of a title a BibTeX style must not lower.

/// Capitalisation of a title, which decides if a capital marks a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleCase {
    /// Unknown, because the title is all capitals or the text is in braces.
    Free,
    /// Title case: most words begin with a capital.
    Title,
    /// Sentence case: only names and the first word begin with a capital.
    Sentence,
}

/// Frequent proper names in titles, and adjectives made from them.
const PROPER_NAMES: &str = "\
    african american arabic asian banach bayes bayesian bernoulli boltzmann boolean brownian \
    cartesian cauchy chinese dirichlet dutch einstein english euclidean european fisher \
    fourier french gauss gaussian german gibbs greek gödel hamilton hamiltonian hebbian \
    hermitian hessian hilbert hopfield indian italian jacobian japanese kalman kolmogorov \
    korean lagrangian langevin laplace laplacian latin levy lie lipschitz lyapunov markov \
    markovian nash newton newtonian poisson riemann riemannian russian schrödinger shannon \
    sobolev spanish stein swedish thompson turing turkish wasserstein wiener";

/// Detects the capitalisation of a title from its words of more than three letters.
pub fn detect_case(title: &str) -> TitleCase {
    let words = title.split_whitespace();
    if words.clone().count() > 2 && !title.contains(char::is_lowercase) {
        return TitleCase::Free;
    }
    let mut begins = true;
    let (mut capital, mut small) = (0, 0);
    for word in words {
        let first = word.chars().find(|it| it.is_alphabetic());
        if !begins && word.chars().filter(|it| it.is_alphabetic()).count() > 3 {
            match first {
                Some(c) if c.is_uppercase() => capital += 1,
                Some(_) => small += 1,
                None => {}
            }
        }
        begins = ends_part(word);
    }
    if small > 1 && small > 2 * capital { TitleCase::Sentence } else { TitleCase::Title }
}

/// Words after which a single letter is a label, as in `vitamin A`.
const WORDS_BEFORE_LETTERS: &str = "\
    antigen appendix band category chapter class factor figure form grade group haemophilia \
    hemophilia hepatitis immunoglobulin influenza level part phase physics phenotype plan player \
    problem protein receptor review schedule section series site society step strain subtype \
    table toxin type version vitamin zone";

/// Returns true if a capital A within a title is a label and no article: `Physical Review A`,
/// `hepatitis A virus`. `text_before` and `text_after` are the text around it.
pub fn is_letter(text_before: &str, text_after: &str, case: TitleCase) -> bool {
    let text_before = text_before.trim_end_matches(['{', '}']);
    let is_opening = |c: char| "(“‘\"'[—–".contains(c);
    if text_before.trim_end().is_empty()
        || ends_part(text_before)
        || text_before.trim_end().ends_with(is_opening)
    {
        return false;
    }
    let follows = text_after.trim_start_matches(['{', '}']).trim_start().chars().next();
    let ends =
        follows.is_none_or(|c| !c.is_alphanumeric() && !is_opening(c) && c != '$' && c != '\\');
    let word =
        text_before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let word = word.to_lowercase();
    ends || case == TitleCase::Sentence
        || text_before.ends_with('-')
        || WORDS_BEFORE_LETTERS.split(' ').any(|it| it == word)
}

/// Returns true if the next word begins a new sentence or subtitle.
fn ends_part(text: &str) -> bool {
    text.trim_end().ends_with([':', '.', '?', '!', '–', '—'])
}

/// Returns true if a style must not change the case of the word: `GPT`, `LaTeX`, `T5`,
/// single-letter labels as in `Q-learning`, and names. `text_before` and `text_after` are the text
/// around it.
pub fn keeps_case(word: &str, text_before: &str, text_after: &str, case: TitleCase) -> bool {
    if !word.starts_with(char::is_uppercase) {
        return word.chars().skip(1).any(char::is_uppercase);
    }
    let is_sign = word.chars().skip(1).any(char::is_uppercase)
        || word.contains(|c: char| c.is_ascii_digit())
        || word.chars().count() == 1 && (word != "A" || is_letter(text_before, text_after, case));
    let begins = text_before.trim_end().is_empty() || ends_part(text_before);
    let is_name = || match case {
        TitleCase::Free => false,
        TitleCase::Title => {
            let word = word.to_lowercase();
            PROPER_NAMES.split(' ').any(|it| it == word)
        }
        TitleCase::Sentence => !text_before.ends_with(|c: char| "-'’".contains(c)),
    };
    is_sign || !begins && is_name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_within_a_sentence_is_a_name() {
        let title = "Memory in the Mexican jumping bean: Evidence from maps";
        assert!(detect_case(title) == TitleCase::Sentence);
        assert!(keeps_case("Mexican", "Memory in the ", " bean", TitleCase::Sentence));
        assert!(!keeps_case("Evidence", "jumping bean: ", " from", TitleCase::Sentence));
        assert!(!keeps_case("Memory", "", " in", TitleCase::Sentence));
        let title = "Deep Markov Models Are All You Need";
        assert!(detect_case(title) == TitleCase::Title);
        assert!(keeps_case("Markov", "Deep ", " Models", TitleCase::Title));
        assert!(!keeps_case("Models", "Deep Markov ", " Are", TitleCase::Title));
        assert!(detect_case("ALL IN CAPITALS") == TitleCase::Free);
    }

    #[test]
    fn a_capital_a_is_a_letter_where_it_ends_a_part_or_follows_what_letters_name() {
        for (title, expected) in [
            ("Physical Review A", true),
            ("Vitamin A: An Overview", true),
            ("Hepatitis A Virus in Ely", true),
            ("Type A and Type B Players", true),
            ("Testing A/B Buckets", true),
            ("Learning With A Twist", false),
            ("Learning: A Survey", false),
            ("Learning (A Survey)", false),
            ("A Map", false),
        ] {
            let at = title.find('A').unwrap();
            assert_eq!(
                is_letter(&title[..at], &title[at + 1..], TitleCase::Title),
                expected,
                "{title}"
            );
        }
        assert!(is_letter("the role of ", " in water", TitleCase::Sentence));
    }
}
