//! Text in a CSV that a spreadsheet would take for a formula gets an apostrophe before it, and loses it again when it is
//! read. What begins with apostrophes before such a sign gets one more, so that every text comes back as it was.

/// Signs by which a spreadsheet knows a formula, or runs the cell into the next.
const SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn is_dangerous(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(SIGNS)
}

pub fn guarded(text: String) -> String {
    if is_dangerous(&text) { format!("'{text}") } else { text }
}

pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text_and_every_text_comes_back() {
        for text in
            ["=1+1", "+62", "-5", "@cmd", "\t=1", "'=1", "''=1", "'kutip'", "", "'", "Kaos", "5 - 3", "'-"]
        {
            let kept = guarded(text.to_owned());
            assert!(!kept.starts_with(SIGNS), "{kept}");
            assert_eq!(unguarded(&kept), text);
        }
        assert_eq!(guarded("=HYPERLINK(\"x\")".to_owned()), "'=HYPERLINK(\"x\")");
    }
}
