//! Which capitals of a title a style may not lower.

/// How the words of a title are written, which decides what a capital says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Nothing can be told: all is in capitals, or within braces already.
    Free,
    /// Most words begin with a capital, names or not.
    Title,
    /// Only names and the first word do.
    Sentence,
}

/// Names, and words made of names, that titles hold again and again.
const NAMES: &str = "\
    african american arabic asian banach bayes bayesian bernoulli boltzmann boolean brownian \
    cartesian cauchy chinese dirichlet dutch einstein english euclidean european fisher \
    fourier french gauss gaussian german gibbs greek gödel hamilton hamiltonian hebbian \
    hermitian hessian hilbert hopfield indian italian jacobian japanese kalman kolmogorov \
    korean lagrangian langevin laplace laplacian latin levy lie lipschitz lyapunov markov \
    markovian nash newton newtonian poisson riemann riemannian russian schrödinger shannon \
    sobolev spanish stein swedish thompson turing turkish wasserstein wiener";

/// How a title is written.
pub(super) fn case_of(title: &str) -> Case {
    let words = title.split_whitespace();
    if words.clone().count() > 2 && !title.contains(char::is_lowercase) {
        return Case::Free;
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
    if small > 1 && small > 2 * capital { Case::Sentence } else { Case::Title }
}

/// Whether what follows begins with a capital as a sentence does.
fn ends_part(text: &str) -> bool {
    text.trim_end().ends_with([':', '.', '?', '!', '–', '—'])
}

/// Whether a style would spoil the word: `GPT`, `LaTeX`, `T5`, a letter that stands for something,
/// as in `Q-learning`, and names. `before` is what the title has before it.
pub(super) fn keeps_case(word: &str, before: &str, case: Case) -> bool {
    if !word.starts_with(char::is_uppercase) {
        return word.chars().skip(1).any(char::is_uppercase);
    }
    let is_sign = word.chars().skip(1).any(char::is_uppercase)
        || word.contains(|c: char| c.is_ascii_digit())
        || word.chars().count() == 1 && word != "A";
    let begins = before.trim_end().is_empty() || ends_part(before);
    let is_name = || match case {
        Case::Free => false,
        Case::Title => {
            let word = word.to_lowercase();
            NAMES.split(' ').any(|it| it == word)
        }
        Case::Sentence => !before.ends_with(|c: char| "-'’".contains(c)),
    };
    is_sign || !begins && is_name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_within_a_sentence_is_a_name() {
        let sentence = "Memory in the Mexican jumping bean: Evidence from maps";
        assert!(case_of(sentence) == Case::Sentence);
        assert!(keeps_case("Mexican", "Memory in the ", Case::Sentence));
        assert!(!keeps_case("Evidence", "jumping bean: ", Case::Sentence));
        assert!(!keeps_case("Memory", "", Case::Sentence));
        let title = "Deep Markov Models Are All You Need";
        assert!(case_of(title) == Case::Title);
        assert!(keeps_case("Markov", "Deep ", Case::Title));
        assert!(!keeps_case("Models", "Deep Markov ", Case::Title));
        assert!(case_of("ALL IN CAPITALS") == Case::Free);
    }
}
