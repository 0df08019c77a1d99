"""A libvirt client that stays connected. One line in, one line out, so that a benchmark can ask for samples in turn.

  state COUNT   median microseconds of COUNT getState calls on a paused domain
  cycle         milliseconds of createXML (paused) and of destroy
"""

import statistics
import sys
import time

import libvirt


def cycle(connection, xml):
    started = time.perf_counter()
    domain = connection.createXML(xml, libvirt.VIR_DOMAIN_START_PAUSED)
    created = time.perf_counter()
    domain.destroy()
    return created - started, time.perf_counter() - created


def state(domain, count):
    times = []
    for _ in range(count):
        started = time.perf_counter()
        domain.state()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def main():
    uri, xml_path = sys.argv[1:]
    with open(xml_path, encoding="utf-8") as file:
        xml = file.read()
    connection = libvirt.open(uri)
    domain = connection.createXML(xml.replace("NAME", "vzkit-bench-state"), libvirt.VIR_DOMAIN_START_PAUSED)
    try:
        print("ready", flush=True)
        for line in sys.stdin:
            words = line.split()
            if words[0] == "state":
                print(state(domain, int(words[1])) * 1e6, flush=True)
            else:
                print(*(seconds * 1e3 for seconds in cycle(connection, xml.replace("NAME", "vzkit-bench-cycle"))), flush=True)
    finally:
        domain.destroy()


main()
