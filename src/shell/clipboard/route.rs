//! Clipboard routes: the choice, the fallbacks and the size limits. Pure functions.

use super::environment::{Connection, Environment, Os};
use super::route_kind::RouteKind;
use super::setting::ClipboardSetting;

/// Destination of a copied text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Command(Vec<String>),
    Windows,
    Tmux,
    Screen,
    Osc52,
    Desktop,
    /// Last resort: a file cannot be pasted, but the text is not lost.
    File,
}

/// Size limit of a route, and the part of the route that imposes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SizeLimit {
    pub bytes: usize,
    pub imposed_by: &'static str,
}

/// The text whose base64 is 100,000 bytes, the limit of terminals.
const TERMINAL_LIMIT: SizeLimit = SizeLimit { bytes: 74_994, imposed_by: "the terminal" };
/// The text whose base64 is 16,384 bytes, the limit of mosh.
const MOSH_LIMIT: SizeLimit = SizeLimit { bytes: 12_288, imposed_by: "mosh" };
/// The text whose base64 fits into tmux's input buffer of 1 MiB, with a margin.
const TMUX_LIMIT: SizeLimit = SizeLimit { bytes: 750_000, imposed_by: "tmux" };

impl Route {
    pub const fn kind(&self) -> RouteKind {
        match self {
            Self::Command(_) => RouteKind::Command,
            Self::Windows => RouteKind::Windows,
            Self::Tmux => RouteKind::Tmux,
            Self::Screen => RouteKind::Screen,
            Self::Osc52 => RouteKind::Osc52,
            Self::Desktop => RouteKind::Native,
            Self::File => RouteKind::File,
        }
    }

    /// Name of the route in an explanation.
    pub fn name(&self, surroundings: &Environment) -> String {
        match self {
            Self::Command(arguments) => format!("`{}`", arguments.join(" ")),
            Self::Tmux => "`tmux load-buffer -w -`".to_owned(),
            Self::Screen => "OSC 52 in pieces through screen".to_owned(),
            Self::Osc52 => "OSC 52".to_owned(),
            Self::Windows | Self::Desktop => surroundings.desktop_clipboard_name().to_owned(),
            Self::File => "a file".to_owned(),
        }
    }

    /// Size limit of the route. A larger text goes to a file and is never truncated.
    pub const fn limit(&self, link: Connection) -> Option<SizeLimit> {
        match (self, link) {
            (Self::Osc52 | Self::Screen, Connection::Mosh) => Some(MOSH_LIMIT),
            (Self::Osc52 | Self::Screen, Connection::Local | Connection::Ssh) => {
                Some(TERMINAL_LIMIT)
            }
            (Self::Tmux, _) => Some(TMUX_LIMIT),
            (Self::Command(_) | Self::Windows | Self::Desktop | Self::File, _) => None,
        }
    }

    /// The route to try after this one failed.
    pub fn fallback(&self, surroundings: &Environment) -> Option<Self> {
        match self {
            Self::Windows | Self::Desktop => {
                let (next, _) = multiplexer_route(surroundings)
                    .unwrap_or_else(|| terminal_route(surroundings, ""));
                Some(next)
            }
            Self::Tmux => Some(terminal_route(surroundings, "").0),
            Self::Command(_) | Self::Screen | Self::Osc52 => Some(Self::File),
            Self::File => None,
        }
    }
}

/// The route for this environment and the reason as a phrase. The first matching rule decides.
pub fn choose_route(
    setting: &ClipboardSetting,
    surroundings: &Environment,
) -> (Route, &'static str) {
    if let Some(route) = route_for_setting(setting, surroundings.os) {
        return (route, "configured");
    }
    let may = |way| !surroundings.failed_routes.contains(&way);
    let at_windows = surroundings.os == Os::Windows && surroundings.connection == Connection::Local;
    if at_windows && may(RouteKind::Windows) {
        (Route::Windows, "Windows, not over SSH")
    } else if let Some(within) = multiplexer_route(surroundings) {
        within
    } else if let Some(why) = reason_without_desktop(surroundings) {
        terminal_route(surroundings, why)
    } else if may(RouteKind::Native) {
        (Route::Desktop, "local display")
    } else {
        terminal_route(surroundings, "the desktop clipboard failed --clipboard-check here")
    }
}

