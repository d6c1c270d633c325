"""A process that publishes until it is killed, and says after each unit that it is in: `python writing.py STORE N`.

Every third unit is one that was published before, under the next version of the coder, so that rewriting is killed too;
after every second, all is put together.
"""

import sys
import time

from made import coding

from detente.store import Store, upkeep


def unit(number):
    return [coding(f"Unit {number} article {n}", origin=f"{number}-{n}.txt", reports=n % 3) for n in range(5)]


if __name__ == "__main__":
    upkeep.MANY = 4  # units are merged all the time, so that merging is killed too
    with Store(sys.argv[1]) as store:
        number = int(sys.argv[2])
        while True:
            store.publish(unit(number), version="1")
            print(number, flush=True)
            if number % 3 == 0:
                store.publish(unit(number - 1), version="2")
            if number % 2 == 0:
                store.fuse()
            number += 1
            time.sleep(0.01)  # coding takes longer still; without a breath two writers would not take turns
