//! The identity of a package: a hash of what its files say, whatever order or machine they were read on.

use sha2::{Digest, Sha256};

/// `sha256:` and the hex digest over the files in the order of their paths: for each, the path, a zero byte,
/// the number of bytes in decimal, a zero byte, the bytes.
pub fn content_hash<P: AsRef<str>, B: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, B)>) -> String {
    let mut files: Vec<(P, B)> = files.into_iter().collect();
    files.sort_by(|(a_path, a), (b_path, b)| {
        (a_path.as_ref(), a.as_ref()).cmp(&(b_path.as_ref(), b.as_ref()))
    });
    let mut hash = Sha256::new();
    for (path, bytes) in &files {
        let bytes = bytes.as_ref();
        hash.update(path.as_ref());
        hash.update([0]);
        hash.update(bytes.len().to_string());
        hash.update([0]);
        hash.update(bytes);
    }
    hexadecimal(&hash.finalize())
}

/// `sha256:` and the hex digest of one text.
pub fn text_hash(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

fn hexadecimal(digest: &[u8]) -> String {
    let mut text = String::from("sha256:");
    for byte in digest {
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_described_bytes() {
        // printf 'a.qf\0003\000abcb.qf\0000\000' | sha256sum
        assert_eq!(content_hash([("b.qf", ""), ("a.qf", "abc")]), ABC_AND_EMPTY);
        // printf '' | sha256sum
        assert_eq!(
            content_hash::<&str, &[u8]>([]),
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    const ABC_AND_EMPTY: &str = "sha256:3a9a9b546546eddaf556aaa50bfd8204591d47c38824c66b6db8665859a5041a";

    #[test]
    fn order_does_not_matter_and_the_line_between_two_files_does() {
        let files = [("a.qf", "one"), ("b.qf", "two")];
        let [first, second] = files;
        assert_eq!(content_hash(files), content_hash([second, first]));
        assert_ne!(content_hash(files), content_hash([("a.qf", "onet"), ("b.qf", "wo")]));
        assert_ne!(content_hash(files), content_hash([("a.qf", "two"), ("b.qf", "one")]));
    }
}
