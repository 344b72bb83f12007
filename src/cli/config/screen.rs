//! Settings of the screen, with the columns of the list.

use std::borrow::Cow;

use serde::Deserialize;
use toml::Spanned;

use super::line_at;
use crate::app::model::columns::ListColumns;
use crate::app::{LayoutMode, Theme};

/// Settings of the screen.
#[derive(Debug, Clone, Default)]
pub struct ScreenConfig {
    /// `None` uses the theme chosen last.
    pub theme: Option<Theme>,
    pub layout_mode: Option<LayoutMode>,
    pub columns: ListColumns,
}

/// The names of columns, with their position in the file.
pub type ColumnNames = Option<Spanned<Vec<String>>>;

/// The setting alone; other settings are ignored.
#[derive(Debug, Default, Deserialize)]
struct ListSection {
    columns: ColumnNames,
}

/// Takes the setting out of a configuration. The rest has every other setting at its position.
pub fn take_columns(text: &str) -> (Cow<'_, str>, ColumnNames) {
    // The error of a text that cannot be parsed is reported for the rest.
    let Ok(ListSection { columns: Some(columns) }) = toml::from_str(text) else {
        return (text.into(), None);
    };
    let end = columns.span().end;
    let start = text[..columns.span().start].rfind('\n').map_or(0, |at| at + 1);
    let blank = |it: char| if it == '\n' { it } else { ' ' };
    let taken: String = text[start..end].chars().map(blank).collect();
    (format!("{}{taken}{}", &text[..start], &text[end..]).into(), Some(columns))
}

/// Parses the names of columns. Reports an unknown one with its line.
pub fn parse_columns(
    complaints: &mut Vec<String>,
    text: &str,
    setting: ColumnNames,
) -> ListColumns {
    let Some(names) = setting else { return ListColumns::default() };
    match ListColumns::from_names(names.get_ref().iter().map(String::as_str)) {
        Ok(columns) => columns,
        Err(reason) => {
            complaints.push(format!("line {}: {reason}", line_at(text, names.span().start)));
            ListColumns::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    #[test]
    fn columns_are_set_or_refused_by_name() {
        let (config, complaints) = Config::parse("columns = [\"venue\", \"citations\"]\n");
        assert_eq!(complaints, Vec::<String>::new());
        assert_eq!(Ok(config.screen.columns), ListColumns::from_names(["venue", "citations"]));
        let wrong = "\ncolumns = [\n \"shade\"]\ntheme = \"pink\"\n";
        let (config, complaints) = Config::parse(wrong);
        assert_eq!(config.screen.columns, ListColumns::default());
        assert!(complaints[0].starts_with("line 4: `pink`"), "{complaints:?}");
        assert!(complaints[1].starts_with("line 2: `columns`: `shade`"), "{complaints:?}");
    }

    #[test]
    fn what_is_wrong_with_the_rest_is_reported_at_its_line() {
        let text = "columns = [\"year\"]\ncash = 1\n";
        let (_, complaints) = Config::parse(text);
        assert!(complaints[0].starts_with("line 2: unknown setting `cash`"), "{complaints:?}");
    }
}
