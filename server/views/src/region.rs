//! The country for forms and programs. In memory: no query.

use model::views::region::Region;
use region::Book;

/// What lies directly in a region; the provinces where none is named. None where there is no such region.
pub fn children(parent: Option<&str>) -> Option<Vec<Region>> {
    let book = Book::get();
    if parent.is_some_and(|code| book.find(code).is_none()) {
        return None;
    }
    Some(book.children(parent).into_iter().map(|entry| book.view(entry)).collect())
}

/// The region of this code.
pub fn one(code: &str) -> Option<Region> {
    let book = Book::get();
    book.find(code).map(|entry| book.view(entry))
}

/// What somebody may mean who types this, best first.
pub fn search(text: &str, limit: u16) -> Vec<Region> {
    Book::get().search(text, limit.into())
}
