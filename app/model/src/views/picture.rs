//! A product's picture: a photograph in several widths and formats, or art drawn for the goods' motif.

use crate::ids::MediaId;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Raised when the drawings change, so that caches which keep them for ever let go.
pub const ART_VERSION: u32 = 1;

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Picture {
    /// What can be seen, for those who cannot see it.
    pub alt: String,
    /// Pixels of the largest form; with `height` it reserves the space on the page.
    pub width: u16,
    pub height: u16,
    /// A tiny `data:` picture to show until the real one has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    pub source: PictureSource,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureSource {
    /// Vector art by the server's generator; the same motif and seed always give the same picture.
    Drawn { motif: String, seed: u32 },
    /// A photograph, stored in each of these widths (ascending) and in every [`PictureFormat`].
    Stored { media: MediaId, widths: Vec<u16> },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureFormat {
    Avif,
    Webp,
    Jpeg,
}

impl PictureFormat {
    pub const ALL: [Self; 3] = [Self::Avif, Self::Webp, Self::Jpeg];

    pub const fn extension(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
        }
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::Webp => "image/webp",
            Self::Jpeg => "image/jpeg",
        }
    }
}

impl Picture {
    /// Art drawn for a motif; always square.
    pub fn drawn(motif: impl Into<String>, seed: u32, alt: impl Into<String>) -> Self {
        let source = PictureSource::Drawn { motif: motif.into(), seed };
        Self { alt: alt.into(), width: 640, height: 640, placeholder: None, source }
    }

    /// Is it one file that scales by itself, without a `srcset`?
    pub const fn is_vector(&self) -> bool {
        matches!(self.source, PictureSource::Drawn { .. })
    }

    /// The address every browser can show; of a photograph, the JPEG whose width is nearest to 640.
    pub fn src(&self) -> String {
        match &self.source {
            PictureSource::Drawn { motif, seed } => format!("/media/art/{motif}/{seed}.svg?v={ART_VERSION}"),
            PictureSource::Stored { media, widths } => {
                let width = widths.iter().copied().min_by_key(|w| w.abs_diff(640)).unwrap_or(640);
                stored(*media, width, PictureFormat::Jpeg)
            }
        }
    }

    /// The address of the largest form that every browser can show: for a closer look.
    pub fn largest(&self) -> String {
        match &self.source {
            PictureSource::Drawn { .. } => self.src(),
            PictureSource::Stored { media, widths } => {
                stored(*media, widths.last().copied().unwrap_or(640), PictureFormat::Jpeg)
            }
        }
    }

    /// The `srcset` of one format; none for vector art.
    pub fn srcset(&self, format: PictureFormat) -> Option<String> {
        let PictureSource::Stored { media, widths } = &self.source else { return None };
        let mut set = String::new();
        for width in widths {
            let comma = if set.is_empty() { "" } else { ", " };
            // Writing to a string cannot fail.
            let _ = write!(set, "{comma}{} {width}w", stored(*media, *width, format));
        }
        (!set.is_empty()).then_some(set)
    }
}

fn stored(media: MediaId, width: u16, format: PictureFormat) -> String {
    format!("/media/{media}/{width}.{}", format.extension())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Uuid;

    #[test]
    fn a_photograph_has_a_srcset_and_a_drawing_has_none() {
        let drawn = Picture::drawn("keyboard", 7, "Keyboard");
        assert_eq!(drawn.src(), "/media/art/keyboard/7.svg?v=1");
        assert_eq!(drawn.srcset(PictureFormat::Avif), None);

        let source = PictureSource::Stored { media: MediaId::new(Uuid::nil()), widths: vec![160, 640, 1080] };
        let photo = Picture { source, ..drawn };
        assert!(photo.src().ends_with("/640.jpg"));
        assert!(photo.largest().ends_with("/1080.jpg"));
        let set = photo.srcset(PictureFormat::Webp).unwrap();
        assert!(set.ends_with("/1080.webp 1080w") && set.contains("/160.webp 160w, "), "{set}");
    }
}
