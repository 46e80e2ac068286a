"""Finite fields of prime-power order, small enough for tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class Field:
    """The field with `order` elements, which are the numbers from 0; `plus[a][b]` and `times[a][b]` are its tables."""

    order: int
    plus: Sequence[Sequence[int]]
    times: Sequence[Sequence[int]]


def field(order: int) -> Field | None:
    """The field of so many elements, or None where there is none: its order is a power of a prime.

    An element is a polynomial over the integers modulo p, written as a number whose digits to the base p are its
    coefficients; products are taken modulo an irreducible polynomial.
    """
    prime = next((number for number in range(2, order + 1) if order % number == 0), 0)
    if not prime:
        return None
    degree = 0
    while prime**degree < order:
        degree += 1
    if prime**degree != order:
        return None
    elements = [_digits(number, prime, degree) for number in range(order)]
    modulus = _irreducible(prime, degree)
    return Field(
        order,
        plus=[
            [_number([(x + y) % prime for x, y in zip(a, b, strict=True)], prime) for b in elements] for a in elements
        ],
        times=[[_number(_product(a, b, modulus, prime), prime) for b in elements] for a in elements],
    )


def _digits(number: int, prime: int, count: int) -> list[int]:
    return [number // prime**place % prime for place in range(count)]


def _number(digits: Sequence[int], prime: int) -> int:
    return sum(digit * prime**place for place, digit in enumerate(digits))


def _irreducible(prime: int, degree: int) -> list[int]:
    """The coefficients, lowest first, of the first monic polynomial of this degree that is no product of others."""
    monic = {size: [[*lower, 1] for lower in product(range(prime), repeat=size)] for size in range(1, degree // 2 + 1)}
    for lower in product(range(prime), repeat=degree):
        candidate = [*lower, 1]
        if not any(_remainder(candidate, factor, prime) == [0] * size for size, of in monic.items() for factor in of):
            return candidate
    raise AssertionError("there is an irreducible polynomial of every degree")


def _product(one: Sequence[int], other: Sequence[int], modulus: Sequence[int], prime: int) -> list[int]:
    found = [0] * (len(one) + len(other) - 1)
    for i, x in enumerate(one):
        for j, y in enumerate(other):
            found[i + j] = (found[i + j] + x * y) % prime
    return _remainder(found, modulus, prime)


def _remainder(number: Sequence[int], monic: Sequence[int], prime: int) -> list[int]:
    rest, degree = list(number), len(monic) - 1
    for place in range(len(rest) - 1, degree - 1, -1):
        factor = rest[place]
        for offset, coefficient in enumerate(monic):
            rest[place - degree + offset] = (rest[place - degree + offset] - factor * coefficient) % prime
    return (rest + [0] * degree)[:degree]
