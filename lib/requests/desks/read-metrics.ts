import { db } from "@/lib/core/db";

interface Counted {
  type: string;
  status: string;
  count: number;
}

const latencyBuckets = [1, 5, 30, 60, 300, 900, 3_600, 14_400, 86_400];

/** Counted from the rows, because the calls are made by the worker and asked about here; in the text format of Prometheus. */
export async function readMetrics(): Promise<string> {
  const [requests, errors, latencies] = await Promise.all([
    db().$queryRaw<Counted[]>`
      SELECT d.type, r.status, count(*)::int AS count FROM external_approval_requests r
      JOIN external_approval_systems d ON d.id = r.external_system_id GROUP BY d.type, r.status ORDER BY 1, 2`,
    db().$queryRaw<{ type: string; count: number }[]>`
      SELECT type, sum(error_count)::int AS count FROM external_approval_systems GROUP BY type ORDER BY 1`,
    readLatencies(),
  ]);
  const fallbacks = requests.filter(({ status }) => status === "failed");
  return [
    ...family(
      "requests_total",
      "Requests sent to approval systems outside, by what became of them.",
      "counter",
    ),
    ...requests.map(({ type, status, count }) => line("requests_total", { type, status }, count)),
    ...family("errors_total", "Calls to approval systems outside that failed.", "counter"),
    ...errors.map(({ type, count }) => line("errors_total", { type }, count)),
    ...family("fallback_total", "Requests that another desk or the built-in queue took over.", "counter"),
    ...fallbacks.map(({ type, count }) => line("fallback_total", { type }, count)),
    ...family("latency_seconds", "From the request to the decision outside.", "histogram"),
    ...latencies,
    "",
  ].join("\n");
}

async function readLatencies(): Promise<string[]> {
  const rows = await db().$queryRaw<{ type: string; seconds: number; counts: number[]; count: number }[]>`
    WITH took AS (SELECT d.type, extract(epoch FROM r.finished_at - r.created_at)::float8 AS seconds
      FROM external_approval_requests r JOIN external_approval_systems d ON d.id = r.external_system_id
      WHERE r.status = 'decided')
    SELECT t.type, sum(t.seconds)::float8 AS seconds, count(*)::int AS count,
      (SELECT array_agg((SELECT count(*)::int FROM took k WHERE k.type = t.type AND k.seconds <= b) ORDER BY b)
        FROM unnest(${latencyBuckets}::float8[]) b) AS counts
    FROM took t GROUP BY t.type ORDER BY 1`;
  return rows.flatMap(({ type, seconds, counts, count }) => [
    ...latencyBuckets.map((le, at) =>
      line("latency_seconds_bucket", { type, le: String(le) }, counts[at] ?? 0),
    ),
    line("latency_seconds_bucket", { type, le: "+Inf" }, count),
    line("latency_seconds_sum", { type }, seconds),
    line("latency_seconds_count", { type }, count),
  ]);
}

const prefix = "shepherd_external_approval_";

function family(name: string, help: string, kind: string): string[] {
  return [`# HELP ${prefix}${name} ${help}`, `# TYPE ${prefix}${name} ${kind}`];
}

function line(name: string, labels: Record<string, string>, value: number): string {
  const words = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
  return `${prefix}${name}{${words.join(",")}} ${value}`;
}
