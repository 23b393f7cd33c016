//! A letter as HTML that mail programs understand: tables, styles in place, no pictures and nothing to fetch, so that
//! it looks right where pictures are blocked and tells nobody that it was opened. Dark where the reader is.

use crate::{Block, Letter, mime::words};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const FONT: &str =
    "font-family:'Plus Jakarta Sans',-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/// Overrides of what stands in place, for programs that follow the reader's preference. The colours are those of
/// `style/tokens.css`.
const STYLE: &str = "
:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (max-width: 620px) { .sheet { padding: 24px 20px !important } .action a { display: block !important } }
@media (prefers-color-scheme: dark) {
  .ground { background: #0a120e !important }
  .sheet { background: #111b16 !important; border-color: #26352c !important }
  .ink, .ink td { color: #e8efe9 !important }
  .soft, .soft a { color: #a5b4aa !important }
  .code { background: #0e1713 !important; color: #e8efe9 !important; border-color: #26352c !important }
  .line { border-color: #26352c !important }
  .action a { background: #55bd7c !important; color: #04140b !important }
  .brand { color: #74d197 !important }
}
";

pub fn render(letter: &Letter, site: &str, unsubscribe: Option<&str>) -> String {
    let lang = letter.lang;
    let document = html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                title { (letter.subject) }
                style { (PreEscaped(STYLE)) }
            }
            body class="ground" style="margin:0;padding:0;background:#f7f6f1" {
                // What mail programs show beside the subject.
                div style="display:none;max-height:0;overflow:hidden" { (letter.preview()) }
                table class="ground" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f7f6f1" {
                    tr {
                        td align="center" style="padding:24px 12px" {
                            table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px" {
                                tr { td class="brand" style={ (FONT) ";font-size:24px;font-weight:800;letter-spacing:-0.5px;color:#17693c;padding:0 4px 16px" } { "pasar" } }
                                tr { (sheet(letter, site)) }
                                tr { (foot(letter, site, unsubscribe)) }
                            }
                        }
                    }
                }
            }
        }
    };
    document.into_string()
}

fn sheet(letter: &Letter, site: &str) -> Markup {
    html! {
        td class="sheet" style="background:#fffefb;border:1px solid #e2e1d7;border-radius:12px;padding:32px" {
            h1 class="ink" style={ (FONT) ";margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:700;color:#16211b" } { (letter.title) }
            @for block in &letter.blocks { (self::block(block, site)) }
        }
    }
}

fn block(block: &Block, site: &str) -> Markup {
    match block {
        Block::Text(text) => html! {
            p class="ink" style={ (FONT) ";margin:0 0 16px;font-size:16px;line-height:1.55;color:#16211b" } { (text) }
        },
        Block::Note(text) => html! {
            p class="soft" style={ (FONT) ";margin:12px 0 0;font-size:14px;line-height:1.5;color:#56615a" } { (text) }
        },
        Block::Code(code) => html! {
            p class="code" style="margin:0 0 20px;padding:16px;border:1px solid #e2e1d7;border-radius:8px;background:#f0efe8;color:#16211b;font-family:ui-monospace,Consolas,Menlo,monospace;font-size:30px;font-weight:700;letter-spacing:6px;text-align:center" { (code.as_str()) }
        },
        Block::Button { label, link } => html! {
            p class="action" style="margin:0 0 16px" {
                a href=(link.url(site)) style={ (FONT) ";display:inline-block;padding:13px 24px;border-radius:10px;background:#17693c;color:#ffffff;font-size:16px;font-weight:700;line-height:1.25;text-align:center;text-decoration:none" } { (label) }
            }
        },
        Block::Facts(facts) => html! {
            table class="ink" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px" {
                @for (name, value) in facts {
                    tr {
                        td class="line soft" style={ (FONT) ";padding:8px 12px 8px 0;border-top:1px solid #e2e1d7;font-size:14px;color:#56615a;white-space:nowrap" } { (name) }
                        td class="line" width="100%" style={ (FONT) ";padding:8px 0;border-top:1px solid #e2e1d7;font-size:15px;font-weight:600;color:#16211b" } { (value) }
                    }
                }
            }
        },
    }
}

fn foot(letter: &Letter, site: &str, unsubscribe: Option<&str>) -> Markup {
    let lang = letter.lang;
    html! {
        td class="soft" style={ (FONT) ";padding:20px 4px;font-size:13px;line-height:1.55;color:#56615a" } {
            (words::tagline(lang)) br;
            a href=(site) style="color:#56615a" { (site) } br;
            @if let Some(url) = unsubscribe {
                br; (words::why_optional(lang)) " "
                a href=(url) style="color:#56615a" { (words::unsubscribe(lang)) }
            } @else {
                br; (words::why_required(lang)) " " (words::no_reply(lang))
            }
        }
    }
}
