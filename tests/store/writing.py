"""A process that publishes until it is killed, and says after each unit that it is in: `python writing.py STORE N`.

Every third unit is one that was published before, under the next version of the coder, so that rewriting is killed too.
"""

import sys

from made import coding

from detente.store import Store


def unit(number):
    return [coding(f"Unit {number} article {n}", origin=f"{number}-{n}.txt", reports=n % 3) for n in range(5)]


if __name__ == "__main__":
    with Store(sys.argv[1]) as store:
        number = int(sys.argv[2])
        while True:
            store.publish(unit(number), version="1")
            print(number, flush=True)
            if number % 3 == 0:
                store.publish(unit(number - 1), version="2")
            number += 1
