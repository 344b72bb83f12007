//! Picking below the prompt, without the alternate screen.

use super::{Home, ends_with};
use crate::support::pty::Pty;

fn start(home: &Home, options: &str) -> Pty {
    let script =
        format!("echo before; \"$OFFPRINT\" --pick --as title {options} >chosen; echo code $?");
    let pty = Pty::start(home.script(&script), 100, 24);
    pty.wait_for_text("Learning to Write with Coherence");
    pty
}

#[test]
fn a_height_draws_below_the_prompt_and_leaves_nothing_behind() {
    let home = Home::new();
    let mut pty = start(&home, "--height 8");
    {
        let seen = pty.seen();
        let text = seen.screen().contents();
        let lines: Vec<&str> = text.lines().collect();
        assert!(!seen.modes().alternate_screen);
        assert_eq!(lines[0], "before");
        assert!((5..=9).contains(&lines.len()), "{text}");
        assert!(lines.last().unwrap().contains("Enter pick"), "{text}");
    }
    pty.send("hopfield");
    pty.wait_for("the hits", |seen| seen.screen().contents().contains("/ hopfield"));
    pty.send("\r");
    pty.wait_for_text("code 0");
    ends_with(&mut pty, 0);
    assert_eq!(pty.text().trim_end(), "before\ncode 0");
    assert_eq!(home.read("chosen").lines().count(), 1, "{}", home.read("chosen"));
}

#[test]
fn at_the_bottom_of_the_screen_earlier_lines_scroll_up_to_make_room() {
    let home = Home::new();
    let script = "seq 1 40; \"$OFFPRINT\" --pick --height 40%; echo code $?";
    let mut pty = Pty::start(home.script(script), 100, 24);
    pty.wait_for_text("Enter pick");
    {
        let seen = pty.seen();
        let text = seen.screen().contents();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 24, "{text}");
        assert_eq!(lines[14], "40", "{text}");
        assert!(lines[23].contains("Enter pick"), "{text}");
    }
    pty.send("\x1b");
    pty.wait_for_text("code 1");
    ends_with(&mut pty, 0);
    assert!(pty.text().trim_end().ends_with("39\n40\ncode 1"), "{}", pty.text());
}

#[test]
fn another_size_of_the_terminal_is_drawn_again_below_the_prompt() {
    let home = Home::new();
    let mut pty = start(&home, "--height 50%");
    pty.resize(70, 16);
    pty.send("transformer");
    pty.wait_for_text("/ transformer");
    assert!(pty.text().starts_with("before"), "{}", pty.text());
    pty.send("\x1b");
    pty.wait_for_text("code 1");
    ends_with(&mut pty, 0);
}

#[test]
fn a_height_is_refused_without_picking() {
    let home = Home::new();
    let mut pty = Pty::start(home.offprint(&["--height", "9"]), 100, 6);
    ends_with(&mut pty, 2);
    assert!(pty.text().contains("--height has no effect on the screen"), "{}", pty.text());
}
