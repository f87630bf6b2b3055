//! Bytes to text. Only UTF-8 is read; what is not is refused with a good guess at what it is, never repaired.

/// Bytes that are not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("not UTF-8 at byte {offset}")]
pub struct NotUtf8 {
    /// The first byte that is not.
    pub offset: usize,
    /// Whether the whole file reads as Chinese text in GB18030 (or GBK or GB 2312), as old Windows editors
    /// save it.
    pub looks_like_gb18030: bool,
}

/// The text that the bytes are in UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, NotUtf8> {
    std::str::from_utf8(bytes).map_err(|error| NotUtf8 {
        offset: error.valid_up_to(),
        looks_like_gb18030: looks_like_gb18030(bytes),
    })
}

/// Every byte above ASCII belongs to a well-formed pair or quadruple, and at least half of the pairs are common
/// Chinese characters or signs (the square of GB 2312), which letters of other encodings hardly ever are.
fn looks_like_gb18030(bytes: &[u8]) -> bool {
    let (mut pairs, mut common) = (0_usize, 0_usize);
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return pairs > 0 && common * 2 >= pairs,
            [0x00..=0x7f, rest @ ..] => rest,
            [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, rest @ ..] => rest,
            [lead @ 0x81..=0xfe, trail @ (0x40..=0x7e | 0x80..=0xfe), rest @ ..] => {
                pairs += 1;
                if (0xa1..=0xf7).contains(lead) && *trail >= 0xa1 {
                    common += 1;
                }
                rest
            }
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_is_read() {
        assert_eq!(decode("学分 ects".as_bytes()), Ok("学分 ects"));
    }

    #[test]
    fn chinese_in_gb18030_is_recognised() {
        // "unit 学分 一" as iconv writes it; the pair of 学 happens to be a letter of UTF-8.
        let bytes = b"unit \xd1\xa7\xb7\xd6 \xd2\xbb";
        assert_eq!(decode(bytes), Err(NotUtf8 { offset: 7, looks_like_gb18030: true }));
    }

    #[test]
    fn other_bytes_are_not_taken_for_chinese() {
        for bytes in
            [&b"caf\xe9 et th\xe9"[..], b"caf\xe9", b"pr\xe9vu, \xe9cole", b"\xff\xfeu\0n\0", b"a\x80\x20"]
        {
            let refused = decode(bytes).map_err(|error| error.looks_like_gb18030);
            assert_eq!(refused, Err(false), "{bytes:?}");
        }
    }
}
