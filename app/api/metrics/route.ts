import { meters } from "@/lib/core/metrics";
import { readMetrics } from "@/lib/requests/desks/read-metrics";

const loopback = /^(127\.|::1$)/;

/** For a scraper on the same machine or in the same pod; nobody else learns that it exists. */
export async function GET(request: Request): Promise<Response> {
  const address = request.headers.get("x-shepherd-address") ?? "";
  if (!loopback.test(address)) return new Response(null, { status: 404 });
  const { registry } = meters();
  const text = (await registry.metrics()) + (await readMetrics());
  return new Response(text, { headers: { "content-type": registry.contentType } });
}
