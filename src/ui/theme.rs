//! Styles of each kind of text. No meaning depends on colour alone, so that every theme works
//! without colour.
//!
//! A theme sets the colours of text and leaves the background to the terminal: a background of its
//! own would have to be sent for every blank cell. Each colour has a contrast of 4.5 to 1 or more
//! with the backgrounds that its theme is for (WCAG 2, level AA).

use ratatui::style::{Color, Modifier, Style};

use crate::app::{Appearance, Background, ColorDepth, TextStyle, Theme};
use crate::text::Emphasis;

#[derive(Debug, Clone, Copy)]
pub struct Palette {
    pub text: Style,
    pub muted: Style,
    pub rule: Style,
    pub strong: Style,
    pub cursor: Style,
    /// The cursor bar and the numbers in the gutter.
    pub gutter: Style,
    pub match_text: Style,
    pub key: Style,
    pub error: Style,
    pub link: Style,
    /// Light on dark on every background, as scanners require.
    pub qr_code: Style,
}

/// The colours of a theme.
struct Colors {
    matched: Color,
    link: Color,
    mark: Color,
    error: Color,
    /// `None` dims the terminal's own colour.
    muted: Option<Color>,
}

const DARK_INDEXED: Colors = Colors {
    matched: Color::Indexed(215),
    link: Color::Indexed(110),
    mark: Color::Indexed(150),
    error: Color::Indexed(210),
    muted: Some(Color::Indexed(248)),
};
const LIGHT_INDEXED: Colors = Colors {
    matched: Color::Indexed(94),
    link: Color::Indexed(25),
    mark: Color::Indexed(22),
    error: Color::Indexed(124),
    muted: Some(Color::Indexed(240)),
};
const DARK_TRUE_COLOR: Colors = Colors {
    matched: Color::Rgb(0xff, 0xb8, 0x6c),
    link: Color::Rgb(0x8a, 0xb4, 0xf8),
    mark: Color::Rgb(0xa5, 0xd6, 0xa7),
    error: Color::Rgb(0xff, 0x9a, 0x90),
    muted: Some(Color::Rgb(0xb0, 0xb0, 0xb0)),
};
const LIGHT_TRUE_COLOR: Colors = Colors {
    matched: Color::Rgb(0x8a, 0x4b, 0x00),
    link: Color::Rgb(0x0b, 0x57, 0xa4),
    mark: Color::Rgb(0x1b, 0x5e, 0x20),
    error: Color::Rgb(0xb0, 0x00, 0x20),
    muted: Some(Color::Rgb(0x55, 0x55, 0x55)),
};
const DARK_SIXTEEN: Colors = Colors {
    matched: Color::LightMagenta,
    link: Color::Cyan,
    mark: Color::Green,
    error: Color::LightRed,
    muted: None,
};

impl Palette {
    pub fn new(appearance: Appearance) -> Self {
        let plain = Self::plain();
        match (appearance.theme, appearance.background, appearance.depth) {
            (Theme::Plain, ..) | (Theme::Terminal, Background::Unknown, _) => plain,
            (Theme::Terminal, Background::Dark, _) | (Theme::Dark, _, ColorDepth::Sixteen) => {
                plain.with_colors(&DARK_SIXTEEN)
            }
            (Theme::Terminal, Background::Light, _) | (Theme::Light, _, ColorDepth::Sixteen) => {
                plain.with_sixteen_on_light()
            }
            (Theme::Dark, _, ColorDepth::Indexed) => plain.with_colors(&DARK_INDEXED),
            (Theme::Dark, _, ColorDepth::TrueColor) => plain.with_colors(&DARK_TRUE_COLOR),
            (Theme::Light, _, ColorDepth::Indexed) => plain.with_colors(&LIGHT_INDEXED),
            (Theme::Light, _, ColorDepth::TrueColor) => plain.with_colors(&LIGHT_TRUE_COLOR),
        }
    }

