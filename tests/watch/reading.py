"""A reader with a coder made by hand, until it is killed: `python reading.py STORE FEED...`."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.watch.made import made_code

from detente.store import Store
from detente.watch import Plan, State, Watch
from detente.web import Client, Guard, Pace


def slowly(records):
    for coding in made_code(records):
        time.sleep(0.02)
        yield coding


if __name__ == "__main__":
    path = Path(sys.argv[1])
    client = Client(guard=Guard(["127.0.0.1"]), pace=Pace(0.01), deadline=5)
    with Store(path) as store, State(path) as state:
        watch = Watch(store=store, state=state, client=client, code=slowly, version="1", plan=Plan(0.2))
        watch.follow(dict.fromkeys(sys.argv[2:]))
        print("reading", flush=True)
        watch.run()
