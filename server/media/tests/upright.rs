//! Pictures made here, in each format and with an EXIF block that says how they were held.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use media::Photo;
use std::io::Cursor;

const WIDTH: u32 = 200;
const HEIGHT: u32 = 120;

/// White with a red left half; written upright.
fn picture(format: ImageFormat) -> Vec<u8> {
    let pixels = RgbImage::from_fn(WIDTH, HEIGHT, |x, _| {
        if x < WIDTH / 2 { Rgb([220, 20, 20]) } else { Rgb([255, 255, 255]) }
    });
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(pixels).write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A TIFF directory with the one entry: this orientation. Behind it, as in life, what is nobody's business.
fn exif(orientation: u8) -> Vec<u8> {
    let mut block = vec![
        b'M',
        b'M',
        0,
        42,
        0,
        0,
        0,
        8,
        0,
        1,
        0x01,
        0x12,
        0,
        3,
        0,
        0,
        0,
        1,
        0,
        orientation,
        0,
        0,
        0,
        0,
        0,
        0,
    ];
    block.extend(b"taken at -6.2,106.8");
    block
}

fn jpeg(orientation: u8) -> Vec<u8> {
    let plain = picture(ImageFormat::Jpeg);
    let block = exif(orientation);
    let length = u16::try_from(2 + 6 + block.len()).unwrap().to_be_bytes();
    [&plain[..2], &[0xff, 0xe1], &length, b"Exif\0\0", &block, &plain[2..]].concat()
}

fn png(orientation: u8) -> Vec<u8> {
    let plain = picture(ImageFormat::Png);
    let chunk = [b"eXIf".as_slice(), &exif(orientation)].concat();
    let length = u32::try_from(chunk.len() - 4).unwrap().to_be_bytes();
    // Behind the signature and the header, which have a fixed length.
    let (head, rest) = plain.split_at(8 + 25);
    [head, &length, &chunk, &crc(&chunk).to_be_bytes(), rest].concat()
}

fn webp(orientation: u8) -> Vec<u8> {
    let plain = picture(ImageFormat::WebP);
    let chunk = |name: &[u8; 4], body: &[u8]| {
        let padding = if body.len() % 2 == 1 { &[0][..] } else { &[] };
        [name.as_slice(), &u32::try_from(body.len()).unwrap().to_le_bytes(), body, padding].concat()
    };
    let side = |n: u32| (n - 1).to_le_bytes()[..3].to_vec();
    let head = [&[0b1000, 0, 0, 0][..], &side(WIDTH), &side(HEIGHT)].concat();
    let body =
        [b"WEBP".to_vec(), chunk(b"VP8X", &head), plain[12..].to_vec(), chunk(b"EXIF", &exif(orientation))];
    chunk(b"RIFF", &body.concat())
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 },
        )
    })
}

/// Where the red half is: left, top, right or bottom.
fn red_at(photo: &Photo) -> &'static str {
    let (width, height) = (photo.width(), photo.height());
    let red = |x: u32, y: u32| photo.pixels().get_pixel(x, y).0[1] < 128;
    match [red(5, height / 2), red(width / 2, 5), red(width - 5, height / 2), red(width / 2, height - 5)] {
        [true, _, false, _] => "left",
        [_, true, _, false] => "top",
        [false, _, true, _] => "right",
        [_, false, _, true] => "bottom",
        _ => "nowhere",
    }
}

#[test]
fn every_format_is_turned_as_its_exif_block_says() {
    for (name, make) in [("JPEG", jpeg as fn(u8) -> Vec<u8>), ("PNG", png), ("WebP", webp)] {
        for (orientation, width, height, red) in [
            (1, WIDTH, HEIGHT, "left"),
            (3, WIDTH, HEIGHT, "right"),
            (6, HEIGHT, WIDTH, "top"),
            (8, HEIGHT, WIDTH, "bottom"),
        ] {
            let photo = Photo::read(&make(orientation)).unwrap();
            let seen = (photo.width(), photo.height(), red_at(&photo));
            assert_eq!(seen, (width, height, red), "{name}, orientation {orientation}");
        }
    }
}
