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
    pub fn name(&self, environment: &Environment) -> String {
        match self {
            Self::Command(arguments) => format!("`{}`", arguments.join(" ")),
            Self::Tmux => "`tmux load-buffer -w -`".to_owned(),
            Self::Screen => "OSC 52 in pieces through screen".to_owned(),
            Self::Osc52 => "OSC 52".to_owned(),
            Self::Windows | Self::Desktop => environment.desktop_clipboard_name().to_owned(),
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

    /// The route to try after this one failed. A tmux that failed counts as none.
    pub fn fallback(&self, environment: &Environment) -> Option<Self> {
        match self {
            Self::Windows | Self::Desktop => {
                let (next, _) = multiplexer_route(environment)
                    .unwrap_or_else(|| terminal_route(environment, ""));
                Some(next)
            }
            Self::Tmux => {
                let without_tmux = Environment { tmux: None, ..environment.clone() };
                Some(choose_route(&ClipboardSetting::Auto, &without_tmux).0)
            }
            Self::Command(_) | Self::Screen | Self::Osc52 => Some(Self::File),
            Self::File => None,
        }
    }
}

/// The route for this environment and the reason as a phrase. The first matching rule decides.
pub fn choose_route(
    setting: &ClipboardSetting,
    environment: &Environment,
) -> (Route, &'static str) {
    if let Some(route) = route_for_setting(setting, environment.os) {
        return (route, "configured");
    }
    let may_use = |kind| !environment.failed_routes.contains(&kind);
    let is_windows = environment.os == Os::Windows && environment.connection == Connection::Local;
    if is_windows && may_use(RouteKind::Windows) {
        (Route::Windows, "Windows, not over SSH")
    } else if let Some(route) = multiplexer_route(environment) {
        route
    } else if let Some(reason) = reason_without_desktop(environment) {
        terminal_route(environment, reason)
    } else if may_use(RouteKind::Native) {
        (Route::Desktop, "local display")
    } else {
        terminal_route(environment, "the desktop clipboard failed --clipboard-check here")
    }
}

/// Returns true if a copy by this route fills the desktop clipboard too. A multiplexer forwards to
/// a terminal that may ignore OSC 52, while the display of a local session shows that terminal.
pub fn fills_desktop_too(route: &Route, environment: &Environment) -> bool {
    let passes_multiplexer = match route {
        Route::Tmux | Route::Screen => true,
        Route::Osc52 => environment.zellij.is_some(),
        Route::Command(_) | Route::Windows | Route::Desktop | Route::File => false,
    };
    let has_desktop = match environment.os {
        Os::Unix => environment.has_display(),
        Os::MacOs => true,
        Os::Windows | Os::Wsl | Os::Termux => false,
    };
    passes_multiplexer
        && has_desktop
        && environment.connection == Connection::Local
        && !environment.failed_routes.contains(&RouteKind::Native)
}

/// The route through the surrounding multiplexer, which drops an unwrapped OSC 52.
fn multiplexer_route(environment: &Environment) -> Option<(Route, &'static str)> {
    let may_use = |kind| !environment.failed_routes.contains(&kind);
    if environment.tmux.is_some() && may_use(RouteKind::Tmux) {
        Some((Route::Tmux, "inside tmux"))
    } else if environment.screen_session.is_some() && may_use(RouteKind::Screen) {
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
fn reason_without_desktop(environment: &Environment) -> Option<&'static str> {
    match (environment.connection, environment.os) {
        (Connection::Mosh, _) => Some("over mosh"),
        (Connection::Ssh, _) => Some("over SSH"),
        (Connection::Local, Os::Wsl) => Some("under WSL"),
        (Connection::Local, Os::Termux) => Some("in Termux"),
        (Connection::Local, _) if environment.zellij.is_some() => Some("inside Zellij"),
        (Connection::Local, Os::Windows) => {
            Some("the Windows clipboard failed --clipboard-check here")
        }
        (Connection::Local, Os::Unix) if !environment.has_display() => Some("no display"),
        (Connection::Local, Os::Unix | Os::MacOs) => None,
    }
}

/// OSC 52, unless it failed the check in this terminal. After a failed check of tmux or screen an
/// unwrapped sequence inside it would fail too, so the text goes to a file.
fn terminal_route(environment: &Environment, reason: &'static str) -> (Route, &'static str) {
    let terminal_routes = [RouteKind::Osc52, RouteKind::Tmux, RouteKind::Screen];
    match terminal_routes.iter().find(|kind| environment.failed_routes.contains(kind)) {
        Some(RouteKind::Tmux) => (Route::File, "tmux failed --clipboard-check here"),
        Some(RouteKind::Screen) => (Route::File, "screen failed --clipboard-check here"),
        Some(_) => (Route::File, "OSC 52 failed --clipboard-check here"),
        None => (Route::Osc52, reason),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::environment::Tmux;
    use super::*;

    fn environment() -> Environment {
        Environment::default()
    }

    fn tmux() -> Tmux {
        Tmux { server: "/tmp/tmux-0/default,1,0".into(), pane: None }
    }

    fn refusing(kinds: &[RouteKind]) -> BTreeSet<RouteKind> {
        kinds.iter().copied().collect()
    }

    #[test]
    fn the_first_row_that_holds_decides() {
        let windows = Environment { os: Os::Windows, ..environment() };
        let with_display = Environment { display: Some(":0".into()), ..environment() };
        let ssh = Environment { connection: Connection::Ssh, ..with_display.clone() };
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
            (Environment { tmux: Some(tmux()), ..with_display.clone() }, Route::Tmux),
            (Environment { screen_session: Some("1.x".into()), ..ssh.clone() }, Route::Screen),
            (ssh, Route::Osc52),
            (Environment { connection: Connection::Mosh, ..with_display.clone() }, Route::Osc52),
            (Environment { os: Os::Wsl, ..with_display.clone() }, Route::Osc52),
            (Environment { os: Os::Termux, ..with_display.clone() }, Route::Osc52),
            (Environment { zellij: Some("0".into()), ..with_display.clone() }, Route::Osc52),
            (environment(), Route::Osc52),
            (Environment { os: Os::MacOs, ..environment() }, Route::Desktop),
            (Environment { wayland: Some("wayland-0".into()), ..environment() }, Route::Desktop),
            (with_display, Route::Desktop),
        ];
        for (environment, expected) in rows {
            assert_eq!(
                choose_route(&ClipboardSetting::Auto, &environment).0,
                expected,
                "{environment:?}"
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
        let in_tmux = Environment { tmux: Some(tmux()), failed_routes: refused, ..environment() };
        for (setting, expected) in named {
            assert_eq!(choose_route(&setting, &in_tmux), (expected, "configured"));
        }
        let windows = Environment { os: Os::Windows, ..environment() };
        assert_eq!(choose_route(&ClipboardSetting::Native, &windows).0, Route::Windows);
    }

    #[test]
    fn a_way_known_not_to_arrive_is_skipped_and_the_reason_is_said() {
        let ssh = Environment {
            connection: Connection::Ssh,
            failed_routes: refusing(&[RouteKind::Osc52]),
            ..environment()
        };
        let (route, reason) = choose_route(&ClipboardSetting::Auto, &ssh);
        assert_eq!((route, reason), (Route::File, "OSC 52 failed --clipboard-check here"));

        let refused = refusing(&[RouteKind::Tmux]);
        let in_tmux = Environment { tmux: Some(tmux()), failed_routes: refused, ..environment() };
        let with_display = Environment { display: Some(":0".into()), ..in_tmux.clone() };
        assert_eq!(choose_route(&ClipboardSetting::Auto, &with_display).0, Route::Desktop);
        assert_eq!(choose_route(&ClipboardSetting::Auto, &in_tmux).0, Route::File);

        let refused = refusing(&[RouteKind::Native]);
        let with_display =
            Environment { display: Some(":0".into()), failed_routes: refused, ..environment() };
        assert_eq!(choose_route(&ClipboardSetting::Auto, &with_display).0, Route::Osc52);
    }

    #[test]
    fn what_fails_goes_on_to_the_terminal_and_then_to_a_file() {
        for failed in [Route::Desktop, Route::Windows, Route::Tmux] {
            assert_eq!(failed.fallback(&environment()), Some(Route::Osc52));
            let without_osc52 =
                Environment { failed_routes: refusing(&[RouteKind::Osc52]), ..environment() };
            assert_eq!(failed.fallback(&without_osc52), Some(Route::File));
        }
        let in_tmux = Environment { tmux: Some(tmux()), ..environment() };
        assert_eq!(Route::Desktop.fallback(&in_tmux), Some(Route::Tmux));
        assert_eq!(Route::Tmux.fallback(&in_tmux), Some(Route::Osc52));
        let with_display = Environment { display: Some(":0".into()), ..in_tmux };
        assert_eq!(Route::Tmux.fallback(&with_display), Some(Route::Desktop));
        assert_eq!(Route::Osc52.fallback(&environment()), Some(Route::File));
        assert_eq!(Route::File.fallback(&environment()), None);
    }

    #[test]
    fn through_a_multiplexer_of_a_local_display_the_desktop_is_filled_too() {
        let with_display = Environment { display: Some(":0".into()), ..environment() };
        let in_zellij = Environment { zellij: Some("0".into()), ..with_display.clone() };
        let over_ssh = Environment { connection: Connection::Ssh, ..with_display.clone() };
        let failed =
            Environment { failed_routes: refusing(&[RouteKind::Native]), ..with_display.clone() };
        let on_mac = Environment { os: Os::MacOs, ..environment() };
        for (route, environment, expected) in [
            (Route::Tmux, &with_display, true),
            (Route::Screen, &with_display, true),
            (Route::Osc52, &in_zellij, true),
            (Route::Tmux, &on_mac, true),
            (Route::Osc52, &with_display, false),
            (Route::Tmux, &over_ssh, false),
            (Route::Tmux, &failed, false),
            (Route::Tmux, &Environment::default(), false),
        ] {
            assert_eq!(fills_desktop_too(&route, environment), expected, "{route:?}");
        }
    }

    #[test]
    fn each_way_has_the_limit_of_what_it_passes_through() {
        let max_bytes = |route: Route, link| route.limit(link).map(|limit| limit.bytes);
        assert_eq!(max_bytes(Route::Osc52, Connection::Ssh), Some(74_994));
        assert_eq!(max_bytes(Route::Screen, Connection::Local), Some(74_994));
        assert_eq!(max_bytes(Route::Osc52, Connection::Mosh), Some(12_288));
        assert_eq!(max_bytes(Route::Tmux, Connection::Mosh), Some(750_000));
        assert_eq!(max_bytes(Route::Desktop, Connection::Local), None);
        assert_eq!(max_bytes(Route::Command(vec![]), Connection::Ssh), None);
    }
}