/// The route through the surrounding multiplexer, which drops an unwrapped OSC 52.
fn multiplexer_route(surroundings: &Environment) -> Option<(Route, &'static str)> {
    let may = |way| !surroundings.failed_routes.contains(&way);
    if surroundings.tmux.is_some() && may(RouteKind::Tmux) {
        Some((Route::Tmux, "inside tmux"))
    } else if surroundings.screen_session.is_some() && may(RouteKind::Screen) {
        Some((Route::Screen, "inside screen"))
    } else {
        None
    }
}

fn route_for_setting(setting: &ClipboardSetting, system: Os) -> Option<Route> {
    match setting {
        ClipboardSetting::Auto => None,
        ClipboardSetting::Native if system == Os::Windows => Some(Route::Windows),
        ClipboardSetting::Native => Some(Route::Desktop),
        ClipboardSetting::Osc52 => Some(Route::Osc52),
        ClipboardSetting::Tmux => Some(Route::Tmux),
        ClipboardSetting::File => Some(Route::File),
        ClipboardSetting::Command(arguments) => Some(Route::Command(arguments.clone())),
    }
}

/// Reason why the desktop clipboard is unreachable, or belongs to another machine than the user's.
fn reason_without_desktop(surroundings: &Environment) -> Option<&'static str> {
    let dark = surroundings.display.is_none() && surroundings.wayland.is_none();
    match (surroundings.connection, surroundings.os) {
        (Connection::Mosh, _) => Some("over mosh"),
        (Connection::Ssh, _) => Some("over SSH"),
        (Connection::Local, Os::Wsl) => Some("under WSL"),
        (Connection::Local, Os::Termux) => Some("in Termux"),
        (Connection::Local, _) if surroundings.zellij.is_some() => Some("inside Zellij"),
        (Connection::Local, Os::Windows) => {
            Some("the Windows clipboard failed --clipboard-check here")
        }
        (Connection::Local, Os::Unix) if dark => Some("no display"),
        (Connection::Local, Os::Unix | Os::MacOs) => None,
    }
}

