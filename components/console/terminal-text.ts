/** What of a terminal's buffer its text is read from. */
export interface TerminalLines {
  length: number;
  getLine(at: number): { isWrapped: boolean; translateToString(trimRight?: boolean): string } | undefined;
}

/** The text as it was written: a line that the terminal broke is whole again, and blanks at its end are nobody's. */
export function terminalText(buffer: TerminalLines): string {
  const lines: string[] = [];
  for (let at = 0; at < buffer.length; at += 1) {
    const line = buffer.getLine(at);
    if (line === undefined) continue;
    // Only the last part of a broken line may end in blanks that mean nothing.
    const isBroken = buffer.getLine(at + 1)?.isWrapped === true;
    const text = line.translateToString(!isBroken);
    if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
    else lines.push(text);
  }
  return `${lines.join("\n").trimEnd()}\n`;
}
