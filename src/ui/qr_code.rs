//! QR codes as text, with two modules per cell in half blocks.

use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the code, required by scanners to find it.
const QUIET_ZONE: usize = 2;

/// The lines of the code, drawn light on dark; empty if the text is too long for a QR code.
pub fn qr_code_lines(text: &str) -> Vec<String> {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::L) else {
        return Vec::new();
    };
    let size = code.width();
    let full = size + 2 * QUIET_ZONE;
    let is_light = |x: usize, y: usize| {
        let is_inside = (QUIET_ZONE..QUIET_ZONE + size).contains(&x)
            && (QUIET_ZONE..QUIET_ZONE + size).contains(&y);
        !is_inside || code[(x - QUIET_ZONE, y - QUIET_ZONE)] == Color::Light
    };
    let cell = |x, y: usize| match (is_light(x, y), y + 1 >= full || is_light(x, y + 1)) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    };
    (0..full).step_by(2).map(|y| (0..full).map(|x| cell(x, y)).collect()).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_square_and_framed_in_light() {
        let lines = super::qr_code_lines("https://arxiv.org/abs/2501.02950");
        let side = lines[0].chars().count();
        assert_eq!(lines.len(), side.div_ceil(2));
        assert!(lines[0].chars().all(|c| c == '█'));
        assert!(super::qr_code_lines(&"x".repeat(10_000)).is_empty());
    }
}
