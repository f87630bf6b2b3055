#!/usr/bin/env python3
"""What z3 says of 20,000 random rule sets: which rules never apply, which pairs contradict each other, whether someone has no answer.

Writes tests/vectors/proofs.txt, one set a line: four hexadecimal digits for rules that never apply (1), pairs that contradict (2)
and whether there is a gap (1). `tests/it/solver.rs` makes the same sets from the same seed and compares. Needs z3-solver from PyPI.

    python3 tests/oracles/proofs.py            writes the vectors
    python3 tests/oracles/proofs.py --check N  compares the first N lines with the vectors
"""
import sys
from pathlib import Path

RULES, SETS = 4, 20_000
PAIRS = [(i, j) for i in range(RULES) for j in range(i + 1, RULES)]


class Seed:
    def __init__(self, at):
        self.state = (at * 0x9E3779B97F4A7C15 + 0x1234567) % 2**64

    def below(self, count):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % count


def a_test(seed):
    kind = seed.below(10)
    if kind in (0, 1):
        return ("grade>=" if kind == 0 else "grade<", 1 + seed.below(20))
    if kind == 2:
        low = seed.below(16)
        return ("grade..", low, low + seed.below(21 - low))
    if kind == 3:
        return ("scope>=", 1 + seed.below(3))
    if kind == 4:
        return ("scope=", seed.below(4))
    if kind == 5:
        return ("team", seed.below(2))
    if kind == 6:
        return (("rank<=", "rank>")[seed.below(2)], 1 + seed.below(4))
    if kind == 7:
        return ("major", seed.below(2))
    return (("hours>=", "hours<", "hours>", "hours<=")[seed.below(4)], seed.below(40))


def a_set(at):
    seed = Seed(at)
    rules = []
    for i in range(RULES):
        tests = []
        for _ in range(seed.below(4)):
            form = seed.below(6)
            if form == 0:
                tests.append(("any", a_test(seed), a_test(seed)))
            else:
                tests.append(("unless" if form == 1 else "when", a_test(seed)))
        amount = seed.below(4)
        over = seed.below(i) if i > 0 and seed.below(3) == 0 else None
        rules.append((tests, amount, over))
    return rules


def main():
    try:
        import z3
    except ImportError:
        print("z3 is absent (pip install z3-solver): the vectors in the repository stand as they are")
        return 0
    grade, scope, rank, major = z3.Ints("grade scope rank major")
    hours, team = z3.Real("hours"), z3.Bool("team")
    domain = z3.And(grade >= 0, grade <= 20, scope >= 0, scope <= 3, major >= 0, major <= 1, hours >= 0,
                    z3.If(team, z3.And(rank >= 1, rank <= 5), rank == 0))

    def formula(test):
        match test:
            case ("grade>=", n): return grade >= n
            case ("grade<", n): return grade < n
            case ("grade..", low, high): return z3.And(grade >= low, grade <= high)
            case ("scope>=", n): return scope >= n
            case ("scope=", n): return scope == n
            case ("team", yes): return team if yes else z3.Not(team)
            case ("rank<=", n): return z3.And(team, rank <= n)
            case ("rank>", n): return z3.And(team, rank > n)
            case ("major", n): return major == n
            case ("hours>=", n): return hours >= z3.Q(n, 2)
            case ("hours<", n): return hours < z3.Q(n + 1, 2)
            case ("hours>", n): return hours > z3.Q(n, 2)
            case ("hours<=", n): return hours <= z3.Q(n, 2)
            case ("any", one, other): return z3.Or(formula(one), formula(other))
            case ("when", one): return formula(one)
            case ("unless", one): return z3.Not(formula(one))

    solver = z3.Solver()
    solver.add(domain)

    def possible(*conditions):
        solver.push()
        solver.add(*conditions)
        found = solver.check()
        solver.pop()
        assert found != z3.unknown
        return found == z3.sat

    def line(at):
        rules = a_set(at)
        holds = [z3.And([formula(test) for test in tests] or [True]) for tests, _, _ in rules]
        active = list(holds)
        for i in reversed(range(RULES)):
            over = [active[k] for k in range(i + 1, RULES) if rules[k][2] == i]
            active[i] = z3.And(holds[i], z3.Not(z3.Or(over))) if over else holds[i]
        never = sum(1 << i for i in range(RULES) if not possible(holds[i]))
        meet = sum(1 << n for n, (i, j) in enumerate(PAIRS)
                   if rules[i][1] != rules[j][1] and possible(active[i], active[j]))
        gap = int(possible(*[z3.Not(one) for one in holds]))
        return f"{never:x}{meet:02x}{gap}"

    path = Path(__file__).parent.parent / "vectors" / "proofs.txt"
    if sys.argv[1:2] == ["--check"]:
        kept = path.read_text().split()
        count = int(sys.argv[2])
        wrong = [at for at in range(count) if line(at) != kept[at]]
        print(f"{count} sets, {len(wrong)} differ {wrong[:10]}")
        return int(bool(wrong))
    path.write_text("".join(line(at) + "\n" for at in range(SETS)))
    return 0


sys.exit(main())
