//! Normalises identifiers of `PubMed` (PMID) and `PubMed` Central (PMCID).

use super::is_digits;

/// Normalises a PMID to its digits. Accepts `PMID: 16403221`, URLs, and numbers that a spreadsheet
/// wrote as `16403221.0`. Rejects zero and other placeholders.
pub fn pmid(text: &str) -> Option<String> {
    const PMID_LABELS: [&str; 4] =
        ["pubmed.ncbi.nlm.nih.gov/", "ncbi.nlm.nih.gov/pubmed/", "pmid", "pubmed"];
    let lower = text.trim().to_ascii_lowercase();
    let number = PMID_LABELS.iter().find_map(|it| super::after_words(&lower, it)).unwrap_or(&lower);
    let number = number.trim_start_matches([':', ' ']).trim_end_matches(['/', ';', ',', ' ', '.']);
    let number = number.strip_suffix(".0").unwrap_or(number).trim_end_matches('.');
    normalise_number(number)
}

/// Normalises a PMCID to `PMC` and digits, without version.
pub fn pmcid(text: &str) -> Option<String> {
    let lower = text.trim().to_ascii_lowercase();
    let tail = lower.rfind("pmc").map_or(&*lower, |at| &lower[at + "pmc".len()..]);
    let number = tail.trim_start_matches(|c: char| "id: ".contains(c));
    let number =
        number.split('.').next().unwrap_or_default().trim_end_matches(['/', ';', ',', ' ']);
    normalise_number(number).map(|it| format!("PMC{it}"))
}

/// Strips leading zeros from a positive number of at most nine digits.
fn normalise_number(number: &str) -> Option<String> {
    let digits = number.trim_start_matches('0');
    (is_digits(number, 1..=12) && is_digits(digits, 1..=9)).then(|| digits.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_pubmed_is_positive() {
        for text in [
            "16403221",
            "016403221",
            "16403221.0",
            "PMID: 16403221",
            "PUBMED 16403221",
            "pmid:16403221;",
            "https://pubmed.ncbi.nlm.nih.gov/16403221/",
            "https://www.ncbi.nlm.nih.gov/pubmed/16403221",
        ] {
            assert_eq!(pmid(text).as_deref(), Some("16403221"), "{text}");
        }
        for text in
            ["", "0", "-1", "00", "NA", "None", "n/a", "null", "unknown", "PMC12", "1e7", "0.0"]
        {
            assert_eq!(pmid(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_in_pubmed_central_has_its_letters() {
        for text in [
            "PMC1373603",
            "1373603",
            "PMCID: PMC1373603",
            "PMC1373603.2",
            "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1373603/",
        ] {
            assert_eq!(pmcid(text).as_deref(), Some("PMC1373603"), "{text}");
        }
        for text in ["", "PMC", "PMC0", "0", "-1", "NA", "none", "pmc-12"] {
            assert_eq!(pmcid(text), None, "{text}");
        }
    }
}