/// OSC 52, unless it failed the check in this terminal. After a failed check of tmux or screen an
/// unwrapped sequence inside it would fail too, so the text goes to a file.
fn terminal_route(surroundings: &Environment, why: &'static str) -> (Route, &'static str) {
    let carriers = [RouteKind::Osc52, RouteKind::Tmux, RouteKind::Screen];
    match carriers.iter().find(|way| surroundings.failed_routes.contains(way)) {
        Some(RouteKind::Tmux) => (Route::File, "tmux failed --clipboard-check here"),
        Some(RouteKind::Screen) => (Route::File, "screen failed --clipboard-check here"),
        Some(_) => (Route::File, "OSC 52 failed --clipboard-check here"),
        None => (Route::Osc52, why),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::environment::Tmux;
    use super::*;

    fn here() -> Environment {
        Environment::default()
    }

    fn tmux() -> Tmux {
        Tmux { server: "/tmp/tmux-0/default,1,0".into(), pane: None }
    }

    fn refusing(ways: &[RouteKind]) -> BTreeSet<RouteKind> {
        ways.iter().copied().collect()
    }

    #[test]
    fn the_first_row_that_holds_decides() {
        let windows = Environment { os: Os::Windows, ..here() };
        let desk = Environment { display: Some(":0".into()), ..here() };
        let ssh = Environment { connection: Connection::Ssh, ..desk.clone() };
        let rows = [
            (windows.clone(), Route::Windows),
            (Environment { connection: Connection::Ssh, ..windows }, Route::Osc52),
            (
                Environment {
                    tmux: Some(tmux()),
                    screen_session: Some("1.x".into()),
                    ..ssh.clone()
                },
                Route::Tmux,
            ),
            (Environment { tmux: Some(tmux()), ..desk.clone() }, Route::Tmux),
            (Environment { screen_session: Some("1.x".into()), ..ssh.clone() }, Route::Screen),
            (ssh, Route::Osc52),
            (Environment { connection: Connection::Mosh, ..desk.clone() }, Route::Osc52),
            (Environment { os: Os::Wsl, ..desk.clone() }, Route::Osc52),
            (Environment { os: Os::Termux, ..desk.clone() }, Route::Osc52),
            (Environment { zellij: Some("0".into()), ..desk.clone() }, Route::Osc52),
            (here(), Route::Osc52),
            (Environment { os: Os::MacOs, ..here() }, Route::Desktop),
            (Environment { wayland: Some("wayland-0".into()), ..here() }, Route::Desktop),
            (desk, Route::Desktop),
        ];
        for (surroundings, expected) in rows {
            assert_eq!(
                choose_route(&ClipboardSetting::Auto, &surroundings).0,
                expected,
                "{surroundings:?}"
            );
        }
    }

    #[test]
    fn a_named_way_wins_even_over_a_remembered_no() {
        let command = vec!["wl-copy".to_owned()];
        let named = [
            (ClipboardSetting::Native, Route::Desktop),
            (ClipboardSetting::Osc52, Route::Osc52),
            (ClipboardSetting::Tmux, Route::Tmux),
            (ClipboardSetting::File, Route::File),
            (ClipboardSetting::Command(command.clone()), Route::Command(command)),
        ];
        let refused =
            refusing(&[RouteKind::Native, RouteKind::Osc52, RouteKind::Tmux, RouteKind::Command]);
        let surroundings = Environment { tmux: Some(tmux()), failed_routes: refused, ..here() };
        for (setting, expected) in named {
            assert_eq!(choose_route(&setting, &surroundings), (expected, "configured"));
        }
        let windows = Environment { os: Os::Windows, ..here() };
        assert_eq!(choose_route(&ClipboardSetting::Native, &windows).0, Route::Windows);
    }

    #[test]
    fn a_way_known_not_to_arrive_is_skipped_and_the_reason_is_said() {
        let ssh = Environment {
            connection: Connection::Ssh,
            failed_routes: refusing(&[RouteKind::Osc52]),
            ..here()
        };
        let (way, why) = choose_route(&ClipboardSetting::Auto, &ssh);
        assert_eq!((way, why), (Route::File, "OSC 52 failed --clipboard-check here"));

        let refused = refusing(&[RouteKind::Tmux]);
        let in_tmux = Environment { tmux: Some(tmux()), failed_routes: refused, ..here() };
        let at_desk = Environment { display: Some(":0".into()), ..in_tmux.clone() };
        assert_eq!(choose_route(&ClipboardSetting::Auto, &at_desk).0, Route::Desktop);
        assert_eq!(choose_route(&ClipboardSetting::Auto, &in_tmux).0, Route::File);

        let refused = refusing(&[RouteKind::Native]);
        let desk = Environment { display: Some(":0".into()), failed_routes: refused, ..here() };
        assert_eq!(choose_route(&ClipboardSetting::Auto, &desk).0, Route::Osc52);
    }

    #[test]
    fn what_fails_goes_on_to_the_terminal_and_then_to_a_file() {
        for failed in [Route::Desktop, Route::Windows, Route::Tmux] {
            assert_eq!(failed.fallback(&here()), Some(Route::Osc52));
            let deaf = Environment { failed_routes: refusing(&[RouteKind::Osc52]), ..here() };
            assert_eq!(failed.fallback(&deaf), Some(Route::File));
        }
        let in_tmux = Environment { tmux: Some(tmux()), ..here() };
        assert_eq!(Route::Desktop.fallback(&in_tmux), Some(Route::Tmux));
        assert_eq!(Route::Tmux.fallback(&in_tmux), Some(Route::Osc52));
        assert_eq!(Route::Osc52.fallback(&here()), Some(Route::File));
        assert_eq!(Route::File.fallback(&here()), None);
    }

    #[test]
    fn each_way_has_the_limit_of_what_it_passes_through() {
        let most = |route: Route, link| route.limit(link).map(|limit| limit.bytes);
        assert_eq!(most(Route::Osc52, Connection::Ssh), Some(74_994));
        assert_eq!(most(Route::Screen, Connection::Local), Some(74_994));
        assert_eq!(most(Route::Osc52, Connection::Mosh), Some(12_288));
        assert_eq!(most(Route::Tmux, Connection::Mosh), Some(750_000));
        assert_eq!(most(Route::Desktop, Connection::Local), None);
        assert_eq!(most(Route::Command(vec![]), Connection::Ssh), None);
    }
}
