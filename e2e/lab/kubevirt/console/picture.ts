import { bootLog } from "./boot-log";
import type { BootLine } from "./boot-log";
import { glyphHeight, glyphWidth } from "./font";
import { Framebuffer } from "./framebuffer";
import { GuestShell } from "./guest-shell";
import { altKeys, controlKeys, deleteKey, nameOfKey, textOfKey } from "./keysyms";
import { Terminal } from "./terminal";

const colors = {
  paper: 0x0b1220,
  bar: 0x16213a,
  text: 0xd8dee9,
  dim: 0x7b88a1,
  ok: 0x8fd694,
  accent: 0x6cb6ff,
  trail: 0xffb454,
};
const frameMs = 100;
const trailFrames = 12;
const statusRow = 46;

export interface PictureSubject {
  namespace: string;
  name: string;
  cluster: string;
  startedAt: Date;
  isPaused(): boolean;
}

export interface Viewer {
  onFrame(): void;
  onBell(): void;
}

/** The screen of one pretend guest: it boots, shows a moving clock, and answers keyboard and pointer. */
export class Picture {
  readonly screen = new Framebuffer();
  readonly #subject: PictureSubject;
  readonly #terminal = new Terminal(this.screen, 2, 43, colors.paper);
  readonly #shell: GuestShell;
  readonly #viewers = new Set<Viewer>();
  readonly #held = new Set<number>();
  #timer: NodeJS.Timeout | undefined;
  #pendingBoot: BootLine[] = [];
  #trail: { x: number; y: number; age: number }[] = [];
  #stale = new Set<number>();
  #frame = 0;
  #lastKey = "none";
  #pointer = { x: 0, y: 0, buttons: 0 };

