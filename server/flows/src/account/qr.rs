//! The picture an authenticator app scans, as the outline of its dark squares.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// Light squares on each side, without which cameras do not find it.
const QUIET: usize = 4;

/// Squares on a side, and the path of the dark ones in units of a square. None for more text than a picture holds.
pub fn qr(text: &str) -> Option<(usize, String)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = code.width();
    let mut path = String::new();
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            let _ = write!(path, "M{} {}h1v1h-1z", at % side + QUIET, at / side + QUIET);
        }
    }
    Some((side + 2 * QUIET, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_its_three_corners_and_light_around_it() {
        let (side, path) = qr("otpauth://totp/pasar.example:sari%40mail.example?secret=GEZDGNBV").unwrap();
        for (x, y) in [(4, 4), (side - 5, 4), (4, side - 5)] {
            assert!(path.contains(&format!("M{x} {y}h1v1h-1z")), "{x} {y}");
        }
        for edge in 0..4 {
            assert!(!path.contains(&format!("M{edge} ")), "{edge}");
        }
        assert_eq!(qr(&"x".repeat(5_000)), None);
    }
}
