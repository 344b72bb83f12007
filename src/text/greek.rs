//! Greek letters and their names: `beta-vae` for `β-vae`, and the other way.

/// The names of the lower-case letters, in the order of the alphabet. A final sigma is folded to the
/// other one.
const GREEK_NAMES: [(char, &str); 24] = [
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ι', "iota"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('ο', "omicron"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('υ', "upsilon"),
    ('φ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
];

/// A text with its Greek letters written the other way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GreekSpelling {
    pub text: String,
    pub ending: GreekEnding,
}

/// The last part of a `GreekSpelling`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GreekEnding {
    /// The letter or its name. More letters behind it would be another word.
    Greek,
    Other,
}

/// Returns the folded text with letters for the names of Greek letters, and with names for letters,
/// as far as these differ from it.
///
/// Only whole parts between signs are converted, with a number behind the letter or not:
/// `tgf-beta1` is `tgf-β1`, but `betamax` is no `βmax`.
pub fn greek_spellings(folded: &str) -> Vec<GreekSpelling> {
    let to_letter = |part: &str, text: &mut String| {
        let Some((letter, _)) = GREEK_NAMES.iter().find(|(_, name)| *name == part) else {
            return false;
        };
        text.push(*letter);
        true
    };
    let to_name = |part: &str, text: &mut String| {
        let mut chars = part.chars();
        let (letter, rest) = (chars.next(), chars.next());
        let is_letter = |(it, _): &&(char, &str)| Some(*it) == letter && rest.is_none();
        let Some((_, name)) = GREEK_NAMES.iter().find(is_letter) else { return false };
        text.push_str(name);
        true
    };
    let mut spellings = Vec::new();
    // Names have ASCII letters only.
    if folded.bytes().any(|it| it.is_ascii_lowercase()) {
        spellings.extend(convert_parts(folded, &to_letter));
    }
    if !folded.is_ascii() {
        spellings.extend(convert_parts(folded, &to_name));
    }
    spellings
}

/// Converts each part between signs. `convert` appends the conversion of a part, or returns false.
fn convert_parts(
    folded: &str,
    convert: &dyn Fn(&str, &mut String) -> bool,
) -> Option<GreekSpelling> {
    let (mut text, mut rest) = (String::new(), folded);
    let (mut is_converted, mut ending) = (false, GreekEnding::Other);
    while !rest.is_empty() {
        let part_len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (part, tail) = rest.split_at(part_len);
        let stem = part.trim_end_matches(|c: char| c.is_ascii_digit());
        if !stem.is_empty() && convert(stem, &mut text) {
            text.push_str(&part[stem.len()..]);
            (is_converted, ending) = (true, GreekEnding::Greek);
        } else if !part.is_empty() {
            text.push_str(part);
            ending = GreekEnding::Other;
        }
        let sign_len = tail.find(char::is_alphanumeric).unwrap_or(tail.len());
        text.push_str(&tail[..sign_len]);
        rest = &tail[sign_len..];
    }
    is_converted.then_some(GreekSpelling { text, ending })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::fold;

    fn spellings(text: &str) -> Vec<String> {
        greek_spellings(&fold(text)).into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn a_letter_is_written_by_its_name_and_the_other_way() {
        for (text, other) in [
            ("beta-vae", "β-vae"),
            ("β-VAE", "beta-vae"),
            ("beta", "β"),
            ("Ω", "omega"),
            ("lambda-calculus", "λ-calculus"),
            ("λ-calculus", "lambda-calculus"),
            ("TGF-beta1", "tgf-β1"),
            ("TGF-β₁", "tgf-beta1"),
            ("alpha/beta", "α/β"),
            ("α,β-unsaturated", "alpha,beta-unsaturated"),
            ("gamma-ray", "γ-ray"),
            ("ς", "sigma"),
            ("µ-opioid", "mu-opioid"),
            ("ϵ-greedy", "epsilon-greedy"),
            ("ϑ", "theta"),
            ("ϕ⁴", "phi4"),
            ("pi-calculus", "π-calculus"),
            ("psi", "ψ"),
            ("TD(λ)", "td(lambda)"),
            ("td(lambda)", "td(λ)"),
            ("chi2", "χ2"),
            ("ώ", "omega"),
        ] {
            assert_eq!(spellings(text), [other], "{text}");
        }
    }

    #[test]
    fn a_part_of_a_word_is_no_letter() {
        for text in ["betamax", "alphabet", "λόγος", "supernova", "multi-betas", "vae", "2", ""]
        {
            assert_eq!(spellings(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_last_part_tells_whether_letters_may_follow() {
        let ending = |text| greek_spellings(text)[0].ending;
        assert_eq!(ending("tgf-beta"), GreekEnding::Greek);
        assert_eq!(ending("td(lambda)"), GreekEnding::Greek);
        assert_eq!(ending("chi2"), GreekEnding::Greek);
        assert_eq!(ending("beta-va"), GreekEnding::Other);
    }

    proptest! {
        #[test]
        fn every_letter_comes_back(
            parts in prop::collection::vec((prop::sample::select(&GREEK_NAMES[..]), "[-/ ]"), 1..4),
        ) {
            let (mut letters, mut names) = (String::new(), String::new());
            for ((letter, name), sign) in &parts {
                letters.push(*letter);
                letters.push_str(sign);
                names.push_str(name);
                names.push_str(sign);
            }
            prop_assert_eq!(spellings(&letters), [names.clone()]);
            prop_assert_eq!(spellings(&names), [letters]);
        }

        #[test]
        fn any_text_is_converted(text in any::<String>()) {
            for spelling in greek_spellings(&text) {
                prop_assert_ne!(spelling.text, text.clone());
            }
        }
    }
}
