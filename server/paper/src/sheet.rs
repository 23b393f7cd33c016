//! Pages that fill from above.

use crate::{PaperError, Weight};
use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::Fill,
    text::TextDirection,
};
use model::Lang;

/// The colours of print.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ink {
    Black,
    Grey,
    /// Rules and boxes.
    Pale,
    Leaf,
}

impl Ink {
    fn colour(self) -> rgb::Color {
        match self {
            Self::Black => rgb::Color::new(22, 28, 24),
            Self::Grey => rgb::Color::new(92, 102, 96),
            Self::Pale => rgb::Color::new(214, 221, 216),
            Self::Leaf => rgb::Color::new(11, 107, 67),
        }
    }
}

enum Mark {
    Text { x: f32, y: f32, size: f32, weight: Weight, ink: Ink, text: String },
    Box { x: f32, y: f32, width: f32, height: f32, ink: Ink },
}

/// What is printed on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Paper {
    /// With the number of the page at its foot.
    A4,
    /// A label, all of which is its own.
    A6,
}

impl Paper {
    const fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (Sheet::WIDTH, Sheet::HEIGHT),
            Self::A6 => (297.64, 419.53),
        }
    }

    /// Above this everything has to end.
    const fn bottom(self) -> f32 {
        match self {
            Self::A4 => Sheet::HEIGHT - Sheet::MARGIN - 16.0,
            Self::A6 => 419.53 - Sheet::LABEL_MARGIN,
        }
    }
}

/// What is being written. Nothing is drawn before [`finish`](Self::finish).
pub struct Sheet {
    title: String,
    lang: Lang,
    paper: Paper,
    pages: Vec<Vec<Mark>>,
    y: f32,
}

impl Sheet {
    pub const WIDTH: f32 = 595.28;
    pub const HEIGHT: f32 = 841.89;
    /// Free on all sides.
    pub const MARGIN: f32 = 48.0;
    /// Where the right margin begins.
    pub const RIGHT: f32 = Self::WIDTH - Self::MARGIN;
    /// The same of a label, which is A6.
    pub const LABEL_MARGIN: f32 = 17.0;
    pub const LABEL_RIGHT: f32 = 297.64 - Self::LABEL_MARGIN;

    pub fn new(title: impl Into<String>, lang: Lang) -> Self {
        Self { title: title.into(), lang, paper: Paper::A4, pages: vec![vec![]], y: Self::MARGIN }
    }

    pub fn label(title: impl Into<String>, lang: Lang) -> Self {
        Self { title: title.into(), lang, paper: Paper::A6, pages: vec![vec![]], y: Self::LABEL_MARGIN }
    }

    /// Where the next thing goes.
    pub fn y(&self) -> f32 {
        self.y
    }

    pub fn down(&mut self, by: f32) {
        self.y += by;
    }

    pub fn go_to(&mut self, y: f32) {
        self.y = y;
    }

