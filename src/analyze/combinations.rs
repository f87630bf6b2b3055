//! Choices of one achievement for each place of a bundle.
//!
//! Rows are walked as the digits of a number, the last place first: nothing is made before it is looked at.

/// Each choice of one out of every row, in order. No row at all has one choice, of nothing; an empty row leaves none.
pub(super) fn each_combination<T: Copy, R: AsRef<[T]>>(rows: &[R]) -> impl Iterator<Item = Vec<T>> {
    let mut next = Some(vec![0usize; rows.len()]);
    std::iter::from_fn(move || {
        let mut at = next.take()?;
        let chosen: Option<Vec<T>> =
            rows.iter().zip(&at).map(|(row, at)| row.as_ref().get(*at).copied()).collect();
        let chosen = chosen?;
        let raised = (0..rows.len()).rev().find(|&place| at[place] + 1 < rows[place].as_ref().len());
        if let Some(place) = raised {
            at[place] += 1;
            at[place + 1..].fill(0);
            next = Some(at);
        }
        Some(chosen)
    })
}

#[cfg(test)]
mod tests {
    use super::each_combination;

    #[test]
    fn every_choice_stands_once_and_in_order() {
        let rows = [vec!['a', 'b'], vec!['x'], vec!['1', '2']];
        let all: Vec<String> = each_combination(&rows).map(|chosen| chosen.into_iter().collect()).collect();
        assert_eq!(all, ["ax1", "ax2", "bx1", "bx2"]);
    }

    #[test]
    fn nothing_is_chosen_once_from_no_row_and_never_from_an_empty_one() {
        let none: [Vec<u8>; 0] = [];
        assert_eq!(each_combination(&none).collect::<Vec<_>>(), [Vec::<u8>::new()]);
        assert_eq!(each_combination(&[vec![1u8], vec![]]).count(), 0);
    }
}
