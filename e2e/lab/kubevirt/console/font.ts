export const glyphWidth = 8;
export const glyphHeight = 16;

// One glyph per printable ASCII character from the space on: five columns of a 5×8 grid, lowest bit on top.
const columns = [
  "0000000000 00005f0000 0007000700 147f147f14 242a7f2a12 2313086462 3649562050 0000070000",
  "001c224100 0041221c00 14083e0814 08083e0808 0000b07000 0808080808 0000606000 2010080402",
  "3e5149453e 00427f4000 7251494946 2241494936 1814127f10 2745454539 3c4a494931 0171090503",
  "3649494936 464949291e 0000363600 0000b67600 0814224100 1414141414 0041221408 0201510906",
  "3e415d4d0e 7e1111117e 7f49494936 3e41414122 7f4141413e 7f49494941 7f09090901 3e41495132",
  "7f0808087f 00417f4100 2040413f01 7f08142241 7f40404040 7f020c027f 7f0408107f 3e4141413e",
  "7f09090906 3e4151215e 7f09192946 2649494932 01017f0101 3f4040403f 1f2040201f 7f2018207f",
  "6314081463 0708700807 6151494543 007f414100 0204081020 0041417f00 0402010204 8080808080",
  "0001020400 2054545478 7f44444438 3844444428 384444447f 3854545418 087e090200 18a4a4a47c",
  "7f04040478 00447d4000 4080847d00 7f10284400 00417f4000 7c04780478 7c04040478 3844444438",
  "fc24242418 18242424fc 7c08040408 4854545424 043f442400 3c40407c40 1c2040201c 3c4030403c",
  "4428102844 1ca0a0a07c 4464544c44 0008364100 0000770000 0041360800 0804081008",
].flatMap((line) => line.split(" "));

const strokeRadius = 0.72;

/** How much of each pixel of a glyph is ink, 0 to 255, row by row. */
export function coverageOf(character: string): Uint8Array {
  const known = cache.get(character);
  if (known) return known;
  const coverage = draw(columns[character.charCodeAt(0) - 32] ?? columns["?".charCodeAt(0) - 32] ?? "");
  cache.set(character, coverage);
  return coverage;
}

const cache = new Map<string, Uint8Array>();

interface Dot {
  x: number;
  y: number;
}

/** Joins neighbouring dots by round strokes, which turns the coarse grid into smooth letters. */
function draw(code: string): Uint8Array {
  const isSet = (column: number, row: number) =>
    ((Number.parseInt(code.slice(column * 2, column * 2 + 2), 16) >> row) & 1) === 1;
  const strokes: [Dot, Dot][] = [];
  for (let column = 0; column < 5; column += 1) {
    for (let row = 0; row < 8; row += 1) {
      if (isSet(column, row)) strokes.push(...strokesFrom(column, row, isSet));
    }
  }
  const coverage = new Uint8Array(glyphWidth * glyphHeight);
  for (let y = 0; y < glyphHeight; y += 1) {
    for (let x = 0; x < glyphWidth; x += 1) {
      const nearest = Math.min(
        ...strokes.map(([from, to]) => distance({ x: x + 0.5, y: y + 0.5 }, from, to)),
        9,
      );
      coverage[y * glyphWidth + x] = Math.round(255 * Math.min(1, Math.max(0, strokeRadius + 0.5 - nearest)));
    }
  }
  return coverage;
}

function strokesFrom(
  column: number,
  row: number,
  isSet: (column: number, row: number) => boolean,
): [Dot, Dot][] {
  const here = place(column, row);
  const strokes: [Dot, Dot][] = [[here, here]];
  if (isSet(column + 1, row)) strokes.push([here, place(column + 1, row)]);
  if (isSet(column, row + 1)) strokes.push([here, place(column, row + 1)]);
  // A diagonal is drawn only where the corner is not already joined around one of its sides.
  for (const step of [1, -1]) {
    if (!isSet(column + step, row + 1) || isSet(column + step, row) || isSet(column, row + 1)) continue;
    strokes.push([here, place(column + step, row + 1)]);
  }
  return strokes;
}

function place(column: number, row: number): Dot {
  return { x: 1.3 + column * 1.35, y: 2.6 + row * 1.6 };
}

function distance(point: Dot, from: Dot, to: Dot): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along =
    length === 0 ? 0 : Math.max(0, Math.min(1, ((point.x - from.x) * dx + (point.y - from.y) * dy) / length));
  return Math.hypot(point.x - from.x - along * dx, point.y - from.y - along * dy);
}
