//! Dates as XML has them: `2026-07-26T00:00:00Z`, `Sun, 26 Jul 2026 00:00:00 +0000`,
//! `2016 Jan-Feb`, `December`.

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The year, and as much of the date as is known: `2026-07-26`, `2016-01`, `1998`.
pub(in crate::formats) fn date(text: &str) -> Option<(i16, String)> {
    let is_part = |it: &&str| !it.is_empty();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(is_part).take(8).collect();
    let (at, year) = words.iter().enumerate().find_map(|(at, word)| Some((at, year(word)?)))?;
    let named = words.iter().position(|it| month(it).is_some());
    let (month, day) = match named {
        Some(place) => {
            let before = place.checked_sub(1).and_then(|it| words.get(it));
            let day = [before, words.get(place + 1)].into_iter().flatten().find_map(|it| day(it));
            (words.get(place).and_then(|it| month(it)), day)
        }
        None => (
            words.get(at + 1).and_then(|it| number(it, 12)),
            words.get(at + 2).and_then(|it| day(it)),
        ),
    };
    Some((
        year,
        match (month, day) {
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}"),
        },
    ))
}

fn year(word: &str) -> Option<i16> {
    let year = if word.len() == 4 { word.parse().ok()? } else { return None };
    (1000..=2999).contains(&year).then_some(year)
}

/// A month by its name or the beginning of it, from one.
fn month(word: &str) -> Option<u8> {
    let start = word.get(..3)?.to_ascii_lowercase();
    MONTHS.iter().position(|it| *it == start).map(|at| at as u8 + 1)
}

/// A day, also where the time follows it: `26T00`.
fn day(word: &str) -> Option<u8> {
    number(word.split('T').next()?, 31)
}

fn number(word: &str, most: u8) -> Option<u8> {
    let number = if word.len() <= 2 { word.parse().ok()? } else { return None };
    (1..=most).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_in_any_of_its_forms() {
        for (text, expected) in [
            ("2026-07-26T00:00:00+00:00", "2026-07-26"),
            ("2010-09-06", "2010-09-06"),
            ("Sun, 26 Jul 2026 00:00:00 +0000", "2026-07-26"),
            ("2015 Dec 1", "2015-12-01"),
            ("2015 12 1", "2015-12-01"),
            ("2016 Jan-Feb", "2016-01"),
            ("1998 Dec-1999 Jan", "1998-12"),
            ("July 26, 2026", "2026-07-26"),
            ("December 2020", "2020-12"),
            ("July 5-10 2020", "2020-07-05"),
            ("2000 Spring", "2000"),
            ("1997", "1997"),
        ] {
            assert_eq!(date(text).unwrap().1, expected, "{text}");
        }
        assert_eq!(date("Spring"), None);
        assert_eq!(date(""), None);
    }
}
