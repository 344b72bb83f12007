//! Which capitals of a title a style may not lower.

/// How the words of a title are written, which decides what a capital says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleCase {
    /// Nothing can be told: all is in capitals, or within braces already.
    Free,
    /// Most words begin with a capital, names or not.
    Title,
    /// Only names and the first word do.
    Sentence,
}

/// Names, and words made of names, that titles hold again and again.
const PROPER_NAMES: &str = "\
    african american arabic asian banach bayes bayesian bernoulli boltzmann boolean brownian \
    cartesian cauchy chinese dirichlet dutch einstein english euclidean european fisher \
    fourier french gauss gaussian german gibbs greek gödel hamilton hamiltonian hebbian \
    hermitian hessian hilbert hopfield indian italian jacobian japanese kalman kolmogorov \
    korean lagrangian langevin laplace laplacian latin levy lie lipschitz lyapunov markov \
    markovian nash newton newtonian poisson riemann riemannian russian schrödinger shannon \
    sobolev spanish stein swedish thompson turing turkish wasserstein wiener";

/// How a title is written.
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
                Some(it) if it.is_uppercase() => capital += 1,
                Some(_) => small += 1,
                None => {}
            }
        }
        begins = ends_part(word);
    }
    if small > 1 && small > 2 * capital { TitleCase::Sentence } else { TitleCase::Title }
}

/// Words that a single letter follows as a name: `vitamin A`.
const WORDS_BEFORE_LETTERS: &str = "\
    antigen appendix band category chapter class factor figure form grade group haemophilia \
    hemophilia hepatitis immunoglobulin influenza level part phase physics phenotype plan player \
    problem protein receptor review schedule section series site society step strain subtype \
    table toxin type version vitamin zone";

/// Returns true if a capital A within a title is a letter that stands for something, and no
/// article: `Physical Review A`, `hepatitis A virus`. `before` and `after` are the title around it.
pub fn is_letter(before: &str, after: &str, case: TitleCase) -> bool {
    let before = before.trim_end_matches(['{', '}']);
    let opens = |c: char| "(“‘\"'[—–".contains(c);
    if before.trim_end().is_empty() || ends_part(before) || before.trim_end().ends_with(opens) {
        return false;
    }
    let follows = after.trim_start_matches(['{', '}']).trim_start().chars().next();
    let ends = follows.is_none_or(|c| !c.is_alphanumeric() && !opens(c) && c != '$' && c != '\\');
    let word = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let word = word.to_lowercase();
    ends || case == TitleCase::Sentence
        || before.ends_with('-')
        || WORDS_BEFORE_LETTERS.split(' ').any(|it| it == word)
}

/// Whether what follows begins with a capital as a sentence does.
fn ends_part(text: &str) -> bool {
    text.trim_end().ends_with([':', '.', '?', '!', '–', '—'])
}

/// Whether a style would spoil the word: `GPT`, `LaTeX`, `T5`, a letter that stands for something,
/// as in `Q-learning`, and names. `before` and `after` are what the title has around it.
pub fn keeps_case(word: &str, before: &str, after: &str, case: TitleCase) -> bool {
    if !word.starts_with(char::is_uppercase) {
        return word.chars().skip(1).any(char::is_uppercase);
    }
    let is_sign = word.chars().skip(1).any(char::is_uppercase)
        || word.contains(|c: char| c.is_ascii_digit())
        || word.chars().count() == 1 && (word != "A" || is_letter(before, after, case));
    let begins = before.trim_end().is_empty() || ends_part(before);
    let is_name = || match case {
        TitleCase::Free => false,
        TitleCase::Title => {
            let word = word.to_lowercase();
            PROPER_NAMES.split(' ').any(|it| it == word)
        }
        TitleCase::Sentence => !before.ends_with(|c: char| "-'’".contains(c)),
    };
    is_sign || !begins && is_name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_within_a_sentence_is_a_name() {
        let sentence = "Memory in the Mexican jumping bean: Evidence from maps";
        assert!(detect_case(sentence) == TitleCase::Sentence);
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
