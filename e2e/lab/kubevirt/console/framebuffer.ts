import { coverageOf, glyphHeight, glyphWidth } from "./font";

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a character stands, counted in characters. */
export interface Cell {
  column: number;
  row: number;
}

export interface Colors {
  ink: number;
  paper: number;
}

/** Pixels as 0xRRGGBB, and for each character cell the number of the last change that touched it. */
export class Framebuffer {
  readonly width = 1024;
  readonly height = 768;
  readonly columns = this.width / glyphWidth;
  readonly rows = this.height / glyphHeight;
  readonly pixels = new Uint32Array(this.width * this.height);
  readonly #changes = new Uint32Array(this.columns * this.rows);
  change = 1;

  fill(area: Rectangle, color: number): void {
    const right = Math.min(this.width, area.x + area.width);
    const bottom = Math.min(this.height, area.y + area.height);
    for (let y = Math.max(0, area.y); y < bottom; y += 1) {
      this.pixels.fill(color, y * this.width + Math.max(0, area.x), y * this.width + right);
    }
    this.#touch(area);
  }

  drawGlyph({ column, row }: Cell, character: string, { ink, paper }: Colors): void {
    const coverage = coverageOf(character);
    const left = column * glyphWidth;
    const top = row * glyphHeight;
    for (let y = 0; y < glyphHeight; y += 1) {
      const line = (top + y) * this.width + left;
      for (let x = 0; x < glyphWidth; x += 1) {
        this.pixels[line + x] = blend(paper, ink, coverage[y * glyphWidth + x] ?? 0);
      }
    }
    this.#changes[row * this.columns + column] = this.change;
  }

  drawText({ column, row }: Cell, text: string, colors: Colors): void {
    for (let index = 0; index < text.length && column + index < this.columns; index += 1) {
      this.drawGlyph({ column: column + index, row }, text[index] ?? " ", colors);
    }
  }

  drawDot(center: { x: number; y: number }, radius: number, color: number, strength: number): void {
    const area = {
      x: Math.floor(center.x - radius),
      y: Math.floor(center.y - radius),
      width: radius * 2 + 2,
      height: radius * 2 + 2,
    };
    for (let y = Math.max(0, area.y); y < Math.min(this.height, area.y + area.height); y += 1) {
      for (let x = Math.max(0, area.x); x < Math.min(this.width, area.x + area.width); x += 1) {
        const edge = radius + 0.5 - Math.hypot(x - center.x, y - center.y);
        const part = Math.max(0, Math.min(1, edge)) * strength;
        const index = y * this.width + x;
        if (part > 0) this.pixels[index] = blend(this.pixels[index] ?? 0, color, part);
      }
    }
    this.#touch(area);
  }

  /** Ends a frame: what is drawn from now on counts as a later change. */
  nextChange(): void {
    this.change += 1;
  }

  /** The parts of an area that changed after a given frame, as few rectangles as rows of cells allow. */
  changedSince(change: number, area: Rectangle): Rectangle[] {
    const open = new Map<string, Rectangle>();
    const done: Rectangle[] = [];
    const { left, top, right, bottom } = this.#cellsOf(area);
    for (let row = top; row < bottom; row += 1) {
      const runs = this.#runsIn(row, left, right, change);
      const keys = new Set(runs.map((run) => `${run.x}:${run.width}`));
      for (const [key, rectangle] of open) {
        if (keys.has(key)) continue;
        done.push(rectangle);
        open.delete(key);
      }
      for (const run of runs) {
        const above = open.get(`${run.x}:${run.width}`);
        if (above) above.height += glyphHeight;
        else open.set(`${run.x}:${run.width}`, run);
      }
    }
    return [...done, ...open.values()].map((rectangle) => intersect(rectangle, area));
  }

  #runsIn(row: number, left: number, right: number, change: number): Rectangle[] {
    const runs: Rectangle[] = [];
    let run: Rectangle | undefined;
    for (let column = left; column < right; column += 1) {
      if ((this.#changes[row * this.columns + column] ?? 0) <= change) {
        run = undefined;
      } else if (run) {
        run.width += glyphWidth;
      } else {
        run = { x: column * glyphWidth, y: row * glyphHeight, width: glyphWidth, height: glyphHeight };
        runs.push(run);
      }
    }
    return runs;
  }

  #cellsOf(area: Rectangle): { left: number; top: number; right: number; bottom: number } {
    return {
      left: Math.max(0, Math.floor(area.x / glyphWidth)),
      top: Math.max(0, Math.floor(area.y / glyphHeight)),
      right: Math.min(this.columns, Math.ceil((area.x + area.width) / glyphWidth)),
      bottom: Math.min(this.rows, Math.ceil((area.y + area.height) / glyphHeight)),
    };
  }

  #touch(area: Rectangle): void {
    const { left, top, right, bottom } = this.#cellsOf(area);
    for (let row = top; row < bottom; row += 1) {
      this.#changes.fill(this.change, row * this.columns + left, row * this.columns + right);
    }
  }
}

function intersect(one: Rectangle, other: Rectangle): Rectangle {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  return {
    x,
    y,
    width: Math.min(one.x + one.width, other.x + other.width) - x,
    height: Math.min(one.y + one.height, other.y + other.height) - y,
  };
}

function blend(under: number, over: number, part: number): number {
  if (part >= 255) return over;
  if (part <= 0) return under;
  const mix = (shift: number) => {
    const from = (under >> shift) & 255;
    return from + Math.round(((((over >> shift) & 255) - from) * part) / 255);
  };
  return (mix(16) << 16) | (mix(8) << 8) | mix(0);
}
