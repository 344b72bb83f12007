//! Copying from the screen within X11, tmux and screen: the receipt, and the destination of the
//! text.

use super::tools::{Compositor, Display, Server};
use crate::support::home::{Home, LOADED};
use crate::support::program::OFFPRINT;
use crate::support::pty::{CommandBuilder, Pty, command, footer};

const LINK: &str = "https://arxiv.org/abs/2209.10922";

/// Starts a command on a screen of 100 columns and waits for the papers.
fn start(command: CommandBuilder) -> Pty {
    let pty = Pty::start(command, 100, 36);
    pty.wait_for_text(LOADED);
    pty
}

/// Waits for the receipt in the last three rows, since a multiplexer adds a status line.
fn wait_for_receipt(pty: &Pty, receipt: &str) {
    pty.wait_for(receipt, |seen| {
        let text = seen.screen().contents();
        let rows: Vec<&str> = text.trim_end().lines().rev().take(3).collect();
        rows.iter().any(|row| row.contains(receipt))
    });
}

#[test]
#[ignore = "needs Xvfb and xclip"]
fn on_x11_a_copy_is_there_when_the_program_is_gone() {
    let home = Home::new();
    let display = Display::start();
    let mut local = home.offprint(&[]);
    local.env_remove("SSH_CONNECTION");
    local.env("DISPLAY", &display.name);
    let mut pty = start(local);
    pty.send("ybq");
    assert_eq!(pty.wait_for_exit().code, 0);
    let copied = display.paste("UTF8_STRING");
    assert!(copied.starts_with("@misc{son2022learning,\n"), "{copied}");
    assert_eq!(copied, home.paste());
    assert!(pty.seen().copies().is_empty());
}

#[test]
#[ignore = "needs Xvfb and xclip"]
fn on_x11_the_receipt_names_its_clipboard() {
    let home = Home::new();
    let display = Display::start();
    let mut local = home.offprint(&[]);
    local.env_remove("SSH_CONNECTION");
    local.env("DISPLAY", &display.name);
    let mut pty = start(local);
    pty.send("yl");
    pty.wait_for("its receipt", |seen| footer(seen).contains("link, 32 B → the X11 clipboard"));
    assert_eq!(display.paste("UTF8_STRING"), LINK);
}

/// A command within a new tmux session on the given server.
fn within_tmux(home: &Home, server: &Server, inner: &[&str]) -> CommandBuilder {
    let socket = server.socket.to_str().unwrap();
    let arguments = [&["-S", socket, "-f", "/dev/null", "new-session"], inner].concat();
    home.environ(command("tmux", &arguments))
}

#[test]
#[ignore = "needs tmux"]
fn in_tmux_a_copy_is_in_its_buffer_and_sent_to_the_terminal_beyond() {
    let home = Home::new();
    let server = Server::at(home.path("tmux"));
    let mut pty = start(within_tmux(&home, &server, &[OFFPRINT]));
    pty.send("yb");
    wait_for_receipt(&pty, "BibTeX, 306 B → tmux's buffer, and sent to the terminal (OSC 52)");
    let buffer = server.buffer();
    assert_eq!(buffer, home.paste());
    pty.wait_for("a copy", |seen| seen.copies() == [buffer.as_str()]);
    pty.send("q");
    assert_eq!(pty.wait_for_exit().code, 0);
}

/// A command on a local display.
fn on_display(display: &Display, mut command: CommandBuilder) -> CommandBuilder {
    command.env_remove("SSH_CONNECTION");
    command.env("DISPLAY", &display.name);
    command
}

#[test]
#[ignore = "needs tmux, Xvfb and xclip"]
fn in_tmux_on_x11_the_desktop_has_the_copy_too() {
    let home = Home::new();
    let display = Display::start();
    let server = Server::at(home.path("tmux"));
    let mut pty = start(on_display(&display, within_tmux(&home, &server, &[OFFPRINT])));
    pty.send("yl");
    wait_for_receipt(&pty, "link, 32 B → tmux and the X11 clipboard");
    assert_eq!(server.buffer(), LINK);
    assert_eq!(display.paste("UTF8_STRING"), LINK);
    pty.send("q");
    assert_eq!(pty.wait_for_exit().code, 0);
    assert_eq!(display.paste("UTF8_STRING"), LINK, "the text outlives the program");
}

#[test]
#[ignore = "needs tmux, Xvfb and xclip"]
fn a_terminal_on_x11_that_inherited_the_variables_of_tmux_copies_to_the_desktop() {
    let home = Home::new();
    let display = Display::start();
    let server = Server::start(&home.path(""), "tmux", "");
    server.run(&["set-environment", "SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22"]);
    for inherited in [format!("{},0,0", server.socket.display()), "/no/socket,1,0".to_owned()] {
        let mut local = on_display(&display, home.offprint(&[]));
        local.env("TMUX", inherited);
        display.replace("earlier");
        let mut pty = start(local);
        pty.send("yl");
        wait_for_receipt(&pty, "link, 32 B → the X11 clipboard");
        assert_eq!(display.paste("UTF8_STRING"), LINK);
    }
}

