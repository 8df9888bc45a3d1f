"""What tshark knows of L2TP in a capture, with the names that compare tells."""

import re
import shlex
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as xml

COOKIE_SIZES = {0: "None", 4: "4 Byte Cookie", 8: "8 Byte Cookie"}
SUBLAYERS = {"none": "None", "default": "Default L2-Specific"}

# Names of tshark for what is in an AVP: the key in its value ("" for the value itself), and how it is read.
AVP_FIELDS = {
    "message_type": ("", int),
    "assigned_tunnel_id": ("", int),
    "assigned_control_conn_id": ("", int),
    "assigned_session_id": ("", int),
    "remote_session_id": ("", int),
    "local_session_id": ("", int),
    "called_number": ("", str),
    "calling_number": ("", str),
    "sub_address": ("", str),
    "host_name": ("", str),
    "vendor_name": ("", str),
    "preferred_language": ("", str),
    "proxy_authen_name": ("", str),
    "firmware_revision": ("", int),
    "receive_window_size": ("", int),
    "call_serial_number": ("", int),
    "minimum_bps": ("", int),
    "maximum_bps": ("", int),
    "connect_speed": ("", int),
    "rx_connect_speed": ("", int),
    "tx_connect_speed_v3": ("", int),
    "rx_connect_speed_v3": ("", int),
    "physical_channel": ("", int),
    "proxy_authen_type": ("", int),
    "proxy_authen_id": ("", int),
    "router_id": ("", int),
    "pseudowire_type": ("", int),
    "layer2_specific_sublayer": ("", int),
    "data_sequencing": ("", int),
    "tie_breaker": ("", bytes),
    "remote_end_id": ("", bytes),
    "chap_challenge": ("", bytes),
    "chap_challenge_response": ("", bytes),
    "initial_received_lcp_confreq": ("", bytes),
    "last_sent_lcp_confreq": ("", bytes),
    "last_received_lcp_confreq": ("", bytes),
    "proxy_authen_challenge": ("", bytes),
    "proxy_authen_response": ("", bytes),
    "random_vector": ("", bytes),
    "private_group_id": ("", bytes),
    "assigned_cookie": ("", bytes),
    "nonce": ("", bytes),
    "message_digest": ("", dict),
    "pw_type": ("", list),
    "result_code": ("result_code", int),
    "error_code": ("error_code", int),
    "error_message": ("error_message", str),
    "protocol_version": ("version", int),
    "protocol_revision": ("revision", int),
    "async_framing_supported": ("asynchronous", bool),
    "sync_framing_supported": ("synchronous", bool),
    "async_framing_type": ("asynchronous", bool),
    "sync_framing_type": ("synchronous", bool),
    "analog_access_supported": ("analog", bool),
    "digital_access_supported": ("digital", bool),
    "analog_bearer_type": ("analog", bool),
    "digital_bearer_type": ("digital", bool),
    "cause_code": ("cause_code", int),
    "cause_msg": ("cause_message", int),
    "advisory_msg": ("advisory_message", str),
    "crc_errors": ("crc_errors", int),
    "framing_errors": ("framing_errors", int),
    "hardware_overruns": ("hardware_overruns", int),
    "buffer_overruns": ("buffer_overruns", int),
    "time_out_errors": ("timeout_errors", int),
    "alignment_errors": ("alignment_errors", int),
    "send_accm": ("send_accm", int),
    "receive_accm": ("receive_accm", int),
    "disconnect_code": ("disconnect_code", int),
    "control_protocol_number": ("control_protocol_number", int),
    "cause_code_direction": ("direction", int),
    "cause_code_message": ("message", str),
    "csu.remote_session_id": ("remote_session_id", int),
    "csu.current_tx_speed": ("current_tx_connect_speed", int),
    "csu.current_rx_speed": ("current_rx_connect_speed", int),
    "csu.current_tx_speed64": ("current_tx_connect_speed", int),
    "csu.current_rx_speed64": ("current_rx_connect_speed", int),
    "circuit_status": ("active", bool),
    "circuit_type": ("new", bool),
}


def number(field):
    """What a field of PDML has as a number. Its value is hexadecimal, but for a flag the bit alone."""
    return int(field.get("value"), 16)


def flag(field):
    return number(field) != 0


def text(field):
    return bytes.fromhex(field.get("value") or "").decode("utf-8", "replace")


def digest(field):
    """A message digest: its type is the first byte."""
    contents = field.get("value")
    return {"digest_type": int(contents[:2], 16), "message_digest": contents[2:]}


READERS = {int: number, str: text, bool: flag, bytes: lambda field: field.get("value", ""), list: number, dict: digest}


