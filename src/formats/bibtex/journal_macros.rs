//! The journal macros of `AASTeX`, which the Astrophysics Data System writes in place of journal
//! names.

/// The macros, sorted for binary search, and their journals.
const JOURNALS: &[(&str, &str)] = &[
    ("aap", "Astronomy and Astrophysics"),
    ("aapr", "The Astronomy and Astrophysics Review"),
    ("aaps", "Astronomy and Astrophysics Supplement Series"),
    ("actaa", "Acta Astronomica"),
    ("aj", "The Astronomical Journal"),
    ("ao", "Applied Optics"),
    ("apj", "The Astrophysical Journal"),
    ("apjl", "The Astrophysical Journal Letters"),
    ("apjlett", "The Astrophysical Journal Letters"),
    ("apjs", "The Astrophysical Journal Supplement Series"),
    ("apjsupp", "The Astrophysical Journal Supplement Series"),
    ("aplett", "Astrophysical Letters"),
    ("applopt", "Applied Optics"),
    ("apspr", "Astrophysics Space Physics Research"),
    ("apss", "Astrophysics and Space Science"),
    ("araa", "Annual Review of Astronomy and Astrophysics"),
    ("areps", "Annual Review of Earth and Planetary Sciences"),
    ("astap", "Astronomy and Astrophysics"),
    ("azh", "Astronomicheskii Zhurnal"),
    ("baas", "Bulletin of the American Astronomical Society"),
    ("bac", "Bulletin of the Astronomical Institutes of Czechoslovakia"),
    ("bain", "Bulletin of the Astronomical Institutes of the Netherlands"),
    ("caa", "Chinese Astronomy and Astrophysics"),
    ("cjaa", "Chinese Journal of Astronomy and Astrophysics"),
    ("epsl", "Earth and Planetary Science Letters"),
    ("fcp", "Fundamentals of Cosmic Physics"),
    ("gca", "Geochimica et Cosmochimica Acta"),
    ("grl", "Geophysical Research Letters"),
    ("iaucirc", "International Astronomical Union Circular"),
    ("icarus", "Icarus"),
    ("japa", "Journal of Astrophysics and Astronomy"),
    ("jcap", "Journal of Cosmology and Astroparticle Physics"),
    ("jcp", "The Journal of Chemical Physics"),
    ("jgr", "Journal of Geophysical Research"),
    ("jqsrt", "Journal of Quantitative Spectroscopy and Radiative Transfer"),
    ("jrasc", "Journal of the Royal Astronomical Society of Canada"),
    ("maps", "Meteoritics and Planetary Science"),
    ("memras", "Memoirs of the Royal Astronomical Society"),
    ("memsai", "Memorie della Società Astronomica Italiana"),
    ("mnras", "Monthly Notices of the Royal Astronomical Society"),
    ("na", "New Astronomy"),
    ("nar", "New Astronomy Reviews"),
    ("nat", "Nature"),
    ("nphysa", "Nuclear Physics A"),
    ("pasa", "Publications of the Astronomical Society of Australia"),
    ("pasj", "Publications of the Astronomical Society of Japan"),
    ("pasp", "Publications of the Astronomical Society of the Pacific"),
    ("physrep", "Physics Reports"),
    ("physscr", "Physica Scripta"),
    ("planss", "Planetary and Space Science"),
    ("pra", "Physical Review A"),
    ("prb", "Physical Review B"),
    ("prc", "Physical Review C"),
    ("prd", "Physical Review D"),
    ("pre", "Physical Review E"),
    ("prl", "Physical Review Letters"),
    ("procspie", "Proceedings of SPIE"),
    ("psj", "The Planetary Science Journal"),
    ("qjras", "Quarterly Journal of the Royal Astronomical Society"),
    ("rmp", "Reviews of Modern Physics"),
    ("rmxaa", "Revista Mexicana de Astronomía y Astrofísica"),
    ("rnaas", "Research Notes of the AAS"),
    ("skytel", "Sky and Telescope"),
    ("solphys", "Solar Physics"),
    ("sovast", "Soviet Astronomy"),
    ("ssr", "Space Science Reviews"),
    ("zap", "Zeitschrift für Astrophysik"),
];

/// Returns the journal for a field that is a single macro: `\apj`, `{\mnras}`.
pub fn journal(text: &str) -> Option<&'static str> {
    let name = text.trim_matches(['{', '}', ' ']).strip_prefix('\\')?;
    JOURNALS.binary_search_by_key(&name, |(it, _)| it).ok().map(|at| JOURNALS[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_macro_alone_is_a_journal() {
        assert!(JOURNALS.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(journal("\\prd"), Some("Physical Review D"));
        assert_eq!(
            journal("{\\pasp}"),
            Some("Publications of the Astronomical Society of the Pacific")
        );
        for text in ["prd", "\\prd A", "\\unknown", ""] {
            assert_eq!(journal(text), None, "{text}");
        }
    }
}
