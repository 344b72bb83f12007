//! Colours of the screen: the theme, and what is known of the terminal.

/// The colour theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// The terminal's own 16 colours for its background; none if the background is unknown.
    #[default]
    Terminal,
    /// No colours, as `NO_COLOR` requests.
    Plain,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
}

/// Number of colours of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorDepth {
    #[default]
    Sixteen,
    Indexed,
    TrueColor,
}

/// Brightness of the terminal's background.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Background {
    #[default]
    Unknown,
    Dark,
    Light,
}

/// The theme in use, and the terminal that it is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Appearance {
    pub theme: Theme,
    pub depth: ColorDepth,
    pub background: Background,
    pub line_art: LineArt,
}

impl Theme {
    pub const ALL: [(&'static str, Self); 4] = [
        ("terminal", Self::Terminal),
        ("plain", Self::Plain),
        ("dark", Self::Dark),
        ("light", Self::Light),
    ];

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(it, _)| *it == name).map(|(_, theme)| theme)
    }

    /// The name on the command line and in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Plain => "plain",
            Self::Dark => "dark",
            Self::Light => "light",
        }
    }

    /// Description for the menu.
    pub fn description(self) -> &'static str {
        match self {
            Self::Terminal => "the terminal's own colours, on a background that it tells",
            Self::Plain => "no colours",
            Self::Dark => "for a dark background",
            Self::Light => "for a light background",
        }
    }
}

/// The characters of rules, bars and markers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineArt {
    #[default]
    Unicode,
    /// ASCII only, for terminals that draw box characters two cells wide or not at all.
    Ascii,
}

impl LineArt {
    pub const ALL: [(&'static str, Self); 2] = [("unicode", Self::Unicode), ("ascii", Self::Ascii)];

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(it, _)| *it == name).map(|(_, kind)| kind)
    }
}

impl ColorDepth {
    /// Derives the depth from the values of `TERM` and `COLORTERM`.
    pub fn from_variables(term: &str, color_term: &str) -> Self {
        if matches!(color_term, "truecolor" | "24bit") || term.ends_with("-direct") {
            return Self::TrueColor;
        }
        if term.contains("256color") { Self::Indexed } else { Self::Sixteen }
    }
}

impl Background {
    /// Classifies a colour by its luminance, which lies between 0 and 1.
    pub fn from_luminance(luminance: f64) -> Self {
        // At this luminance black text and white text have the same contrast.
        const MIDDLE: f64 = 0.179;
        if luminance < MIDDLE { Self::Dark } else { Self::Light }
    }

    /// Reads the value of `COLORFGBG`, such as `15;0`: its last number is one of the 16 colours.
    pub fn from_color_fgbg(value: &str) -> Self {
        match value.rsplit(';').next().and_then(|it| it.parse::<u8>().ok()) {
            Some(0..=6 | 8) => Self::Dark,
            Some(7 | 9..=15) => Self::Light,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_depth_follows_from_the_variables() {
        for (term, color_term, depth) in [
            ("xterm-256color", "", ColorDepth::Indexed),
            ("tmux-256color", "truecolor", ColorDepth::TrueColor),
            ("xterm-direct", "", ColorDepth::TrueColor),
            ("xterm", "24bit", ColorDepth::TrueColor),
            ("linux", "", ColorDepth::Sixteen),
            ("xterm", "yes", ColorDepth::Sixteen),
        ] {
            assert_eq!(ColorDepth::from_variables(term, color_term), depth, "{term} {color_term}");
        }
    }

    #[test]
    fn a_background_is_dark_or_light_or_unknown() {
        for (value, background) in [
            ("15;0", Background::Dark),
            ("0;15", Background::Light),
            ("0;default;7", Background::Light),
            ("12;8", Background::Dark),
            ("0;default", Background::Unknown),
            ("", Background::Unknown),
        ] {
            assert_eq!(Background::from_color_fgbg(value), background, "{value}");
        }
        assert_eq!(Background::from_luminance(0.0), Background::Dark);
        assert_eq!(Background::from_luminance(1.0), Background::Light);
    }

    #[test]
    fn each_theme_is_found_by_its_name() {
        for (name, theme) in Theme::ALL {
            assert_eq!((theme.name(), Theme::from_name(name)), (name, Some(theme)));
        }
    }
}
