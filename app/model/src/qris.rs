//! QRIS: what an Indonesian payment QR code says, in EMV's merchant-presented format. A payload is a row of elements of
//! two digits tag, two digits length and that many characters; the last is a checksum over all before it.
//!
//! Sources: `EMVCo`, *QR Code Specification for Payment Systems, Merchant-Presented Mode*; Bank Indonesia, *QRIS*.

/// QRIS' own name within a payload.
const QRIS: &str = "ID.CO.QRIS.WWW";
/// Where the checksum begins: tag 63, length 04.
const CHECKSUM: &str = "6304";

/// Who is paid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merchant {
    /// The bank that acquires, as a domain written backwards: `ID.CO.EXAMPLE.WWW`.
    pub acquirer: String,
    /// The merchant's account there.
    pub account: String,
    /// The national merchant id, `ID` and digits.
    pub nmid: String,
    /// ISO 18245; 5399 is general merchandise.
    pub category: u16,
    /// At most 25 characters are shown.
    pub name: String,
    /// At most 15 characters are shown.
    pub city: String,
    pub postcode: String,
}

/// What a payload said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Read {
    /// Whole rupiah; none where the payer types it.
    pub amount: Option<i64>,
    pub merchant: String,
    pub city: String,
    pub nmid: Option<String>,
    /// The bill's number.
    pub bill: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum QrisError {
    #[error("not a row of elements")]
    Malformed,
    #[error("the checksum does not fit")]
    Checksum,
    /// Another country's or currency's, or without what QRIS asks for.
    #[error("not a QRIS code")]
    NotQris,
}

/// The payload for paying a bill once: dynamic, with the amount in whole rupiah.
pub fn payload(merchant: &Merchant, rupiah: i64, bill: &str) -> String {
    let account = [
        element("00", &merchant.acquirer, 32),
        element("01", &merchant.account, 19),
        element("02", &merchant.nmid, 15),
        element("03", "UME", 3),
    ];
    let national = [element("00", QRIS, 14), element("02", &merchant.nmid, 15), element("03", "UME", 3)];
    let body = [
        element("00", "01", 2),
        element("01", "12", 2),
        element("26", &account.concat(), 99),
        element("51", &national.concat(), 99),
        element("52", &format!("{:04}", merchant.category.min(9999)), 4),
        element("53", "360", 3),
        element("54", &rupiah.max(0).to_string(), 13),
        element("58", "ID", 2),
        element("59", &merchant.name, 25),
        element("60", &merchant.city, 15),
        element("61", &merchant.postcode, 10),
        element("62", &element("01", bill, 25), 99),
        CHECKSUM.to_owned(),
    ]
    .concat();
    let crc = crc16(body.as_bytes());
    format!("{body}{crc:04X}")
}

/// Reads a payload, its checksum first.
pub fn check(payload: &str) -> Result<Read, QrisError> {
    let at = payload.len().checked_sub(4).ok_or(QrisError::Malformed)?;
    let (body, crc) = payload.split_at_checked(at).ok_or(QrisError::Malformed)?;
    if !body.ends_with(CHECKSUM) {
        return Err(QrisError::Malformed);
    }
    if u16::from_str_radix(crc, 16) != Ok(crc16(body.as_bytes())) {
        return Err(QrisError::Checksum);
    }
    let elements = elements(payload)?;
    let of = |tag: &str| elements.iter().find(|(own, _)| *own == tag).map(|(_, value)| *value);
    if of("00") != Some("01") || of("53") != Some("360") || of("58") != Some("ID") {
        return Err(QrisError::NotQris);
    }
    let within = |outer: &str, tag: &str| {
        let inner = self::elements(of(outer)?).ok()?;
        inner.iter().find(|(own, _)| *own == tag).map(|(_, value)| (*value).to_owned())
    };
    if within("51", "00").as_deref() != Some(QRIS) {
        return Err(QrisError::NotQris);
    }
    let amount = of("54").map(|text| rupiah(text).ok_or(QrisError::Malformed)).transpose()?;
    Ok(Read {
        amount,
        merchant: of("59").ok_or(QrisError::NotQris)?.to_owned(),
        city: of("60").ok_or(QrisError::NotQris)?.to_owned(),
        nmid: within("51", "02"),
        bill: within("62", "01"),
    })
}

