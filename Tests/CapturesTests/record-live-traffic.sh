#!/usr/bin/env bash
# Records the captures of real traffic in Captures/: two network namespaces joined by a veth pair talk to each other
# while tcpdump listens. Needs root, iproute2, tcpdump, dumpcap, ping and python3. Usage: record-live-traffic.sh OUTPUT-FOLDER
set -euo pipefail
out=$(realpath "$1")
here=weir-here there=weir-there
cleanup() { ip netns pids $there 2>/dev/null | xargs -r kill 2>/dev/null || true
            ip netns del $here 2>/dev/null || true; ip netns del $there 2>/dev/null || true; }
trap cleanup EXIT
cleanup
ip netns add $here && ip netns add $there
ip link add wire0 netns $here type veth peer name wire1 netns $there
for side in "$here wire0 1" "$there wire1 2"; do
    set -- $side
    in="ip netns exec $1"
    $in ip link set lo up
    $in ip link set "$2" address "02:00:00:00:00:0$3" up
    $in ip address add "10.9.0.$3/24" dev "$2"
    $in ip address add "fd09::$3/64" dev "$2" nodad
done
sleep 2

ip netns exec $there python3 - <<'PY' &
import socket, threading
def tcp(family, address, size):
    server = socket.socket(family, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(address); server.listen()
    while True:
        peer, _ = server.accept()
        with peer:
            peer.recv(4096)
            peer.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n" + b"weir" * (size // 4))
def udp(family, address):
    server = socket.socket(family, socket.SOCK_DGRAM); server.bind(address)
    while True:
        query, peer = server.recvfrom(4096)
        answer = query[:2] + b"\x81\x80" + query[4:6] + b"\x00\x01\x00\x00\x00\x00" + query[12:]
        server.sendto(answer + b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\x0a\x09\x00\x02", peer)
for target, arguments in [
    (tcp, (socket.AF_INET, ("0.0.0.0", 80), 20000)), (tcp, (socket.AF_INET6, ("fd09::2", 8080), 3000)),
    (udp, (socket.AF_INET, ("0.0.0.0", 53))), (udp, (socket.AF_INET6, ("fd09::2", 53)))]:
    threading.Thread(target=target, args=arguments, daemon=True).start()
threading.Event().wait()
PY
sleep 1

record() { ip netns exec $here tcpdump -i "$1" --immediate-mode -U -w "$2" "${@:3}" 2>/dev/null & }
record wire0 "$out/mixed.pcap"
record wire0 "$out/nanoseconds.pcap" --time-stamp-precision=nano -s 128 "udp or icmp6"
record any "$out/cooked.pcap" --time-stamp-precision=nano -s 96 -y LINUX_SLL2 host 10.9.0.2
ip netns exec $here dumpcap -q -i wire0 -f icmp -i lo -f udp -w "$out/two-interfaces.pcapng" 2>/dev/null &
sleep 2

ip netns exec $here python3 - <<'PY'
import socket, struct, random
random.seed(9)
def get(family, address, port=None):
    with socket.socket(family, socket.SOCK_STREAM) as client:
        if port: client.bind(("", port))
        client.connect(address); client.sendall(b"GET / HTTP/1.0\r\n\r\n")
        while client.recv(65536): pass
def ask(family, address, name):
    question = b"".join(bytes([len(part)]) + part.encode() for part in name.split(".")) + b"\0\0\1\0\1"
    with socket.socket(family, socket.SOCK_DGRAM) as client:
        client.settimeout(2)
        client.sendto(struct.pack(">HHHHHH", random.randrange(65536), 0x0100, 1, 0, 0, 0) + question, address)
        client.recv(4096)
for _ in range(3): get(socket.AF_INET, ("10.9.0.2", 80))
for _ in range(2): get(socket.AF_INET6, ("fd09::2", 8080))
for name in ["weir.example", "dam.example", "river.example"]:
    ask(socket.AF_INET, ("10.9.0.2", 53), name); ask(socket.AF_INET6, ("fd09::2", 53), name)
for address in ["10.9.0.2", "fd09::2"]:                                # a closed port answers with a reset
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try: socket.create_connection((address, 4444), 1)
    except OSError: pass
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:      # and with an ICMP error
    client.sendto(b"anybody?", ("10.9.0.2", 4445))
    client.sendto(b"myself?", ("127.0.0.1", 4446))
PY
ip netns exec $here ping -q -c 3 -i 0.2 10.9.0.2 >/dev/null
ip netns exec $here ping -q -c 2 -i 0.2 fd09::2 >/dev/null
ip netns exec $here ping -q -c 2 -i 0.2 -s 4000 10.9.0.2 >/dev/null    # in three fragments each
ip netns exec $here ping -q -c 1 -s 3000 fd09::2 >/dev/null
sleep 1
ip netns pids $here | xargs -r kill -INT
wait $(jobs -p | tail -n +2) 2>/dev/null || true
