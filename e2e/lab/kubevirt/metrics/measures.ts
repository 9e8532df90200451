import { createHash } from "node:crypto";

/** A running machine as its measurements need it. */
export interface Measured {
  namespace: string;
  name: string;
  startedAt: Date;
  cpuCores: number;
  memoryBytes: number;
}

/** Gauges hold at a moment, counters have grown since the machine began; both follow a sawtooth of their own. */
const shapes: Record<string, Shape> = {
  kubevirt_vmi_cpu_usage_seconds_total: {
    counts: true,
    periodSeconds: 840,
    at: (m, s) => m.cpuCores * (0.08 + 0.7 * s),
  },
  kubevirt_vmi_memory_used_bytes: { periodSeconds: 2_700, at: (m, s) => m.memoryBytes * (0.35 + 0.4 * s) },
  kubevirt_vmi_memory_resident_bytes: {
    periodSeconds: 2_700,
    at: (m, s) => m.memoryBytes * (0.45 + 0.4 * s),
  },
  kubevirt_vmi_storage_read_traffic_bytes_total: {
    counts: true,
    periodSeconds: 1_260,
    at: (_, s) => 9e6 * s * s,
  },
  kubevirt_vmi_storage_write_traffic_bytes_total: {
    counts: true,
    periodSeconds: 620,
    at: (_, s) => 2e5 + 4e6 * s,
  },
  kubevirt_vmi_network_receive_bytes_total: {
    counts: true,
    periodSeconds: 1_080,
    at: (_, s) => 4e4 + 3e6 * s,
  },
  kubevirt_vmi_network_transmit_bytes_total: {
    counts: true,
    periodSeconds: 930,
    at: (_, s) => 2e4 + 1e6 * s * s,
  },
};

interface Shape {
  counts?: true;
  periodSeconds: number;
  /** From 0 at the foot of the tooth to 1 at its point. */
  at: (machine: Measured, tooth: number) => number;
}

export const measuredMetrics = Object.keys(shapes);

const sampleSeconds = 15;

/** Null before the machine began, and for a metric that nobody exports. */
export function measure(metric: string, machine: Measured, at: Date): number | null {
  const shape = shapes[metric];
  const began = machine.startedAt.getTime() / 1000;
  const now = at.getTime() / 1000;
  if (shape === undefined || now < began) return null;
  const value = (second: number) => shape.at(machine, toothOf(machine, shape.periodSeconds, second));
  return shape.counts ? sumBetween(value, began, now, shape.periodSeconds) : value(now);
}

function toothOf(machine: Measured, periodSeconds: number, second: number): number {
  const turns = second / periodSeconds + beginningOf(`${machine.namespace}/${machine.name}/${periodSeconds}`);
  return turns - Math.floor(turns);
}

const beginnings = new Map<string, number>();

/** Where in its tooth each machine begins: the same each time, and another for each. */
function beginningOf(key: string): number {
  const known = beginnings.get(key);
  if (known !== undefined) return known;
  const beginning = (createHash("sha256").update(key).digest()[0] ?? 0) / 256;
  beginnings.set(key, beginning);
  return beginning;
}

/** Whole periods are equal, so only one of them and the rest are added up. */
function sumBetween(
  value: (second: number) => number,
  from: number,
  to: number,
  periodSeconds: number,
): number {
  const periods = Math.floor((to - from) / periodSeconds);
  const rest = from + periods * periodSeconds;
  const whole = periods === 0 ? 0 : periods * addUp(value, from, from + periodSeconds);
  return whole + addUp(value, rest, to);
}

function addUp(value: (second: number) => number, from: number, to: number): number {
  const steps = Math.max(1, Math.ceil((to - from) / sampleSeconds));
  const width = (to - from) / steps;
  let sum = 0;
  for (let step = 0; step < steps; step += 1) sum += value(from + (step + 0.5) * width) * width;
  return sum;
}
