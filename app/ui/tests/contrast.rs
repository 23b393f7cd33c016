//! Reads the design tokens and computes what WCAG 2.2 AA asks of them, in light and in dark.

use std::collections::HashMap;

const TOKENS: &str = include_str!("../../../style/tokens.css");

type Rgb = [f64; 3];

/// `--name: light-dark(#rrggbb, #rrggbb);` as name, light and dark. Colours with transparency are not text.
fn tokens() -> HashMap<&'static str, [Rgb; 2]> {
    TOKENS
        .lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
            let (light, dark) = value.strip_suffix(");")?.split_once(", ")?;
            Some((name, [rgb(light)?, rgb(dark)?]))
        })
        .collect()
}

fn rgb(hex: &str) -> Option<Rgb> {
    let hex = hex.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok().map(|n| f64::from(n) / 255.0);
    Some([part(0)?, part(2)?, part(4)?])
}

/// Relative luminance, WCAG 2.2.
fn luminance(rgb: Rgb) -> f64 {
    let [r, g, b] = rgb.map(|c| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// What is written or drawn, on what, and the least ratio.
const PAIRS: &[(&[&str], &[&str], f64)] = &[
    // Text: 4.5.
    (
        &["ink", "ink-soft"],
        &["page", "surface", "raised", "sunken", "brand-soft", "deal-soft", "danger-soft"],
        4.5,
    ),
    (&["ink"], &["shade"], 4.5),
    (&["brand-ink"], &["page", "surface", "raised", "sunken", "brand-soft"], 4.5),
    (&["deal-ink"], &["page", "surface", "raised", "deal-soft"], 4.5),
    (&["danger-ink"], &["page", "surface", "raised", "sunken", "danger-soft"], 4.5),
    (&["on-brand"], &["brand", "brand-strong"], 4.5),
    (&["on-deal"], &["deal", "deal-strong"], 4.5),
    (&["on-danger"], &["danger", "danger-strong"], 4.5),
    (&["on-float", "float-link"], &["float"], 4.5),
    (&["page"], &["ink"], 4.5),
    // Edges of controls, focus, and shapes that carry meaning: 3.
    (&["line-strong", "focus", "brand", "danger"], &["page", "surface", "raised"], 3.0),
    (&["focus"], &["brand-soft", "sunken"], 3.0),
    (&["brand", "danger"], &["shade"], 3.0),
    (&["art-line"], &["page", "surface", "art-ground", "art-paper"], 3.0),
];

#[test]
fn every_pair_of_colours_that_meets_on_a_page_can_be_told_apart() {
    let tokens = tokens();
    let mut wrong = Vec::new();
    for (fronts, backs, least) in PAIRS {
        for (front, back) in fronts.iter().flat_map(|front| backs.iter().map(move |back| (front, back))) {
            for (i, theme) in ["light", "dark"].iter().enumerate() {
                let ratio = contrast(tokens[front][i], tokens[back][i]);
                if ratio < *least {
                    wrong.push(format!("{theme}: {front} on {back} is {ratio:.2}, less than {least}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_ratio_is_computed_as_wcag_does() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
    let grey = rgb("#767676").unwrap();
    assert!((contrast(grey, [1.0; 3]) - 4.54).abs() < 0.01);
}
