import { readPlatformHealth } from "@/lib/settings/queries";

/** Whether the portal is of use, and which part is missing when it is not. */
export async function GET(): Promise<Response> {
  const health = await readPlatformHealth();
  const isReady = health.database === "up" && health.worker === "up";
  const body = { status: isReady ? "ok" : "unavailable", parts: health };
  return Response.json(body, { status: isReady ? 200 : 503, headers: { "cache-control": "no-store" } });
}