    /// Takes a new page if this much does not fit any more; says whether it did.
    pub fn keep_together(&mut self, height: f32) -> bool {
        let full = self.y + height > self.paper.bottom() && self.y > Self::MARGIN;
        if full {
            self.pages.push(vec![]);
            self.y = Self::MARGIN;
        }
        full
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// One line whose upper edge is at the cursor; the cursor stays.
    pub fn text(&mut self, x: f32, size: f32, weight: Weight, ink: Ink, text: &str) {
        let (text, y) = (weight.printable(text), self.y + size);
        if !text.trim().is_empty() {
            self.mark(Mark::Text { x, y, size, weight, ink, text });
        }
    }

    /// The same, ending at `right`.
    pub fn text_to(&mut self, right: f32, size: f32, weight: Weight, ink: Ink, text: &str) {
        let x = right - weight.width(&weight.printable(text), size);
        self.text(x, size, weight, ink, text);
    }

    /// As many lines as it takes; the cursor ends below them.
    pub fn paragraph(&mut self, x: f32, width: f32, size: f32, weight: Weight, ink: Ink, text: &str) {
        for line in weight.wrap(&weight.printable(text), size, width) {
            self.keep_together(size * LEADING);
            self.text(x, size, weight, ink, &line);
            self.down(size * LEADING);
        }
    }

    /// A fine line from margin to margin.
    pub fn rule(&mut self) {
        self.filled(Self::MARGIN, Self::RIGHT - Self::MARGIN, 0.75, Ink::Pale);
    }

    /// Dark boxes of a picture that is written as an SVG's path of them (`M0 2h3v1h-3z…`), each
    /// unit of it so wide and high. Its upper edge is at the cursor; the cursor stays.
    pub fn boxes(&mut self, x: f32, (wide, high): (f32, f32), path: &str) {
        for (left, top, width) in path.split('M').filter_map(one_box) {
            let y = self.y + top * high;
            self.mark(Mark::Box {
                x: x + left * wide,
                y,
                width: width * wide,
                height: high,
                ink: Ink::Black,
            });
        }
    }

    /// A filled box whose upper edge is at the cursor; the cursor stays.
    pub fn filled(&mut self, x: f32, width: f32, height: f32, ink: Ink) {
        let y = self.y;
        self.mark(Mark::Box { x, y, width, height, ink });
    }

    /// The PDF. The same marks make the same bytes.
    pub fn finish(self) -> Result<Vec<u8>, PaperError> {
        let mut document = Document::new();
        document.set_metadata(Metadata::new().title(self.title.clone()).language(self.lang.tag().to_owned()));
        let fonts = [Weight::Regular.krilla(), Weight::Bold.krilla()];
        let (width, height) = self.paper.size();
        let settings = PageSettings::from_wh(width, height)
            .ok_or_else(|| PaperError::Write("the page has no size".into()))?;
        let many = self.pages.len();
        for (marks, n) in self.pages.into_iter().zip(1..) {
            let mut page = document.start_page_with(settings.clone());
            let mut surface = page.surface();
            let foot = format!("{} · {n}/{many}", self.title);
            let foot = Mark::Text {
                x: Self::MARGIN,
                y: Self::HEIGHT - Self::MARGIN + 8.0,
                size: 8.0,
                weight: Weight::Regular,
                ink: Ink::Grey,
                text: Weight::Regular.printable(&foot),
            };
            let foot = (self.paper == Paper::A4).then_some(foot);
            for mark in marks.into_iter().chain(foot) {
                match mark {
                    Mark::Text { x, y, size, weight, ink, text } => {
                        surface.set_fill(Some(fill(ink)));
                        let font = fonts[usize::from(weight == Weight::Bold)].clone();
                        surface.draw_text(
                            Point::from_xy(x, y),
                            font,
                            size,
                            &text,
                            false,
                            TextDirection::Auto,
                        );
                    }
                    Mark::Box { x, y, width, height, ink } => {
                        surface.set_fill(Some(fill(ink)));
                        let mut path = PathBuilder::new();
                        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
                            path.push_rect(rect);
                        }
                        if let Some(path) = path.finish() {
                            surface.draw_path(&path);
                        }
                    }
                }
            }
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| PaperError::Write(format!("{error:?}")))
    }
}

/// `0 2h3v1h-3z`: from the left, from above, and how wide; one unit high.
fn one_box(written: &str) -> Option<(f32, f32, f32)> {
    let (at, rest) = written.split_once('h')?;
    let (left, top) = at.split_once(' ')?;
    let (width, _) = rest.split_once('v')?;
    Some((left.parse().ok()?, top.parse().ok()?, width.parse().ok()?))
}

/// Of lines that belong together, in sizes.
pub(crate) const LEADING: f32 = 1.4;

fn fill(ink: Ink) -> Fill {
    Fill { paint: ink.colour().into(), opacity: NormalizedF32::ONE, rule: krilla::paint::FillRule::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_read_box_by_box() {
        let path = "M10 0h2v1h-2zM13 4h1v1h-1z";
        let boxes: Vec<_> = path.split('M').filter_map(one_box).collect();
        assert_eq!(boxes, [(10.0, 0.0, 2.0), (13.0, 4.0, 1.0)]);
    }
}
