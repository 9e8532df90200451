import { GuestShell } from "./guest-shell";

/** The serial line of a pretend guest: a login prompt that answers what is typed. */
export class SerialLine {
  readonly #shell: GuestShell;
  readonly #send: (bytes: Buffer) => void;

  constructor(name: string, startedAt: Date, send: (bytes: Buffer) => void) {
    this.#send = send;
    const write = (text: string) => this.#write(text);
    this.#shell = new GuestShell({
      name,
      startedAt,
      print: write,
      clear: () => write("\x1b[2J\x1b[H"),
      bell: () => write("\x07"),
      reboot: () => {
        write("\nRestarting system.\n");
        this.#shell.begin();
      },
    });
    this.#shell.begin();
  }

  receive(bytes: Buffer): void {
    this.#shell.type(bytes.toString("utf8"));
  }

  // A terminal moves the cursor back for a backspace but leaves the character, so it is overwritten.
  #write(text: string): void {
    const forTerminal = text.replaceAll("\b", "\b \b").replace(/\r?\n/g, "\r\n");
    this.#send(Buffer.from(forTerminal, "utf8"));
  }
}