/// CRC-16/CCITT-FALSE: polynomial 1021, begun with FFFF, nothing reflected.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc, byte| {
        (0..8).fold(crc ^ (u16::from(*byte) << 8), |crc: u16, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 }
        })
    })
}

/// One element, cut to what fits. The format knows only printable ASCII; anything else becomes a question mark.
fn element(tag: &str, value: &str, most: usize) -> String {
    let plain = |c: char| if c.is_ascii_graphic() || c == ' ' { c } else { '?' };
    let value: String = value.trim().chars().map(plain).take(most.min(99)).collect();
    format!("{tag}{:02}{value}", value.len())
}

fn elements(mut text: &str) -> Result<Vec<(&str, &str)>, QrisError> {
    let mut found = Vec::new();
    while !text.is_empty() {
        let (head, rest) = text.split_at_checked(4).ok_or(QrisError::Malformed)?;
        let (tag, length) = head.split_at_checked(2).ok_or(QrisError::Malformed)?;
        if !head.bytes().all(|b| b.is_ascii_digit()) {
            return Err(QrisError::Malformed);
        }
        let length = length.parse().map_err(|_| QrisError::Malformed)?;
        let (value, rest) = rest.split_at_checked(length).ok_or(QrisError::Malformed)?;
        found.push((tag, value));
        text = rest;
    }
    Ok(found)
}

/// `12500` or `12500.00`
fn rupiah(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit());
    (digits && part.bytes().all(|b| b == b'0')).then(|| whole.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn merchant() -> Merchant {
        Merchant {
            acquirer: "ID.CO.PASAR.WWW".to_owned(),
            account: "936000000000000001".to_owned(),
            nmid: "ID1020000000001".to_owned(),
            category: 5399,
            name: "Pasar".to_owned(),
            city: "Jakarta".to_owned(),
            postcode: "10110".to_owned(),
        }
    }

    #[test]
    fn the_checksum_is_the_published_one() {
        assert_eq!(crc16(b"123456789"), 0x29B1);
        assert_eq!(crc16(b""), 0xFFFF);
    }

    #[test]
    fn a_payload_says_who_is_paid_how_much() {
        let payload = payload(&merchant(), 12_500, "INV-1");
        assert!(payload.starts_with("000201010212"), "{payload}");
        for part in
            ["5303360", "540512500", "5802ID", "5905Pasar", "6007Jakarta", "610510110", "62090105INV-1"]
        {
            assert!(payload.contains(part), "{part} in {payload}");
        }
        let read = check(&payload).unwrap();
        assert_eq!((read.amount, read.bill.as_deref()), (Some(12_500), Some("INV-1")));
        assert_eq!(read.nmid.as_deref(), Some("ID1020000000001"));
        assert_eq!((read.merchant.as_str(), read.city.as_str()), ("Pasar", "Jakarta"));
    }

    #[test]
    fn what_is_not_whole_or_not_qris_is_refused() {
        let good = payload(&merchant(), 12_500, "INV-1");
        assert_eq!(check(&good.replace("12500", "92500")), Err(QrisError::Checksum));
        assert_eq!(check(""), Err(QrisError::Malformed));
        assert_eq!(check("6304FFFF"), Err(QrisError::Checksum));
        assert_eq!(check(&good[..good.len() - 1]), Err(QrisError::Malformed));
        let foreign = good[..good.len() - 4].replace("5303360", "5303702");
        let foreign = format!("{foreign}{:04X}", crc16(foreign.as_bytes()));
        assert_eq!(check(&foreign), Err(QrisError::NotQris));
    }

    #[test]
    fn names_are_cut_and_made_plain() {
        let name = "Toko Kopi Café Nusantara Jaya Abadi".to_owned();
        let read = check(&payload(&Merchant { name, ..merchant() }, 1, "")).unwrap();
        assert_eq!(read.merchant, "Toko Kopi Caf? Nusantara ");
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(amount in 0i64..=9_999_999_999_999, bill in "[A-Z0-9/-]{1,25}") {
            let read = check(&payload(&merchant(), amount, &bill)).unwrap();
            prop_assert_eq!((read.amount, read.bill), (Some(amount), Some(bill)));
        }

        #[test]
        fn nothing_makes_reading_panic(text in "\\PC{0,60}") {
            _ = check(&text);
        }
    }
}
