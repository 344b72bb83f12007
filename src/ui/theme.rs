//! What each kind of text looks like. Colour is never the only carrier of a meaning, so that every
//! theme works without it.

use ratatui::style::{Color, Modifier, Style};

use crate::app::{Look, Theme};
use crate::text::Emphasis;

#[derive(Debug, Clone, Copy)]
pub struct Palette {
    pub text: Style,
    pub quiet: Style,
    pub rule: Style,
    pub strong: Style,
    pub cursor: Style,
    /// The bar and the numbers in the gutter.
    pub mark: Style,
    pub matched: Style,
    pub key: Style,
    pub failed: Style,
    pub link: Style,
    /// A picture that must be light on dark whatever the background.
    pub picture: Style,
}

impl Palette {
    pub fn of(theme: Theme) -> Self {
        let plain = Self::plain();
        match theme {
            Theme::Plain => plain,
            // Of the sixteen these are readable on a light and on a dark background.
            Theme::Terminal => {
                plain.coloured(Color::Magenta, Color::Cyan, Color::Green, Color::Red)
            }
            Theme::Dark => plain
                .coloured(
                    Color::Indexed(215),
                    Color::Indexed(110),
                    Color::Indexed(150),
                    Color::Indexed(210),
                )
                .quietened(Color::Indexed(246)),
            Theme::Light => plain
                .coloured(
                    Color::Indexed(130),
                    Color::Indexed(25),
                    Color::Indexed(28),
                    Color::Indexed(124),
                )
                .quietened(Color::Indexed(242)),
        }
    }

    fn plain() -> Self {
        let style = |modifier| Style::new().add_modifier(modifier);
        Self {
            text: Style::new(),
            quiet: style(Modifier::DIM),
            rule: style(Modifier::DIM),
            strong: style(Modifier::BOLD),
            cursor: style(Modifier::REVERSED),
            mark: style(Modifier::BOLD),
            matched: style(Modifier::BOLD.union(Modifier::UNDERLINED)),
            key: style(Modifier::BOLD),
            failed: style(Modifier::BOLD),
            link: style(Modifier::UNDERLINED),
            picture: Style::new().fg(Color::White).bg(Color::Black),
        }
    }

    fn coloured(self, matched: Color, link: Color, mark: Color, failed: Color) -> Self {
        Self {
            // Bold carries it already; an underline would be more bytes a match.
            matched: self.strong.fg(matched),
            link: self.link.fg(link),
            mark: self.mark.fg(mark),
            key: self.key.fg(link),
            failed: self.failed.fg(failed),
            ..self
        }
    }

    fn quietened(self, quiet: Color) -> Self {
        Self { quiet: Style::new().fg(quiet), rule: Style::new().fg(quiet), ..self }
    }

    pub fn look(&self, look: Look) -> Style {
        match look {
            Look::Label => self.quiet,
            Look::Link => self.link,
            Look::Emphasis(Emphasis::Italic) => Style::new().add_modifier(Modifier::ITALIC),
            Look::Title | Look::Emphasis(Emphasis::Bold) => self.strong,
            Look::Fact | Look::Emphasis(Emphasis::Mono) => self.text,
            // Where all is bold, as in a title, colour would be alone in telling it.
            Look::Match => self.matched.add_modifier(Modifier::UNDERLINED),
            Look::Found => Style::new().add_modifier(Modifier::UNDERLINED.union(Modifier::BOLD)),
            Look::FoundHere => self.cursor.add_modifier(Modifier::BOLD),
        }
    }
}
