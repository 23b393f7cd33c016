//! A letter as plain text.

use crate::{Block, Letter, mime::words};
use std::fmt::Write as _;

/// `site` is the public URL; `unsubscribe` the address behind which its reader gets out of this topic.
pub fn render(letter: &Letter, site: &str, unsubscribe: Option<&str>) -> String {
    let mut out = format!("{}\n\n", letter.title);
    for block in &letter.blocks {
        let _ = match block {
            Block::Text(text) | Block::Note(text) => writeln!(out, "{text}\n"),
            Block::Code(code) => writeln!(out, "    {}\n", code.as_str()),
            Block::Button { label, link } => writeln!(out, "{label}:\n{}\n", link.url(site)),
            Block::Facts(facts) => {
                for (name, value) in facts {
                    let _ = writeln!(out, "{name}: {value}");
                }
                writeln!(out)
            }
        };
    }
    let lang = letter.lang;
    let _ = writeln!(out, "-- \nPasar · {}\n{site}", words::tagline(lang));
    if let Some(url) = unsubscribe {
        let _ = writeln!(out, "\n{}:\n{url}", words::unsubscribe(lang));
    } else {
        let _ = writeln!(out, "\n{}", words::no_reply(lang));
    }
    out
}
