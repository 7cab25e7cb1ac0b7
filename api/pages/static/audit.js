// The inclusion proof of an event, computed here: nothing that the server says of it is believed
// but the event's bytes, the hashes beside its path, and what the key has signed.

const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const base64 = (data) => btoa(String.fromCharCode(...data));
const joined = (...parts) => {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
const [LEAF, NODE, ED25519] = [[0], [1], [1]].map((one) => Uint8Array.from(one));
const text = new TextEncoder();

/** The root that a proof leads to from a leaf (RFC 9162, 2.1.3.2); null where it does not fit. */
export async function rootOf(leaf, index, size, proof) {
  if (index < 0 || index >= size) return null;
  let [place, last, root] = [index, size - 1, leaf];
  for (const beside of proof) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      root = await sha256(NODE, beside, root);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else root = await sha256(NODE, root, beside);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : null;
}

/** A checkpoint's text, what it says, and its signatures. */
export function readNote(note) {
  const cut = note.indexOf("\n\n");
  const [told, lines] = [note.slice(0, cut + 1), note.slice(cut + 2)];
  const [origin, size, root] = told.split("\n");
  const signatures = lines.split("\n").filter(Boolean).map((line) => {
    const [, name, signature] = line.split(" ");
    return { name, id: bytes(signature).slice(0, 4), signature: bytes(signature).slice(4) };
  });
  return { told, origin, size: Number(size), root, signatures };
}

/** The name of the key that has signed `note`; null where none of `keys` has. */
async function signer(note, keys) {
  for (const key of keys) {
    const raw = bytes(key.split("+").slice(2).join("+")).slice(1);
    const name = key.split("+")[0];
    const id = (await sha256(text.encode(`${name}\n`), ED25519, raw)).slice(0, 4);
    const own = note.signatures.find((one) => one.name === name && base64(one.id) === base64(id));
    if (!own) continue;
    const read = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
    if (await crypto.subtle.verify("Ed25519", read, own.signature, text.encode(note.told))) return key;
  }
  return null;
}

async function check(box) {
  const position = Number(box.dataset.position);
  if (!crypto.subtle) return tell(box, "", "Not checked.", "This browser computes hashes on loopback and https only.");
  const answer = await fetch(`/audit/proof.json?position=${position}`);
  const told = await answer.json();
  if (!answer.ok) return tell(box, "bad", "Not proven.", told.detail);
  const record = bytes(told.record);
  if (told.proof === null) return tell(box, "", "Not signed yet.", "No checkpoint speaks of it so far.", record);
  const note = readNote(told.checkpoint);
  const leaf = await sha256(LEAF, record);
  const root = await rootOf(leaf, position - 1, note.size, told.proof.map(bytes));
  const found = root === null ? "no root at all" : base64(root);
  if (headerOf(record).position !== position) return tell(box, "bad", "Not proven.", "The bytes are of another event.", record);
  if (found !== note.root) return tell(box, "bad", "Not proven.", `These bytes lead to ${found}, but ${note.root} is signed. Something was altered.`, record);
  const by = await signer(note, told.keys);
  if (!by) return tell(box, "bad", "Not proven.", "The checkpoint is not signed by the key of this log.", record);
  return tell(box, "good", "Proven by this browser.", `The bytes below hash to the leaf ${base64(leaf)}; with ${told.proof.length} hashes beside it, it leads to the root ${found} of ${note.size} events, which ${by} has signed.`, record);
}

function headerOf(record) {
  try {
    return JSON.parse(new TextDecoder().decode(record).split("\n", 1)[0]);
  } catch {
    return {};
  }
}

function tell(box, look, verdict, why, record) {
  box.className = `proof ${look}`;
  const strong = Object.assign(document.createElement("strong"), { textContent: verdict });
  const span = Object.assign(document.createElement("span"), { textContent: ` ${why}` });
  box.replaceChildren(strong, span);
  if (record) {
    const details = document.createElement("details");
    const summary = Object.assign(document.createElement("summary"), { textContent: "The bytes that were hashed" });
    const shown = Object.assign(document.createElement("pre"), { className: "code", tabIndex: 0, textContent: new TextDecoder().decode(record) });
    shown.setAttribute("aria-label", "The bytes that were hashed");
    details.append(summary, shown);
    box.append(details);
  }
  box.dataset.checked = look || "open";
}

for (const box of document.querySelectorAll(".proof")) {
  check(box).catch((error) => tell(box, "bad", "Not proven.", `The check failed: ${error.message}`));
}
