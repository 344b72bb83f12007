//! Styles of each kind of text. No meaning depends on colour alone, so that every theme works
//! without colour.

use ratatui::style::{Color, Modifier, Style};

use crate::app::{TextStyle, Theme};
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

impl Palette {
    pub fn from_theme(theme: Theme) -> Self {
        let plain = Self::plain();
        match theme {
            Theme::Plain => plain,
            // These of the 16 colours are readable on light and on dark backgrounds.
            Theme::Terminal => {
                plain.with_colors(Color::Magenta, Color::Cyan, Color::Green, Color::Red)
            }
            Theme::Dark => plain
                .with_colors(
                    Color::Indexed(215),
                    Color::Indexed(110),
                    Color::Indexed(150),
                    Color::Indexed(210),
                )
                .with_muted_text(Color::Indexed(246)),
            Theme::Light => plain
                .with_colors(
                    Color::Indexed(130),
                    Color::Indexed(25),
                    Color::Indexed(28),
                    Color::Indexed(124),
                )
                .with_muted_text(Color::Indexed(242)),
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

    fn with_colors(self, matched: Color, link: Color, mark: Color, failed: Color) -> Self {
        Self {
            // Bold marks the match already; an underline would add bytes per match.
            match_text: self.strong.fg(matched),
            link: self.link.fg(link),
            gutter: self.gutter.fg(mark),
            key: self.key.fg(link),
            error: self.error.fg(failed),
            ..self
        }
    }

    fn with_muted_text(self, color: Color) -> Self {
        Self { muted: Style::new().fg(color), rule: Style::new().fg(color), ..self }
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
