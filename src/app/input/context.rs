//! The contexts in which keys are bound: the panes, the filter, the command line, popups.

/// The place in which keys are bound, as the configuration names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyContext {
    /// Any of the panes; what it binds holds in each that does not bind the keys itself.
    Browse,
    List,
    Detail,
    Facets,
    Reader,
    Triage,
    Basket,
    Filter,
    /// The command line, and the line that finds in the reader.
    Command,
    /// Help, menus and listings.
    Overlay,
}

impl KeyContext {
    pub const ALL: [Self; 10] = [
        Self::Browse,
        Self::List,
        Self::Detail,
        Self::Facets,
        Self::Reader,
        Self::Triage,
        Self::Basket,
        Self::Filter,
        Self::Command,
        Self::Overlay,
    ];

    /// How the configuration calls it: `[keys.list]`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Browse => "browse",
            Self::List => "list",
            Self::Detail => "detail",
            Self::Facets => "facets",
            Self::Reader => "reader",
            Self::Triage => "triage",
            Self::Basket => "basket",
            Self::Filter => "filter",
            Self::Command => "command",
            Self::Overlay => "overlay",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    pub fn falls_back_to_browse(self) -> bool {
        !matches!(self, Self::Browse | Self::Filter | Self::Command | Self::Overlay)
    }
}
