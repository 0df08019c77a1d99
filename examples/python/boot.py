"""Boots a Linux guest, prints its console until it is ready, and stops it in order.

  python3 boot.py HELPER KERNEL INITRD
"""

import sys

from vzkit import Helper, open_stream

MIB = 1024 * 1024


def configuration(kernel, initrd):
    return {
        "cpuCount": 1,
        "memorySize": 512 * MIB,
        "bootLoader": {
            "kind": "linux",
            "kernelPath": kernel,
            "initialRamdiskPath": initrd,
            "commandLine": "console=hvc0 quiet",
        },
        "serialPorts": [{"kind": "virtioConsole", "attachment": {"kind": "stream"}}],
        "entropyDevices": [{"kind": "virtio"}],
    }


def main():
    helper_path, kernel, initrd = sys.argv[1:]
    with Helper(helper_path) as helper:
        print(f"host: {helper.host['os']} on {helper.host['architecture']}, {helper.host['hypervisor']['name']}")
        machine = helper.request("machine.create", configuration=configuration(kernel, initrd), name="python")["machine"]
        helper.request("machine.start", machine=machine)
        console = open_stream(helper.request("console.attach", machine=machine)["path"])
        for line in iter(console.readline, b""):
            print("guest:", line.decode(errors="replace").rstrip())
            if b"vzkit-guest: ready" in line:
                break
        helper.request("machine.requestStop", machine=machine, stopAfter=30)
        print("stopped by:", helper.wait_for("machine.stopped", timeout=60)["reason"])


main()
