import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

interface Meters {
  registry: Registry;
  requests: Histogram<"method" | "route" | "status">;
  streams: Gauge;
  consoles: Gauge;
  refusals: Counter<"code">;
}

/** Next keeps several module graphs in one process; they count into one registry. */
const shared = globalThis as typeof globalThis & { shepherdMeters?: Meters };

/** No label ever names a user, ticket, VM, namespace or cluster (spec §5.33). */
export function meters(): Meters {
  shared.shepherdMeters ??= makeMeters();
  return shared.shepherdMeters;
}

function makeMeters(): Meters {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: "shepherd_" });
  return {
    registry,
    requests: new Histogram({
      name: "shepherd_http_request_duration_seconds",
      help: "Time to answer, by route template.",
      labelNames: ["method", "route", "status"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
      registers,
    }),
    streams: new Gauge({ name: "shepherd_event_streams", help: "Open event streams.", registers }),
    consoles: new Gauge({ name: "shepherd_console_sockets", help: "Console sockets passed on.", registers }),
    refusals: new Counter({
      name: "shepherd_http_refusals_total",
      help: "Requests refused before the framework saw them.",
      labelNames: ["code"],
      registers,
    }),
  };
}
