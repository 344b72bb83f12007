//! What was typed, what it means, and the modes that need no screen.
