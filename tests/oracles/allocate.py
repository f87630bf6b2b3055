#!/usr/bin/env python3
"""What CP-SAT makes of the learners of benches/allocate.rs, beside what the library made of them.

    pip install ortools
    cargo bench --bench allocate -- 300 lines > learners.jsonl
    python3 tests/oracles/allocate.py learners.jsonl [seconds] > compared.tsv

Each line is a problem of plain numbers with the first objective's value and bound and whether all was proved. The model here is
written from the meaning of the numbers: an application uses its achievements, each once; its credit counts in its one place, whole
or in part; blocks and limits cap what counts; what remains of a block is what it lacks, and at least what its blocks lack.
It stops where two proofs differ, prints the variant, the seed, its value and its bound, and says how long each variant took. A small
part of what it printed is kept in tests/vectors/allocate.tsv.
"""
import json
import sys
import time

from ortools.sat.python import cp_model


def solve(problem, seconds):
    model = cp_model.CpModel()
    blocks = problem["blocks"]
    made, counted = [], []
    for number, (uses, award, place, whole) in enumerate(problem["applications"]):
        y = model.new_bool_var(f"y{number}")
        if whole:
            counted.append(award * y)
        else:
            x = model.new_int_var(0, award, f"x{number}")
            model.add(x <= award * y)
            counted.append(x)
        made.append(y)
    for held in range(problem["held"]):
        users = [y for y, one in zip(made, problem["applications"]) if held in one[0]]
        if len(users) > 1:
            model.add_at_most_one(users)
    inside = [[] for _ in blocks]
    for one, amount in zip(problem["applications"], counted):
        at = one[2]
        while at is not None:
            inside[at].append(amount)
            at = blocks[at][0]
    remains = []
    for at, (_, need, most) in enumerate(blocks):
        if most is not None:
            model.add(sum(inside[at]) <= most)
        remains.append(model.new_int_var(0, 100_000, f"r{at}"))
        if need is not None:
            model.add(remains[at] >= need - sum(inside[at]))
    for at in range(len(blocks)):
        children = [remains[child] for child, block in enumerate(blocks) if block[0] == at]
        if children:
            model.add(remains[at] >= sum(children))
    for of, most in problem["limits"]:
        model.add(sum(counted[at] for at in of) <= most)
    model.minimize(remains[0])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    start = time.perf_counter()
    status = solver.solve(model)
    spent = (time.perf_counter() - start) * 1000
    proved = status == cp_model.OPTIMAL
    return -round(solver.objective_value), -round(solver.best_objective_bound), proved, spent


def main():
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 20
    variants = {}
    for line in open(sys.argv[1], encoding="utf-8"):
        case = json.loads(line)
        value, bound, proved, spent = solve(case["problem"], seconds)
        ours, our_bound = case["first"]
        both = proved and ours == our_bound
        if both and ours != value:
            sys.exit(f"two proofs differ: {ours} here, {value} there: {line}")
        if ours > bound or value > our_bound:
            sys.exit(f"an answer passes the other's bound: {ours} to {our_bound} here, {value} to {bound} there: {line}")
        variants.setdefault(case["variant"], []).append((spent, both, proved, ours == our_bound))
        print(case["variant"], case["seed"], value, bound, sep="\t")
    for name, all_of in variants.items():
        times = sorted(one[0] for one in all_of)
        print(
            f"{name}: {len(all_of)} learners, both proved {sum(one[1] for one in all_of)}, there {sum(one[2] for one in all_of)}, "
            f"here {sum(one[3] for one in all_of)}; CP-SAT median {times[len(times) // 2]:.0f} ms, max {times[-1]:.0f} ms",
            file=sys.stderr,
        )


main()
