//! Which way a text goes, and how much that way takes: a table, and nothing that acts.

use super::environment::{Link, Surroundings, System};
use super::route_kind::Way;
use super::setting::Setting;

/// How a text is to leave the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Command(Vec<String>),
    Windows,
    Tmux,
    Screen,
    Osc52,
    Native,
    /// The last resort: it cannot be pasted, but it is not lost.
    File,
}

/// The most that a way takes at once, and whose limit that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub bytes: usize,
    pub of: &'static str,
}

/// The text whose base64 is the 100,000 bytes at which terminals stop.
const TERMINAL: Limit = Limit { bytes: 74_994, of: "the terminal" };
/// The text whose base64 is the 16,384 bytes that mosh keeps.
const MOSH: Limit = Limit { bytes: 12_288, of: "mosh" };
/// What survives tmux's input buffer of 1 MiB as base64, with something to spare.
const TMUX: Limit = Limit { bytes: 750_000, of: "tmux" };

impl Route {
    pub const fn way(&self) -> Way {
        match self {
            Self::Command(_) => Way::Command,
            Self::Windows => Way::Windows,
            Self::Tmux => Way::Tmux,
            Self::Screen => Way::Screen,
            Self::Osc52 => Way::Osc52,
            Self::Native => Way::Native,
            Self::File => Way::File,
        }
    }

    /// What the way is called in an explanation.
    pub fn name(&self, surroundings: &Surroundings) -> String {
        match self {
            Self::Command(arguments) => format!("`{}`", arguments.join(" ")),
            Self::Tmux => "`tmux load-buffer -w -`".to_owned(),
            Self::Screen => "OSC 52 in pieces through screen".to_owned(),
            Self::Osc52 => "OSC 52, the terminal's own way".to_owned(),
            Self::Windows | Self::Native => surroundings.desktop().to_owned(),
            Self::File => "a file".to_owned(),
        }
    }

    /// The most this way takes; more goes to a file and is never cut off.
    pub const fn limit(&self, link: Link) -> Option<Limit> {
        match (self, link) {
            (Self::Osc52 | Self::Screen, Link::Mosh) => Some(MOSH),
            (Self::Osc52 | Self::Screen, Link::Local | Link::Ssh) => Some(TERMINAL),
            (Self::Tmux, _) => Some(TMUX),
            (Self::Command(_) | Self::Windows | Self::Native | Self::File, _) => None,
        }
    }

    /// The next way after this one failed.
    pub fn after_failure(&self, surroundings: &Surroundings) -> Option<Self> {
        match self {
            Self::Windows | Self::Native => {
                let (next, _) =
                    multiplexer(surroundings).unwrap_or_else(|| terminal(surroundings, ""));
                Some(next)
            }
            Self::Tmux => Some(terminal(surroundings, "").0),
            Self::Command(_) | Self::Screen | Self::Osc52 => Some(Self::File),
            Self::File => None,
        }
    }
}

/// The way for these surroundings and why, as a phrase: the first row that holds decides.
pub fn route(setting: &Setting, surroundings: &Surroundings) -> (Route, &'static str) {
    if let Some(route) = named(setting, surroundings.system) {
        return (route, "asked for");
    }
    let may = |way| !surroundings.refused.contains(&way);
    let at_windows = surroundings.system == System::Windows && surroundings.link == Link::Local;
    if at_windows && may(Way::Windows) {
        (Route::Windows, "Windows, and not over SSH")
    } else if let Some(within) = multiplexer(surroundings) {
        within
    } else if let Some(why) = no_desktop(surroundings) {
        terminal(surroundings, why)
    } else if may(Way::Native) {
        (Route::Native, "a display of this machine")
    } else {
        terminal(surroundings, "the desktop's clipboard failed --clipboard-check here")
    }
}

