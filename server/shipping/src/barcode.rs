//! Bar codes for labels: Code 128 (ISO/IEC 15417), by which every courier's scanner reads a waybill's number.

use std::fmt::Write as _;

/// A bar code as a picture draws it: one unit high, without the quiet zone of ten units that has to stand on both sides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bars {
    /// In units of the narrowest bar.
    pub width: u32,
    /// The dark bars as the `d` of an SVG's path.
    pub path: String,
}

/// The widths of bars and spaces in turn, by value; the last is the stop.
const PATTERNS: [&str; 107] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
    "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
    "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
    "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
    "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
    "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
    "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
];
const START_B: usize = 104;
const STOP: usize = 106;

/// The bars of a text of visible ASCII characters and spaces, 1 to 48 of them; none for any other.
pub fn code128(text: &str) -> Option<Bars> {
    let plain = text.bytes().all(|b| (0x20..0x7f).contains(&b));
    if !plain || !(1..=48).contains(&text.len()) {
        return None;
    }
    let mut values = vec![START_B];
    values.extend(text.bytes().map(|b| usize::from(b - 0x20)));
    let sum: usize = values.iter().enumerate().map(|(place, value)| place.max(1) * value).sum();
    values.push(sum % 103);
    values.push(STOP);
    let (mut at, mut path) = (0, String::new());
    for value in values {
        for (i, width) in PATTERNS[value].bytes().map(|b| u32::from(b - b'0')).enumerate() {
            if i % 2 == 0 {
                // Writing to a string does not fail.
                let _ = write!(path, "M{at} 0h{width}v1h-{width}z");
            }
            at += width;
        }
    }
    Some(Bars { width: at, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_eleven_wide_and_none_like_another() {
        for pattern in &PATTERNS[..STOP] {
            assert_eq!(pattern.bytes().map(|b| u32::from(b - b'0')).sum::<u32>(), 11, "{pattern}");
        }
        let all: std::collections::BTreeSet<_> = PATTERNS.iter().collect();
        assert_eq!(all.len(), 107);
    }

    /// `PJJ123C` has the check character 54 in ISO/IEC 15417's own example (code set A; in B the start counts one more).
    #[test]
    fn a_code_ends_with_its_check_and_stop() {
        let bars = code128("PJJ123C").unwrap();
        assert_eq!(bars.width, 11 * 9 + 13);
        assert!(bars.path.starts_with("M0 0h2v1h-2zM3 0h1v1h-1zM6 0h1v1h-1z"), "{}", bars.path);
        let check = PATTERNS[55];
        let at = 11 * 8;
        let first = check.as_bytes()[0] - b'0';
        assert!(bars.path.contains(&format!("M{at} 0h{first}")), "{}", bars.path);
        assert!(bars.path.ends_with("h2v1h-2z"));
    }

    #[test]
    fn what_no_scanner_reads_is_refused() {
        assert!(["", "é", "a\nb"].iter().all(|text| code128(text).is_none()));
        assert!(code128(&"A".repeat(48)).is_some() && code128(&"A".repeat(49)).is_none());
    }
}
