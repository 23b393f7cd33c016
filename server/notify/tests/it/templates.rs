//! Every message, in both languages.

use model::Lang;
use notify::{Block, Letter, Message, preview};
use std::collections::BTreeSet;

#[test]
fn every_message_has_a_sample_and_says_something_else_in_each_language() {
    let samples = preview::samples();
    let kinds: BTreeSet<_> = samples.iter().map(Message::kind).collect();
    assert_eq!(kinds.len(), samples.len());
    for message in &samples {
        let [id, en] = Lang::ALL.map(|lang| Letter::of(message, lang, Some("Budi")));
        let kind = message.kind();
        assert_ne!(id.subject, en.subject, "{kind}");
        assert_ne!(id.title, en.title, "{kind}");
        assert_eq!(id.blocks.len(), en.blocks.len(), "{kind}");
        for letter in [id, en] {
            assert!(!letter.short.is_empty() && letter.short.chars().count() <= 200, "{kind}");
            assert!(letter.subject.chars().count() <= Letter::SUBJECT, "{kind}");
            assert!(letter.preview().len() > 20, "{kind}");
        }
        assert_eq!(serde_json::to_value(message).unwrap()["kind"], kind, "the names agree");
    }
}

#[test]
fn every_variant_is_in_the_samples() {
    // The serde names of all variants, as a wrong one lists them.
    let error = serde_json::from_str::<Message>(r#"{"kind":"nothing"}"#).unwrap_err().to_string();
    let variants = error.matches('`').count() / 2 - 1;
    assert_eq!(preview::samples().len(), variants, "{error}");
}

#[test]
fn a_message_is_read_as_it_was_written_and_loses_its_secrets_when_told() {
    for message in preview::samples() {
        let written = serde_json::to_value(&message).unwrap();
        assert_eq!(serde_json::from_value::<Message>(written).unwrap(), message);
        let plain = serde_json::to_string(&message.without_secrets()).unwrap();
        for secret in ["482913", "token", "contoh?", "/reset", "/verify"] {
            assert!(!plain.contains(secret), "{plain}");
        }
        let letter = Letter::of(&message.without_secrets(), Lang::En, None);
        assert!(!letter.short.contains("482913"));
    }
}

#[test]
fn codes_stand_in_the_letter_and_not_in_the_subject() {
    for message in preview::samples() {
        let letter = Letter::of(&message, Lang::Id, None);
        let codes = letter.blocks.iter().filter(|block| matches!(block, Block::Code(_))).count();
        assert!(codes <= 1);
        assert!(!letter.subject.contains("482913"));
        assert_eq!(codes == 1, letter.short.contains("482913"), "{}", message.kind());
    }
}
