//! Names as bibliographies and citations write them, most with a word of the title.

use offprint::domain::PersonName;

use super::dice::Dice;
use super::recalled::{Mistaken, Recalled};

/// `Gershman et al., 2025`
pub(crate) fn et_al(recalled: &Recalled<'_>, _: &mut Dice) -> Option<Mistaken> {
    citation(recalled, &recalled.first_author()?)
}

fn citation(recalled: &Recalled<'_>, name: &PersonName) -> Option<Mistaken> {
    const FEWEST: usize = 3;
    let year = recalled.paper.year?;
    (recalled.paper.authors().count() >= FEWEST).then(|| Mistaken {
        typed: format!("{} et al., {year}", name.family),
        correct: Some(format!("{} {year}", name.family)),
    })
}

/// `Gershman et al., 2025 memory`
pub(crate) fn et_al_and_word(recalled: &Recalled<'_>, dice: &mut Dice) -> Option<Mistaken> {
    and_word(recalled, dice, |name| citation(recalled, name))
}

/// `Gershman & Fiete memory`
pub(crate) fn two_and_word(recalled: &Recalled<'_>, dice: &mut Dice) -> Option<Mistaken> {
    let second = PersonName::parse(recalled.paper.authors().nth(1)?).family;
    and_word(recalled, dice, |first| {
        Some(Mistaken {
            typed: format!("{} & {second}", first.family),
            correct: Some(format!("{} {second}", first.family)),
        })
    })
}

/// `Gershman SJ memory`
pub(crate) fn bare_initials_and_word(recalled: &Recalled<'_>, dice: &mut Dice) -> Option<Mistaken> {
    and_word(recalled, dice, |name| {
        let initials: String = initials(name).into_iter().collect();
        Some(instead_of_family(name, format!("{} {initials}", name.family)))
    })
}

/// `Gershman, S.J. memory`
pub(crate) fn dotted_initials_and_word(
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    and_word(recalled, dice, |name| {
        let initials: Vec<String> = initials(name).iter().map(|it| format!("{it}.")).collect();
        Some(instead_of_family(name, format!("{}, {}", name.family, initials.concat())))
    })
}

/// `Gershman, Samuel J. memory`
pub(crate) fn inverted_and_word(recalled: &Recalled<'_>, dice: &mut Dice) -> Option<Mistaken> {
    and_word(recalled, dice, |name| {
        Some(instead_of_family(name, format!("{}, {}", name.family, name.given)))
    })
}

fn instead_of_family(name: &PersonName, typed: String) -> Mistaken {
    Mistaken { typed, correct: Some(name.family.clone()) }
}

fn initials(name: &PersonName) -> Vec<char> {
    let parts = name.given.split(|it: char| it.is_whitespace() || it == '-' || it == '.');
    parts.filter_map(|it| it.chars().next()).collect()
}

/// The form of the first author's name, before a word of the title.
fn and_word(
    recalled: &Recalled<'_>,
    dice: &mut Dice,
    make: impl FnOnce(&PersonName) -> Option<Mistaken>,
) -> Option<Mistaken> {
    let mistaken = make(&recalled.first_author()?)?;
    let word = recalled.some_word(dice)?;
    Some(Mistaken {
        typed: format!("{} {word}", mistaken.typed),
        correct: mistaken.correct.map(|it| format!("{it} {word}")),
    })
}
