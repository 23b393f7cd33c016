//! The fields of the index. All text is analysed by us beforehand and handed over as words parted by spaces.

use tantivy::schema::{
    BytesOptions, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};

/// Raised whenever what is written changes; an index of another version is rebuilt.
pub const VERSION: u32 = 1;

pub const FACTS: &str = "facts";
pub const NAME_WORDS: &str = "name_words";

#[derive(Debug, Clone, Copy)]
pub struct Fields {
    pub id: Field,
    /// Words of the name as written.
    pub word: Field,
    /// What the words of the name are derived to: stems, units, joined codes.
    pub form: Field,
    /// The first two, three and four letters of the words of the name, for what is not typed out yet.
    pub start: Field,
    /// Words around the product: brand, shop, attributes, options.
    pub extra: Field,
    /// Words of the description.
    pub body: Field,
    /// Slugs of the category path.
    pub category: Field,
    /// The name itself, for suggestions and `similar`.
    pub name: Field,
    pub facts: Field,
    pub name_words: Field,
}

pub fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    // Presence is enough: a name rarely repeats a word, and lengths are in the facts.
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    let terms = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        id: schema.add_bytes_field("id", BytesOptions::default().set_indexed()),
        word: schema.add_text_field("word", terms.clone()),
        form: schema.add_text_field("form", terms.clone()),
        start: schema.add_text_field("start", terms.clone()),
        extra: schema.add_text_field("extra", terms.clone()),
        body: schema.add_text_field("body", terms.clone()),
        category: schema.add_text_field("category", terms),
        name: schema.add_text_field("name", STORED),
        facts: schema.add_u64_field(FACTS, NumericOptions::default().set_fast()),
        name_words: schema.add_u64_field(NAME_WORDS, NumericOptions::default().set_fast()),
    };
    (schema.build(), fields)
}
