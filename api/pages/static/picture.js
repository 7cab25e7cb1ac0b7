// The chart as a file: one SVG with everything in it, or that as PNG, or its rows as CSV.

const SVG = "http://www.w3.org/2000/svg";
const LOOKS = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity"];
const [LABEL, TOLD, MARGIN, LINE] = [300, 190, 20, 17];

function shape(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Return the visible rows as one SVG element whose looks are attributes, so it needs no style. */
export function picture({ title, groups, axis, width, nowX }) {
  const ink = getComputedStyle(document.body).color;
  const paper = getComputedStyle(document.body).backgroundColor;
  const font = { "font-family": "system-ui, sans-serif", "font-size": 13, fill: ink };
  const left = MARGIN + LABEL;
  const whole = shape("svg", { xmlns: SVG });
  const background = whole.appendChild(shape("rect", { width: "100%", height: "100%", fill: paper }));
  whole.append(shape("text", { ...font, "font-size": 17, "font-weight": 600, x: MARGIN, y: 32 }, title));
  const top = 64;
  whole.append(placed(dressed(axis), left, top));
  let y = top + 14;
  for (const group of groups) {
    y += 26;
    whole.append(shape("text", { ...font, "font-weight": 600, x: MARGIN, y }, group.title));
    y += 8;
    for (const row of group.rows) {
      const lines = wrapped(row.label);
      lines.forEach((line, n) => whole.append(shape("text", { ...font, x: MARGIN, y: y + 18 + n * LINE }, line)));
      whole.append(placed(dressed(row.svg), left, y));
      whole.append(shape("text", { ...font, x: left + width + 12, y: y + 18 }, row.told));
      y += Math.max(Number(row.svg.getAttribute("height")), lines.length * LINE + 8);
    }
  }
  background.after(shape("path", { d: `M${left + nowX} ${top}V${y}`, stroke: ink, "stroke-width": 1.5 }));
  const size = { width: left + width + TOLD + MARGIN, height: y + MARGIN };
  for (const key in size) whole.setAttribute(key, size[key]);
  whole.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  return whole;
}

function wrapped(text) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if ((lines.at(-1) + word).length > 42) lines.push("");
    lines[lines.length - 1] += `${word} `;
  }
  return lines.map((line) => line.trimEnd());
}

function placed(parts, x, y) {
  const group = shape("g", { transform: `translate(${x} ${y})` });
  group.append(...parts);
  return group;
}

/** Copy what is in a live SVG, with its computed looks written out. */
function dressed(live) {
  return [...live.children].map((child) => {
    const copy = child.cloneNode(true);
    const pairs = [[child, copy], ...zip(child.querySelectorAll("*"), copy.querySelectorAll("*"))];
    for (const [from, to] of pairs) {
      const style = getComputedStyle(from);
      for (const look of LOOKS) to.setAttribute(look, style.getPropertyValue(look));
      if (from.tagName === "text") to.setAttribute("font-size", 12);
      to.removeAttribute("class");
    }
    return copy;
  });
}

const zip = (some, others) => [...some].map((one, n) => [one, others[n]]);

export function svgFile(whole) {
  return new Blob([new XMLSerializer().serializeToString(whole)], { type: "image/svg+xml" });
}

export async function pngFile(whole) {
  const image = new Image();
  const url = URL.createObjectURL(svgFile(whole));
  image.src = url;
  await image.decode();
  const [width, height] = [image.width, image.height];
  const scale = Math.min(2, Math.sqrt(120e6 / (width * height)), 16000 / height);
  const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.drawImage(image, 0, 0);
  URL.revokeObjectURL(url);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** Rows of cells as CSV by RFC 4180; what a spreadsheet would run as a formula is told as text. */
export function csvFile(rows) {
  const cell = (value) => {
    let text = String(value ?? "");
    if (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text))) text = `'${text}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return new Blob([rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")], { type: "text/csv" });
}

export function save(file, name) {
  const url = URL.createObjectURL(file);
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
