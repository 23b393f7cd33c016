//! The forms a picture is shown in.

use crate::Photo;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use model::views::PictureFormat;
use ravif::{Encoder, Img};
use rgb::FromSlice;

/// Widths for cards, lists, galleries on phones, and zoom. A picture is never made larger than it is.
pub const WIDTHS: [u16; 4] = [160, 320, 640, LARGEST];
pub const LARGEST: u16 = 1080;

#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    #[error("JPEG")]
    Jpeg(#[from] image::ImageError),
    #[error("AVIF")]
    Avif(#[from] ravif::Error),
    #[error("WebP: {0:?}")]
    Webp(webp::WebPEncodingError),
    #[error("the picture cannot be made smaller")]
    Resize,
}

/// The widths this picture is shown in: those it has, and its own where that is less than the largest.
pub fn widths(picture: &Photo) -> Vec<u16> {
    let own = u16::try_from(picture.width()).unwrap_or(u16::MAX);
    let mut widths: Vec<u16> = WIDTHS.into_iter().filter(|width| *width <= own).collect();
    if own < LARGEST && !widths.contains(&own) {
        widths.push(own);
    }
    widths
}

/// A width in every format. AVIF takes a second or so of a processor for the largest; call it where that is expected.
pub fn encode(picture: &Photo, width: u16) -> Result<Vec<(PictureFormat, Bytes)>, EncodeError> {
    let small = picture.at_width(width.into()).ok_or(EncodeError::Resize)?;
    PictureFormat::ALL.into_iter().map(|format| Ok((format, in_format(&small, format)?))).collect()
}

fn in_format(picture: &Photo, format: PictureFormat) -> Result<Bytes, EncodeError> {
    let pixels = picture.pixels();
    Ok(match format {
        PictureFormat::Jpeg => jpeg(picture, 80)?,
        PictureFormat::Webp => {
            let encoder = webp::Encoder::from_rgb(pixels.as_raw(), pixels.width(), pixels.height());
            Bytes::copy_from_slice(&encoder.encode_simple(false, 76.0).map_err(EncodeError::Webp)?)
        }
        PictureFormat::Avif => {
            let (width, height) = (pixels.width() as usize, pixels.height() as usize);
            let encoder = Encoder::new().with_quality(62.0).with_speed(8);
            encoder.encode_rgb(Img::new(pixels.as_raw().as_rgb(), width, height))?.avif_file.into()
        }
    })
}

pub fn jpeg(picture: &Photo, quality: u8) -> Result<Bytes, EncodeError> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, quality).encode_image(picture.pixels())?;
    Ok(out.into())
}

/// A picture of sixteen pixels as a `data:` address, to be shown blurred until the real one has come: some 150 bytes.
pub fn placeholder(picture: &Photo) -> Result<String, EncodeError> {
    let tiny = picture.at_width(16).ok_or(EncodeError::Resize)?;
    let pixels = tiny.pixels();
    let encoder = webp::Encoder::from_rgb(pixels.as_raw(), pixels.width(), pixels.height());
    let bytes = encoder.encode_simple(false, 30.0).map_err(EncodeError::Webp)?;
    Ok(format!("data:image/webp;base64,{}", STANDARD.encode(&*bytes)))
}