    fn plain() -> Self {
        let style = |modifier| Style::new().add_modifier(modifier);
        Self {
            text: Style::new(),
            muted: style(Modifier::DIM),
            rule: style(Modifier::DIM),
            strong: style(Modifier::BOLD),
            cursor: style(Modifier::REVERSED),
            gutter: style(Modifier::BOLD),
            match_text: style(Modifier::BOLD.union(Modifier::UNDERLINED)),
            key: style(Modifier::BOLD),
            error: style(Modifier::BOLD),
            link: style(Modifier::UNDERLINED),
            qr_code: Style::new().fg(Color::White).bg(Color::Black),
        }
    }

    fn with_colors(self, colors: &Colors) -> Self {
        let muted = colors.muted.map_or(self.muted, |it| Style::new().fg(it));
        Self {
            // Bold marks the match already; an underline would add bytes per match.
            match_text: self.strong.fg(colors.matched),
            link: self.link.fg(colors.link),
            gutter: self.gutter.fg(colors.mark),
            key: self.key.fg(colors.link),
            error: self.error.fg(colors.error),
            muted,
            rule: muted,
            ..self
        }
    }

    /// Adds the colours of the 16 that are readable on a light background. Bold text keeps the
    /// default colour, since many terminals draw bold colours brighter.
    fn with_sixteen_on_light(self) -> Self {
        Self { link: self.link.fg(Color::Blue), error: Style::new().fg(Color::Red), ..self }
    }

    /// The styles on a row that has the style of the cursor: modifiers alone tell matches and marks,
    /// on the background of the row.
    pub fn on_cursor_row(&self) -> Self {
        let muted = Style::new().add_modifier(self.muted.add_modifier);
        Self { muted, cursor: self.cursor, ..Self::plain() }
    }

