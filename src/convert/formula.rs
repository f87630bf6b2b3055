//! Formulas of maps: `4 - 3*(100 - grade)^2/1600`, a polynomial of one mark, exact.

use crate::quantity::{Overflow, Ratio};

/// Brackets nest no deeper.
const DEEPEST: usize = 16;

/// No published formula has a higher power.
const HIGHEST: usize = 8;

/// A polynomial: the factor of each power, from the constant up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula(Vec<Ratio>);

/// Reads a formula. `None` where it is none: two operands side by side, a division by the mark, a power beyond the eighth.
pub fn formula(text: &str) -> Option<Formula> {
    let text: String = text.chars().map(plain).filter(|c| !c.is_whitespace()).collect();
    let mut reader = Reader { rest: &text, depth: 0 };
    let found = reader.sum()?;
    reader.rest.is_empty().then_some(Formula(found))
}

impl Formula {
    /// What it comes to for a mark.
    ///
    /// # Errors
    ///
    /// Where a number is beyond exact arithmetic.
    pub fn at(&self, mark: Ratio) -> Result<Ratio, Overflow> {
        self.0
            .iter()
            .rev()
            .try_fold(Ratio::ZERO, |so_far, factor| so_far.checked_mul(mark)?.checked_add(*factor))
    }
}

/// The signs that an input method types.
fn plain(written: char) -> char {
    match written {
        '×' | '＊' => '*',
        '÷' | '／' => '/',
        '－' | '−' => '-',
        '＋' => '+',
        '（' => '(',
        '）' => ')',
        '＾' => '^',
        other => crate::language::width_folded(other),
    }
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

type Polynomial = Vec<Ratio>;

impl Reader<'_> {
    fn take(&mut self, sign: char) -> bool {
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> Option<Polynomial> {
        let negative = self.take('-');
        let mut sum = self.product()?;
        if negative {
            sum = times(&sum, &[Ratio::from_int(-1)])?;
        }
        loop {
            let sign = if self.take('+') {
                Ratio::ONE
            } else if self.take('-') {
                Ratio::from_int(-1)
            } else {
                return Some(sum);
            };
            let next = times(&self.product()?, &[sign])?;
            let length = sum.len().max(next.len());
            let part = |of: &[Ratio], at: usize| of.get(at).copied().unwrap_or(Ratio::ZERO);
            sum = (0..length)
                .map(|at| part(&sum, at).checked_add(part(&next, at)).ok())
                .collect::<Option<Vec<Ratio>>>()?;
        }
    }

    fn product(&mut self) -> Option<Polynomial> {
        let mut product = self.power()?;
        loop {
            if self.take('*') {
                product = times(&product, &self.power()?)?;
            } else if self.take('/') {
                let by = match *self.power()?.as_slice() {
                    [by] if !by.is_zero() => Ratio::ONE.checked_div(by).ok()?,
                    _ => return None,
                };
                product = times(&product, &[by])?;
            } else {
                return Some(product);
            }
        }
    }

    fn power(&mut self) -> Option<Polynomial> {
        let base = self.operand()?;
        if !self.take('^') {
            return Some(base);
        }
        let power = usize::try_from(self.number()?.to_int()?).ok().filter(|power| *power <= HIGHEST)?;
        (0..power).try_fold(vec![Ratio::ONE], |so_far, _| times(&so_far, &base))
    }

    fn operand(&mut self) -> Option<Polynomial> {
        if self.take('(') {
            self.depth += 1;
            if self.depth > DEEPEST {
                return None;
            }
            let inner = self.sum()?;
            self.depth -= 1;
            return self.take(')').then_some(inner);
        }
        for mark in ["grade", "成绩", "成績", "x"] {
            if let Some(rest) = self.rest.strip_prefix(mark) {
                self.rest = rest;
                return Some(vec![Ratio::ZERO, Ratio::ONE]);
            }
        }
        Some(vec![self.number()?])
    }

    fn number(&mut self) -> Option<Ratio> {
        let length = self.rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(length);
        let number = Ratio::parse(number).ok()?;
        self.rest = rest;
        Some(number)
    }
}

fn times(one: &[Ratio], other: &[Ratio]) -> Option<Polynomial> {
    let mut product = vec![Ratio::ZERO; (one.len() + other.len()).saturating_sub(1)];
    if product.len() > HIGHEST + 1 {
        return None;
    }
    for (at, a) in one.iter().enumerate() {
        for (by, b) in other.iter().enumerate() {
            let place = product.get_mut(at + by)?;
            *place = place.checked_add(a.checked_mul(*b).ok()?).ok()?;
        }
    }
    Some(product)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_formula_is_exact_and_reads_its_signs_in_either_width() {
        for text in ["4 - 3*(100 - grade)^2/1600", "4－3×（100－成绩）＾2÷1600"] {
            let formula = formula(text).unwrap();
            assert_eq!(formula.at(Ratio::from_int(100)).unwrap(), Ratio::from_int(4));
            assert_eq!(formula.at(Ratio::from_int(60)).unwrap(), Ratio::ONE);
            assert_eq!(formula.at(Ratio::from_int(85)).unwrap().to_string(), "3.578125");
        }
    }

    #[test]
    fn what_is_no_polynomial_is_no_formula() {
        for text in ["", "4 -", "3 grade", "1/grade", "grade^9", "(grade", "grade)", "2^grade", "sin(grade)"]
        {
            assert_eq!(formula(text), None, "{text}");
        }
        assert_eq!(formula(&"(".repeat(1000)), None);
    }
}
