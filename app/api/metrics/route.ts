import { meters } from "@/lib/core/metrics";

const loopback = /^(127\.|::1$)/;

/** For a scraper on the same machine or in the same pod; nobody else learns that it exists. */
export async function GET(request: Request): Promise<Response> {
  const address = request.headers.get("x-shepherd-address") ?? "";
  if (!loopback.test(address)) return new Response(null, { status: 404 });
  const { registry } = meters();
  return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
}
