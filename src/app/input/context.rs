//! The contexts in which keys are bound: panes, filter, command line, popups.

/// A context of key bindings, as named in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyContext {
    /// All panes. Its bindings apply in a pane that does not bind the same keys.
    Browse,
    List,
    Detail,
    Facets,
    Reader,
    Triage,
    Basket,
    Filter,
    /// The command line and the other one-line prompts.
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

    /// The name in the configuration: `list` in `[keys.list]`.
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