#[test]
#[ignore = "needs screen, Xvfb and xclip"]
fn in_screen_on_x11_the_desktop_has_the_copy_too() {
    let home = Home::new();
    let display = Display::start();
    let sockets = home.private_directory("sockets");
    let mut command = home.environ(command("screen", &["-c", "/dev/null", OFFPRINT]));
    command.env("SCREENDIR", sockets);
    let mut pty = start(on_display(&display, command));
    pty.send("yl");
    wait_for_receipt(&pty, "link, 32 B → the X11 clipboard, and sent to the terminal (OSC 52)");
    assert_eq!(display.paste("UTF8_STRING"), LINK);
    pty.wait_for("a copy", |seen| seen.copies() == [LINK]);
}

#[test]
#[ignore = "needs sway, wl-clipboard, tmux and screen"]
fn on_wayland_a_copy_is_read_back_also_inside_tmux_and_screen() {
    let home = Home::new();
    let compositor = Compositor::start();
    let server = Server::at(home.path("tmux"));
    let mut in_screen = home.environ(command("screen", &["-c", "/dev/null", OFFPRINT]));
    in_screen.env("SCREENDIR", home.private_directory("sockets"));
    for (mut local, receipt) in [
        (home.offprint(&[]), "link, 32 B → the Wayland clipboard"),
        (within_tmux(&home, &server, &[OFFPRINT]), "link, 32 B → tmux and the Wayland clipboard"),
        (in_screen, "link, 32 B → the Wayland clipboard, and sent to the terminal"),
    ] {
        local.env_remove("SSH_CONNECTION");
        for (name, value) in compositor.variables() {
            local.env(name, value);
        }
        compositor.replace("earlier");
        let mut pty = start(local);
        pty.send("yl");
        wait_for_receipt(&pty, receipt);
        assert_eq!(compositor.paste(), LINK);
    }
}

#[test]
#[ignore = "needs tmux"]
fn in_tmux_within_tmux_nothing_beyond_is_claimed() {
    let home = Home::new();
    let (outer, inner) = (Server::at(home.path("outer")), Server::at(home.path("inner")));
    let socket = inner.socket.to_str().unwrap();
    let nested =
        ["env", "-u", "TMUX", "tmux", "-S", socket, "-f", "/dev/null", "new-session", OFFPRINT];
    let mut pty = start(within_tmux(&home, &outer, &nested));
    pty.send("yl");
    wait_for_receipt(&pty, "link, 32 B → tmux's buffer only · the outer tmux needs `set -s set-");
    assert_eq!(inner.buffer(), LINK);
    assert!(pty.seen().copies().is_empty());
    // The key hints leave no room for the end of the receipt.
    pty.send(":messages\r");
    let advice = "the outer tmux needs `set -s set-clipboard on`";
    pty.wait_for(advice, |seen| seen.screen().contents().contains(advice));
    pty.send("q");

    outer.run(&["set", "-s", "set-clipboard", "on"]);
    pty.send("yl");
    pty.wait_for("a copy", |seen| seen.copies() == [LINK]);
    assert_eq!(outer.buffer(), LINK);
}

#[test]
#[ignore = "needs tmux"]
fn in_a_tmux_that_was_begun_elsewhere_a_link_is_shown() {
    let home = Home::new();
    let server = Server::at(home.path("tmux"));
    let mut at_the_desk = within_tmux(&home, &server, &[OFFPRINT]);
    at_the_desk.env_remove("SSH_CONNECTION");
    at_the_desk.env("DISPLAY", ":77");
    let mut pty = start(at_the_desk);
    server.run(&["set-environment", "SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22"]);
    pty.send("o");
    wait_for_receipt(&pty, "Over SSH, so the link is shown instead");
}

#[test]
#[ignore = "needs screen"]
fn in_screen_a_copy_reaches_the_terminal_whole() {
    let home = Home::new();
    // `screen` requires a private directory for its sockets.
    let sockets = home.private_directory("sockets");
    let mut command = home.environ(command("screen", &["-c", "/dev/null", OFFPRINT]));
    command.env("SCREENDIR", sockets);
    let mut pty = start(command);
    // Copies all papers, so that the sequence is split into many parts.
    pty.send("VGyt");
    wait_for_receipt(&pty, "sent to the terminal (OSC 52) · yv shows it");
    pty.wait_for("a copy", |seen| !seen.copies().is_empty());
    let copied = home.paste();
    assert_eq!(copied.lines().count(), 198);
    assert_eq!(pty.seen().copies(), [copied]);
    pty.send("q");
    assert_eq!(pty.wait_for_exit().code, 0);
}
