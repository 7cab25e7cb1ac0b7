"""Verify an audit package of a timeline: nothing in it was altered, removed or back-dated.

    python3 -I -S verify_timeline.py [DIR] [--kept FILE] [--key KEY] [--html FILE]

Needs Python 3.9 and its standard library, and shares no code with what made the package. DIR is the
folder of the package, by default that of this file. Take this file from where you trust it, not
from the package. What is checked, in this order:

1. Each line of events.ndjson is written as the format says, byte for byte. Its canonical bytes are
   a JSON header (position, recorded_at, stream, topic, version), a line end and the payload; the
   SHA-256 of a zero byte and these is the event's leaf, and must be the one in the line.
2. Positions leave no gap (in a package of one issuer: only rise) and recorded_at never goes back.
3. keys.txt: each key is signed by itself and by the one before. checkpoints.txt: each checkpoint is
   signed (Ed25519, RFC 8032) by the key whose turn it was.
4. The Merkle tree (RFC 6962) over the leaves has the root that each checkpoint says. A package of
   one issuer has a proof for each event, and for each checkpoint that it continues the one before.
5. requests.ndjson: each answered request follows the one before in a chain, whose link each
   checkpoint says too.
6. With --kept, a file of checkpoints that you kept: each must be one of the package. With --key:
   the first key must be this one.

It ends with exit code 1 when anything is wrong. What it cannot see: what the operator of the
timeline, who has the key, wrote anew before anybody kept a checkpoint; whether the clock was right;
and, in a package of one issuer, whether events of it were left out.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import html
import json
import re
import sys
from pathlib import Path
from typing import Any, Iterator, NamedTuple, Tuple

# Ed25519 verification, by RFC 8032 section 5.1. Nothing here is secret, so nothing need be constant
# in time. Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)
_Point = Tuple[int, int, int, int]


def _add(p: _Point, q: _Point) -> _Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % _P, (p[1] + p[0]) * (q[1] + q[0]) % _P
    c, d = 2 * p[3] * q[3] * _D % _P, 2 * p[2] * q[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(number: int, point: _Point) -> _Point:
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _add(found, point)
        point = _add(point, point)
        number >>= 1
    return found


def _point(data: bytes) -> _Point | None:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return (x, y, 1, x * y % _P)


_BASE = _point((4 * pow(5, -1, _P) % _P).to_bytes(32, "little")) or (0, 1, 1, 0)


def ed25519_verifies(public: bytes, text: bytes, signature: bytes) -> bool:
    """Say whether `signature` is that of `text` under the key `public`."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= _ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + text).digest()
    left = _times(s, _BASE)
    right = _add(r, _times(int.from_bytes(digest, "little") % _ORDER, a))
    return not ((left[0] * right[2] - right[0] * left[2]) % _P
                or (left[1] * right[2] - right[1] * left[2]) % _P)  # fmt: skip


# The Merkle tree, by RFC 6962 section 2.1.


def _sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


class Tree:
    """A tree that grows: the complete subtrees so far, largest first, each a power of two."""

    def __init__(self) -> None:
        self.size, self._peaks = 0, []  # type: ignore[var-annotated]

    def add(self, leaf: bytes) -> None:
        """Add a leaf; equally large neighbours become one."""
        self.size, count = self.size + 1, 1
        while self._peaks and self._peaks[-1][0] == count:
            leaf, count = _sha256(b"\x01", self._peaks.pop()[1], leaf), 2 * count
        self._peaks.append((count, leaf))

    def root(self) -> bytes:
        """Join the subtrees from the right."""
        if not self._peaks:
            return _sha256()
        found = self._peaks[-1][1]
        for _, peak in self._peaks[-2::-1]:
            found = _sha256(b"\x01", peak, found)
        return bytes(found)


