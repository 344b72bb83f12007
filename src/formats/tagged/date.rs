//! Dates as people and programs write them.

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads `2014//`, `2001/09/01/`, `2016 Jan-Feb`, `8 June 2004`, `20040608` and the like: the year,
/// and `2004-06-08` or `2004-06` where more is known.
pub(in super::super) fn date(text: &str) -> Option<(i16, String)> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    if let [whole] = words[..]
        && whole.len() == 8
        && whole.bytes().all(|it| it.is_ascii_digit())
    {
        return Some(dated(year(&whole[..4])?, number(&whole[4..6]), number(&whole[6..])));
    }
    let at = words.iter().position(|it| year(it).is_some())?;
    let year = year(words[at])?;
    let before: Vec<u8> = words[..at].iter().map(|it| number(it)).collect();
    let mut after = words[at + 1..].iter().map(|it| number(it));
    let (month, day) = match words.iter().find_map(|it| month(it)) {
        Some(month) => (month, before.into_iter().chain(after).find(|it| *it > 0).unwrap_or(0)),
        None => match before[..] {
            [] => (after.next().unwrap_or(0), after.next().unwrap_or(0)),
            [month] => (month, 0),
            [day, month] if day > 12 => (month, day),
            [month, day] if day > 12 => (month, day),
            _ => (0, 0),
        },
    };
    Some(dated(year, month, day))
}

/// A month or a day that cannot be is left out.
fn dated(year: i16, month: u8, day: u8) -> (i16, String) {
    let text = match (month, day) {
        (1..=12, 1..=31) => format!("{year}-{month:02}-{day:02}"),
        (1..=12, _) => format!("{year}-{month:02}"),
        _ => String::new(),
    };
    (year, text)
}

/// Four digits that a letter may stick to: `2004a`, `c2004`.
fn year(word: &str) -> Option<i16> {
    let digits = word.trim_matches(|c: char| c.is_ascii_alphabetic());
    let is_year = digits.len() == 4 && word.len() < 6;
    let year = digits.parse().ok().filter(|_| is_year);
    year.filter(|it| (1000..=2999).contains(it))
}

fn month(word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    let is_month = |it: &str| it.starts_with(&word) || it == "september" && word == "sept";
    let at = MONTHS.iter().position(|it| word.len() > 2 && is_month(it))?;
    Some(at as u8 + 1)
}

/// The number that a word begins with, `3` of `3rd` and of `03T20`, or zero.
fn number(word: &str) -> u8 {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    word[..end].parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_in_every_shape() {
        for (text, year, rest) in [
            ("2014", 2014, ""),
            ("2014//", 2014, ""),
            ("2001/00/00/", 2001, ""),
            ("2016/12//", 2016, "2016-12"),
            ("2004/05/01/", 2004, "2004-05-01"),
            ("2004/05/01/Spring", 2004, "2004-05-01"),
            ("2006 Mar 1", 2006, "2006-03-01"),
            ("2016 Jan-Feb", 2016, "2016-01"),
            ("2004 SEPT", 2004, "2004-09"),
            ("2004 SPR", 2004, ""),
            ("2015 Dec-2016 Jan", 2015, "2015-12"),
            ("June 8, 2004", 2004, "2004-06-08"),
            ("8th June 2004", 2004, "2004-06-08"),
            ("06/2004", 2004, "2004-06"),
            ("28/06/2004", 2004, "2004-06-28"),
            ("05/06/2004", 2004, ""),
            ("2004-06-08T20:30:00Z", 2004, "2004-06-08"),
            ("20040608", 2004, "2004-06-08"),
            ("c2004", 2004, ""),
        ] {
            assert_eq!(date(text), Some((year, rest.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_has_no_year_is_no_date() {
        for text in ["", "///", "99", "YEAR/MONTH/DAY/", "JUN 8", "in press", "٢٠٠٤", "0000/01"]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
