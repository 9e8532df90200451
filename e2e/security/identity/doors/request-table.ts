import type { Sent } from "./call-door";
import type { Furniture } from "./furnish-system";

export type Filled = Pick<Sent, "query" | "body">;

/** By method and path: what is right to ask there of this furniture. */
export type Requests = Record<string, (furniture: Furniture) => Filled>;

export const fresh = () => `x${Math.random().toString(36).slice(2, 10)}`;