/// The multiplexer around the program, which keeps a bare sequence from the terminal.
fn multiplexer(surroundings: &Surroundings) -> Option<(Route, &'static str)> {
    let may = |way| !surroundings.refused.contains(&way);
    if surroundings.tmux.is_some() && may(Way::Tmux) {
        Some((Route::Tmux, "inside tmux"))
    } else if surroundings.sty.is_some() && may(Way::Screen) {
        Some((Route::Screen, "inside screen"))
    } else {
        None
    }
}

fn named(setting: &Setting, system: System) -> Option<Route> {
    match setting {
        Setting::Auto => None,
        Setting::Native if system == System::Windows => Some(Route::Windows),
        Setting::Native => Some(Route::Native),
        Setting::Osc52 => Some(Route::Osc52),
        Setting::Tmux => Some(Route::Tmux),
        Setting::File => Some(Route::File),
        Setting::Command(arguments) => Some(Route::Command(arguments.clone())),
    }
}

/// Why the desktop's clipboard is out of reach, or not the one that the reader has before them.
fn no_desktop(surroundings: &Surroundings) -> Option<&'static str> {
    let dark = surroundings.display.is_none() && surroundings.wayland.is_none();
    match (surroundings.link, surroundings.system) {
        (Link::Mosh, _) => Some("over mosh"),
        (Link::Ssh, _) => Some("over SSH"),
        (Link::Local, System::Wsl) => Some("under WSL"),
        (Link::Local, System::Termux) => Some("in Termux"),
        (Link::Local, _) if surroundings.zellij.is_some() => Some("inside Zellij"),
        (Link::Local, System::Windows) => {
            Some("the Windows clipboard failed --clipboard-check here")
        }
        (Link::Local, System::Unix) if dark => Some("no display"),
        (Link::Local, System::Unix | System::MacOs) => None,
    }
}

