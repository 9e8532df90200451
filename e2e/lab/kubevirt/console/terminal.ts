import type { Framebuffer } from "./framebuffer";

interface Written {
  character: string;
  ink: number;
}

/** Lines of coloured text in a part of the framebuffer, with a cursor; only cells that changed are drawn. */
export class Terminal {
  readonly #screen: Framebuffer;
  readonly #top: number;
  readonly #rows: number;
  readonly #paper: number;
  #cells: Written[][];
  #drawn: string[];
  #column = 0;
  #row = 0;

  constructor(screen: Framebuffer, top: number, rows: number, paper: number) {
    this.#screen = screen;
    this.#top = top;
    this.#rows = rows;
    this.#paper = paper;
    this.#cells = Array.from({ length: rows }, () => []);
    this.#drawn = [];
  }

  clear(): void {
    this.#cells = Array.from({ length: this.#rows }, () => []);
    this.#column = 0;
    this.#row = 0;
  }

  print(text: string, ink: number): void {
    for (const character of text) {
      if (character === "\n") this.#newLine();
      else if (character === "\r") this.#column = 0;
      else if (character === "\b") this.#eraseLast();
      else this.#put(character, ink);
    }
  }

  /** Draws what differs from the last drawing; a blinking cursor marks where typing goes. */
  draw(isCursorOn: boolean, forcedCells: Set<number>): void {
    const { columns } = this.#screen;
    for (let row = 0; row < this.#rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const cell = this.#cells[row]?.[column];
        const isCursor = isCursorOn && row === this.#row && column === this.#column;
        const look = `${cell?.character ?? " "}${cell?.ink ?? 0}${isCursor ? "#" : ""}`;
        const index = row * columns + column;
        if (this.#drawn[index] === look && !forcedCells.has((row + this.#top) * columns + column)) continue;
        this.#drawn[index] = look;
        const ink = cell?.ink ?? 0xffffff;
        const colors = isCursor ? { ink: this.#paper, paper: 0xd8dee9 } : { ink, paper: this.#paper };
        this.#screen.drawGlyph({ column, row: row + this.#top }, cell?.character ?? " ", colors);
      }
    }
  }

  /** The text of the screen, for whoever wants to read rather than look. */
  get text(): string {
    return this.#cells
      .map((line) =>
        Array.from(line, (cell) => cell?.character ?? " ")
          .join("")
          .trimEnd(),
      )
      .join("\n");
  }

  #put(character: string, ink: number): void {
    if (this.#column >= this.#screen.columns) this.#newLine();
    const line = this.#cells[this.#row];
    if (line) line[this.#column] = { character, ink };
    this.#column += 1;
  }

  #eraseLast(): void {
    if (this.#column === 0) return;
    this.#column -= 1;
    this.#cells[this.#row]?.splice(this.#column);
  }

  #newLine(): void {
    this.#column = 0;
    if (this.#row < this.#rows - 1) {
      this.#row += 1;
      return;
    }
    this.#cells.shift();
    this.#cells.push([]);
  }
}
