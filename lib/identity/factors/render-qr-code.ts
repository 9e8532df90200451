import { encode } from "uqr";

export interface QrCode {
  size: number;
  path: string;
}

/** A QR code as one SVG path in a square of `size` units, with the quiet margin that cameras need. */
export function renderQrCode(text: string): QrCode {
  const { size, data } = encode(text, { ecc: "M", border: 4 });
  const rows = data.map((row, y) => runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`));
  return { size, path: rows.flat().join("") };
}

/** Where dark squares stand side by side: first place and length. */
function runsOf(row: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  for (let at = 0; at < row.length; at += 1) {
    if (!row[at]) continue;
    const end = row.indexOf(false, at);
    const length = (end === -1 ? row.length : end) - at;
    runs.push([at, length]);
    at += length;
  }
  return runs;
}
