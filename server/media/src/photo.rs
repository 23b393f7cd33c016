//! What was sent, judged by its content.

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage, imageops};
use std::io::Cursor;

/// How much is taken in.
pub mod limits {
    /// Of a file as it is sent.
    pub const MOST_BYTES: usize = 12 * 1024 * 1024;
    /// Of a picture, whatever its shape: a small file can hold a picture that fills the memory.
    pub const MOST_PIXELS: u64 = 50_000_000;
    pub const LONGEST_SIDE: u32 = 12_000;
    /// Below this nothing can be seen on a product page.
    pub const SHORTEST_SIDE: u32 = 100;
    /// What is kept of a larger one.
    pub const KEPT_SIDE: u32 = 2_400;
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refused {
    #[error("a picture has at most {} MB", limits::MOST_BYTES / 1024 / 1024)]
    TooManyBytes,
    #[error("only JPEG, PNG and WebP are taken")]
    Format,
    #[error("a picture has at most {} million pixels and {} on a side", limits::MOST_PIXELS / 1_000_000, limits::LONGEST_SIDE)]
    TooManyPixels,
    #[error("a picture has at least {} pixels on each side", limits::SHORTEST_SIDE)]
    TooSmall,
    #[error("the picture is damaged")]
    Damaged,
}

/// A picture: upright, opaque, and nothing but its pixels.
#[derive(Clone, PartialEq, Debug)]
pub struct Photo(RgbImage);

impl Photo {
    /// Decodes a file, whatever it is called. Its size is judged before its pixels are touched.
    pub fn read(bytes: &[u8]) -> Result<Self, Refused> {
        if bytes.len() > limits::MOST_BYTES {
            return Err(Refused::TooManyBytes);
        }
        let format = image::guess_format(bytes).map_err(|_| Refused::Format)?;
        if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
            return Err(Refused::Format);
        }
        let mut decoder = ImageReader::with_format(Cursor::new(bytes), format)
            .into_decoder()
            .map_err(|_| Refused::Damaged)?;
        let (width, height) = decoder.dimensions();
        let sides = [width, height];
        if u64::from(width) * u64::from(height) > limits::MOST_PIXELS
            || sides.iter().any(|s| *s > limits::LONGEST_SIDE)
        {
            return Err(Refused::TooManyPixels);
        }
        if sides.iter().any(|side| *side < limits::SHORTEST_SIDE) {
            return Err(Refused::TooSmall);
        }
        let mut room = Limits::default();
        room.max_alloc = Some(limits::MOST_PIXELS * 8);
        decoder.set_limits(room).map_err(|_| Refused::TooManyPixels)?;
        let orientation = decoder.orientation().map_err(|_| Refused::Damaged)?;
        let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Refused::Damaged)?;
        picture.apply_orientation(orientation);
        Ok(Self(opaque(picture)).shrunk_to(limits::KEPT_SIDE))
    }

    pub fn width(&self) -> u32 {
        self.0.width()
    }

    pub fn height(&self) -> u32 {
        self.0.height()
    }

    pub fn pixels(&self) -> &RgbImage {
        &self.0
    }

    fn shrunk_to(self, side: u32) -> Self {
        let longest = self.width().max(self.height());
        if longest <= side {
            return self;
        }
        let width = u64::from(self.width()) * u64::from(side) / u64::from(longest);
        self.at_width(u32::try_from(width).unwrap_or(side).max(1)).unwrap_or(self)
    }

    /// The same picture, this wide; none where the resizer will not have it.
    pub fn at_width(&self, width: u32) -> Option<Self> {
        use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
        let height = u64::from(self.height()) * u64::from(width) / u64::from(self.width().max(1));
        let height = u32::try_from(height).ok()?.max(1);
        let from = DynamicImage::ImageRgb8(self.0.clone());
        let mut to = DynamicImage::ImageRgb8(RgbImage::new(width, height));
        let how = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
        Resizer::new().resize(&from, &mut to, &how).ok()?;
        Some(Self(to.into_rgb8()))
    }
}

/// What shows through is white, as on paper.
fn opaque(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let over = picture.into_rgba8();
    let mut paper = image::RgbaImage::from_pixel(over.width(), over.height(), image::Rgba([255; 4]));
    imageops::overlay(&mut paper, &over, 0, 0);
    DynamicImage::ImageRgba8(paper).into_rgb8()
}
