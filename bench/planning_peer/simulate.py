"""SimPy and Ciw, as their documents use them: contacts that come, wait, give up or are answered. JSON on standard input,
JSON on standard output; the contacts in a file of NumPy's.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from time import process_time

import ciw
import numpy as np
import simpy

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
from frontdoor.routing.definition import Advisor, Item, Kind, Policy, Queue
from frontdoor.routing.floor import Floor


class Tally:
    """Answered, given up, seconds waited: of what was settled within the span."""

    def __init__(self, until):  # type: ignore[no-untyped-def]
        self.until, self.answered, self.gone, self.waited = until, 0, 0, 0.0

    def told(self):  # type: ignore[no-untyped-def]
        return [self.answered, self.gone, self.waited]


def by_simpy(asked, contacts):  # type: ignore[no-untyped-def]
    """The example of the documents (bank renege), with 100 servers."""
    env, tally = simpy.Environment(), Tally(asked["until"])
    servers = simpy.Resource(env, capacity=len(asked["people"]))

    def customer(talk, patience):  # type: ignore[no-untyped-def]
        came = env.now
        with servers.request() as request:
            outcome = yield request | env.timeout(patience)
            tally.waited += env.now - came
            if request in outcome:
                tally.answered += 1
                yield env.timeout(talk)
            else:
                tally.gone += 1

    def source():  # type: ignore[no-untyped-def]
        for at, _queue, talk, patience in contacts:
            yield env.timeout(at - env.now)
            env.process(customer(talk, patience))

    env.process(source())
    env.run(until=asked["until"])
    return tally.told()


def by_simpy_skills(asked, contacts):  # type: ignore[no-untyped-def]
    """SimPy's clock and processes; who gets what is the plain policy's."""
    env, tally = simpy.Environment(), Tally(asked["until"])
    queues = [Queue(name, skill, Kind.CALL, promise) for name, skill, promise in asked["queues"]]
    floor = Floor(
        queues=queues,
        advisors=[Advisor(name, skills) for name, skills in asked["people"]],
        policy=Policy(1.0),
    )
    for name, _skills in asked["people"]:
        floor.comes(name, at=0.0)
    calls = {}

    def take(many):  # type: ignore[no-untyped-def]
        for one in many:
            calls.pop(one.item.number).succeed(one.advisor)

    def customer(number, queue, talk, patience):  # type: ignore[no-untyped-def]
        item = Item(number, queues[queue].name, env.now)
        call = calls[number] = env.event()
        take(floor.arrives(item, at=env.now))
        if not call.triggered:
            yield call | env.timeout(patience)
        tally.waited += env.now - item.since
        if not call.triggered:
            tally.gone += 1
            del calls[number]
            floor.gives_up(item)
            return
        tally.answered += 1
        yield env.timeout(talk)
        take(floor.ends(call.value, item, at=env.now))

    def source():  # type: ignore[no-untyped-def]
        for number, (at, queue, talk, patience) in enumerate(contacts):
            yield env.timeout(at - env.now)
            env.process(customer(number, queue, talk, patience))

    env.process(source())
    env.run(until=asked["until"])
    return tally.told()


class Listed(ciw.dists.Distribution):
    """Times that were given, by the customer."""

    def __init__(self, times):  # type: ignore[no-untyped-def]
        self.times = times

    def sample(self, t=None, ind=None):  # type: ignore[no-untyped-def]
        return self.times[ind.id_number - 1]


def by_ciw(asked, contacts):  # type: ignore[no-untyped-def]
    """One node with as many servers as people."""
    at = [each[0] for each in contacts]
    gaps = [at[0], *[after - before for before, after in pairwise(at)], float("inf")]
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential(gaps)],
        service_distributions=[Listed([each[2] for each in contacts])],
        reneging_time_distributions=[Listed([each[3] for each in contacts])],
        number_of_servers=[len(asked["people"])],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(asked["until"])
    tally = Tally(asked["until"])
    for record in simulation.get_all_records(only=["service", "renege"]):
        tally.waited += record.waiting_time
        tally.answered += record.record_type == "service"
        tally.gone += record.record_type == "renege"
    for customer in simulation.nodes[1].all_individuals:
        if customer.server and customer.service_start_date is not False:
            tally.answered += 1
            tally.waited += customer.service_start_date - customer.arrival_date
    return tally.told()


def main() -> None:
    """One peer, one world."""
    asked = json.load(sys.stdin)
    with np.load(asked["file"]) as file:
        columns = [file[name].tolist() for name in ("at", "queue", "talk", "patience")]
    contacts = list(zip(*columns, strict=True))
    run = {"simpy": by_simpy, "simpy_skills": by_simpy_skills, "ciw": by_ciw, "ciw_pooled": by_ciw}[
        asked["peer"]
    ]
    began = process_time()
    answers = run(asked, contacts)
    json.dump({"answers": answers, "seconds": process_time() - began}, sys.stdout)


main()
