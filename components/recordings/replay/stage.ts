/** What a recording is shown on. */
export interface Stage {
  /** Nothing can be shown before the two sides have greeted each other. */
  readonly hasGreeting: boolean;
  /** Clears it, as at the beginning of a session. */
  restart(): void;
  /** @throws when it cannot show what it is given */
  feed(bytes: Uint8Array<ArrayBuffer>): void;
  /** Takes it down. */
  close(): void;
}

export type OpenStage = (target: HTMLElement, signal: AbortSignal) => Promise<Stage>;

/** The stage cannot show what it was given, most likely because something before it is missing. */
export class UnshowablePicture extends Error {
  constructor() {
    super("the picture cannot be drawn");
    this.name = "UnshowablePicture";
  }
}