class Layers:
    """The protocols of one packet, outermost first."""

    def __init__(self, packet):
        self.protocols = packet.findall("proto")
        self.names = [protocol.get("name") for protocol in self.protocols]

    def first(self, name, start=0):
        for index in range(start, len(self.names)):
            if self.names[index] == name:
                return index
        return None

    def field(self, index, name):
        return None if index is None else self.protocols[index].find(f".//field[@name='{name}']")


def packet_of(packet):
    """What tshark knows of a packet, with the names above; None if it has no L2TP."""
    layers = Layers(packet)
    at = layers.first("l2tp")
    # What an ICMP error quotes is not a packet.
    if at is None or any(name.startswith("icmp") for name in layers.names[:at]):
        return None
    l2tp = layers.protocols[at]
    known = {
        "number": number_of(layers, "num"),
        "time": layers.field(layers.first("geninfo"), "timestamp").get("value"),
        "encapsulation": "udp" if layers.names[at - 1] == "udp" else "ip",
    }
    network = max(i for i in range(at) if layers.names[i] in ("ip", "ipv6"))
    kind = layers.names[network]
    known["source"] = layers.field(network, f"{kind}.src").get("show")
    known["destination"] = layers.field(network, f"{kind}.dst").get("show")
    if known["encapsulation"] == "udp":
        known["source_port"] = number(layers.field(at - 1, "udp.srcport"))
        known["destination_port"] = number(layers.field(at - 1, "udp.dstport"))
    known |= header_of(l2tp)
    if known["type"] == "data":
        inner = inner_of(layers, at)
        if inner is not None:
            known["inner"] = inner
    malformed = any(name == "_ws.malformed" for name in layers.names[at + 1 : at + 2])
    bad = any(field.get("name") == "l2tp.avp_length.bad" for field in l2tp.iter("field"))
    known["malformed"] = malformed or bad
    return known


def number_of(layers, name):
    return int(layers.field(layers.first("geninfo"), name).get("show"))


def header_of(l2tp):
    """What is in the L2TP header, and in the AVPs."""

    def find(name):
        return l2tp.find(f".//field[@name='l2tp.{name}']")

    known = {}
    flags = find("flags")
    if flags is not None:
        names = {"type": "type", "length": "length_bit", "sequence": "seq_bit", "offset": "offset_bit", "priority": "priority"}
        found = {ours: find(theirs) for ours, theirs in names.items()}
        # The O and P bits are reserved in version 3, where tshark shows neither.
        known["flags"] = {ours: flag(field) for ours, field in found.items() if field is not None}
        known["version"] = number(find("version"))
    else:
        known["version"] = 3
    control = flags is not None and flag(find("type"))
    # Over IP, a control message is one with session ID 0, and the header comes after it.
    known["type"] = "control" if control else "data"
    if known["version"] == 3 and not control:
        known.pop("flags", None)
    for ours, theirs in {
        "length": "length",
        "tunnel_id": "ccid" if known["version"] == 3 else "tunnel",
        "session_id": "sid" if known["version"] == 3 else "session",
        "ns": "Ns",
        "nr": "Nr",
        "offset_size": "offset",
    }.items():
        field = find(theirs)
        if field is not None and not (control and theirs == "sid"):
            known[ours] = number(field)
    if control:
        known["avps"] = [avp_of(field, int(l2tp.get("pos"))) for field in l2tp.findall("field") if is_avp(field)]
        first = known["avps"][0] if known["avps"] else None
        known["message_type"] = None
        if first is not None and first["type"] == 0 and first["vendor_id"] == 0:
            known["message_type"] = {"number": int(first["data"], 16)}
    elif known["version"] == 3:
        cookie = find("cookie")
        known["cookie"] = None if cookie is None else cookie.get("value")
        known["sublayer"] = "none" if find("l2_spec_def") is None else "default"
        sequenced = find("l2_spec_s")
        known["sequence_number"] = number(find("l2_spec_sequence")) if sequenced is not None and flag(sequenced) else None
    return known


def is_avp(field):
    return field.find("field[@name='l2tp.avp.length']") is not None


def avp_of(field, start):
    def find(name):
        return number(field.find(f"field[@name='l2tp.avp.{name}']"))

    # Of hidden AVPs tshark shows neither vendor nor type, and those of vendors have other names for the type.
    contents, length = field.get("value"), find("length")
    known = {
        "offset": int(field.get("pos")) - start,
        "length": length,
        "mandatory": bool(find("mandatory")),
        "hidden": bool(find("hidden")),
        "vendor_id": int(contents[4:8], 16),
        "type": int(contents[8:12], 16),
        "data": contents[12 : 2 * length],
    }
    if not known["hidden"] and known["vendor_id"] == 0:
        value = value_of(field)
        if value is not None:
            known["value"] = value
    return known


