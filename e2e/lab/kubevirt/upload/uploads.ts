import { UploadTokens } from "./tokens";

/** One image that somebody sent, or began to send. */
export interface ReceivedImage {
  namespace: string;
  /** The claim's name, which is the data volume's too. */
  name: string;
  at: string;
  size: number;
  /** Of the bytes that arrived; empty until they all have. */
  sha256: string;
  format: string;
  outcome: "receiving" | "converting" | "succeeded" | "refused" | "failed" | "aborted";
  reason?: string;
}

export interface UploadSettings {
  /** How long a conversion takes in the pretend world. */
  conversionMs: number;
  /** How many of the next conversions fail. */
  failingConversions: number;
  /** Cuts the connection after this many bytes, for this many of the next uploads. */
  cutAfterBytes: number | undefined;
  cuts: number;
  /** Counts a percentage while converting; CDI itself says N/A. */
  showProgress: boolean;
}

/** The upload servers of all claims: who is sending, and what arrived. */
export class Uploads {
  readonly tokens = new UploadTokens();
  readonly received: ReceivedImage[] = [];
  readonly settings: UploadSettings = {
    conversionMs: 2000,
    failingConversions: 0,
    cutAfterBytes: undefined,
    cuts: 0,
    showProgress: false,
  };
  /** Claims with a sender or a conversion under way; a second sender is turned away. */
  readonly busy = new Set<string>();

  begin(namespace: string, name: string): ReceivedImage {
    const at = new Date().toISOString();
    const image: ReceivedImage = {
      namespace,
      name,
      at,
      size: 0,
      sha256: "",
      format: "",
      outcome: "receiving",
    };
    this.received.push(image);
    return image;
  }

  takeCut(): number | undefined {
    const { cutAfterBytes, cuts } = this.settings;
    if (cutAfterBytes === undefined || cuts < 1) return undefined;
    this.settings.cuts -= 1;
    return cutAfterBytes;
  }

  takeConversionFailure(): boolean {
    if (this.settings.failingConversions < 1) return false;
    this.settings.failingConversions -= 1;
    return true;
  }
}
