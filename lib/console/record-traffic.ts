import { db } from "@/lib/core/db";

export interface Traffic {
  jti: string;
  /** To the browser, and from it. */
  bytesSent: number;
  bytesReceived: number;
}

/** What open sessions have carried so far, for those who look at them; their end writes the last word. */
export async function recordTraffic(traffic: readonly Traffic[]): Promise<void> {
  if (traffic.length === 0) return;
  await db().$executeRaw`
    UPDATE vnc_access_tokens t SET bytes_sent = n.sent, bytes_received = n.received
    FROM unnest(${traffic.map(({ jti }) => jti)}::text[], ${traffic.map(({ bytesSent }) => bytesSent)}::bigint[],
      ${traffic.map(({ bytesReceived }) => bytesReceived)}::bigint[]) AS n (jti, sent, received)
    WHERE t.jti = n.jti AND t.closed_at IS NULL`;
}
