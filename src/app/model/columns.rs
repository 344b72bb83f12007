//! The columns of the list beside the title.

/// A column at the right end of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListColumn {
    Year,
    /// The year, with month and day where they are known and there is room.
    Date,
    /// The first author.
    Author,
    Venue,
    /// The primary category.
    Category,
    /// Number of citations.
    Citations,
    /// Number of votes.
    Votes,
    /// The day on which its source listed the paper.
    Listed,
}

/// The columns from left to right. Those for which a row has no room are left out from the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListColumns(pub Vec<ListColumn>);

impl Default for ListColumns {
    fn default() -> Self {
        Self(vec![ListColumn::Date])
    }
}

impl ListColumn {
    /// The columns with their names in the configuration.
    pub const ALL: [(&'static str, Self); 8] = [
        ("year", Self::Year),
        ("date", Self::Date),
        ("author", Self::Author),
        ("venue", Self::Venue),
        ("category", Self::Category),
        ("citations", Self::Citations),
        ("votes", Self::Votes),
        ("listed", Self::Listed),
    ];
}

impl ListColumns {
    /// Finds columns by their names.
    ///
    /// # Errors
    ///
    /// Returns a message that names the first unknown column and the known ones.
    pub fn from_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let column = |name: &str| {
            let found = ListColumn::ALL.into_iter().find(|(it, _)| *it == name);
            found.map(|(_, column)| column).ok_or_else(|| {
                let known = ListColumn::ALL.map(|(name, _)| name).join(", ");
                format!("`columns`: `{name}` is not one of {known}")
            })
        };
        Ok(Self(names.into_iter().map(column).collect::<Result<_, _>>()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_and_an_unknown_one_is_named() {
        let columns = ListColumns::from_names(["venue", "year"]);
        assert_eq!(columns, Ok(ListColumns(vec![ListColumn::Venue, ListColumn::Year])));
        assert_eq!(ListColumns::from_names([]), Ok(ListColumns(Vec::new())));
        let error = ListColumns::from_names(["year", "colour"]).unwrap_err();
        assert!(error.starts_with("`columns`: `colour` is not one of year, date,"), "{error}");
    }
}