/// OSC 52, unless the reader has said that it never arrives in this terminal.
/// What tmux or screen cannot bring there a bare sequence within them cannot either.
fn terminal(surroundings: &Surroundings, why: &'static str) -> (Route, &'static str) {
    let carriers = [Way::Osc52, Way::Tmux, Way::Screen];
    match carriers.iter().find(|way| surroundings.refused.contains(way)) {
        Some(Way::Tmux) => (Route::File, "tmux failed --clipboard-check here"),
        Some(Way::Screen) => (Route::File, "screen failed --clipboard-check here"),
        Some(_) => (Route::File, "OSC 52 failed --clipboard-check here"),
        None => (Route::Osc52, why),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::environment::Tmux;
    use super::*;

    fn here() -> Surroundings {
        Surroundings::default()
    }

    fn tmux() -> Tmux {
        Tmux { server: "/tmp/tmux-0/default,1,0".into(), pane: None }
    }

    fn refusing(ways: &[Way]) -> BTreeSet<Way> {
        ways.iter().copied().collect()
    }

    #[test]
    fn the_first_row_that_holds_decides() {
        let windows = Surroundings { system: System::Windows, ..here() };
        let desk = Surroundings { display: Some(":0".into()), ..here() };
        let ssh = Surroundings { link: Link::Ssh, ..desk.clone() };
        let rows = [
            (windows.clone(), Route::Windows),
            (Surroundings { link: Link::Ssh, ..windows }, Route::Osc52),
            (
                Surroundings { tmux: Some(tmux()), sty: Some("1.x".into()), ..ssh.clone() },
                Route::Tmux,
            ),
            (Surroundings { tmux: Some(tmux()), ..desk.clone() }, Route::Tmux),
            (Surroundings { sty: Some("1.x".into()), ..ssh.clone() }, Route::Screen),
            (ssh, Route::Osc52),
            (Surroundings { link: Link::Mosh, ..desk.clone() }, Route::Osc52),
            (Surroundings { system: System::Wsl, ..desk.clone() }, Route::Osc52),
            (Surroundings { system: System::Termux, ..desk.clone() }, Route::Osc52),
            (Surroundings { zellij: Some("0".into()), ..desk.clone() }, Route::Osc52),
            (here(), Route::Osc52),
            (Surroundings { system: System::MacOs, ..here() }, Route::Native),
            (Surroundings { wayland: Some("wayland-0".into()), ..here() }, Route::Native),
            (desk, Route::Native),
        ];
        for (surroundings, expected) in rows {
            assert_eq!(route(&Setting::Auto, &surroundings).0, expected, "{surroundings:?}");
        }
    }

    #[test]
    fn a_named_way_wins_even_over_a_remembered_no() {
        let command = vec!["wl-copy".to_owned()];
        let named = [
            (Setting::Native, Route::Native),
            (Setting::Osc52, Route::Osc52),
            (Setting::Tmux, Route::Tmux),
            (Setting::File, Route::File),
            (Setting::Command(command.clone()), Route::Command(command)),
        ];
        let refused = refusing(&[Way::Native, Way::Osc52, Way::Tmux, Way::Command]);
        let surroundings = Surroundings { tmux: Some(tmux()), refused, ..here() };
        for (setting, expected) in named {
            assert_eq!(route(&setting, &surroundings), (expected, "asked for"));
        }
        let windows = Surroundings { system: System::Windows, ..here() };
        assert_eq!(route(&Setting::Native, &windows).0, Route::Windows);
    }

    #[test]
    fn a_way_known_not_to_arrive_is_skipped_and_the_reason_is_said() {
        let ssh = Surroundings { link: Link::Ssh, refused: refusing(&[Way::Osc52]), ..here() };
        let (way, why) = route(&Setting::Auto, &ssh);
        assert_eq!((way, why), (Route::File, "OSC 52 failed --clipboard-check here"));

        let refused = refusing(&[Way::Tmux]);
        let in_tmux = Surroundings { tmux: Some(tmux()), refused, ..here() };
        let at_desk = Surroundings { display: Some(":0".into()), ..in_tmux.clone() };
        assert_eq!(route(&Setting::Auto, &at_desk).0, Route::Native);
        assert_eq!(route(&Setting::Auto, &in_tmux).0, Route::File);

        let refused = refusing(&[Way::Native]);
        let desk = Surroundings { display: Some(":0".into()), refused, ..here() };
        assert_eq!(route(&Setting::Auto, &desk).0, Route::Osc52);
    }

    #[test]
    fn what_fails_goes_on_to_the_terminal_and_then_to_a_file() {
        for failed in [Route::Native, Route::Windows, Route::Tmux] {
            assert_eq!(failed.after_failure(&here()), Some(Route::Osc52));
            let deaf = Surroundings { refused: refusing(&[Way::Osc52]), ..here() };
            assert_eq!(failed.after_failure(&deaf), Some(Route::File));
        }
        let in_tmux = Surroundings { tmux: Some(tmux()), ..here() };
        assert_eq!(Route::Native.after_failure(&in_tmux), Some(Route::Tmux));
        assert_eq!(Route::Tmux.after_failure(&in_tmux), Some(Route::Osc52));
        assert_eq!(Route::Osc52.after_failure(&here()), Some(Route::File));
        assert_eq!(Route::File.after_failure(&here()), None);
    }

    #[test]
    fn each_way_has_the_limit_of_what_it_passes_through() {
        let most = |route: Route, link| route.limit(link).map(|limit| limit.bytes);
        assert_eq!(most(Route::Osc52, Link::Ssh), Some(74_994));
        assert_eq!(most(Route::Screen, Link::Local), Some(74_994));
        assert_eq!(most(Route::Osc52, Link::Mosh), Some(12_288));
        assert_eq!(most(Route::Tmux, Link::Mosh), Some(750_000));
        assert_eq!(most(Route::Native, Link::Local), None);
        assert_eq!(most(Route::Command(vec![]), Link::Ssh), None);
    }
}
