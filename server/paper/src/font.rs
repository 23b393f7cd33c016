//! The two fonts, and how wide a text gets in them.

use std::sync::LazyLock;
use ttf_parser::Face;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    Regular,
    Bold,
}

const REGULAR: &[u8] = include_bytes!("../fonts/plus-jakarta-sans-regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/plus-jakarta-sans-bold.ttf");

static FACES: LazyLock<[Face<'static>; 2]> = LazyLock::new(|| {
    [REGULAR, BOLD].map(|bytes| {
        #[expect(clippy::expect_used, reason = "the font is part of the program")]
        Face::parse(bytes, 0).expect("the font is sound")
    })
});

impl Weight {
    fn face(self) -> &'static Face<'static> {
        &FACES[usize::from(self == Self::Bold)]
    }

    pub(crate) fn krilla(self) -> krilla::text::Font {
        let bytes: &'static [u8] = match self {
            Self::Regular => REGULAR,
            Self::Bold => BOLD,
        };
        #[expect(clippy::expect_used, reason = "the font is part of the program")]
        krilla::text::Font::new(bytes.to_vec().into(), 0).expect("the font is sound")
    }

    /// The text with what can be printed of it.
    pub(crate) fn printable(self, text: &str) -> String {
        let known = |c: char| if self.face().glyph_index(c).is_some() { c } else { '?' };
        text.chars().filter(|c| !c.is_control()).map(known).collect()
    }

    /// In points.
    pub fn width(self, text: &str, size: f32) -> f32 {
        let face = self.face();
        let advance = |c| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or(0);
        let units: u32 = text.chars().map(|c| u32::from(advance(c))).sum();
        #[expect(
            clippy::cast_precision_loss,
            reason = "a line is some ten thousand units wide, which is exact"
        )]
        let units = units as f32;
        units * size / f32::from(face.units_per_em())
    }

    /// The words in lines of at most this width; a word that is wider is cut.
    pub fn wrap(self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = vec![];
        let mut line = String::new();
        for word in text.split_whitespace() {
            let mut word = word.to_owned();
            loop {
                let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
                if self.width(&longer, size) <= width {
                    line = longer;
                    break;
                }
                if line.is_empty() {
                    let fits = self.fitting(&word, size, width);
                    lines.push(word[..fits].to_owned());
                    word = word[fits..].to_owned();
                    if word.is_empty() {
                        break;
                    }
                } else {
                    lines.push(std::mem::take(&mut line));
                }
            }
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// How many bytes of a word fit, at least its first letter.
    fn fitting(self, word: &str, size: f32, width: f32) -> usize {
        let ends = word.char_indices().map(|(i, c)| i + c.len_utf8());
        let first = word.chars().next().map_or(0, char::len_utf8);
        ends.take_while(|end| self.width(&word[..*end], size) <= width).last().unwrap_or(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_wide_as_they_may_be() {
        let text = "Tas selempang kanvas dan kulit untuk sehari-hari";
        let lines = Weight::Regular.wrap(text, 10.0, 120.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| Weight::Regular.width(line, 10.0) <= 120.0));
        assert_eq!(lines.join(" "), text);
        assert_eq!(Weight::Regular.wrap("", 10.0, 120.0), [""]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_and_none_of_it_lost() {
        let word = "x".repeat(200);
        let lines = Weight::Bold.wrap(&format!("a {word} b"), 10.0, 60.0);
        assert!(lines.iter().all(|line| Weight::Bold.width(line, 10.0) <= 60.0));
        assert_eq!(lines.concat().replace(' ', ""), format!("a{word}b"));
        assert_eq!(Weight::Bold.wrap("WW", 10.0, 1.0), ["W", "W"]);
    }

    #[test]
    fn what_has_no_glyph_is_marked_and_what_breaks_lines_is_left_out() {
        assert_eq!(Weight::Regular.printable("Kopi ☕\n“Gayo” – 1 kg"), "Kopi ?“Gayo” – 1 kg");
    }
}
