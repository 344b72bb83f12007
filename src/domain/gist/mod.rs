//! The gist of a paper: the one sentence of its abstract that says what is new.
//!
//! Rules and position choose it, without a model: a sentence in which the authors say what they
//! propose, show or find stands out by few phrases, and the first such sentence is nearly always
//! the one that a reader would choose. The integration tests compare the choice with that of a
//! reader for 60 papers.

mod cues;

use crate::text::sentences;

/// Bytes of an abstract that are considered: a longer text is no abstract.
const MAX_ABSTRACT_LEN: usize = 20_000;

/// Returns the sentence of the abstract that says what is new, or `None` if it has no sentence.
pub fn gist(abstract_text: &str) -> Option<&str> {
    let text = &abstract_text[..abstract_text.floor_char_boundary(MAX_ABSTRACT_LEN)];
    let mut best: Option<(&str, i32)> = None;
    for (position, range) in sentences(text).enumerate() {
        let sentence = &text[range];
        let score = cues::merit(sentence) - position_penalty(position);
        if best.is_none_or(|(_, highest)| score > highest) {
            best = Some((sentence, score));
        }
    }
    best.map(|(sentence, _)| sentence)
}

/// Later sentences detail what an earlier one announces, the more the later, up to a bound: some
/// abstracts begin with a long background.
fn position_penalty(position: usize) -> i32 {
    const POINTS: [i32; 6] = [0, 3, 5, 7, 9, 11];
    POINTS.get(position).copied().unwrap_or(12)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_contribution_precedes_background_and_results() {
        let text = "Recently, nets have become large. However, they are slow, e.g. by 3.5 times. \
                    Following Ek et al. (2020), we propose LEAN, a net that is small and fast. \
                    Extensive experiments show that our method outperforms nets by 4%. \
                    Our code is available at https://example.org/lean.";
        let expected = "Following Ek et al. (2020), we propose LEAN, a net that is small and fast.";
        assert_eq!(gist(text), Some(expected));
    }

    #[test]
    fn a_finding_precedes_the_activity_that_led_to_it() {
        let text = "Birds sing at dawn for reasons that are unknown. In this work, we study the \
                    song of 300 robins. We find that robins sing against the noise of the city.";
        assert_eq!(gist(text), Some("We find that robins sing against the noise of the city."));
    }

    #[test]
    fn the_conclusion_of_a_structured_abstract_is_its_gist() {
        let text = "BACKGROUND: The effect of tea on sleep is not known in children. METHODS: In \
                    total 300 children drank tea. CONCLUSIONS: Tea at noon did not shorten sleep.";
        assert_eq!(gist(text), Some("CONCLUSIONS: Tea at noon did not shorten sleep."));
    }

    #[test]
    fn scripts_without_blanks_have_a_gist() {
        let text = "近年来，模型越来越大。本文提出一种小模型。实验很多。";
        assert_eq!(gist(text), Some("本文提出一种小模型。"));
    }

    #[test]
    fn a_text_without_cues_has_a_gist_and_a_blank_one_none() {
        assert_eq!(gist("One"), Some("One"));
        assert_eq!(gist(" \n"), None);
        assert_eq!(gist(""), None);
    }

    proptest! {
        #[test]
        fn the_gist_is_a_part_of_the_text(text in "(We find |this |。|é|\\. |[A-Z]{1,3} ){0,12}") {
            let found = gist(&text).unwrap_or_default();
            prop_assert!(text.contains(found));
            prop_assert_eq!(found.trim().is_empty(), text.trim().is_empty());
        }
    }
}
