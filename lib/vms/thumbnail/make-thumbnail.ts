import { readPng, type Picture } from "./read-png";
import { renderPng } from "./render-png";

/** Wide enough to read a login prompt, small enough to keep. */
const sideMax = 640;

export interface Thumbnail {
  png: Buffer;
  width: number;
  height: number;
}

/** Decoded, made small and written anew, so that a hostile cluster's bytes reach no browser. */
export async function makeThumbnail(screenshot: Buffer): Promise<Thumbnail> {
  const small = shrink(await readPng(screenshot));
  return { png: await renderPng(small), width: small.width, height: small.height };
}

/** Every pixel is the mean of those that fall on it. */
function shrink(picture: Picture): Picture {
  const scale = Math.min(1, sideMax / Math.max(picture.width, picture.height));
  if (scale === 1) return picture;
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const rows = spanOf(y, height, picture.height);
    for (let x = 0; x < width; x += 1) {
      averageInto(rgb, (y * width + x) * 3, { picture, rows, columns: spanOf(x, width, picture.width) });
    }
  }
  return { width, height, rgb };
}

type Span = readonly [from: number, to: number];

function spanOf(index: number, count: number, whole: number): Span {
  const from = Math.floor((index * whole) / count);
  return [from, Math.max(from + 1, Math.floor(((index + 1) * whole) / count))];
}

function averageInto(
  rgb: Uint8Array,
  at: number,
  { picture, rows, columns }: { picture: Picture; rows: Span; columns: Span },
): void {
  const { rgb: from, width } = picture;
  let [red, green, blue] = [0, 0, 0];
  for (let y = rows[0]; y < rows[1]; y += 1) {
    const end = (y * width + columns[1]) * 3;
    for (let x = (y * width + columns[0]) * 3; x < end; x += 3) {
      red += from[x] ?? 0;
      green += from[x + 1] ?? 0;
      blue += from[x + 2] ?? 0;
    }
  }
  const count = (rows[1] - rows[0]) * (columns[1] - columns[0]);
  rgb[at] = Math.round(red / count);
  rgb[at + 1] = Math.round(green / count);
  rgb[at + 2] = Math.round(blue / count);
}
