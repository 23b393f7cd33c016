//! Names given numbers: categories, cities, brands, shops, attributes and their values. Counting is then adding to an
//! array. Numbers are never reused and only grow; the file is written before the commit that refers to them, so every
//! number found in the index has its line.

use std::{
    borrow::Cow,
    collections::HashMap,
    fs::{File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

pub const NONE: u32 = 0;
const FILE: &str = "vocabulary.tsv";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    None,
    /// A path of slugs joined by `/`; what it is called follows behind tabs, Indonesian and English.
    Category,
    City,
    Brand,
    /// Slug, then name.
    Shop,
    Key,
    /// Key and value, joined by U+001F.
    Pair,
}

impl Kind {
    const ALL: [Self; 7] =
        [Self::None, Self::Category, Self::City, Self::Brand, Self::Shop, Self::Key, Self::Pair];

    fn letter(self) -> char {
        match self {
            Self::None => '-',
            Self::Category => 'c',
            Self::City => 'y',
            Self::Brand => 'b',
            Self::Shop => 's',
            Self::Key => 'k',
            Self::Pair => 'p',
        }
    }
}

#[derive(Debug, Clone)]
pub struct Item {
    pub kind: Kind,
    pub text: Box<str>,
    /// Display name or names; empty when the text is the name.
    pub label: Box<str>,
    /// The category above, or the key of a pair.
    pub parent: u32,
}

#[derive(Debug, Clone)]
pub struct Vocabulary {
    items: Vec<Item>,
    /// Kinds by number, apart from the items: many are looked at one after the other.
    kinds: Vec<Kind>,
    /// Numbers by text, for each kind.
    numbers: [HashMap<Box<str>, u32>; Kind::ALL.len()],
    /// Numbers of each kind, in order.
    of_kind: [Vec<u32>; Kind::ALL.len()],
}

impl Vocabulary {
    fn empty() -> Self {
        let nothing = Item { kind: Kind::None, text: "".into(), label: "".into(), parent: NONE };
        Self {
            items: vec![nothing],
            kinds: vec![Kind::None],
            numbers: Default::default(),
            of_kind: Default::default(),
        }
    }

    pub fn items(&self) -> &[Item] {
        &self.items
    }

    pub fn text(&self, number: u32) -> &str {
        self.items.get(number as usize).map_or("", |item| &item.text)
    }

    pub fn item(&self, number: u32) -> Option<&Item> {
        self.items.get(number as usize)
    }

    pub fn find(&self, kind: Kind, text: &str) -> Option<u32> {
        self.numbers[kind as usize].get(text).copied()
    }

    pub fn kind(&self, number: u32) -> Kind {
        self.kinds.get(number as usize).copied().unwrap_or(Kind::None)
    }

    pub fn of_kind(&self, kind: Kind) -> impl DoubleEndedIterator<Item = (u32, &Item)> {
        self.of_kind[kind as usize].iter().map(|number| (*number, &self.items[*number as usize]))
    }

    fn insert(&mut self, item: Item) -> u32 {
        let number = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.numbers[item.kind as usize].insert(item.text.clone(), number);
        self.of_kind[item.kind as usize].push(number);
        self.kinds.push(item.kind);
        self.items.push(item);
        number
    }
}

/// The vocabulary with its file: the side that writes.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    vocabulary: Vocabulary,
    written: usize,
}

impl Ledger {
    pub fn create(folder: &Path) -> io::Result<Self> {
        let path = folder.join(FILE);
        File::create(&path)?.sync_all()?;
        Ok(Self { path, vocabulary: Vocabulary::empty(), written: 1 })
    }

    /// Reads the file; a line torn by a crash is dropped, as no commit can refer to it. For reading only it stays: then
    /// it may be one that is just being written.
    pub fn open(folder: &Path, read_only: bool) -> io::Result<Self> {
        let path = folder.join(FILE);
        let bytes = std::fs::read(&path)?;
        let whole = bytes.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let text = std::str::from_utf8(&bytes[..whole])
            .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))?;
        let mut vocabulary = Vocabulary::empty();
        for line in text.lines() {
            let item = parse(line).ok_or_else(|| {
                io::Error::new(io::ErrorKind::InvalidData, "a line of the vocabulary is unreadable")
            })?;
            vocabulary.insert(item);
        }
        if whole < bytes.len() && !read_only {
            OpenOptions::new().write(true).open(&path)?.set_len(whole as u64)?;
        }
        let written = vocabulary.items.len();
        Ok(Self { path, vocabulary, written })
    }

    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    pub fn number(&mut self, kind: Kind, text: &str, label: &str, parent: u32) -> u32 {
        let text = clean(text);
        if text.is_empty() {
            return NONE;
        }
        if let Some(number) = self.vocabulary.find(kind, &text) {
            return number;
        }
        self.vocabulary.insert(Item { kind, text: text.into(), label: clean(label).into(), parent })
    }

    /// Appends what is new and waits until it is on the disk.
    pub fn save(&mut self) -> io::Result<()> {
        if self.written == self.vocabulary.items.len() {
            return Ok(());
        }
        let mut file = BufWriter::new(OpenOptions::new().append(true).open(&self.path)?);
        for item in &self.vocabulary.items[self.written..] {
            writeln!(file, "{}\t{}\t{}\t{}", item.kind.letter(), item.parent, item.text, item.label)?;
        }
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        self.written = self.vocabulary.items.len();
        Ok(())
    }
}

/// Without what parts the lines and columns of the file.
fn clean(text: &str) -> Cow<'_, str> {
    let parts = ['\t', '\n', '\r'];
    if text.contains(parts) { text.replace(parts, " ").into() } else { text.into() }
}

fn parse(line: &str) -> Option<Item> {
    let mut parts = line.splitn(4, '\t');
    let letter = parts.next()?.chars().next()?;
    let kind = Kind::ALL.into_iter().find(|k| k.letter() == letter)?;
    let parent = parts.next()?.parse().ok()?;
    Some(Item { kind, parent, text: parts.next()?.into(), label: parts.next()?.into() })
}
