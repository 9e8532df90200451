/** What became of the last attempt to see a machine's screen. */
export type ScreenState = "shown" | "no_screen" | "stopped" | "denied" | "unreachable" | "refused";

/** What a person may see of a machine's screen: the picture follows the console's rule. */
export type ScreenStanding =
  | { kind: "open" }
  /** The console asks for an approval there, and so does its picture. */
  | { kind: "needs_grant" }
  /** A production console asks for a fresh second factor, and so does its picture. */
  | { kind: "needs_step_up" }
  | { kind: "no_permission" }
  | { kind: "no_screen" };

export interface ScreenPicture {
  png: Uint8Array<ArrayBuffer>;
  hash: string;
  takenAt: Date;
}