def value_of(avp):
    """The value of an AVP, as far as tshark has names for it."""
    value, scalar = {}, None
    for field in avp.iter("field"):
        name = re.sub(r"^l2tp\.(avp\.)?", "", field.get("name") or "")
        # Of version 3 it gives the session identifier the name that the reserved bytes of version 2 have.
        if name == "csu.res" and field.get("size") == "4":
            name = "csu.remote_session_id"
        entry = AVP_FIELDS.get(name)
        if entry is None or field.get("value") is None:
            continue
        key, kind = entry
        read = READERS[kind](field)
        if key:
            value[key] = read
        elif kind is list:
            scalar = (scalar or []) + [read]
        else:
            scalar = read
    return scalar if scalar is not None else value or None


def inner_of(layers, at):
    """What is in the tunnel: the layers after L2TP."""
    after = at + 1
    if after >= len(layers.names):
        return None
    if layers.names[after] == "ppp":
        protocol = layers.field(after, "ppp.protocol")
        return None if protocol is None else {"kind": "ppp", "protocol": number(protocol)}
    if layers.names[after] != "eth":
        return None
    found = {
        "kind": "ethernet",
        "source": layers.field(after, "eth.src").get("show"),
        "destination": layers.field(after, "eth.dst").get("show"),
        "vlans": [],
    }
    kind = layers.field(after, "eth.type")
    for index in range(after + 1, len(layers.names)):
        name = layers.names[index]
        if name not in ("vlan", "ieee8021ad"):
            break
        found["vlans"].append(number(layers.field(index, f"{name}.id")))
        kind = layers.field(index, "vlan.etype" if name == "vlan" else "ieee8021ah.etype")
    if kind is not None:
        found["ethertype"] = number(kind)
    return found


def run(file, options):
    """What tshark knows of the packets of a file, by number."""
    command = ["tshark", "-n", "-r", str(file), "-T", "pdml", "-Y", "l2tp", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        output, errors = process.communicate()
    if process.returncode != 0:
        sys.exit(f"{shlex.join(command)}: {errors.decode().strip()}")
    found = {}
    for packet in xml.fromstring(output).iter("packet"):
        known = packet_of(packet)
        if known is not None:
            found[known["number"]] = known
    return found


def formats_of(configuration):
    """The ports of a configuration, and for each session that receives its cookie's length and its sublayer."""
    ports, formats = set(), {}
    for tunnel in configuration.get("tunnel", {}).values():
        if tunnel.get("encap", "udp") == "udp":
            ports |= {tunnel["udp_sport"], tunnel["udp_dport"]}
        for session in tunnel.get("session", {}).values():
            sublayer = session.get("l2spec_type", "default")
            formats[session["session_id"]] = len(session.get("peer_cookie", "")) // 2, sublayer
            formats[session["peer_session_id"]] = len(session.get("cookie", "")) // 2, sublayer
    return ports, formats


def options_for(ports):
    """The options that make tshark look for L2TP at UDP ports."""
    return [option for port in sorted(set(ports) - {1701}) for option in ("-d", f"udp.port=={port},l2tp")]


def digests(file, about, secret):
    """The packets of a file that have a message digest, by number, and whether it is right for a secret."""
    command = ["tshark", "-n", "-r", str(file), "-Y", "l2tp.avp.message_digest", *options_for(about.get("ports", []))]
    command += ["-o", f"l2tp.shared_secret:{secret}", "-T", "fields", "-e", "frame.number", "-e", "l2tp.incorrect_digest"]
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode != 0:
        sys.exit(f"{shlex.join(command)}: {ended.stderr.strip()}")
    lines = (line.split("\t") for line in ended.stdout.splitlines())
    return {int(number): not wrong for number, wrong in lines}


def packets(file, about):
    """The packets of a file, each as tshark sees it when told of its session."""
    ports, formats = set(about.get("ports", [])), {}
    if about.get("config"):
        more, formats = formats_of(tomllib.loads(about["config"].read_text()))
        ports |= more
    common = [*about.get("tshark", []), "-d", "l2tp.pw_type==0,eth", *options_for(ports)]
    if not formats:
        return run(file, common)
    found = {}
    for length, sublayer in sorted(set(formats.values())):
        options = ["-o", f"l2tp.cookie_size:{COOKIE_SIZES[length]}", "-o", f"l2tp.l2_specific:{SUBLAYERS[sublayer]}"]
        for key, known in run(file, common + options).items():
            # Control messages and version 2 look the same each time.
            if known["type"] == "control" or known["version"] == 2 or formats.get(known["session_id"]) == (length, sublayer):
                found[key] = known
    return found
