//! Lists of lists in two flat arrays: the form in which the graph is read when a claim is decided.

/// For each key a run of items, all runs in one array.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Rows<T> {
    /// Groups items by key; the items of a key keep the order they come in. Keys are below `keys`.
    pub(super) fn group(keys: usize, mut pairs: Vec<(u32, T)>) -> Rows<T> {
        pairs.sort_by_key(|(key, _)| *key);
        let mut starts = Vec::with_capacity(keys + 1);
        let mut items = Vec::with_capacity(pairs.len());
        for (key, item) in pairs {
            while starts.len() <= key as usize {
                starts.push(place(items.len()));
            }
            items.push(item);
        }
        while starts.len() <= keys {
            starts.push(place(items.len()));
        }
        Rows { starts, items }
    }

    /// The items of a key; none for a key that does not exist.
    #[inline]
    pub(super) fn of(&self, key: usize) -> &[T] {
        match (self.starts.get(key), self.starts.get(key + 1)) {
            (Some(&from), Some(&to)) => self.items.get(from as usize..to as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// The keys that have items, in order.
    pub(super) fn keys(&self) -> Vec<u32> {
        if self.items.is_empty() {
            return Vec::new();
        }
        let runs = (0u32..).zip(self.starts.windows(2));
        runs.filter(|(_, ends)| matches!(ends, [from, to] if from < to)).map(|(key, _)| key).collect()
    }
}

fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_its_run() {
        let rows = Rows::group(4, vec![(2, 'b'), (0, 'a'), (2, 'c')]);
        assert_eq!([rows.of(0), rows.of(1), rows.of(2), rows.of(3)], [&['a'][..], &[], &['b', 'c'], &[]]);
        assert!(rows.of(9).is_empty());
        assert_eq!(rows.keys(), [0, 2]);
    }
}
