import { temporal } from "@temporalio/proto";

/**
 * A history in the JSON of Temporal's protocol, as its own tools export it. The SDK's reader of it refuses every history where
 * npm has laid the protocol's library down more than once, so that times are brought into their own shape here.
 */
export function readHistory(json: string): unknown {
  const history: unknown = JSON.parse(json, (key, value: unknown) => {
    if (typeof value !== "string") return value;
    if (key === "eventTime") return instantOf(value);
    return key.endsWith("Timeout") ? durationOf(value) : value;
  });
  if (typeof history !== "object" || history === null) throw new Error("no history");
  return temporal.api.history.v1.History.fromObject(history);
}

function instantOf(text: string): object {
  const ms = Date.parse(text);
  return { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 };
}

function durationOf(text: string): object {
  const ms = Math.round(Number(text.replace(/s$/, "")) * 1000);
  return { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 };
}
