//! Other spellings of a query word, which papers may use: without punctuation, with the umlauts or
//! the Greek letters written out, and with TeX as it is displayed.

use crate::text::{
    GreekEnding, fold, greek_spellings, is_word_char, tex_to_unicode, umlaut_variants,
};

/// The spellings of a word beside the one that is typed, folded.
#[derive(Debug, Default)]
pub struct OtherSpellings {
    /// Match the beginnings of words too.
    pub variants: Vec<String>,
    /// Match whole words only.
    pub whole_variants: Vec<String>,
}

impl OtherSpellings {
    /// `value` is the word as typed, `text` the same folded, without punctuation around it.
    pub fn new(value: &str, text: &str) -> Self {
        let mut spellings = Self::default();
        // Signs at the end, as in `C++`, are what distinguishes the word.
        if !text.ends_with(['+', '#', '$', '%', '@']) {
            spellings.add_spaced(text, text);
        }
        spellings.add_joined(text);
        let umlauts = umlaut_variants(value).into_iter().map(|(spelling, _)| spelling);
        spellings.variants.extend(umlauts);
        if let Some(formula) = without_scripts(value) {
            spellings.add_greek(&formula);
            spellings.add(formula, text);
        }
        spellings.add_greek(text);
        spellings
    }

    /// Adds the text with its Greek letters written the other way.
    fn add_greek(&mut self, text: &str) {
        for greek in greek_spellings(text) {
            match greek.ending {
                GreekEnding::Other => {
                    self.add_spaced(&greek.text, text);
                    self.add(greek.text, text);
                }
                GreekEnding::Greek => {
                    let mut whole = Self::default();
                    whole.add_spaced(&greek.text, text);
                    whole.add(greek.text, text);
                    self.whole_variants.append(&mut whole.variants);
                }
            }
        }
    }

    /// Adds the spelling with blanks for its punctuation.
    fn add_spaced(&mut self, spelling: &str, text: &str) {
        let spaced: String =
            spelling.chars().map(|it| if is_word_char(it) { it } else { ' ' }).collect();
        self.add(spaced.trim().to_owned(), text);
    }

    /// Adds the spelling without hyphens: `fine-tuning` is also written `finetuning`, but `3-5` is
    /// not written `35`.
    fn add_joined(&mut self, text: &str) {
        let is_compound = text.contains('-')
            && text.chars().all(|it| it == '-' || is_word_char(it))
            && text.chars().any(char::is_alphabetic);
        if is_compound {
            self.add(text.replace('-', ""), text);
        }
    }

    fn add(&mut self, spelling: String, text: &str) {
        if !spelling.is_empty() && spelling != text && !self.variants.contains(&spelling) {
            self.variants.push(spelling);
        }
    }
}

/// The word without the signs of its subscripts and superscripts, as titles show it: `MgB2` for
/// `MgB_2`. `None` if it has none.
fn without_scripts(value: &str) -> Option<String> {
    let inner = value.trim_matches(|c: char| !c.is_alphanumeric() && c != '}');
    if !inner.contains(['_', '^']) || inner.contains('$') {
        return None;
    }
    let formula = format!("${inner}$");
    let displayed = tex_to_unicode(&formula);
    (displayed != formula).then(|| fold(&displayed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variants(value: &str) -> Vec<String> {
        OtherSpellings::new(value, &fold(value)).variants
    }

    #[test]
    fn punctuation_may_be_a_blank() {
        assert_eq!(variants("key-value"), ["key value", "keyvalue"]);
        assert_eq!(variants("3-5"), ["3 5"]);
        assert_eq!(variants("c++"), [""; 0]);
        assert_eq!(variants("++"), [""; 0]);
        assert_eq!(variants("brain"), [""; 0]);
    }

    #[test]
    fn umlauts_are_written_out() {
        assert_eq!(variants("Müller"), ["mueller"]);
    }

    #[test]
    fn scripts_are_read_as_in_titles() {
        assert_eq!(variants("MgB_2"), ["mgb 2", "mgb2"]);
        assert_eq!(variants("S^2"), ["s 2", "s2"]);
        assert_eq!(variants("10^{-3}"), ["10   3", "10-3"]);
    }

    #[test]
    fn a_greek_letter_at_the_end_is_a_whole_word() {
        let spellings = OtherSpellings::new("TGF-beta", "tgf-beta");
        assert_eq!(spellings.variants, ["tgf beta", "tgfbeta"]);
        assert_eq!(spellings.whole_variants, ["tgf β", "tgf-β"]);
        assert_eq!(variants("beta-VAE"), ["beta vae", "betavae", "β vae", "β-vae"]);
        assert_eq!(variants("β-VAE"), ["β vae", "βvae", "beta vae", "beta-vae"]);
        assert_eq!(variants("betamax"), [""; 0]);
    }
}