  constructor(subject: PictureSubject) {
    this.#subject = subject;
    this.#shell = new GuestShell({
      name: subject.name,
      startedAt: subject.startedAt,
      print: (text) => this.#terminal.print(text, colors.text),
      clear: () => this.#terminal.clear(),
      reboot: () => this.reboot(),
      bell: () => this.#viewers.forEach((viewer) => viewer.onBell()),
    });
    this.screen.fill({ x: 0, y: 0, width: this.screen.width, height: this.screen.height }, colors.paper);
    this.#pendingBoot = bootLog(subject.name);
    const bootedAlready = Date.now() - subject.startedAt.getTime() > this.#pendingBoot.length * frameMs;
    if (bootedAlready) while (this.#pendingBoot.length > 0) this.#printBootLine();
    this.#drawFrame();
  }

  get text(): string {
    return this.#terminal.text;
  }

  attach(viewer: Viewer): () => void {
    this.#viewers.add(viewer);
    this.#timer ??= setInterval(() => this.#tick(), frameMs).unref();
    return () => {
      this.#viewers.delete(viewer);
      if (this.#viewers.size === 0) this.stop();
    };
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  reboot(): void {
    this.#terminal.clear();
    this.#terminal.print("Restarting system.\n", colors.trail);
    this.#pendingBoot = bootLog(this.#subject.name);
  }

  pressKey(keysym: number, isDown: boolean): void {
    if (this.#subject.isPaused()) return;
    if (!isDown) {
      this.#held.delete(keysym);
      return;
    }
    this.#held.add(keysym);
    const isHeld = (keys: number[]) => keys.some((key) => this.#held.has(key));
    const control = isHeld(controlKeys);
    this.#lastKey = [control && "Ctrl", isHeld(altKeys) && "Alt", nameOfKey(keysym)]
      .filter(Boolean)
      .join("+");
    if (control && isHeld(altKeys) && keysym === deleteKey) this.reboot();
    else if (this.#pendingBoot.length === 0) this.#type(keysym, control);
    this.#refresh();
  }

  movePointer(x: number, y: number, buttons: number): void {
    this.#pointer = { x, y, buttons };
    this.#trail.push({ x, y, age: 0 });
    if (this.#trail.length > 60) this.#trail.shift();
  }

  paste(text: string): void {
    if (this.#pendingBoot.length > 0 || this.#subject.isPaused()) return;
    this.#shell.type(text);
    this.#refresh();
  }

  #type(keysym: number, isControlHeld: boolean): void {
    const text = textOfKey(keysym);
    if (!isControlHeld) this.#shell.type(text);
    else if (text.toLowerCase() === "c") this.#shell.type("\x03");
  }

  // A paused guest draws nothing, so its picture stands still.
  #tick(): void {
    if (this.#subject.isPaused()) return;
    this.#frame += 1;
    if (this.#pendingBoot.length > 0) this.#printBootLine();
    this.#refresh();
  }

  #refresh(): void {
    this.screen.nextChange();
    this.#drawFrame();
    for (const viewer of this.#viewers) viewer.onFrame();
  }

  #printBootLine(): void {
    const line = this.#pendingBoot.shift();
    if (!line) return;
    if (line.isOk) {
      this.#terminal.print("[  ", colors.text);
      this.#terminal.print("OK", colors.ok);
      this.#terminal.print(`  ] ${line.text}\n`, colors.text);
    } else {
      this.#terminal.print(`${line.text}\n`, colors.dim);
    }
    if (this.#pendingBoot.length === 0) this.#shell.begin();
  }

  #drawFrame(): void {
    const stale = this.#stale;
    this.#stale = new Set();
    this.#terminal.draw(this.#frame % 10 < 6, stale);
    for (const row of [1, 45]) this.#clearRow(row, stale);
    this.#drawTitle();
    this.#drawStatus();
    this.#drawTrail();
  }

  #clearRow(row: number, stale: Set<number>): void {
    for (let column = 0; column < this.screen.columns; column += 1) {
      if (stale.has(row * this.screen.columns + column))
        this.screen.drawGlyph({ column, row }, " ", { ink: colors.text, paper: colors.paper });
    }
  }

  #drawTitle(): void {
    const { namespace, name, cluster } = this.#subject;
    const left = ` ${namespace}/${name}`;
    const right = `${cluster}  ${new Date().toISOString().slice(11, 19)} UTC `;
    const gap = " ".repeat(Math.max(1, this.screen.columns - left.length - right.length));
    this.screen.drawText({ column: 0, row: 0 }, left + gap + right, {
      ink: colors.accent,
      paper: colors.bar,
    });
  }

  #drawStatus(): void {
    const { x, y, buttons } = this.#pointer;
    const text = ` Key: ${this.#lastKey.padEnd(24)} Pointer: ${String(x).padStart(4)},${String(y).padEnd(4)} Buttons: ${buttons}`;
    this.screen.drawText({ column: 0, row: statusRow }, text.padEnd(this.screen.columns), {
      ink: colors.dim,
      paper: colors.bar,
    });
    const top = (statusRow + 1) * glyphHeight;
    this.screen.fill({ x: 0, y: top, width: this.screen.width, height: glyphHeight }, colors.bar);
    const at = (this.#frame * 12) % (this.screen.width + 160);
    for (let step = 0; step < 10; step += 1) {
      this.screen.drawDot({ x: at - step * 16, y: top + glyphHeight / 2 }, 5, colors.accent, 255 - step * 24);
    }
  }

  #drawTrail(): void {
    this.#trail = this.#trail
      .map((dot) => ({ ...dot, age: dot.age + 1 }))
      .filter((dot) => dot.age < trailFrames);
    for (const { x, y, age } of [...this.#trail, { ...this.#pointer, age: 0 }]) {
      if (x === 0 && y === 0) continue;
      this.screen.drawDot({ x, y }, 4, colors.trail, 220 - age * 16);
      this.#markStale(x, y);
    }
  }

  #markStale(x: number, y: number): void {
    for (let row = Math.floor((y - 6) / glyphHeight); row <= Math.floor((y + 6) / glyphHeight); row += 1) {
      for (
        let column = Math.floor((x - 6) / glyphWidth);
        column <= Math.floor((x + 6) / glyphWidth);
        column += 1
      ) {
        this.#stale.add(row * this.screen.columns + column);
      }
    }
  }
}
