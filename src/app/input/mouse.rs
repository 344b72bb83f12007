//! Input of the mouse.

/// Reports of the mouse by the terminal. Without them the terminal's own selection works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MouseCapture {
    #[default]
    Off,
    On,
}

/// A report of the mouse, at a cell of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MouseInput {
    pub kind: MouseKind,
    /// Column from 0.
    pub x: u16,
    /// Row from 0.
    pub y: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The main button was pressed.
    Press,
    /// The main button was pressed again at the same cell within a short time.
    DoublePress,
    /// The mouse was moved while the main button is down.
    Drag,
    Release,
    WheelUp,
    WheelDown,
}
