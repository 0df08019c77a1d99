"""A vzkit client in Python's standard library: spawns the helper and speaks JSON-RPC 2.0 over its standard streams."""

import itertools
import json
import queue
import socket
import subprocess
import threading


class RequestError(Exception):
    """An error answer; `kind` is the stable name from the protocol's table of errors."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.code = error["code"]
        self.kind = error.get("data", {}).get("kind")


class Helper:
    """One helper process. Leaving the `with` block ends it, and with it every machine it runs."""

    def __init__(self, path):
        self._process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._ids = itertools.count(1)
        self._answers = {}
        self._lock = threading.Lock()
        self.events = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self):
        self.host = self.request("initialize", client={"name": "python-example"}, protocolVersions=["1.0"])["host"]
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait(timeout=60)

    def request(self, method, **params):
        """Sends a request and waits for its result; raises RequestError for an error answer."""
        number = next(self._ids)
        answer = queue.Queue(1)
        with self._lock:
            self._answers[number] = answer
            self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        message = answer.get()
        if message is None:
            raise ConnectionError(f"the helper ended with status {self._process.wait()} before it answered {method}")
        if "error" in message:
            raise RequestError(message["error"])
        return message["result"]

    def wait_for(self, event, timeout):
        """Waits for an event by name and returns its params; raises queue.Empty after `timeout` seconds."""
        while True:
            message = self.events.get(timeout=timeout)
            if message["method"] == event:
                return message["params"]

    def _send(self, message):
        body = json.dumps(message).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _read(self):
        stream = self._process.stdout
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            message = json.loads(stream.read(length))
            if "id" in message:
                with self._lock:
                    answer = self._answers.pop(message["id"])
                answer.put(message)
            else:
                self.events.put(message)
        with self._lock:
            for answer in self._answers.values():
                answer.put(None)


def open_stream(path):
    """Connects to the Unix socket that a method returned; bulk bytes never go through JSON."""
    stream = socket.socket(socket.AF_UNIX)
    stream.connect(path)
    return stream.makefile("rwb", buffering=0)
