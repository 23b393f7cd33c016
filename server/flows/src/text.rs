//! Small deterministic choices: the same text always gives the same number, on every machine and for ever.

/// FNV-1a, finished so that every bit depends on every letter.
pub fn hash(parts: &[&str]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            h = (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    scramble(h)
}

/// The finaliser of `SplitMix64`.
pub fn scramble(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A number below `n` (at least 1) out of a hash.
pub fn below(h: u64, n: u64) -> u64 {
    h % n.max(1)
}

/// One of a list that is not empty.
pub fn pick<'a, T: ?Sized>(h: u64, list: &[&'a T]) -> &'a T {
    let i = usize::try_from(below(h, list.len() as u64)).unwrap_or_default();
    list[i]
}

/// A name as reviews show it: `Siti R.`
pub fn author(h: u64) -> String {
    const FIRST: &[&str] = &[
        "Siti", "Budi", "Dewi", "Agus", "Rina", "Andi", "Putri", "Joko", "Wulan", "Rizky", "Ayu", "Hendra",
        "Maya", "Dimas", "Fitri", "Yusuf", "Nurul", "Bayu", "Ratna", "Fajar", "Indah", "Eko", "Lestari",
        "Galih", "Sri", "Teguh", "Novi", "Ilham", "Citra", "Wahyu", "Mega", "Arif", "Intan", "Gede", "Made",
        "Ketut", "Tari", "Reza", "Yanti", "Doni", "Vina", "Hasan", "Lina", "Rudi", "Dian", "Surya", "Ani",
        "Bagus", "Kartika", "Taufik", "Melati", "Johan", "Grace", "Samuel", "Maria", "Anton", "Desi",
        "Irfan", "Nisa", "Slamet",
    ];
    const INITIAL: &[&str] =
        &["A", "B", "D", "F", "H", "I", "K", "L", "M", "N", "P", "R", "S", "T", "W", "Y"];
    format!("{} {}.", pick(h, FIRST), pick(h >> 20, INITIAL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_gives_the_same_number_for_ever() {
        assert_eq!(hash(&["a", "b"]), hash(&["a", "b"]));
        assert_ne!(hash(&["a", "b"]), hash(&["ab"]));
        assert_eq!(author(hash(&["p0001"])), author(hash(&["p0001"])));
    }
}
