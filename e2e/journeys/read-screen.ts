import { expect, type Locator } from "@playwright/test";
import { coverageOf, glyphHeight, glyphWidth } from "@/e2e/lab/kubevirt/console/font";

const lineWidth = 1024;
const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
/** The guest's last line of text names the last key it was given. */
const statusLine = 46;
const firstTerminalRow = 2;

/** What the console shows right now, as one short text. */
function hashPicture(screen: Locator): Promise<string> {
  return screen.evaluate(async (element) => {
    const canvas = element.querySelector("canvas");
    const pixels = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
    if (!pixels) return "no picture";
    const digest = await crypto.subtle.digest("SHA-1", pixels.data);
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  });
}

export async function expectMovingPicture(screen: Locator): Promise<void> {
  await expect.poll(() => hashPicture(screen)).not.toBe("no picture");
  const first = await hashPicture(screen);
  await expect.poll(() => hashPicture(screen)).not.toBe(first);
}

/** Which key the guest says it was given last, read from the pixels of its picture. */
export async function readLastKey(screen: Locator): Promise<string> {
  const text = await readLine(screen, statusLine);
  return /^ ?Key: (.*?) {2,}/.exec(text)?.[1] ?? `unreadable: ${text}`;
}

/** Whether the guest's terminal shows these words now. */
export async function findOnScreen(screen: Locator, words: string): Promise<boolean> {
  for (let row = firstTerminalRow; row < statusLine; row += 1) {
    if ((await readLine(screen, row)).includes(words)) return true;
  }
  return false;
}

async function readLine(screen: Locator, row: number): Promise<string> {
  const top = row * glyphHeight;
  const pixels = await screen.evaluate(readBrightness, { top, width: lineWidth, height: glyphHeight });
  const paper = Math.min(...pixels);
  const ink = Math.max(...pixels);
  const cells = Array.from({ length: lineWidth / glyphWidth }, (_, column) =>
    cellOf(pixels, column).map((brightness) => ((brightness - paper) * 255) / Math.max(1, ink - paper)),
  );
  return cells.map(nearestCharacter).join("");
}

function readBrightness(element: Element, area: { top: number; width: number; height: number }): number[] {
  const canvas = element.querySelector("canvas");
  const pixels = canvas?.getContext("2d")?.getImageData(0, area.top, area.width, area.height).data ?? [];
  return Array.from({ length: area.width * area.height }, (_, index) => pixels[index * 4 + 1] ?? 0);
}

function cellOf(pixels: readonly number[], column: number): number[] {
  return Array.from({ length: glyphWidth * glyphHeight }, (_, index) => {
    const x = column * glyphWidth + (index % glyphWidth);
    return pixels[Math.floor(index / glyphWidth) * lineWidth + x] ?? 0;
  });
}

/** Fainter than this in all of a cell, and no printed character is nearer than the space. */
const faint = 24;

function nearestCharacter(cell: readonly number[]): string {
  if (cell.every((brightness) => brightness < faint)) return " ";
  const distances = printable.map((character) => ({ character, distance: distanceTo(character, cell) }));
  return distances.reduce((best, each) => (each.distance < best.distance ? each : best)).character;
}

function distanceTo(character: string, cell: readonly number[]): number {
  const coverage = coverageOf(character);
  return cell.reduce((sum, strength, index) => sum + (strength - (coverage[index] ?? 0)) ** 2, 0);
}
