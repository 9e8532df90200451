import { z } from "zod";

/** What people look at of a machine, each asked of a worker by itself. */
export type LookKind = "guest" | "screen" | "metrics_1h" | "metrics_6h" | "metrics_24h" | "metrics_7d";

/** The question of every look names the machine, and for measurements the time. */
export const lookQuestion = z.object({ vmId: z.string(), range: z.string().optional() });
