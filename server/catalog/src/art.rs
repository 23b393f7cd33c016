//! Drawn pictures for goods without photographs: a motif in a palette on a soft ground, composed by a seed.
//!
//! The same motif and seed give the same picture, byte by byte, so it may be kept for ever under its address; whoever
//! changes the drawings raises `model::views::picture::ART_VERSION`. Everything is in the one file, no reference
//! leads outside it.

mod motifs;
mod palette;

pub use motifs::motif_for;

use palette::{PALETTES, Palette};
use std::fmt::Write;

/// The names of all motifs, sorted.
pub fn motifs() -> impl Iterator<Item = &'static str> {
    motifs::MOTIFS.iter().map(|(name, _)| *name)
}

/// The picture of a motif; none where there is no such motif. Takes some microseconds.
pub fn svg(motif: &str, seed: u32) -> Option<String> {
    let shapes = motifs::shapes(motif)?;
    let mut turns = Turns(fold(motif) ^ (u64::from(seed) << 17));
    let palette = &PALETTES[turns.below(PALETTES.len())];
    let mut out = String::with_capacity(shapes.len() + 2600);
    out.push_str(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="640" height="640">"#,
    );
    // Writing to a string cannot fail.
    let _ = sheet(&mut out, palette, turns.below(3));
    let _ = ground(&mut out, palette, &mut turns);
    let tilt = i32::try_from(turns.below(13)).unwrap_or(6) - 6;
    let scale = 86 + turns.below(11);
    let flip = if turns.below(4) == 0 && may_be_mirrored(motif) { "-" } else { "" };
    out.push_str(r#"<ellipse cx="200" cy="328" rx="124" ry="15" fill="url(#f)"/>"#);
    let _ = write!(
        out,
        r#"<g transform="translate(200 196) rotate({tilt}) scale({flip}.{scale} .{scale}) translate(-200 -196)">{}</g>"#,
        shapes.trim_end()
    );
    let _ = sparkle(&mut out, palette, &mut turns);
    out.push_str("</svg>");
    Some(out)
}

/// Goods with a reading direction look wrong the other way round.
fn may_be_mirrored(motif: &str) -> bool {
    !matches!(motif, "notebook" | "ticket" | "book" | "keyboard" | "mic" | "watch" | "console")
}

fn sheet(out: &mut String, p: &Palette, shown: usize) -> std::fmt::Result {
    let Palette { ground_deep, main, shade, tint, accent, accent_shade, .. } = p;
    write!(
        out,
        "<style>.m{{fill:{main}}}.s{{fill:{shade}}}.t{{fill:{tint}}}.a{{fill:{accent}}}.b{{fill:{accent_shade}}}\
         .k{{fill:#2b3440}}.h{{fill:#8b97a3}}.g{{fill:#c9d1d8}}.w{{fill:#fff}}.gr{{fill:{ground_deep}}}\
         .l{{fill:#fff;opacity:.28}}.d{{fill:#1b2430;opacity:.16}}.skin{{fill:#f3c9a5}}.lf{{fill:#4fa36a}}.ld{{fill:#357d4e}}\
         .y{{fill:#ffd766}}.yy{{fill:#f5bd36}}.yd{{fill:#dc9d1e}}.n{{fill:none;stroke-linecap:round;stroke-linejoin:round}}\
         .sk{{stroke:#2b3440}}.sw{{stroke:#fff}}.sm{{stroke:{main}}}.ss{{stroke:{shade}}}.sa{{stroke:{accent}}}\
         .sg{{stroke:#c9d1d8}}.sh{{stroke:#8b97a3}}.sd{{stroke:#1b2430;stroke-opacity:.22}}.sl{{stroke:#4fa36a}}\
         .ys{{stroke:#ffd766}}.yds{{stroke:#dc9d1e}}.v0,.v1,.v2{{display:none}}.v{shown}{{display:inline}}</style>"
    )
}

fn ground(out: &mut String, p: &Palette, turns: &mut Turns) -> std::fmt::Result {
    let Palette { ground, ground_deep: deep, tint, .. } = p;
    write!(
        out,
        r##"<defs><radialGradient id="c" cx=".5" cy=".38" r=".8"><stop offset="0" stop-color="#fff"/><stop offset=".45" stop-color="{ground}"/><stop offset="1" stop-color="{deep}"/></radialGradient><radialGradient id="f"><stop offset="0" stop-color="#1b2430" stop-opacity=".34"/><stop offset=".6" stop-color="#1b2430" stop-opacity=".14"/><stop offset="1" stop-color="#1b2430" stop-opacity="0"/></radialGradient></defs><rect width="400" height="400" fill="url(#c)"/>"##
    )?;
    match turns.below(7) {
        0 => write!(out, r#"<circle cx="200" cy="190" r="146" fill="{deep}" opacity=".75"/>"#),
        1 => write!(out, r#"<path d="M70 328V180a130 130 0 0 1 260 0v148z" fill="{deep}" opacity=".8"/>"#),
        2 => write!(
            out,
            r#"<path d="M0 328h400v72H0z" fill="{deep}"/><circle cx="292" cy="112" r="58" fill="{tint}" opacity=".45"/>"#
        ),
        3 => write!(
            out,
            r#"<path d="M48 214c-8-74 54-142 132-146 92-4 182 48 172 142-8 82-82 120-158 116-74-4-138-40-146-112z" fill="{deep}" opacity=".85"/>"#
        ),
        4 => write!(
            out,
            r#"<circle cx="118" cy="138" r="92" fill="{deep}" opacity=".8"/><circle cx="286" cy="246" r="82" fill="{tint}" opacity=".35"/>"#
        ),
        5 => write!(
            out,
            r#"<path d="M-20 330L250-20h170v90L140 420H-20z" fill="{deep}" opacity=".6"/><path d="M330-20h60L80 420H10z" fill="{tint}" opacity=".16"/>"#
        ),
        _ => write!(
            out,
            r#"<rect x="66" y="62" width="268" height="268" rx="44" fill="{deep}" opacity=".75"/>"#
        ),
    }
}

/// A few small things around the goods, where they do not hide them.
fn sparkle(out: &mut String, p: &Palette, turns: &mut Turns) -> std::fmt::Result {
    const PLACES: [(i32, i32); 8] =
        [(54, 70), (346, 64), (62, 204), (344, 196), (330, 300), (70, 304), (292, 46), (112, 42)];
    let first = turns.below(PLACES.len());
    for i in 0..2 + turns.below(2) {
        let (x, y) = PLACES[(first + i * 3) % PLACES.len()];
        let colour = [p.accent, p.tint, "#fff"][turns.below(3)];
        match turns.below(4) {
            0 => write!(out, r#"<circle cx="{x}" cy="{y}" r="8" fill="{colour}"/>"#)?,
            1 => write!(
                out,
                r#"<circle cx="{x}" cy="{y}" r="9" fill="none" stroke="{colour}" stroke-width="4"/>"#
            )?,
            2 => write!(
                out,
                r#"<path d="M{x} {y}m0-14l4 10 10 4-10 4-4 10-4-10-10-4 10-4z" fill="{colour}"/>"#
            )?,
            _ => write!(
                out,
                r#"<path d="M{x} {y}m-9 0h18m-9-9v18" fill="none" stroke="{colour}" stroke-width="5" stroke-linecap="round"/>"#
            )?,
        }
    }
    Ok(())
}

/// A row of choices that follows from where it starts (`SplitMix64`).
struct Turns(u64);

impl Turns {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        usize::try_from(z % (n.max(1) as u64)).unwrap_or_default()
    }
}

fn fold(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_same_seed_gives_the_same_picture_and_another_another() {
        for motif in motifs() {
            let one = svg(motif, 7).unwrap();
            assert_eq!(svg(motif, 7).unwrap(), one);
            let all: BTreeSet<_> = (0..40).map(|seed| svg(motif, seed).unwrap()).collect();
            assert!(all.len() > 36, "{motif}: {}", all.len());
        }
        assert_eq!(svg("no-such-thing", 1), None);
    }

    #[test]
    fn a_picture_is_whole_and_refers_to_nothing_outside() {
        for motif in motifs() {
            let picture = svg(motif, 3).unwrap();
            assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>"), "{motif}");
            for never in ["href", "script", "@import", "http://www.w3.org/1999"] {
                assert!(!picture.contains(never), "{motif} has {never}");
            }
            assert!(picture.len() < 8_000, "{motif}: {} bytes", picture.len());
            assert_eq!(picture.matches("<g").count(), picture.matches("</g>").count(), "{motif}");
        }
    }

    #[test]
    fn names_find_their_motif_and_every_motif_named_exists() {
        for (category, name, motif) in [
            ("komputer-laptop", "Wireless Keyboard i8 Mini TouchPad Mouse", "keyboard"),
            ("gaming", "Charging Dock Stik PS3", "gamepad"),
            ("handphone-tablet", "Kabel Data iPhone", "cable"),
            ("fashion-pria", "Sepatu Sneakers Pria", "shoe"),
            ("logam-mulia", "5 gr RM 2021", "gold"),
            ("unknown", "???", "box"),
        ] {
            assert_eq!(motif_for(category, name), motif, "{name}");
        }
        let there: BTreeSet<_> = motifs().collect();
        for motif in motifs::all_named() {
            assert!(there.contains(motif), "{motif}");
        }
        assert!(motifs().is_sorted());
    }
}
