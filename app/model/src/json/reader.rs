//! Values, as serde asks for them.

use super::Unreadable;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

/// Stands before the next byte to be read.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub const fn new(written: &'a [u8]) -> Self {
        Self { rest: written }
    }

    /// Nothing may be left.
    pub fn end(&mut self) -> Result<(), Unreadable> {
        self.peek().map_or(Ok(()), |_| Err(Unreadable))
    }

    pub(super) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(super) fn skip(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
    }

    /// The next byte, be it a blank or not.
    pub(super) fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// The next byte that is not blank, which is left there.
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.rest.first()? {
                b' ' | b'\n' | b'\r' | b'\t' => self.skip(1),
                byte => return Some(*byte),
            }
        }
    }

    /// Takes `byte` if it is what comes next.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        if there {
            self.skip(1);
        }
        there
    }

    pub(super) fn expect(&mut self, byte: u8) -> Result<(), Unreadable> {
        if self.take(byte) { Ok(()) } else { Err(Unreadable) }
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Result<&'a str, Unreadable> {
        self.peek();
        let from = self.rest;
        let inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
        let length = from.iter().position(|byte| !inside(byte)).unwrap_or(from.len());
        self.skip(length);
        std::str::from_utf8(&from[..length]).map_err(|_| Unreadable)
    }

    fn integer(&mut self) -> Result<i64, Unreadable> {
        self.word()?.parse().map_err(|_| Unreadable)
    }

    fn unsigned(&mut self) -> Result<u64, Unreadable> {
        self.word()?.parse().map_err(|_| Unreadable)
    }

    fn null(&mut self) -> Result<(), Unreadable> {
        if self.word()? == "null" { Ok(()) } else { Err(Unreadable) }
    }

    fn pass_over(&mut self) -> Result<(), Unreadable> {
        let mut depth = 0_u32;
        loop {
            match self.peek().ok_or(Unreadable)? {
                b'"' => drop(self.text()?),
                b'[' | b'{' => {
                    self.skip(1);
                    depth += 1;
                    continue;
                }
                b']' | b'}' | b',' | b':' if depth > 0 => {
                    let closes = matches!(self.next(), Some(b']' | b'}'));
                    depth -= u32::from(closes);
                    if !closes {
                        continue;
                    }
                }
                _ => {
                    if self.word()?.is_empty() {
                        return Err(Unreadable);
                    }
                }
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }

    /// Whether there is another before `end`; then the comma before it has been taken.
    fn more(&mut self, end: u8, first: &mut bool) -> Result<bool, Unreadable> {
        let first = std::mem::replace(first, false);
        if self.peek() == Some(end) {
            return Ok(false);
        }
        if !first {
            self.expect(b',')?;
        }
        Ok(true)
    }
}

macro_rules! numbers {
    ($($deserialize:ident $read:ident $visit:ident;)+) => {$(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.$visit(self.$read()?)
        }
    )+};
}

macro_rules! texts {
    ($($deserialize:ident)+) => {$(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.visit_str(&self.text()?)
        }
    )+};
}

/// What nothing of ours is made of.
macro_rules! never {
    ($($deserialize:ident)+) => {$(
        fn $deserialize<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
            Err(Unreadable)
        }
    )+};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Unreadable;

    numbers! {
        deserialize_i8 integer visit_i64;
        deserialize_i16 integer visit_i64;
        deserialize_i32 integer visit_i64;
        deserialize_i64 integer visit_i64;
        deserialize_u8 unsigned visit_u64;
        deserialize_u16 unsigned visit_u64;
        deserialize_u32 unsigned visit_u64;
        deserialize_u64 unsigned visit_u64;
    }

    texts! { deserialize_char deserialize_str deserialize_string deserialize_identifier }

    never! { deserialize_any deserialize_bytes deserialize_byte_buf }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.word()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_f32(self.word()?.parse().map_err(|_| Unreadable)?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_f64(self.word()?.parse().map_err(|_| Unreadable)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.peek() == Some(b'n') {
            self.null()?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.null()?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.expect(b'[')?;
        let value = visitor.visit_seq(Parts { of: self, first: true })?;
        self.expect(b']')?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.expect(b'{')?;
        let value = visitor.visit_map(Parts { of: self, first: true })?;
        self.expect(b'}')?;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let holds = self.take(b'{');
        let value = visitor.visit_enum(Variant { of: self, holds })?;
        if holds {
            self.expect(b'}')?;
        }
        Ok(value)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.pass_over()?;
        visitor.visit_unit()
    }
}

/// Of an array or an object.
struct Parts<'r, 'de> {
    of: &'r mut Reader<'de>,
    first: bool,
}

impl<'de> SeqAccess<'de> for Parts<'_, 'de> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        if !self.of.more(b']', &mut self.first)? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.of).map(Some)
    }
}

impl<'de> MapAccess<'de> for Parts<'_, 'de> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        if !self.of.more(b'}', &mut self.first)? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.of).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unreadable> {
        self.of.expect(b':')?;
        seed.deserialize(&mut *self.of)
    }
}

/// `"name": what it holds`, within braces; or the name alone.
struct Variant<'r, 'de> {
    of: &'r mut Reader<'de>,
    holds: bool,
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Unreadable> {
        let name = seed.deserialize(&mut *self.of)?;
        if self.holds {
            self.of.expect(b':')?;
        }
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        if self.holds { self.of.null() } else { Ok(()) }
    }

    // Where there is a name alone, what follows it is no value, and is refused as such.
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(self.of)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.of.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.of.deserialize_map(visitor)
    }
}