def root_by_inclusion(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes | None:
    """Return the root that a proof of inclusion leads to, by RFC 9162 section 2.1.3.2."""
    last, found = size - 1, leaf
    for beside in proof:
        if last == 0:
            return None
        if index & 1 or index == last:
            found = _sha256(b"\x01", beside, found)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = _sha256(b"\x01", found, beside)
        index, last = index >> 1, last >> 1
    return found if last == 0 else None


def is_continued(old: tuple[int, bytes], new: tuple[int, bytes], proof: list[bytes]) -> bool:
    """Say whether a proof shows the first tree to begin the second, by RFC 9162 2.1.4.2."""
    if old[0] == new[0] or old[0] == 0:
        return not proof and (old[0] == 0 or old[1] == new[1])
    path = [old[1], *proof] if old[0] & (old[0] - 1) == 0 else list(proof)
    index, last = old[0] - 1, new[0] - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    if not path:
        return False
    before = after = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            before, after = _sha256(b"\x01", beside, before), _sha256(b"\x01", beside, after)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            after = _sha256(b"\x01", after, beside)
        index, last = index >> 1, last >> 1
    return last == 0 and before == old[1] and after == new[1]


# Signed notes and checkpoints, by C2SP signed-note and tlog-checkpoint.


class Key(NamedTuple):
    """A public key, and the sizes it signs for; `upto` is None for the key in use."""

    name: str
    public: bytes
    since: int
    upto: int | None = None


class Checkpoint(NamedTuple):
    """What one checkpoint says, and its place in checkpoints.txt."""

    place: str
    size: int
    root: bytes
    requests: int
    link: bytes
    signed_at: str


_CHECKPOINT = re.compile(
    r"(\S+)\n(0|[1-9]\d*)\n(\S{44})\nrequests (0|[1-9]\d*) (\S{44})\ntime (\S{27})\n", re.ASCII
)
_KEY = re.compile(
    r"timeline-key/1\n(\S+)\nnumber ([1-9]\d*)\nfrom (0|[1-9]\d*)\ntime (\S{27})\n", re.ASCII
)


def _decoded(text: str) -> bytes:
    """Decode base64 that is written in the one way it should be."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("base64 written in another way")
    return data


def _notes(text: str) -> Iterator[str]:
    """Yield the notes of a file, which stand one after the other."""
    yield from re.findall(r"(?:[^\n]+\n)+\n(?:\u2014 [^\n]+\n)+|.+?(?=\Z)", text, re.DOTALL)


def _is_signed(note: str, *keys: Key) -> bool:
    """Say whether a note has one signature of each of `keys`, in this order, and no more."""
    text, _, lines = note.rpartition("\n\n")
    signatures = lines.split("\n")[:-1]
    return len(signatures) == len(keys) and all(
        _is_signature(line, (text + "\n"), key) for line, key in zip(signatures, keys)
    )


def _is_signature(line: str, text: str, key: Key) -> bool:
    identity = _sha256(key.name.encode(), b"\n\x01", key.public)[:4]
    start = f"\u2014 {key.name} "
    try:
        told = _decoded(line[len(start) :])
        return (line.startswith(start) and told[:4] == identity
                and ed25519_verifies(key.public, text.encode(), told[4:]))  # fmt: skip
    except ValueError:
        return False


# The package.

_FILES = {"checkpoints.txt", "documents.ndjson", "events.ndjson", "keys.txt"}
_MORE = {True: {"requests.ndjson"}, False: {"proofs.ndjson", "consistency.ndjson"}}  # whole or not


class Verification:
    """Goes through a package; `faults` says what is wrong, `told` what was looked at."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.told: list[tuple[str, str]] = []
        self.keys: list[Key] = []
        self.checkpoints: list[Checkpoint] = []
        self.manifest: dict[str, Any] = {}

    def run(self, kept: str | None, first_key: str | None) -> None:
        """Check everything; what cannot even be read is a fault too."""
        for check in (self._files, self._read_keys, self._read_checkpoints, self._read_events,
                      self._read_requests, lambda: self._held_to(kept, first_key)):  # fmt: skip
            try:
                check()
            except (AttributeError, IndexError, KeyError, OSError, TypeError, ValueError) as error:
                self._wrong(f"the package cannot be read: {type(error).__name__}: {error}")

    def _wrong(self, told: str) -> None:
        self.faults.append(told)

    def _text(self, name: str) -> str:
        return _text(self.folder / name)

    def _lines(self, name: str) -> list[str]:
        lines = self._text(name).split("\n")
        if lines.pop():
            self._wrong(f"{name}, line {len(lines) + 1}: does not end")
        return lines

    def _files(self) -> None:
        text = self._text("manifest.json")
        self.manifest = json.loads(text)
        if text != json.dumps(self.manifest, indent=1, sort_keys=True) + "\n":
            self._wrong("manifest.json: is not written as the format says")
        expected = {"format", "issuer", "origin", "size", "root", "requests", "files"}
        if set(self.manifest) != expected or self.manifest["format"] != "timeline-audit/1":
            self._wrong("manifest.json: is not of the format timeline-audit/1")
        if set(self.manifest["files"]) != _FILES | _MORE[self.manifest["issuer"] is None]:
            self._wrong("manifest.json: names other files than such a package has")
        for name, digest in self.manifest["files"].items():
            if hashlib.sha256((self.folder / name).read_bytes()).hexdigest() != digest:
                self._wrong(f"{name}: is not the file that the manifest names")
        self.told.append(("files", ", ".join(self.manifest["files"])))
        issuer = self.manifest["issuer"]
        told = f"events of {issuer}; whether there are more of it is not proven"
        self.told.append(("what is in it", "the whole timeline" if issuer is None else told))

    def _read_keys(self) -> None:
        for number, note in enumerate(_notes(self._text("keys.txt")), 1):
            try:
                key, counted = self._key(note)
            except ValueError as error:
                self._wrong(f"keys.txt, key {number}: cannot be read: {error}")
                continue
            if counted != number or not _is_signed(note, key, *self.keys[-1:]):
                self._wrong(f"keys.txt, key {number}: is not signed by itself and the one before")
            self.keys[-1:] = [one._replace(upto=key.since) for one in self.keys[-1:]]
            self.keys.append(key)
            self.told.append(
                (f"key {number}", f"{note.splitlines()[1]} from {key.since} events on")
            )

    def _key(self, note: str) -> tuple[Key, int]:
        told = _KEY.fullmatch(note.rpartition("\n\n")[0] + "\n")
        if told is None:
            raise ValueError("no record of a key")
        name, identity, encoded = told[1].split("+", 2)
        public = _decoded(encoded)[1:]
        if identity != _sha256(name.encode(), b"\n\x01", public)[:4].hex():
            raise ValueError("the key's id is another")
        return Key(name, public, int(told[3])), int(told[2])

    def _read_checkpoints(self) -> None:
        for number, note in enumerate(_notes(self._text("checkpoints.txt")), 1):
            place = f"checkpoints.txt, checkpoint {number}"
            told = _CHECKPOINT.fullmatch(note.rpartition("\n\n")[0] + "\n")
            if told is None:
                self._wrong(f"{place}: cannot be read")
                continue
            size = int(told[2])
            turn = [k for k in self.keys if k.since <= size and (k.upto is None or size <= k.upto)]
            if not any(k.name == told[1] and _is_signed(note, k) for k in turn):
                self._wrong(f"{place}: is not signed by the key whose turn it was")
            one = Checkpoint(
                place, size, _decoded(told[3]), int(told[4]), _decoded(told[5]), told[6]
            )
            before = self.checkpoints[-1] if self.checkpoints else one
            if before.size > size or before.requests > one.requests or before[5] > one.signed_at:
                self._wrong(f"{place}: speaks of less, or of an earlier time, than the one before")
            self.checkpoints.append(one)
        last = self.checkpoints[-1]
        said = {"size": last.size, "root": base64.b64encode(last.root).decode(),
                "requests": last.requests, "origin": self.keys[0].name}  # fmt: skip
        for name, value in said.items():
            if self.manifest.get(name) != value:
                self._wrong(f"manifest.json: {name} is not that of the last checkpoint")
        self.told.append(("checkpoints", f"{len(self.checkpoints)}, the last at {last.signed_at}"))
        self.told.append(("root", f"{said['root']} over {last.size} events"))

    def _read_events(self) -> None:
        issuer = self.manifest["issuer"]
        leaves = self._leaves(issuer)
        documents = self._whole(leaves) if issuer is None else self._by_proofs(leaves)
        for number, (found, derived) in enumerate(
            zip(self._lines("documents.ndjson"), documents), 1
        ):
            if found != derived:
                self._wrong(f"documents.ndjson, line {number}: is not what the events say")
        if len(self._lines("documents.ndjson")) != len(documents):
            self._wrong("documents.ndjson: has more or fewer documents than the events")
        self.told.append(("hashes of documents", str(len(documents))))

    def _leaves(self, issuer: str | None) -> Iterator[tuple[int, str, bytes, list[str]]]:
        """Yield position, recorded_at, leaf and document hashes of each event, in order."""
        last, last_at, count = 0, "", 0
        strangers: list[str] = []
        for number, line in enumerate(self._lines("events.ndjson"), 1):
            place = f"events.ndjson, line {number}"
            try:
                event = json.loads(line)
                position, at, canonical = _canonical(event)
                leaf = _sha256(b"\x00", canonical)
                rewritten = _rewritten(event, leaf)
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                self._wrong(f"{place}: position {last + 1} cannot be read: {error}")
                last += 1
                continue
            if event.get("leafhash") != base64.b64encode(leaf).decode():
                self._wrong(f"{place}: position {position}: the event or its leaf was changed")
            elif rewritten != line:
                self._wrong(f"{place}: position {position}: is not written as the format says")
            if position != last + 1 and (issuer is None or position <= last):
                self._wrong(f"{place}: position {last + 1}: is gone; here stands {position}")
            if at < last_at:
                self._wrong(f"{place}: position {position}: was recorded before the one before it")
            if issuer is not None and event["data"]["issuer"] != issuer:
                strangers.append(f"{place}: position {position}: is of another issuer")
            last, last_at, count = position, at, count + 1
            yield position, at, leaf, _documents(event)
        if count and len(strangers) == count:
            strangers = ["manifest.json: issuer: no event is of the one it names"]
        self.faults.extend(strangers)
        self.told.append(("events", f"{count}, the last recorded at {last_at}"))

    def _whole(self, leaves: Iterator[tuple[int, str, bytes, list[str]]]) -> list[str]:
        """Build the tree, and hold each checkpoint to the root at its size."""
        tree, left, documents = Tree(), sorted(self.checkpoints, key=lambda one: one.size), []
        proven, at = 0, ""
        while left and left[0].size == 0:
            self._hold(left.pop(0), tree, at, 0)
        for _, at, leaf, more in leaves:
            tree.add(leaf)
            documents += more
            while left and left[0].size == tree.size:
                self._hold(left.pop(0), tree, at, proven)
                proven = tree.size
        if tree.size != self.checkpoints[-1].size:
            self._wrong(
                f"events.ndjson: ends at position {tree.size}; the last checkpoint speaks of "
                f"{self.checkpoints[-1].size} events"
            )
        return documents

    def _hold(self, one: Checkpoint, tree: Tree, at: str, proven: int) -> None:
        if tree.root() != one.root:
            self._wrong(
                f"{one.place}: has another root: something in positions {proven + 1} to {one.size} "
                "was changed"
            )
        if at > one.signed_at:
            self._wrong(f"{one.place}: was signed before its last event was recorded")

    def _by_proofs(self, leaves: Iterator[tuple[int, str, bytes, list[str]]]) -> list[str]:
        """Hold each event to its proof, and each checkpoint to the one before it."""
        last, documents = self.checkpoints[-1], []
        proofs = self._lines("proofs.ndjson")
        many = 0
        for many, (position, at, leaf, more) in enumerate(leaves, 1):
            documents += more
            told = json.loads(proofs[many - 1])
            if proofs[many - 1] != _json(told) or told["position"] != position:
                self._wrong(f"proofs.ndjson, line {many}: is not that of position {position}")
            path = [_decoded(one) for one in told["proof"]]
            if root_by_inclusion(leaf, position - 1, last.size, path) != last.root:
                self._wrong(f"position {position}: is not proven to be under the last checkpoint")
            if at > last.signed_at:
                self._wrong(f"position {position}: was recorded after the last checkpoint")
        if many != len(proofs):
            self._wrong("proofs.ndjson: has proofs of events that are not there")
        lines = self._lines("consistency.ndjson")
        if len(lines) != len(self.checkpoints) - 1:
            self._wrong("consistency.ndjson: has not one line for each checkpoint but the first")
        for line, old, new in zip(lines, self.checkpoints, self.checkpoints[1:]):
            told = json.loads(line)
            path = [_decoded(one) for one in told["proof"]]
            sizes = (told["from"], told["to"]) == (old.size, new.size) and line == _json(told)
            if not sizes or not is_continued((old.size, old.root), (new.size, new.root), path):
                self._wrong(f"{new.place}: is not proven to continue the one before it")
        return documents

    def _read_requests(self) -> None:
        if self.manifest["issuer"] is not None:
            self.told.append(("answered requests", "are not in a package of one issuer"))
            return
        links, link = [bytes(32)], bytes(32)
        for number, line in enumerate(self._lines("requests.ndjson"), 1):
            told = json.loads(line)
            place = f"requests.ndjson, line {number}: key {told.get('key')!r}"
            link = _sha256(link, _sha256(b"\x00", _request(told)))
            if _decoded(told["link"]) != link:
                self._wrong(f"{place}: the request or its link was changed")
                link = _decoded(told["link"])
            elif line != _json(told) or len(told) != 7:
                self._wrong(f"{place}: is not written as the format says")
            links.append(link)
        for one in self.checkpoints:
            if one.requests >= len(links) or links[one.requests] != one.link:
                self._wrong(f"{one.place}: has another link {one.requests} of answered requests")
        if len(links) - 1 != self.checkpoints[-1].requests:
            self._wrong("requests.ndjson: has more or fewer requests than the last checkpoint")
        self.told.append(("answered requests", str(len(links) - 1)))

    def _held_to(self, kept: str | None, first_key: str | None) -> None:
        if first_key is not None and self._text("keys.txt").split("\n")[1] != first_key:
            self._wrong("keys.txt, key 1: is not the key you name")
        if kept is None:
            self.told.append(("checkpoints you kept", "none: the operator could have begun anew"))
            return
        there = set(_notes(self._text("checkpoints.txt")))
        own = list(_notes(_text(Path(kept))))
        for number, note in enumerate(own, 1):
            if note not in there:
                self._wrong(f"{kept}, checkpoint {number}: is not one of the package")
        self.told.append(("checkpoints you kept", str(len(own))))


def _text(path: Path) -> str:
    """Read a file; a byte that is no UTF-8 is kept as one that nothing can be written with."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _canonical(event: dict[str, Any]) -> tuple[int, str, bytes]:
    """Return position, recorded_at and the canonical bytes of an event."""
    stream, version = event["id"].split("/")
    header = {
        "position": event["position"],
        "recorded_at": event["time"],
        "stream": stream,
        "topic": f"{event['type']}@{event['typeversion']}",
        "version": int(version),
    }
    canonical = f"{_json(header)}\n{_json(event['data'])}".encode()
    return event["position"], event["time"], canonical


def _rewritten(event: dict[str, Any], leaf: bytes) -> str:
    """Write the line anew from what its canonical bytes hold; nothing else may stand in it."""
    data = event["data"]
    return _json({
        "specversion": "1.0", "id": event["id"], "source": f"/v1/issuers/{data['issuer']}",
        "type": event["type"], "typeversion": event["typeversion"], "subject": data["item"],
        "time": event["time"], "datacontenttype": "application/json",
        "position": event["position"], "leafhash": base64.b64encode(leaf).decode(), "data": data,
    })  # fmt: skip


def _documents(event: dict[str, Any]) -> list[str]:
    """Return the hash of a document that the event states or corrects, as documents.ndjson has."""
    data, position = event["data"], event["position"]
    facts = data.get("facts", {})
    told = {"position": position, "issuer": data["issuer"]}
    if data.get("kind") == "document" and "sha256" in facts:
        return [_json({**told, "document": data["item"], "sha256": facts["sha256"]})]
    if data.get("kind") == "correction" and "sha256" in facts.get("set", {}):
        return [_json({**told, "document": facts["corrects"], "sha256": facts["set"]["sha256"]})]
    return []


def _request(told: dict[str, Any]) -> bytes:
    names = ("key", "digest", "first_position", "last_position", "recorded_at")
    return _json({name: told[name] for name in names}).encode() + b"\n" + _decoded(told["answer"])


def _page(found: Verification) -> str:
    """Return a page to print: what was looked at, and what is wrong."""
    rows = "".join(
        f"<tr><th>{html.escape(name)}<td>{html.escape(told)}" for name, told in found.told
    )
    verdict = f"{len(found.faults)} faults" if found.faults else "Nothing was altered"
    faults = "".join(f"<li>{html.escape(fault)}" for fault in found.faults)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Audit of a timeline</title>'
        "<style>body{font:11pt serif;margin:2cm}th{text-align:left;vertical-align:top;"
        "padding-right:1em}td{overflow-wrap:anywhere}</style>"
        f"<h1>{verdict}</h1><table>{rows}</table><ul>{faults}</ul>"
        f"<pre>{html.escape(__doc__ or '')}</pre></html>\n"
    )


def main() -> int:
    """Verify from the command line; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description="Verify an audit package of a timeline.")
    parser.add_argument("folder", nargs="?", default=str(Path(__file__).parent), metavar="DIR")
    parser.add_argument("--kept", metavar="FILE", help="checkpoints that you kept")
    parser.add_argument("--key", help="the first key, as you know it: name+id+key")
    parser.add_argument("--html", metavar="FILE", help="write a page to print")
    asked = parser.parse_args()
    found = Verification(Path(asked.folder))
    found.run(asked.kept, asked.key)
    for name, told in found.told:
        sys.stdout.write(f"{name + ':':<24}{told}\n")
    for fault in found.faults:
        sys.stdout.write(f"FAULT {fault}\n")
    sys.stdout.write(f"{len(found.faults)} faults\n" if found.faults else "nothing was altered\n")
    if asked.html:
        Path(asked.html).write_text(_page(found), encoding="utf-8")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
