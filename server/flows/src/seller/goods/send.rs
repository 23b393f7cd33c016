//! What somebody does with a file of goods: sends it, has it taken over, or cancels it.

use super::{
    keeping,
    run::ReadGoods,
    store::{self, NewImport, TakeOver},
    xlsx,
};
use crate::seller::{AtShop, Papers, PapersError};
use bytes::Bytes;
use kernel::{Cx, jobs};
use model::{
    AppError, Code, FieldError, Permission,
    ids::{DocumentId, GoodsImportId},
    shop::file,
    typed::{self, whole_within},
};

/// A file as it was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    pub name: String,
    pub content: Bytes,
    /// Pieces of new goods of which the file says nothing, as typed.
    pub stock: String,
}

/// Files of one shop that are read at once.
const MOST_AT_ONCE: i64 = 3;

#[derive(Debug, thiserror::Error)]
pub enum SendGoodsError {
    /// Or it is another shop's, or not their work.
    #[error("the shop has no such file")]
    NotFound,
    #[error("no file was chosen")]
    Missing,
    #[error("a file has at most {} MiB", file::BYTES >> 20)]
    TooLarge,
    #[error("it is neither CSV nor XLSX")]
    NotASheet,
    #[error("that is no number of pieces")]
    Stock(FieldError),
    #[error("other files of the shop are being read")]
    Busy,
    #[error("in its state this is not possible")]
    Forbidden,
    #[error(transparent)]
    Papers(#[from] PapersError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<SendGoodsError> for AppError {
    fn from(error: SendGoodsError) -> Self {
        match error {
            SendGoodsError::NotFound => Self::not_found(),
            SendGoodsError::Missing => Self::field("file", FieldError::Required),
            SendGoodsError::TooLarge => Self::new(Code::TooLarge).and("file", FieldError::TooLong),
            SendGoodsError::NotASheet => Self::field("file", FieldError::Malformed),
            SendGoodsError::Stock(error) => Self::field("stock", error),
            SendGoodsError::Busy | SendGoodsError::Forbidden => Code::Conflict.into(),
            SendGoodsError::Papers(_) => Code::Unavailable.into(),
            SendGoodsError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Where a file of goods lies among the shop's papers.
pub(super) fn place(id: GoodsImportId) -> DocumentId {
    DocumentId::new(id.uuid())
}

/// Takes a file in, and has it read through. Nothing of the shop changes by it.
pub async fn send(cx: &Cx, at: &AtShop, sent: Sent) -> Result<GoodsImportId, SendGoodsError> {
    let shop = keeping(at)?;
    let papers = Papers::of(cx)?;
    let stock = whole_within(&sent.stock, 0, file::STOCK).map_err(SendGoodsError::Stock)?.unwrap_or(0);
    judged(&sent.content)?;
    let file_name = named(&sent.name);
    let new = NewImport {
        id: cx.id(),
        shop,
        by: at.member().account,
        file_name: &file_name,
        bytes: sent.content.len(),
        stock: i32::try_from(stock).unwrap_or_default(),
        counts: at.permissions().has(Permission::Stock),
    };
    let mut tx = cx.begin().await?;
    if store::count_under_way(&mut tx, shop).await? >= MOST_AT_ONCE {
        return Err(SendGoodsError::Busy);
    }
    store::insert(&mut tx, &new, cx.now()).await?;
    tx.commit().await?;
    // The row is there before its file, so that none lies about that nobody knows of.
    papers.put(cx, place(new.id), &sent.content).await?;
    let mut tx = cx.begin().await?;
    jobs::enqueue(&mut tx, cx, &ReadGoods { import: new.id }).unique(new.id).await?;
    tx.commit().await?;
    Ok(new.id)
}

/// By its content; what its name or sender says of it does not matter.
fn judged(content: &Bytes) -> Result<(), SendGoodsError> {
    if content.is_empty() {
        return Err(SendGoodsError::Missing);
    }
    if content.len() > file::BYTES {
        return Err(SendGoodsError::TooLarge);
    }
    let is_text = || {
        let start = &content[..content.len().min(8192)];
        let marked = start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff");
        let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
        // A mark of UTF-16 is told as such when it is read.
        marked || !(start.starts_with(b"%PDF-") || start.iter().any(control))
    };
    if xlsx::is_one(content) || is_text() { Ok(()) } else { Err(SendGoodsError::NotASheet) }
}

/// What is left of it when it is shown on one line.
fn named(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String =
        last.chars().filter(|c| typed::line(&c.to_string(), 1) != Err(FieldError::Malformed)).collect();
    let line: String =
        seen.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(file::NAME).collect();
    if line.trim().is_empty() { "goods.csv".to_owned() } else { line.trim().to_owned() }
}

/// Has a file that was checked taken over. Asked again, it goes on as it does.
pub async fn take_over(cx: &Cx, at: &AtShop, id: GoodsImportId) -> Result<(), SendGoodsError> {
    let shop = keeping(at)?;
    let counts = at.permissions().has(Permission::Stock);
    let mut tx = cx.begin().await?;
    let begun = store::begin_taking(&mut tx, shop, id, counts, cx.now()).await.map_err(|error| {
        let refused = error.as_database_error().and_then(|error| error.constraint());
        if refused == Some("goods_import_one_taken_over") { SendGoodsError::Busy } else { error.into() }
    })?;
    match begun {
        TakeOver::Begun => jobs::enqueue(&mut tx, cx, &ReadGoods { import: id }).unique(id).await?,
        TakeOver::Already => return Ok(()),
        TakeOver::Forbidden => return Err(SendGoodsError::Forbidden),
        TakeOver::Unknown => return Err(SendGoodsError::NotFound),
    };
    Ok(tx.commit().await?)
}

/// What was written until now stays. Asked again, it is still cancelled.
pub async fn cancel(cx: &Cx, at: &AtShop, id: GoodsImportId) -> Result<(), SendGoodsError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    match store::cancel(&mut tx, shop, id, cx.now()).await? {
        Some(true) => Ok(tx.commit().await?),
        Some(false) => Err(SendGoodsError::Forbidden),
        None => Err(SendGoodsError::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_content() {
        let judge = |content: &'static [u8]| judged(&Bytes::from_static(content));
        assert!(judge(b"sku,price\nA-1,5000\n").is_ok());
        assert!(judge("\u{feff}sku;harga\r\n".as_bytes()).is_ok());
        for other in [
            &b"\x89PNG\r\n\x1a\n"[..],
            b"%PDF-1.7",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"PK\x03\x04 no sheet",
        ] {
            assert!(matches!(judge(other), Err(SendGoodsError::NotASheet)));
        }
        assert!(matches!(judge(b""), Err(SendGoodsError::Missing)));
        let large = Bytes::from(vec![b'a'; file::BYTES + 1]);
        assert!(matches!(judged(&large), Err(SendGoodsError::TooLarge)));
    }

    #[test]
    fn a_name_is_shown_on_one_line() {
        assert_eq!(named("C:\\Users\\Sari\\barang\u{202e}.csv"), "barang.csv");
        assert_eq!(named(" \n "), "goods.csv");
        assert_eq!(named(&"a".repeat(500)).len(), file::NAME);
    }
}
