"""A running l2tp-exporter and its clients, for exporter-faults and Tests/Benchmarks/measure-exporter."""

import collections
import os
import re
import signal
import socket
import subprocess
import tempfile
import time

# TCP_ESTABLISHED of net/tcp_states.h, as in /proc/net/tcp.
ESTABLISHED = 1
# A step of a test that takes longer has failed.
PATIENCE = 60


# The queues are in bytes.
TCPSocket = collections.namedtuple("TCPSocket", "local_port remote_port state unacknowledged unread")


def eventually(condition, limit=PATIENCE, pause=0.02):
    """Waits until a condition holds, looking again after a pause; whether it did in time."""
    deadline = time.monotonic() + limit
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def tcp_sockets():
    """The TCP sockets of this network namespace, over IPv4."""
    sockets = []
    with open("/proc/net/tcp", encoding="ascii") as table:
        for line in list(table)[1:]:
            local, remote, state, queues = line.split()[1:5]
            unacknowledged, unread = (int(size, 16) for size in queues.split(":"))
            sockets.append(TCPSocket(
                int(local.split(":")[1], 16), int(remote.split(":")[1], 16), int(state, 16), unacknowledged, unread))
    return sockets


class Exporter:
    """The program as a process of its own, listening on a port of loopback that the kernel chooses."""

    def __init__(self, program, *options, environment=None):
        self.log_file = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [program, "--web.listen-address", "127.0.0.1:0", *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.log_file,
            env=os.environ | (environment or {}))
        if not eventually(lambda: "listening on" in self.log or self.process.poll() is not None):
            raise RuntimeError("l2tp-exporter does not listen in time")
        match = re.search(r"listening on (?:http://)?127\.0\.0\.1:(\d+)", self.log)
        if match is None:
            raise RuntimeError(f"l2tp-exporter does not listen: {self.log}")
        self.port = int(match.group(1))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log_file.close()

    @property
    def log(self):
        """What it has written to standard error."""
        size = os.fstat(self.log_file.fileno()).st_size
        return os.pread(self.log_file.fileno(), size, 0).decode()

    def memory(self, field="VmRSS"):
        """A line of /proc/PID/status in MiB: VmRSS, or VmHWM, the most since reset_peak()."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith(field + ":")) / 1024

    def reset_peak(self):
        """Lets VmHWM begin anew (proc(5), clear_refs)."""
        with open(f"/proc/{self.process.pid}/clear_refs", "w", encoding="ascii") as file:
            file.write("5")

    @property
    def descriptor_count(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def end(self, limit=PATIENCE):
        """Asks it to end, and gives its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(limit)


class Client:
    """A connection to an exporter; it stays open between requests."""

    # What to ask for: the text format as it is and compressed, and OpenMetrics.
    TEXT = ""
    GZIP = "Accept-Encoding: gzip\r\n"
    OPENMETRICS = "Accept: application/openmetrics-text; version=1.0.0\r\n"

    buffer = bytearray(16 << 20)

    def __init__(self, port, limit=PATIENCE, receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(limit)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def request(self, headers=TEXT, path="/metrics"):
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode())

    def is_read(self):
        """Whether the server has read all that was sent to it: nothing is unacknowledged here, nothing unread there."""
        mine = self.socket.getsockname()[1]
        open_sockets = [one for one in tcp_sockets() if one.state == ESTABLISHED]
        here = [one.unacknowledged for one in open_sockets if one.local_port == mine]
        there = [one.unread for one in open_sockets if one.remote_port == mine]
        return here == [0] and there == [0]

    def receive(self):
        """Receives a response into `buffer`; where its body begins and ends there."""
        view = memoryview(self.buffer)
        count, body, end = 0, 0, None
        while end is None or count < end:
            received = self.socket.recv_into(view[count:])
            if received == 0:
                raise RuntimeError(f"the connection ended after {count} of {end} bytes of a response")
            count += received
            if end is None and (blank := self.buffer.find(b"\r\n\r\n", 0, count)) >= 0:
                head = bytes(view[:blank]).decode()
                if not head.startswith("HTTP/1.1 200 "):
                    raise RuntimeError(f"answered: {head}")
                body = blank + 4
                end = body + int(re.search(r"(?im)^content-length: *(\d+)", head).group(1))
        return body, end

    def scrape(self, headers=TEXT):
        """Scrapes, and gives the size of the body."""
        self.request(headers)
        body, end = self.receive()
        return end - body

    def head(self):
        """Has a scrape made, and only its size sent."""
        self.socket.sendall(b"HEAD /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = b""
        while b"\r\n\r\n" not in answer:
            received = self.socket.recv(4096)
            if not received:
                raise RuntimeError("the connection ended instead of a response")
            answer += received

    def text(self, headers=TEXT):
        """Scrapes, and gives the text."""
        self.request(headers)
        body, end = self.receive()
        return bytes(memoryview(self.buffer)[body:end]).decode()


def scrape(exporter):
    """A scrape over a connection of its own: the text."""
    with Client(exporter.port) as client:
        return client.text()


def sample(text, name, **labels):
    """The value of the sample with this name and these labels, whatever others it has; None if there is none."""
    for line in text.splitlines():
        if line.startswith((name + "{", name + " ")) and all(f'{key}="{value}"' in line for key, value in labels.items()):
            return float(line.rsplit(" ", 1)[1])
    return None


def ip(*lines):
    """Has ip(8) do something, a line for each command."""
    subprocess.run(["ip", "-batch", "-"], input="\n".join(lines) + "\n", text=True, check=True)


def add_sessions(count, tunnel_count, first_tunnel=0):
    """Creates sessions 1 to `count`, spread over tunnels, in this network namespace."""
    tunnels = range(first_tunnel + 1, first_tunnel + tunnel_count + 1)
    lines = [
        f"l2tp add tunnel tunnel_id {tunnel} peer_tunnel_id {tunnel} encap udp local 127.0.0.1 remote 127.0.0.2 "
        f"udp_sport {10000 + tunnel} udp_dport 5000" for tunnel in tunnels]
    lines += [
        f"l2tp add session tunnel_id {tunnels[session % tunnel_count]} session_id {session} "
        f"peer_session_id {session} name pw{session}" for session in range(1, count + 1)]
    ip(*lines)


def delete_tunnels(tunnels):
    """Deletes tunnels and waits until nothing is left of them here: Linux 6.1 answers before it has deleted sessions."""
    ip(*(f"l2tp del tunnel tunnel_id {tunnel}" for tunnel in tunnels))

    def is_gone():
        listed = subprocess.run(
            ["sh", "-ec", "ip l2tp show tunnel; ip l2tp show session; "
             "ip -o link | grep -o ' pw[0-9]*:' || true"], capture_output=True, check=True)
        return not listed.stdout.strip()

    if not eventually(is_gone):
        raise RuntimeError("deleted tunnels are still there")
