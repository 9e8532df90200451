/** Which kinds of approval systems outside there are, and what is said between them and the portal (spec §5.25). */
export const deskTypes = ["webhook", "servicenow", "jira"] as const;
export type DeskType = (typeof deskTypes)[number];

/** What a desk's own word for a state can mean. */
export const deskMeanings = ["pending", "approved", "rejected", "cancelled"] as const;
export type DeskMeaning = (typeof deskMeanings)[number];

/** Where a request at a desk stands. */
export const deskRequestStates = ["sending", "waiting", "decided", "failed", "withdrawn"] as const;

export const deliveryKinds = ["push", "poll", "cancel", "test", "callback"] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];
export const deliveryOutcomes = ["delivered", "failed", "refused"] as const;
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

/** What a desk is asked to decide. */
export interface DeskQuestion {
  ticketId: string;
  /** The key under which the same question is one question, however often it is sent. */
  reference: string;
  title: string;
  /** For people, as plain text. */
  summary: string;
  /** For programs (spec §5.25). */
  body: Record<string, unknown>;
}

/** What the desk calls it, where it says so. */
export interface DeskReceipt {
  externalId: string | null;
  externalUrl: string | null;
}

export interface DeskVerdict {
  approved: boolean;
  /** Who decided, by the name to show and by every name they are known under. */
  approver: { name: string; knownAs: string[] };
  providerDecisionId: string;
  comment: string | null;
}

export type DeskStatus =
  | { meaning: "pending" | "cancelled"; word: string }
  | { meaning: "decided"; word: string; verdict: DeskVerdict };

/** Where a question lies at the desk. */
export interface DeskPlace {
  ticketId: string;
  reference: string;
  externalId: string | null;
}

/** One approval system outside, whatever it speaks. */
export interface Desk {
  /** @param again it may have arrived before; the desk is then asked whether it has it. */
  submit: (question: DeskQuestion, again: boolean) => Promise<DeskReceipt>;
  /** Null where the desk tells by itself and cannot be asked. */
  checkStatus: ((place: DeskPlace) => Promise<DeskStatus>) | null;
  cancel: (place: DeskPlace, reason: string) => Promise<void>;
  /** A real exchange that leaves nothing to decide; answers with what the desk said. */
  test: (question: DeskQuestion) => Promise<string>;
}

/** One call to a desk's address, guarded and recorded by whoever made it. */
export type DeskCall = (wanted: {
  method: "GET" | "POST" | "PATCH";
  url: string;
  headers?: Record<string, string>;
  body?: string;
}) => Promise<{ status: number; text: string }>;