    pub fn style_of(&self, text_style: TextStyle) -> Style {
        match text_style {
            TextStyle::Label => self.muted,
            TextStyle::Link => self.link,
            TextStyle::Emphasis(Emphasis::Italic) => Style::new().add_modifier(Modifier::ITALIC),
            TextStyle::Title | TextStyle::Emphasis(Emphasis::Bold) => self.strong,
            TextStyle::Field | TextStyle::Emphasis(Emphasis::Mono) => self.text,
            // In bold text, such as a title, colour alone would mark the match.
            TextStyle::FilterMatch => self.match_text.add_modifier(Modifier::UNDERLINED),
            TextStyle::FindMatch => {
                Style::new().add_modifier(Modifier::UNDERLINED.union(Modifier::BOLD))
            }
            TextStyle::CurrentFindMatch => self.cursor.add_modifier(Modifier::BOLD),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rgb = [u8; 3];

    /// The least contrast of text according to WCAG 2, level AA.
    const MIN_CONTRAST: f64 = 4.5;
    /// Backgrounds that a theme is for: black, and common dark greys and blues.
    const DARK_BACKGROUNDS: [Rgb; 4] =
        [[0, 0, 0], [0x1e, 0x1e, 0x1e], [0x00, 0x2b, 0x36], [0x2e, 0x34, 0x40]];
    /// White, and common light greys and creams.
    const LIGHT_BACKGROUNDS: [Rgb; 4] =
        [[255, 255, 255], [0xee, 0xee, 0xee], [0xfd, 0xf6, 0xe3], [0xfa, 0xfa, 0xfa]];
    /// The 16 colours of xterm.
    const XTERM: [Rgb; 16] = [
        [0, 0, 0],
        [205, 0, 0],
        [0, 205, 0],
        [205, 205, 0],
        [0, 0, 238],
        [205, 0, 205],
        [0, 205, 205],
        [229, 229, 229],
        [127, 127, 127],
        [255, 0, 0],
        [0, 255, 0],
        [255, 255, 0],
        [92, 92, 255],
        [255, 0, 255],
        [0, 255, 255],
        [255, 255, 255],
    ];

    /// Relative luminance as WCAG 2 defines it.
    fn luminance(rgb: Rgb) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
    }

    fn contrast(one: Rgb, other: Rgb) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn named_color(color: Color) -> usize {
        match color {
            Color::Red => 1,
            Color::Green => 2,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::LightRed => 9,
            Color::LightMagenta => 13,
            other => panic!("{other} is not used"),
        }
    }

    /// The colours that a terminal may show: some draw bold text in the bright colour.
    fn shown_colors(style: Style) -> Vec<Rgb> {
        match style.fg {
            None | Some(Color::Reset) => Vec::new(),
            Some(Color::Rgb(r, g, b)) => vec![[r, g, b]],
            Some(Color::Indexed(index @ 16..=231)) => {
                let level = |it: u8| if it == 0 { 0 } else { 55 + 40 * it };
                let at = index - 16;
                vec![[level(at / 36), level(at / 6 % 6), level(at % 6)]]
            }
            Some(Color::Indexed(index @ 232..)) => vec![[8 + 10 * (index - 232); 3]],
            Some(Color::Indexed(index)) => panic!("{index} depends on the terminal"),
            Some(named) => {
                let at = named_color(named);
                let is_bold = style.add_modifier.contains(Modifier::BOLD);
                let bright = (is_bold && at < 8).then(|| XTERM[at + 8]);
                std::iter::once(XTERM[at]).chain(bright).collect()
            }
        }
    }

    fn text_styles(palette: &Palette) -> [(&'static str, Style); 12] {
        [
            ("text", palette.text),
            ("muted", palette.muted),
            ("rule", palette.rule),
            ("strong", palette.strong),
            ("cursor", palette.cursor),
            ("gutter", palette.gutter),
            ("match", palette.match_text),
            ("key", palette.key),
            ("error", palette.error),
            ("link", palette.link),
            ("match in a text", palette.style_of(TextStyle::FilterMatch)),
            ("current match", palette.style_of(TextStyle::CurrentFindMatch)),
        ]
    }

    fn assert_readable(appearance: Appearance, backgrounds: &[Rgb]) {
        for (name, style) in text_styles(&Palette::new(appearance)) {
            assert_eq!(style.bg, None, "{appearance:?}: {name}");
            for (color, background) in shown_colors(style)
                .into_iter()
                .flat_map(|color| backgrounds.iter().map(move |it| (color, *it)))
            {
                let contrast = contrast(color, background);
                assert!(
                    contrast >= MIN_CONTRAST,
                    "{appearance:?}: {name} {color:?} on {background:?}: {contrast:.2}"
                );
            }
        }
    }

    const DEPTHS: [ColorDepth; 3] =
        [ColorDepth::Sixteen, ColorDepth::Indexed, ColorDepth::TrueColor];

    #[test]
    fn text_of_the_dark_and_the_light_theme_has_the_contrast_of_level_aa() {
        let background = Background::Unknown;
        for depth in [ColorDepth::Indexed, ColorDepth::TrueColor] {
            let appearance =
                |theme| Appearance { theme, depth, background, ..Appearance::default() };
            assert_readable(appearance(Theme::Dark), &DARK_BACKGROUNDS);
            assert_readable(appearance(Theme::Light), &LIGHT_BACKGROUNDS);
        }
        // The 16 colours are chosen by the terminal together with its background.
        let depth = ColorDepth::Sixteen;
        let appearance = |theme| Appearance { theme, depth, background, ..Appearance::default() };
        assert_readable(appearance(Theme::Dark), &DARK_BACKGROUNDS[..1]);
        assert_readable(appearance(Theme::Light), &LIGHT_BACKGROUNDS[..1]);
    }

    #[test]
    fn the_terminals_own_colours_are_used_only_on_a_known_background() {
        let own = |background, depth| Appearance {
            theme: Theme::Terminal,
            depth,
            background,
            ..Appearance::default()
        };
        for depth in DEPTHS {
            assert_readable(own(Background::Dark, depth), &DARK_BACKGROUNDS[..1]);
            assert_readable(own(Background::Light, depth), &LIGHT_BACKGROUNDS[..1]);
            let palette = Palette::new(own(Background::Unknown, depth));
            assert!(text_styles(&palette).iter().all(|(_, style)| style.fg.is_none()));
        }
    }

    #[test]
    fn contrast_is_computed_as_wcag_does() {
        assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 1e-9);
        assert!((contrast([0x77, 0x77, 0x77], [255, 255, 255]) - 4.48).abs() < 0.01);
        assert!((contrast([0, 255, 255], [255, 255, 255]) - 1.25).abs() < 0.01);
    }
}
